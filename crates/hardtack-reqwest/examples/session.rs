//! Logs in at a server of its own, and shows what the jar keeps and what it does not.
//!
//! `cargo run -p hardtack-reqwest --example session`

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use hardtack_reqwest::{Jar, Profile};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://127.0.0.1:{}/", listener.local_addr()?.port());
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let asked: Vec<_> =
                BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
            let cookie = asked.iter().find(|line| line.to_ascii_lowercase().starts_with("cookie:"));
            println!("the server was asked with {}", cookie.map_or("no cookie", String::as_str));
            let _sent = stream.write_all(
                b"HTTP/1.1 200 OK\r\nSet-Cookie: sid=31d4; HttpOnly\r\nSet-Cookie: all=1; Domain=com\r\n\
                  Content-Length: 0\r\nConnection: close\r\n\r\n",
            );
        }
    });

    let jar = Arc::new(Jar::new(Profile::Chromium).on_refused(|url, verdict| {
        if let Some(refusal) = verdict.refusal() {
            println!("not kept, of {url}: {refusal}");
        }
    }));
    let client = reqwest::Client::builder().cookie_provider(jar.clone()).no_proxy().build()?;
    client.get(&url).send().await?;
    client.get(&url).send().await?;
    for cookie in jar.store().iter() {
        println!("kept: {cookie:?}");
    }
    Ok(())
}
