//! Which lines of the input are fields.

use crate::input::curl::{self, CurlError};
use crate::input::field::{Field, FieldName, Request};
use crate::input::words::{Shell, Words};

/// A line, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The fields it holds, or completes.
    Fields(Vec<Field>),
    /// What stands beside fields: another field, a start line, a body, a blank line, a part of a command.
    Other,
    /// Nothing that is known.
    Unknown,
}

impl Line {
    /// Returns the fields, where it holds any.
    #[must_use]
    pub fn into_fields(self) -> Vec<Field> {
        match self {
            Self::Fields(fields) => fields,
            Self::Other | Self::Unknown => Vec::new(),
        }
    }
}

/// Reads a text line by line: header lines and whole messages, indented too; what `curl -v` shows; commands of curl.
///
/// A request or status line begins a message, and the next blank line its body. A body may be followed by another
/// message, as when redirects are shown. In a transcript of `curl -v` only what curl marks counts.
#[derive(Debug, Default)]
pub struct Lines {
    number: usize,
    place: Place,
    /// The white space in front of the lines of this block; a line with more continues another (RFC 9112 section 5.2).
    indent: Option<usize>,
    transcript: Transcript,
}

#[derive(Debug, Default)]
enum Place {
    /// Lines alone.
    #[default]
    Lines,
    Head,
    Body,
    Transcript,
    Command {
        words: Words,
        line: usize,
    },
}

impl Lines {
    /// Begins at the first line.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins another text, such as the next argument: its indentation is its own.
    pub fn begin_text(&mut self) {
        self.indent = None;
    }

    /// Reads the next line, with its end or without.
    ///
    /// # Errors
    ///
    /// - the line completes a command of curl whose cookies are in a file
    pub fn line(&mut self, line: &[u8]) -> Result<Line, CurlError> {
        self.number += 1;
        if let Place::Command { words, line: begin } = &mut self.place {
            if !words.line(line) {
                return Ok(Line::Other);
            }
            let (words, begin) = (core::mem::replace(words, Words::new(Shell::Posix)), *begin);
            self.place = Place::Lines;
            return command(words, begin).map(Line::Fields);
        }
        let text = line.strip_suffix(b"\n").map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line));
        if let Some(line) = self.transcript_line(text) {
            return Ok(line);
        }
        let indent = text.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let unindented = text.get(indent..).unwrap_or_default();
        if is_start_line(unindented) {
            self.place = Place::Head;
            self.indent = Some(indent);
            return Ok(Line::Other);
        }
        match self.place {
            Place::Head if unindented.is_empty() => {
                self.place = Place::Body;
                Ok(Line::Other)
            }
            Place::Body | Place::Transcript => Ok(Line::Other),
            _ if unindented.is_empty() => {
                self.indent = None;
                Ok(Line::Other)
            }
            _ => {
                let block = *self.indent.get_or_insert(indent);
                if indent > block {
                    return Ok(Line::Other);
                }
                self.indent = Some(indent);
                if let Some(found) = self.begin_command(line, unindented) {
                    return found;
                }
                Ok(self.header_line(unindented, None))
            }
        }
    }

    /// Reads what is left at the end.
    ///
    /// # Errors
    ///
    /// - the text ends inside the quotes of a command of curl
    /// - a command of curl whose cookies are in a file
    pub fn end(&mut self) -> Result<Vec<Field>, CurlError> {
        match core::mem::take(&mut self.place) {
            Place::Command { words, line } => command(words, line),
            place => {
                self.place = place;
                Ok(Vec::new())
            }
        }
    }

    fn header_line(&self, line: &[u8], request: Option<Request>) -> Line {
        match field_line(line) {
            Some((name, text)) => match FieldName::from_ascii(name) {
                Some(name) => Line::Fields(vec![Field { name, text: text.to_vec(), line: self.number, request }]),
                None => Line::Other,
            },
            None => Line::Unknown,
        }
    }

    /// `curl ..`, behind a prompt or not.
    fn begin_command(&mut self, line: &[u8], unindented: &[u8]) -> Option<Result<Line, CurlError>> {
        let command_line = unindented.strip_prefix(b"$ ").unwrap_or(unindented);
        let name = command_line.split(u8::is_ascii_whitespace).next().unwrap_or_default();
        if !(name == b"curl" || name == b"curl.exe") || name.len() == command_line.len() {
            return None;
        }
        let from = line.len() - line.trim_ascii_start().len() + (unindented.len() - command_line.len());
        let mut words = Words::new(Shell::of(line));
        if words.line(line.get(from..).unwrap_or_default()) {
            return Some(command(words, self.number).map(Line::Fields));
        }
        self.place = Place::Command { words, line: self.number };
        Some(Ok(Line::Other))
    }

    /// A line that `curl -v` marks: `>` what it sent, `<` what it got, `*` what it did.
    fn transcript_line(&mut self, text: &[u8]) -> Option<Line> {
        let (mark, rest) = text.split_first()?;
        let rest = rest.strip_prefix(b" ").or_else(|| rest.is_empty().then_some(rest))?;
        match mark {
            b'*' => {
                self.transcript.note(rest);
                Some(Line::Other)
            }
            b'>' | b'<' => {
                if is_start_line(rest) {
                    self.place = Place::Transcript;
                    if *mark == b'>' {
                        self.transcript.request_line(rest);
                    }
                    return Some(Line::Other);
                }
                if rest.is_empty() {
                    return Some(Line::Other);
                }
                if let Some((name, host)) = field_line(rest)
                    && *mark == b'>'
                    && name.eq_ignore_ascii_case(b"Host")
                {
                    self.transcript.host = Some(String::from_utf8_lossy(host).trim().to_owned());
                }
                Some(self.header_line(rest, self.transcript.request()))
            }
            _ => None,
        }
    }
}

