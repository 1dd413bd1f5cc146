//! A HAR, entry by entry: what each response set, what each request sent.

use hardtack::CookieDate;
use hardtack::agent::Profile;
use hardtack_cli::agent::{EntryReading, Recording};
use hardtack_cli::input::har::{self, Entry};
use hardtack_cli::screen::visible;
use maud::{Markup, html};

use crate::reading;
use crate::why::answer::AnswerError;
use crate::why::fields::{name, side_by_side};
use crate::why::question::Question;

/// The most entries that are shown: a page of a thousand verdicts helps nobody.
const MAX_SHOWN: usize = 100;

pub(crate) fn answer(question: &Question, now: CookieDate) -> Result<Markup, AnswerError> {
    let recording = Recording::new(Profile::ALL, now);
    let mut recording = match question.third_parties.policy() {
        Some(policy) => recording.third_parties(policy),
        None => recording,
    };
    let (mut shown, mut with_cookies) = (Vec::new(), 0_usize);
    let count = har::read(question.text.as_bytes(), |entry| {
        if let Ok(reading) = recording.entry(&entry)
            && says_something(&entry, &reading)
        {
            with_cookies += 1;
            if shown.len() < MAX_SHOWN {
                shown.push(section(&entry, &reading, question));
            }
        }
        Ok(())
    })?;
    Ok(html! {
        section aria-label="Answer" {
            p { (count) " requests, " (with_cookies) " with cookies" @if with_cookies > shown.len() { ", of which the first " (shown.len()) " are shown" } "." }
            @for section in &shown { (section) }
        }
    })
}

fn says_something(entry: &Entry, reading: &EntryReading) -> bool {
    !entry.cookies.is_empty() || !entry.set_cookies.is_empty() || !reading.missing.is_empty()
}

fn section(entry: &Entry, reading: &EntryReading, question: &Question) -> Markup {
    let first = Profile::ALL.first().copied().unwrap_or_default();
    html! {
        h2 { (visible(entry.method.as_bytes())) " " (visible(reading.context.to_string().as_bytes())) " - " (entry.status) }
        @if reading.cross_site { p.note { "Another site caused this request." } }
        @for cookie in &entry.cookies { (reading::cookie(cookie.as_bytes(), question.values())) }
        (names("Sent, though no response of the recording set it", &reading.unknown))
        (names("Sent with another value than a response set last", &reading.changed))
        @if !reading.missing.is_empty() {
            p.note { (name(first)) " would have sent, and this browser did not: " (list(&reading.missing)) }
        }
        @for (cookie, why) in &reading.unexpected {
            p.note { "Sent, though " (name(first)) " would not: " strong { (visible(cookie)) } ": " (why.to_string()) }
        }
        @for (line, verdicts) in entry.set_cookies.iter().zip(&reading.verdicts) {
            (reading::set_cookie(line.as_bytes(), question.values()))
            (side_by_side(verdicts))
        }
    }
}

fn names(what: &str, names: &[Vec<u8>]) -> Markup {
    html! { @if !names.is_empty() { p.faint { (what) ": " (list(names)) } } }
}

fn list(names: &[Vec<u8>]) -> String {
    names.iter().map(|name| visible(name)).collect::<Vec<_>>().join(", ")
}
