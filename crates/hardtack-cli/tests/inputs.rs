//! The command `hardtack`, run as a program: every form of input, every exit status, the other commands.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says by panicking that it failed")]

mod program;

use program::{Ran, run, scratch};

const TRANSCRIPT: &str = "\
* Host shop.example:443 was resolved.
*   Trying 192.0.2.1:443...
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
> GET /account/login HTTP/2
> Host: shop.example
> Cookie: theme=dark
>
< HTTP/2 200
< set-cookie: __Host-sid=1; Secure; Path=/
< set-cookie: cart=7
<
Set-Cookie: body=1
";

const HAR: &str = include_str!("recording.har");

/// What an input shows, in a word or two of the output for each that has to be there.
#[test]
#[allow(clippy::too_many_lines, reason = "a row an input")]
fn inputs() {
    type Row = (&'static str, &'static [&'static str], &'static str, i32, &'static [&'static str]);
    let rows: [Row; 14] = [
        ("header lines", &[], "Cookie: a=1", 0, &["Cookie\n  name  value\n  a     1\n"]),
        ("indented", &[], "    Set-Cookie: a=1\n    Cookie: b=2\n", 0, &["  a     1", "  b     2"]),
        (
            "curl -v: the Cookie field's URL, and the verdicts for it",
            &["--profile", "chromium"],
            TRANSCRIPT,
            0,
            &[
                "Cookie of https://shop.example/account/login\n",
                "chromium at https://shop.example/account/login\n",
                "stored: \"cart\" (1 octet) for shop.example/account",
            ],
        ),
        (
            "curl -v, and a request after it",
            &["--then", "https://shop.example/"],
            TRANSCRIPT,
            0,
            &["  Cookie: __Host-sid=1\n"],
        ),
        (
            "copy as cURL, for bash",
            &[],
            "curl 'https://shop.example/cart' \\\n  -H 'accept: */*' \\\n  -b 'sid=1; theme=dark'\n",
            0,
            &["Cookie of https://shop.example/cart\n", "  theme  dark\n"],
        ),
        (
            "copy as cURL, for cmd.exe",
            &[],
            "curl ^\"https://shop.example/cart^\" ^\r\n  -H ^\"cookie: sid=^%^41^\"\r\n",
            0,
            &["  sid   %41    A\n"],
        ),
        (
            "HAR on standard input",
            &["--profile", "chrome"],
            HAR,
            1,
            &[
                "GET https://shop.example/  200  Tue, 24 Nov 2026 12:00:00 GMT\n  sent: old\n    not set in this recording: old\n",
                "  set sid: stored: \"sid\" (6 octets) for shop.example/, Secure\n",
                "  set __Secure-x: refused: a name that begins with \"__Secure-\"",
                "GET https://shop.example/a.png",
                "    not sent, though chromium would have: sid\n",
                "GET https://ads.example/p.gif",
                "  another site causes it, by https://shop.example/\n",
                "GET http://shop.example/x",
                "    sent, though chromium would not have: sid: the cookie is Secure and the connection is not; request it over https\n",
                "5 entries, 5 fields, 2 refused\n",
            ],
        ),
        (
            "bare text",
            &["--cookie", "a=1", "--set-cookie", "b=2; Path=/", "--cookie=-c=3"],
            "",
            0,
            &["  a     1", "  Path       /      every path", "  -c    3"],
        ),
        (
            "duplicates are marked",
            &["Cookie: a=1; a=2"],
            "",
            0,
            &["  a     1\n", "  a     2      given again: the first counts\n"],
        ),
        (
            "a cookie that is set twice",
            &["Set-Cookie: a=1; Path=/", "Set-Cookie: a=2; Path=/", "Set-Cookie: a=3; Path=/x"],
            "",
            0,
            &["takes the place of the cookie set in line 1\n"],
        ),
        (
            "a JWT by its name",
            &["Cookie: auth=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"],
            "",
            0,
            &["looks like", "  JWT (HS256)\n"],
        ),
        (
            "and what it says when asked",
            &["--decode", "Cookie: auth=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"],
            "",
            0,
            &["  auth says, not verified: {\"alg\":\"HS256\"} {\"sub\":\"1\"}\n"],
        ),
        (
            "lengths on request",
            &["--lengths", "Set-Cookie: a=b; Path=/"],
            "",
            0,
            &["  2 of the 4096 octets that name and value may have; 11 octets in the field\n"],
        ),
        (
            "strict, with a caret",
            &["--strict", "Cookie: a=1;b=2"],
            "",
            1,
            &["Cookie: a=1;b=2\n            ^\nerror: the \";\" before offset 4 is not followed by a space"],
        ),
    ];
    for (why, arguments, input, status, shown) in rows {
        let ran = run(arguments, input.as_bytes());
        for text in shown {
            assert!(ran.out.contains(text), "{why}: {text:?} is not in\n{}", ran.out);
        }
        assert_eq!((ran.status, ran.err.as_str()), (Some(status), ""), "{why}");
        assert!(!ran.out.contains("body") && !ran.out.contains("S3CRET"), "{why}:\n{}", ran.out);
    }
}

