//! The command `hardtack`, run as a program: what it prints for header lines, to the letter, and how it exits.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says by panicking that it failed")]

mod program;

use std::path::PathBuf;
use std::process::Command;

use program::run;

/// Runs the program on input that is piped in, and compares what it prints line by line.
#[track_caller]
fn shows(why: &str, options: &[&str], input: &[u8], status: i32, lines: &[&str]) {
    let ran = run(options, input);
    assert_eq!(ran.out.lines().collect::<Vec<_>>(), lines, "{why}");
    assert_eq!(ran.status, Some(status), "{why}: exit status");
    assert_eq!(ran.err, "", "{why}: messages");
}

#[test]
fn cookie_tables() {
    let rows: [(&str, &[u8], &[&str]); 9] = [
        (
            "names and values, aligned",
            b"Cookie: sid=1; theme=dark",
            &["Cookie", "  name   value", "  sid    1", "  theme  dark"],
        ),
        (
            "what percent signs and quotes stand for, where it differs",
            br#"Cookie: a=%41; q="x\073y"; p=plain; s=100%"#,
            &[
                "Cookie",
                "  name  value     decoded",
                "  a     %41       A",
                r#"  q     "x\073y"  x;y"#,
                "  p     plain",
                "  s     100%      (does not decode)",
            ],
        ),
        (
            "tombstones have a column of their own",
            br#"Cookie: a=DELETED; b=deleted; c="DELETED""#,
            &[
                "Cookie",
                "  name  value      decoded  tombstone",
                "  a     DELETED             yes",
                "  b     deleted",
                r#"  c     "DELETED"  DELETED  yes"#,
            ],
        ),
        (
            "a nameless cookie has a value and no name",
            b"Cookie: bare; =v",
            &["Cookie", "  name  value", "        bare", "        v"],
        ),
        (
            "columns are counted as a terminal does: wide characters take two",
            "Cookie: 日本=東京; e\u{301}=é; a=%E2%98%83".as_bytes(),
            &["Cookie", "  name  value      decoded", "  日本  東京", "  e\u{301}     é", "  a     %E2%98%83  ☃"],
        ),
        (
            "what would move the cursor or reorder the line is escaped, decoded or not",
            "Cookie: a=%0D%0A%1b[2J%C2%85; b=x\ty; c=\u{202E}z".as_bytes(),
            &[
                "Cookie",
                "  name  value               decoded",
                r"  a     %0D%0A%1b[2J%C2%85  \r\n\x1B[2J\u{85}",
                r"  b     x\ty",
                r"  c     \u{202e}z",
            ],
        ),
        (
            "octets that are not UTF-8 are shown as octets",
            b"Cookie: n\xE9=\xFF\xFE",
            &["Cookie", "  name   value     decoded", r"  n\xE9  \xFF\xFE  (does not decode)"],
        ),
        (
            "a pair that is skipped is told of, without its value",
            b"Cookie: a=1; b=\x00secret; c=3",
            &[
                "Cookie",
                "  name  value",
                "  a     1",
                "  c     3",
                "  byte 0x00 at offset 7 is a control byte: the pair it stands in is skipped",
            ],
        ),
        ("a field may hold no pair", b"Cookie: ; =; ", &["Cookie", "  no pair"]),
    ];
    for (why, input, lines) in rows {
        shows(why, &[], input, 0, lines);
    }
}

