//! The catalogue of institutions as a file: what `institutions load` reads and `institutions export` writes.
//!
//! One form serves all: a file of thousands of institutions and a test bank with its script are both lists of
//! `[[institution]]` tables, described in `docs/institutions.md`. What is written is read back as it was.

mod file;
#[cfg(test)]
mod tests;
mod write;

use riverbank_model::account::AccountType;
use riverbank_model::credential::FieldType;
use riverbank_model::guid::{CredentialGuid, InstitutionGuid};
use thiserror::Error;

/// One institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// Its id; without one in the file it follows from the code.
    pub guid: InstitutionGuid,
    /// Its short code, unique in the catalogue.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Words that a search finds it by, besides its name.
    pub keywords: Vec<String>,
    /// Higher comes first.
    pub popularity: i64,
    /// ISO 3166-1 codes of two letters.
    pub countries: Vec<String>,
    /// What it is and supports.
    pub flags: InstitutionFlags,
    /// The kinds of accounts it has, by their numbers.
    pub account_types: Vec<AccountType>,
    /// What to tell an end user before the login form.
    pub instructions: Option<String>,
    /// Addresses of pages and pictures.
    pub urls: InstitutionUrls,
    /// What serves it.
    pub connector: ConnectorKind,
    /// The settings of its connector: a TOML table.
    pub settings: String,
    /// The fields of its login form, in display order; none where the institution has a login page of its own.
    pub credentials: Vec<CatalogueCredential>,
}

/// What an institution is and supports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are independent facts with names of their own in the API"
)]
pub struct InstitutionFlags {
    /// A test institution: no throttle, and its members' statuses may be set.
    pub is_test: bool,
    /// Not offered for new members.
    pub is_hidden: bool,
    /// Does not want its customers' data fetched without being asked.
    pub background_aggregation_is_disabled: bool,
    /// Tells who owns an account.
    pub supports_account_identification: bool,
    /// Tells full account and routing numbers.
    pub supports_account_verification: bool,
    /// Is connected over OAuth.
    pub supports_oauth: bool,
    /// Tells more than the first 90 days.
    pub supports_transaction_history: bool,
}

/// Addresses of an institution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the institution object")]
pub struct InstitutionUrls {
    pub url: Option<String>,
    pub forgot_password_url: Option<String>,
    pub forgot_username_url: Option<String>,
    pub trouble_signing_in_url: Option<String>,
    pub medium_logo_url: Option<String>,
    pub small_logo_url: Option<String>,
}

/// What serves an institution. Its name is the `connector` of an entry and the table of its settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectorKind {
    /// A scripted test bank.
    Script,
    /// OFX Direct Connect.
    Ofx,
}

impl ConnectorKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Script, Self::Ofx];

    /// The name in a catalogue.
    pub fn name(self) -> &'static str {
        match self {
            Self::Script => "script",
            Self::Ofx => "ofx",
        }
    }

    /// The kind of this exact name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One field of a login form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueCredential {
    /// Its id; without one in the file it follows from the institution's and the field name.
    pub guid: CredentialGuid,
    /// Its name, unique within the institution.
    pub field_name: String,
    /// The text beside it.
    pub label: String,
    /// What form it has.
    pub field_type: FieldType,
    /// Lower comes first.
    pub display_order: i64,
    /// May be left out.
    pub optional: bool,
    /// Characters of the longest value.
    pub max_length: Option<i64>,
    /// Free text for front ends.
    pub meta_data: Option<String>,
    /// OPTIONS only: the choices, in display order.
    pub options: Vec<CredentialChoice>,
}

/// A choice of an OPTIONS field.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CredentialChoice {
    /// The text to show.
    pub label: String,
    /// What goes to the institution.
    pub value: String,
}

/// A catalogue that cannot be read, or an entry that cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CatalogueError {
    /// The text is not a catalogue.
    #[error("line {line}, column {column}: {message}")]
    Malformed {
        /// The line of the flaw, from 1.
        line: usize,
        /// The character of that line, from 1.
        column: usize,
        /// What is wrong, naming the key.
        message: String,
    },
    /// The settings of an entry are not a TOML table.
    #[error("the settings of {code} cannot be written: {message}")]
    Settings {
        /// The institution.
        code: String,
        /// Why not.
        message: String,
    },
}

/// Reads a catalogue. An unknown key, a missing one, a doubled code or id and a flawed script are refused.
pub fn parse(text: &str) -> Result<Vec<CatalogueEntry>, CatalogueError> {
    file::read(text)
}

/// Writes a catalogue, in the order of the entries. [`parse`] reads the same entries from it.
pub fn to_toml(entries: &[CatalogueEntry]) -> Result<String, CatalogueError> {
    write::write(entries)
}
