// Cookies written and read by the frameworks for Node themselves, as rows of crates/hardtack-compat/examples/vectors.
//
//     frameworks.mjs write SEED    prints rows
//     frameworks.mjs read FILE     answers rows, prints those answered otherwise, exits with 1 if there is one

import { createServer } from "node:http";
import { readFileSync } from "node:fs";

import fastifyCookie from "@fastify/cookie";
import cookieParser from "cookie-parser";
import cookieSession from "cookie-session";
import express from "express";
import { Hono } from "hono";
import { getSignedCookie, setSignedCookie } from "hono/cookie";
import Koa from "koa";

const ROWS = 200;
// Besides, as many that are written by a key that is not in the ring.
const STRANGE = 20;
const KEYS = ["dev-secret-key", "last year's key", "clé ☃", "k".repeat(100)];

// Payloads

// mulberry32: a run is repeated by its seed.
function randomness(seed) {
  let state = [...String(seed)].reduce((state, digit) => (Math.imul(state, 31) + digit.charCodeAt(0)) | 0, 7);
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end) => Math.floor(random() * end);
  const among = (things) => things[below(things.length)];
  return { random, below, among };
}

function repeated(times, character) {
  return Array.from({ length: times }, character).join("");
}

function ascii(rng, long) {
  const kind = rng.below(6);
  if (kind === 0) return "";
  if (kind === 1) return repeated(36, () => rng.among([..."0123456789abcdef-"]));
  if (kind === 2) return repeated(1 + rng.below(12), () => rng.among([..." .:,=?!-_~'\\%+/"]));
  if (kind === 3) return repeated(1 + rng.below(long), () => rng.among([..."abc"]));
  // Without `;` and `"`, which Koa's own reader would not give back.
  return repeated(1 + rng.below(40), () => String.fromCharCode(32 + rng.below(95))).replaceAll(/[;"]/g, "x");
}

function text(rng, long = 2000) {
  if (rng.random() < 0.7) return ascii(rng, long) + (rng.random() < 0.2 ? ';"' : "");
  return repeated(1 + rng.below(20), () => rng.among([..."éßñ☃漢字€Ωя🍪👩"]));
}

function payload(rng, depth = 4) {
  const kind = rng.below(8);
  if (depth > 0 && kind === 0) return Array.from({ length: rng.below(4) }, () => payload(rng, depth - 1));
  if (depth > 0 && kind === 1) {
    return Object.fromEntries(Array.from({ length: rng.below(4) }, () => ["k" + text(rng, 20), payload(rng, depth - 1)]));
  }
  if (kind === 2) return rng.among([null, true, false]);
  if (kind === 3) return rng.among([0, -7, 1.5, 1e21, 1e-7, 2 ** 53, rng.random(), rng.below(1e9)]);
  if (kind === 4) return repeated(rng.below(10), () => String.fromCharCode(rng.below(160)));
  return text(rng, 200);
}

// Each form: write(row, keys) gives the text by the first key, read(row, keys) what it opens to, undefined where it is
// refused.

const servers = [];

// A server on 127.0.0.1 for each ring, whose handler puts what it is sent into a cookie, or says what is in one.
function served(handler) {
  const known = new Map();
  return async (keys, put, cookie) => {
    const ring = JSON.stringify(keys);
    if (!known.has(ring)) {
      const server = createServer(handler(keys));
      servers.push(server);
      known.set(ring, new Promise((done) => server.listen(0, "127.0.0.1", () => done(server.address().port))));
    }
    const headers = cookie === undefined ? {} : { cookie };
    const url = `http://127.0.0.1:${await known.get(ring)}/`;
    const response = await fetch(url, put === undefined ? { headers } : { method: "POST", body: JSON.stringify(put) });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    const cookies = response.headers.getSetCookie().map((field) => field.split(";")[0]);
    const body = await response.text();
    return { cookies, opened: body === "" ? undefined : JSON.parse(body).opened };
  };
}

const body = express.text({ type: () => true, limit: "1mb" });

const expressed = served((keys) => {
  const app = express();
  app.use(cookieParser(keys));
  app.post("/", body, (request, response) => response.cookie("session", JSON.parse(request.body).put, { signed: true }).send(""));
  app.get("/", (request, response) => {
    const opened = request.signedCookies.session;
    response.send(opened === undefined || opened === false ? "" : JSON.stringify({ opened }));
  });
  return app;
});

const sessions = served((keys) => {
  const app = express();
  app.use(cookieSession({ name: "session", keys }));
  app.post("/", body, (request, response) => {
    request.session = JSON.parse(request.body).put;
    response.send("");
  });
  app.get("/", (request, response) => response.send(request.session.isNew ? "" : JSON.stringify({ opened: request.session })));
  return app;
});

const koas = served((keys) => {
  const app = new Koa();
  app.keys = keys;
  app.use(async (context) => {
    context.body = "";
    context.status = 200;
    if (context.method === "POST") {
      context.cookies.set("session", (await readJson(context.req)).put, { signed: true });
    } else {
      const opened = context.cookies.get("session", { signed: true });
      if (opened !== undefined) context.body = JSON.stringify({ opened });
    }
  });
  return app.callback();
});

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks));
}

