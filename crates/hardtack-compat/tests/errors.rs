//! The text of each error, which is all that most people see of it.

use hardtack_compat::{KeyError, OpenError, Part, PayloadError, SealError};

#[test]
fn an_error_says_what_is_wrong_and_what_to_do() {
    let texts: &[(&dyn core::error::Error, &str)] = &[
        (&OpenError::TooLong { len: 20_000, max: 16_384 }, "the text is 20000 octets, of which at most 16384 are read"),
        (&OpenError::Malformed { part: Part::Prefix }, "the prefix is missing, or not in its canonical form"),
        (&OpenError::Malformed { part: Part::Time }, "the time is missing, or not in its canonical form"),
        (&OpenError::Malformed { part: Part::Signature }, "the signature is missing, or not in its canonical form"),
        (&OpenError::Malformed { part: Part::Nonce }, "the nonce is missing, or not in its canonical form"),
        (&OpenError::Malformed { part: Part::Tag }, "the tag is missing, or not in its canonical form"),
        (&OpenError::Malformed { part: Part::Ciphertext }, "the ciphertext is missing, or not in its canonical form"),
        (&OpenError::Malformed { part: Part::Cookie }, "the cookie is missing, or not in its canonical form"),
        (&OpenError::NotAuthentic, "no key of the ring wrote this text"),
        (&OpenError::Expired, "the text has expired"),
        (&OpenError::FromFuture, "the text was written in the future"),
        (&OpenError::OtherName, "the text was written for a cookie of another name"),
        (&OpenError::Payload(PayloadError::Json), "the payload is not JSON"),
        (&PayloadError::Base64, "the payload is not canonical base64"),
        (&PayloadError::Zlib, "the payload is not a zlib stream"),
        (&PayloadError::TrailingOctets, "the payload goes on after its zlib stream"),
        (&PayloadError::TooLarge { max: 65_536 }, "the payload inflates to more than 65536 octets"),
        (&PayloadError::NotUtf8, "the payload is not UTF-8"),
        (&PayloadError::TooDeep { max: 128 }, "the payload is nested deeper than 128"),
        (&PayloadError::Tag { tag: " u" }, "the content of the tag \" u\" is not what the tag says"),
        (&PayloadError::Kind, "the payload is JSON of another kind"),
        (
            &SealError::TooLong { len: 20_000, max: 16_384 },
            "the text would be 20000 octets, of which at most 16384 are read; keep the data on the server",
        ),
        (
            &SealError::TooLarge { len: 70_000, max: 65_536 },
            "the payload is 70000 octets, of which at most 65536 are inflated; keep the data on the server",
        ),
        (&SealError::TooDeep { max: 128 }, "the value is nested deeper than 128"),
        (&SealError::InvalidByte { byte: b';', offset: 3 }, "byte 0x3B at offset 3 cannot be carried by this form"),
        (&SealError::EmptyValue, "an empty value is not read in this form"),
        (&SealError::Time, "the time is outside the years 1 to 9999"),
        (&SealError::NoRandomness, "no random octets for a nonce"),
        (&KeyError::TooShort { len: 63, min: 64 }, "a key of 63 octets, where at least 64 are needed"),
    ];
    for (error, text) in texts {
        assert_eq!(&error.to_string(), text);
    }
}
