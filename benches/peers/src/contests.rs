//! Who does what against whom, with the bars this crate has set itself.

use std::time::{Duration, SystemTime};

use hardtack::CookieDate;

use crate::contest::Contest;
use crate::inputs;
use crate::work;

const HARDTACK: &str = "hardtack";

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
            .against("cookie split_parse", 5.0, 8.0, || each(headers, work::tokenize_cookie))
            .against("biscotti", 11.0, None, move || {
                each(headers, |header| work::tokenize_biscotti(header, &processor));
            })
            .against("split by hand", 2.2, None, || each(headers, work::tokenize_by_hand))
            .against("two memchr passes", None, None, || {
                each(headers, |header| work::two_memchr_passes(header.as_bytes()));
            }),
        Contest::new(format!("tokenize {many}, `&[u8]`"), HARDTACK, || {
            each(headers, |header| work::tokenize_bytes(header.as_bytes()));
        })
        .against("cookie split_parse", 6.0, 8.0, || each(headers, work::tokenize_cookie))
        .against("two memchr passes", None, 1.0 / 1.2, || {
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
            8.0,
            12.0,
            || each(headers, work::decode_cookie),
        ),
        Contest::new(format!("`SetCookie::parse` of the {} {kind} lines", lines.len()), HARDTACK, || {
            each(lines, work::set_cookie);
        })
        .against("cookie Cookie::parse", 5.0, 8.0, || each(lines, work::set_cookie_cookie)),
    ]
}

pub fn of_pairs<'a>(short: &'a str, single: &'a str) -> Vec<Contest<'a>> {
    [(short, "30 short pairs", 8.0, 10.0), (single, "a single pair", 5.0, 7.0)]
        .into_iter()
        .map(|(header, what, bar, aim)| {
            Contest::new(format!("tokenize {what}, `&str`"), HARDTACK, || work::tokenize_str(header))
                .against("cookie split_parse", bar, aim, || work::tokenize_cookie(header))
                .against("split by hand", None, None, || work::tokenize_by_hand(header))
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
    vec![
        Contest::new("write a full cookie into a reused buffer", HARDTACK, move || work::write(&ours, &mut buffer))
            .against("cookie to_string", 5.0, 8.0, move || drop(std::hint::black_box(theirs.to_string())))
            .against("cookie write! into a reused String", 4.0, 8.0, move || {
                work::write_cookie(&same, &mut text_buffer);
            }),
        Contest::new("format a date", HARDTACK, move || work::write_date(date)).against(
            "httpdate, write! into a reused String",
            2.5,
            4.0,
            move || work::write_date_httpdate(moment.into(), &mut date_buffer),
        ),
        Contest::new("format a `SystemTime`", HARDTACK, move || work::write_time(moment)).against(
            "httpdate fmt_http_date",
            2.5,
            4.0,
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