/// The rows of the table of attributes: each attribute as it was written, and what it means.
#[test]
fn meanings() {
    let rows = [
        ("Max-Age=3600", "1 h"),
        ("Max-Age=2592000", "30 days"),
        ("Max-Age=86400", "1 day"),
        ("max-age=90061", "1 day 1 h 1 min 1 s"),
        ("Max-Age=59", "59 s"),
        ("Max-Age=0", "deletes the cookie"),
        ("Max-Age=-5", "deletes the cookie"),
        ("Max-Age=34560000", "400 days"),
        ("Max-Age=34560001", "400 days 1 s, cut to 400 days by user agents"),
        ("Max-Age=99999999999", "24855 days 3 h 14 min 7 s, cut to 400 days by user agents"),
        ("Max-Age=soon", "ignored: no whole number of seconds"),
        ("Max-Age=1.5", "ignored: no whole number of seconds"),
        ("Expires=Sat, 24 Jul 2027 22:30:27 GMT", "2027-07-24 22:30:27 UTC"),
        ("Expires=Fri, 23-Jun-28 22:30:26 GMT", "2028-06-23 22:30:26 UTC"),
        ("Expires=0", "ignored: there is no time of day; write hh:mm:ss"),
        ("Expires=Tue, 30 Feb 2027 10:00:00 GMT", "ignored: month 2 of 2027 has no day 30; write a day it has"),
        ("Domain=.Example.COM", "example.com and its subdomains"),
        ("Domain=", "ignored: empty"),
        ("Domain", "ignored: empty"),
        ("Path=/", "every path"),
        ("Path=/app", "/app and below"),
        ("Path=app", "ignored: does not begin with \"/\""),
        ("Secure", "for secure channels alone"),
        ("Secure=false", "for secure channels alone"),
        ("HTTPONLY", "hidden from scripts"),
        ("SameSite=strict", "not sent when another site causes the request"),
        ("SameSite=Lax", "sent from another site when the user navigates here"),
        ("SameSite=None", "sent whatever site causes the request"),
        ("SameSite=sometimes", "ignored: none of Strict, Lax and None"),
        ("Partitioned", "a jar of its own for each top-level site"),
        ("Priority=high", "the last to go where there are too many, in Chromium"),
        ("Priority=urgent", "ignored: none of Low, Medium and High"),
        ("Note=High", "not known, kept as it is"),
        ("Foo", "not known, kept as it is"),
        ("=nameless", "not known, kept as it is"),
    ];
    for (attribute, meaning) in rows {
        let ran = run(&[&format!("Set-Cookie: a=b; {attribute}")], b"");
        let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        let last = ran.out.lines().last().unwrap_or_default();
        let cells = last.trim_start().strip_prefix(name).and_then(|rest| rest.trim_start().strip_prefix(value));
        assert_eq!(cells.map(str::trim_start), Some(meaning), "{attribute} is shown as {last:?}");
        assert_eq!(ran.status, Some(0), "{attribute}: an attribute refuses no cookie");
    }
    let long = format!("Set-Cookie: a=b; Path=/{}", "x".repeat(1024));
    let shown = run(&[&long], b"").out;
    assert!(shown.ends_with("ignored: 1025 octets, more than 1024\n"), "{shown}");
}

#[test]
fn set_cookie_tables() {
    let rows: [(&str, &[u8], &[&str]); 5] = [
        ("a cookie without attributes", b"Set-Cookie: a=b", &["Set-Cookie", "  name  value", "  a     b"]),
        (
            "every attribute in the order and the letter case of the field",
            b"Set-Cookie: sid=%41;  path=/;  Max-Age=3600; Secure; Priority=High",
            &[
                "Set-Cookie",
                "  name  value  decoded",
                "  sid   %41    A",
                "",
                "  attribute  value  meaning",
                "  path       /      every path",
                "  Max-Age    3600   1 h",
                "  Secure            for secure channels alone",
                "  Priority   High   the last to go where there are too many, in Chromium",
            ],
        ),
        (
            "of a date or an age the last valid one counts, of the rest the last one, and of the two the age",
            b"Set-Cookie: a=b; Max-Age=1; Max-Age=2; Max-Age=x; Path=/a; Path=b; Domain=a.test; Domain=b.test; Secure; secure; \
              Expires=Thu, 01 Jan 1970 00:00:00 GMT; Expires=x",
            &[
                "Set-Cookie",
                "  name  value",
                "  a     b",
                "",
                "  attribute  value                          meaning",
                "  Max-Age    1                              ignored: given again later",
                "  Max-Age    2                              2 s",
                "  Max-Age    x                              ignored: no whole number of seconds",
                "  Path       /a                             ignored: given again later",
                "  Path       b                              ignored: does not begin with \"/\"",
                "  Domain     a.test                         ignored: given again later",
                "  Domain     b.test                         b.test and its subdomains",
                "  Secure                                    ignored: given again later",
                "  secure                                    for secure channels alone",
                "  Expires    Thu, 01 Jan 1970 00:00:00 GMT  1970-01-01 00:00:00 UTC, but Max-Age counts",
                "  Expires    x                              ignored: there is no time of day; write hh:mm:ss",
            ],
        ),
        (
            "a tombstone",
            b"Set-Cookie: a=DELETED; Max-Age=0",
            &[
                "Set-Cookie",
                "  name  value    tombstone",
                "  a     DELETED  yes",
                "",
                "  attribute  value  meaning",
                "  Max-Age    0      deletes the cookie",
            ],
        ),
        (
            "a tab is data, and shown",
            b"Set-Cookie: a=b\tc; Path=/\t/",
            &[
                "Set-Cookie",
                "  name  value",
                r"  a     b\tc",
                "",
                "  attribute  value  meaning",
                r"  Path       /\t/   /\t/ and below",
            ],
        ),
    ];
    for (why, input, lines) in rows {
        shows(why, &[], input, 0, lines);
    }
}

