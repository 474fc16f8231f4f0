//! OAuth members: the end user's way to the institution's own page and back, and the consent that it leads to.
//!
//! An address that works once ([`window`]) leads to a start ([`start`]), which sends the browser on to the institution;
//! the institution sends it back ([`callback`]). Each such way is kept as a state (`OAS-`) that front ends read.

mod break_off;
mod callback;
mod consent;
mod end;
mod faults;
mod returns;
mod start;
mod states;
mod window;

pub use callback::{Return, Returned};
pub use end::{OauthEnd, Outcome, Way};
pub use riverbank_connect::oauth::Answer;
pub use riverbank_store::oauth_states::OauthState;
pub use start::{Departure, Started, browser_mark};
pub use states::ListOauthStates;
pub use window::{OauthError, OauthWindow, WindowRequest};

pub(crate) use consent::consent_key;
pub(crate) use window::Window;

use riverbank_connect::oauth::OauthProvider;
use riverbank_connect::{Bank, BankRefusal};

use crate::institutions::Institution;
use crate::{Engine, Fault};

impl Engine {
    /// Where institutions send browsers back to: one address for all, registered at each of them.
    pub(crate) fn redirect_uri(&self) -> String {
        format!("{}/oauth/callback", self.settings().public_url)
    }

    /// The provider of an institution, as its connector describes it; none where there is no way to one.
    pub(crate) fn provider(&self, institution: &Institution) -> Result<Option<OauthProvider>, BankRefusal> {
        let Some(connector) = self.parts.connectors.get(&institution.connector) else { return Ok(None) };
        connector.oauth(&bank(institution), &self.settings().public_url)
    }
}

/// An institution as connectors know it.
pub(crate) fn bank(institution: &Institution) -> Bank {
    Bank {
        code: institution.code.clone(),
        name: institution.name.clone(),
        settings: institution.settings.clone(),
    }
}

impl From<BankRefusal> for Fault {
    /// Where there is no bank that could refuse: a description that cannot be read is the operator's matter.
    fn from(refusal: BankRefusal) -> Self {
        Self::internal(refusal)
    }
}
