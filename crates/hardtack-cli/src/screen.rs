//! Octets made visible: text for a terminal, and the column an octet is shown in.

use core::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

/// How much of a long line is shown before an octet in question, and in all, in columns.
const BEFORE: usize = 60;
const ACROSS: usize = 100;

/// Returns the columns a text takes on a terminal.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// Returns text for a terminal: what would move the cursor or reorder the line is escaped, and so is what is not UTF-8.
///
/// ```
/// assert_eq!(hardtack_cli::screen::visible(b"a\x1B[2J\xFF"), r"a\x1B[2J\xFF");
/// ```
#[must_use]
pub fn visible(octets: &[u8]) -> String {
    Line::new(octets).pieces.into_iter().map(|piece| piece.text).collect()
}

/// Octets as they are shown, piece by piece, so that each octet is found again.
#[derive(Debug)]
pub struct Line {
    pieces: Vec<Piece>,
}

#[derive(Debug)]
struct Piece {
    octets: usize,
    text: String,
}

impl Line {
    /// Shows octets as [`visible`] does.
    #[must_use]
    pub fn new(octets: &[u8]) -> Self {
        let mut pieces = Vec::new();
        for chunk in octets.utf8_chunks() {
            for char in chunk.valid().chars() {
                pieces.push(Piece { octets: char.len_utf8(), text: visible_char(char) });
            }
            for octet in chunk.invalid() {
                pieces.push(Piece { octets: 1, text: format!("\\x{octet:02X}") });
            }
        }
        Self { pieces }
    }

    /// Adds octets that are shown as another text.
    pub fn push_as(&mut self, octets: usize, text: String) {
        self.pieces.push(Piece { octets, text });
    }

    /// Adds another text.
    pub fn extend(&mut self, line: Self) {
        self.pieces.extend(line.pieces);
    }

    /// Returns the text around the octet at `offset`, all of it if it is short, and the column the octet is shown in.
    #[must_use]
    pub fn around(&self, offset: usize) -> (String, usize) {
        let mut end = 0;
        let at = self.pieces.iter().position(|piece| {
            end += piece.octets;
            offset < end
        });
        let at = at.unwrap_or(self.pieces.len());
        let (before, behind) = self.pieces.split_at(at);
        let long = sum(before) + sum(behind) > ACROSS;
        let start = if long { before.len() - fitting(before.iter().rev(), BEFORE) } else { 0 };
        let mut shown = if start > 0 { "…".to_owned() } else { String::new() };
        shown += &text(before.get(start..).unwrap_or_default());
        let column = shown.width();
        // The octet itself is shown, however wide it is.
        let end = if long { fitting(behind.iter(), ACROSS.saturating_sub(column)).max(1) } else { behind.len() };
        shown += &text(behind.get(..end).unwrap_or(behind));
        if end < behind.len() {
            shown.push('…');
        }
        (shown, column)
    }
}

/// How many pieces fit into so many columns.
fn fitting<'p>(pieces: impl Iterator<Item = &'p Piece>, mut columns: usize) -> usize {
    let fits = |piece: &&Piece| {
        let rest = columns.checked_sub(piece.text.width());
        columns = rest.unwrap_or_default();
        rest.is_some()
    };
    pieces.take_while(fits).count()
}

fn sum(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.text.width()).sum()
}

fn text(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn visible_char(char: char) -> String {
    let mut shown = String::new();
    // Writing into a String does not fail.
    let _ = match char {
        '\t' => write!(shown, "\\t"),
        '\n' => write!(shown, "\\n"),
        '\r' => write!(shown, "\\r"),
        '\0'..='\x7F' if char.is_ascii_control() => write!(shown, "\\x{:02X}", u32::from(char)),
        _ if char.is_control() || is_invisible(char) => write!(shown, "{}", char.escape_unicode()),
        _ => write!(shown, "{char}"),
    };
    shown
}

/// Characters of no width that separate lines or change the direction of what follows.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}
