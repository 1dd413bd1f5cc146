//! What each user agent reads from a line: dates, Max-Age, tabs, addresses, octets.

#![cfg(feature = "agent")]
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use hardtack::CookieDate;
use hardtack::agent::{Context, Effect, Profile, Refusal, TopLevelOnly, judge};

const NOW: i64 = 1_800_000_000;

fn now() -> CookieDate {
    CookieDate::from_unix_timestamp(NOW)
}

fn after(seconds: i64) -> CookieDate {
    CookieDate::from_unix_timestamp(NOW + seconds)
}

#[track_caller]
fn https(host: &str, path: &str) -> Context {
    Context::https(host, path).expect("the host is one")
}

fn page() -> Context {
    https("www.shop.example", "/account/login")
}

#[test]
fn expires_follows_the_servers_clock_in_browsers() {
    let line = "a=b; Expires=Fri, 15 Jan 2027 09:00:00 GMT";
    let an_hour_behind = page().server_clock(after(-3600));
    for (profile, expected) in [(Profile::Rfc6265bis, 3600), (Profile::Chromium, 7200), (Profile::Firefox, 7200)] {
        let verdict = judge(line, &an_hour_behind, profile, &TopLevelOnly, now());
        assert_eq!(verdict.cookie().and_then(|cookie| cookie.expires), Some(after(expected)), "{profile}");
        let told = verdict.effects().contains(&Effect::ExpiresShifted { seconds: 3600 });
        assert_eq!(told, profile != Profile::Rfc6265bis, "{profile}: {verdict}");
        let verdict = judge(line, &page(), profile, &TopLevelOnly, now());
        let shifted = verdict.effects().iter().any(|effect| matches!(effect, Effect::ExpiresShifted { .. }));
        assert!(!shifted, "{profile}, without the server's clock: {verdict}");
    }
    let verdict = judge("a=b; Max-Age=60", &an_hour_behind, Profile::Chromium, &TopLevelOnly, now());
    assert_eq!(verdict.cookie().and_then(|cookie| cookie.expires), Some(after(60)), "Max-Age does not");
}

