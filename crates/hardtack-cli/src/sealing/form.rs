//! The forms of sealed values.

use clap::ValueEnum;
use hardtack_cli::reading;

/// Every form that is opened and made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(clippy::doc_markdown, reason = "help is read on a terminal")]
pub(crate) enum Form {
    /// hardtack, encrypted
    Encrypted,
    /// hardtack, signed
    Signed,
    /// Flask and Quart sessions; values are JSON, tagged as theirs
    Flask,
    /// Django signed cookies
    DjangoCookie,
    /// Django's signing.dumps; values are JSON
    DjangoSigning,
    /// Starlette and FastAPI sessions; values are JSON
    Starlette,
    /// itsdangerous.Signer
    Itsdangerous,
    /// itsdangerous.TimestampSigner
    ItsdangerousTimed,
    /// itsdangerous.URLSafeSerializer; values are JSON
    ItsdangerousJson,
    /// itsdangerous.URLSafeTimedSerializer; values are JSON
    ItsdangerousTimedJson,
    /// Bottle; values are the payload's octets, which is a pickle
    Bottle,
    /// Express (cookie-parser, express-session)
    Express,
    /// @fastify/cookie
    Fastify,
    /// Hono
    Hono,
    /// Koa and cookie-session; texts are a Cookie field with both cookies
    Keygrip,
    /// Rails signed cookies; values are JSON
    RailsSigned,
    /// Rails encrypted cookies; values are JSON
    RailsEncrypted,
    /// The crate cookie, signed jar
    CookieSigned,
    /// The crate cookie, private jar
    CookiePrivate,
    /// The crate biscotti, signed
    BiscottiSigned,
    /// The crate biscotti, encrypted
    BiscottiEncrypted,
}

impl Form {
    pub(crate) const fn is_native(self) -> bool {
        matches!(self, Self::Encrypted | Self::Signed)
    }

    /// The form of a text by its shape, where that tells.
    pub(crate) fn of(name: &str, text: &str) -> Option<Self> {
        Some(match reading::Form::of(name.as_bytes(), text.as_bytes())?.code {
            "hardtack-encrypted" => Self::Encrypted,
            "hardtack-signed" => Self::Signed,
            "itsdangerous" => Self::Flask,
            "django-signed" => Self::DjangoCookie,
            "express-signed" => Self::Express,
            "rails-signed" => Self::RailsSigned,
            "rails-encrypted" => Self::RailsEncrypted,
            _ => return None,
        })
    }
}
