//! `cargo run -p demo [PORT]`: serves the applications on 127.0.0.1, and prints the address.

#![forbid(unsafe_code)]

use std::error::Error;
use std::io::ErrorKind;
use std::process::ExitCode;

use clap::Parser;
use demo::{Keys, router};
use tokio::net::TcpListener;

/// Applications that show what a cookie is, served on 127.0.0.1.
#[derive(Parser)]
#[command(about, after_help = demo::KEYS_HELP)]
struct Arguments {
    /// The port; 0 takes a free one.
    #[arg(default_value_t = 8000)]
    port: u16,
}

#[tokio::main]
async fn main() -> ExitCode {
    match serve(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(Arguments { port }: Arguments) -> Result<(), Box<dyn Error>> {
    let keys = Keys::from_environment()?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => format!("port {port} is taken; name another: cargo run -p demo -- 8001"),
        _ => error.to_string(),
    })?;
    println!("http://{}/", listener.local_addr()?);
    axum::serve(listener, router(keys)).await?;
    Ok(())
}
