//! Runs the command.

#![allow(dead_code, reason = "not every test needs all of it")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs it with arguments, and with `input` piped in.
pub(crate) fn run(arguments: &[&str], input: &[u8]) -> Ran {
    run_with(arguments, input, &[])
}

pub(crate) fn run_with(arguments: &[&str], input: &[u8], environment: &[(&str, &str)]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hardtack"))
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that has its arguments need not read its input.
    let _ = child.stdin.take().expect("its input is piped").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    Ran {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).expect("the output is UTF-8 whatever the input is"),
        err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    }
}

/// A file for the program to read.
pub(crate) fn scratch(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("the directory is there");
    path
}
