//! The command line: what is asked for, and by which options.

use clap::{Parser, Subcommand};
use clap_complete::Shell;

use crate::args::{Date, Inspect};
use crate::jar::Jar;
use crate::sealing::{NewKey, Open, Seal};

const AFTER_HELP: &str = "\
What is read, from arguments or standard input:
  header lines, whole messages     'Set-Cookie: sid=1; Secure', indented or not
  a transcript of curl             curl -sv https://shop.example/ 2>&1 >/dev/null | hardtack
  a browser's \"copy as cURL\"       for bash and for cmd.exe
  a recording (HAR)                hardtack --har shop.har, or on standard input

Exit status:
  0  everything was read, and nothing refused
  1  a line was refused, a text not opened, a date not read
  2  the arguments make no sense, or the input cannot be read
  3  there is no Cookie or Set-Cookie field in the input";

const AFTER_LONG_HELP: &str = "\
Colours are used on a terminal unless NO_COLOR is set; --color decides otherwise.";

/// What Cookie and Set-Cookie lines say, what browsers do with them, and why.
#[derive(Parser)]
#[command(
    name = "hardtack",
    version,
    after_help = AFTER_HELP,
    after_long_help = format!("{AFTER_HELP}\n\n{AFTER_LONG_HELP}"),
    args_conflicts_with_subcommands = true,
    subcommand_help_heading = "Other commands",
    subcommand_value_name = "COMMAND",
    disable_help_subcommand = true
)]
pub(crate) struct Options {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) inspect: Inspect,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show how each profile reads the date of an Expires attribute.
    Date(Date),
    /// List a file of stored cookies, convert it, show what goes to a URL and why not the rest.
    Jar(Jar),
    /// Open a signed or encrypted value, of hardtack or of a framework.
    Open(Open),
    /// Sign or encrypt a value, as hardtack or a framework does.
    Seal(Seal),
    /// Make a key.
    Key(NewKey),
    /// Write a completion script to standard output.
    Completions {
        /// For which shell.
        shell: Shell,
    },
    /// Write the man page to standard output.
    Man {
        /// Of which of the other commands; of hardtack itself if none is named.
        command: Option<String>,
    },
}