/// What a transcript has told of the request so far.
#[derive(Debug, Default)]
struct Transcript {
    secure: bool,
    request_line: Option<(String, String)>,
    host: Option<String>,
}

impl Transcript {
    /// The scheme is never shown; that a connection is encrypted is.
    fn note(&mut self, note: &[u8]) {
        let contains = |text: &[u8]| note.windows(text.len()).any(|part| part == text);
        if note.trim_ascii_start().starts_with(b"Trying ") {
            self.secure = false;
        }
        if note.starts_with(b"SSL connection using") || contains(b"stream for https://") {
            self.secure = true;
        }
        if note.starts_with(b"Issue another request to this URL:") {
            self.secure = contains(b"https://");
        }
    }

    fn request_line(&mut self, line: &[u8]) {
        let mut words = line.split(|&byte| byte == b' ').map(|word| String::from_utf8_lossy(word).into_owned());
        self.request_line = Some((words.next().unwrap_or_default(), words.next().unwrap_or_default()));
        self.host = None;
    }

    fn request(&self) -> Option<Request> {
        let (method, target) = self.request_line.clone()?;
        let scheme = if self.secure { "https" } else { "http" };
        // A proxy is given the whole URL.
        let url = if target.contains("://") { target } else { format!("{scheme}://{}{target}", self.host.as_ref()?) };
        Some(Request { method, url })
    }
}

fn command(words: Words, line: usize) -> Result<Vec<Field>, CurlError> {
    curl::fields(words.finish().ok_or(CurlError::OpenQuote { line })?, line)
}

/// `field-line = field-name ":" OWS field-value OWS` (RFC 9112 section 5).
fn field_line(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|&byte| byte == b':')?;
    let (name, text) = line.split_at(colon);
    if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
        return None;
    }
    let text = text.strip_prefix(b":").unwrap_or(text);
    let start = text.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(text.len());
    Some((name, text.get(start..).unwrap_or_default()))
}

