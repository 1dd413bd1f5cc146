//! What a user wants to do, one function a task, as short as a user would write it.

use core::error::Error;
use core::time::Duration;

use hardtack::{
    CookieDate, CookieJar, CookieTemplate, Cookies, Pair, SameSite, SetCookie, SetCookies, join_fields, parse,
    serialize, split_joined, tombstone,
};

type Done = Result<(), Box<dyn Error>>;

const SID: CookieTemplate = CookieTemplate::prefixed("__Host-sid")
    .http_only(true)
    .same_site(SameSite::Lax)
    .max_age(Duration::from_secs(3600))
    .checked();

mod servers {
    use super::*;

    #[test]
    fn read_a_cookie() {
        let cookies = Cookies::new("sid=31d4; theme=dark");
        assert_eq!(cookies.get("theme"), Some("dark"));
        assert_eq!(cookies.get("lang"), None);
    }

    #[test]
    fn fall_back_to_a_default() {
        assert_eq!(Cookies::new("sid=31d4").get("theme").unwrap_or("light"), "light");
    }

    #[test]
    fn read_every_cookie_of_a_name() {
        let values: Vec<_> = Cookies::new("sid=new; theme=dark; sid=old").get_all("sid").collect();
        assert_eq!(values, ["new", "old"]);
    }

    #[test]
    fn read_all_cookies_into_a_map() {
        let map = Cookies::new("a=1; b=2; a=3").to_map();
        assert_eq!((map["a"], map["b"], map.len()), ("1", "2", 2));
    }

    #[test]
    fn read_a_number() {
        let visits = |header: &str| Cookies::new(header).get("visits").and_then(|value| value.parse::<u32>().ok());
        assert_eq!(visits("visits=41"), Some(41));
        assert_eq!(visits("visits=many"), None);
    }

    #[test]
    fn answer_400_where_a_cookie_is_missing() {
        fn status(header: &str) -> Result<u16, u16> {
            let sid = SID.get(&Cookies::new(header)).ok_or(400_u16)?;
            if sid == "31d4" { Ok(200) } else { Err(403) }
        }
        assert_eq!(status("__Host-sid=31d4"), Ok(200));
        assert_eq!(status("__Host-sid=8c2e"), Err(403));
        assert_eq!(status("sid=31d4"), Err(400));
    }

    #[cfg(feature = "percent-encode")]
    #[test]
    fn read_what_javascript_encoded() -> Done {
        let city = Cookies::new("city=S%C3%A3o%20Paulo").pair("city").ok_or("no city")?;
        assert_eq!(city.decode()?, "São Paulo");
        Ok(())
    }

    #[test]
    fn read_what_python_quoted() {
        let note = Cookies::new(r#"note="a\073b \303\251""#).pair("note").map(Pair::unquoted);
        assert_eq!(note.as_deref(), Some("a;b é"));
    }

    #[test]
    fn report_odd_cookies_and_read_the_others() {
        let cookies = Cookies::new("a=1; b=\x07; c=3");
        let refused: Vec<_> = cookies.refused().map(|error| error.offset()).collect();
        assert_eq!((cookies.count(), refused), (2, vec![7]));
    }

    #[cfg(feature = "http")]
    #[test]
    fn read_cookies_from_a_header_map() -> Done {
        let request = http::Request::builder().header("cookie", "a=1").header("cookie", "b=\u{FC}").body(())?;
        assert_eq!(Cookies::from_headers(request.headers()).get("a"), Some(b"1".as_slice()));
        assert_eq!(CookieJar::from(request.headers()).get("b"), Some("ü"));
        Ok(())
    }

    #[test]
    fn set_a_session_cookie() -> Done {
        let cookie = SetCookie::builder("sid", "31d4").secure(true).http_only(true).same_site(SameSite::Lax).build()?;
        assert_eq!(cookie.to_string(), "sid=31d4; Path=/; Secure; HttpOnly; SameSite=Lax");
        Ok(())
    }

    #[test]
    fn describe_a_cookie_once_as_a_constant() -> Done {
        assert_eq!(SID.get(&Cookies::new("__Host-sid=31d4")), Some("31d4"));
        assert_eq!(
            SID.cookie("8c2e").build()?.to_string(),
            "__Host-sid=8c2e; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Lax"
        );
        Ok(())
    }

    #[test]
    fn let_a_session_live_longer() -> Done {
        let renewed = SID.renew(&Cookies::new("__Host-sid=31d4")).ok_or("no session")?.build()?;
        assert_eq!((renewed.value(), renewed.max_age()), ("31d4", Some(Duration::from_secs(3600))));
        Ok(())
    }

    #[test]
    fn end_a_session() -> Done {
        let mut jar = CookieJar::new("__Host-sid=31d4");
        jar.delete(SID.tombstone().build()?);
        assert_eq!(jar.get("__Host-sid"), None);
        assert_eq!(
            jar.changes().iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "__Host-sid=DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax"
            ]
        );
        Ok(())
    }

