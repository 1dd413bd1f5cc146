//! A Cookie or Set-Cookie field, and the request it belongs to.

/// Which of the two header fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldName {
    /// Of a request.
    Cookie,
    /// Of a response.
    SetCookie,
}

impl FieldName {
    /// Returns the name as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cookie => "Cookie",
            Self::SetCookie => "Set-Cookie",
        }
    }

    /// Finds the field of this name, in any letter case (RFC 9110 section 5.1).
    #[must_use]
    pub fn from_ascii(name: &[u8]) -> Option<Self> {
        [Self::Cookie, Self::SetCookie].into_iter().find(|field| name.eq_ignore_ascii_case(field.as_str().as_bytes()))
    }
}

/// A field as it was found.
#[derive(Clone, PartialEq, Eq)]
pub struct Field {
    /// Which it is.
    pub name: FieldName,
    /// Its text, without the white space in front of it.
    pub text: Vec<u8>,
    /// The line of the input it stands in, from 1; 0 where there are no lines.
    pub line: usize,
    /// The request it belongs to, where the input tells.
    pub request: Option<Request>,
}

/// Shows the length of the text, which holds cookies, not the text.
impl core::fmt::Debug for Field {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Field")
            .field("name", &self.name)
            .field("octets", &self.text.len())
            .field("line", &self.line)
            .field("request", &self.request)
            .finish()
    }
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The URL, absolute.
    pub url: String,
}