const FORMS = {
  express: {
    format: "express-signed",
    make: (rng) => (rng.random() < 0.3 ? { payload: rng.among([{}, { v: payload(rng) }, [payload(rng)]]) } : { value: text(rng) }),
    async write(row, keys) {
      const { cookies } = await expressed(keys, { put: row.payload ?? row.value });
      return decodeURIComponent(cookies[0].slice("session=".length));
    },
    async read(row, keys) {
      return (await expressed(keys, undefined, `session=${encodeURIComponent(row.text)}`)).opened;
    },
  },
  fastify: {
    format: "fastify-signed",
    make: (rng) => ({ value: text(rng) }),
    write: (row, keys) => new fastifyCookie.Signer(keys).sign(row.value),
    read(row, keys) {
      const { valid, value, renew } = new fastifyCookie.Signer(keys).unsign(row.text);
      if (valid && renew) throw new Error("opened by an older key");
      return valid ? value : undefined;
    },
  },
  hono: {
    format: "hono-signed",
    ringless: true,
    make: (rng) => ({ value: text(rng) }),
    async write(row, [key]) {
      const app = new Hono();
      app.get("/", async (context) => {
        await setSignedCookie(context, "session", row.value, key);
        return context.body("");
      });
      const [field] = (await app.request("/")).headers.getSetCookie();
      return decodeURIComponent(field.split(";")[0].slice("session=".length));
    },
    async read(row, [key]) {
      const app = new Hono();
      app.get("/", async (context) => context.json({ opened: (await getSignedCookie(context, key, "session")) ?? false }));
      const response = await app.request("/", { headers: { cookie: `session=${encodeURIComponent(row.text)}` } });
      const { opened } = await response.json();
      return opened === false ? undefined : opened;
    },
  },
  koa: {
    format: "keygrip-pair",
    make: (rng) => ({ value: ascii(rng, 2000) }),
    // A field's value is cut at its ends before Koa has it, and an empty value deletes.
    carried: (row) => row.value !== "" && row.value === row.value.trim(),
    async write(row, keys) {
      return (await koas(keys, { put: row.value })).cookies.join("; ");
    },
    async read(row, keys) {
      return (await koas(keys, undefined, row.text)).opened;
    },
  },
  "cookie-session": {
    format: "keygrip-pair",
    make: (rng) => ({ session: true, payload: { v: payload(rng), [text(rng, 20) + "k"]: payload(rng) } }),
    async write(row, keys) {
      return (await sessions(keys, { put: row.payload })).cookies.join("; ");
    },
    async read(row, keys) {
      return (await sessions(keys, undefined, row.text)).opened;
    },
  },
};

function make(name, form, rng, strange) {
  for (;;) {
    const row = { format: form.format, framework: name, name: "session", expect: "opens", reason: "opens", ...form.make(rng) };
    if (form.carried && !form.carried(row)) continue;
    const writer = rng.among(KEYS);
    const others = KEYS.filter((key) => key !== writer);
    row.key = writer;
    if (strange) {
      Object.assign(row, { key: others[0], expect: "refused", reason: "written by the key of another" });
    } else if (!form.ringless && rng.random() < 0.3) {
      const older = rng.random() < 0.5;
      row.key = older ? [others[0], writer, others[1]] : [writer, others[0]];
      if (older) row.renewed = true;
    }
    return [row, writer];
  }
}

async function write(seed) {
  const rng = randomness(seed);
  for (const [name, form] of Object.entries(FORMS)) {
    for (let number = 0; number < ROWS + STRANGE; number++) {
      const [row, writer] = make(name, form, rng, number >= ROWS);
      row.text = await form.write(row, [writer]);
      row.id = `${name} ${number}`;
      console.log(JSON.stringify(row));
    }
  }
}

async function read(file) {
  const rows = {};
  let wrong = 0;
  for (const line of readFileSync(file, "utf8").trim().split("\n")) {
    const row = JSON.parse(line);
    rows[row.framework] = (rows[row.framework] ?? 0) + 1;
    const opened = await FORMS[row.framework].read(row, [row.key].flat());
    const right =
      row.expect === "refused" ? opened === undefined : JSON.stringify(opened) === JSON.stringify(row.payload ?? row.value);
    if (!right) {
      wrong++;
      console.log(`${row.id} (${row.reason}): answered otherwise`);
    }
  }
  for (const [name, count] of Object.entries(rows)) console.log(name.padEnd(28), String(count).padStart(6));
  return wrong > 0 || Object.keys(rows).length === 0 ? 1 : 0;
}

const [what, argument] = process.argv.slice(2);
process.exitCode = what === "write" ? await write(argument) : await read(argument);
for (const server of servers) {
  server.closeAllConnections();
  server.close();
}