    #[test]
    fn delete_a_cookie_of_a_domain_and_a_path() -> Done {
        let gone = tombstone("theme").domain("shop.example").path("/app").build()?;
        assert_eq!(
            (gone.domain(), gone.path(), gone.max_age()),
            (Some("shop.example"), Some("/app"), Some(Duration::ZERO))
        );
        Ok(())
    }

    #[test]
    fn keep_a_choice_for_a_year() -> Done {
        let theme = SetCookie::builder("theme", "dark").max_age(Duration::from_secs(365 * 24 * 3600)).build()?;
        assert_eq!(theme.to_string(), "theme=dark; Max-Age=31536000; Path=/");
        Ok(())
    }

    #[cfg(feature = "std")]
    #[test]
    fn set_a_cookie_until_tomorrow() -> Done {
        let now = std::time::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        let banner = SetCookie::builder("banner", "seen").expires(now + Duration::from_secs(86_400)).build()?;
        assert_eq!(banner.to_string(), "banner=seen; Expires=Sat, 16 Jan 2027 08:00:00 GMT; Path=/");
        Ok(())
    }

    #[cfg(feature = "percent-encode")]
    #[test]
    fn set_any_text_as_a_value() -> Done {
        let cookie = SetCookie::builder("note", "50 %; ö").percent_encoded().build()?;
        let header = format!("note={}", cookie.value());
        let note = Cookies::new(&header).pair("note").ok_or("no note")?;
        assert_eq!(note.decode()?, "50 %; ö");
        Ok(())
    }

    #[test]
    fn refuse_a_value_that_would_inject() {
        let from_a_form = "dark; Domain=evil.example";
        let refused = SetCookie::builder("theme", from_a_form).build();
        assert_eq!(refused.map_err(|error| error.offset()), Err(Some(4)));
    }

    #[test]
    fn share_a_cookie_with_subdomains() -> Done {
        let cookie = SetCookie::builder("lang", "en").domain("shop.example").build()?;
        assert_eq!(cookie.to_string(), "lang=en; Domain=shop.example; Path=/");
        Ok(())
    }

    #[test]
    fn set_a_cookie_of_an_embedded_page() -> Done {
        let chat = SetCookie::builder("chat", "1").secure(true).same_site(SameSite::None).partitioned(true).build()?;
        assert_eq!(chat.to_string(), "chat=1; Path=/; Secure; SameSite=None; Partitioned");
        Ok(())
    }

    #[test]
    fn use_another_name_over_plain_http() -> Done {
        const SID_OVER_HTTP: CookieTemplate = SID.renamed("sid").secure(false).checked();
        assert_eq!(
            SID_OVER_HTTP.cookie("1").build()?.to_string(),
            "sid=1; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax"
        );
        Ok(())
    }

