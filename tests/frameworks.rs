//! What people know from other frameworks, done with this crate: each call, and the header it writes.
//!
//! `writes` holds a cookie to the text it is written as, and to the text the framework writes for the same call, which
//! must read as the same cookie: the order and the letter case of attributes are all that may differ.

use core::error::Error;

use hardtack::SetCookie;

type Outcome = Result<(), Box<dyn Error>>;

/// Holds a cookie to the field this crate writes and to the one the framework writes.
#[track_caller]
fn writes(cookie: &SetCookie<'_>, ours: &str, theirs: &str) {
    assert_eq!(cookie.to_string(), ours);
    assert_eq!(SetCookie::parse(theirs).as_ref(), Ok(cookie), "{theirs} means the same");
}

/// `self.response.set_cookie(key, value, expires="", path="/", domain="", flags=[])`,
/// `self.response.delete_cookie(key)`, `self.request.cookies[..]`.
mod pycnic {
    use hardtack::{BuildError, CookieDate, Cookies, SetCookie, Tombstones, serialize, tombstone};

    use super::{Outcome, writes};

    #[test]
    fn set() -> Outcome {
        // set_cookie("session_id", "1234")
        let cookie = SetCookie::builder("session_id", "1234").build()?;
        writes(&cookie, "session_id=1234; Path=/", "session_id=1234; path=/; ");

        // set_cookie("session_id", "1234", flags=["HttpOnly"])
        let cookie = SetCookie::builder("session_id", "1234").flags(["HttpOnly"]).build()?;
        writes(&cookie, "session_id=1234; Path=/; HttpOnly", "session_id=1234; path=/; HttpOnly");

        // set_cookie("session_id", "1234", expires="Fri, 02 Jan 2026 03:04:05 GMT")
        let cookie = SetCookie::builder("session_id", "1234")
            .expires("Fri, 02 Jan 2026 03:04:05 GMT".parse::<CookieDate>()?)
            .build()?;
        writes(
            &cookie,
            "session_id=1234; Expires=Fri, 02 Jan 2026 03:04:05 GMT; Path=/",
            "session_id=1234;expires=Fri, 02 Jan 2026 03:04:05 GMT;  path=/; ",
        );
        Ok(())
    }

    #[test]
    fn set_with_everything() -> Outcome {
        // set_cookie("session_id", "1234", expires="Fri, 02 Jan 2026 03:04:05 GMT", path="/app", domain="example.com",
        //            flags=["Secure", "HttpOnly"])
        let cookie = SetCookie::builder("session_id", "1234")
            .expires("Fri, 02 Jan 2026 03:04:05 GMT".parse::<CookieDate>()?)
            .domain("example.com")
            .path("/app")
            .flags(["Secure", "HttpOnly"])
            .build()?;
        writes(
            &cookie,
            "session_id=1234; Expires=Fri, 02 Jan 2026 03:04:05 GMT; Domain=example.com; Path=/app; Secure; HttpOnly",
            "session_id=1234;Domain=example.com; expires=Fri, 02 Jan 2026 03:04:05 GMT;  path=/app; Secure; HttpOnly",
        );

        // The same with setters, which a compiler checks.
        let checked = SetCookie::builder("session_id", "1234")
            .expires(CookieDate::from_unix_timestamp(1_767_323_045))
            .domain("example.com")
            .path("/app")
            .secure(true)
            .http_only(true)
            .build()?;
        assert_eq!(checked, cookie);
        Ok(())
    }

    #[test]
    fn delete() -> Outcome {
        // delete_cookie("session_id")
        assert_eq!(
            tombstone("session_id").build()?.to_string(),
            "session_id=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/"
        );

        // Without Max-Age, it is the same cookie.
        let mut cookie = tombstone("session_id").build()?;
        cookie.set_max_age(None);
        writes(
            &cookie,
            "session_id=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/",
            "session_id=DELETED;expires=Thu, 01 Jan 1970 00:00:00 GMT;  path=/; ",
        );
        assert!(cookie.is_tombstone());
        Ok(())
    }

