//! What user agents do with a line, and what they send: for the eye, and as JSON.

use std::io::{self, Write};

use anstyle::Style;
use hardtack::CookieDate;
use hardtack::agent::{Context, Profile, StoredCookie, Verdict, Withheld};
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
        for refusal in verdict.refusals().iter().skip(1) {
            let also = visible(format!("{refusal} ({})", refusal.section()).as_bytes());
            writeln!(out, "{margin}            and: {also}")?;
        }
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
    let withheld = agents.withheld(context, now);
    if as_json {
        for ((profile, cookies), (_, withheld)) in sent.iter().zip(&withheld) {
            let field = json::field_text(cookies, redact);
            writeln!(out, "{}", json::request(*profile, &url, field.as_deref(), cookies, withheld))?;
        }
        return Ok(());
    }
    writeln!(out, "{HEADING}request for{HEADING:#} {}", visible(url.as_bytes()))?;
    let answers: Vec<_> =
        sent.iter().zip(&withheld).map(|((_, cookies), (_, withheld))| answer(cookies, withheld, redact)).collect();
    match answers.split_first() {
        Some((first, others)) if others.iter().all(|other| other == first) => {
            first.iter().try_for_each(|line| writeln!(out, "  {line}"))
        }
        _ => sent.iter().zip(&answers).try_for_each(|((profile, _), lines)| {
            let names = core::iter::once(profile.as_str()).chain(core::iter::repeat(""));
            lines.iter().zip(names).try_for_each(|(line, name)| writeln!(out, "  {name:<10}  {line}"))
        }),
    }
}

/// The field that is sent, and each cookie that is not.
fn answer(cookies: &[&StoredCookie], withheld: &[(&StoredCookie, Withheld)], redact: bool) -> Vec<String> {
    let field = json::field_text(cookies, redact);
    let field = field.map_or_else(|| "no Cookie field".to_owned(), |field| format!("Cookie: {field}"));
    let kept_back = withheld.iter().map(|(cookie, reason)| {
        let cookie = visible(cookie.to_string().as_bytes());
        format!("{NOTE}not sent:{NOTE:#} {cookie}: {reason}")
    });
    core::iter::once(field).chain(kept_back).collect()
}
