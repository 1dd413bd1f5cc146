//! A walk through the five applications, in each browser.

use hardtack_browsers::{Driver, Failure, Settings, installed, serve_demo};
use serde_json::Value;

#[test]
fn the_applications_in_each_browser() -> Result<(), Failure> {
    for (name, begin) in installed()? {
        let address = format!("http://{}", serve_demo()?);
        let profile = tempfile::tempdir()?;
        let mut browser = begin(profile.path(), Settings::default())?;
        println!("{name} {}", browser.version());
        likes(&mut *browser, &address)?;
        visits(&mut *browser, &address)?;
        license(&mut *browser, &address)?;
        login(&mut *browser, &address)?;
        why(&mut *browser, &address)?;
        browser.go(&format!("{address}/login"))?;
        browser.fill("#name", "Zoë")?;
        browser.click("main form button")?;
        browser.close()?;

        // What is to last has lasted, and the session has ended.
        let mut browser = begin(profile.path(), Settings::default())?;
        browser.go(&format!("{address}/visits"))?;
        shows(&mut *browser, "Visit 2")?;
        browser.go(&format!("{address}/likes"))?;
        shows(&mut *browser, "🍪")?;
        browser.go(&format!("{address}/license"))?;
        shows(&mut *browser, "baked until nothing can happen")?;
        browser.go(&format!("{address}/login"))?;
        shows(&mut *browser, "Your name")?;
        browser.close()?;
    }
    Ok(())
}

fn likes(browser: &mut dyn Driver, address: &str) -> Result<(), Failure> {
    browser.go(&format!("{address}/likes"))?;
    let typed = ["tea; milk", "\"cake\"", "this|that", "Käse", "50% off"];
    for like in typed {
        browser.fill("#like", like)?;
        browser.click("form[action='/likes/add'] button")?;
        shows(browser, &format!("Added: {like}"))?;
    }
    // A driver types no character beyond the basic plane in every version; a script does.
    browser.script("document.querySelector('#like').value = '🍪 and 🫖'")?;
    browser.click("form[action='/likes/add'] button")?;
    browser.go(&format!("{address}/likes"))?;
    let items = browser.script("return [...document.querySelectorAll('.items span')].map(like => like.innerText)")?;
    let expected: Vec<Value> = typed.into_iter().chain(["🍪 and 🫖"]).map(Value::from).collect();
    same("the likes", &items, &Value::from(expected))?;

    // From the field the keyboard goes on to its button, and from there to the first like.
    for (from, to) in [("#like", "Add"), ("form[action='/likes/add'] button", "Remove tea; milk")] {
        browser.press(from, '\u{E004}')?;
        let there = browser.script("const at = document.activeElement; return at.ariaLabel ?? at.innerText")?;
        same("the focus", &there, &Value::from(to))?;
    }
    browser.click("button[aria-label='Remove this|that']")?;
    let items = browser.script("return document.querySelectorAll('.items li').length")?;
    same("after one is removed", &items, &Value::from(typed.len()))?;

    browser.script("document.querySelector('#like').value = 'x'.repeat(4096)")?;
    browser.click("form[action='/likes/add'] button")?;
    shows(browser, "The cookie is full")
}

fn visits(browser: &mut dyn Driver, address: &str) -> Result<(), Failure> {
    browser.go(&format!("{address}/visits"))?;
    shows(browser, "Your first visit")?;
    browser.click("main p a")?;
    shows(browser, "Visit 2")?;
    // By hand, as a person with the developer tools does.
    browser.script("document.cookie = 'visits=many; path=/'")?;
    browser.go(&format!("{address}/visits"))?;
    shows(browser, "the count starts over")
}

fn license(browser: &mut dyn Driver, address: &str) -> Result<(), Failure> {
    browser.go(&format!("{address}/license"))?;
    browser.choose("#other")?;
    browser.click("form[action='/license/forge'] button")?;
    shows(browser, "It was changed after it was sealed")?;
    browser.click("form[action='/license/agree'] button")?;
    shows(browser, "baked until nothing can happen")?;
    hidden_from_scripts(browser, "license")
}

fn login(browser: &mut dyn Driver, address: &str) -> Result<(), Failure> {
    browser.go(&format!("{address}/login"))?;
    browser.fill("#name", "Zoë")?;
    browser.click("form[action='/login'] button")?;
    shows(browser, "Hello, Zoë")?;
    hidden_from_scripts(browser, "session_id")?;
    hidden_from_scripts(browser, "session")?;
    browser.click("form[action='/logout'] button")?;
    shows(browser, "You are logged out")?;
    let kept = browser.stored()?;
    if kept.iter().any(|cookie| cookie.name.starts_with("session")) {
        return Err("logging out left a cookie behind".into());
    }
    browser.go(&format!("{address}/login"))?;
    if browser.script("return document.querySelector('.wire pre').innerText.includes('session')")? == Value::Bool(true)
    {
        return Err("the next request still has the session".into());
    }
    Ok(())
}

fn why(browser: &mut dyn Driver, address: &str) -> Result<(), Failure> {
    browser.go(&format!("{address}/why"))?;
    browser.fill("#text", "Set-Cookie: sid=31d4c0ffee; SameSite=None")?;
    browser.fill("#url", "https://shop.example/")?;
    browser.click("main form button")?;
    shows(browser, "SameSite=None needs Secure")?;
    let shown = browser.text()?;
    if shown.contains("31d4c0ffee") {
        return Err("the value is shown unasked".into());
    }
    browser.choose("#show")?;
    browser.click("main form button")?;
    shows(browser, "31d4c0ffee")?;
    browser.go(&format!("{address}/why/puzzles"))?;
    browser.click("ol a")?;
    shows(browser, "Secure is set over an insecure connection")
}

fn hidden_from_scripts(browser: &mut dyn Driver, name: &str) -> Result<(), Failure> {
    let kept = browser.stored()?.into_iter().any(|cookie| cookie.name == name && cookie.http_only);
    let seen = browser.script("return document.cookie")?;
    let seen = seen.as_str().unwrap_or_default();
    if !kept || !seen.contains("likes=") || seen.contains(&format!("{name}=")) {
        return Err(format!("{name}: kept {kept}, and scripts see names of {} octets", seen.len()).into());
    }
    Ok(())
}

fn shows(browser: &mut dyn Driver, text: &str) -> Result<(), Failure> {
    let page = browser.text()?;
    if page.contains(text) { Ok(()) } else { Err(format!("no {text:?} on:\n{page}").into()) }
}

fn same(what: &str, seen: &Value, expected: &Value) -> Result<(), Failure> {
    if seen == expected { Ok(()) } else { Err(format!("{what}: {seen}, not {expected}").into()) }
}
