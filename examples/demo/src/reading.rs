//! What the crate reads in a field, as tables.

use hardtack_cli::reading::{CookieReading, Decoded, MAX_OCTETS, Meaning, PairReading, SetCookieReading};
use hardtack_cli::screen::visible;
use maud::{Markup, html};

/// Whether the values of cookies are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Values {
    Shown,
    Hidden,
}

impl Values {
    /// A value, or how long it is.
    pub(crate) fn of(self, value: &[u8]) -> String {
        match self {
            Self::Shown => visible(value),
            Self::Hidden => format!("<{}>", octets(value.len())),
        }
    }
}

pub(crate) fn octets(count: usize) -> String {
    format!("{count} octet{}", if count == 1 { "" } else { "s" })
}

/// A Cookie field, pair by pair.
pub(crate) fn cookie(text: &[u8], values: Values) -> Markup {
    let reading = CookieReading::new(text);
    html! {
        table {
            caption { "Cookie, " (octets(reading.octets)) }
            thead { tr { th scope="col" { "Name" } th scope="col" { "Value" } th scope="col" { "Note" } } }
            tbody {
                @for pair in &reading.pairs { (pair_row(pair, values)) }
                @if reading.pairs.is_empty() { tr { td colspan="3" { "no pair" } } }
            }
        }
        @for error in &reading.refused { p.bad { "Skipped: " (visible(error.to_string().as_bytes())) } }
        @if let Some(error) = &reading.strict {
            p.note { "A strict server refuses this field: " (visible(error.to_string().as_bytes())) }
        }
        @if reading.octets > MAX_OCTETS {
            p.note { "More than " (MAX_OCTETS) " octets in the field: some servers refuse it." }
        }
    }
}

/// A Set-Cookie field, attribute by attribute.
pub(crate) fn set_cookie(text: &[u8], values: Values) -> Markup {
    let reading = match SetCookieReading::new(text) {
        Ok(reading) => reading,
        Err(error) => return html! { p.bad { "No cookie: " (visible(error.to_string().as_bytes())) } },
    };
    html! {
        table {
            caption { "Set-Cookie, " (reading.pair.octets()) " of the " (MAX_OCTETS) " octets that name and value may have" }
            thead { tr { th scope="col" { "Name" } th scope="col" { "Value" } th scope="col" { "Meaning" } } }
            tbody {
                (pair_row(&reading.pair, values))
                @for attribute in &reading.attributes {
                    tr {
                        th scope="row" { (visible(&attribute.name)) }
                        td.text { (attribute.value.as_deref().map(visible).unwrap_or_default()) }
                        td.note[matches!(attribute.meaning, Meaning::Ignored(_))] {
                            (visible(attribute.meaning.to_string().as_bytes()))
                        }
                    }
                }
            }
        }
    }
}

fn pair_row(pair: &PairReading, values: Values) -> Markup {
    let payload = pair.form.as_ref().and_then(|form| form.payload()).filter(|_| values == Values::Shown);
    html! {
        tr {
            th scope="row" { @if pair.name.is_empty() { "(nameless)" } @else { (visible(&pair.name)) } }
            td.text { (values.of(&pair.value)) }
            td {
                @match &pair.decoded {
                    Decoded::Text(text) if values == Values::Shown => { "stands for " (visible(text)) ". " }
                    Decoded::Fails => { "does not percent-decode. " }
                    _ => {}
                }
                @if pair.tombstone { "says that the cookie is deleted. " }
                @if pair.again { "given again: the first counts. " }
                @if pair.octets() > MAX_OCTETS { (octets(pair.octets())) ", more than user agents keep. " }
                @if let Some(form) = &pair.form { "looks like " (form.name) ". " }
                @if let Some(payload) = payload { "Says, not verified: " (visible(payload.as_bytes())) }
            }
        }
    }
}