    #[cfg(feature = "serde")]
    #[test]
    fn configure_a_cookie_in_a_file() -> Done {
        let settings: hardtack::CookieSettings =
            serde_json::from_str(r#"{"name": "sid", "max_age": 60, "secure": true}"#)?;
        assert_eq!(settings.template().cookie("1").build()?.to_string(), "sid=1; Max-Age=60; Path=/; Secure");
        Ok(())
    }

    #[test]
    fn see_a_change_before_it_is_sent() -> Done {
        let mut jar = CookieJar::new("theme=dark");
        jar.set(SetCookie::builder("theme", "light").build()?);
        assert_eq!((jar.get("theme"), jar.original("theme")), (Some("light"), Some("dark")));
        Ok(())
    }

    #[test]
    fn rename_a_cookie() -> Done {
        let mut jar = CookieJar::new("session=31d4");
        if let Some(sid) = jar.original("session").map(str::to_owned) {
            jar.set(SID.cookie(sid).build()?);
            jar.delete(tombstone("session").build()?);
        }
        let names: Vec<_> = jar.changes().iter().map(|cookie| (cookie.name(), cookie.is_tombstone())).collect();
        assert_eq!(names, [("__Host-sid", false), ("session", true)]);
        Ok(())
    }

    #[cfg(feature = "http")]
    #[test]
    fn set_several_cookies_on_one_response() -> Done {
        let mut cookies = SetCookies::new();
        cookies.set(SID.cookie("31d4").build()?);
        cookies.set(SetCookie::builder("theme", "dark").build()?);
        let mut response = http::Response::builder().header("set-cookie", "lang=en").body(())?;
        cookies.append_to_headers(response.headers_mut())?;
        let names: Vec<_> =
            response.headers().get_all("set-cookie").iter().filter_map(|line| line.as_bytes().first()).collect();
        assert_eq!(names, [&b'l', &b'_', &b't']);
        Ok(())
    }

    #[cfg(feature = "http")]
    #[test]
    fn give_one_cookie_to_a_response_of_any_framework() -> Done {
        let response = http::Response::builder().header("set-cookie", SID.cookie("31d4").build()?).body(())?;
        assert_eq!(
            response.headers()["set-cookie"],
            "__Host-sid=31d4; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Lax"
        );
        Ok(())
    }

    #[test]
    fn stay_below_what_the_proxy_in_front_takes() -> Done {
        let mut cookies = SetCookies::new();
        cookies.set(SetCookie::builder("big", "x".repeat(4000)).build()?);
        assert!(cookies.check(20, 8000).is_ok());
        cookies.set(SetCookie::builder("more", "x".repeat(4000)).build()?);
        assert!(cookies.check(20, 8000).is_err());
        Ok(())
    }
}

mod proxies {
    use super::*;

    #[test]
    fn take_one_cookie_out_of_a_request() {
        let field = Cookies::new(b"theme=dark; sid=31d4;lang=en").retain(|pair| !pair.is_named("sid"));
        assert_eq!(*field, *b"theme=dark;lang=en");
    }

    #[test]
    fn pass_on_only_the_cookies_of_a_list() {
        let field = Cookies::new("theme=dark; sid=31d4; lang=en").retain(|pair| ["sid", "lang"].contains(&pair.name()));
        assert_eq!(field, "sid=31d4; lang=en");
    }

    #[test]
    fn add_flags_to_a_set_cookie_that_passes() -> Done {
        let mut cookie = SetCookie::parse("sid={\"a\":1}; Note=High")?;
        cookie.set_secure(true).set_http_only(true).set_same_site(Some(SameSite::Lax));
        assert_eq!(cookie.to_string(), "sid={\"a\":1}; Secure; HttpOnly; SameSite=Lax; Note=High");
        Ok(())
    }

    #[test]
    fn rewrite_domain_and_path() -> Done {
        let mut cookie = SetCookie::parse("sid=1; Domain=app.internal; Path=/app/cart")?;
        if cookie.domain() == Some("app.internal") {
            cookie.set_domain(Some("shop.example"))?;
        }
        if let Some(below) = cookie.path().and_then(|path| path.strip_prefix("/app")) {
            let path = format!("/shop{below}");
            cookie.set_path(Some(&path))?;
        }
        assert_eq!(cookie.to_string(), "sid=1; Domain=shop.example; Path=/shop/cart");
        Ok(())
    }

    #[test]
    fn route_by_a_session_cookie() {
        let backends = ["a.internal", "b.internal", "c.internal"];
        let route = |field: &[u8]| {
            let sid = Cookies::new(field).get("sid").unwrap_or_default();
            let hash = sid.iter().fold(0, |hash: usize, &octet| hash.wrapping_mul(31).wrapping_add(octet.into()));
            backends[hash % backends.len()]
        };
        assert_eq!(route(b"sid=\xFF\x80; theme=dark"), route(b"lang=en; sid=\xFF\x80"));
        assert_ne!(route(b"sid=1"), route(b"sid=2"));
    }

