//! Every page by the rules of axe-core, on a phone and on a desk, by day and by night; in Chromium.
//!
//! `AXE` names the file `axe.min.js`; without it the test is skipped.

use std::{env, fs};

use hardtack_browsers::{Driver, Failure, Settings, installed, serve_demo};
use serde_json::Value;

const RUN: &str = "
const done = arguments[arguments.length - 1];
axe.run().then(
    result => done(result.violations.map(found => found.id + ': ' + found.nodes.map(node => node.html).join(' | '))),
    error => done(['axe: ' + error]));";

/// What is folded is checked as well.
const UNFOLD: &str = "document.querySelectorAll('details').forEach(details => details.open = true)";

const PATHS: [&str; 8] = ["/", "/likes", "/visits", "/license", "/login", "/why", "/why/puzzles", "/why/puzzles/8"];

/// What a form is answered with: the path, what is typed, what sends it.
type Filled = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const FORMS: &[Filled] = &[
    (
        "/likes",
        &[("#like", "a like that is one word without any space: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")],
        "form[action='/likes/add'] button",
    ),
    ("/visits", &[("#value", "a;b")], "form[action='/visits/edit'] button"),
    ("/license", &[], "form[action='/license/forge'] button"),
    ("/license", &[], "form[action='/license/agree'] button"),
    ("/license", &[], "form[action='/license/withdraw'] button"),
    ("/login", &[("#name", "Zoë")], "form[action='/login'] button"),
    ("/login", &[], "form[action='/logout'] button"),
    (
        "/why",
        &[("#text", "Set-Cookie: a=1; Secure; SameSite=x; Expires=never"), ("#url", "http://shop.example")],
        "main form button",
    ),
    ("/why", &[("#text", "hello")], "main form button"),
];

#[test]
fn no_page_breaks_a_rule() -> Result<(), Failure> {
    let Some(file) = env::var_os("AXE") else {
        println!("skipped: AXE names no file");
        return Ok(());
    };
    let axe = fs::read_to_string(file)?;
    let address = format!("http://{}", serve_demo()?);
    for (_, begin) in installed()?.into_iter().filter(|(name, _)| *name == "chromium") {
        let profile = tempfile::tempdir()?;
        let mut browser = begin(profile.path(), Settings::default())?;
        let mut found = Vec::new();
        let mut checked = 0;
        for (width, height, dark) in [(360, 740, false), (360, 740, true), (1280, 900, false), (1280, 900, true)] {
            browser.screen(width, height, dark)?;
            let mut check = |browser: &mut dyn Driver, page: &str| {
                browser.script(UNFOLD)?;
                let wide = browser.script("return document.documentElement.scrollWidth > innerWidth")?;
                if wide == Value::Bool(true) {
                    found.push(format!("{page} at {width}: wider than the screen"));
                }
                let broken = browser.script_async(&format!("{axe};{RUN}"))?;
                let broken = broken.as_array().ok_or("axe gave nothing")?;
                found.extend(broken.iter().map(|rule| format!("{page} at {width}, dark {dark}: {rule}")));
                checked += 1;
                Ok::<(), Failure>(())
            };
            for path in PATHS {
                browser.go(&format!("{address}{path}"))?;
                check(&mut *browser, path)?;
            }
            for (path, fields, button) in FORMS {
                browser.go(&format!("{address}{path}"))?;
                for (css, text) in *fields {
                    browser.fill(css, text)?;
                }
                browser.click(button)?;
                check(&mut *browser, button)?;
            }
        }
        browser.close()?;
        println!("{checked} pages checked");
        if !found.is_empty() {
            return Err(found.join("\n").into());
        }
    }
    Ok(())
}