#[test]
fn expires_is_read_as_each_agent_reads_it() {
    const T: Option<i64> = Some(1_812_536_294);
    const GONE: Option<i64> = Some(-11_644_473_600);
    const CAP: Option<i64> = Some(NOW + 34_560_000);
    const MIDNIGHT: Option<i64> = Some(1_812_499_200);
    // Expires; what the draft, Chromium and Firefox make of it.
    let rows = [
        ("Wed, 09 Jun 2027 10:18:14 GMT", [T, T, T], "what servers write"),
        ("09 Jun 2027 10:18:14.5 GMT", [T, T, T], "a delimiter behind the time"),
        ("9th Jun 2027 10:18:14", [T, None, None], "letters behind the day"),
        ("09 Jun 2027x 10:18:14", [T, None, None], "letters behind the year"),
        ("09 Jun 27th 10:18:14", [T, None, None], "letters behind a short year"),
        ("09 Jun 2027 10:18:14GMT", [T, None, T], "letters behind the time"),
        ("09 Jun 2027 10:18:14:15", [T, None, T], "a fourth number behind the time"),
        ("09 Jun 2027 010:18:0014", [None, T, MIDNIGHT], "zeros before the time"),
        ("09 Jun 2027 10:18:145", [None, None, MIDNIGHT], "three digits of seconds"),
        ("09 Jun 2027 24:18:14", [None, None, Some(1_812_586_694)], "no such hour"),
        ("30 Feb 2027 10:18:14", [None, None, Some(1_803_982_694)], "no such day"),
        ("0 Jun 2027 10:18:14", [None, None, Some(1_811_758_694)], "no day at all"),
        ("009 Jun 2027 10:18:14", [None, None, None], "three digits of a day"),
        ("32 Jun 2027 10:18:14", [None, None, None], "a day that Firefox takes for a year"),
        ("09 Jun 2027 10::14", [None, None, MIDNIGHT], "no minute"),
        ("09 Jun 2027 10:18:100 10:18:14", [T, T, T], "a hundred seconds are no time, the next is one"),
        ("09 Jun 02027 10:18:14", [None, T, T], "a zero before the year"),
        ("09 Jun 20270 10:18:14", [None, CAP, CAP], "five digits of a year"),
        ("29 Feb 10000 10:18:14", [None, CAP, CAP], "a leap year of five digits"),
        ("29 Feb 10001 10:18:14", [None, None, CAP], "no leap year"),
        ("09 Jun 99999 10:18:14", [None, CAP, None], "beyond sixteen bits"),
        ("09 Jun 202700 10:18:14", [None, None, None], "six digits"),
        ("09 Jun 99999999999 10:18:14", [None, None, None], "beyond thirty-two bits"),
        ("09 Jun 1600 10:18:14", [None, GONE, GONE], "before 1601"),
        ("29 Feb 1500 10:18:14", [None, None, GONE], "no leap year, before 1601"),
        ("29 Feb 1600 10:18:14", [None, GONE, GONE], "a leap year, before 1601"),
        ("09 Jun 127 10:18:14", [None, GONE, None], "three digits"),
        ("09 Jun 7 10:18:14", [None, Some(1_181_384_294), None], "one digit"),
        ("09 Jun 027 10:18:14", [T, T, None], "three digits with a zero"),
        ("10:18:14 2027 Jun 9", [T, T, T], "another order"),
        ("09 Jun 10:18:14", [None, None, None], "no year"),
        ("", [None, None, None], "nothing"),
        // What Firefox alone reads.
        ("09 Jun 2027", [None, None, MIDNIGHT], "no time of day"),
        ("09 Jun 2027 10:18", [None, None, Some(1_812_536_232)], "the end of the text in place of a digit"),
        ("09 Jun 2027 10:18 GMT", [None, None, Some(1_812_536_264)], "a space in place of a digit"),
        ("09 Jun 2027 10:18/", [None, None, Some(1_812_536_280)], "a slash, which stands for no second"),
        ("09 Jun 2027 10:18:14 +0100", [T, T, Some(1_812_532_694)], "an offset"),
        ("09 Jun 2027 10:18:14 GMT-02", [T, T, Some(1_812_543_494)], "an offset of hours"),
        ("09 Jun 2027 10:18:14 GMT-2", [T, T, Some(1_812_543_494)], "an offset of one digit"),
        ("09 Jun 2027 10:18:14 GMT-200", [T, T, T], "an offset of three digits is none"),
        ("09 Jun 2027 10:18:14 +0100 -0500", [T, T, Some(1_812_532_694)], "the first offset counts"),
        ("09 Jun 2027 10:18:14 -0001", [T, T, T], "a minute to the west is no offset"),
        ("09 Jun 2027 10:18:14 EST", [T, T, Some(1_812_554_294)], "a zone"),
        ("09 Jun 2027 10:18:14 pdt", [T, T, Some(1_812_561_494)], "a zone in summer"),
        ("09 Jun 2027 10:18:14 BST", [T, T, Some(1_812_532_694)], "a zone to the east"),
        ("09 Jun 2027 10:18:14 NST", [T, T, Some(1_812_548_894)], "a zone of half an hour"),
        (
            "09 Jun 2027 10:18:14 EST+0100",
            [T, T, Some(1_812_554_294)],
            "an offset behind another zone than GMT is none",
        ),
        ("09 Jun 2027 10:18:14 UT", [T, T, T], "UT is GMT"),
        ("09 Jun 2027 10:18:14 PM", [T, T, Some(1_812_579_494)], "PM"),
        ("09 Jun 2027 12:18:14pm", [Some(1_812_543_494), None, Some(1_812_543_494)], "noon"),
        ("09 Jun 2027 12:18:14 am", [Some(1_812_543_494), Some(1_812_543_494), Some(1_812_500_294)], "midnight"),
        ("06/09/2027 10:18:14", [None, None, T], "month, day, year"),
        ("06-09-27 10:18:14", [None, None, T], "with hyphens, of two digits"),
        ("27/06/2027 10:18:14", [None, None, Some(1_814_091_494)], "day, month, year"),
        ("70/06/09 10:18:14", [None, None, Some(13_774_694)], "year, month, day"),
        ("13/13/2027 10:18:14", [None, None, None], "no month"),
        ("13/00/2027 10:18:14", [None, None, Some(1_797_157_094)], "the month before January"),
        ("70/13/09 10:18:14", [None, None, None], "no month behind a year"),
        ("70/06/31 10:18:14", [None, None, Some(15_675_494)], "the 31st of June, behind a year"),
        ("70/06/32 10:18:14", [None, None, None], "no day behind a year"),
        ("Wednesday 06/09/2027 10:18:14", [None, None, T], "a word before the numbers"),
        ("09 Jun 2027 T10:18:14", [None, None, T], "a T before the time"),
        ("2027-06-09T10:18:14Z", [None, None, None], "a hyphen before a digit is a sign"),
        ("09.Jun.2027 10:18:14", [T, T, None], "a dot is no delimiter"),
        ("2027-Jun-09 10:18:14", [T, T, None], "a hyphen before a digit is a sign"),
        ("09-Jun-2027 10:18:14", [T, T, T], "unless the year is still to come"),
        (
            "10:18:14 11:00:00 09 Jun 2027",
            [Some(1_244_715_494), T, T],
            "the first time counts, to the draft the second is a day",
        ),
        ("09 Jun 0027 10:18:14", [T, T, GONE], "four digits are a year as they stand"),
        ("Wed, 09 Jun 0027 10:18:14 GMT", [T, T, GONE], "at the usual place, too"),
    ];
    for (text, expected, why) in rows {
        for (profile, expected) in Profile::ALL.iter().copied().zip(expected) {
            let verdict = judge(&format!("a=b; Expires={text}"), &page(), profile, &TopLevelOnly, now());
            let expires = verdict.cookie().and_then(|cookie| cookie.expires).map(CookieDate::unix_timestamp);
            assert_eq!(expires, expected, "{text:?}, {profile}: {why}");
        }
    }
}

