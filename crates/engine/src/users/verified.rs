//! Whether an address and a telephone number are known to be a user's own.

use riverbank_store::users::User;

use crate::Engine;

/// What of a user's contacts is verified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// The e-mail address.
    pub email: bool,
    /// The telephone number.
    pub phone: bool,
}

impl Engine {
    /// What of a user's contacts is verified: all that its partner has given where the operator takes that as verified, and
    /// nothing elsewhere.
    pub fn verified(&self, user: &User) -> Verified {
        let counts = |contact: &Option<String>| {
            self.settings().contacts_are_verified && contact.as_ref().is_some_and(|text| !text.is_empty())
        };
        Verified { email: counts(&user.email), phone: counts(&user.phone) }
    }
}
