//! The form of a catalogue file, and the way from it to the entries.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use riverbank_model::account::AccountType;
use riverbank_model::credential::FieldType;
use riverbank_model::guid::{self, CredentialGuid, InstitutionGuid};
use riverbank_model::limits;
use serde::{Deserialize, Serialize};
use toml::{Spanned, Table};

use super::{
    CatalogueCredential, CatalogueEntry, CatalogueError, ConnectorKind, CredentialChoice, InstitutionFlags,
    InstitutionUrls,
};
use crate::script::Script;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    institution: Vec<Spanned<Institution>>,
}

/// One `[[institution]]` table. A script is read in its own form, so that its flaws are
/// told with their lines.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "one for each key of the file")]
pub(super) struct Institution {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) guid: Option<String>,
    pub(super) code: String,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) keywords: Vec<String>,
    #[serde(default)]
    pub(super) popularity: i64,
    #[serde(default = "united_states")]
    pub(super) iso_country_code: Vec<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) is_test: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) is_hidden: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) background_aggregation_is_disabled: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) supports_account_identification: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) supports_account_verification: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) supports_oauth: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) supports_transaction_history: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) account_types: Vec<AccountType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) instructions: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) forgot_password_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) forgot_username_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) trouble_signing_in_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) medium_logo_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) small_logo_url: Option<String>,
    pub(super) connector: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) credential: Vec<Credential>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) script: Option<Script>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ofx: Option<Table>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Credential {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) guid: Option<String>,
    pub(super) field_name: String,
    pub(super) label: String,
    #[serde(rename = "type")]
    pub(super) field_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) display_order: Option<i64>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) optional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_length: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) meta_data: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) options: Vec<CredentialChoice>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

fn united_states() -> Vec<String> {
    vec!["US".to_owned()]
}

/// The fields of the login page of a bank that has no login form here.
const LOGIN_PAGE: [&str; 2] = ["LOGIN", "PASSWORD"];

/// A flaw of an entry: what, and where if not at its start.
struct Flaw(String, Option<Range<usize>>);

impl From<String> for Flaw {
    fn from(message: String) -> Self {
        Self(message, None)
    }
}

pub(super) fn read(text: &str) -> Result<Vec<CatalogueEntry>, CatalogueError> {
    let file: File =
        toml::from_str(text).map_err(|error| malformed(text, error.span(), error.message().to_owned()))?;
    let mut entries = Vec::with_capacity(file.institution.len());
    let mut taken = HashSet::new();
    for spanned in file.institution {
        let span = spanned.span();
        let institution = spanned.into_inner();
        let code = institution.code.clone();
        let entry = entry(institution).map_err(|Flaw(message, place)| {
            malformed(text, Some(place.unwrap_or(span.clone())), format!("institution `{code}`: {message}"))
        })?;
        for unique in [format!("code `{}`", entry.code), format!("guid `{}`", entry.guid)] {
            if !taken.insert(unique.clone()) {
                return Err(malformed(
                    text,
                    Some(span),
                    format!("institution `{code}`: another one has the {unique}"),
                ));
            }
        }
        entries.push(entry);
    }
    Ok(entries)
}

fn malformed(text: &str, span: Option<Range<usize>>, message: String) -> CatalogueError {
    let before = text.get(..span.map_or(0, |span| span.start)).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    CatalogueError::Malformed {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        message,
    }
}

/// A text that the database and the API can hold.
fn checked(key: &str, text: String) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err(format!("`{key}` is empty"));
    }
    if text.contains('\0') {
        return Err(format!("`{key}` holds the character U+0000"));
    }
    if text.chars().count() > limits::TEXT {
        return Err(format!("`{key}` is longer than {} characters", limits::TEXT));
    }
    Ok(text)
}

fn checked_option(key: &str, text: Option<String>) -> Result<Option<String>, String> {
    text.map(|text| checked(key, text)).transpose()
}

