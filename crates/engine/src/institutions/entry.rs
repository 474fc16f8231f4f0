//! The way between the entries of a catalogue file and the rows of the database.

use jiff::Timestamp;
use riverbank_connect::catalogue::{
    CatalogueCredential, CatalogueEntry, ConnectorKind, CredentialChoice, InstitutionFlags, InstitutionUrls,
};
use riverbank_model::account::AccountType;
use riverbank_store::institutions::{InstitutionCredentialRow, InstitutionRow};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Fault;

/// The rows of an entry that is new at `now`.
pub(super) fn rows_of(
    entry: &CatalogueEntry,
    now: Timestamp,
) -> Result<(InstitutionRow, Vec<InstitutionCredentialRow>), Fault> {
    let CatalogueEntry { flags, urls, .. } = entry;
    let institution = InstitutionRow {
        guid: entry.guid.clone(),
        code: entry.code.clone(),
        name: entry.name.clone(),
        url: urls.url.clone(),
        keywords: to_json(&entry.keywords)?,
        countries: to_json(&entry.countries)?,
        popularity: entry.popularity,
        is_test: flags.is_test,
        is_hidden: flags.is_hidden,
        background_aggregation_is_disabled: flags.background_aggregation_is_disabled,
        supports_account_identification: flags.supports_account_identification,
        supports_account_verification: flags.supports_account_verification,
        supports_oauth: flags.supports_oauth,
        supports_transaction_history: flags.supports_transaction_history,
        account_types: entry.account_types.iter().fold(0, |bits, kind| bits | 1 << kind.id()),
        instructions: entry.instructions.clone(),
        forgot_password_url: urls.forgot_password_url.clone(),
        forgot_username_url: urls.forgot_username_url.clone(),
        trouble_signing_in_url: urls.trouble_signing_in_url.clone(),
        medium_logo_url: urls.medium_logo_url.clone(),
        small_logo_url: urls.small_logo_url.clone(),
        connector: entry.connector.name().to_owned(),
        settings: entry.settings.clone(),
        created_at: now,
        updated_at: now,
    };
    let form = entry.credentials.iter().map(|credential| {
        Ok(InstitutionCredentialRow {
            institution_guid: entry.guid.clone(),
            guid: credential.guid.clone(),
            field_name: credential.field_name.clone(),
            label: credential.label.clone(),
            field_type: credential.field_type,
            display_order: credential.display_order,
            is_optional: credential.optional,
            max_length: credential.max_length,
            meta_data: credential.meta_data.clone(),
            options: to_json(&credential.options)?,
            created_at: now,
            updated_at: now,
        })
    });
    Ok((institution, form.collect::<Result<_, Fault>>()?))
}

/// The entry of an institution and its form, which is in display order.
pub(super) fn of_rows(
    row: InstitutionRow,
    form: Vec<InstitutionCredentialRow>,
) -> Result<CatalogueEntry, Fault> {
    let connector = ConnectorKind::from_name(&row.connector)
        .ok_or_else(|| Fault::internal(format!("{} has an unknown kind of connector", row.code)))?;
    let credentials = form.into_iter().map(|field| {
        Ok(CatalogueCredential {
            guid: field.guid,
            field_name: field.field_name,
            label: field.label,
            field_type: field.field_type,
            display_order: field.display_order,
            optional: field.is_optional,
            max_length: field.max_length,
            meta_data: field.meta_data,
            options: from_json::<Vec<CredentialChoice>>(&field.options)?,
        })
    });
    let has = |kind: &AccountType| row.account_types >> kind.id() & 1 == 1;
    Ok(CatalogueEntry {
        keywords: from_json(&row.keywords)?,
        countries: from_json(&row.countries)?,
        account_types: AccountType::ALL.iter().copied().filter(has).collect(),
        credentials: credentials.collect::<Result<_, Fault>>()?,
        guid: row.guid,
        code: row.code,
        name: row.name,
        popularity: row.popularity,
        flags: InstitutionFlags {
            is_test: row.is_test,
            is_hidden: row.is_hidden,
            background_aggregation_is_disabled: row.background_aggregation_is_disabled,
            supports_account_identification: row.supports_account_identification,
            supports_account_verification: row.supports_account_verification,
            supports_oauth: row.supports_oauth,
            supports_transaction_history: row.supports_transaction_history,
        },
        instructions: row.instructions,
        urls: InstitutionUrls {
            url: row.url,
            forgot_password_url: row.forgot_password_url,
            forgot_username_url: row.forgot_username_url,
            trouble_signing_in_url: row.trouble_signing_in_url,
            medium_logo_url: row.medium_logo_url,
            small_logo_url: row.small_logo_url,
        },
        connector,
        settings: row.settings,
    })
}

fn to_json(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::Internal(Box::new(error)))
}

/// Reads a column of JSON.
pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| Fault::Internal(Box::new(error)))
}
