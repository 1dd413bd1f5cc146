//! Set-Cookie lines in each browser: what is kept, what is sent, and in Chromium the browser's own reason.

mod table;

use std::collections::BTreeSet;
use std::time::SystemTime;

use hardtack::CookieDate;
use hardtack::agent::{BundledList, Context, Store, StoredCookie, Verdict};
use hardtack_browsers::sites::{Answer, Sites};
use hardtack_browsers::{Driver, Failure, Settings, Stored, conclude, installed};
use table::{At, LINES};

/// The seconds by which an expiry may differ: a busy machine takes that long between two looks at the clock.
const SLACK: i64 = 90;

#[test]
fn lines_in_each_browser() -> Result<(), Failure> {
    assert_eq!(LINES.len(), 150);
    for (_, begin) in installed()? {
        let sites = Sites::begin(|asked| {
            let index = asked.host.split('.').next().and_then(|host| host.strip_prefix('c')).map(str::parse::<usize>);
            match (index, asked.target.as_str()) {
                (Some(Ok(index)), "/dir/set") => Answer {
                    set_cookies: vec![line(index, &asked.host)],
                    location: Some("/dir/sent".to_owned()),
                    ..Answer::default()
                },
                _ => Answer { html: "<!doctype html><title>sent</title>".to_owned(), ..Answer::default() },
            }
        })?;
        let profile = tempfile::tempdir()?;
        let mut browser = begin(profile.path(), Settings { sites: Some(sites.port), ..Settings::default() })?;
        let mut store = Store::with_suffixes(browser.profile(), BundledList);
        let mut differences = Vec::new();
        for index in 0..LINES.len() {
            differences.extend(compare(&mut *browser, &sites, &mut store, index)?);
        }
        // All hosts are apart, so that one look at the end sees what each line left.
        let kept = browser.stored()?;
        let all: BTreeSet<_> = store.iter().map(|cookie| cookie.domain.clone()).collect();
        for index in 0..LINES.len() {
            let site = host(index);
            let seen =
                kept.iter().find(|cookie| cookie.domain == site || site.ends_with(&format!(".{}", cookie.domain)));
            let ours =
                store.iter().find(|cookie| cookie.domain == site || site.ends_with(&format!(".{}", cookie.domain)));
            differences.extend(differing(seen, ours).map(|what| told(index, &what)));
        }
        println!(
            "{} {}: {} lines, {} kept by the browser, {} by the crate for {} domains",
            browser.profile(),
            browser.version(),
            LINES.len(),
            kept.len(),
            store.len(),
            all.len()
        );
        conclude(&*browser, &differences)?;
        browser.close()?;
    }
    Ok(())
}

fn host(index: usize) -> String {
    match LINES.get(index).map(|row| row.0) {
        Some(At::Http) => format!("c{index}.s{index}.example"),
        _ => format!("c{index}.s{index}.localhost"),
    }
}

/// The line, with the host for `{h}` and the site for `{s}`, and `{N}` for as many letters.
fn line(index: usize, host: &str) -> Vec<u8> {
    let Some((_, text)) = LINES.get(index) else { return Vec::new() };
    let site = host.split_once('.').map_or(host, |(_, site)| site);
    let mut line = Vec::new();
    let mut rest = *text;
    while let Some(open) = rest.iter().position(|&byte| byte == b'{') {
        let (before, behind) = rest.split_at(open);
        line.extend_from_slice(before);
        let close = behind.iter().position(|&byte| byte == b'}').unwrap_or(behind.len() - 1);
        let (name, behind) = behind.split_at(close + 1);
        match name {
            b"{h}" => line.extend_from_slice(host.as_bytes()),
            b"{s}" => line.extend_from_slice(site.as_bytes()),
            _ => {
                let count = String::from_utf8_lossy(name).trim_matches(['{', '}']).parse().unwrap_or(0);
                line.extend(core::iter::repeat_n(b'x', count));
            }
        }
        rest = behind;
    }
    line.extend_from_slice(rest);
    line
}

