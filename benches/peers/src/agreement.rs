//! Nothing is timed before all are seen to read and write the same.

use std::time::{Duration, SystemTime};

use biscotti::RequestCookies;
use cookie::Cookie;
use hardtack::{CookieDate, SetCookie};

use crate::work;

/// Panics where a peer accepts a header and reads other pairs out of it.
pub fn on_headers(headers: &[String]) {
    let processor = work::raw_processor();
    for header in headers {
        let ours: Vec<(&str, &str)> =
            hardtack::parse(header.as_str()).map(|pair| (pair.name(), pair.value())).collect();

        let bytes = hardtack::parse(header.as_bytes());
        let bytes: Vec<_> = bytes.map(|pair| (pair.name(), pair.value())).collect();
        let same: Vec<_> = ours.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())).collect();
        assert_eq!(same, bytes, "on bytes");

        let by_hand: Vec<_> = work::pairs_by_hand(header).collect();
        assert_eq!(ours, by_hand, "by hand");

        if let Ok(theirs) = Cookie::split_parse(header).collect::<Result<Vec<_>, _>>() {
            let theirs: Vec<_> = theirs.iter().map(|cookie| (cookie.name(), cookie.value())).collect();
            assert_eq!(ours, theirs, "cookie");
        }

        if let Ok(theirs) = RequestCookies::parse_header(header, &processor) {
            for (name, _) in &ours {
                let values: Vec<_> = theirs.get_all(name).expect("the name").values().collect();
                let same = ours.iter().filter(|(other, _)| other == name).map(|(_, value)| *value);
                assert_eq!(same.collect::<Vec<_>>(), values, "biscotti");
            }
        }

        let decoded = hardtack::parse(header.as_str()).map(hardtack::Pair::decode);
        if let (Ok(ours), Ok(theirs)) =
            (decoded.collect::<Result<Vec<_>, _>>(), Cookie::split_parse_encoded(header).collect::<Result<Vec<_>, _>>())
        {
            let theirs: Vec<_> = theirs.iter().map(Cookie::value).collect();
            assert_eq!(ours, theirs, "decoded");
        }

        let jar = work::filled_jar(header);
        for pair in hardtack::parse(header.as_str()) {
            let once = ours.iter().filter(|(name, _)| *name == pair.name()).count() == 1;
            if let (true, Ok(value), Some(theirs)) = (once, pair.decode(), jar.get(pair.name())) {
                assert_eq!(value, theirs.value(), "looked up");
            }
        }
    }
}

/// Panics where both accept a line and read another cookie out of it.
pub fn on_lines(lines: &[String]) {
    for line in lines {
        let (Ok(ours), Ok(theirs)) = (SetCookie::parse(line), Cookie::parse(line.as_str())) else {
            continue;
        };
        assert_eq!((ours.name(), ours.value()), (theirs.name(), theirs.value()), "pair");
        assert_eq!(ours.path(), theirs.path(), "Path");
        assert_eq!(ours.domain(), theirs.domain().map(|domain| domain.trim_start_matches('.')), "Domain");
        assert_eq!(ours.secure(), theirs.secure() == Some(true), "Secure");
        assert_eq!(ours.http_only(), theirs.http_only() == Some(true), "HttpOnly");
        assert_eq!(ours.partitioned(), theirs.partitioned() == Some(true), "Partitioned");
        let age = theirs.max_age().and_then(|age| u64::try_from(age.whole_seconds()).ok());
        assert_eq!(ours.max_age().map(|age| age.as_secs()), age, "Max-Age");
        if let Some(moment) = theirs.expires_datetime() {
            assert_eq!(ours.expires().map(CookieDate::unix_timestamp), Some(moment.unix_timestamp()), "Expires");
        }
    }
}

/// Panics where the written cookies differ in more than the order of their attributes, or the dates at all.
pub fn on_writing() {
    let ours = work::full_cookie().to_string();
    let theirs = work::full_cookie_cookie().to_string();
    let parts = |text: &str| {
        let mut parts: Vec<String> = text.split("; ").map(str::to_owned).collect();
        parts.sort();
        parts
    };
    assert_eq!(parts(&ours), parts(&theirs), "the written cookie");

    let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(work::SECOND.unsigned_abs());
    let text = httpdate::fmt_http_date(moment);
    assert_eq!(CookieDate::from(moment).to_string(), text, "the written date");
    assert_eq!(
        httpdate::parse_http_date(&text).ok(),
        CookieDate::parse(&text).ok().map(SystemTime::from),
        "the read date"
    );
}