#[test]
fn a_year_beyond_the_calendar_is_its_end() {
    let late = CookieDate::from_unix_timestamp(CookieDate::MAX.unix_timestamp() - 60);
    for profile in [Profile::Chromium, Profile::Firefox] {
        let verdict = judge("a=b; Expires=09 Jun 20270 10:18:14", &page(), profile, &TopLevelOnly, late);
        let expires = verdict.cookie().and_then(|cookie| cookie.expires);
        assert_eq!(expires, Some(CookieDate::MAX), "{profile}: {verdict}");
    }
}

#[test]
fn firefox_knows_zones() {
    // Minutes ahead of UTC.
    let rows = [
        ("PST", -480),
        ("PDT", -420),
        ("MST", -420),
        ("MDT", -360),
        ("CST", -360),
        ("CDT", -300),
        ("EST", -300),
        ("EDT", -240),
        ("AST", -240),
        ("NST", -210),
        ("GMT", 0),
        ("BST", 60),
        ("MET", 60),
        ("EET", 120),
        ("JST", 540),
        ("CET", 0),
    ];
    for (zone, minutes) in rows {
        let line = format!("a=b; Expires=09 Jun 2027 10:18:14 {zone}");
        let verdict = judge(&line, &page(), Profile::Firefox, &TopLevelOnly, now());
        let expires = verdict.cookie().and_then(|cookie| cookie.expires).map(CookieDate::unix_timestamp);
        assert_eq!(expires, Some(1_812_536_294 - minutes * 60), "{zone}");
    }
}

#[test]
fn firefox_reads_so_many_tokens() {
    for (signs, expected) in [(997, Some(1_812_536_294)), (998, None)] {
        // A sign is a token.
        let line = format!("a=b; Expires=09 Jun 2027 10:18:14{}", "+".repeat(signs));
        let verdict = judge(&line, &page(), Profile::Firefox, &TopLevelOnly, now());
        let expires = verdict.cookie().and_then(|cookie| cookie.expires).map(CookieDate::unix_timestamp);
        assert_eq!(expires, expected, "four tokens and {signs}");
    }
}

#[test]
fn max_age_is_read_as_each_agent_reads_it() {
    const GONE: Option<i64> = Some(-11_644_473_600);
    const CAP: Option<i64> = Some(NOW + 34_560_000);
    let some = |seconds| Some(NOW + seconds);
    let rows = [
        ("Max-Age=60", [some(60); 3], "seconds"),
        ("Max-Age=0", [GONE; 3], "no time"),
        ("Max-Age=-1", [GONE; 3], "less than none"),
        ("Max-Age=-0", [GONE; 3], "a sign before nothing"),
        ("Max-Age=99999999999999999999999999", [CAP; 3], "beyond any integer"),
        ("Max-Age=+60", [None, some(60), None], "a plus"),
        ("Max-Age=+-60", [None; 3], "two signs"),
        ("Max-Age=+", [None; 3], "a sign alone"),
        ("Max-Age=-", [None, None, GONE], "a minus alone"),
        ("Max-Age=-x", [None, None, GONE], "a minus before a letter"),
        ("Max-Age=6e1", [None; 3], "an exponent"),
        ("Max-Age=60; Max-Age=x", [some(60), None, None], "the last is invalid"),
        ("Max-Age=60; Max-Age", [some(60), None, None], "the last is empty"),
        ("Max-Age=x; Max-Age=60", [some(60); 3], "the first is invalid"),
        ("Max-Age=60; Max-Age=70", [some(70); 3], "two that are valid"),
        ("Max-Age=x; Expires=Fri, 15 Jan 2027 09:00:00 GMT", [some(3600); 3], "Expires counts instead"),
        ("Expires=Fri, 15 Jan 2027 09:00:00 GMT; Expires=x", [some(3600), None, None], "the last date is invalid"),
    ];
    for (attributes, expected, why) in rows {
        for (profile, expected) in Profile::ALL.iter().copied().zip(expected) {
            let verdict = judge(&format!("a=b; {attributes}"), &page(), profile, &TopLevelOnly, now());
            let expires = verdict.cookie().and_then(|cookie| cookie.expires).map(CookieDate::unix_timestamp);
            assert_eq!(expires, expected, "{attributes}, {profile}: {why}");
        }
    }
}

