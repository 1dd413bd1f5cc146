//! The command `hardtack`, run as a program: verdicts, and what is sent next.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::process::Command;

/// Runs the program; gives its status, its output and its messages.
fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_hardtack")).args(arguments).output().expect("the program runs");
    let utf8 = |octets| String::from_utf8(octets).expect("the output is UTF-8");
    (output.status.code(), utf8(output.stdout), utf8(output.stderr))
}

#[test]
fn a_session_is_told_line_by_line() {
    let (status, out, err) = run(&[
        "--url",
        "https://shop.example:8443/account/login?next=/",
        "--profile",
        "chromium",
        "--then",
        "https://shop.example/account/orders",
        "--then",
        "http://shop.example/",
        "--now",
        "Fri, 01 Jan 2027 12:00:00 GMT",
        "Set-Cookie: __Host-sid=31d4; Secure",
        "Set-Cookie: theme=dark; Path=/; Max-Age=60",
        "Set-Cookie: cart=7; Secure",
        "Cookie: theme=light",
    ]);
    let expected = "\
Set-Cookie
  name        value
  __Host-sid  31d4

  attribute  value  meaning
  Secure            for secure channels alone

  chromium at https://shop.example/account/login
  refused: a name that begins with \"__Host-\" in any letter case needs Path=/; write Path=/, or rename the cookie (RFC 6265bis section 5.7, steps 20 and 21)

Set-Cookie
  name   value
  theme  dark

  attribute  value  meaning
  Path       /      every path
  Max-Age    60     1 min

  chromium at https://shop.example/account/login
  stored: \"theme\" (4 octets) for shop.example/, until Fri, 01 Jan 2027 12:01:00 GMT
    Domain absent: sent to this host alone
    Path: sent for this path and what is below it
    Max-Age: kept for so long
    SameSite absent or unknown: treated as Lax

Set-Cookie
  name  value
  cart  7

  attribute  value  meaning
  Secure            for secure channels alone

  chromium at https://shop.example/account/login
  stored: \"cart\" (1 octet) for shop.example/account, Secure
    Domain absent: sent to this host alone
    Path absent: the directory of the request
    neither Expires nor Max-Age: kept until the browser closes
    SameSite absent or unknown: treated as Lax
    Secure: sent over secure connections alone

Cookie
  name   value
  theme  light

request for https://shop.example/account/orders
  Cookie: cart=7; theme=dark

request for http://shop.example/
  Cookie: theme=dark
  not sent: \"cart\" (1 octet) for shop.example/account, Secure: the request is not below the cookie's Path; set it with Path=/ for every path
";
    assert_eq!(out, expected);
    assert_eq!(status, Some(1), "a line was refused");
    assert_eq!(err, "");
}

#[test]
fn values_are_hidden_where_they_should_be() {
    let (status, out, _) = run(&[
        "--redact",
        "--url",
        "https://shop.example/",
        "--then",
        "https://shop.example/",
        "--then",
        "https://other.example/",
        "Set-Cookie: sid=s3cr3t",
    ]);
    assert!(!out.contains("s3cr3t"), "{out}");
    let requests = "request for https://shop.example/\n  Cookie: sid=<6 octets>\n\nrequest for https://other.example/\n  no Cookie field\n";
    assert!(out.ends_with(requests), "{out}");
    assert_eq!(status, Some(0));
}

#[test]
fn a_session_is_told_in_json() {
    let (status, out, _) = run(&[
        "--json",
        "--url",
        "http://[::1]:80",
        "--profile",
        "Firefox",
        "--then",
        "http://[::1]",
        "Set-Cookie: a; Domain=x.example",
        "Set-Cookie: a",
    ]);
    let lines: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[1]["verdict"], "refused");
    assert_eq!(
        lines[1]["reason"],
        "Domain \"x.example\" is neither the host \"::1\" nor a parent of it; name the host or a parent, or leave Domain out"
    );
    assert_eq!(lines[3]["verdict"], "stored");
    assert_eq!(lines[3]["cookie"]["domain"], "::1");
    assert_eq!((&lines[4]["request"], &lines[4]["cookie"]), (&"http://[::1]/".into(), &"a=".into()));
    assert_eq!(status, Some(1));
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let rows: [(&[&str], &str); 5] = [
        (&["--url", "shop.example", "Cookie: a=1"], "no scheme: write https://host/path"),
        (&["--url", "ftp://shop.example", "Cookie: a=1"], "cookies travel by http and https alone"),
        (&["--url", "https://", "Cookie: a=1"], "the host is empty; name it"),
        (
            &["--url", "https://a", "--profile", "lynx", "Cookie: a=1"],
            "write one of rfc6265bis, chromium, firefox, chrome, all",
        ),
        (&["--then", "https://a", "Cookie: a=1"], "--url"),
    ];
    for (arguments, expected) in rows {
        let (status, _, err) = run(arguments);
        assert_eq!(status, Some(2), "{arguments:?}");
        assert!(err.contains(expected), "{arguments:?}: {err}");
    }
}
