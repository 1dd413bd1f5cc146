//! Netscape's `cookies.txt`: read, written, and exchanged with `curl`, if there is one.

#![cfg(feature = "agent")]
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::process::Command;
use std::{env, fs};

use hardtack::CookieDate;
use hardtack::agent::cookies_txt::{Fault, LineError, Loss, read, write};
use hardtack::agent::{InvalidCookie, PartitionKey, Profile, Store, StoredCookie};
use hardtack::{Priority, SameSite};

const NOW: i64 = 1_800_000_000;

fn now() -> CookieDate {
    CookieDate::from_unix_timestamp(NOW)
}

#[test]
fn lines_are_cookies() {
    let rows: [(&str, &[&str], &str); 12] = [
        ("a.example\tFALSE\t/\tFALSE\t0\ta\t1", &["\"a\" (1 octet) for a.example/"], "a session cookie of a host"),
        (
            ".a.example\tTRUE\t/x\tTRUE\t1900000000\ta\t1",
            &["\"a\" (1 octet) for *.a.example/x, until Sun, 17 Mar 2030 17:46:40 GMT, Secure"],
            "a lasting one of a domain",
        ),
        ("#HttpOnly_a.example\tFALSE\t/\tFALSE\t0\ta\t1", &["\"a\" (1 octet) for a.example/, HttpOnly"], "HttpOnly"),
        ("a.example\tfalse\t/\tfalse\t0\ta\t1\r", &["\"a\" (1 octet) for a.example/"], "lower case, and CR LF"),
        ("A.Example\tFALSE\t/\tFALSE\t0\ta\t1", &["\"a\" (1 octet) for a.example/"], "a host in upper case"),
        ("a.example\tFALSE\t/\tFALSE\t0\t\tbare", &["\"\" (4 octets) for a.example/"], "a nameless one"),
        ("a.example\tFALSE\t/\tFALSE\t0\ta\t", &["\"a\" (0 octets) for a.example/"], "an empty value"),
        ("a.example\tFALSE\t/\tFALSE\t0\ta", &["\"a\" (0 octets) for a.example/"], "an empty value and no tab"),
        (
            "a.example\tFALSE\t/\tFALSE\t1900000000.75\ta\t1",
            &["\"a\" (1 octet) for a.example/, until Sun, 17 Mar 2030 17:46:40 GMT"],
            "a fraction of a second",
        ),
        ("::1\tFALSE\t/\tFALSE\t0\ta\t1", &["\"a\" (1 octet) for ::1/"], "an address"),
        ("# a comment\n\n \t\n#\n", &[], "nothing"),
        (
            "a.example\tFALSE\t/\tFALSE\t0\ta\t1\nodd\nb.example\tFALSE\t/\tFALSE\t0\tb\t2\n",
            &["\"a\" (1 octet) for a.example/", "\"b\" (1 octet) for b.example/"],
            "an odd line costs no other",
        ),
    ];
    for (file, expected, why) in rows {
        let cookies: Vec<_> = read(file, now()).flatten().map(|cookie| cookie.to_string()).collect();
        assert_eq!(cookies, expected, "{file:?}: {why}");
    }
}

#[test]
fn a_line_that_is_none_says_why() {
    let rows = [
        (
            "a",
            Fault::Fields { count: 1 },
            "line 2: there are 1 fields; write seven with a tab between each and the next",
        ),
        (
            "a.example\tFALSE\t/\tFALSE\t0\ta\t1\t2",
            Fault::Fields { count: 8 },
            "line 2: there are 8 fields; write seven with a tab between each and the next",
        ),
        (
            "a.example\tno\t/\tFALSE\t0\ta\t1",
            Fault::Flag { field: 2 },
            "line 2: field 2 is neither TRUE nor FALSE; write one of them",
        ),
        (
            "a.example\tFALSE\t/\t\t0\ta\t1",
            Fault::Flag { field: 4 },
            "line 2: field 4 is neither TRUE nor FALSE; write one of them",
        ),
        (
            "a.example\tFALSE\t/\tFALSE\tsoon\ta\t1",
            Fault::Expiry,
            "line 2: field 5 is no number; write the expiry in Unix seconds, or 0 for the end of the session",
        ),
        (
            "a.example\tFALSE\t/\tFALSE\t0\t\t",
            Fault::Cookie(InvalidCookie::Empty),
            "line 2: the cookie has neither a name nor a value; leave it out",
        ),
        (
            "a..example\tFALSE\t/\tFALSE\t0\ta\t1",
            Fault::Cookie(InvalidCookie::Domain),
            "line 2: the cookie's domain is not as canonical_host writes it; canonicalize it",
        ),
        (
            "a.example\tFALSE\t\tFALSE\t0\ta\t1",
            Fault::Cookie(InvalidCookie::Path),
            "line 2: the cookie's path does not begin with \"/\"; begin it with \"/\"",
        ),
        (
            "a.example\tFALSE\t/\tFALSE\t0\ta\ts3cr3t;",
            Fault::Cookie(InvalidCookie::UnsafeByte { byte: b';', offset: 6 }),
            "line 2: byte 0x3B at offset 6 of the cookie's name or value would break the Cookie field; leave the cookie out",
        ),
    ];
    for (line, fault, text) in rows {
        let file = format!("# comment\n{line}\n");
        let read: Vec<_> = read(&file, now()).collect();
        assert_eq!(read, [Err(LineError { line: 2, fault })], "{line:?}");
        let error = read.into_iter().find_map(Result::err).expect("it is one");
        assert_eq!(error.to_string(), text);
    }
    assert_eq!(format!("{:?}", read("a\tb\ts3cr3t", now())), "Read { rest: <10 octets>, line: 0, .. }");
}