    #[test]
    fn a_deleted_session_is_no_session() {
        let rows = [
            ("session_id=1234", Some("1234"), "a session"),
            ("session_id=DELETED", None, "a session that was deleted"),
            ("theme=dark", None, "no session"),
            ("", None, "no cookie"),
            ("session_id=DELETED; session_id=1234", Some("1234"), "deleted for one path, alive for another"),
            ("theme=DELETED; session_id=1234", Some("1234"), "another cookie was deleted"),
        ];
        for (request, session, why) in rows {
            assert_eq!(Cookies::new(request).get("session_id"), session, "{why}");
        }

        // Pycnic's own rule: `"DELETED" in value`.
        let request = Cookies::new("session_id=1234-DELETED");
        assert_eq!(request.get("session_id"), Some("1234-DELETED"));
        assert_eq!(request.tombstones(Tombstones::Containing).get("session_id"), None);
    }

    #[test]
    fn log_in_log_out_ask_again() -> Outcome {
        fn log_in() -> Result<SetCookie<'static>, BuildError> {
            SetCookie::builder("session_id", "1234").secure(true).http_only(true).build()
        }
        fn log_out() -> Result<SetCookie<'static>, BuildError> {
            tombstone("session_id").build()
        }
        fn greeting(request: &str) -> String {
            match Cookies::new(request).get("session_id") {
                Some(session) => format!("welcome back, {session}"),
                None => "please log in".to_owned(),
            }
        }
        // A client that never forgets a cookie, not even an expired one.
        fn next_request(response: &SetCookie<'_>) -> Result<String, hardtack::SerializeError> {
            serialize([(response.name(), response.value())])
        }

        assert_eq!(greeting(""), "please log in");
        let request = next_request(&log_in()?)?;
        assert_eq!(request, "session_id=1234");
        assert_eq!(greeting(&request), "welcome back, 1234");
        let request = next_request(&log_out()?)?;
        assert_eq!(request, "session_id=DELETED");
        assert_eq!(greeting(&request), "please log in");
        let request = next_request(&log_in()?)?;
        assert_eq!(greeting(&request), "welcome back, 1234");
        Ok(())
    }
}

/// `request.cookies.get(key)`, `response.set_cookie(key, value, max_age, expires, path, domain, secure, httponly,
/// samesite)`, `response.delete_cookie(key, path, domain)`.
mod flask {
    use core::time::Duration;

    use hardtack::{CookieDate, Cookies, Pair, SameSite, SetCookie, parse, serialize, tombstone};

    use super::{Outcome, writes};

    #[test]
    fn set_and_read_back() -> Outcome {
        // resp.set_cookie("username", "bob")
        let cookie = SetCookie::builder("username", "bob").build()?;
        writes(&cookie, "username=bob; Path=/", "username=bob; Path=/");

        // request.cookies.get("username", "Guest")
        let request = serialize([(cookie.name(), cookie.value())])?;
        assert_eq!(Cookies::new(request.as_str()).get("username").unwrap_or("Guest"), "bob");
        for missing in ["", "theme=dark", "Username=bob", "username"] {
            assert_eq!(Cookies::new(missing).get("username").unwrap_or("Guest"), "Guest", "{missing:?}");
        }

        // request.cookies.getlist("username")
        let request = Cookies::new("username=bob; theme=dark; username=eve");
        assert_eq!(request.get_all("username").collect::<Vec<_>>(), ["bob", "eve"]);
        Ok(())
    }

