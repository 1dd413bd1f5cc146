//! Every page by the rules of axe-core, on a phone and on a desk, by day and by night; in Chromium.
//!
//! `AXE` names the file `axe.min.js`; without it the test is skipped.

use std::{env, fs};

use hardtack_browsers::{Failure, installed, serve_demo};
use serde_json::Value;

const RUN: &str = "
const done = arguments[arguments.length - 1];
axe.run().then(
    result => done(result.violations.map(found => found.id + ': ' + found.nodes.map(node => node.html).join(' | '))),
    error => done(['axe: ' + error]));";

const PATHS: [&str; 8] = ["/", "/likes", "/visits", "/license", "/login", "/why", "/why/puzzles", "/why/puzzles/8"];

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
        let mut browser = begin(profile.path(), None)?;
        let mut found = Vec::new();
        let mut checked = 0;
        for (width, height, dark) in [(360, 740, false), (360, 740, true), (1280, 900, false), (1280, 900, true)] {
            browser.screen(width, height, dark)?;
            for path in PATHS {
                browser.go(&format!("{address}{path}"))?;
                let wide = browser.script("return document.documentElement.scrollWidth > innerWidth")?;
                if wide == Value::Bool(true) {
                    found.push(format!("{path} at {width}: wider than the screen"));
                }
                let broken = browser.script_async(&format!("{axe};{RUN}"))?;
                let broken = broken.as_array().ok_or("axe gave nothing")?;
                found.extend(broken.iter().map(|rule| format!("{path} at {width}, dark {dark}: {rule}")));
                checked += 1;
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
