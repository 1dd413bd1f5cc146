//! Who does what against whom, with the bars this crate has set itself.

use std::time::{Duration, SystemTime};

use hardtack::CookieDate;

use crate::contest::Contest;
use crate::inputs;
use crate::work;

const HARDTACK: &str = "hardtack";

/// Text may take little longer than octets: a twentieth, and better a fiftieth.
const AS_BYTES: &str = "hardtack, the same as `&[u8]`";
const STR_TO_BYTES: (f64, f64) = (1.0 / 1.05, 1.0 / 1.02);

/// The headers and lines that the contests are about.
pub struct Inputs {
    /// How the rows call them.
    pub kind: &'static str,
    pub headers: Vec<String>,
    pub lines: Vec<String>,
}

impl Inputs {
    /// The synthesized ones, and the real ones where they are at hand.
    pub fn all() -> Vec<Self> {
        let real = inputs::real_headers().zip(inputs::real_lines());
        let real = real.map(|(headers, lines)| Self { kind: "real", headers, lines });
        let shaped = Self { kind: "synthesized", headers: inputs::shaped_headers(), lines: inputs::shaped_lines() };
        real.into_iter().chain([shaped]).collect()
    }
}

pub fn of_headers(inputs: &Inputs) -> Vec<Contest<'_>> {
    let Inputs { kind, headers, lines } = inputs;
    let asked: Vec<(&str, &str)> = headers.iter().map(|header| (header.as_str(), middle_name(header))).collect();
    let asked_too = asked.clone();
    let processor = work::raw_processor();
    let many = format!("the {} {kind} headers", headers.len());
    vec![
        Contest::new(format!("tokenize {many}, `&str`"), HARDTACK, || each(headers, work::tokenize_str))
            .against("cookie split_parse", 9.5, 11.0, || each(headers, work::tokenize_cookie))
            .against("kekse, which decodes", 5.0, None, || each(headers, work::tokenize_kekse))
            .against("biscotti", 11.0, None, move || {
                each(headers, |header| work::tokenize_biscotti(header, &processor));
            })
            .against("split by hand", 2.4, 3.0, || each(headers, work::tokenize_by_hand))
            .against("two memchr passes", 0.88, 1.05, || {
                each(headers, |header| work::two_memchr_passes(header.as_bytes()));
            })
            .against(AS_BYTES, STR_TO_BYTES.0, STR_TO_BYTES.1, || {
                each(headers, |header| work::tokenize_bytes(header.as_bytes()));
            }),
        Contest::new(format!("tokenize {many}, `&[u8]`"), HARDTACK, || {
            each(headers, |header| work::tokenize_bytes(header.as_bytes()));
        })
        .against("cookie split_parse", 10.0, 11.5, || each(headers, work::tokenize_cookie))
        .against("two memchr passes", 0.92, 1.05, || {
            each(headers, |header| work::two_memchr_passes(header.as_bytes()));
        }),
        Contest::new(format!("get one cookie out of {many}"), HARDTACK, move || {
            for (header, name) in &asked {
                work::get(header, name);
            }
        })
        .against("cookie CookieJar, filled", 15.0, 30.0, move || {
            for (header, name) in &asked_too {
                work::get_cookie(header, name);
            }
        }),
        Contest::new(format!("tokenize and percent-decode {many}"), HARDTACK, || each(headers, work::decode)).against(
            "cookie split_parse_encoded",
            12.0,
            14.0,
            || each(headers, work::decode_cookie),
        ),
        Contest::new(format!("`SetCookie::parse` of the {} {kind} lines", lines.len()), HARDTACK, || {
            each(lines, work::set_cookie);
        })
        .against("cookie Cookie::parse", 5.6, 7.0, || each(lines, work::set_cookie_cookie))
        .against("kekse SetCookie::parse", None, None, || each(lines, work::set_cookie_kekse)),
    ]
}

