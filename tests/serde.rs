//! The vocabulary as data: texts, arrays of numbers, settings.

#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod random;

use core::fmt::Debug;

use hardtack::{CookieDate, CookieSettings, CookieTemplate, Priority, SameSite, SetCookie};
use proptest::prelude::{any, proptest};
use proptest::{prop_assert, prop_assert_eq};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::random::{config, octets};

#[track_caller]
fn is<T: Serialize + DeserializeOwned + PartialEq + Debug>(thing: &T, data: &Value) {
    assert_eq!(serde_json::to_value(thing).unwrap(), *data);
    assert_eq!(serde_json::from_value::<T>(data.clone()).unwrap(), *thing, "{data}");
    let compact = postcard::to_allocvec(thing).unwrap();
    assert_eq!(postcard::from_bytes::<T>(&compact).unwrap(), *thing, "{data} in a form that does not describe itself");
}

#[test]
fn as_data() {
    is(&SetCookie::parse("sid=31d4; Path=/; Secure").unwrap().into_owned(), &json!("sid=31d4; Path=/; Secure"));
    is(&SetCookie::parse("é=☃; Domain=bücher.de").unwrap().into_owned(), &json!("é=☃; Domain=bücher.de"));
    is(&SetCookie::parse(b"a=1").unwrap().into_owned(), &json!("a=1"));
    is(&SetCookie::parse("ü=1".as_bytes()).unwrap().into_owned(), &json!("ü=1"));
    is(
        &SetCookie::parse(b"a=\xFF; Path=/").unwrap().into_owned(),
        &json!([97, 61, 255, 59, 32, 80, 97, 116, 104, 61, 47]),
    );
    is(&CookieDate::UNIX_EPOCH, &json!("Thu, 01 Jan 1970 00:00:00 GMT"));
    is(&CookieDate::MIN, &json!("Mon, 01 Jan 1601 00:00:00 GMT"));
    is(&CookieDate::MAX, &json!("Fri, 31 Dec 9999 23:59:59 GMT"));
    is(&SameSite::Strict, &json!("Strict"));
    is(&SameSite::Lax, &json!("Lax"));
    is(&SameSite::None, &json!("None"));
    is(&Priority::Low, &json!("Low"));
    is(&Priority::Medium, &json!("Medium"));
    is(&Priority::High, &json!("High"));
}

/// Data in another form than it is written in.
#[test]
fn read_leniently() {
    fn read<T: DeserializeOwned>(data: &Value) -> T {
        serde_json::from_value(data.clone()).unwrap()
    }
    assert_eq!(read::<SameSite>(&json!("lAX")), SameSite::Lax);
    assert_eq!(read::<CookieDate>(&json!("Wednesday, 09-Jun-27 10:18:14 GMT")).unix_timestamp(), 1_812_536_294);
    assert_eq!(read::<SetCookie<'static>>(&json!("a = 1;secure")).to_string(), "a=1; Secure");
    assert_eq!(read::<SetCookie<'static>>(&json!([97, 61, 49])).to_string(), "a=1", "octets that are text");
    assert_eq!(read::<SetCookie<'static, [u8]>>(&json!([97, 61, 49])).to_bytes(), b"a=1");
}

#[track_caller]
fn refused<T: DeserializeOwned + Debug>(rows: &[(Value, &str)]) {
    for (data, text) in rows {
        let error = serde_json::from_value::<T>(data.clone()).unwrap_err().to_string();
        assert_eq!(error, *text, "{data}");
        let whole = serde_json::from_str::<T>(&data.to_string()).unwrap_err().to_string();
        assert!(whole.starts_with(text), "{data}: {whole}");
    }
}

#[test]
fn what_is_not_read() {
    let expected = "the text of a Set-Cookie field, or its octets as an array of numbers";
    refused::<SetCookie<'static>>(&[
        (
            json!("a=hunter2\n"),
            "byte 0x0A at offset 9 is a control byte, for which user agents drop the whole cookie; remove it",
        ),
        (json!(""), "the cookie has neither a name nor a value, for which user agents drop it; write name=value"),
        (json!([97, 61, 255]), "the cookie is not UTF-8; read it as octets"),
        (json!([256]), "invalid value: integer `256`, expected an octet, 0 to 255"),
        (json!(["a=1"]), "invalid type: text, expected an octet, 0 to 255"),
        (json!(1), &format!("invalid type: integer `1`, expected {expected}")),
        (json!(null), &format!("invalid type: null, expected {expected}")),
    ]);
    refused::<SetCookie<'static, [u8]>>(&[
        (
            json!([97, 0]),
            "byte 0x00 at offset 1 is a control byte, for which user agents drop the whole cookie; remove it",
        ),
        (json!([]), "the cookie has neither a name nor a value, for which user agents drop it; write name=value"),
        (json!({}), &format!("invalid type: map, expected {expected}")),
    ]);
    refused::<CookieDate>(&[
        (
            json!("tomorrow"),
            "invalid value: string \"tomorrow\", expected a date such as Thu, 01 Jan 1970 00:00:00 GMT",
        ),
        (json!(0), "invalid type: integer `0`, expected a date such as Thu, 01 Jan 1970 00:00:00 GMT"),
    ]);
    refused::<SameSite>(&[
        (json!("Loose"), "invalid value: string \"Loose\", expected Strict, Lax or None"),
        (json!(""), "invalid value: string \"\", expected Strict, Lax or None"),
        (json!(true), "invalid type: boolean `true`, expected Strict, Lax or None"),
    ]);
}

