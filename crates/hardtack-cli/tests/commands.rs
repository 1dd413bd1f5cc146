//! The other commands of `hardtack`, run as a program: stored cookies, sealed values, keys.

#![allow(clippy::expect_used, reason = "a test says by panicking that it failed")]

mod program;

use program::{Ran, run, run_with, scratch};

const COOKIES_TXT: &str = "# Netscape HTTP Cookie File\n\
    .shop.example\tTRUE\t/\tTRUE\t1900000000\tsid\tS3CRET\n\
    #HttpOnly_shop.example\tFALSE\t/app\tFALSE\t0\tcart\tx\n\
    old.example\tFALSE\t/\tFALSE\t1000000000\ta\tb\n";

const NOW: &str = "24 Nov 2026 09:00:00";

fn file(name: &str, text: &str) -> String {
    scratch(name, text).into_os_string().into_string().expect("a path of this test is text")
}

#[test]
fn a_jar_is_listed() {
    let jar = file("listed.txt", COOKIES_TXT);
    let Ran { status, out, err } = run(&["jar", &jar, "--now", NOW], b"");
    let expected = "  domain          path  name  octets  until                                   attributes\n  \
        *.shop.example  /     sid   9       Sun, 17 Mar 2030 17:46:40 GMT           Secure\n  \
        shop.example    /app  cart  5       the session ends                        HttpOnly\n  \
        old.example     /     a     2       Sun, 09 Sep 2001 01:46:40 GMT, expired\n  \
        3 cookies in cookies.txt\n";
    assert_eq!((status, out.as_str(), err.as_str()), (Some(0), expected, ""));
}

#[test]
fn what_goes_to_a_url_and_why_not_the_rest() {
    let jar = file("asked.txt", COOKIES_TXT);
    let sent = run(&["jar", &jar, "--now", NOW, "--redact", "--url", "https://shop.example/app"], b"");
    assert_eq!(sent.out, "request for https://shop.example/app\n  Cookie: cart=<1 octet>; sid=<6 octets>\n");
    let rows: [(&str, &[&str], &[&str]); 4] = [
        ("http", &["--url", "http://shop.example/app"], &["  Cookie: cart=x\n", "request it over https"]),
        (
            "another path",
            &["--url", "https://shop.example/"],
            &["  Cookie: sid=S3CRET\n", "not below the cookie's Path"],
        ),
        ("a script", &["--url", "https://shop.example/app", "--script"], &["a script asks"]),
        (
            "a third party, blocked",
            &[
                "--url",
                "https://shop.example/app",
                "--top-level-site",
                "https://news.example/",
                "--third-party",
                "block",
            ],
            &["  no Cookie field\n", "a third party gets no cookie"],
        ),
    ];
    for (why, options, shown) in rows {
        let ran = run(&[&["jar", &jar, "--now", NOW], options].concat(), b"");
        for text in shown {
            assert!(ran.out.contains(text), "{why}: {text:?} is not in\n{}", ran.out);
        }
        assert_eq!(ran.status, Some(0), "{why}: {}", ran.err);
    }
}

/// From cookies.txt to JSON and back it is the same file; what has no place in it is told.
#[test]
fn a_jar_is_converted() {
    let jar = file("converted.txt", COOKIES_TXT);
    let json = run(&["jar", &jar, "--to", "json", "--profile", "chrome"], b"");
    assert!(json.out.contains("\"profile\": \"chromium\"") && json.err.is_empty(), "{}{}", json.out, json.err);
    let back = run(&["jar", "-", "--to", "cookies.txt"], json.out.as_bytes());
    assert_eq!((back.status, back.out.as_str(), back.err.as_str()), (Some(0), COOKIES_TXT, ""));
    let lasting = run(&["jar", &jar, "--lasting", "--to", "cookies.txt"], b"");
    assert!(!lasting.out.contains("cart") && lasting.out.contains("sid"), "{}", lasting.out);

    let document = json.out.replacen("\"http_only\": false", "\"http_only\": false, \"same_site\": \"Lax\"", 1);
    let lossy = run(&["jar", "-", "--to", "cookies.txt"], document.as_bytes());
    assert!(
        lossy.err.contains("no place for SameSite; save the store as JSON") && !lossy.err.contains("S3CRET"),
        "{}",
        lossy.err
    );
    assert_eq!(lossy.status, Some(0));

    let odd = run(&["jar", "-"], format!("{COOKIES_TXT}odd line\n").as_bytes());
    assert!(odd.err.contains("passed over: line 5: "), "{}", odd.err);
    assert_eq!(odd.status, Some(1));
}

