//! A field that the end user must fill in: the one form of institution, member and job credentials.

use riverbank_engine::institutions::{Institution, InstitutionCredential};
use riverbank_engine::members::ChallengeView;
use riverbank_model::credential::FieldType;
use riverbank_model::guid::{InstitutionGuid, OptionGuid, fixed};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::{Schema, Type};

use crate::values::Moment;

/// A field that the end user must fill in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CredentialResponse)]
pub(super) struct CredentialView {
    answer_field_type: Option<i64>,
    created_at: Moment,
    display_name: Option<String>,
    /// Fields are shown in rising order.
    display_order: i64,
    editable: bool,
    escaped: Option<bool>,
    external_id: Option<String>,
    field_name: String,
    #[schema(schema_with = field_types)]
    field_type: i64,
    #[schema(schema_with = field_type_names)]
    field_type_name: &'static str,
    guid: String,
    institution_guid: String,
    /// The text to show beside the field.
    label: String,
    max_length: Option<i64>,
    meta_data: Option<String>,
    /// True for a question that a bank asks after the login.
    mfa: bool,
    optional: bool,
    optional_mfa: Option<bool>,
    options: Option<Vec<CredentialOption>>,
    size: Option<i64>,
    updated_at: Moment,
    value_identifier: Option<String>,
    value_mask: Option<String>,
}

/// One choice of a field.
#[derive(Debug, Serialize, ToSchema)]
struct CredentialOption {
    guid: String,
    credential_guid: Option<String>,
    label: String,
    value: String,
    /// The picture to choose, as a data URI.
    data_uri: Option<String>,
}

/// Fields with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CredentialsResponseBody)]
pub(super) struct CredentialsBody {
    credentials: Vec<CredentialView>,
}

impl CredentialsBody {
    /// The fields of an institution, in display order.
    pub(super) fn of_institution(institution: &Institution) -> Self {
        let view = |field| CredentialView::of_field(&institution.guid, field);
        Self { credentials: institution.credentials.iter().map(view).collect() }
    }

    /// The open questions of a job.
    pub(super) fn of_challenges(institution: &InstitutionGuid, challenges: Vec<ChallengeView>) -> Self {
        let view = |(order, challenge)| CredentialView::of_challenge(institution, order, challenge);
        Self { credentials: (1..).zip(challenges).map(view).collect() }
    }
}

impl CredentialView {
    fn of_field(institution: &InstitutionGuid, field: &InstitutionCredential) -> Self {
        let options = field.options.iter().map(|option| CredentialOption {
            guid: fixed::<OptionGuid>(&[field.guid.as_str(), &option.value]).to_string(),
            credential_guid: Some(field.guid.to_string()),
            label: option.label.clone(),
            value: option.value.clone(),
            data_uri: None,
        });
        Self {
            answer_field_type: None,
            created_at: field.created_at.into(),
            display_name: None,
            display_order: field.display_order,
            editable: true,
            escaped: None,
            external_id: None,
            field_name: field.field_name.clone(),
            field_type: field.field_type.id(),
            field_type_name: field.field_type.name(),
            guid: field.guid.to_string(),
            institution_guid: institution.to_string(),
            label: field.label.clone(),
            max_length: field.max_length,
            meta_data: field.meta_data.clone(),
            mfa: false,
            optional: field.is_optional,
            optional_mfa: None,
            options: Some(options.collect()),
            size: None,
            updated_at: field.updated_at.into(),
            value_identifier: None,
            value_mask: None,
        }
    }

    fn of_challenge(institution: &InstitutionGuid, order: i64, view: ChallengeView) -> Self {
        let kind = view.challenge.kind.field_type();
        let options = view.challenge.options.iter().enumerate().map(|(index, option)| CredentialOption {
            guid: view.option_guid(index).to_string(),
            credential_guid: Some(view.guid.to_string()),
            label: option.label.clone(),
            value: option.value.clone(),
            data_uri: option.data_uri.clone(),
        });
        Self {
            answer_field_type: None,
            created_at: view.created_at.into(),
            display_name: None,
            display_order: order,
            editable: true,
            escaped: None,
            external_id: None,
            field_type: kind.id(),
            field_type_name: kind.name(),
            guid: view.guid.to_string(),
            institution_guid: institution.to_string(),
            max_length: None,
            mfa: true,
            optional: false,
            optional_mfa: None,
            options: Some(options.collect()),
            size: None,
            updated_at: view.created_at.into(),
            value_identifier: None,
            value_mask: None,
            // The picture of an IMAGE_DATA question, where MX's front ends look for it.
            meta_data: view.challenge.image_data,
            field_name: view.challenge.field_name,
            label: view.challenge.label,
        }
    }
}

fn field_types() -> Schema {
    let numbers = FieldType::ALL.iter().map(|kind| kind.id());
    ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some(numbers)).into()
}

fn field_type_names() -> Schema {
    let names = FieldType::ALL.iter().map(|kind| kind.name());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
}