const CONTROL: &str = "is a control byte, for which user agents drop the whole cookie; remove it";

#[test]
fn refused_lines() {
    let rows: [(&str, &[u8], &str, &str, String); 7] = [
        (
            "the caret is under the byte, which is shown escaped",
            b"Set-Cookie: a=1\x01; Path=/",
            r"Set-Cookie: a=1\x01; Path=/",
            "               ^",
            format!("error: byte 0x01 at offset 3 {CONTROL}"),
        ),
        (
            "what is escaped before the byte moves the caret",
            b"Set-Cookie: \xFFa=\t\x7F",
            r"Set-Cookie: \xFFa=\t\x7F",
            "                    ^",
            format!("error: byte 0x7F at offset 4 {CONTROL}"),
        ),
        (
            "a wide character takes two columns, a combining one none",
            "Set-Cookie: 日e\u{301}=\0".as_bytes(),
            "Set-Cookie: 日e\u{301}=\\x00",
            "                ^",
            format!("error: byte 0x00 at offset 7 {CONTROL}"),
        ),
        (
            "an offset counts from the field's text, whatever letter case and white space precede it",
            b"set-cookie:\t  a\x0B",
            r"Set-Cookie: a\x0B",
            "             ^",
            format!("error: byte 0x0B at offset 1 {CONTROL}"),
        ),
        (
            "a carriage return that is not of a line's end",
            b"Set-Cookie: a=1\rX: y\r\n",
            r"Set-Cookie: a=1\rX: y",
            "               ^",
            format!("error: byte 0x0D at offset 3 {CONTROL}"),
        ),
        (
            "nothing to keep",
            b"Set-Cookie: ; Path=/",
            "Set-Cookie: ; Path=/",
            "            ^",
            "error: the cookie has neither a name nor a value, for which user agents drop it; write name=value".into(),
        ),
        (
            "no text at all",
            b"Set-Cookie:\r\n",
            "Set-Cookie:",
            "            ^",
            "error: the cookie has neither a name nor a value, for which user agents drop it; write name=value".into(),
        ),
    ];
    for (why, input, line, caret, error) in &rows {
        shows(why, &[], input, 1, &[line, caret, error]);
    }
}

#[test]
fn a_long_refused_line_is_cut_around_the_byte() {
    let input = format!("Set-Cookie: a={}\x02{}; Path=/", "x".repeat(3000), "y".repeat(1000));
    shows(
        "60 columns before the byte, 100 in all",
        &[],
        input.as_bytes(),
        1,
        &[
            &format!("Set-Cookie: …{}\\x02{}…", "x".repeat(60), "y".repeat(35)),
            &format!("{}^", " ".repeat("Set-Cookie: ".len() + 1 + 60)),
            &format!("error: byte 0x02 at offset 3002 {CONTROL}"),
        ],
    );
    let input = format!("Set-Cookie: a={}", "x".repeat(4096));
    let ran = run(&[&input], b"");
    assert!(ran.out.contains("error: name and value are 4097 octets together, of which user agents keep at most 4096"));
    assert!(ran.out.lines().all(|line| line.len() < 140), "{}", ran.out);
}

