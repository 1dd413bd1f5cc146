//! A reverse proxy that minds the cookies.
//!
//! ```sh
//! cargo run -p hardtack-proxy -- --upstream 127.0.0.1:3000 --upstream 127.0.0.1:3001 --take-out tracking
//! ```

#![forbid(unsafe_code)]

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;

use clap::Parser;
use hardtack_proxy::{Plan, Proxy, serve};
use tokio::net::TcpListener;

/// A reverse proxy for HTTP/1.1 and HTTP/2 that minds the cookies
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// Whom to ask; given more than once, a user stays with one of them by the cookie `upstream`
    #[arg(long, required = true, value_name = "HOST:PORT")]
    upstream: Vec<String>,

    /// A cookie that no upstream is to see
    #[arg(long, value_name = "NAME")]
    take_out: Vec<String>,

    /// The Domain that Set-Cookie fields get in the place of theirs; empty to leave it out
    #[arg(long, value_name = "DOMAIN")]
    domain: Option<String>,

    /// The path that takes the place of the upstream's own, as in `/app=/`
    #[arg(long, value_name = "FROM=TO")]
    path: Option<String>,

    /// Add Secure, because users come by https even if the upstream does not know
    #[arg(long)]
    secure: bool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let mut plan = Plan::new().secure(arguments.secure);
    for name in arguments.take_out {
        plan = plan.take_out(name);
    }
    if let Some(domain) = arguments.domain {
        plan = plan.domain(domain)?;
    }
    if let Some(path) = arguments.path {
        let (from, to) = path.split_once('=').ok_or("--path has no \"=\"; write it as in --path /app=/")?;
        plan = plan.path(from, to)?;
    }
    let listener = TcpListener::bind(arguments.listen).await?;
    println!("listening on {}", listener.local_addr()?);
    serve(listener, Arc::new(Proxy::new(arguments.upstream, plan, |line| println!("{line}")))).await?;
    Ok(())
}