#[cfg(feature = "agent")]
#[test]
fn profiles_are_their_names() {
    use hardtack::agent::Profile;

    for profile in Profile::ALL {
        let name = json!(profile.as_str());
        assert_eq!(serde_json::to_value(profile).unwrap(), name);
        assert_eq!(serde_json::from_value::<Profile>(name.clone()).unwrap(), *profile);
        assert_eq!(
            serde_json::from_value::<Profile>(json!(profile.as_str().to_uppercase())).unwrap(),
            *profile,
            "in any letter case"
        );
    }
    refused::<Profile>(&[(json!("lynx"), "the word is not known; write rfc6265bis, chromium or firefox")]);
}

#[test]
fn no_error_holds_a_value() {
    for data in [json!("a=hunter2\u{7F}"), json!("hunter2\r\n"), json!(["a=hunter2"])] {
        let of_value = serde_json::from_value::<SetCookie<'static>>(data.clone()).unwrap_err();
        let of_text = serde_json::from_str::<SetCookie<'static, [u8]>>(&data.to_string()).unwrap_err();
        assert!(!format!("{of_value} {of_value:?} {of_text} {of_text:?}").contains("hunter2"), "{of_value} {of_text}");
    }
}

fn settings(data: Value) -> Result<CookieSettings, String> {
    serde_json::from_value(data).map_err(|error| error.to_string())
}

#[test]
fn settings_are_a_template() {
    let rows = [
        (json!({"name": "a"}), CookieTemplate::new("a")),
        (json!({"name": "a", "no_path": false, "secure": false}), CookieTemplate::new("a")),
        (json!({"name": "a", "no_path": true}), CookieTemplate::new("a").no_path()),
        (json!({"name": "a", "path": "/p"}), CookieTemplate::new("a").path("/p")),
        (json!({"name": "a", "domain": ".X.org"}), CookieTemplate::new("a").domain(".X.org")),
        (
            json!({"name": "a", "http_only": true, "same_site": "lax"}),
            CookieTemplate::new("a").http_only(true).same_site(SameSite::Lax),
        ),
        (
            json!({"name": "a", "partitioned": true, "secure": true}),
            CookieTemplate::new("a").secure(true).partitioned(true),
        ),
        (
            json!({"name": "a", "max_age": 3600}),
            CookieTemplate::new("a").max_age(core::time::Duration::from_secs(3600)),
        ),
        (json!({"name": "a", "priority": "low"}), CookieTemplate::new("a").priority(Priority::Low)),
        (json!({"name": "a", "max_age": null, "domain": null}), CookieTemplate::new("a")),
    ];
    for (data, template) in rows {
        let settings = settings(data.clone()).unwrap();
        assert_eq!(settings.template(), template, "{data}");
        assert_eq!(settings.template().cookie("1").build(), template.cookie("1").build(), "{data}");
        let written = serde_json::to_value(&settings).unwrap();
        assert_eq!(serde_json::from_value::<CookieSettings>(written).unwrap(), settings, "{data} is written and read");
    }
    let whole = json!({
        "name": "__Secure-a", "max_age": 5, "domain": "x.org", "path": "/p", "no_path": false, "secure": true,
        "http_only": true, "same_site": "None", "partitioned": true, "priority": "High",
    });
    let settings = settings(whole.clone()).unwrap();
    assert_eq!(serde_json::to_value(&settings).unwrap(), whole, "every field is written by the name it is read by");
}