#[test]
fn json() {
    let rows: [(&str, &[u8], i32, &str); 12] = [
        (
            "every pair in order, decoded",
            b"Cookie: a=%41; b=2; a=3",
            0,
            r#"{"field":"Cookie","pairs":[{"name":"a","value":"%41","decoded":"A","tombstone":false},{"name":"b","value":"2","decoded":"2","tombstone":false},{"name":"a","value":"3","decoded":"3","tombstone":false}]}"#,
        ),
        (
            "no name is an empty name; quotes are of the value",
            br#"Cookie: bare; q="DELETED""#,
            0,
            r#"{"field":"Cookie","pairs":[{"name":"","value":"bare","decoded":"bare","tombstone":false},{"name":"q","value":"\"DELETED\"","decoded":"\"DELETED\"","tombstone":true}]}"#,
        ),
        (
            "null where a value does not decode",
            b"Cookie: a=%4; b=%FF",
            0,
            r#"{"field":"Cookie","pairs":[{"name":"a","value":"%4","decoded":null,"tombstone":false},{"name":"b","value":"%FF","decoded":null,"tombstone":false}]}"#,
        ),
        (
            "octets that are not UTF-8 become U+FFFD, and do not decode",
            b"Cookie: \xFF=\xE9t\xE9",
            0,
            "{\"field\":\"Cookie\",\"pairs\":[{\"name\":\"\u{FFFD}\",\"value\":\"\u{FFFD}t\u{FFFD}\",\"decoded\":null,\"tombstone\":false}]}",
        ),
        (
            "a segment with a control byte is no pair",
            b"Cookie: a=\x01; b=2",
            0,
            r#"{"field":"Cookie","pairs":[{"name":"b","value":"2","decoded":"2","tombstone":false}]}"#,
        ),
        ("no pair at all", b"Cookie:", 0, r#"{"field":"Cookie","pairs":[]}"#),
        (
            "every attribute, null where absent",
            b"Set-Cookie: a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax; Note=High",
            0,
            r#"{"field":"Set-Cookie","cookie":{"name":"a","value":"b","expires":"Thu, 01 Jan 1970 00:00:00 GMT","max_age":0,"domain":null,"path":"/","secure":false,"http_only":false,"same_site":"Lax","partitioned":false,"extensions":[{"name":"Note","value":"High"}]}}"#,
        ),
        (
            "a name alone, and the other half of the attributes",
            b"Set-Cookie: v; domain=.A.test; secure; httponly; partitioned; Foo; Bar=; foo=1",
            0,
            r#"{"field":"Set-Cookie","cookie":{"name":"","value":"v","expires":null,"max_age":null,"domain":"a.test","path":null,"secure":true,"http_only":true,"same_site":null,"partitioned":true,"extensions":[{"name":"Foo","value":null},{"name":"Bar","value":""},{"name":"foo","value":"1"}]}}"#,
        ),
        (
            "octets that are not UTF-8, in an attribute",
            b"Set-Cookie: a=\xFF; Path=/\xE9; X\xFE=\xFD",
            0,
            "{\"field\":\"Set-Cookie\",\"cookie\":{\"name\":\"a\",\"value\":\"\u{FFFD}\",\"expires\":null,\"max_age\":null,\"domain\":null,\"path\":\"/\u{FFFD}\",\"secure\":false,\"http_only\":false,\"same_site\":null,\"partitioned\":false,\"extensions\":[{\"name\":\"X\u{FFFD}\",\"value\":\"\u{FFFD}\"}]}}",
        ),
        (
            "an age beyond 31 bits is the greatest there is",
            b"Set-Cookie: a=b; Max-Age=99999999999999999999",
            0,
            r#"{"field":"Set-Cookie","cookie":{"name":"a","value":"b","expires":null,"max_age":2147483647,"domain":null,"path":null,"secure":false,"http_only":false,"same_site":null,"partitioned":false,"extensions":[]}}"#,
        ),
        (
            "an error and where",
            b"Set-Cookie: a=1;\x00",
            1,
            r#"{"field":"Set-Cookie","error":{"message":"byte 0x00 at offset 4 is a control byte, for which user agents drop the whole cookie; remove it","offset":4}}"#,
        ),
        (
            "no cookie",
            b"Set-Cookie: =",
            1,
            r#"{"field":"Set-Cookie","error":{"message":"the cookie has neither a name nor a value, for which user agents drop it; write name=value","offset":0}}"#,
        ),
    ];
    for (why, input, status, line) in rows {
        let ran = run(&["--json"], input);
        holds(why, &ran.out, line);
        assert_eq!((ran.status, ran.err.as_str()), (Some(status), ""), "{why}");
    }
}

/// Asserts that the output is one object that holds what `line` holds, in the same order, and perhaps more.
#[track_caller]
fn holds(why: &str, out: &str, line: &str) {
    let object = |text: &str| serde_json::from_str(text).unwrap_or_else(|error| panic!("{why}: {error}: {text}"));
    let (out, line): (serde_json::Value, serde_json::Value) = (object(out), object(line));
    assert!(is_part_of(&line, &out), "{why}: {out} does not hold {line}");
}

fn is_part_of(part: &serde_json::Value, whole: &serde_json::Value) -> bool {
    use serde_json::Value;

    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            let mut keys = whole.keys();
            part.iter().all(|(key, part)| keys.any(|name| name == key) && is_part_of(part, &whole[key]))
        }
        (Value::Array(part), Value::Array(whole)) => {
            part.len() == whole.len() && part.iter().zip(whole).all(|(part, whole)| is_part_of(part, whole))
        }
        (part, whole) => part == whole,
    }
}

