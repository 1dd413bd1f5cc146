//! The head of a message, line by line: what the programs `proxy_*` read and write.

use std::io::{self, BufRead, Write};

/// A line: the name of a field with its colon and the blanks behind it, its text, and how the line ends.
///
/// Where there is no colon, all of the line is text.
pub(crate) struct Line<'l> {
    name: &'l [u8],
    pub(crate) text: &'l [u8],
    end: &'l [u8],
}

impl<'l> Line<'l> {
    fn new(line: &'l [u8]) -> Self {
        let len = line.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1);
        let (line, end) = line.split_at(len);
        let colon = line.iter().position(|&byte| byte == b':').map_or(0, |colon| colon + 1);
        let blanks = line[colon..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let (name, text) = line.split_at(if colon == 0 { 0 } else { colon + blanks });
        Self { name, text, end }
    }

    /// Whether this is a field of this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.trim_ascii_end().strip_suffix(b":").is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()))
    }

    /// Writes the line with this text, and every other octet as it came.
    pub(crate) fn write(&self, text: &[u8], out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&[self.name, text, self.end].concat())
    }
}

/// Hands every line of standard input to `pass`, which writes to standard output what becomes of it.
pub(crate) fn lines(mut pass: impl FnMut(&Line<'_>, &mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let (mut input, mut out) = (io::stdin().lock(), io::stdout().lock());
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        pass(&Line::new(&line), &mut out)?;
        line.clear();
    }
    out.flush()
}
