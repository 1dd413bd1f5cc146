//! A Set-Cookie field is read as the model reads it, from bytes as from text; what was read is safe to write, and reads
//! as the same cookie once written.

use hardtack::{Attributes, SameSite, SetCookie};

use crate::model;

pub fn law(field: &[u8]) {
    let tokens: Vec<_> = Attributes::tokenize(field).collect();
    let seen: Vec<_> = tokens.iter().map(|attribute| (attribute.name(), attribute.value())).collect();
    assert_eq!(seen, model::attributes(field), "attribute tokens");

    let cookie = SetCookie::parse(field);
    let expected = model::set_cookie(field);
    assert_eq!(cookie.is_ok(), expected.is_some(), "{cookie:?}");
    if let Err(error) = &cookie {
        assert!(error.offset() <= field.len(), "{error}");
    }
    if let (Ok(cookie), Some(expected)) = (&cookie, &expected) {
        same(cookie, expected);
        written_again(cookie);
        assert_eq!(&cookie.clone().into_owned(), cookie);
    }

    if let Ok(text) = str::from_utf8(field) {
        let tokens_of_text = Attributes::tokenize(text)
            .map(|attribute| (attribute.name().as_bytes().to_vec(), attribute.value().map(|v| v.as_bytes().to_vec())));
        let owned = |(name, value): &(&[u8], Option<&[u8]>)| (name.to_vec(), value.map(<[u8]>::to_vec));
        assert!(tokens_of_text.eq(seen.iter().map(owned)), "bytes and text are cut differently");
        match (SetCookie::parse(text), &cookie) {
            (Ok(of_text), Ok(cookie)) => {
                let written = of_text.to_string();
                assert_eq!(written.as_bytes(), written_by(cookie), "bytes and text are written differently");
                assert_eq!(SetCookie::parse(&written).as_ref(), Ok(&of_text), "written as {written:?}");
            }
            (of_text, of_bytes) => {
                assert_eq!(of_text.err(), of_bytes.as_ref().err().cloned(), "bytes and text are judged differently");
            }
        }
    }
}

fn same(cookie: &SetCookie<'_, [u8]>, expected: &model::Cookie<'_>) {
    assert_eq!(cookie.name(), expected.name, "name");
    assert_eq!(cookie.value(), expected.value, "value");
    assert_eq!(cookie.expires().map(hardtack::CookieDate::unix_timestamp), expected.expires, "Expires");
    assert_eq!(cookie.max_age().map(|age| age.as_secs()), expected.max_age, "Max-Age");
    assert_eq!(cookie.domain().unwrap_or_default(), expected.domain, "Domain");
    assert_ne!(cookie.domain(), Some(b"".as_slice()), "an empty Domain is none");
    assert_eq!(cookie.path(), expected.path, "Path");
    assert_eq!(cookie.secure(), expected.secure, "Secure");
    assert_eq!(cookie.http_only(), expected.http_only, "HttpOnly");
    assert_eq!(cookie.partitioned(), expected.partitioned, "Partitioned");
    let priority = cookie.priority().map(|priority| priority.as_str().to_ascii_lowercase());
    assert_eq!(priority.as_deref(), expected.priority, "Priority");
    let word = cookie.same_site().map(|same_site| match same_site {
        SameSite::Strict => "strict",
        SameSite::Lax => "lax",
        SameSite::None => "none",
    });
    assert_eq!(word, expected.same_site, "SameSite");
    let extensions = cookie.extensions().iter().map(|extension| (extension.name(), extension.value()));
    assert!(extensions.eq(expected.extensions.iter().copied()), "extensions: {:?}", cookie.extensions());
}

fn written_by(cookie: &SetCookie<'_, [u8]>) -> Vec<u8> {
    let mut written = Vec::new();
    cookie.append_to(&mut written);
    written
}

fn written_again(cookie: &SetCookie<'_, [u8]>) {
    let written = written_by(cookie);
    assert_eq!(written.len(), cookie.encoded_len(), "length of {}", written.escape_ascii());
    assert!(written.iter().all(|&octet| octet == b'\t' || !octet.is_ascii_control()), "{}", written.escape_ascii());
    assert_eq!(SetCookie::parse(&written).as_ref(), Ok(cookie), "written as {}", written.escape_ascii());
    // As many attributes as the cookie has, and none that something inside a part began.
    let known = [
        cookie.expires().is_some(),
        cookie.max_age().is_some(),
        cookie.domain().is_some(),
        cookie.path().is_some(),
        cookie.secure(),
        cookie.http_only(),
        cookie.same_site().is_some(),
        cookie.partitioned(),
        cookie.priority().is_some(),
    ];
    let attributes = known.into_iter().filter(|&is_there| is_there).count() + cookie.extensions().len();
    assert_eq!(written.split(|&octet| octet == b';').count(), 1 + attributes, "{}", written.escape_ascii());
    // Debug shows no value: it is the same for another value of the same length.
    let first = written.iter().position(|&octet| octet == b';').unwrap_or(written.len());
    let masked = [cookie.name(), b"=", &vec![b'x'; cookie.value().len()], &written[first..]].concat();
    if !cookie.value().is_empty() {
        assert_eq!(format!("{:?}", SetCookie::parse(&masked).as_ref()), format!("{:?}", Ok::<_, ()>(cookie)));
    }
}