#[test]
fn messages() {
    let rows: [(&str, &[u8], &[&str]); 10] = [
        (
            "a request with CRLF: the request line and other fields are passed over",
            b"GET /Cookie: HTTP/1.1\r\nHost: a.test\r\nCookie: a=1\r\nX-Cookie: b=2\r\n\r\n",
            &["a=1"],
        ),
        (
            "a response with LF alone, field names in any letter case",
            b"HTTP/1.1 200 OK\nset-cookie: a=1\nSET-COOKIE:b=2\nSet-Cookie2: c=3\n\n",
            &["a=1", "b=2"],
        ),
        (
            "a body is passed over, whatever is in it",
            b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\n\r\nSet-Cookie: body=1\r\n\r\nCookie: body=2",
            &["a=1"],
        ),
        (
            "behind a body another message may begin, as when redirects are shown",
            b"HTTP/1.1 302 Found\r\nSet-Cookie: a=1\r\n\r\nCookie: body=1\r\nHTTP/2 200 \r\nset-cookie: b=2\r\n\r\nx",
            &["a=1", "b=2"],
        ),
        ("outside of a message blank lines mean nothing", b"Cookie: a=1\n\n\nCookie: b=2\n", &["a=1", "b=2"]),
        ("a line that continues another is no field", b"X: y\r\n Cookie: a=1\r\n\tCookie: b=2\r\n", &[]),
        ("white space before the colon makes it no field", b"Cookie : a=1\nCookie\t: b=2\n", &[]),
        ("white space behind the colon is not of the text", b"Cookie:a=1\nCookie: \t b=2 \t\n", &["a=1", "b=2"]),
        ("the last line needs no end", b"Cookie: a=1", &["a=1"]),
        ("binary input", b"\x00\xFF:\n:\n\nCookie: a=1\n\xC3", &["a=1"]),
    ];
    for (why, input, pairs) in rows {
        let ran = run(&["--json"], input);
        let seen: Vec<String> = ran.out.lines().flat_map(|line| pairs_of(line, why)).collect();
        assert_eq!(seen, pairs, "{why}");
        assert_eq!(ran.status, Some(if pairs.is_empty() { 3 } else { 0 }), "{why}");
        assert_eq!(
            ran.err.is_empty(),
            !pairs.is_empty(),
            "{why}: the program says so if it found nothing: {}",
            ran.err
        );
    }
}

