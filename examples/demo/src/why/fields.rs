//! Each field, what each browser does with it, and what the next request sends.

use hardtack::CookieDate;
use hardtack::agent::{Context, Profile, StoredCookie, Verdict, Withheld};
use hardtack_cli::agent::{Agents, differences};
use hardtack_cli::input::{self, Field, FieldName};
use hardtack_cli::screen::visible;
use maud::{Markup, html};

use crate::reading::{self, Values};
use crate::why::answer::AnswerError;
use crate::why::question::Question;

pub(crate) fn answer(question: &Question, now: CookieDate) -> Result<Markup, AnswerError> {
    let found = input::fields(question.text.as_bytes())?;
    if found.is_empty() {
        return Err(AnswerError::Nothing);
    }
    let mut agents = question.agents();
    let mut last = None;
    let mut sections = Vec::new();
    for field in &found {
        let context = context(question, field)?;
        let verdicts = match (&context, field.name) {
            (Some(context), FieldName::SetCookie) => agents.set(&field.text, context, now),
            _ => Vec::new(),
        };
        sections.push(section(field, context.as_ref(), &verdicts, question.values()));
        last = context.or(last);
    }
    let next = match question.then.trim() {
        "" => last,
        then => Some(question.circumstances().request(then).map_err(AnswerError::Then)?),
    };
    Ok(html! {
        section aria-label="Answer" {
            @for section in &sections { (section) }
            @match next {
                Some(next) => (next_request(&agents, &next, now, question.values())),
                None => p.note { "Give the URL, and each browser's verdict stands here." },
            }
        }
    })
}

/// The request of the form's URL, or else the one that the input tells.
fn context(question: &Question, field: &Field) -> Result<Option<Context>, AnswerError> {
    let (url, method) = match (question.url.trim(), &field.request) {
        ("", None) => return Ok(None),
        ("", Some(request)) => (request.url.as_str(), Some(request.method.clone())),
        (url, request) => (url, request.as_ref().map(|request| request.method.clone())),
    };
    let mut circumstances = question.circumstances();
    circumstances.method = method.filter(|method| !method.is_empty());
    circumstances.request(url).map(Some).map_err(AnswerError::Url)
}

fn section(field: &Field, context: Option<&Context>, verdicts: &[(Profile, Verdict)], values: Values) -> Markup {
    html! {
        h2 {
            (field.name.as_str()) " in line " (field.line)
            @if let Some(context) = context { ", " (visible(context.to_string().as_bytes())) }
        }
        @match field.name {
            FieldName::Cookie => (reading::cookie(&field.text, values)),
            FieldName::SetCookie => (reading::set_cookie(&field.text, values)),
        }
        @if !verdicts.is_empty() { (side_by_side(verdicts)) }
    }
}

/// The verdict of every profile beside the others.
pub(crate) fn side_by_side(verdicts: &[(Profile, Verdict)]) -> Markup {
    let differences = differences(verdicts);
    html! {
        div.agents {
            @for (profile, verdict) in verdicts { (card(*profile, verdict)) }
        }
        p.faint {
            @if differences.is_empty() { "They do the same." } @else { "They differ in: " (differences.join(", ")) "." }
        }
    }
}

/// The user agent by the name people know.
pub(crate) const fn name(profile: Profile) -> &'static str {
    match profile {
        Profile::Chromium => "Chromium",
        Profile::Firefox => "Firefox",
        _ => "The standard",
    }
}

fn card(profile: Profile, verdict: &Verdict) -> Markup {
    let (class, outcome) = match verdict {
        Verdict::Stored { .. } => ("good", "kept"),
        Verdict::Expired { .. } => ("note", "deleted, if it was there"),
        _ => ("bad", "refused"),
    };
    html! {
        div.card {
            h3 { (name(profile)) }
            p class={ "outcome " (class) } { (outcome) }
            @if let Some(cookie) = verdict.cookie() { p { (visible(cookie.to_string().as_bytes())) } }
            @if !verdict.refusals().is_empty() {
                ul {
                    @for refusal in verdict.refusals() {
                        li { (visible(refusal.to_string().as_bytes())) " " span.faint { "(" (refusal.section()) ")" } }
                    }
                }
            }
            @if !verdict.warnings().is_empty() {
                ul {
                    @for warning in verdict.warnings() {
                        li.note { (visible(warning.to_string().as_bytes())) " (" (warning.section()) ")" }
                    }
                }
            }
            @if !verdict.effects().is_empty() {
                details {
                    summary { "Each attribute" }
                    ul { @for effect in verdict.effects() { li { (visible(effect.to_string().as_bytes())) } } }
                }
            }
        }
    }
}

fn next_request(agents: &Agents, context: &Context, now: CookieDate, values: Values) -> Markup {
    let sent = agents.cookies(context, now);
    let withheld = agents.withheld(context, now);
    html! {
        h2 { "The next request, " (visible(context.to_string().as_bytes())) }
        div.agents {
            @for ((profile, cookies), (_, withheld)) in sent.iter().zip(&withheld) {
                div.card {
                    h3 { (name(*profile)) }
                    (sends(cookies, withheld, values))
                }
            }
        }
    }
}

fn sends(cookies: &[&StoredCookie], withheld: &[(&StoredCookie, Withheld)], values: Values) -> Markup {
    html! {
        @if cookies.is_empty() {
            p.outcome.bad { "sends no cookie" }
        } @else {
            p.outcome.good { "sends" }
            pre { "Cookie: " (cookies.iter().map(|cookie| pair(cookie, values)).collect::<Vec<_>>().join("; ")) }
        }
        @if !withheld.is_empty() {
            ul {
                @for (cookie, why) in withheld {
                    li { "not " strong { (visible(&cookie.name)) } ": " (visible(why.to_string().as_bytes())) }
                }
            }
        }
    }
}

fn pair(cookie: &StoredCookie, values: Values) -> String {
    let value = values.of(&cookie.value);
    if cookie.name.is_empty() { value } else { format!("{}={value}", visible(&cookie.name)) }
}
