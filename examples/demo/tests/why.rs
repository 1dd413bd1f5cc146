//! The page that answers: why is my cookie not set?

#![allow(clippy::unwrap_used, reason = "a value that is not there is a failing test")]

#[allow(unreachable_pub, reason = "shared by the files of tests")]
mod support;

use http::StatusCode;
use support::{Answer, Visitor};

async fn ask(form: &[(&str, &str)]) -> Answer {
    Visitor::new().post("/why", form).await
}

/// How many of the three user agents are shown with an outcome.
fn outcomes(page: &Answer, outcome: &str) -> usize {
    page.body.matches(&format!("\">{outcome}</p>")).count()
}

#[tokio::test]
async fn the_verdict_of_every_profile_with_the_remedy_and_the_section() {
    let page = ask(&[("text", "Set-Cookie: sid=31d4; SameSite=None"), ("url", "https://shop.example/")]).await;
    assert_eq!(page.status, StatusCode::OK);
    for name in ["The standard", "Chromium", "Firefox"] {
        assert!(page.shows(name), "{name}");
    }
    assert_eq!(outcomes(&page, "refused"), 3);
    assert!(page.shows("SameSite=None needs Secure; set it, or leave SameSite out"));
    assert!(page.shows("RFC 6265bis section 5.7, step 19"));
    assert_eq!(outcomes(&page, "sends no cookie"), 3);

    let page = ask(&[("text", "Set-Cookie: sid=31d4; Secure"), ("url", "http://localhost/")]).await;
    assert_eq!((outcomes(&page, "kept"), outcomes(&page, "refused")), (2, 1), "the standard knows no localhost");
    assert!(page.shows("They differ in: outcome"));
}

#[tokio::test]
async fn values_are_hidden_until_they_are_asked_for() {
    let form = [("text", "Set-Cookie: sid=31d4c0ffee; Secure\nCookie: old=f00ba4"), ("url", "https://shop.example/")];
    let hidden = ask(&form).await;
    // The text itself is there to be changed, folded away: nothing else has a value.
    let (before, after) = hidden.body.split_once("</textarea>").unwrap();
    assert!(before.contains("<details><summary>What you pasted, with its values</summary>"));
    for value in ["31d4c0ffee", "f00ba4"] {
        assert!(!after.contains(value), "{value}");
    }
    assert!(hidden.shows("<10 octets>") && hidden.shows("sid=<10 octets>"));

    let shown = ask(&[form[0], form[1], ("show", "yes")]).await;
    assert!(shown.shows("Cookie: sid=31d4c0ffee"));
    assert!(shown.body.split_once("</textarea>").unwrap().1.contains("f00ba4"));
}

#[tokio::test]
async fn what_can_be_pasted() {
    let curl_v = "* Trying 192.0.2.1:443...\n* SSL connection using TLSv1.3\n> GET /login HTTP/1.1\n> Host: shop.example\n\
                  >\n< HTTP/1.1 200 OK\n< set-cookie: sid=1; Domain=other.example\n";
    let page = ask(&[("text", curl_v)]).await;
    assert!(page.shows("https://shop.example/login"), "the URL is that of the transcript");
    assert_eq!(outcomes(&page, "refused"), 3);

    let command = "curl 'https://shop.example/cart' -b 'sid=1; theme=dark'";
    assert!(ask(&[("text", command)]).await.shows("Cookie, 17 octets"));

    let har = r#"{"log":{"entries":[
        {"request":{"method":"GET","url":"https://shop.example/"},
         "response":{"status":200,"headers":[{"name":"set-cookie","value":"sid=1\nbad=2; SameSite=None"}]}},
        {"request":{"method":"GET","url":"https://shop.example/cart","headers":[{"name":"cookie","value":"old=1"}]}},
        {"request":{"method":"GET","url":"https://elsewhere.example/"}}]}}"#;
    let page = ask(&[("text", har)]).await;
    assert!(page.shows("3 requests, 2 with cookies."));
    assert!(page.shows("Sent, though no response of the recording set it: old"));
    assert!(page.shows("would have sent, and this browser did not: sid"));
    assert_eq!((outcomes(&page, "kept"), outcomes(&page, "refused")), (3, 3));
}

#[tokio::test]
async fn what_cannot_be_answered_says_what_to_do() {
    let rows = [
        ([("text", "hello"), ("url", "")], "no Cookie or Set-Cookie field found; write one as"),
        ([("text", "Set-Cookie: a=1"), ("url", "shop.example")], "the URL: no scheme: write https://host/path"),
        ([("text", "{\"log\":"), ("url", "")], "save it anew from the browser's network panel"),
        ([("text", "curl 'https://shop.example"), ("url", "")], "quote"),
    ];
    for (form, told) in rows {
        let page = ask(&form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        assert!(page.shows(told), "{told}");
    }
    let page = ask(&[("text", "Set-Cookie: a=1"), ("url", "https://shop.example"), ("then", "nowhere")]).await;
    assert!(page.shows("the URL of the next request: no scheme"));
    assert!(ask(&[("text", "Set-Cookie: a=1")]).await.shows("Give the URL, and each browser's verdict stands here."));
    assert!(ask(&[("text", "Set-Cookie: a=\x01"), ("url", "https://shop.example")]).await.shows("No cookie: "));
}

/// Ten puzzles, with how many of the three keep the cookie, how many send it with the next request, and why not.
#[tokio::test]
async fn the_puzzles_come_out_as_they_are_worked() {
    let rows = [
        (0, 0, "Secure is set over an insecure connection"),
        (0, 0, "SameSite=None needs Secure"),
        (0, 0, "is neither the host \"api.example\" nor a parent of it"),
        (0, 0, "Domain \"github.io\" is a public suffix"),
        (0, 0, "name and value are 4205 octets together, and at most 4096 are kept"),
        (1, 1, "the cookie is set cross-site without SameSite=None"),
        (3, 0, "the request is not below the cookie's Path"),
        (3, 3, "deleted, if it was there"),
        (0, 0, "a name that begins with \"__Host-\" in any letter case needs no Domain"),
        (3, 3, "third party: kept in the jar of the tab's site"),
    ];
    let mut visitor = Visitor::new();
    let list = visitor.get("/why/puzzles").await;
    assert_eq!(list.body.matches("href=\"/why/puzzles/").count(), rows.len());
    for (number, (kept, sent, why)) in (1..).zip(rows) {
        let page = visitor.get(&format!("/why/puzzles/{number}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.shows(why), "{number}: {why}");
        assert_eq!((outcomes(&page, "kept"), outcomes(&page, "sends")), (kept, sent), "{number}");
    }
    assert_eq!(visitor.get("/why/puzzles/0").await.status, StatusCode::NOT_FOUND);
    assert_eq!(visitor.get("/why/puzzles/11").await.status, StatusCode::NOT_FOUND);
}