/// What the browser sends after a line, and why it refused it, beside what the crate says.
fn compare(
    browser: &mut dyn Driver,
    sites: &Sites,
    store: &mut Store<BundledList>,
    index: usize,
) -> Result<Vec<String>, Failure> {
    let host = host(index);
    let url = format!("http://{host}:{}/dir/set", sites.port);
    let _ = (sites.take(), browser.blocked()?);
    browser.go(&url)?;
    let now = CookieDate::from(SystemTime::now());
    let verdict = store.set(&line(index, &host), &Context::request(&url).navigation(true).build()?, now);
    let next = format!("http://{host}:{}/dir/sent", sites.port);
    let ours = store.cookie_field(&Context::request(&next).navigation(true).build()?, now);

    let mut differences = Vec::new();
    let asked = sites.take();
    let Some(sent) = asked.iter().find(|asked| asked.host == host && asked.target == "/dir/sent") else {
        return Err(format!("{host} was not asked: {}", line(index, &host).escape_ascii()).into());
    };
    if sent.cookie != ours {
        let shown = |field: &Option<Vec<u8>>| field.as_ref().map_or("nothing".to_owned(), |field| short(field));
        differences.push(told(index, &format!("sends {}, and the crate {}", shown(&sent.cookie), shown(&ours))));
    }
    if let Some(reasons) = browser.blocked()? {
        let theirs: BTreeSet<String> = reasons.into_iter().collect();
        let ours: BTreeSet<String> = reasons_of(&verdict);
        if theirs != ours {
            differences.push(told(index, &format!("refuses for {theirs:?}, and the crate for {ours:?}")));
        }
    }
    Ok(differences)
}

/// The reasons as the developer tools name them; some refusals are Firefox's alone and have none.
fn reasons_of(verdict: &Verdict) -> BTreeSet<String> {
    verdict.refusals().iter().filter_map(hardtack::agent::Refusal::chromium_reason).map(str::to_owned).collect()
}

fn told(index: usize, what: &str) -> String {
    format!("line {index}, {}: {what}", short(&line(index, &host(index))))
}

fn short(octets: &[u8]) -> String {
    let text = octets.escape_ascii().to_string();
    let end = text.char_indices().nth(120).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default().to_owned()
}

fn differing(seen: Option<&Stored>, ours: Option<&StoredCookie>) -> Option<String> {
    let (seen, ours) = match (seen, ours) {
        (None, None) => return None,
        (Some(_), None) => return Some("is kept, and not by the crate".to_owned()),
        (None, Some(_)) => return Some("is not kept, and by the crate it is".to_owned()),
        (Some(seen), Some(ours)) => (seen, ours),
    };
    let lossy = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    let is_expiry_apart = match (seen.expires, ours.expires) {
        (Some(seen), Some(ours)) => (seen - ours.unix_timestamp()).abs() > SLACK,
        (seen, ours) => seen.is_some() != ours.is_some(),
    };
    let mut parts = Vec::new();
    let mut part = |name: &str, differs: bool| {
        if differs {
            parts.push(name.to_owned());
        }
    };
    // The developer tools show what is not UTF-8 as nothing; that it is kept is seen where it is sent.
    part("name", seen.name != lossy(&ours.name) && str::from_utf8(&ours.name).is_ok());
    part("domain", seen.domain != ours.domain);
    part("host-only", seen.host_only != ours.host_only);
    part("path", seen.path != lossy(&ours.path));
    part("Secure", seen.secure != ours.secure);
    part("HttpOnly", seen.http_only != ours.http_only);
    part("SameSite", seen.same_site != ours.same_site);
    part("expiry", is_expiry_apart);
    part("partition", seen.partitioned != ours.partition.is_some());
    (!parts.is_empty()).then(|| format!("differs in {}: {seen:?}", parts.join(", ")))
}