pub fn of_pairs<'a>(short: &'a str, single: &'a str, long: &'a str) -> Vec<Contest<'a>> {
    [
        (short, "30 short pairs", 13.0, 16.0),
        (single, "a single pair", 10.0, 12.0),
        (long, "one value of 4 KB", 4.0, 5.0),
    ]
    .into_iter()
    .map(|(header, what, bar, aim)| {
        Contest::new(format!("tokenize {what}, `&str`"), HARDTACK, || work::tokenize_str(header))
            .against("cookie split_parse", bar, aim, || work::tokenize_cookie(header))
            .against("split by hand", None, None, || work::tokenize_by_hand(header))
            .against(AS_BYTES, STR_TO_BYTES.0, STR_TO_BYTES.1, || work::tokenize_bytes(header.as_bytes()))
    })
    .collect()
}

pub fn of_writing() -> Vec<Contest<'static>> {
    let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(work::SECOND.unsigned_abs());
    let date = CookieDate::from(moment);
    let ours = work::full_cookie();
    let theirs = work::full_cookie_cookie();
    let same = theirs.clone();
    let text = date.to_string();
    let text_too = text.clone();
    let (mut buffer, mut text_buffer, mut date_buffer) = (Vec::new(), String::new(), String::new());
    let (mut built, mut built_text) = (Vec::new(), String::new());
    vec![
        Contest::new("write a full cookie into a reused buffer", HARDTACK, move || work::write(&ours, &mut buffer))
            .against("cookie to_string", 5.0, 8.0, move || drop(std::hint::black_box(theirs.to_string())))
            .against("cookie write! into a reused String", 8.0, 9.0, move || {
                work::write_cookie(&same, &mut text_buffer);
            }),
        Contest::new("build a full cookie and write it into a reused buffer", HARDTACK, move || {
            work::write(&work::full_cookie(), &mut built);
        })
        .against("cookie, write! into a reused String", 3.0, 4.0, move || {
            work::write_cookie(&work::full_cookie_cookie(), &mut built_text);
        }),
        Contest::new("format a date", HARDTACK, move || work::write_date(date)).against(
            "httpdate, write! into a reused String",
            2.5,
            4.0,
            move || work::write_date_httpdate(moment.into(), &mut date_buffer),
        ),
        Contest::new("format a `SystemTime`", HARDTACK, move || work::write_time(moment)).against(
            "httpdate fmt_http_date",
            2.0,
            3.0,
            move || work::write_time_httpdate(moment),
        ),
        Contest::new("read an IMF-fixdate", HARDTACK, move || work::read_date(&text)).against(
            "httpdate parse_http_date",
            None,
            None,
            move || work::read_date_httpdate(&text_too),
        ),
    ]
}

/// A user agent: a line judged, a cookie set once more, the field of a request.
pub fn of_a_user_agent() -> Vec<Contest<'static>> {
    let (context, url) = (work::context(), work::url());
    let (mut store, mut store_too) = (work::store(), work::store_cookie_store());
    let (mut ten, ten_too) = (work::store(), work::store_cookie_store());
    let (context_again, url_again) = (context.clone(), url.clone());
    let (context_of_ten, url_of_ten) = (context.clone(), url.clone());
    vec![
        Contest::new("judge a Set-Cookie line", HARDTACK, move || work::judge(&context)).against(
            "cookie_store Cookie::parse",
            1.2,
            2.0,
            move || work::judge_cookie_store(&url),
        ),
        Contest::new("set a cookie again in a store of ten", HARDTACK, move || {
            work::set_again(&mut store, &context_again);
        })
        .against("cookie_store CookieStore::parse", 1.2, 2.0, move || {
            work::set_again_cookie_store(&mut store_too, &url_again);
        }),
        Contest::new("the Cookie field of ten", HARDTACK, move || work::field(&mut ten, &context_of_ten)).against(
            "cookie_store get_request_values, joined",
            4.5,
            6.0,
            move || work::field_cookie_store(&ten_too, &url_of_ten),
        ),
    ]
}

/// The name of the pair in the middle, rounded up: of a header's one or two the last.
fn middle_name(header: &str) -> &str {
    let names: Vec<&str> = hardtack::parse(header).map(hardtack::Pair::name).collect();
    names[names.len() / 2]
}

fn each(texts: &[String], mut work: impl FnMut(&str)) {
    for text in texts {
        work(text);
    }
}
