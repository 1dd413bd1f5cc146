//! A command line taken apart into words, as a shell does it.

/// Whose quotes count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shell {
    /// bash, zsh and what is like them: `'..'`, `".."`, `$'..'`, and a backslash before the end of a line.
    Posix,
    /// cmd.exe: a caret before what is meant as it is, and `".."` as C programs on Windows read it.
    Cmd,
}

impl Shell {
    /// Tells by its first line for which shell a command was written.
    pub(crate) fn of(first_line: &[u8]) -> Self {
        let trimmed = first_line.trim_ascii_end();
        let carets = trimmed.ends_with(b"^") || first_line.windows(2).any(|pair| pair == b"^\"");
        if carets { Self::Cmd } else { Self::Posix }
    }
}

/// The words of a command so far; it may come line by line.
#[derive(Debug)]
pub(crate) struct Words {
    shell: Shell,
    ended: Vec<Vec<u8>>,
    word: Option<Vec<u8>>,
    quote: Quote,
    escaped: bool,
    /// A `$` that may begin `$'..'`.
    dollar: bool,
    /// Backslashes in front of what may be a quote, for cmd.exe.
    backslashes: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Quote {
    None,
    Single,
    Double,
    /// What stands in `$'..'`, undecoded.
    Ansi(Vec<u8>),
}

impl Words {
    pub(crate) const fn new(shell: Shell) -> Self {
        Self { shell, ended: Vec::new(), word: None, quote: Quote::None, escaped: false, dollar: false, backslashes: 0 }
    }

    /// Takes a line with its end; returns whether the command ends with it.
    pub(crate) fn line(&mut self, line: &[u8]) -> bool {
        // A clipboard may have ended its lines by CRLF, which a shell was never given.
        let (line, end) = match line.strip_suffix(b"\n") {
            Some(line) => (line.strip_suffix(b"\r").unwrap_or(line), true),
            None => (line, false),
        };
        for &byte in line {
            self.take(byte);
        }
        if !end {
            return false;
        }
        let continues = self.escaped || self.quote != Quote::None;
        self.take(b'\n');
        !continues
    }

    /// Returns the words, unless the command ends inside quotes.
    pub(crate) fn finish(mut self) -> Option<Vec<Vec<u8>>> {
        if self.quote != Quote::None {
            return None;
        }
        self.flush();
        self.ended.extend(self.word);
        Some(self.ended)
    }

    fn take(&mut self, byte: u8) {
        match self.shell {
            Shell::Posix => self.posix(byte),
            Shell::Cmd => self.cmd(byte),
        }
    }

    fn push(&mut self, byte: u8) {
        self.word.get_or_insert_default().push(byte);
    }

    fn end_word(&mut self) {
        self.ended.extend(self.word.take());
    }

    /// POSIX.1-2024, shell command language, section 2.2.
    fn posix(&mut self, byte: u8) {
        let dollar = core::mem::take(&mut self.dollar);
        let escaped = core::mem::take(&mut self.escaped);
        match (&mut self.quote, byte) {
            (Quote::Ansi(raw), b'\'') if !escaped => {
                let text = unescape(raw);
                self.word.get_or_insert_default().extend(text);
                self.quote = Quote::None;
            }
            (Quote::Ansi(raw), _) => {
                raw.push(byte);
                self.escaped = byte == b'\\' && !escaped;
            }
            (Quote::Single, b'\'') | (Quote::Double, b'"') if !escaped => self.quote = Quote::None,
            // A backslash and the end of the line are nothing at all.
            (Quote::None | Quote::Double, b'\n') if escaped => {}
            (Quote::Double, _) if escaped => {
                if !matches!(byte, b'$' | b'`' | b'"' | b'\\') {
                    self.push(b'\\');
                }
                self.push(byte);
            }
            (Quote::None, _) if escaped => self.push(byte),
            (Quote::None | Quote::Double, b'\\') => self.escaped = true,
            (Quote::None, b'\'') if dollar => {
                self.word.get_or_insert_default().pop();
                self.quote = Quote::Ansi(Vec::new());
            }
            (Quote::None, b'\'') => self.open(Quote::Single),
            (Quote::None, b'"') => self.open(Quote::Double),
            (Quote::None, b' ' | b'\t' | b'\n') => self.end_word(),
            (Quote::None, _) => {
                self.dollar = byte == b'$';
                self.push(byte);
            }
            (Quote::Single | Quote::Double, _) => self.push(byte),
        }
    }

