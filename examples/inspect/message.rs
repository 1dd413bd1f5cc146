//! Which lines of the input are fields.

/// A field this program shows, and its text.
pub(crate) enum Field<'l> {
    Cookie(&'l [u8]),
    SetCookie(&'l [u8]),
}

/// Where in the input a line stands: lines alone, or a message that has a head and a body.
#[derive(Default)]
pub(crate) enum Message {
    #[default]
    Lines,
    Head,
    Body,
}

impl Message {
    /// The field that the next line is, unless it is none, or stands in a body.
    ///
    /// A request or status line begins a message, and the next blank line its body. A body may be followed by another
    /// message, as when redirects are shown.
    pub(crate) fn field<'l>(&mut self, line: &'l [u8]) -> Option<Field<'l>> {
        let line = line.strip_suffix(b"\n").map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line));
        if is_start_line(line) {
            *self = Self::Head;
            return None;
        }
        match self {
            Self::Head if line.is_empty() => {
                *self = Self::Body;
                None
            }
            Self::Lines | Self::Head => field(line),
            Self::Body => None,
        }
    }
}

/// `field-line = field-name ":" OWS field-value OWS`, a name in any letter case (RFC 9112 section 5).
///
/// A line that begins with white space continues the one before it, and is no field (RFC 9112 section 5.2).
fn field(line: &[u8]) -> Option<Field<'_>> {
    let colon = line.iter().position(|&byte| byte == b':')?;
    let (name, text) = line.split_at(colon);
    let start = text.iter().skip(1).position(|byte| !matches!(byte, b' ' | b'\t'));
    let text = start.and_then(|start| text.get(start + 1..)).unwrap_or_default();
    if name.eq_ignore_ascii_case(b"Cookie") {
        Some(Field::Cookie(text))
    } else if name.eq_ignore_ascii_case(b"Set-Cookie") {
        Some(Field::SetCookie(text))
    } else {
        None
    }
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
