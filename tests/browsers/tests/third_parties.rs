//! Two sites, one of which embeds the other: what the embedded one may set, and what it is sent, in each browser.

use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use hardtack::agent::{BundledList, Context, Profile, Store, ThirdParties};
use hardtack::{CookieDate, parse};
use hardtack_browsers::sites::{Answer, Asked, Sites};
use hardtack_browsers::{Driver, Failure, Settings, conclude, installed};

/// What the shop sets on a page of its own, by a suffix `1`, and in a frame, by `3`.
const COOKIES: [(&str, &str); 6] = [
    ("plain", ""),
    ("lax", "; SameSite=Lax"),
    ("strict", "; SameSite=Strict"),
    ("none", "; SameSite=None; Secure"),
    ("partitioned", "; SameSite=None; Secure; Partitioned"),
    ("insecure", "; SameSite=None"),
];

const SHOP: &str = "shop.localhost";
const NEWS: &str = "news.localhost";
const BLOG: &str = "blog.localhost";

fn lines(suffix: char) -> Vec<String> {
    COOKIES.iter().map(|(name, attributes)| format!("{name}{suffix}=1; Path=/{attributes}")).collect()
}

fn answer(asked: &Asked) -> Answer {
    let shop = format!("http://{SHOP}:{}", asked.port);
    let set = |suffix| lines(suffix).into_iter().map(String::into_bytes).collect();
    let page = |html: String| Answer {
        html: format!("<!doctype html><title>{}</title>{html}", asked.host),
        ..Answer::default()
    };
    match asked.target.as_str() {
        "/own" => Answer { set_cookies: set('1'), ..page(String::new()) },
        "/frame" => Answer { set_cookies: set('3'), ..page(String::new()) },
        "/embeds" => page(format!("<iframe src='{shop}/frame'></iframe>")),
        "/embeds-again" => page(format!("<iframe src='{shop}/framed'></iframe><img src='{shop}/image'>")),
        "/links" => page(format!(
            "<a href='{shop}/followed'>shop</a><form method=post action='{shop}/posted'><button>buy</button></form>"
        )),
        _ => page(String::new()),
    }
}

/// How the shop is asked, the page that asks, and what the test does there.
#[derive(Clone, Copy)]
enum Step {
    Itself(&'static str),
    Embedded { by: &'static str, page: &'static str, targets: &'static [&'static str] },
    Followed { css: &'static str, target: &'static str, method: &'static str },
}

const STEPS: [Step; 7] = [
    Step::Itself("/own"),
    Step::Embedded { by: NEWS, page: "/embeds", targets: &["/frame"] },
    Step::Embedded { by: NEWS, page: "/embeds-again", targets: &["/framed", "/image"] },
    Step::Embedded { by: BLOG, page: "/embeds-again", targets: &["/framed", "/image"] },
    Step::Followed { css: "a", target: "/followed", method: "GET" },
    Step::Followed { css: "button", target: "/posted", method: "POST" },
    Step::Itself("/again"),
];

/// What a user may decide about third parties in each browser. What it begins with differs by who built it.
const POLICIES: [(Profile, ThirdParties); 3] = [
    (Profile::Chromium, ThirdParties::Allow),
    (Profile::Chromium, ThirdParties::Block),
    (Profile::Firefox, ThirdParties::Partition),
];

#[test]
fn third_parties_in_each_browser() -> Result<(), Failure> {
    for (name, begin) in installed()? {
        for (_, policy) in POLICIES.into_iter().filter(|(profile, _)| profile.as_str() == name) {
            let sites = Sites::begin(answer)?;
            let profile = tempfile::tempdir()?;
            let settings = Settings { sites: Some(sites.port), third_parties: Some(policy) };
            let mut browser = begin(profile.path(), settings)?;
            let mut store = Store::with_suffixes(browser.profile(), BundledList).third_parties(policy);
            println!("| {name} {}, {policy}: {SHOP} is asked | it is sent |\n|---|---|", browser.version());
            let mut differences = Vec::new();
            for step in STEPS {
                differences.extend(walk(&mut *browser, &sites, &mut store, step)?);
            }
            conclude(&*browser, &differences)?;
            browser.close()?;
        }
    }
    Ok(())
}

fn walk(
    browser: &mut dyn Driver,
    sites: &Sites,
    store: &mut Store<BundledList>,
    step: Step,
) -> Result<Vec<String>, Failure> {
    let url = |host: &str, target: &str| format!("http://{host}:{}{target}", sites.port);
    let _ = sites.take();
    let (how, requests) = match step {
        Step::Itself(target) => {
            browser.go(&url(SHOP, target))?;
            let shop = url(SHOP, target);
            (format!("by itself at {target}"), vec![(target, Context::request(&shop).navigation(true).build()?)])
        }
        Step::Embedded { by, page, targets } => {
            let news = url(by, page);
            browser.go(&news)?;
            let request = |target: &&'static str| {
                let shop = url(SHOP, target);
                Ok::<_, Failure>((*target, Context::request(&shop).initiator(&news).top_level(&news).build()?))
            };
            (format!("embedded by {by}"), targets.iter().map(request).collect::<Result<_, _>>()?)
        }
        Step::Followed { css, target, method } => {
            let news = url(NEWS, "/links");
            browser.go(&news)?;
            browser.click(css)?;
            let shop = url(SHOP, target);
            let context = Context::request(&shop).initiator(&news).navigation(true).method(method).build()?;
            (format!("by a {method} from {NEWS}"), vec![(target, context)])
        }
    };
    let now = CookieDate::from(SystemTime::now());
    let asked = wait(sites, &requests.iter().map(|(target, _)| *target).collect::<Vec<_>>())?;
    let mut differences = Vec::new();
    for (target, context) in requests {
        let field = asked
            .iter()
            .find(|asked| asked.host == SHOP && asked.target == target)
            .and_then(|asked| asked.cookie.clone());
        let (theirs, ours) = (names(field.as_deref()), names(store.cookie_field(&context, now).as_deref()));
        println!("| {how}, {target} | {} |", theirs.iter().cloned().collect::<Vec<_>>().join(", "));
        if theirs != ours {
            differences.push(format!("{how}, {target}: sends {theirs:?}, and the crate {ours:?}"));
        }
        for line in answer(&Asked { target: target.to_owned(), ..Asked::default() }).set_cookies {
            store.set(&line, &context, now);
        }
    }
    Ok(differences)
}

/// What was asked, once the shop was asked for all of these.
fn wait(sites: &Sites, targets: &[&str]) -> Result<Vec<Asked>, Failure> {
    let begun = Instant::now();
    let mut asked = Vec::new();
    loop {
        asked.extend(sites.take());
        if targets.iter().all(|target| asked.iter().any(|asked| asked.host == SHOP && asked.target == *target)) {
            // What the last of them sets is kept before the next step.
            thread::sleep(Duration::from_millis(500));
            return Ok(asked);
        }
        if begun.elapsed() > Duration::from_secs(60) {
            return Err(format!("the shop was not asked for {targets:?}").into());
        }
        thread::sleep(Duration::from_millis(20));
    }
}

fn names(field: Option<&[u8]>) -> BTreeSet<String> {
    let field = field.unwrap_or_default();
    parse(field).map(|pair| String::from_utf8_lossy(pair.name()).into_owned()).collect()
}