#[test]
fn tabs_are_found_where_they_stand() {
    let rows = [
        ("a=b\tc", Some(3), "in the value"),
        ("a\tb=c", Some(1), "in the name"),
        ("a=b; f\to", Some(6), "in an attribute's name"),
        ("a=b;\tfoo\t=\tb\tr\t", Some(12), "in an attribute's value"),
        ("\ta\t=\tb\t;\tfoo\t=\tbar\t", None, "at the edges"),
    ];
    for (line, offset, why) in rows {
        let verdict = judge(line, &page(), Profile::Chromium, &TopLevelOnly, now());
        assert_eq!(verdict.refusal(), offset.map(|offset| Refusal::InnerTab { offset }).as_ref(), "{line:?}: {why}");
    }
}

#[test]
fn addresses_as_domains() {
    // The host, its Domain, and whether each agent keeps the cookie for the host alone; not at all by `None`.
    let rows = [
        ("127.0.0.1", "127.0.0.1", [Some(false), Some(true), Some(true)]),
        ("127.0.0.1", ".127.0.0.1", [Some(false), Some(true), Some(true)]),
        ("127.0.0.1", "0.0.1", [None, None, None]),
        ("127.0.0.1", "127.1", [None, None, None]),
        ("[::1]", "[::1]", [None, Some(true), Some(true)]),
        ("[::1]", "::1", [Some(false), None, None]),
    ];
    for (host, domain, expected) in rows {
        for (profile, expected) in Profile::ALL.iter().copied().zip(expected) {
            let context = https(host, "/");
            let verdict = judge(&format!("a=b; Domain={domain}"), &context, profile, &TopLevelOnly, now());
            assert_eq!(verdict.cookie().map(|cookie| cookie.host_only), expected, "{domain} on {host}, {profile}");
        }
    }
}

#[test]
fn octets_are_kept_but_for_firefox() {
    let line = b"\xE9=\xE6\x97; Path=/\xFF";
    for (profile, value, path) in [
        (Profile::Rfc6265bis, b"\xE6\x97".as_slice(), b"/\xFF".as_slice()),
        (Profile::Chromium, b"\xE6\x97", b"/\xFF"),
        (Profile::Firefox, "\u{FFFD}".as_bytes(), "/\u{FFFD}".as_bytes()),
    ] {
        let verdict = judge(line.as_slice(), &page(), profile, &TopLevelOnly, now());
        let cookie = verdict.cookie().expect("it is kept");
        assert_eq!(
            (cookie.name.as_slice(), &*cookie.value, &*cookie.path),
            (b"\xE9".as_slice(), value, path),
            "{profile}"
        );
    }
}

#[cfg(feature = "idna")]
#[test]
fn chromium_converts_domains() {
    let host = https("www.xn--exmple-cua.example", "/");
    let rows: [(&[u8], bool, &str); 5] = [
        ("exämple.example".as_bytes(), true, "a letter"),
        ("EXÄMPLE．example".as_bytes(), true, "upper case and a wide dot"),
        ("．exämple.example".as_bytes(), true, "a wide dot in front"),
        ("exömple.example".as_bytes(), false, "another letter"),
        (b"ex\xE4mple.example", false, "not UTF-8"),
    ];
    for (domain, kept, why) in rows {
        let line = [b"a=b; Domain=".as_slice(), domain].concat();
        for &profile in Profile::ALL {
            let verdict = judge(&line, &host, profile, &TopLevelOnly, now());
            let kept = kept && profile == Profile::Chromium;
            assert_eq!(
                verdict.cookie().map(|cookie| cookie.domain.as_str()),
                kept.then_some("xn--exmple-cua.example"),
                "{profile}: {why}"
            );
        }
    }
}