    #[test]
    fn join_the_fields_of_http_2() {
        assert_eq!(join_fields(["sid=31d4", "theme=dark"]), "sid=31d4; theme=dark");
    }

    #[test]
    fn take_apart_what_was_joined_by_commas() {
        let lines: Vec<_> = split_joined("a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT, b=2; Path=/").collect();
        assert_eq!(lines, ["a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "b=2; Path=/"]);
    }

    #[test]
    fn log_a_request_without_its_values() {
        assert_eq!(Cookies::new("sid=31d4; theme=dark").redacted().to_string(), "sid=<4>; theme=<4>");
    }

    #[test]
    fn log_a_response_without_its_values() -> Done {
        let cookie = SetCookie::parse("sid=31d4; path=/; secure")?;
        assert_eq!(cookie.redacted().to_string(), "sid=<4>; Path=/; Secure");
        Ok(())
    }

    #[test]
    fn cut_a_lifetime_to_a_week() -> Done {
        let week = Duration::from_secs(7 * 86_400);
        let mut cookie = SetCookie::parse("track=1; Max-Age=31536000")?;
        if cookie.max_age() > Some(week) {
            cookie.set_max_age(Some(week));
        }
        assert_eq!(cookie.to_string(), "track=1; Max-Age=604800");
        Ok(())
    }

    #[test]
    fn drop_the_set_cookie_lines_of_one_name() {
        let lines = ["sid=1; Path=/", "track=2; Path=/", "odd"];
        let kept: Vec<_> = lines
            .into_iter()
            .filter(|line| !SetCookie::parse(*line).is_ok_and(|cookie| cookie.name() == "track"))
            .collect();
        assert_eq!(kept, ["sid=1; Path=/", "odd"]);
    }

    #[test]
    fn hold_a_backend_to_the_rules_of_a_server() -> Done {
        let passed = SetCookie::parse("__Host-sid=1; Path=/")?.into_builder().build();
        assert!(passed.is_err(), "a user agent would drop it silently");
        Ok(())
    }
}

mod clients {
    use super::*;

    #[test]
    fn read_a_set_cookie() -> Done {
        let cookie = SetCookie::parse("sid=31d4; path=/app; SECURE; Note=High")?;
        assert_eq!((cookie.name(), cookie.value(), cookie.path()), ("sid", "31d4", Some("/app")));
        assert!(cookie.secure());
        assert_eq!(cookie.extensions()[0].name(), "Note");
        Ok(())
    }

    #[test]
    fn know_when_a_cookie_ends() -> Done {
        let now = CookieDate::parse("Wed, 09 Jun 2027 10:18:14 GMT")?;
        let ends = |line| SetCookie::parse(line).map(|cookie| cookie.expires_at(now));
        assert_eq!(ends("a=1; Max-Age=60")?, Some(now + Duration::from_secs(60)));
        assert_eq!(ends("a=1; Expires=Thu, 10-Jun-27 10:18:14 GMT")?, Some(now + Duration::from_secs(86_400)));
        assert_eq!(ends("a=1")?, None);
        Ok(())
    }

    #[test]
    fn send_cookies_by_hand() -> Done {
        assert_eq!(serialize([("sid", "31d4"), ("theme", "dark")])?, "sid=31d4; theme=dark");
        Ok(())
    }

    #[test]
    fn send_back_what_the_last_response_set() -> Done {
        let lines = ["sid=31d4; Path=/; HttpOnly", "theme=dark"];
        let set = lines.into_iter().map(SetCookie::parse).collect::<Result<SetCookies, _>>()?;
        assert_eq!(serialize(set.iter().map(|cookie| (cookie.name(), cookie.value())))?, "sid=31d4; theme=dark");
        Ok(())
    }

    #[cfg(feature = "http")]
    #[test]
    fn read_the_cookies_of_a_response() -> Done {
        let response = http::Response::builder().header("set-cookie", "a=1").header("set-cookie", "b=2").body(())?;
        let names: Vec<_> = response
            .headers()
            .get_all("set-cookie")
            .iter()
            .filter_map(|line| SetCookie::parse(line).ok())
            .map(|cookie| cookie.name().to_owned())
            .collect();
        assert_eq!(names, [b"a", b"b"]);
        Ok(())
    }

    #[cfg(feature = "agent")]
    #[test]
    fn keep_cookies_from_request_to_request() -> Done {
        use hardtack::agent::{Context, Profile, Store};

        let now = CookieDate::from_unix_timestamp(1_800_000_000);
        let mut store = Store::new(Profile::Chromium);
        let login = Context::https("shop.example", "/login")?;
        store.set("sid=31d4; Path=/; Secure; HttpOnly", &login, now);
        let cart = Context::https("shop.example", "/cart")?;
        assert_eq!(store.cookie_field(&cart, now).as_deref(), Some(b"sid=31d4".as_slice()));
        Ok(())
    }

    #[cfg(feature = "agent")]
    #[test]
    fn learn_why_a_browser_keeps_no_cookie() -> Done {
        use hardtack::agent::{Context, Profile, Store};

        let mut store = Store::new(Profile::Firefox);
        let page = Context::https("shop.example", "/")?;
        let verdict = store.set("chat=1; SameSite=None", &page, CookieDate::UNIX_EPOCH);
        assert!(verdict.to_string().contains("Secure"), "{verdict}");
        Ok(())
    }

    #[cfg(all(feature = "agent", feature = "serde"))]
    #[test]
    fn save_cookies_and_load_them() -> Done {
        use hardtack::agent::{Context, Profile, Store};

        let (now, page) = (CookieDate::UNIX_EPOCH, Context::https("shop.example", "/")?);
        let mut store = Store::new(Profile::Rfc6265bis);
        store.set("sid=31d4; Max-Age=60", &page, now);
        let saved = serde_json::to_string(&store)?;

        let mut loaded: Store = serde_json::from_str(&saved)?;
        assert_eq!(loaded.cookie_field(&page, now), store.cookie_field(&page, now));
        Ok(())
    }
}

mod everyone {
    use super::*;

    #[test]
    fn see_a_value_where_a_test_fails() -> Done {
        let cookie = SetCookie::parse("sid=31d4")?;
        assert!(!format!("{cookie:?}").contains("31d4"));
        assert!(format!("{:?}", cookie.exposed()).contains("31d4"));
        Ok(())
    }

    #[test]
    fn test_what_a_handler_sets() -> Done {
        let response = "sid=31d4; Path=/; Secure; HttpOnly";
        let cookie: SetCookie = response.parse()?;
        assert!(cookie.secure() && cookie.http_only());
        assert_eq!(cookie.same_site(), None);
        Ok(())
    }

    #[test]
    fn keep_a_cookie_beyond_its_line() -> Done {
        let cookie = {
            let line = String::from("sid=31d4");
            SetCookie::parse(&line)?.into_owned()
        };
        assert_eq!(cookie.value(), "31d4");
        Ok(())
    }

    #[test]
    fn write_into_a_buffer_that_is_there() -> Done {
        let mut head = b"HTTP/1.1 200 OK\r\nSet-Cookie: ".to_vec();
        SetCookie::builder("a", "1").build()?.append_to(&mut head);
        assert_eq!(head, b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/");
        Ok(())
    }

    #[test]
    fn read_a_date_of_any_form() -> Done {
        let date = CookieDate::parse("Wednesday, 09-Jun-27 10:18:14 GMT")?;
        assert_eq!(date.to_string(), "Wed, 09 Jun 2027 10:18:14 GMT");
        Ok(())
    }

    #[test]
    fn collect_names_of_a_header_in_octets() {
        let names: Vec<_> = parse(b"a=\xFF; b=2").map(Pair::name).collect();
        assert_eq!(names, [b"a", b"b"]);
    }

    #[test]
    fn read_same_site_from_a_setting() -> Done {
        assert_eq!("strict".parse::<SameSite>()?, SameSite::Strict);
        assert!("stricter".parse::<SameSite>().is_err());
        Ok(())
    }
}
