//! A proxy's jobs: what they do not change comes through octet for octet, or as the same cookie where the writer orders
//! its attributes. The programs of `examples/proxy_*` do them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

extern crate alloc;

use alloc::borrow::Cow;
use std::env;
use std::io::Write as _;
use std::process::{Command, Stdio};

use hardtack::{Cookies, SameSite, SetCookie, parse};
use serde_json::Value;

/// Cookie fields as they come: the last two have what is no pair.
const COOKIE_FIELDS: &[&[u8]] = &[
    b"sid=31d4",
    b"theme=dark; sid=31d4;lang=en",
    b"\ttheme = dark ;  sid=a=b==; lang",
    b"sid={\"a\":\"1, 2\"}; note=\"a b\"; sid=older",
    b"caf\xE9=\xFF; sid=\xC3\x28",
    b"$Version=1; a=%41; __Host-sid=1; A=2; sid=DELETED",
    b"=x=y; a=1; sid=2",
    b"=; ;; a=\x01; sid=\x7F; =sid",
];

const SET_COOKIE_FIELDS: &[&[u8]] = &[
    b"sid=31d4",
    b"sid=31d4;path=/app/cart;secure;HTTPONLY",
    b"sid={\"a\":1, \"b\":\"c\"}; Domain=.App.Internal; Path=/app; SameSite=None; Secure",
    b"\xFF=\xE9; Domain=app.internal; Path=/caf\xE9; Priority=High; Note=1; x; y=",
    b"bare value; Path=/apple",
    b"==; Expires=Sat Jul 24 2027 22:30:27 GMT+0000 (Coordinated Universal Time); Max-Age=99999999999",
    b"__Host-sid=1; Path=/; Secure; SameSite=bogus; Partitioned",
    b"XSRF-TOKEN=\"quoted\"; Path=/; Max-Age=-1; Domain=; Path=relative",
    b"a\tb=c\td; Path=/a\tb; Domain= ..x",
];

/// Lines that are not the programs' business.
const OTHERS: &[&[u8]] =
    &[b"GET http://shop.example:80/ HTTP/1.1", b"Cookies: sid=1", b"Set-Cookie2: a=1", b"X: \xFF", b"", b": a=1"];