    /// One parameter after the other, then all of them.
    #[test]
    fn every_parameter() -> Outcome {
        let build = || SetCookie::builder("k", "v");
        // Tue, 14 Nov 2023 23:13:20 GMT
        let date = CookieDate::from_unix_timestamp(1_700_003_600);
        let rows = [
            ("max_age=3600", build().max_age(Duration::from_secs(3600)), "k=v; Max-Age=3600; Path=/", None),
            (
                "max_age=3600, and the date for clients that know no Max-Age",
                build().max_age(Duration::from_secs(3600)).expires(date),
                "k=v; Expires=Tue, 14 Nov 2023 23:13:20 GMT; Max-Age=3600; Path=/",
                None,
            ),
            ("expires=1700003600", build().expires(date), "k=v; Expires=Tue, 14 Nov 2023 23:13:20 GMT; Path=/", None),
            ("path=\"/app\"", build().path("/app"), "k=v; Path=/app", None),
            ("path=None", build().no_path(), "k=v", None),
            (
                "domain=\".Example.com\"",
                build().domain(".Example.com"),
                "k=v; Domain=example.com; Path=/",
                Some("k=v; Domain=Example.com; Path=/"),
            ),
            ("secure=True", build().secure(true), "k=v; Path=/; Secure", Some("k=v; Secure; Path=/")),
            ("httponly=True", build().http_only(true), "k=v; Path=/; HttpOnly", Some("k=v; HttpOnly; Path=/")),
            ("samesite=\"Strict\"", build().same_site(SameSite::Strict), "k=v; Path=/; SameSite=Strict", None),
            (
                "samesite=\"None\"",
                build().same_site(SameSite::None).secure(true),
                "k=v; Path=/; Secure; SameSite=None",
                Some("k=v; Secure; Path=/; SameSite=None"),
            ),
            (
                "partitioned=True",
                build().partitioned(true).secure(true),
                "k=v; Path=/; Secure; Partitioned",
                Some("k=v; Secure; Path=/; Partitioned"),
            ),
            (
                "all of them",
                build()
                    .max_age(Duration::from_secs(3600))
                    .expires(date)
                    .path("/app")
                    .domain("example.com")
                    .secure(true)
                    .http_only(true)
                    .same_site(SameSite::Lax),
                "k=v; Expires=Tue, 14 Nov 2023 23:13:20 GMT; Max-Age=3600; Domain=example.com; Path=/app; Secure; HttpOnly; SameSite=Lax",
                Some(
                    "k=v; Domain=example.com; Expires=Tue, 14 Nov 2023 23:13:20 GMT; Max-Age=3600; Secure; HttpOnly; Path=/app; SameSite=Lax",
                ),
            ),
        ];
        for (parameters, builder, ours, theirs) in rows {
            let cookie = builder.build().map_err(|error| format!("{parameters}: {error}"))?;
            writes(&cookie, ours, theirs.unwrap_or(ours));
        }
        Ok(())
    }

    #[test]
    fn delete() -> Outcome {
        // resp.delete_cookie("username")
        assert_eq!(
            tombstone("username").build()?.to_string(),
            "username=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/"
        );

        // resp.delete_cookie("username", path="/app", domain="example.com")
        assert_eq!(
            tombstone("username").path("/app").domain("example.com").build()?.to_string(),
            "username=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Domain=example.com; Path=/app"
        );

        // With an empty value, for clients that know Flask's.
        let cookie =
            SetCookie::builder("username", "").expires(CookieDate::UNIX_EPOCH).max_age(Duration::ZERO).build()?;
        let empty = "username=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/";
        writes(&cookie, empty, empty);
        Ok(())
    }

