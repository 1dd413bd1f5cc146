//! Without the feature `agent` there is no user agent to ask.

use core::marker::PhantomData;
use std::io::{self, Write};

use clap::Args;

#[derive(Args)]
pub(crate) struct Arguments {}

pub(crate) struct Session<'a>(PhantomData<&'a Arguments>);

impl<'a> Session<'a> {
    pub(crate) const fn new(_arguments: &'a Arguments) -> Option<Self> {
        None
    }

    pub(crate) fn set_cookie<W: Write>(&mut self, _out: &mut W, _text: &[u8], _json: bool) -> io::Result<bool> {
        Ok(false)
    }

    pub(crate) fn requests<W: Write>(&mut self, _out: &mut W, _json: bool, _redact: bool) -> io::Result<()> {
        Ok(())
    }
}
