//! What user agents do with a line, and what they send: for the eye, and as JSON.

use std::io::{self, Write};

use anstyle::Style;
use hardtack::CookieDate;
use hardtack::agent::{Context, Profile, Verdict};
use hardtack_cli::agent::{Agents, differences};
use hardtack_cli::screen::visible;

use crate::json;
use crate::style::{BAD, GOOD, HEADING, NOTE, PLAIN};

/// Shows what becomes of a line, and tells whether anybody refuses it.
pub(crate) fn set(
    out: &mut impl Write,
    agents: &mut Agents,
    text: &[u8],
    context: &Context,
    now: CookieDate,
    as_json: bool,
) -> io::Result<bool> {
    let verdicts = agents.set(text, context, now);
    let url = context.to_string();
    if as_json {
        for (profile, verdict) in &verdicts {
            writeln!(out, "{}", json::verdict(*profile, &url, verdict))?;
        }
        if verdicts.len() > 1 {
            writeln!(out, "{}", serde_json::json!({ "differences": differences(&verdicts) }))?;
        }
    } else if let [(profile, verdict)] = verdicts.as_slice() {
        writeln!(out, "\n  {profile} at {}", visible(url.as_bytes()))?;
        for line in verdict.to_string().lines() {
            writeln!(out, "  {}", coloured(line, verdict))?;
        }
    } else {
        writeln!(out, "\n  at {}", visible(url.as_bytes()))?;
        side_by_side(out, "  ", &verdicts)?;
    }
    Ok(verdicts.iter().any(|(_, verdict)| verdict.refusal().is_some()))
}

/// One line a profile, and in what they differ.
pub(crate) fn side_by_side(out: &mut impl Write, margin: &str, verdicts: &[(Profile, Verdict)]) -> io::Result<()> {
    for (profile, verdict) in verdicts {
        writeln!(out, "{margin}{profile:<10}  {}", first_line(verdict))?;
    }
    let parts = differences(verdicts);
    if parts.is_empty() {
        return writeln!(out, "{margin}no difference");
    }
    writeln!(out, "{margin}{NOTE}they differ:{NOTE:#} {}", parts.join(", "))?;
    // What only some of those that keep it say of an attribute.
    let kept = || verdicts.iter().filter(|(_, verdict)| verdict.cookie().is_some());
    for (profile, verdict) in kept() {
        for effect in
            verdict.effects().iter().filter(|effect| !kept().all(|(_, other)| other.effects().contains(effect)))
        {
            writeln!(out, "{margin}{profile:<10}  {}", visible(effect.to_string().as_bytes()))?;
        }
    }
    Ok(())
}

/// The outcome in one line.
pub(crate) fn first_line(verdict: &Verdict) -> String {
    coloured(verdict.to_string().lines().next().unwrap_or_default(), verdict)
}

fn coloured(line: &str, verdict: &Verdict) -> String {
    let style: Style = match verdict {
        _ if line.starts_with("  warning") => NOTE,
        _ if line.starts_with(' ') => PLAIN,
        Verdict::Stored { .. } => GOOD,
        Verdict::Expired { .. } => NOTE,
        _ => BAD,
    };
    let colon = line.find(':').filter(|_| style != PLAIN).unwrap_or_default();
    let (word, rest) = line.split_at(colon);
    format!("{style}{}{style:#}{}", visible(word.as_bytes()), visible(rest.as_bytes()))
}

/// Shows what the requests that follow carry.
pub(crate) fn request(
    out: &mut impl Write,
    agents: &Agents,
    context: &Context,
    now: CookieDate,
    (as_json, redact): (bool, bool),
) -> io::Result<()> {
    let url = context.to_string();
    let sent = agents.cookies(context, now);
    if as_json {
        for (profile, cookies) in &sent {
            let field = json::field_text(cookies, redact);
            writeln!(out, "{}", json::request(*profile, &url, field.as_deref(), cookies))?;
        }
        return Ok(());
    }
    writeln!(out, "\n{HEADING}request for{HEADING:#} {}", visible(url.as_bytes()))?;
    let fields: Vec<_> = sent.iter().map(|(profile, cookies)| (profile, json::field_text(cookies, redact))).collect();
    let text = |field: &Option<String>| match field {
        Some(field) => format!("Cookie: {field}"),
        None => "no Cookie field".to_owned(),
    };
    let values = |index: usize| {
        sent.get(index)
            .map(|(_, cookies)| cookies.iter().map(|cookie| (&cookie.name, &cookie.value)).collect::<Vec<_>>())
    };
    let same = (1..sent.len()).all(|index| values(index) == values(0));
    match fields.first() {
        Some((_, field)) if same => writeln!(out, "  {}", text(field)),
        _ => fields.iter().try_for_each(|(profile, field)| writeln!(out, "  {profile:<10}  {}", text(field))),
    }
}
