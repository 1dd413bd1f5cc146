//! The Cookie and Set-Cookie fields of a text, whatever it was copied from.

mod curl;
mod field;
pub mod har;
mod lines;
mod words;

pub use crate::input::curl::CurlError;
pub use crate::input::field::{Field, FieldName, Request};
pub use crate::input::lines::{Line, Lines};

/// Returns every field of a text: header lines, whole messages, transcripts and commands of curl.
///
/// # Errors
///
/// - a `curl` command that ends inside quotes
/// - a `curl` command whose cookies are in a file
pub fn fields(text: &[u8]) -> Result<Vec<Field>, CurlError> {
    let mut lines = Lines::new();
    let mut fields = Vec::new();
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        fields.extend(lines.line(line)?.into_fields());
    }
    fields.extend(lines.end()?);
    Ok(fields)
}