    /// Values that Flask wrote before the migration, as browsers send them back.
    #[test]
    fn quoted_values_are_read() {
        let rows = [
            (r#"k="a b""#, "a b"),
            (r#"k="a\073b\054c\"d\\e""#, r#"a;b,c"d\e"#),
            (r#"k="\303\251""#, "é"),
            (r#"k="a\015\012b""#, "a\r\nb"),
            ("k=a%20b", "a%20b"),
            ("k=", ""),
        ];
        for (request, value) in rows {
            assert_eq!(parse(request).map(Pair::<str>::unquoted).collect::<Vec<_>>(), [value], "{request}");
        }
    }

    #[cfg(feature = "percent-encode")]
    #[test]
    fn any_text_is_a_value() -> Outcome {
        for text in ["a b", r#"a;b,c"d\e"#, "é", "a\r\nb", "a%20b", ""] {
            let cookie = SetCookie::builder("k", text).percent_encoded().build()?;
            let request = serialize([(cookie.name(), cookie.value())])?;
            let decoded = parse(request.as_str()).map(Pair::decode).collect::<Result<Vec<_>, _>>()?;
            assert_eq!(decoded, [text]);
        }
        Ok(())
    }
}

/// `http.cookies.SimpleCookie`: `cookie["id"] = "some_value_42"`, `cookie.output(header="")`, `cookie.load(..)`.
mod simple_cookie {
    use hardtack::error::Part;
    use hardtack::{BuildError, Pair, SetCookie, parse, serialize, value::quoted};

    use super::{Outcome, writes};

    #[test]
    fn a_name_and_a_value_and_nothing_more() -> Outcome {
        let cookie = SetCookie::builder("id", "some_value_42").no_path().build()?;
        writes(&cookie, "id=some_value_42", "id=some_value_42");
        assert_eq!(format!("Set-Cookie: {cookie}"), "Set-Cookie: id=some_value_42");
        Ok(())
    }

    #[test]
    fn a_quoted_value_read_and_written() -> Outcome {
        let (text, wire) = ("a;b", r#""a\073b""#);
        let request = format!("id={wire}; theme=dark");
        let unquoted: Vec<_> = parse(request.as_str()).map(Pair::<str>::unquoted).collect();
        assert_eq!(unquoted, [text, "dark"], "the escaped semicolon does not end the pair");
        assert_eq!(quoted::decode(wire)?, text);
        assert_eq!(quoted::encode(text), wire);
        assert_eq!(serialize([("id", quoted::encode(text)), ("theme", quoted::encode("dark"))])?, request);

        // The grammar for servers has no backslash, so that a builder does not write it; a field read from text does.
        assert_eq!(
            SetCookie::builder("id", quoted::encode(text)).build(),
            Err(BuildError::InvalidByte { part: Part::Value, byte: b'\\', offset: 2 })
        );
        let field = format!("id={}; Path=/", quoted::encode(text));
        let cookie = SetCookie::parse(&field)?;
        writes(&cookie, r#"id="a\073b"; Path=/"#, r#"id="a\073b"; Path=/"#);
        assert_eq!(quoted::decode(cookie.value())?, text);
        Ok(())
    }
}

/// `"id" in request.COOKIES`, `request.COOKIES.get("id")`, `response.set_cookie("id", value)`.
mod django {
    use core::time::Duration;

    use hardtack::{BuildError, CookieDate, Cookies, SameSite, SetCookie, parse, tombstone};

    use super::{Outcome, writes};

    /// The view: a visitor who has an id keeps it, any other gets one.
    fn id_for<'a>(request: &str, new: &'a str) -> Result<Option<SetCookie<'a>>, BuildError> {
        if Cookies::new(request).get("id").is_some() {
            return Ok(None);
        }
        SetCookie::builder("id", new).build().map(Some)
    }

    #[test]
    fn set_it_if_it_is_not_there() -> Outcome {
        let rows = [
            ("id=7", None, "it is there"),
            ("theme=dark; id=7", None, "it is there, behind another"),
            ("id=", None, "it is there, and empty"),
            ("", Some("id=8; Path=/"), "no cookie at all"),
            ("theme=dark", Some("id=8; Path=/"), "another cookie"),
            ("ID=7", Some("id=8; Path=/"), "a name in another letter case is another name"),
            ("id", Some("id=8; Path=/"), "a nameless cookie with this value"),
            ("id=DELETED", Some("id=8; Path=/"), "it was deleted"),
        ];
        for (request, response, why) in rows {
            let cookie = id_for(request, "8")?;
            assert_eq!(cookie.map(|cookie| cookie.to_string()).as_deref(), response, "{why}");
        }
        Ok(())
    }

    #[test]
    fn broken_pairs_cost_no_other() {
        let request =
            "first=1; broken; =nameless; [odd name]=1; \"quoted=x; a=b=c; $Version=1;;  ; é=ü; t\u{1}=1; last=2";
        let pairs: Vec<_> = parse(request).map(|pair| (pair.name(), pair.value())).collect();
        assert_eq!(
            pairs,
            [
                ("first", "1"),
                ("", "broken"),
                ("", "nameless"),
                ("[odd name]", "1"),
                ("\"quoted", "x"),
                ("a", "b=c"),
                ("$Version", "1"),
                ("é", "ü"),
                ("last", "2"),
            ],
            "all but the one with a control byte, which no user agent stores"
        );
        assert_eq!(Cookies::new(request).get("last"), Some("2"));
    }

    #[test]
    fn set_with_parameters() -> Outcome {
        // set_cookie("id", "7", max_age=3600, samesite="Lax", secure=True, httponly=True)
        let cookie = SetCookie::builder("id", "7")
            .max_age(Duration::from_secs(3600))
            .expires(CookieDate::from_unix_timestamp(1_700_003_600))
            .same_site(SameSite::Lax)
            .secure(true)
            .http_only(true)
            .build()?;
        writes(
            &cookie,
            "id=7; Expires=Tue, 14 Nov 2023 23:13:20 GMT; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Lax",
            "id=7; expires=Tue, 14 Nov 2023 23:13:20 GMT; HttpOnly; Max-Age=3600; Path=/; SameSite=Lax; Secure",
        );
        Ok(())
    }

    #[test]
    fn delete() -> Outcome {
        // delete_cookie("id")
        assert_eq!(
            tombstone("id").build()?.to_string(),
            "id=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/"
        );
        // delete_cookie("__Secure-id") and delete_cookie("id", samesite="None") add Secure by themselves.
        assert_eq!(
            tombstone("__Secure-id").build()?.to_string(),
            "__Secure-id=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; Secure"
        );
        assert_eq!(
            tombstone("id").same_site(SameSite::None).build()?.to_string(),
            "id=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; Secure; SameSite=None"
        );

        // As Django writes it, quotes and all.
        let cookie =
            SetCookie::builder("id", "\"\"").expires(CookieDate::UNIX_EPOCH).max_age(Duration::ZERO).build()?;
        writes(
            &cookie,
            "id=\"\"; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/",
            "id=\"\"; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/",
        );
        Ok(())
    }
}

/// `request.get_cookie("likes")`, `response.set_cookie("test", "hello", expires=.., path=..)`.
mod bottle {
    use hardtack::{BuildError, CookieDate, Cookies, SetCookie};

    use super::{Outcome, writes};

    /// The fields of this name in a request's head.
    fn fields<'r>(request: &'r str, name: &str) -> Vec<&'r str> {
        let head = request.split("\r\n\r\n").next().unwrap_or_default();
        let lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
        lines.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, text)| text).collect()
    }