#[test]
fn every_failure_says_what_to_do() {
    type Row = (&'static str, &'static [&'static str], &'static str, i32, &'static str);
    let rows: [Row; 15] = [
        ("nothing", &[], "", 3, "write one as \"Cookie: name=value\""),
        ("junk", &[], "hello\nworld\n", 3, "write one as \"Cookie: name=value\""),
        ("a HAR without cookies", &[], r#"{"log":{"entries":[]}}"#, 3, "with sensitive data"),
        ("JSON that is no HAR", &[], r#"{"a":1}"#, 2, "save it anew"),
        ("a HAR that is cut off", &[], r#"{"log":{"entries":[{"#, 2, "save it anew"),
        ("an argument that is no field", &["sid=S3CRET"], "", 2, "give bare text by --cookie or --set-cookie"),
        ("a good argument and one that is none", &["Cookie: a=1", "sid=S3CRET"], "", 2, "argument 2 is no header line"),
        ("a file where text is wanted", &["Cargo.toml"], "", 2, "pipe it in by < FILE"),
        ("a recording that is not there", &["--har", "no/such.har"], "", 2, "no/such.har: "),
        (
            "a command that ends in quotes",
            &["curl https://a/ -b 'a=S3CRET"],
            "",
            2,
            "ends inside quotes; copy it whole",
        ),
        ("a command whose cookies are in a file", &["curl https://a/ -b jar.txt"], "", 2, "hardtack jar jar.txt"),
        (
            "a request before there is any URL",
            &["--then", "https://a/", "Set-Cookie: a=1"],
            "",
            2,
            "--then needs --url",
        ),
        ("decoding what is hidden", &["--decode", "--redact", "Cookie: a=1"], "", 2, "cannot be used with"),
        ("a method that is none", &["--method", "P T", "Cookie: a=1"], "", 2, "write GET or POST"),
        ("a date that is none", &["date", "a;b"], "", 2, "give the date alone"),
    ];
    for (why, arguments, input, status, message) in rows {
        let Ran { status: exited, err, .. } = run(arguments, input.as_bytes());
        assert_eq!(exited, Some(status), "{why}: {err}");
        assert!(err.starts_with("error: ") && err.contains(message), "{why}: {err}");
        assert!(!err.contains("S3CRET"), "{why}: {err}");
    }
}

#[test]
fn a_recording_in_a_file() {
    let file = scratch("recording.har", HAR);
    let ran = run(&["--profile", "all", "--har", file.to_str().expect("a path of this test")], b"");
    assert!(ran.out.contains("  set id:\n    rfc6265bis  refused: "), "{}", ran.out);
    assert!(ran.out.contains("    they differ: outcome\n"), "Firefox keeps what says nothing of SameSite: {}", ran.out);
    assert_eq!((ran.status, ran.err.as_str()), (Some(1), ""), "no progress is shown where nobody watches");
}

#[test]
fn browsers_side_by_side() {
    let ran = run(
        &["--url", "https://shop.example/", "--profile", "all", "--now", "24 Nov 2026 09:00:00", "Set-Cookie: =v"],
        b"",
    );
    let lines: Vec<_> = ran.out.lines().skip(3).collect();
    assert_eq!(
        lines,
        [
            "",
            "  at https://shop.example/",
            "  rfc6265bis  stored: \"\" (1 octet) for shop.example/",
            "  chromium    stored: \"\" (1 octet) for shop.example/",
            "  firefox     refused: nothing stands before the \"=\"; name the cookie (browsers alone; compare RFC 6265bis section 4.1.1)",
            "  they differ: outcome",
        ]
    );
    assert_eq!(ran.status, Some(1));
}

/// What describes a request is of the URL before it.
#[test]
fn circumstances_are_of_the_url_before_them() {
    let set = "Set-Cookie: a=1; SameSite=Lax; HttpOnly; Secure";
    let rows: [(&str, &[&str], &str); 9] = [
        ("by its own site", &["--then", "https://a.test/"], "  Cookie: a=1"),
        ("embedded by another", &["--then", "https://a.test/", "--cross-site"], "  no Cookie field"),
        ("by a link of another", &["--then", "https://a.test/", "--navigation"], "  Cookie: a=1"),
        (
            "by a form of another",
            &["--then", "https://a.test/", "--navigation", "--method", "POST"],
            "  no Cookie field",
        ),
        ("read by a script", &["--then", "https://a.test/", "--script"], "  no Cookie field"),
        ("over http", &["--then", "http://a.test/"], "  no Cookie field"),
        (
            "of two the second",
            &["--then", "https://a.test/", "--then", "https://a.test/x", "--script"],
            "  no Cookie field",
        ),
        ("of two the first", &["--then", "https://a.test/", "--script", "--then", "https://a.test/x"], "  Cookie: a=1"),
        ("before any URL: all of them", &["--then", "https://a.test/"], "  no Cookie field"),
    ];
    for (why, then, last) in rows {
        let before: &[&str] = if why.starts_with("before") { &["--navigation", "--method", "POST"] } else { &[] };
        let arguments = [before, &["--url", "https://a.test/"], then, &[set]].concat();
        let ran = run(&arguments, b"");
        assert!(ran.out.contains("stored: "), "{why}: {}", ran.out);
        let shown = ran.out.lines().rfind(|line| line.contains("Cookie")).unwrap_or_default();
        assert_eq!(shown, last, "{why}: {}", ran.out);
    }
}

#[test]
fn dates() {
    let ran = run(&["date", "Wed, 09 Jun 02027 10:18:14 GMT"], b"");
    assert_eq!(
        ran.out,
        "rfc6265bis  not read: there is no year; write two or four digits\n\
         chromium    Wed, 09 Jun 2027 10:18:14 GMT  1812536294\n\
         firefox     Wed, 09 Jun 2027 10:18:14 GMT  1812536294\n\
         they differ\n"
    );
    assert_eq!(ran.status, Some(1));
    let ran = run(&["date", "--profile", "chrome", "--json", "Wed, 09 Jun 2027 10:18:14 GMT"], b"");
    assert_eq!(
        ran.out,
        "{\"profile\":\"chromium\",\"date\":\"Wed, 09 Jun 2027 10:18:14 GMT\",\"unix\":1812536294,\"error\":null}\n"
    );
    assert_eq!(ran.status, Some(0));
}

#[test]
fn colours() {
    let plain = run(&["Cookie: a=1"], b"");
    assert!(!plain.out.contains('\x1B'), "standard output is no terminal");
    let coloured = run(&["--color", "always", "Cookie: a=1"], b"");
    assert!(coloured.out.contains("\x1B[1mCookie\x1B[0m"), "{:?}", coloured.out);
    let never = program::run_with(&["--color", "never", "Cookie: a=1"], b"", &[("CLICOLOR_FORCE", "1")]);
    assert_eq!(never.out, plain.out);
    let forced = program::run_with(&["Cookie: a=1"], b"", &[("CLICOLOR_FORCE", "1")]);
    assert_eq!(forced.out, coloured.out);
    let unwanted = program::run_with(&["Cookie: a=1"], b"", &[("NO_COLOR", "1")]);
    assert_eq!(unwanted.out, plain.out);
}

#[test]
fn completions_and_man_page() {
    for (shell, text) in [("bash", "complete -F"), ("zsh", "#compdef hardtack"), ("fish", "complete -c hardtack")] {
        let ran = run(&["completions", shell], b"");
        assert!(ran.out.contains(text) && ran.out.contains("set-cookie"), "{shell}");
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{shell}");
    }
    let page = run(&["man"], b"");
    for text in [".TH hardtack 1", "Exit status", "\\-\\-har", "hardtack\\-date"] {
        assert!(page.out.contains(text), "{text} is not in the page");
    }
    assert!(run(&["man", "date"], b"").out.contains(".TH hardtack-date 1"));
    assert_eq!(run(&["man", "nothing"], b"").status, Some(2));
}

#[test]
fn inspection_is_the_default() {
    let rows: [(&[&str], &str); 4] = [
        (&["Cookie: date=1"], "  date  1"),
        (&["--", "Cookie: a=1"], "  a     1"),
        (&["--redact", "Cookie: a=1"], "  a     <1 octet>"),
        (&["Cookie: a=1", "--redact"], "  a     <1 octet>"),
    ];
    for (arguments, shown) in rows {
        let ran = run(arguments, b"");
        assert!(ran.out.contains(shown), "{arguments:?}: {} {}", ran.out, ran.err);
    }
}
