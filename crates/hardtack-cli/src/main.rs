//! The command `hardtack`: what Cookie and Set-Cookie lines say, what browsers do with them, and why.
//!
//! ```console
//! hardtack 'Cookie: sid=1; theme=dark'
//! curl -sv https://shop.example/ 2>&1 >/dev/null | hardtack --profile all
//! ```

mod args;
mod command_line;
mod date;
mod described;
mod inspect;
mod jar;
mod json;
mod profiles;
mod recording;
mod requests;
mod sealing;
mod show;
mod status;
mod style;
mod table;
mod verdicts;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use clap::{CommandFactory, FromArgMatches};

use crate::args::Color;
use crate::command_line::{Command, Options};
use crate::status::{Failure, Status};

fn main() -> ExitCode {
    let matches = Options::command().get_matches();
    let options = match Options::from_arg_matches(&matches) {
        Ok(options) => options,
        Err(error) => error.exit(),
    };
    match options.inspect.output.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let mut out = BufWriter::new(AutoStream::auto(io::stdout().lock()));
    // The options of another command, or of the inspection.
    let own = matches.subcommand().map_or(&matches, |(_, own)| own);
    let done = match &options.command {
        None => inspect::run(&mut out, &options.inspect, own),
        Some(Command::Jar(jar)) => jar::run(&mut out, jar, own),
        Some(Command::Open(open)) => sealing::open(&mut out, open, own),
        Some(Command::Seal(seal)) => sealing::seal(&mut out, seal, own),
        Some(Command::Key(key)) => sealing::key(&mut out, key, own),
        Some(Command::Date(date)) => date::run(&mut out, date),
        Some(Command::Completions { shell }) => completions(&mut out, *shell),
        Some(Command::Man { command }) => man(&mut out, command.as_deref()),
    };
    // What was shown before a failure stands before its message.
    match (done, out.flush()) {
        (Ok(status), Ok(())) => status.into(),
        (Err(failure), _) => failure.report(),
        (Ok(_), Err(error)) => Failure::from(error).report(),
    }
}

fn completions(out: &mut impl Write, shell: clap_complete::Shell) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Options::command(), "hardtack", &mut script);
    out.write_all(&script)?;
    Ok(Status::Fine)
}

/// The page of the command, or of one of the other commands.
fn man(out: &mut impl Write, command: Option<&str>) -> Result<Status, Failure> {
    let mut all = Options::command();
    // Named as they are called: hardtack-date.
    all.build();
    let page = match command {
        None => Some(all),
        Some(name) => all.find_subcommand(name).cloned(),
    };
    let page = page.ok_or_else(|| Failure::Usage("there is no such command; see hardtack --help".to_owned()))?;
    clap_mangen::Man::new(page).render(out)?;
    Ok(Status::Fine)
}
