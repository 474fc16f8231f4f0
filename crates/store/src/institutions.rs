//! The catalogue of institutions and the credential fields that they ask for.

use jiff::Timestamp;
use riverbank_model::credential::FieldType;
use riverbank_model::guid::{CredentialGuid, InstitutionGuid};

use crate::db::{StoreError, ToRow, ToValue, Tx, params, row, statements};

row! {
    /// An institution as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct InstitutionRow {
        /// Its id.
        pub guid: InstitutionGuid,
        /// Its short code.
        pub code: String,
        /// Its name.
        pub name: String,
        /// Its web site.
        pub url: Option<String>,
        /// Further words that find it: a JSON array of texts.
        pub keywords: String,
        /// ISO 3166 codes of the countries that it serves: a JSON array of texts.
        pub countries: String,
        /// Larger is more popular.
        pub popularity: i64,
        /// A test institution: callers may set the status of its members.
        pub is_test: bool,
        /// Not offered for new members.
        pub is_hidden: bool,
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
        /// One bit for each number of an account type.
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
        /// When it was first loaded.
        pub created_at: Timestamp,
        /// When it, or a field of it, was last changed.
        pub updated_at: Timestamp,
    }
}

row! {
    /// A credential field of an institution.
    #[derive(Clone, Debug, PartialEq)]
    pub struct InstitutionCredentialRow {
        /// Whose field it is.
        pub institution_guid: InstitutionGuid,
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
        /// The choices: a JSON array of label and value.
        pub options: String,
        /// When it was first loaded.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

statements! {
    VERSION: (i64,) = "select version from catalogue";
    LOCK: (i64,) = {
        sqlite: "select version from catalogue",
        postgres: "select version from catalogue for update",
    };
    RAISE = "update catalogue set version = version + 1";
    FIND: InstitutionRow = "select {columns} from institutions where guid = $1";
    CREDENTIALS_OF: InstitutionCredentialRow = "select {columns} from institution_credentials
        where institution_guid = $1 order by display_order, guid";
    ALL: InstitutionRow = "select {columns} from institutions";
    ALL_CREDENTIALS: InstitutionCredentialRow = "select {columns} from institution_credentials
        order by institution_guid, display_order, guid";
    UPSERT for InstitutionRow = "insert into institutions ({columns}) values ({values})
        on conflict (guid) do update set code = excluded.code, name = excluded.name, url = excluded.url,
        keywords = excluded.keywords, countries = excluded.countries, popularity = excluded.popularity,
        is_test = excluded.is_test, is_hidden = excluded.is_hidden,
        supports_account_identification = excluded.supports_account_identification,
        supports_account_verification = excluded.supports_account_verification,
        supports_oauth = excluded.supports_oauth,
        supports_transaction_history = excluded.supports_transaction_history,
        account_types = excluded.account_types, instructions = excluded.instructions,
        forgot_password_url = excluded.forgot_password_url, forgot_username_url = excluded.forgot_username_url,
        trouble_signing_in_url = excluded.trouble_signing_in_url, medium_logo_url = excluded.medium_logo_url,
        small_logo_url = excluded.small_logo_url, connector = excluded.connector, settings = excluded.settings,
        updated_at = excluded.updated_at";
    UPSERT_CREDENTIAL for InstitutionCredentialRow = "insert into institution_credentials ({columns})
        values ({values})
        on conflict (institution_guid, guid) do update set field_name = excluded.field_name,
        label = excluded.label, field_type = excluded.field_type, display_order = excluded.display_order,
        is_optional = excluded.is_optional, max_length = excluded.max_length, meta_data = excluded.meta_data,
        options = excluded.options, updated_at = excluded.updated_at";
    MARK_UPLOADED = "update institutions set is_uploaded = true where guid = $1";
    DELETE = "delete from institutions where guid = $1";
    STOPPED: (InstitutionGuid,) = "select institution_guid from stopped_institutions";
    STOP = "insert into stopped_institutions (institution_guid, at) values ($1, $2) on conflict do nothing";
    LET_GO_ON = "delete from stopped_institutions where institution_guid = $1";
    DELETE_CREDENTIAL = "delete from institution_credentials where institution_guid = $1 and guid = $2";
}

/// How often the catalogue was changed.
pub async fn version(tx: &Tx) -> Result<i64, StoreError> {
    tx.query_one(&VERSION, params![]).await.map(|(version,)| version)
}

/// Keeps everyone else from changing the catalogue before this unit of work ends.
pub async fn lock(tx: &Tx) -> Result<(), StoreError> {
    tx.query_one(&LOCK, params![]).await.map(drop)
}

/// Says that the catalogue was changed.
pub async fn raise_version(tx: &Tx) -> Result<(), StoreError> {
    tx.execute(&RAISE, params![]).await.map(drop)
}

/// The institution with this id.
pub async fn find(tx: &Tx, guid: &InstitutionGuid) -> Result<Option<InstitutionRow>, StoreError> {
    tx.query_opt(&FIND, params![guid]).await
}

/// The credential fields of an institution, in display order.
pub async fn credentials_of(
    tx: &Tx,
    guid: &InstitutionGuid,
) -> Result<Vec<InstitutionCredentialRow>, StoreError> {
    tx.query(&CREDENTIALS_OF, params![guid]).await
}

/// Every institution, in no order.
pub async fn all(tx: &Tx) -> Result<Vec<InstitutionRow>, StoreError> {
    tx.query(&ALL, params![]).await
}

/// Every credential field, those of one institution together and in display order.
pub async fn all_credentials(tx: &Tx) -> Result<Vec<InstitutionCredentialRow>, StoreError> {
    tx.query(&ALL_CREDENTIALS, params![]).await
}

/// Writes institutions over those with the same id; their time of creation stays.
pub async fn store(tx: &Tx, institutions: &[InstitutionRow]) -> Result<(), StoreError> {
    tx.execute_many(&UPSERT, institutions.iter().map(ToRow::values)).await.map(drop)
}

/// Writes credential fields over those with the same id; their time of creation stays.
pub async fn store_credentials(tx: &Tx, credentials: &[InstitutionCredentialRow]) -> Result<(), StoreError> {
    tx.execute_many(&UPSERT_CREDENTIAL, credentials.iter().map(ToRow::values)).await.map(drop)
}

/// Says that an institution came by the control face of a sandbox.
pub async fn mark_uploaded(tx: &Tx, guid: &InstitutionGuid) -> Result<(), StoreError> {
    tx.execute(&MARK_UPLOADED, params![guid]).await.map(drop)
}

/// Removes an institution with its form; false when there is none. No member may refer to it, not even a deleted one.
pub async fn delete(tx: &Tx, guid: &InstitutionGuid) -> Result<bool, StoreError> {
    Ok(tx.execute(&DELETE, params![guid]).await? > 0)
}

/// Removes credential fields.
pub async fn delete_credentials(
    tx: &Tx,
    credentials: &[(InstitutionGuid, CredentialGuid)],
) -> Result<(), StoreError> {
    let keys = credentials.iter().map(|(institution, guid)| vec![institution.to_value(), guid.to_value()]);
    tx.execute_many(&DELETE_CREDENTIAL, keys).await.map(drop)
}

/// The institutions to which nobody is let connect.
pub async fn stopped(tx: &Tx) -> Result<Vec<InstitutionGuid>, StoreError> {
    Ok(tx.query(&STOPPED, params![]).await?.into_iter().map(|(guid,)| guid).collect())
}

/// Lets nobody connect to an institution; false when that was so.
pub async fn stop(tx: &Tx, guid: &InstitutionGuid, at: Timestamp) -> Result<bool, StoreError> {
    tx.execute(&STOP, params![guid, at]).await.map(|stopped| stopped > 0)
}

/// Lets members connect to an institution again; false when that was so.
pub async fn let_go_on(tx: &Tx, guid: &InstitutionGuid) -> Result<bool, StoreError> {
    tx.execute(&LET_GO_ON, params![guid]).await.map(|gone| gone > 0)
}
