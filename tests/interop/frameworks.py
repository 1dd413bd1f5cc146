"""Cookies written and read by the Python frameworks themselves, as rows of crates/hardtack-compat/examples/vectors.

    frameworks.py write SEED    prints rows
    frameworks.py read FILE     answers rows, prints those answered otherwise, exits with 1 if there is one
"""

import asyncio
import base64
import collections
import datetime
import hashlib
import http.cookies
import json
import random
import sys
import time
import uuid

import bottle
import django.conf
import django.core.signing
import django.http
import flask
import itsdangerous
import markupsafe
import quart
import starlette.middleware.sessions
from flask.json.tag import TaggedJSONSerializer

ROWS = 200
# Besides, as many that are written by a key that is not in the ring.
STRANGE = 20
KEYS = ["dev-secret-key", "last year's key", "clé ☃", "k" * 100]
TAGGED = TaggedJSONSerializer()

# Every framework asks this for the time.
clock = 0
time.time = lambda: float(clock)

django.conf.settings.configure(SECRET_KEY="-", SECRET_KEY_FALLBACKS=[])


# Payloads


def text(rng, long=2500):
    kind = rng.randrange(8)
    if kind == 0:
        return ""
    if kind == 1:
        return str(uuid.UUID(int=rng.getrandbits(128)))
    if kind == 2:
        return "".join(rng.choice(" .:;,=?!-_~\"'\\%+/") for _ in range(rng.randrange(1, 12)))
    if kind == 3:
        return "".join(rng.choice("éßñ☃漢字€Ωя🍪👩‍👧") for _ in range(rng.randrange(1, 20)))
    if kind == 4:
        return rng.choice("abc ☃") * rng.randrange(1, long // 4)
    if kind == 5:
        return "".join(chr(rng.randrange(33, 127)) for _ in range(rng.randrange(1, long)))
    return "".join(chr(rng.randrange(32, 127)) for _ in range(rng.randrange(1, 40)))


def payload(rng, depth=4):
    kind = rng.randrange(11)
    if depth and kind == 0:
        return [payload(rng, depth - 1) for _ in range(rng.randrange(4))]
    if depth and kind == 1:
        return {text(rng, 40): payload(rng, depth - 1) for _ in range(rng.randrange(4))}
    if kind == 2:
        return rng.choice([None, True, False])
    if kind == 3:
        return rng.randrange(-(10**30), 10**30) if rng.random() < 0.3 else rng.randrange(-1000, 1000)
    if kind == 4:
        return rng.choice([0.0, -0.0, 1.5, 1e100, 1e-7, 1e16, 0.1, rng.uniform(-1e6, 1e6), rng.random() * 10.0 ** rng.randrange(-300, 300)])
    if kind == 5:
        return "".join(chr(rng.randrange(0, 160)) for _ in range(rng.randrange(10)))
    return text(rng, 400)


def session_value(rng, depth=4):
    kind = rng.randrange(9)
    if kind == 0:
        return rng.randbytes(rng.randrange(12))
    if kind == 1:
        return uuid.UUID(int=rng.getrandbits(128))
    if kind == 2:
        return markupsafe.Markup(text(rng, 40))
    if kind == 3:
        return datetime.datetime.fromtimestamp(rng.randrange(-(10**9), 10**10), datetime.timezone.utc)
    if depth and kind == 4:
        return tuple(session_value(rng, depth - 1) for _ in range(rng.randrange(4)))
    if depth and kind == 5:
        return [session_value(rng, depth - 1) for _ in range(rng.randrange(4))]
    if depth and kind == 6:
        keys = [" t", " di", " b", " zz", " t__", "a", "☃", ""]
        return {rng.choice(keys): session_value(rng, depth - 1) for _ in range(rng.randrange(3))}
    return payload(rng, depth)


def session(rng):
    """Not empty: a session that is refused is empty. Keys in the order an application writes them in."""
    return json.loads(json.dumps(TAGGED.tag({text(rng, 20) + "k": session_value(rng) for _ in range(rng.randrange(1, 4))}), sort_keys=True))


# Each form: write(row) gives the text by the first key of the row's, read(row) what it opens to, None where it is refused.


def keys(row):
    key = row["key"]
    return key if isinstance(key, list) else [key]


class Refused(Exception):
    pass


class Dangerous:
    def __init__(self, kind, settings_of_time):
        self.kind, self.timed = kind, settings_of_time

    def signer(self, row, ring):
        # Oldest first, as the library takes it.
        settings = {"key_derivation": row["derivation"], "digest_method": getattr(hashlib, row["digest"])}
        if issubclass(self.kind, itsdangerous.Serializer):
            return self.kind(ring, salt=row["salt"], signer_kwargs=settings)
        return self.kind(ring, salt=row["salt"], **settings)

    def write(self, row, key):
        signer = self.signer(row, key)
        if "payload" in row:
            return signer.dumps(row["payload"])
        return signer.sign(row["value"]).decode()

    def read(self, row):
        signer = self.signer(row, keys(row))
        age = {"max_age": row["max_age"]} if self.timed else {}
        try:
            return signer.loads(row["text"], **age) if "payload" in row else signer.unsign(row["text"], **age).decode()
        except itsdangerous.BadData as error:
            raise Refused from error


class Flasks:
    """Flask, and what is made like it."""

    def __init__(self):
        self.apps = {}

    def app(self, ring, age):
        found = self.apps.get((*ring, age))
        if found is None:
            found = flask.Flask("interop")
            found.config.update(SECRET_KEY=ring[0], SECRET_KEY_FALLBACKS=ring[1:], PERMANENT_SESSION_LIFETIME=age)

            @found.post("/write")
            def write():
                flask.session.update(TAGGED.loads(flask.request.get_data(as_text=True)))
                return ""

            @found.get("/read")
            def read():
                return TAGGED.dumps(dict(flask.session))

            self.apps[(*ring, age)] = found
        return found

    def write(self, row, key):
        client = self.app([key], row["max_age"]).test_client(use_cookies=False)
        response = client.post("/write", data=json.dumps(row["payload"]))
        return response.headers["Set-Cookie"].split(";")[0].removeprefix("session=")

    def read(self, row):
        client = self.app(keys(row), row["max_age"]).test_client(use_cookies=False)
        response = client.get("/read", headers={"Cookie": "session=" + row["text"]})
        opened = json.loads(response.text)
        if not opened:
            raise Refused
        return opened


async def asgi(app, method, path, cookie=None, body=b""):
    headers = [(b"host", b"localhost"), (b"content-length", str(len(body)).encode())]
    if cookie is not None:
        headers.append((b"cookie", cookie.encode()))
    scope = {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": method, "scheme": "http"}
    scope |= {"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers}
    scope |= {"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2), "state": {}, "extensions": {}}
    sent, events, ended = [], [{"type": "http.request", "body": body, "more_body": False}], asyncio.Event()

    async def receive():
        if events:
            return events.pop()
        # The user agent stays until it has the answer.
        await ended.wait()
        return {"type": "http.disconnect"}

    async def send(event):
        sent.append(event)
        if event["type"] == "http.response.body" and not event.get("more_body"):
            ended.set()

    await app(scope, receive, send)
    cookies = [value.decode() for name, value in sent[0]["headers"] if name.lower() == b"set-cookie"]
    return cookies, b"".join(event.get("body", b"") for event in sent[1:])


class Quarts(Flasks):
    def app(self, ring, age):
        found = self.apps.get((*ring, age))
        if found is None:
            found = quart.Quart("interop")
            found.config.update(SECRET_KEY=ring[0], SECRET_KEY_FALLBACKS=ring[1:], PERMANENT_SESSION_LIFETIME=age)

            @found.post("/write")
            async def write():
                quart.session.update(TAGGED.loads(await quart.request.get_data(as_text=True)))
                return ""

            @found.get("/read")
            async def read():
                return TAGGED.dumps(dict(quart.session))

            self.apps[(*ring, age)] = found
        return found

    def write(self, row, key):
        app = self.app([key], row["max_age"])
        cookies, _ = asyncio.run(asgi(app, "POST", "/write", body=json.dumps(row["payload"]).encode()))
        return cookies[0].split(";")[0].removeprefix("session=")

    def read(self, row):
        _, body = asyncio.run(asgi(self.app(keys(row), row["max_age"]), "GET", "/read", "session=" + row["text"]))
        opened = json.loads(body)
        if not opened:
            raise Refused
        return opened


class Starlettes:
    def app(self, row, key, put=None):
        async def inner(scope, receive, send):
            if put is not None:
                scope["session"].update(put)
            body = json.dumps(dict(scope["session"])).encode()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": body})

        return starlette.middleware.sessions.SessionMiddleware(inner, secret_key=key, max_age=row["max_age"])

    def write(self, row, key):
        cookies, _ = asyncio.run(asgi(self.app(row, key, row["payload"]), "GET", "/"))
        return cookies[0].split(";")[0].removeprefix("session=")

    def read(self, row):
        _, body = asyncio.run(asgi(self.app(row, row["key"]), "GET", "/", "session=" + row["text"]))
        opened = json.loads(body)
        if not opened:
            raise Refused
        return opened


class DjangoCookies:
    def write(self, row, key):
        django.conf.settings.SECRET_KEY, django.conf.settings.SECRET_KEY_FALLBACKS = key, []
        response = django.http.HttpResponse()
        response.set_signed_cookie(row["name"], row["value"], salt=row["salt"])
        return django.http.parse_cookie(response.cookies[row["name"]].OutputString().partition("; ")[0])[row["name"]]

    def read(self, row):
        django.conf.settings.SECRET_KEY, *django.conf.settings.SECRET_KEY_FALLBACKS = keys(row)
        request = django.http.HttpRequest()
        request.COOKIES[row["name"]] = row["text"]
        try:
            return request.get_signed_cookie(row["name"], salt=row["salt"], max_age=row["max_age"])
        except django.core.signing.BadSignature as error:
            raise Refused from error


class DjangoSigning:
    def write(self, row, key):
        django.conf.settings.SECRET_KEY, django.conf.settings.SECRET_KEY_FALLBACKS = key, []
        return django.core.signing.dumps(row["payload"], salt=row["salt"], compress=row["compress"])

    def read(self, row):
        django.conf.settings.SECRET_KEY, *django.conf.settings.SECRET_KEY_FALLBACKS = keys(row)
        try:
            return django.core.signing.loads(row["text"], salt=row["salt"], max_age=row["max_age"])
        except django.core.signing.BadSignature as error:
            raise Refused from error


class Bottles:
    def write(self, row, key):
        response = bottle.LocalResponse()
        response.set_cookie(row["name"], row["value"], secret=key)
        (wire,) = [value for name, value in response.headerlist if name == "Set-Cookie"]
        value = http.cookies.SimpleCookie(wire)[row["name"]].value
        row["plain_hex"] = base64.b64decode(value.partition("?")[2]).hex()
        return value

    def read(self, row):
        wire = http.cookies.SimpleCookie({row["name"]: row["text"]}).output(header="").strip()
        opened = bottle.LocalRequest({"HTTP_COOKIE": wire}).get_cookie(row["name"], secret=row["key"])
        if opened is None:
            raise Refused
        return opened


FORMS = {
    "itsdangerous-signer": Dangerous(itsdangerous.Signer, False),
    "itsdangerous-timestamp": Dangerous(itsdangerous.TimestampSigner, True),
    "itsdangerous-urlsafe": Dangerous(itsdangerous.URLSafeSerializer, False),
    "itsdangerous-urlsafe-timed": Dangerous(itsdangerous.URLSafeTimedSerializer, True),
    "Flask": Flasks(),
    "Quart": Quarts(),
    "Starlette": Starlettes(),
    "django-cookie": DjangoCookies(),
    "django-signing": DjangoSigning(),
    "Bottle": Bottles(),
}
FORMAT = {"Flask": "flask-session", "Quart": "flask-session", "Starlette": "starlette-session", "Bottle": "bottle"}
AGELESS = {"itsdangerous-signer", "itsdangerous-urlsafe", "Bottle"}
RINGLESS = {"Starlette", "Bottle"}


def row(form, rng, strange):
    """What is written by whom and when, and what is to come of it."""
    found = {"format": FORMAT.get(form, form), "framework": form, "name": "session", "expect": "opens", "reason": "opens"}
    if form == "Bottle" or form == "django-cookie":
        found["name"] = rng.choice(["session", "account", "__Host-sid"])
    if form == "django-cookie":
        found["salt"] = rng.choice(["", "s", "sel-é"])
    elif form == "django-signing":
        found["salt"], found["compress"] = rng.choice(["django.core.signing", "s"]), rng.random() < 0.5
    elif form.startswith("itsdangerous"):
        found["salt"] = rng.choice(["itsdangerous", "itsdangerous.Signer", "s", "sel-é", ""])
        found["derivation"] = rng.choice(["django-concat", "concat", "hmac", "none"])
        found["digest"] = rng.choice(["sha1", "sha256", "sha512"])

    if FORMAT.get(form) == "flask-session":
        found["payload"] = session(rng)
    elif form == "Starlette":
        found["payload"] = {"k": payload(rng), text(rng, 20): payload(rng)}
    elif form in ("django-signing", "itsdangerous-urlsafe", "itsdangerous-urlsafe-timed"):
        found["payload"] = payload(rng)
    else:
        found["value"] = text(rng)

    found["written_at"] = found["now"] = rng.choice([1, 255, 256, 1_700_000_000, 2**31, 2**32, rng.randrange(1, 4 * 10**9)])
    found["max_age"] = None
    if form not in AGELESS:
        found["max_age"] = rng.choice([60, 3600, 14 * 86400, 31 * 86400])
        age, found["reason"] = rng.choice([(0, "fresh"), (found["max_age"], "as old as may be"), (found["max_age"] + 1, "expired"), (-1, "future")])
        # The clock of nobody stands before 1970.
        found["now"] += age
        if age > found["max_age"]:
            found |= {"expect": "refused", "why": "expired"}
        elif age < 0 and not form.startswith("django"):
            found |= {"expect": "refused", "why": "future"}

    writer = rng.choice(KEYS)
    found["key"] = writer
    others = [key for key in KEYS if key != writer]
    if strange:
        found["key"] = others[0]
        found |= {"expect": "refused", "reason": "written by the key of another"}
        found.pop("why", None)
    elif form not in RINGLESS and rng.random() < 0.3:
        if rng.random() < 0.5:
            ring, found["renewed"] = [others[0], writer, others[1]], True
        else:
            ring = [writer, others[0]]
        # itsdangerous has the oldest first.
        found["key"] = ring[::-1] if form.startswith("itsdangerous") else ring
    return found, writer


def write(seed):
    global clock
    rng = random.Random(seed)
    for form, how in FORMS.items():
        for number in range(ROWS + STRANGE):
            found, writer = row(form, rng, number >= ROWS)
            clock = found["written_at"]
            found["text"] = how.write(found, writer)
            found["id"] = f"{form} {number}"
            if found["text"].startswith(".") and "compress" in found:
                found["compressed"] = True
            print(json.dumps(found))


def is_same(one, other):
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def read(file):
    global clock
    rows, wrong = collections.Counter(), 0
    for line in open(file, encoding="utf-8"):
        row = json.loads(line)
        clock = row["now"]
        rows[row["framework"]] += 1
        expected = row["payload"] if "payload" in row else row["value"]
        try:
            opened = FORMS[row["framework"]].read(row)
            right = row["expect"] == "opens" and is_same(opened, expected)
        except Refused:
            right = row["expect"] == "refused"
        if not right:
            wrong += 1
            print(f"{row['id']} ({row['reason']}): answered otherwise")
    for form, count in rows.items():
        print(f"{form:<28} {count:>6}")
    return 1 if wrong or not rows else 0


if __name__ == "__main__":
    what, argument = sys.argv[1:]
    sys.exit(write(argument) if what == "write" else read(argument))
