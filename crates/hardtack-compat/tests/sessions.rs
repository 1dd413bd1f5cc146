//! Flask's values, JSON's numbers and texts, and what is authentic and yet not taken.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

use hardtack_compat::flask::{Key, Session, Sessions, Value, tag, untag};
use hardtack_compat::itsdangerous::{self, Derivation, TimestampSigner};
use hardtack_compat::json::{self, Number};
use hardtack_compat::{Map, OpenError, PayloadError, SealError, rails, starlette};
use proptest::prelude::*;

const NOW: u64 = 1_700_000_000;

/// A session's value, and its tagged JSON by Flask 3.1.3.
#[test]
fn a_value_has_its_tag() {
    let map = |entries: Vec<(&str, Value)>| Value::Map(entries.into_iter().collect());
    for (value, json) in [
        (Value::Null, "null"),
        (true.into(), "true"),
        ((-7).into(), "-7"),
        ("é".into(), r#""é""#),
        (vec![Value::from(1), "a".into()].into(), r#"[1,"a"]"#),
        (Value::Tuple(vec![]), r#"{" t":[]}"#),
        (Value::Tuple(vec![1.into(), Value::Tuple(vec![2.into()])]), r#"{" t":[1,{" t":[2]}]}"#),
        (Value::Bytes(vec![0, 1, 255]), r#"{" b":"AAH/"}"#),
        (Value::Bytes(vec![]), r#"{" b":""}"#),
        (Value::Markup("<b>".into()), r#"{" m":"<b>"}"#),
        (Value::Uuid([0x12; 16]), r#"{" u":"12121212121212121212121212121212"}"#),
        (Value::DateTime(1_767_323_045), r#"{" d":"Fri, 02 Jan 2026 03:04:05 GMT"}"#),
        (map(vec![]), "{}"),
        (map(vec![(" zz", 1.into())]), r#"{" zz":1}"#),
        (map(vec![(" t", 1.into())]), r#"{" di":{" t__":1}}"#),
        (map(vec![(" di", vec![Value::from(1)].into())]), r#"{" di":{" di__":[1]}}"#),
        (map(vec![(" t", 1.into()), ("a", 2.into())]), r#"{" t":1,"a":2}"#),
        (map(vec![(" b", Value::Bytes(vec![1]))]), r#"{" di":{" b__":{" b":"AQ=="}}}"#),
        (map(vec![(" t__", 1.into())]), r#"{" t__":1}"#),
    ] {
        let session = Session::from_iter([("v", value)]);
        let tagged = tag(&session).unwrap();
        assert_eq!(tagged.get("v").unwrap().to_string(), json);
        assert!(untag(tagged).unwrap() == session, "{json}");
    }
    // A session of one key that is a tag is a map of one key that is a tag.
    let session = Session::from_iter([(" t", Value::from(1))]);
    assert_eq!(tag(&session).unwrap().to_string(), r#"{" di":{" t__":1}}"#);
    assert!(untag(tag(&session).unwrap()).unwrap() == session);
    let year_10_000 = Session::from_iter([("v", Value::DateTime(253_402_300_800))]);
    assert_eq!(tag(&year_10_000).unwrap_err(), SealError::Time);
}

#[test]
fn a_tag_holds_what_it_says() {
    for (json, tag) in [
        (r#"{" t":1}"#, " t"),
        (r#"{" t":"ab"}"#, " t"),
        (r#"{" t":{" t":[]}}"#, " t"),
        (r#"{" b":"AAH"}"#, " b"),
        (r#"{" b":"AAH_"}"#, " b"),
        (r#"{" b":"AQ"}"#, " b"),
        (r#"{" b":"AR=="}"#, " b"),
        (r#"{" b":null}"#, " b"),
        (r#"{" m":[]}"#, " m"),
        (r#"{" u":"zz"}"#, " u"),
        (r#"{" u":"1212121212121212121212121212121"}"#, " u"),
        (r#"{" u":"12121212-1212-1212-1212-121212121212"}"#, " u"),
        (r#"{" u":"ABABABABABABABABABABABABABABABAB"}"#, " u"),
        (r#"{" d":"yesterday"}"#, " d"),
        (r#"{" d":0}"#, " d"),
        (r#"{" di":{}}"#, " di"),
        (r#"{" di":[]}"#, " di"),
        (r#"{" di":{" t":[]}}"#, " di"),
        (r#"{" di":{"a":1}}"#, " di"),
        (r#"{" di":{"a__":1,"b__":2}}"#, " di"),
    ] {
        let tagged = ["{\"v\":", json, "}"].concat().parse().unwrap();
        assert_eq!(untag(tagged).map(|_| ()), Err(PayloadError::Tag { tag }), "{json}");
    }
    for json in ["null", "[]", "1", r#""v""#, r#"{" t":[]}"#, r#"{" m":""}"#] {
        assert_eq!(untag(json.parse().unwrap()).map(|_| ()), Err(PayloadError::Kind), "{json}");
    }
}

/// Texts that the key signed: what is refused of them, and what is not.
#[test]
fn an_authentic_payload_is_read_strictly() {
    let signer =
        TimestampSigner::new(itsdangerous::Key::new("k").unwrap()).salt("cookie-session").derivation(Derivation::Hmac);
    let sessions = Sessions::new(Key::new("k").unwrap());
    let open = |payload: &str| {
        let text = signer.sign(payload, NOW).unwrap();
        sessions.open(&text, NOW).map(|opened| tag(opened.value()).unwrap().to_string())
    };
    for (payload, what) in [
        ("", PayloadError::Json),
        (".", PayloadError::Zlib),
        ("e30=", PayloadError::Base64),
        ("e31", PayloadError::Base64),
        ("e3 0", PayloadError::Base64),
        ("e30.e30", PayloadError::Base64),
        ("e25vdCBqc29u", PayloadError::Json),
        ("eyJhIjpOYU59", PayloadError::Json),
        ("e30x", PayloadError::Json),
        ("_w", PayloadError::NotUtf8),
        ("MQ", PayloadError::Kind),
        ("W10", PayloadError::Kind),
        (".eJyrrgUAAXUA-QA", PayloadError::TrailingOctets),
        ("..eJyrrgUAAXUA-Q", PayloadError::Base64),
    ] {
        assert_eq!(open(payload), Err(OpenError::Payload(what)), "{payload}");
    }
    for (payload, json) in
        [("e30", "{}"), (".eJyrrgUAAXUA-Q", "{}"), ("IHsgfSAK", "{}"), ("eyJhIjoxLCJhIjoyfQ", r#"{"a":2}"#)]
    {
        assert_eq!(open(payload).as_deref(), Ok(json), "{payload}");
    }
}

#[test]
fn an_authentic_session_of_starlette_is_a_map() {
    let signer = TimestampSigner::new(itsdangerous::Key::new("k").unwrap());
    let sessions = starlette::Sessions::new(starlette::Key::new("k").unwrap());
    for (payload, what) in [
        ("bnVsbA==", PayloadError::Kind),
        ("W10=", PayloadError::Kind),
        ("e30", PayloadError::Base64),
        ("e31=", PayloadError::Base64),
        ("", PayloadError::Json),
    ] {
        let text = signer.sign(payload, NOW).unwrap();
        assert_eq!(sessions.open(&text, NOW).map(|_| ()), Err(OpenError::Payload(what)), "{payload}");
    }
}

#[test]
fn a_number_is_the_text_it_was() {
    for text in
        ["0", "-0", "-0.0", "1e100", "1E+2", "1.50", "18446744073709551616", "-9223372036854775809", &"9".repeat(400)]
    {
        let value: json::Value = text.parse().unwrap();
        assert_eq!(value.to_string(), text);
        assert_eq!(value.as_number().unwrap().as_str(), text);
    }
    for text in ["01", "+1", ".5", "1.", "1e", "0x1", "NaN", "Infinity", "-", "1_000", ""] {
        assert_eq!(text.parse::<json::Value>().map(|_| ()), Err(PayloadError::Json), "{text}");
    }
    let number = |text: &str| text.parse::<json::Value>().unwrap().as_number().unwrap().clone();
    assert_eq!(number("18446744073709551615").as_u64(), Some(u64::MAX));
    assert_eq!(number("18446744073709551616").as_u64(), None);
    assert_eq!(number("-9223372036854775808").as_i64(), Some(i64::MIN));
    assert_eq!(number("1.0").as_i64(), None);
    assert_eq!(number("-0.0").as_f64().to_bits(), (-0.0_f64).to_bits());
    assert!(number("1e400").as_f64().is_infinite());
    assert_ne!(number("1.0"), number("1.00"));
}

/// By `repr` of Python 3.
#[test]
fn a_float_is_written_as_python_writes_it() {
    for (float, text) in [
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (1.0, "1.0"),
        (1.5, "1.5"),
        (-2.25, "-2.25"),
        (0.1, "0.1"),
        (0.0001, "0.0001"),
        (0.00012, "0.00012"),
        (0.00001, "1e-05"),
        (1.25e-7, "1.25e-07"),
        (1e15, "1000000000000000.0"),
        (9_999_999_999_999_998.0, "9999999999999998.0"),
        (1e16, "1e+16"),
        (1.5e16, "1.5e+16"),
        (1e100, "1e+100"),
        (5e-324, "5e-324"),
        (f64::MAX, "1.7976931348623157e+308"),
    ] {
        assert_eq!(Number::from_f64(float).unwrap().as_str(), text);
    }
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(Number::from_f64(float).is_none());
    }
}

#[test]
fn a_string_is_escaped_as_each_framework_does() {
    // What is short, what is not, what ends ASCII, what is one unit of UTF-16 and what is two.
    let string = "\"\\/\u{8}\u{c}\n\r\t\0\u{1f}~\u{7f}é\u{2028}🍪<&>";
    let session = Session::from_iter([("s", string)].map(|(key, text)| (key, Value::from(text))));
    let sessions = Sessions::new(Key::new("k").unwrap());
    let text = sessions.sign(&session, NOW).unwrap();
    assert!(sessions.open(&text, NOW).unwrap().value() == &session);
    let ends = sessions.sign(&Session::from_iter([("s", Value::from("~\u{7f}"))]), NOW).unwrap();
    assert!(ends.starts_with("eyJzIjoiflx1MDA3ZiJ9."), "of what ends ASCII DEL alone: {ends}");
    let compact = r#""\"\\/\b\f\n\r\t\u0000\u001f"#.to_owned() + "~\u{7f}é\u{2028}🍪<&>\"";
    assert_eq!(json::Value::from(string).to_string(), compact);
    assert_eq!(compact.parse::<json::Value>().unwrap().as_str(), Some(string));
    for half in [r#""\ud83c""#, r#""\udf6a\ud83c""#, r#""\ud83cx""#, r#"{"\udf6a":1}"#] {
        assert_eq!(half.parse::<json::Value>().map(|_| ()), Err(PayloadError::Json), "{half}");
    }
}

#[test]
fn a_map_keeps_its_order_and_the_last_value_of_a_key() {
    let value: json::Value = r#"{"b":1,"a":2,"b":3}"#.parse().unwrap();
    assert_eq!(value.to_string(), r#"{"b":3,"a":2}"#);
    let mut map: Map<u8> = [("b", 1), ("a", 2)].into_iter().collect();
    assert_eq!(map.insert("b", 3), Some(1));
    assert_eq!(map.insert("c", 4), None);
    assert_eq!(map.remove("b"), Some(3));
    assert_eq!(map.remove("b"), None);
    assert_eq!(map.iter().collect::<Vec<_>>(), [("a", &2), ("c", &4)]);
    assert_eq!((map.len(), map.is_empty(), map.get("a"), map.contains_key("b")), (2, false, Some(&2), false));
    let other: Map<u8> = [("c", 4), ("a", 2)].into_iter().collect();
    assert!(map == other, "in whatever order");
    let values: Map<u8> = [("c", 4), ("a", 3)].into_iter().collect();
    assert!(map != values && map != Map::default(), "the values count");
    assert!(Map::<u8>::default().is_empty());
    map.extend([("d", 5)]);
    let entries = map.clone().into_iter();
    assert_eq!((entries.size_hint(), format!("{entries:?}")), ((3, Some(3)), "IntoIter(<3>)".to_owned()));
    assert_eq!(map.into_iter().map(|(key, _)| key).collect::<Vec<_>>(), ["a", "c", "d"]);
}

#[test]
fn debug_shows_kinds_and_sizes() {
    let value: json::Value = r#"{"a":["confidential",1,true,null]}"#.parse().unwrap();
    assert_eq!(format!("{value:?}"), "Map(<1>)");
    assert_eq!(format!("{:?}", value.get("a").unwrap()), "List(<4>)");
    let shown: Vec<String> =
        value.get("a").unwrap().as_list().unwrap().iter().map(|value| format!("{value:?}")).collect();
    assert_eq!(shown, ["String(<12>)", "Number(..)", "Bool(..)", "Null"]);
    let shown = [Value::Bytes(vec![1]), Value::Uuid([1; 16]), Value::DateTime(1), Value::Markup("x".into())]
        .map(|value| format!("{value:?}"));
    assert_eq!(shown, ["Bytes(<1>)", "Uuid(..)", "DateTime(..)", "Markup(<1>)"]);
    assert_eq!(format!("{:?} {}", Number::from(7), Number::from(7)), "Number(..) 7");
    let octets = [7; 64];
    let keys = [
        format!("{:?}", hardtack_compat::biscotti::Key::new(octets).unwrap()),
        format!("{:?}", hardtack_compat::cookie::Key::new(octets).unwrap()),
        format!("{:?}", rails::Key::new("dev-secret-key", rails::KeyDigest::Sha256).unwrap()),
    ];
    assert_eq!(keys, ["Key(..)"; 3]);
    let sessions = Sessions::new(Key::new("k").unwrap());
    let opened = sessions.open(&sessions.sign(&Session::default(), NOW).unwrap(), NOW).unwrap();
    assert_eq!(format!("{opened:?}"), "Opened { key_index: 0, needs_renewal: false, .. }");
    assert_eq!(opened.written_at(), Some(NOW));
    assert_eq!(opened.map(|_| ()).written_at(), Some(NOW), "which is that of another value, too");
}

#[test]
fn a_value_is_asked_what_it_is() {
    let (list, map) = (vec![Value::Null], Session::from_iter([("a", Value::Null)]));
    let rows = [
        (true.into(), "bool true"),
        (false.into(), "bool false"),
        ((-7).into(), "i64 -7"),
        ("é".into(), "str é"),
        (Value::Markup("<b>".into()), "str <b>"),
        (Value::List(list.clone()), "list 1"),
        (Value::Tuple(list), "list 1"),
        (Value::Map(map), "map 1"),
        (Value::Bytes(vec![2, 3]), "bytes [2, 3]"),
    ];
    for (value, expected) in rows {
        let told: Vec<_> = [
            value.as_bool().map(|value| format!("bool {value}")),
            value.as_i64().map(|value| format!("i64 {value}")),
            value.as_str().map(|value| format!("str {value}")),
            value.as_list().map(|values| format!("list {}", values.len())),
            value.as_map().map(|map| format!("map {}", map.len())),
            value.as_bytes().map(|octets| format!("bytes {octets:?}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        assert_eq!(told, [expected]);
    }
    let json = |text: &str| text.parse::<json::Value>().unwrap().as_bool();
    assert_eq!([json("true"), json("false"), json("null")], [Some(true), Some(false), None]);
}

/// Values of every kind, nested, with keys that are tags or escape them.
fn flask_values() -> impl Strategy<Value = Value> {
    let key = || prop_oneof!["[a-c]{0,2}", "( t| b| m| u| d| di| zz)(__)?", any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("finite", Number::from_f64).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        any::<Vec<u8>>().prop_map(Value::from),
        any::<String>().prop_map(Value::Markup),
        any::<[u8; 16]>().prop_map(Value::Uuid),
        (-62_135_596_800_i64..253_402_300_800).prop_map(Value::DateTime),
    ];
    leaf.prop_recursive(6, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Tuple),
            prop::collection::vec((key(), inner), 0..3).prop_map(|entries| Value::Map(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_session_comes_back_as_it_was(entries in prop::collection::vec((any::<String>(), flask_values()), 0..4)) {
        let session: Session = entries.into_iter().collect();
        let sessions = Sessions::new(Key::new("k").unwrap());
        let text = sessions.sign(&session, NOW).unwrap();
        let opened = sessions.open(&text, NOW).unwrap().into_value();
        prop_assert!(opened == session);
        // What was read is written as what was read.
        prop_assert_eq!(sessions.sign(&opened, NOW).unwrap(), text);
    }

    #[test]
    fn json_is_what_serde_json_reads(text in "[\\[\\]{}:,0-9eE.+\\- \"\\\\ntrufalse\u{e9}]{0,24}") {
        // serde_json's own values are a reader of another making, numbers beyond 64 bits aside.
        let ours = text.parse::<json::Value>().map(|value| value.to_string());
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        match (&ours, &theirs) {
            (Ok(ours), Ok(theirs)) => prop_assert_eq!(&serde_json::from_str::<serde_json::Value>(ours).unwrap(), theirs),
            (Err(_), Err(_)) => {}
            (Ok(_), Err(error)) => prop_assert!(error.to_string().contains("number out of range"), "{} {}", text, error),
            (Err(error), Ok(_)) => prop_assert!(false, "{} {}", text, error),
        }
    }
}
