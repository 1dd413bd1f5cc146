//! Without the feature `agent` there is no user agent to ask.

use std::io::{self, Write};

use clap::Args;

#[derive(Args)]
pub(crate) struct Arguments {}

pub(crate) enum Session {}

impl Session {
    pub(crate) const fn new(_arguments: &Arguments) -> Option<Self> {
        None
    }

    pub(crate) fn set_cookie(&mut self, _out: &mut impl Write, _text: &[u8], _json: bool) -> io::Result<bool> {
        match *self {}
    }

    pub(crate) fn requests(&self, _out: &mut impl Write, _json: bool, _redact: bool) -> io::Result<()> {
        match *self {}
    }
}
