//! How the command ends.

use core::fmt::Display;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// What the output says, as an exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Everything was read, and nothing refused.
    Fine,
    /// A line was refused, a text not opened, a date not read.
    Refused,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Fine => Self::SUCCESS,
            Status::Refused => Self::from(1),
        }
    }
}

/// Why there is no output, or no more.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments make no sense, or the input cannot be read.
    Usage(String),
    /// What was asked for is refused, and there is nothing else to show.
    Refused(String),
    /// There is no field in the input; what to do.
    Nothing(String),
    Io(io::Error),
}

impl Failure {
    pub(crate) fn usage(error: &impl Display) -> Self {
        Self::Usage(error.to_string())
    }

    pub(crate) fn unreadable(file: &Path, error: &io::Error) -> Self {
        Self::Usage(format!("{}: {error}; give a file that is there and may be read", file.display()))
    }

    pub(crate) fn nothing() -> Self {
        Self::Nothing(crate::inspect::NOTHING.to_owned())
    }

    /// Says what is wrong, and gives the exit status.
    pub(crate) fn report(self) -> ExitCode {
        let (message, status) = match self {
            // Whoever reads the output has seen enough.
            Self::Io(error) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Self::Io(error) => (error.to_string(), 2),
            Self::Refused(message) => (message, 1),
            Self::Usage(message) => (message, 2),
            Self::Nothing(message) => (message, 3),
        };
        let bad = crate::style::BAD;
        anstream::eprintln!("{bad}error:{bad:#} {message}");
        ExitCode::from(status)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