    fn open(&mut self, quote: Quote) {
        self.word.get_or_insert_default();
        self.quote = quote;
    }

    fn cmd(&mut self, byte: u8) {
        if core::mem::take(&mut self.escaped) {
            // A caret and the end of the line are nothing at all.
            if byte != b'\n' {
                self.argument(byte);
            }
        } else if byte == b'^' {
            self.escaped = true;
        } else {
            self.argument(byte);
        }
    }

    /// A byte of the command line as a C program of Windows reads it: a quote after an odd number of backslashes is
    /// meant as it is, and half of the backslashes stand for themselves.
    fn argument(&mut self, byte: u8) {
        match byte {
            b'\\' => self.backslashes += 1,
            b'"' => {
                let literal = self.backslashes % 2 == 1;
                self.backslashes /= 2;
                self.flush();
                if literal {
                    self.push(b'"');
                } else if self.quote == Quote::Double {
                    self.quote = Quote::None;
                } else {
                    self.open(Quote::Double);
                }
            }
            b' ' | b'\t' | b'\n' if self.quote == Quote::None => {
                self.flush();
                self.end_word();
            }
            _ => {
                self.flush();
                self.push(byte);
            }
        }
    }

    fn flush(&mut self) {
        for _ in 0..core::mem::take(&mut self.backslashes) {
            self.push(b'\\');
        }
    }
}

/// What `$'..'` stands for (POSIX.1-2024, shell command language, section 2.2.4).
fn unescape(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            text.push(byte);
            continue;
        }
        let Some((&kind, after)) = rest.split_first() else {
            text.push(b'\\');
            break;
        };
        rest = after;
        match kind {
            b'a' => text.push(0x07),
            b'b' => text.push(0x08),
            b'e' | b'E' => text.push(0x1B),
            b'f' => text.push(0x0C),
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'v' => text.push(0x0B),
            b'\\' | b'\'' | b'"' | b'?' => text.push(kind),
            b'x' => octet(&mut text, &mut rest, 16, 2, b"\\x"),
            b'0'..=b'7' => {
                rest = raw.get(raw.len() - rest.len() - 1..).unwrap_or_default();
                octet(&mut text, &mut rest, 8, 3, b"\\");
            }
            b'u' | b'U' => {
                let digits = if kind == b'u' { 4 } else { 8 };
                match number(&mut rest, 16, digits).and_then(char::from_u32) {
                    Some(char) => text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
                    None => text.extend([b'\\', kind]),
                }
            }
            _ => text.extend([b'\\', kind]),
        }
    }
    text
}

fn octet(text: &mut Vec<u8>, rest: &mut &[u8], radix: u32, digits: usize, otherwise: &[u8]) {
    // Of an octal number beyond an octet the low bits are meant.
    match number(rest, radix, digits).and_then(|number| u8::try_from(number & 0xFF).ok()) {
        Some(octet) => text.push(octet),
        None => text.extend_from_slice(otherwise),
    }
}

