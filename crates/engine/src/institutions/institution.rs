//! An institution and the credential fields that it asks for.

use jiff::Timestamp;
use riverbank_connect::catalogue::CredentialChoice;
use riverbank_model::account::AccountType;
use riverbank_model::credential::FieldType;
use riverbank_model::guid::{CredentialGuid, InstitutionGuid};
use riverbank_store::institutions::{InstitutionCredentialRow, InstitutionRow};

use super::entry::from_json;
use crate::Fault;

/// An institution of the catalogue.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "these are fields of the API's institution object")]
pub struct Institution {
    /// Its id.
    pub guid: InstitutionGuid,
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its web site.
    pub url: Option<String>,
    /// Further words that find it.
    pub keywords: Vec<String>,
    /// ISO 3166 codes of the countries that it serves.
    pub countries: Vec<String>,
    /// Larger is more popular.
    pub popularity: i64,
    /// A test institution: callers may set the status of its members.
    pub is_test: bool,
    /// Not offered for new members.
    pub is_hidden: bool,
    /// An operator lets nobody connect to it.
    pub is_stopped: bool,
    /// Its members are not refreshed in the background.
    pub background_aggregation_is_disabled: bool,
    /// Owners can be asked for.
    pub supports_account_identification: bool,
    /// Account and routing numbers can be asked for.
    pub supports_account_verification: bool,
    /// Members may sign in through OAuth.
    pub supports_oauth: bool,
    /// More than the first 90 days can be asked for.
    pub supports_transaction_history: bool,
    /// The kinds of accounts that it is known to have, as bits. See [`Institution::has_accounts`].
    pub account_types: i64,
    /// What the end user is told.
    pub instructions: Option<String>,
    /// Where a password is reset.
    pub forgot_password_url: Option<String>,
    /// Where a user name is looked up.
    pub forgot_username_url: Option<String>,
    /// Where an end user gets help.
    pub trouble_signing_in_url: Option<String>,
    /// 100 by 100 pixels.
    pub medium_logo_url: Option<String>,
    /// 50 by 50 pixels.
    pub small_logo_url: Option<String>,
    /// The kind of connector that serves it.
    pub connector: String,
    /// The settings of its connector: a TOML table.
    pub settings: String,
    /// The fields of its login form, in display order.
    pub credentials: Vec<InstitutionCredential>,
    /// When it was first loaded.
    pub created_at: Timestamp,
    /// When it, or a field of it, was last changed.
    pub updated_at: Timestamp,
}

/// A credential field of an institution.
#[derive(Clone, Debug, PartialEq)]
pub struct InstitutionCredential {
    /// Its id.
    pub guid: CredentialGuid,
    /// Its name towards the institution, such as `LOGIN`.
    pub field_name: String,
    /// What stands beside it.
    pub label: String,
    /// Its kind.
    pub field_type: FieldType,
    /// Its place in the form.
    pub display_order: i64,
    /// May be left out.
    pub is_optional: bool,
    /// Characters of a value at most.
    pub max_length: Option<i64>,
    /// Free text for front ends.
    pub meta_data: Option<String>,
    /// The choices of an OPTIONS field.
    pub options: Vec<CredentialChoice>,
    /// When it was first loaded.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Institution {
    /// Whether it is known to have accounts of this kind.
    pub fn has_accounts(&self, kind: AccountType) -> bool {
        self.account_types >> kind.id() & 1 == 1
    }

    /// The field with this id, if it is a current one.
    pub fn credential(&self, guid: &CredentialGuid) -> Option<&InstitutionCredential> {
        self.credentials.iter().find(|credential| credential.guid == *guid)
    }

    /// Reads what the database holds. The fields come in display order.
    pub(super) fn read(row: InstitutionRow, credentials: Vec<InstitutionCredential>) -> Result<Self, Fault> {
        Ok(Self {
            keywords: from_json(&row.keywords)?,
            countries: from_json(&row.countries)?,
            guid: row.guid,
            code: row.code,
            name: row.name,
            url: row.url,
            popularity: row.popularity,
            is_test: row.is_test,
            is_hidden: row.is_hidden,
            is_stopped: false,
            background_aggregation_is_disabled: row.background_aggregation_is_disabled,
            supports_account_identification: row.supports_account_identification,
            supports_account_verification: row.supports_account_verification,
            supports_oauth: row.supports_oauth,
            supports_transaction_history: row.supports_transaction_history,
            account_types: row.account_types,
            instructions: row.instructions,
            forgot_password_url: row.forgot_password_url,
            forgot_username_url: row.forgot_username_url,
            trouble_signing_in_url: row.trouble_signing_in_url,
            medium_logo_url: row.medium_logo_url,
            small_logo_url: row.small_logo_url,
            connector: row.connector,
            settings: row.settings,
            credentials,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

impl InstitutionCredential {
    /// Reads what the database holds.
    pub(super) fn read(row: InstitutionCredentialRow) -> Result<Self, Fault> {
        Ok(Self {
            options: from_json(&row.options)?,
            guid: row.guid,
            field_name: row.field_name,
            label: row.label,
            field_type: row.field_type,
            display_order: row.display_order,
            is_optional: row.is_optional,
            max_length: row.max_length,
            meta_data: row.meta_data,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