fn data(file: &str) -> Option<Value> {
    let path = format!("{}/../shared/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("{file} skipped: no data");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

/// Cookie fields of our own, and the 17 of the most visited sites where they are.
fn cookie_fields() -> Vec<Vec<u8>> {
    let mut fields: Vec<_> = COOKIE_FIELDS.iter().map(|field| field.to_vec()).collect();
    if let Some(sites) = data("top-cookie.json") {
        fields.extend(sites.as_object().unwrap().values().map(|field| field.as_str().unwrap().into()));
        assert_eq!(fields.len() - COOKIE_FIELDS.len(), 17);
    }
    fields
}

/// Set-Cookie fields of our own, and the 51 of the most visited sites where they are.
fn set_cookie_fields() -> Vec<Vec<u8>> {
    let mut fields: Vec<_> = SET_COOKIE_FIELDS.iter().map(|field| field.to_vec()).collect();
    if let Some(sites) = data("top-set-cookie.json") {
        let lines = sites.as_object().unwrap().values().flat_map(|lines| lines.as_array().unwrap());
        fields.extend(lines.map(|line| line.as_str().unwrap().into()));
        assert_eq!(fields.len() - SET_COOKIE_FIELDS.len(), 51);
    }
    fields
}

/// Runs a program on lines of a head, and gives the lines it writes.
fn run(program: &str, arguments: &[&str], lines: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let test = env::current_exe().unwrap();
    let profile = test.parent().and_then(|deps| deps.parent()).unwrap();
    let file = profile.join("examples").join(format!("{program}{}", env::consts::EXE_SUFFIX));
    assert!(
        file.is_file(),
        "{} is missing: `cargo test` builds it, `cargo test --test proxies` alone does not; run `cargo build --examples` first",
        file.display()
    );
    let mut child = Command::new(file).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let head: Vec<u8> = lines.iter().flat_map(|line| [line, b"\r\n".as_slice()].concat()).collect();
    // The output is a pipe of limited room: what it holds is read while the input is written.
    let writer = std::thread::spawn(move || input.write_all(&head));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{program}");
    let mut written: Vec<Vec<u8>> = output.stdout.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
    assert_eq!(written.pop(), Some(Vec::new()), "{program} ends its last line");
    for line in &mut written {
        assert_eq!(line.pop(), Some(b'\r'), "{program} ends lines as they came");
    }
    written
}

fn named(name: &str, fields: &[Vec<u8>]) -> Vec<Vec<u8>> {
    fields.iter().map(|field| [name.as_bytes(), field].concat()).collect()
}

/// Runs a program on fields between other lines, holds those to coming through, and gives the fields' texts.
fn texts(program: &str, arguments: &[&str], name: &str, fields: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let others: Vec<Vec<u8>> = OTHERS.iter().map(|line| line.to_vec()).collect();
    let written = run(program, arguments, &[&*others, &*named(name, fields), &*others].concat());
    let (before, rest) = written.split_at(others.len());
    let (texts, behind) = rest.split_at(rest.len() - others.len());
    assert_eq!((before, behind), (&*others, &*others), "{program}");
    texts
        .iter()
        .map(|line| {
            line.strip_prefix(name.as_bytes())
                .unwrap_or_else(|| panic!("{program}: {} is no {name}", line.escape_ascii()))
                .to_vec()
        })
        .collect()
}

/// The field without its pairs of a name, by a rule of its own: segments between `;`, each cut at its first `=`.
fn without(field: &[u8], name: &[u8]) -> Vec<u8> {
    let is_named = |segment: &&[u8]| {
        let is_control = |&byte: &u8| byte < b' ' && byte != b'\t' || byte == 0x7F;
        let own = segment.splitn(2, |&byte| byte == b'=').collect::<Vec<_>>();
        own.len() == 2 && own[0].trim_ascii() == name && !segment.iter().any(is_control)
    };
    let kept: Vec<_> = field.split(|&byte| byte == b';').filter(|segment| !is_named(segment)).collect();
    let first_goes = field.split(|&byte| byte == b';').next().is_some_and(|segment| is_named(&segment));
    let joined = kept.join(b";".as_slice());
    if first_goes { joined.trim_ascii_start().to_vec() } else { joined }
}

#[test]
fn what_retain_keeps_is_the_same_octets() {
    for field in cookie_fields() {
        let cookies = Cookies::new(&field);
        let all = cookies.retain(|_| true);
        assert!(matches!(all, Cow::Borrowed(_)), "{}", field.escape_ascii());
        assert_eq!(*all, *field);
        // Each pair taken out alone leaves the others as they are.
        for gone in parse(&field) {
            let kept = cookies.retain(|pair| pair != gone);
            let others: Vec<_> = parse(&field).filter(|pair| *pair != gone).collect();
            assert_eq!(parse(&*kept).collect::<Vec<_>>(), others, "{}", field.escape_ascii());
        }
        assert_eq!(*cookies.retain(|pair| !pair.is_named("sid")), *without(&field, b"sid"), "{}", field.escape_ascii());
    }
}

/// A field that a writer would refuse is no reason to fail.
#[test]
fn retain_keeps_what_could_not_be_written() {
    let rows = [
        ("=x=y; sid=1", "=x=y", "a nameless value with an ="),
        ("sid=1; =x=y", "=x=y", "and as the first that is left"),
        ("=x=y", "=x=y", "alone"),
        ("sid=1", "", "nothing left"),
        ("a=\x01; sid=1; b", "a=\x01; b", "what is refused is left where it is"),
    ];
    for (field, kept, why) in rows {
        assert_eq!(Cookies::new(field).retain(|pair| !pair.is_named("sid")), kept, "{why}");
    }
}

#[test]
fn one_cookie_taken_out_of_requests() {
    let fields = cookie_fields();
    let expected: Vec<_> =
        fields.iter().map(|field| without(field, b"sid")).filter(|field| !field.is_empty()).collect();
    assert_eq!(texts("proxy_take_out", &["sid"], "cookie:", &fields), expected);
    // The names of cookies nobody sends.
    assert_eq!(texts("proxy_take_out", &["nobody"], "Cookie: ", &cookie_fields()), cookie_fields());
    assert_eq!(texts("proxy_take_out", &["sid"], "Set-Cookie: ", &set_cookie_fields()), set_cookie_fields());
}

/// The field as a user agent understands it, with what the program is to set.
fn read<'f>(field: &'f [u8], set: impl FnOnce(&mut SetCookie<'f, [u8]>)) -> SetCookie<'f, [u8]> {
    let mut cookie = SetCookie::parse(field).unwrap();
    set(&mut cookie);
    cookie
}

#[test]
fn flags_added_to_every_set_cookie() {
    let fields = set_cookie_fields();
    let written = texts("proxy_add_flags", &["XSRF-TOKEN"], "Set-Cookie: ", &fields);
    assert_eq!(written.len(), fields.len());
    for (field, written) in fields.iter().zip(&written) {
        let expected = read(field, |cookie| {
            let (http_only, same_site) = (cookie.http_only(), cookie.same_site());
            cookie.set_secure(true);
            cookie.set_http_only(http_only || cookie.name() != b"XSRF-TOKEN");
            cookie.set_same_site(same_site.or(Some(SameSite::Lax)));
        });
        assert_eq!(SetCookie::parse(written), Ok(expected), "{}", field.escape_ascii());
    }
    let refused = [b"a=\x01".to_vec(), b"; Path=/".to_vec()];
    assert_eq!(texts("proxy_add_flags", &[], "Set-Cookie: ", &refused), refused);
}

#[test]
fn domain_and_path_rewritten() {
    let fields = set_cookie_fields();
    let rewrite = ["app.internal", "shop.example", "/app", "/shop"];
    let written = texts("proxy_rewrite", &rewrite, "Set-Cookie:\t", &fields);
    assert_eq!(written.len(), fields.len());
    let mut moved = 0;
    for (field, written) in fields.iter().zip(&written) {
        let expected = read(field, |cookie| {
            if cookie.domain() == Some(b"app.internal") {
                cookie.set_domain(Some(b"shop.example")).unwrap();
                moved += 1;
            }
            let to: Option<&[u8]> = match cookie.path() {
                Some(b"/app") => Some(b"/shop"),
                Some(b"/app/cart") => Some(b"/shop/cart"),
                _ => None,
            };
            if to.is_some() {
                cookie.set_path(to).unwrap();
                moved += 1;
            }
        });
        assert_eq!(SetCookie::parse(written), Ok(expected), "{}", field.escape_ascii());
    }
    assert_eq!(moved, 4);

    let paths = [
        ("/app", "/shop", "/app", "/shop"),
        ("/app", "/shop", "/app/", "/shop/"),
        ("/app", "/", "/app/cart", "/cart"),
        ("/app", "/", "/app", "/"),
        ("/", "/shop", "/", "/shop"),
        ("/", "/shop", "/cart", "/shop/cart"),
        ("/app/", "/shop", "/app/cart", "/shop/cart"),
        ("/app", "/shop", "/apple", "/apple"),
    ];
    for (from, to, path, expected) in paths {
        let field = format!("a=1; Path={path}").into_bytes();
        let written = texts("proxy_rewrite", &["a", "b", from, to], "Set-Cookie: ", &[field]);
        assert_eq!(written[0].escape_ascii().to_string(), format!("a=1; Path={expected}"), "{path}: {from} to {to}");
    }
    let rooted = [b"__Host-a=1; Path=/; Secure".to_vec()];
    assert_eq!(texts("proxy_rewrite", &["a", "b", "/", "/shop"], "Set-Cookie: ", &rooted), rooted);
}

#[test]
fn requests_routed_by_their_session() {
    const BACKENDS: [&str; 3] = ["a.internal", "b.internal", "c.internal"];

    let fields = cookie_fields();
    let written = run("proxy_route", &[&["sid"], &BACKENDS[..]].concat(), &named("Cookie: ", &fields));
    let is_route = |line: &&Vec<u8>| line.starts_with(b"Backend: ");
    let passed: Vec<_> = written.iter().filter(|line| !is_route(line)).cloned().collect();
    assert_eq!(passed, named("Cookie: ", &fields));
    let with_session = fields.iter().filter(|field| Cookies::new(*field).contains("sid")).count();
    assert_eq!(written.iter().filter(is_route).count(), with_session);

    let sessions: Vec<Vec<u8>> = (0..=u8::MAX)
        .filter(|octet| !octet.is_ascii_control() && !matches!(octet, b';' | b' '))
        .map(|octet| [b"Cookie: theme=dark; sid=", [octet].as_slice()].concat())
        .collect();
    let routes = |backends: &[&str]| -> Vec<Vec<u8>> {
        run("proxy_route", &[&["sid"], backends].concat(), &sessions).into_iter().skip(1).step_by(2).collect()
    };
    let (three, two) = (routes(&BACKENDS), routes(&BACKENDS[..2]));
    assert_eq!(three.len(), sessions.len());
    for (of_three, of_two) in three.iter().zip(&two) {
        let gone = of_three.ends_with(b"c.internal");
        assert!(gone || of_three == of_two, "a session moves only where its backend goes");
    }
    for backend in BACKENDS {
        let share = three.iter().filter(|route| route.ends_with(backend.as_bytes())).count();
        assert!(share > sessions.len() / 6, "{backend} has {share} of {}", sessions.len());
    }
    assert_eq!(run("proxy_route", &["sid"], &named("Cookie: ", &fields)), named("Cookie: ", &fields));
    assert_eq!(texts("proxy_route", &["sid", "a"], "Set-Cookie: ", &set_cookie_fields()), set_cookie_fields());
}

/// The field with every value but those of attributes replaced by as many letters.
fn filled(entry: &[u8]) -> Vec<u8> {
    let entry = String::from_utf8(entry.to_vec()).unwrap();
    let (before, rest) = entry.split_once('<').unwrap();
    let (len, behind) = rest.split_once('>').unwrap();
    format!("{before}{}{behind}", "v".repeat(len.parse().unwrap())).into_bytes()
}

#[test]
fn a_log_without_values() {
    let fields = set_cookie_fields();
    let entries = run("proxy_log", &[], &named("Set-Cookie: ", &fields));
    assert_eq!(entries.len(), fields.len());
    for (field, entry) in fields.iter().zip(&entries) {
        let entry = entry.strip_prefix(b"Set-Cookie: ").unwrap();
        let cookie = SetCookie::parse(field).unwrap();
        let value = cookie.value();
        assert!(value.len() < 4 || !entry.windows(value.len()).any(|part| part == value), "{}", field.escape_ascii());
        if field.is_ascii() {
            let mut expected = cookie.clone();
            expected.set_value("v".repeat(value.len()).into_bytes()).unwrap();
            let written = expected.to_bytes().escape_ascii().to_string().into_bytes();
            assert_eq!(filled(entry), written, "{}", field.escape_ascii());
        }
    }

    let entries = run("proxy_log", &[], &named("Cookie: ", &cookie_fields()));
    for (field, entry) in cookie_fields().iter().zip(&entries) {
        let expected: Vec<_> = Cookies::new(field)
            .iter()
            .map(|pair| {
                let equals = if pair.name().is_empty() { "" } else { "=" };
                format!("{}{equals}<{}>", pair.name().escape_ascii(), pair.value().len())
            })
            .collect();
        let entry = entry.strip_prefix(b"Cookie: ").unwrap().trim_ascii_start();
        assert!(entry.starts_with(expected.join("; ").as_bytes()), "{}", field.escape_ascii());
    }

    let secrets = [
        b"Authorization: Bearer 31d4".to_vec(),
        b"Set-Cookie: sid=31d4\x01".to_vec(),
        b"Cookie: sid=31d4\x01; a=1".to_vec(),
    ];
    let shown: Vec<_> = run("proxy_log", &[], &secrets).iter().map(|line| line.escape_ascii().to_string()).collect();
    assert_eq!(
        shown,
        [
            "Set-Cookie: (byte 0x01 at offset 8 is a control byte, for which user agents drop the whole cookie; remove it)",
            "Cookie: a=<1> (byte 0x01 at offset 8 is a control byte, for which user agents drop the whole cookie; remove it)",
        ]
    );
}