/// Settings that are not read, and why.
#[test]
fn settings_are_checked_when_read() {
    let rows = [
        (json!({}), "missing field `name`"),
        (json!({"name": ""}), "the cookie has no name; name it"),
        (
            json!({"name": "a b"}),
            "byte 0x20 at offset 1 is not allowed in a cookie name; use letters, digits and !#$%&'*+-.^_`|~",
        ),
        (
            json!({"name": "a", "path": "app"}),
            "the Path attribute does not begin with \"/\", so user agents ignore it; begin it with \"/\"",
        ),
        (
            json!({"name": "a", "domain": "10.0.0.1"}),
            "the Domain attribute is an IP address, which has no subdomains; leave it out for a host-only cookie",
        ),
        (
            json!({"name": "a", "same_site": "None"}),
            "SameSite=None needs Secure, or user agents drop the cookie; add .secure(true)",
        ),
        (
            json!({"name": "a", "partitioned": true}),
            "Partitioned needs Secure, or user agents drop the cookie; add .secure(true)",
        ),
        (
            json!({"name": "__Host-a", "secure": true, "no_path": true}),
            "a name that begins with \"__Host-\" in any letter case needs Path=/, or user agents drop the cookie; leave .path(..) out",
        ),
        (
            json!({"name": "a", "path": "/", "no_path": true}),
            "path is given and no_path is true; leave one of them out",
        ),
        (json!({"name": "a", "same_site": "Loose"}), "invalid value: string \"Loose\", expected Strict, Lax or None"),
        (json!({"name": "a", "priority": 1}), "invalid type: integer `1`, expected Low, Medium or High"),
        (json!({"name": "a", "priority": "Urgent"}), "invalid value: string \"Urgent\", expected Low, Medium or High"),
        (json!({"name": "a", "max_age": -1}), "invalid value: integer `-1`, expected u32"),
        (json!({"name": "a", "secure": "yes"}), "invalid type: string \"yes\", expected a boolean"),
    ];
    for (data, text) in rows {
        assert_eq!(settings(data.clone()).unwrap_err(), text, "{data}");
    }
    let misspelt = settings(json!({"name": "a", "Secure": true})).unwrap_err();
    assert!(misspelt.starts_with("unknown field `Secure`, expected one of"), "a misspelt flag is no flag: {misspelt}");
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_as_data_reads_back(field in octets(), seconds in any::<i64>()) {
        if let Ok(cookie) = SetCookie::parse(&field).map(SetCookie::into_owned) {
            let json = serde_json::to_string(&cookie).unwrap();
            prop_assert_eq!(json.starts_with('"'), str::from_utf8(&cookie.to_bytes()).is_ok());
            prop_assert_eq!(&serde_json::from_str::<SetCookie<'static, [u8]>>(&json).unwrap(), &cookie);
            let compact = postcard::to_allocvec(&cookie).unwrap();
            prop_assert_eq!(postcard::from_bytes::<SetCookie<'static, [u8]>>(&compact).unwrap(), cookie);
            if let Ok(cookie) = serde_json::from_str::<SetCookie<'static>>(&json) {
                prop_assert_eq!(serde_json::to_string(&cookie).unwrap(), json);
                let compact = postcard::to_allocvec(&cookie).unwrap();
                prop_assert_eq!(postcard::from_bytes::<SetCookie<'static>>(&compact).unwrap(), cookie);
            }
        }
        let date = CookieDate::from_unix_timestamp(seconds);
        let json = serde_json::to_string(&date).unwrap();
        prop_assert!(serde_json::from_str::<CookieDate>(&json).is_ok_and(|read| read == date));
    }
}
