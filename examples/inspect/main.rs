//! Shows what Cookie and Set-Cookie header lines say: each cookie, and each attribute with what it means.
//!
//! ```console
//! cargo run --example inspect -- 'Cookie: sid=1; theme=dark'
//! curl -si https://shop.example/ | cargo run --example inspect -- --json
//! ```
//!
//! With the feature `agent` it also shows what a user agent does with each Set-Cookie line, and what it sends next:
//!
//! ```console
//! cargo run --features agent,psl --example inspect -- --url https://shop.example/login --profile chromium \
//!     --then https://shop.example/cart 'Set-Cookie: __Host-sid=1; Secure'
//! ```
//!
//! Exit status 1 if a line was refused, 2 if the arguments make no sense or the input cannot be read.

mod json;
mod message;
mod screen;
#[cfg(feature = "agent")]
mod session;
#[cfg(not(feature = "agent"))]
#[path = "no_session.rs"]
mod session;
mod table;

use std::ffi::OsString;
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use hardtack::SetCookie;

use crate::message::{Field, Message};
use crate::session::Session;

/// Show what Cookie and Set-Cookie header lines say.
#[derive(Parser)]
#[command(name = "inspect", version, after_help = "Exit status 1 if a line was refused, 2 if the usage is wrong.")]
struct Options {
    /// Header lines or whole HTTP messages; read from standard input if there are none.
    ///
    /// Lines that are no Cookie or Set-Cookie field are passed over.
    lines: Vec<OsString>,

    /// Print one JSON object a line instead of tables.
    #[arg(long)]
    json: bool,

    /// Hide the cookies' values. Attributes are shown, those that are not known too.
    #[arg(long)]
    redact: bool,

    #[command(flatten)]
    session: session::Arguments,
}

fn main() -> ExitCode {
    let options = Options::parse();
    if options.lines.is_empty() && io::stdin().is_terminal() {
        let message = "no header line: give one as an argument, or pipe some in\n";
        Options::command().error(ErrorKind::MissingRequiredArgument, message).exit();
    }
    let session = Session::new(&options.session);
    let mut report = Report { out: io::stdout().lock(), options: &options, session, fields: 0, refused: false };
    match report.run() {
        Ok(()) if report.refused => ExitCode::FAILURE,
        Ok(()) => {
            if report.fields == 0 {
                eprintln!("no Cookie or Set-Cookie field found; write one as \"Cookie: name=value\"");
            }
            ExitCode::SUCCESS
        }
        // Whoever reads the output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

struct Report<'o, W> {
    out: W,
    options: &'o Options,
    session: Option<Session>,
    fields: usize,
    refused: bool,
}

impl<W: Write> Report<'_, W> {
    fn run(&mut self) -> io::Result<()> {
        let mut message = Message::default();
        if self.options.lines.is_empty() {
            let mut input = io::stdin().lock();
            let mut line = Vec::new();
            while input.read_until(b'\n', &mut line)? > 0 {
                self.line(&mut message, &line)?;
                line.clear();
            }
        } else {
            for argument in &self.options.lines {
                for line in argument.as_encoded_bytes().split_inclusive(|&byte| byte == b'\n') {
                    self.line(&mut message, line)?;
                }
            }
        }
        if let Some(session) = &self.session {
            session.requests(&mut self.out, self.options.json, self.options.redact)?;
        }
        self.out.flush()
    }

    fn line(&mut self, message: &mut Message, line: &[u8]) -> io::Result<()> {
        let Some(field) = message.field(line) else {
            return Ok(());
        };
        if self.fields > 0 && !self.options.json {
            writeln!(self.out)?;
        }
        self.fields += 1;
        match field {
            Field::Cookie(text) => self.cookie(text),
            Field::SetCookie(text) => self.set_cookie(text),
        }
    }

    fn cookie(&mut self, text: &[u8]) -> io::Result<()> {
        let Options { json, redact, .. } = *self.options;
        if json { json::cookie(&mut self.out, text, redact) } else { table::cookie(&mut self.out, text, redact) }
    }

    fn set_cookie(&mut self, text: &[u8]) -> io::Result<()> {
        let Options { json, redact, .. } = *self.options;
        match SetCookie::parse(text) {
            Ok(cookie) if json => json::set_cookie(&mut self.out, &cookie, redact)?,
            Ok(cookie) => table::set_cookie(&mut self.out, text, &cookie, redact)?,
            Err(error) => {
                self.refused = true;
                if json {
                    json::refused(&mut self.out, &error)?;
                } else {
                    table::refused(&mut self.out, text, &error, redact)?;
                }
            }
        }
        if let Some(session) = &mut self.session {
            self.refused |= session.set_cookie(&mut self.out, text, json)?;
        }
        Ok(())
    }
}