fn entry(mut institution: Institution) -> Result<CatalogueEntry, Flaw> {
    let code = checked("code", institution.code)?;
    if !code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')) {
        return Err(Flaw::from("`code` may hold letters, digits, `_`, `-` and `.` only".to_owned()));
    }
    let guid: InstitutionGuid = match institution.guid {
        Some(guid) => guid.parse().map_err(|error| format!("`guid` is {error}"))?,
        None => guid::fixed(&[&code]),
    };
    for country in &institution.iso_country_code {
        if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(format!("`iso_country_code` holds `{country}`, which is not two capitals").into());
        }
    }
    institution.account_types.sort_by_key(|kind| kind.id());
    institution.account_types.dedup();
    let mut credentials = institution
        .credential
        .into_iter()
        .zip(1..)
        .map(|(field, place)| credential(&guid, field, place))
        .collect::<Result<Vec<_>, _>>()?;
    credentials.sort_by_key(|credential| credential.display_order);
    let mut fields: BTreeSet<&str> = BTreeSet::new();
    let mut guids = BTreeSet::new();
    for credential in &credentials {
        if !fields.insert(&credential.field_name) {
            return Err(format!("two credentials have the field name `{}`", credential.field_name).into());
        }
        if !guids.insert(credential.guid.as_str()) {
            return Err(format!("two credentials have the guid `{}`", credential.guid).into());
        }
    }
    if fields.is_empty() {
        fields.extend(LOGIN_PAGE);
    }
    let (connector, settings) =
        settings(&institution.connector, institution.script, institution.ofx, &fields)?;
    Ok(CatalogueEntry {
        guid,
        name: checked("name", institution.name)?,
        keywords: institution
            .keywords
            .into_iter()
            .map(|keyword| checked("keywords", keyword))
            .collect::<Result<_, _>>()?,
        popularity: institution.popularity,
        countries: institution.iso_country_code,
        flags: InstitutionFlags {
            is_test: institution.is_test,
            is_hidden: institution.is_hidden,
            background_aggregation_is_disabled: institution.background_aggregation_is_disabled,
            supports_account_identification: institution.supports_account_identification,
            supports_account_verification: institution.supports_account_verification,
            supports_oauth: institution.supports_oauth,
            supports_transaction_history: institution.supports_transaction_history,
        },
        account_types: institution.account_types,
        instructions: checked_option("instructions", institution.instructions)?,
        urls: InstitutionUrls {
            url: checked_option("url", institution.url)?,
            forgot_password_url: checked_option("forgot_password_url", institution.forgot_password_url)?,
            forgot_username_url: checked_option("forgot_username_url", institution.forgot_username_url)?,
            trouble_signing_in_url: checked_option(
                "trouble_signing_in_url",
                institution.trouble_signing_in_url,
            )?,
            medium_logo_url: checked_option("medium_logo_url", institution.medium_logo_url)?,
            small_logo_url: checked_option("small_logo_url", institution.small_logo_url)?,
        },
        connector,
        settings,
        credentials,
        code,
    })
}

/// The connector by name, and its settings as text.
fn settings(
    name: &str,
    script: Option<Script>,
    ofx: Option<Table>,
    fields: &BTreeSet<&str>,
) -> Result<(ConnectorKind, String), Flaw> {
    let kind = ConnectorKind::from_name(name)
        .ok_or_else(|| format!("`connector` is `{name}`, which is none of `script` and `ofx`"))?;
    let needed =
        format!("`connector` is `{name}`, so that a table `[institution.{name}]` is needed, and no other");
    let text = match (kind, script, ofx) {
        (ConnectorKind::Script, Some(script), None) => {
            script.check(fields).map_err(|flaw| Flaw(flaw.message, flaw.span))?;
            toml::to_string(&script)
        }
        (ConnectorKind::Ofx, None, Some(ofx)) => toml::to_string(&ofx),
        _ => return Err(needed.into()),
    };
    let text = text.map_err(|error| format!("the settings cannot be kept: {error}"))?;
    Ok((kind, text))
}

fn credential(
    institution: &InstitutionGuid,
    field: Credential,
    place: i64,
) -> Result<CatalogueCredential, String> {
    let field_name = checked("field_name", field.field_name)?;
    let flaw = |message: String| format!("credential `{field_name}`: {message}");
    let guid: CredentialGuid = match field.guid {
        Some(guid) => guid.parse().map_err(|error| flaw(format!("`guid` is {error}")))?,
        None => guid::fixed(&[institution.as_str(), &field_name]),
    };
    let field_type = FieldType::from_name(&field.field_type)
        .ok_or_else(|| flaw(format!("`type` is `{}`, which is no kind of field", field.field_type)))?;
    if (field_type == FieldType::Options) == field.options.is_empty() {
        return Err(flaw("`options` are for the type OPTIONS, which needs some".to_owned()));
    }
    if field.max_length.is_some_and(|length| length < 1) {
        return Err(flaw("`max_length` is less than 1".to_owned()));
    }
    let options = field.options.into_iter().map(|option| {
        Ok(CredentialChoice {
            label: checked("label", option.label)?,
            value: checked("value", option.value)?,
        })
    });
    Ok(CatalogueCredential {
        guid,
        label: checked("label", field.label).map_err(flaw)?,
        field_type,
        display_order: field.display_order.unwrap_or(place),
        optional: field.optional,
        max_length: field.max_length,
        meta_data: checked_option("meta_data", field.meta_data).map_err(flaw)?,
        options: options.collect::<Result<_, String>>().map_err(flaw)?,
        field_name,
    })
}