/// Takes at most so many digits; `None` without any.
fn number(rest: &mut &[u8], radix: u32, digits: usize) -> Option<u32> {
    let mut number = None;
    for _ in 0..digits {
        let Some((digit, after)) =
            rest.split_first().and_then(|(&byte, after)| Some((char::from(byte).to_digit(radix)?, after)))
        else {
            break;
        };
        number = Some(number.unwrap_or(0_u32).wrapping_mul(radix).wrapping_add(digit));
        *rest = after;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::{Shell, Words};

    fn words(shell: Shell, command: &str) -> Option<Vec<String>> {
        let mut words = Words::new(shell);
        for line in command.as_bytes().split_inclusive(|&byte| byte == b'\n') {
            words.line(line);
        }
        Some(words.finish()?.into_iter().map(|word| String::from_utf8_lossy(&word).into_owned()).collect())
    }

    #[test]
    fn posix() {
        let rows: [(&str, &str, Option<&[&str]>); 15] = [
            ("words", "curl  a\tb", Some(&["curl", "a", "b"])),
            ("single quotes keep everything", r#"'a "b" \ $c'"#, Some(&[r#"a "b" \ $c"#])),
            ("a single quote inside, as Chrome wrote it once", r"'it'\''s'", Some(&["it's"])),
            ("double quotes", r#""a\"b\\c\d\$e""#, Some(&[r#"a"b\c\d$e"#])),
            ("quotes join", r#"a'b'"c""#, Some(&["abc"])),
            ("empty words are words", r#"'' """#, Some(&["", ""])),
            ("a backslash joins lines", "a \\\n  b", Some(&["a", "b"])),
            ("and so it does with CRLF", "a \\\r\n  b", Some(&["a", "b"])),
            ("a quote spans lines", "'a\nb'", Some(&["a\nb"])),
            ("ANSI-C quotes", r"$'it\'s\n\x41\u00e9\101\t'", Some(&["it's\nA\u{e9}A\t"])),
            ("ANSI-C quotes, what is no escape", r"$'\q\xg\u'", Some(&[r"\q\xg\u"])),
            ("a dollar that is none of a quote", "$a 'b'$", Some(&["$a", "b$"])),
            ("a backslash that quotes a blank", r"a\ b", Some(&["a b"])),
            ("an open quote", "'a", None),
            ("an open ANSI-C quote", r"$'a\'", None),
        ];
        for (why, command, expected) in rows {
            let expected = expected.map(|words| words.iter().map(ToString::to_string).collect());
            assert_eq!(words(Shell::Posix, command), expected, "{why}");
        }
    }

    #[test]
    fn cmd() {
        let rows: [(&str, &str, &[&str]); 7] = [
            ("a caret joins lines", "curl ^\"a^\" ^\n  -b ^\"x=1^\"", &["curl", "a", "-b", "x=1"]),
            ("and so it does with CRLF", "curl a ^\r\n -b", &["curl", "a", "-b"]),
            ("percent signs", "^\"a=^%^41^\"", &["a=%41"]),
            ("a quote in a quote", "^\"a=^\\^\"b^\\^\"^\"", &["a=\"b\""]),
            ("blanks in a quote", "^\"a b^\"", &["a b"]),
            ("backslashes that quote nothing", r#""a\b\\" c\d"#, &[r"a\b\", r"c\d"]),
            ("a caret meant as it is", "a^^b", &["a^b"]),
        ];
        for (why, command, expected) in rows {
            let expected = Some(expected.iter().map(ToString::to_string).collect());
            assert_eq!(words(Shell::Cmd, command), expected, "{why}");
        }
        assert_eq!(words(Shell::Cmd, "\"a"), None, "an open quote");
    }

    #[test]
    fn the_shell_is_told_by_the_first_line() {
        for (line, shell) in [
            ("curl 'https://a/' \\\n", Shell::Posix),
            ("curl \"https://a/\" ^\r\n", Shell::Cmd),
            ("curl ^\"https://a/^\" -b x=1", Shell::Cmd),
            ("curl https://a/ -b x=^1", Shell::Posix),
        ] {
            assert_eq!(Shell::of(line.as_bytes()), shell, "{line}");
        }
    }
}