    #[test]
    fn likes_out_of_a_whole_request() {
        let rows = [
            (
                "GET /likes HTTP/1.1\r\nHost: localhost:8080\r\nCookie: likes=cheese\r\nAccept: */*\r\n\r\n",
                Some("cheese"),
            ),
            ("GET /likes HTTP/1.1\r\ncookie: theme=dark\r\ncookie: likes=cheese\r\n\r\n", Some("cheese")),
            ("GET /likes HTTP/1.1\r\nHost: localhost:8080\r\n\r\nCookie: likes=nothing", None),
        ];
        for (request, likes) in rows {
            let fields = fields(request, "Cookie");
            assert_eq!(Cookies::from_fields(&fields).get("likes"), likes, "{request:?}");
        }
    }

    #[test]
    fn set() -> Outcome {
        // response.set_cookie("test", "hello")
        let cookie = SetCookie::builder("test", "hello").no_path().build()?;
        writes(&cookie, "test=hello", "test=hello");

        // response.set_cookie("test", "hello", expires=1426936902, path="/")
        let cookie =
            SetCookie::builder("test", "hello").expires(CookieDate::from_unix_timestamp(1_426_936_902)).build()?;
        writes(
            &cookie,
            "test=hello; Expires=Sat, 21 Mar 2015 11:21:42 GMT; Path=/",
            "test=hello; expires=Sat, 21 Mar 2015 11:21:42 GMT; Path=/",
        );
        Ok(())
    }

    #[test]
    fn several_likes_in_one_cookie() -> Outcome {
        let likes = ["cheese", "wine", "olives"];
        let cookie = SetCookie::builder("likes", likes.join("|")).no_path().build()?;
        writes(&cookie, "likes=cheese|wine|olives", "likes=cheese|wine|olives");

        let request = "test=hello; likes=cheese|wine|olives";
        let read: Vec<_> = Cookies::new(request).get("likes").unwrap_or_default().split('|').collect();
        assert_eq!(read, likes);
        Ok(())
    }

