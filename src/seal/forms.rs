//! Signed or encrypted: what takes a sealed value takes either.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::date::CookieDate;
use crate::input::Text;
use crate::seal::encrypted::Sealer;
use crate::seal::error::{OpenError, SealError};
use crate::seal::opened::Opened;
use crate::seal::signed::Signer;

/// A [`Signer`] or a [`Sealer`]. The trait is sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` seals no values",
    note = "pass a `seal::Signer` or a `seal::Sealer`; a `Key` becomes one by `Signer::new` or `Sealer::new`"
)]
pub trait Seal: Form {}

impl Seal for Signer {}
impl Seal for Sealer {}

use sealed::Form;

#[allow(unnameable_types, reason = "what seals `Seal` cannot be named")]
mod sealed {
    use super::{CookieDate, Cow, OpenError, Opened, SealError, Sealer, Signer, String, Text};

    pub trait Form {
        fn seal_value(&self, name: &str, value: &str, now: CookieDate) -> Result<String, SealError>;

        fn open_value<'t, T: ?Sized + Text>(
            &self,
            name: &[u8],
            text: &'t T,
            now: CookieDate,
        ) -> Result<Opened<Cow<'t, T>>, OpenError>;
    }

    macro_rules! forms {
        ($($form:ty)+) => {
            $(
                impl Form for $form {
                    fn seal_value(&self, name: &str, value: &str, now: CookieDate) -> Result<String, SealError> {
                        self.seal(name, value, now)
                    }

                    fn open_value<'t, T: ?Sized + Text>(
                        &self,
                        name: &[u8],
                        text: &'t T,
                        now: CookieDate,
                    ) -> Result<Opened<Cow<'t, T>>, OpenError> {
                        self.open_text(name, text, now)
                    }
                }
            )+
        };
    }

    forms! { Signer Sealer }
}
