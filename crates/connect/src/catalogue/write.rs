//! The way from the entries to a catalogue file.

use serde::Serialize;

use super::file::{Credential, Institution};
use super::{CatalogueEntry, CatalogueError, ConnectorKind};

pub(super) fn write(entries: &[CatalogueEntry]) -> Result<String, CatalogueError> {
    #[derive(Serialize)]
    struct Single {
        institution: [Institution; 1],
    }
    let mut text = String::new();
    for entry in entries {
        let unwritable = |message: String| CatalogueError::Settings { code: entry.code.clone(), message };
        let single = Single { institution: [institution(entry).map_err(unwritable)?] };
        if !text.is_empty() {
            text.push('\n');
        }
        text += &toml::to_string(&single).map_err(|error| unwritable(error.to_string()))?;
    }
    Ok(text)
}

fn institution(entry: &CatalogueEntry) -> Result<Institution, String> {
    fn table<T: serde::de::DeserializeOwned>(text: &str) -> Result<Option<T>, String> {
        toml::from_str(text).map(Some).map_err(|error| error.message().to_owned())
    }
    let (script, ofx) = match entry.connector {
        ConnectorKind::Script => (table(&entry.settings)?, None),
        ConnectorKind::Ofx => (None, table(&entry.settings)?),
    };
    let (flags, urls) = (entry.flags, entry.urls.clone());
    Ok(Institution {
        guid: Some(entry.guid.to_string()),
        code: entry.code.clone(),
        name: entry.name.clone(),
        url: urls.url,
        keywords: entry.keywords.clone(),
        popularity: entry.popularity,
        iso_country_code: entry.countries.clone(),
        is_test: flags.is_test,
        is_hidden: flags.is_hidden,
        background_aggregation_is_disabled: flags.background_aggregation_is_disabled,
        supports_account_identification: flags.supports_account_identification,
        supports_account_verification: flags.supports_account_verification,
        supports_oauth: flags.supports_oauth,
        supports_transaction_history: flags.supports_transaction_history,
        account_types: entry.account_types.clone(),
        instructions: entry.instructions.clone(),
        forgot_password_url: urls.forgot_password_url,
        forgot_username_url: urls.forgot_username_url,
        trouble_signing_in_url: urls.trouble_signing_in_url,
        medium_logo_url: urls.medium_logo_url,
        small_logo_url: urls.small_logo_url,
        connector: entry.connector.name().to_owned(),
        credential: entry
            .credentials
            .iter()
            .map(|credential| Credential {
                guid: Some(credential.guid.to_string()),
                field_name: credential.field_name.clone(),
                label: credential.label.clone(),
                field_type: credential.field_type.name().to_owned(),
                display_order: Some(credential.display_order),
                optional: credential.optional,
                max_length: credential.max_length,
                meta_data: credential.meta_data.clone(),
                options: credential.options.clone(),
            })
            .collect(),
        script,
        ofx,
    })
}