#[test]
fn what_is_lost_is_told() {
    let cookie = |change: fn(&mut StoredCookie)| {
        let mut cookie = StoredCookie::new("a", "1", "a.example", now());
        change(&mut cookie);
        cookie
    };
    let cookies = [
        cookie(|_| {}),
        cookie(|cookie| cookie.same_site = Some(SameSite::Lax)),
        cookie(|cookie| cookie.priority = Some(Priority::Low)),
        cookie(|cookie| cookie.partition = Some(PartitionKey::new("https://b.example"))),
        cookie(|cookie| cookie.value = b"1\t2".to_vec()),
        cookie(|cookie| cookie.path = Vec::new()),
        cookie(|cookie| cookie.expires = Some(CookieDate::MIN)),
    ];
    let written = write(&cookies);
    let line = "a.example\tFALSE\t/\tFALSE\t0\ta\t1\n";
    let expected = format!("# Netscape HTTP Cookie File\n{line}{line}{line}a.example\tFALSE\t/\tFALSE\t1\ta\t1\n");
    assert_eq!(String::from_utf8_lossy(&written.text), expected);
    let losses: Vec<_> = written.losses.iter().map(|(_, loss)| (*loss, loss.is_left_out())).collect();
    let expected = [
        (Loss::SameSite, false),
        (Loss::Priority, false),
        (Loss::Partition, true),
        (Loss::Tab, true),
        (Loss::EmptyPath, true),
    ];
    assert_eq!(losses, expected);
    for (loss, _) in losses {
        assert!(loss.to_string().ends_with("save the store as JSON"), "{loss:?}: {loss}");
    }
    let shown = format!("{written:?}");
    assert!(!shown.contains("FALSE"), "Debug shows no file: {shown}");
    let octets = written.text.len();
    assert!(shown.starts_with(&format!("Written {{ text: <{octets} octets>, losses: [(")), "{shown}");
}

/// `curl` reads what is written here, and what `curl` writes of it is read here: the same cookies.
#[test]
fn curl_reads_and_writes_the_same_cookies() {
    if Command::new("curl").arg("--version").output().is_err() {
        println!("skipped: no curl");
        return;
    }
    let mut store = Store::new(Profile::Chromium);
    let cookie = |name: &str, value: &str, change: fn(&mut StoredCookie)| {
        let mut cookie = StoredCookie::new(name, value, "a.example", now());
        change(&mut cookie);
        cookie
    };
    // curl leaves out what has expired by its own clock.
    let cookies = [
        cookie("session", "1", |_| {}),
        cookie("only", "2", |cookie| cookie.http_only = true),
        cookie("all", "3", |cookie| (cookie.host_only, cookie.secure) = (false, true)),
        cookie("path", "4", |cookie| cookie.path = b"/a/b".to_vec()),
        cookie("empty", "", |_| {}),
        cookie("odd", "a=b, \"c\" d", |cookie| (cookie.host_only, cookie.http_only) = (false, true)),
        cookie("lasting", "5", |cookie| cookie.expires = Some(CookieDate::from_unix_timestamp(4_000_000_000))),
    ];
    for cookie in cookies {
        store.insert(cookie).expect("it is sound");
    }
    let folder = env::temp_dir().join(format!("hardtack-cookies-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("there is a folder for temporary files");
    let (ours, theirs) = (folder.join("ours.txt"), folder.join("theirs.txt"));
    fs::write(&ours, &write(&store).text).expect("a file is written");
    let status = Command::new("curl")
        .args(["--silent", "--cookie"])
        .arg(&ours)
        .arg("--cookie-jar")
        .arg(&theirs)
        .arg(format!("file://{}", ours.display()))
        .output()
        .expect("curl runs")
        .status;
    let file = fs::read(&theirs).expect("curl has written its cookies");
    fs::remove_dir_all(&folder).expect("the folder is removed");
    assert!(status.success(), "curl: {status}");
    let mut read_back = Store::new(Profile::Chromium);
    for cookie in read(&file, now()) {
        read_back.insert(cookie.expect("curl writes lines that are read")).expect("it is sound");
    }
    let lines = |store: &Store| {
        let text = String::from_utf8(write(store).text).expect("it is ASCII");
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(lines(&read_back), lines(&store));

    // A nameless cookie, as curl's documentation of the form has it.
    let nameless = "a.example\tFALSE\t/\tFALSE\t0\t\tbare\n";
    let cookie = read(nameless, now()).next().expect("a line is a cookie").expect("it is read");
    assert_eq!((cookie.name.as_slice(), cookie.value.as_slice()), (b"".as_slice(), b"bare".as_slice()));
    assert!(write([&cookie]).text.ends_with(nameless.as_bytes()));
}