/// The cookies in a line of JSON, as `name=value`.
fn pairs_of(line: &str, why: &str) -> Vec<String> {
    let line: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{why}: {error}: {line}"));
    let cookies = line["pairs"].as_array().cloned().unwrap_or_else(|| vec![line["cookie"].clone()]);
    let text = |part: &serde_json::Value| part.as_str().unwrap_or("not a string").to_owned();
    cookies.iter().map(|cookie| text(&cookie["name"]) + "=" + &text(&cookie["value"])).collect()
}

#[test]
fn arguments() {
    let table = "Cookie\n  name  value\n  a     1\n\nSet-Cookie\n  name  value\n  b     2\n";
    let rows: [(&str, &[&str]); 4] = [
        ("a line an argument", &["Cookie: a=1", "Set-Cookie: b=2"]),
        ("several lines in one argument", &["Cookie: a=1\r\nX: y\r\nSet-Cookie: b=2\r\n"]),
        (
            "a message over several arguments",
            &["GET / HTTP/1.1\r\n", "Cookie: a=1\n", "Set-Cookie: b=2", "\r\n", "Cookie: body=1"],
        ),
        ("options between them", &["Cookie: a=1", "--", "Set-Cookie: b=2"]),
    ];
    for (why, arguments) in rows {
        let ran = run(arguments, b"Cookie: not=read");
        assert_eq!((ran.out.as_str(), ran.status, ran.err.as_str()), (table, Some(0), ""), "{why}");
    }
}

