//! `cargo run -p hardtack-browsers --example screenshots`: the pictures in `docs`, drawn by Chromium on a phone's width.

use std::fs;
use std::path::Path;

use hardtack_browsers::{Failure, Settings, installed, serve_demo};

fn main() -> Result<(), Failure> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let address = format!("http://{}", serve_demo()?);
    for (_, begin) in installed()?.into_iter().filter(|(name, _)| *name == "chromium") {
        let profile = tempfile::tempdir()?;
        let mut browser = begin(profile.path(), Settings::default())?;
        for (page, height, dark) in [("index", 740, false), ("likes", 1200, false), ("why", 1400, true)] {
            browser.screen(390, height, dark)?;
            match page {
                "index" => browser.go(&address)?,
                "likes" => {
                    browser.go(&format!("{address}/likes"))?;
                    for like in ["tea; no milk", "\"Käse\"", "this|that"] {
                        browser.fill("#like", like)?;
                        browser.click("form[action='/likes/add'] button")?;
                    }
                }
                _ => {
                    browser.go(&format!("{address}/why"))?;
                    browser.fill("#text", "Set-Cookie: sid=31d4; SameSite=Lax; Secure")?;
                    browser.fill("#url", "http://localhost/login")?;
                    browser.click("main form button")?;
                }
            }
            let file = directory.join(format!("demo-{page}.png"));
            fs::write(&file, browser.screenshot()?)?;
            println!("{}", file.display());
        }
        browser.close()?;
    }
    Ok(())
}