const KEY: &str = "8f2b6d1c0a9e4f73b5d8e2a1c6f0947d3b8e5a2c1f7d6094e8b3a5c2d1f07e96";

/// What each form makes, it opens; and a text of the framework itself opens where one is known.
#[test]
fn every_form_opens_what_it_makes() {
    let long = "k".repeat(64);
    let rows = [
        ("encrypted", KEY, "any; value"),
        ("signed", KEY, "31d4"),
        ("flask", "secret", r#"{"user":1,"seen":{" d":"Thu, 01 Jan 1970 00:00:00 GMT"}}"#),
        ("django-cookie", "secret", "a b\u{e9}"),
        ("django-signing", "secret", r#"["hello"]"#),
        ("starlette", "secret", r#"{"user":1}"#),
        ("itsdangerous", "secret", "my string"),
        ("itsdangerous-timed", "secret", "my string"),
        ("itsdangerous-json", "secret", r#"{"a":[1]}"#),
        ("itsdangerous-timed-json", "secret", "10"),
        ("bottle", "secret", "octets"),
        ("express", "secret", "v; w"),
        ("fastify", "secret", "v"),
        ("hono", "secret", "v"),
        ("keygrip", "secret", "v"),
        ("rails-signed", "secret", "7"),
        ("rails-encrypted", "secret", "\"text\""),
        ("cookie-signed", long.as_str(), "v"),
        ("cookie-private", long.as_str(), "v"),
        ("biscotti-signed", long.as_str(), "v"),
        ("biscotti-encrypted", long.as_str(), "v"),
    ];
    for (form, key, value) in rows {
        let environment = [("HARDTACK_TEST_KEY", key), ("HARDTACK_OTHER_KEY", &key.replace(['8', 's', 'k'], "a"))];
        let options = ["--form", form, "--name", "sid", "--key-env", "HARDTACK_TEST_KEY", "--now", NOW];
        let sealed = run_with(&[&["seal"], options.as_slice(), &[value]].concat(), b"", &environment);
        assert_eq!((sealed.status, sealed.err.as_str()), (Some(0), ""), "{form}");
        let open = [&["open"], options.as_slice()].concat();
        let opened = run_with(&open, sealed.out.as_bytes(), &environment);
        assert_eq!((opened.status, opened.out.trim_end_matches('\n')), (Some(0), value), "{form}: {}", opened.err);

        // Another key, and a ring with that key first.
        let mut other = open.clone();
        other[6] = "HARDTACK_OTHER_KEY";
        let refused = run_with(&other, sealed.out.as_bytes(), &environment);
        assert_eq!(refused.status, Some(1), "{form}: {}", refused.err);
        assert!(refused.err.contains("; ") && !refused.err.contains(key), "{form}: {}", refused.err);
        let ring = [other.as_slice(), &["--key-env", "HARDTACK_TEST_KEY", "--json"]].concat();
        let renewed = run_with(&ring, sealed.out.as_bytes(), &environment);
        assert!(renewed.out.contains("\"needs_renewal\":true"), "{form}: {}{}", renewed.out, renewed.err);
    }
}

#[test]
fn texts_of_the_frameworks_themselves() {
    let rows: [(&str, &str, &[&str], &str, &str); 4] = [
        (
            "itsdangerous",
            "secret-key",
            &["--form", "itsdangerous"],
            "my string.wh6tMHxLgJqB6oY1uT73iMlyrOA",
            "my string",
        ),
        (
            "Django",
            "dev-secret-key",
            &["--form", "django-signing"],
            "ImhlbGxvIg:1r31eq:n-6WtN_UNB4eZW5zpJothQReMC2aIv-D-bzqtuaziwo",
            "\"hello\"",
        ),
        (
            "Keygrip",
            "k",
            &["--form", "keygrip", "--name", "session"],
            "session=hello; session.sig=IW1rXt_6NQIjIQy6xv_1_8A48TI",
            "hello",
        ),
        (
            "a wrong text",
            "k",
            &["--form", "keygrip", "--name", "session"],
            "session=hullo; session.sig=IW1rXt_6NQIjIQy6xv_1_8A48TI",
            "",
        ),
    ];
    for (what, key, options, text, value) in rows {
        let ran = run_with(
            &[&["open", "--key-env", "HARDTACK_TEST_KEY"], options, &[text]].concat(),
            b"",
            &[("HARDTACK_TEST_KEY", key)],
        );
        assert_eq!(ran.out.trim_end_matches('\n'), value, "{what}: {}", ran.err);
        assert_eq!(ran.status, Some(i32::from(value.is_empty())), "{what}");
    }
}

#[test]
fn keys() {
    let (one, other) = (run(&["key"], b""), run(&["key"], b""));
    assert_eq!(one.out.trim_end().len(), 64);
    assert!(one.out.trim_end().bytes().all(|byte| byte.is_ascii_hexdigit()) && one.out != other.out);
    assert_eq!(run(&["key", "--octets", "64", "--base64"], b"").out.trim_end().len(), 88);
    assert_eq!(run(&["key", "--octets", "16"], b"").status, Some(2), "too short to be one");
    // The same key in either writing has the same id.
    let hex = file("key.hex", &format!("{KEY}\n"));
    let base64 = file("key.base64", "jyttHAqeT3O12OKhxvCUfTuOWiwffWCU6LOlwtHwfpY=\n");
    let ids = run(&["key", "--key-file", &hex, "--key-file", &base64], b"");
    let lines: Vec<_> = ids.out.lines().collect();
    assert!(lines.len() == 2 && lines[0] == lines[1] && lines[0].len() == 8, "{}{}", ids.out, ids.err);
}

#[test]
fn the_form_and_the_wire_are_told_by_the_text() {
    let key = [("HARDTACK_TEST_KEY", "secret")];
    let sealed = run_with(&["seal", "--form", "express", "--key-env", "HARDTACK_TEST_KEY", "v w"], b"", &key).out;
    assert!(sealed.contains("%20"), "as it stands in the cookie: {sealed}");
    let opened = run_with(&["open", "--key-env", "HARDTACK_TEST_KEY", sealed.trim_end()], b"", &key);
    assert_eq!((opened.out.as_str(), opened.status), ("v w\n", Some(0)), "{}", opened.err);
}

#[test]
fn every_failure_says_what_to_do() {
    let jar = file("no-store.json", r#"{"S3CRET":1}"#);
    let key = file("short.key", "abcd");
    let rows: [(&[&str], i32, &str); 10] = [
        (&["jar", "no/such.file"], 2, "give a file that is there"),
        (&["jar", &jar], 2, "save it anew"),
        (&["open", "--name", "a", "x"], 2, "name it by --form"),
        (&["open", "--form", "signed", "x"], 2, "give --key-file FILE or --key-env VARIABLE"),
        (&["open", "--form", "signed", "--key-file", "no/such.key", "x"], 2, "give a file that is there"),
        (&["open", "--form", "signed", "--key-file", &key, "x"], 2, "a key needs at least 32"),
        (&["open", "--form", "signed", "--key-env", "HARDTACK_NO_SUCH", "x"], 2, "set it, or give --key-file"),
        (&["seal", "--form", "keygrip", "--key-file", &key, "x"], 2, "give it by --name"),
        (&["seal", "--form", "flask", "--key-file", &key, "S3CRET"], 2, "the value of this form is JSON"),
        (&["seal", "--form", "express", "--lifetime", "9", "--key-file", &key, "x"], 2, "leave --lifetime out"),
    ];
    for (arguments, status, message) in rows {
        let ran = run(arguments, b"");
        assert_eq!(ran.status, Some(status), "{arguments:?}: {}", ran.err);
        assert!(ran.err.starts_with("error: ") && ran.err.contains(message), "{arguments:?}: {}", ran.err);
        assert!(!ran.err.contains("S3CRET"), "{arguments:?}: {}", ran.err);
    }
}