#[cfg(unix)]
#[test]
fn an_argument_is_octets() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let output = Command::new(env!("CARGO_BIN_EXE_hardtack"))
        .arg(OsStr::from_bytes(b"Cookie: a=\xFF"))
        .output()
        .expect("the program runs");
    assert!(String::from_utf8_lossy(&output.stdout).contains(r"\xFF"), "{output:?}");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn exit_status() {
    type Row = (&'static str, &'static [&'static str], &'static [u8], i32, &'static str);
    let rows: [Row; 6] = [
        ("one refused line among good ones", &[], b"Set-Cookie: a=1\nSet-Cookie: \x01\nCookie: b=2\n", 1, ""),
        ("a refused line as JSON", &["--json"], b"Set-Cookie: \x01\n", 1, ""),
        ("a Cookie field is never refused", &[], b"Cookie: \x01\n", 0, ""),
        (
            "no field at all",
            &[],
            b"sid=1\n",
            3,
            "error: no Cookie or Set-Cookie field found; write one as \"Cookie: name=value\" or",
        ),
        ("an option there is not", &["--verbose"], b"", 2, "error: unexpected argument '--verbose' found"),
        ("help", &["--help"], b"", 0, ""),
    ];
    for (why, options, input, status, err) in rows {
        let ran = run(options, input);
        assert_eq!(ran.status, Some(status), "{why}");
        assert!(if err.is_empty() { ran.err.is_empty() } else { ran.err.starts_with(err) }, "{why}: {}", ran.err);
    }
}

#[test]
fn redaction() {
    shows(
        "how long a value is, and not what it is or stands for",
        &["--redact"],
        b"Cookie: sid=S3CR%45T; bare=; x=1\nSet-Cookie: sid=DELETED; Path=/; Priority=High",
        0,
        &[
            "Cookie",
            "  name  value",
            "  sid   <8 octets>",
            "  bare  <0 octets>",
            "  x     <1 octet>",
            "",
            "Set-Cookie",
            "  name  value       tombstone",
            "  sid   <7 octets>  yes",
            "",
            "  attribute  value  meaning",
            "  Path       /      every path",
            "  Priority   High   the last to go where there are too many, in Chromium",
        ],
    );
    let ran = run(&["--redact", "--json"], b"Cookie: a=S3CRET; b=DELETED");
    holds(
        "a hidden value is null, which no value is",
        &ran.out,
        r#"{"field":"Cookie","pairs":[{"name":"a","value":null,"decoded":null,"tombstone":false},{"name":"b","value":null,"decoded":null,"tombstone":true}]}"#,
    );
    shows(
        "a refused field is shown without its value, the caret at its start",
        &["--redact"],
        b"Set-Cookie: sid=S3C\x01RET; Path=/",
        1,
        &[
            "Set-Cookie: sid=<7 octets>; Path=/",
            "                ^",
            &format!("error: byte 0x01 at offset 7 {CONTROL}"),
        ],
    );
}

#[test]
fn redaction_leaks_nothing() {
    let long = format!("Set-Cookie: n={}", "S3CRET".repeat(1000));
    let rows: [(&str, &[u8]); 12] = [
        ("a pair", b"Cookie: a=S3CRET; b=x"),
        ("a nameless pair", b"Cookie: S3CRET; =S3CRET"),
        ("in quotes, escaped", br#"Cookie: a="S3CRET"; b="\123\063CRET""#),
        ("percent-encoded", b"Cookie: a=%53%33%43RET; b=S3CRET%"),
        ("behind a second =", b"Cookie: a=b=S3CRET"),
        ("in a pair that is skipped", b"Cookie: a=S3CRET\x01S3CRET; b=\x02S3CRET"),
        ("beside octets that are not UTF-8", b"Cookie: a=\xFFS3CRET\xFF"),
        ("set", b"Set-Cookie: a=S3CRET; Path=/"),
        ("set without a name", b"Set-Cookie: S3CRET; Path=/"),
        ("refused", b"Set-Cookie: a=S3CRET\x01S3CRET; Path=/"),
        ("refused for what stands behind it", b"Set-Cookie: S3CRET; Path=/\x01"),
        ("refused for its length", long.as_bytes()),
    ];
    for (why, input) in rows {
        for options in [["--redact"].as_slice(), &["--redact", "--json"]] {
            let ran = run(options, input);
            for leak in ["S3C", "CRET", "RET", r"\123"] {
                assert!(!ran.out.contains(leak) && !ran.err.contains(leak), "{why}: {} {}", ran.out, ran.err);
            }
            assert!(ran.out.starts_with(if options.len() > 1 { "{" } else { "" }) && !ran.out.is_empty(), "{why}");
        }
    }
}

#[test]
fn real_headers_in_full() {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let read = |name: &str| std::fs::read(data.join(name)).ok().and_then(|text| serde_json::from_slice(&text).ok());
    let (Some(requests), Some(responses)) = (read("top-cookie.json"), read("top-set-cookie.json")) else {
        println!("skipped: no data");
        return;
    };
    let (requests, responses): (serde_json::Value, serde_json::Value) = (requests, responses);
    let requests: Vec<_> = requests.as_object().into_iter().flat_map(|sites| sites.values()).collect();
    let responses: Vec<_> = responses
        .as_object()
        .into_iter()
        .flat_map(|sites| sites.values())
        .filter_map(|site| site.as_array())
        .flatten()
        .collect();
    assert_eq!((requests.len(), responses.len()), (17, 51));
    let fields =
        requests.iter().map(|text| ("Cookie", *text)).chain(responses.iter().map(|text| ("Set-Cookie", *text)));
    let lines: Vec<_> =
        fields.map(|(name, text)| format!("{name}: {}\r\n", text.as_str().unwrap_or_default())).collect();
    let input = lines.concat();

    let table = run(&[], input.as_bytes());
    assert_eq!((table.status, table.err.as_str()), (Some(0), ""));
    assert!(!table.out.contains("ignored") && !table.out.contains("skipped"), "a real header means what it says");
    let json = run(&["--json"], input.as_bytes());
    let cookies: Vec<String> = json.out.lines().flat_map(|line| pairs_of(line, "real headers")).collect();
    assert_eq!(cookies.len(), 51 + 51);
    for cookie in cookies {
        let (name, value) = cookie.split_once('=').unwrap_or_default();
        let shown = table
            .out
            .lines()
            .any(|line| line.trim_start().strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(value)));
        assert!(shown, "the cookie {name} is shown");
    }
    assert_eq!(json.out.matches(r#""expires":""#).count(), 44);
    assert_eq!(
        table
            .out
            .lines()
            .filter(|line| line.trim_start().to_lowercase().starts_with("expires ") && line.contains(" UTC"))
            .count(),
        44
    );
}