/// `HTTP/1.1 200 OK` or `GET /path HTTP/1.1` (RFC 9112 sections 3 and 4).
fn is_start_line(line: &[u8]) -> bool {
    let words: Vec<&[u8]> = line.split(|&byte| byte == b' ').collect();
    match words.as_slice() {
        [version, status, ..] if version.starts_with(b"HTTP/") => {
            status.len() == 3 && status.iter().all(u8::is_ascii_digit)
        }
        [method, _target, version] if version.starts_with(b"HTTP/") => {
            !method.is_empty() && method.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Lines};
    use crate::input::{Field, FieldName, fields};

    fn shown(text: &str) -> Vec<String> {
        let shown = |field: Field| {
            let mark = if field.name == FieldName::Cookie { '>' } else { '<' };
            let request = field.request.map(|request| format!(" | {} {}", request.method, request.url));
            format!("{}{mark}{}{}", field.line, String::from_utf8_lossy(&field.text), request.unwrap_or_default())
        };
        fields(text.as_bytes()).unwrap_or_default().into_iter().map(shown).collect()
    }

    #[test]
    fn inputs() {
        let rows: [(&str, &str, &[&str]); 12] = [
            ("indented lines", "  Cookie: a=1\n  Set-Cookie: b=2\n", &["1>a=1", "2<b=2"]),
            ("a block less indented than the one before", "    Cookie: a=1\n  Cookie: b=2", &["1>a=1", "2>b=2"]),
            ("a line more indented continues another", "  X: y\n    Cookie: a=1", &[]),
            ("the indentation of a block is its own", "X: y\n\n\tCookie: a=1", &["3>a=1"]),
            (
                "a whole message, indented",
                "    HTTP/1.1 200 OK\n    Set-Cookie: a=1\n    \n    Set-Cookie: body=1\n",
                &["2<a=1"],
            ),
            ("quoted header lines", "> Cookie: a=1\n< set-cookie: b=2", &["1>a=1", "2<b=2"]),
            (
                "curl -v over http",
                "*   Trying 127.0.0.1:80...\n* Connected to shop.example (127.0.0.1) port 80\n> GET /a?b HTTP/1.1\n> Host: shop.example\n> Cookie: a=1\n> \n< HTTP/1.1 200 OK\n< Set-Cookie: b=2\n< \nSet-Cookie: body=1\n",
                &["5>a=1 | GET http://shop.example/a?b", "8<b=2 | GET http://shop.example/a?b"],
            ),
            (
                "curl -v over https, a redirect, CRLF",
                "*   Trying [::1]:443...\r\n* SSL connection using TLSv1.3\r\n> GET /a HTTP/2\r\n> Host: shop.example\r\n>\r\n< HTTP/2 302 \r\n< set-cookie: b=2\r\n<\r\n* Issue another request to this URL: 'http://shop.example/b'\r\n*   Trying 127.0.0.1:80...\r\n> POST /b HTTP/1.1\r\n> host: shop.example:8080\r\n>\r\n< HTTP/1.1 200\r\n< set-cookie: c=3\r\n",
                &["7<b=2 | GET https://shop.example/a", "15<c=3 | POST http://shop.example:8080/b"],
            ),
            (
                "the URL of a request to a proxy",
                "> GET http://shop.example/a HTTP/1.1\n> Host: shop.example\n< HTTP/1.1 200 OK\n< Set-Cookie: b=2\n",
                &["4<b=2 | GET http://shop.example/a"],
            ),
            ("a message of no known URL", "HTTP/2 200\nset-cookie: a=1\n", &["2<a=1"]),
            ("a body that looks like a command", "HTTP/2 200\n\ncurl https://a/ -b a=1\n", &[]),
            ("a field in a command's data", "curl https://a/ -d '\nCookie: a=1\n'", &[]),
        ];
        for (why, text, expected) in rows {
            assert_eq!(shown(text), expected, "{why}");
        }
    }

    #[test]
    fn what_is_no_field_is_told_apart_from_what_is_nothing() {
        for (line, expected) in [
            ("sid=1", Line::Unknown),
            ("Cookie sid=1", Line::Unknown),
            ("curl", Line::Unknown),
            ("", Line::Other),
            ("Accept: */*", Line::Other),
            ("GET / HTTP/1.1", Line::Other),
            ("curl https://a/", Line::Other),
            ("* Connected", Line::Other),
        ] {
            assert_eq!(Lines::new().line(line.as_bytes()), Ok(expected), "{line}");
        }
    }
}