    #[test]
    fn a_counter_with_junk_in_it() -> Outcome {
        fn count(request: &str) -> Result<SetCookie<'static>, BuildError> {
            let visits = Cookies::new(request).get("visits").and_then(|visits| visits.parse::<u32>().ok());
            SetCookie::builder("visits", visits.unwrap_or(0).saturating_add(1).to_string()).build()
        }
        let rows = [
            ("", "visits=1; Path=/", "the first visit"),
            ("visits=1", "visits=2; Path=/", "the second"),
            ("theme=dark; visits=41", "visits=42; Path=/", "among others"),
            ("visits=many", "visits=1; Path=/", "no number"),
            ("visits=", "visits=1; Path=/", "nothing"),
            ("visits=-3", "visits=1; Path=/", "below zero"),
            ("visits=99999999999999999999", "visits=1; Path=/", "beyond every number of the type"),
            ("visits=4294967295", "visits=4294967295; Path=/", "the greatest number there is"),
            ("visits=1%0D%0ASet-Cookie: x=y", "visits=1; Path=/", "an attempt to write another field"),
            ("visits=DELETED", "visits=1; Path=/", "the counter was deleted"),
        ];
        for (request, response, why) in rows {
            assert_eq!(count(request)?.to_string(), response, "{why}");
        }
        Ok(())
    }
}

/// What `quoted()` writes for a value, beside what Werkzeug 3.1 (and so Flask), Django 5.2, `http.cookies.SimpleCookie` of
/// Python 3.11 and Bottle 0.13 write for the same one. Each of them reads all of it back.
mod quoted_values {
    use hardtack::{Cookies, SetCookie, serialize};

    use super::{Outcome, writes};

    /// A value, how it is written, and how the frameworks write it where that is not the same.
    const ROWS: &[(&str, &str, &[&str], &str)] = &[
        ("v", "v", &[], "nothing to quote"),
        ("a b", r#""a b""#, &[], "a space"),
        (r#"a;b,c"d\e"#, r#""a\073b\054c\"d\\e""#, &[], "whatever ends a value elsewhere"),
        ("a\r\nb", r#""a\015\012b""#, &[], "a line end, which ends no field"),
        ("\"x\"", r#""\"x\"""#, &[], "quotes of the value's own"),
        ("a%20b", "a%20b", &[], "nothing is percent-encoded"),
        ("", "", &[r#""""#], "nothing, which all but Werkzeug quote"),
        ("é", r#""\303\251""#, &[r#""\351""#], "UTF-8, as Werkzeug has it; the others take an octet for a character"),
        ("DELETED", r#""\104ELETED""#, &["DELETED"], "the one value that is kept for deletions here"),
    ];

    #[test]
    fn written_and_read_back() -> Outcome {
        for &(value, wire, others, why) in ROWS {
            let cookie = SetCookie::builder("k", value).quoted().build()?;
            let field = format!("k={wire}; Path=/");
            writes(&cookie, &field, &field);
            assert_eq!(serialize([(cookie.name(), cookie.value())])?, format!("k={wire}"));
            for sent in [wire].iter().chain(others).filter(|sent| **sent != "DELETED") {
                let request = format!("k={sent}");
                let pair = Cookies::new(&request).pair("k").ok_or("there is a cookie")?;
                // An octet that is no UTF-8 stays as it was sent.
                let expected = if *sent == r#""\351""# { *sent } else { value };
                assert_eq!(pair.unquoted(), expected, "{request}: {why}");
            }
        }
        let request = Cookies::new(br#"k="\351""#);
        assert_eq!(*request.pair("k").ok_or("there is a cookie")?.unquoted(), [0xE9], "the character's own octet");
        Ok(())
    }

    /// Browsers keep the octets, and send them again as they are.
    #[cfg(feature = "agent")]
    #[test]
    fn browsers_keep_them() -> Outcome {
        use hardtack::CookieDate;
        use hardtack::agent::{Context, Profile, TopLevelOnly, judge};

        let context = Context::https("shop.example", "/")?;
        for &profile in Profile::ALL {
            for &(value, wire, ..) in ROWS {
                let cookie = SetCookie::builder("k", value).quoted().secure(true).build()?;
                let verdict = judge(&cookie.to_string(), &context, profile, &TopLevelOnly, CookieDate::UNIX_EPOCH);
                let kept = verdict.cookie().ok_or_else(|| format!("{profile:?} keeps {wire}"))?;
                assert_eq!((&*kept.name, &*kept.value), (b"k".as_slice(), wire.as_bytes()), "{profile:?}");
            }
        }
        Ok(())
    }
}
