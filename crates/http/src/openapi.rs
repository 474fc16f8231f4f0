//! The OpenAPI documents: gathered from the routes, completed here with what every operation shares.
//!
//! A route is registered with `routes!`, which takes the handler and its `#[utoipa::path]` together, so none can
//! exist without its description. An operation describes what is its own: parameters, bodies, successes and
//! refusals of its own making. The media types of its face, its security and the refusals that all operations
//! share are added by [`complete`].

use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    ComponentsBuilder, Content, Info, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder, Schema, Type,
};
use utoipa::{PartialSchema, ToSchema};

use crate::error::{ErrorBody, ErrorDetail};
use crate::media::{CONTROL, FACES, Face, JSON};

/// The refusals that operations share: the response's key, its component, and what it means.
const SHARED: &[(&str, &str, &str)] = &[
    (
        "400",
        "BadRequest",
        "A required parameter is missing (4001), or the request is wrong in another way (4002).",
    ),
    ("401", "Unauthorized", "The session, token or key is missing, unknown or expired (4011)."),
    ("404", "NotFound", "No such object for this caller, or it is deleted (4041)."),
    ("default", "Unexpected", "Any other refusal or failure; its code is the HTTP status and one digit."),
];

/// What tells one document from another.
struct About {
    title: &'static str,
    description: &'static str,
    /// The faces that it describes.
    faces: &'static [Face],
    /// The face of a path; none for pages.
    face_of: fn(&str) -> Option<&'static Face>,
    /// The security schemes: name, header, where the token comes from.
    security: &'static [(&'static str, &'static str, &'static str)],
    /// What the name and the password of HTTP basic authentication are, where some operation takes it.
    basic: Option<&'static str>,
}

/// What partners and their users call.
const API: About = About {
    title: "Riverbank",
    description: "Bank-data aggregation behind the Nexus HTTP API. A request body may be sent with or without its \
        root; a field that is null counts as absent; unknown fields are ignored. A PUT with a body needs a field with \
        a value. The character U+0000 is refused wherever it stands. `.json` may stand at the end of any path.",
    faces: FACES,
    face_of: Face::of,
    security: &[
        ("sessionToken", "MD-SESSION-TOKEN", "From `POST /sessions`. Dies after 30 minutes without a call."),
        ("apiToken", "MD-API-TOKEN", "From the partner-level call. Works once, within 10 minutes."),
        ("apiKey", "MD-API-KEY", "The client's key."),
    ],
    basic: Some("The client's id and its key."),
};

/// What a test suite calls.
const SANDBOX: About = About {
    title: "Riverbank sandbox",
    description: "What a test suite may do to a sandbox; a server that is none has no such paths. A request body may \
        be sent with or without its root; a field that is null counts as absent; unknown fields are ignored. The \
        character U+0000 is refused wherever it stands. `.json` may stand at the end of any path.",
    faces: CONTROL,
    face_of: |_| CONTROL.first(),
    security: &[("controlKey", "MD-CONTROL-KEY", "The server's control key; its log says where it stands.")],
    basic: None,
};

/// Completes the document of what partners and their users call.
pub fn complete(document: OpenApi) -> OpenApi {
    complete_as(&API, document)
}

/// Completes the document of the control face.
pub fn complete_control(document: OpenApi) -> OpenApi {
    complete_as(&SANDBOX, document)
}

fn complete_as(about: &About, mut document: OpenApi) -> OpenApi {
    let mut info = Info::new(about.title, env!("CARGO_PKG_VERSION"));
    info.description = Some(about.description.to_owned());
    document.info = info;
    let shared = document.components.take().unwrap_or_default();
    let mut components = ComponentsBuilder::from(shared)
        .schema(ErrorBody::name(), ErrorBody::schema())
        .schema(ErrorDetail::name(), ErrorDetail::schema());
    for (_, name, meaning) in SHARED {
        components = components.response(*name, refusal(about.faces, meaning));
    }
    for (name, header, meaning) in about.security {
        let key = ApiKey::Header(ApiKeyValue::with_description(*header, *meaning));
        components = components.security_scheme(*name, SecurityScheme::ApiKey(key));
    }
    if let Some(meaning) = about.basic {
        let basic = HttpBuilder::new().scheme(HttpAuthScheme::Basic).description(Some(meaning)).build();
        components = components.security_scheme("basic", SecurityScheme::Http(basic));
    }
    document.components = Some(components.build());
    for (path, item) in &mut document.paths.paths {
        let face = (about.face_of)(path);
        for operation in operations(item) {
            complete_operation(operation, face);
        }
    }
    document
}

/// The document as it is committed and served: indented, with a line feed at its end.
pub fn text(document: &OpenApi) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(document).map(|text| text + "\n")
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten()
}

fn complete_operation(operation: &mut Operation, face: Option<&'static Face>) {
    let parameters = operation.parameters.get_or_insert_default();
    let has = |place: &ParameterIn| {
        parameters
            .iter()
            .any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == *place))
    };
    let in_path = has(&ParameterIn::Path);
    let can_be_wrong = has(&ParameterIn::Query) || operation.request_body.is_some();
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        let optional = body.content.get_mut(JSON).is_some_and(or_nothing);
        body.required = Some(if optional { Required::False } else { Required::True });
        speak(body.content.get(JSON).cloned(), &mut body.content, face);
    }
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        if response.content.is_empty() && status.starts_with(['4', '5']) {
            *response = refusal(face, &response.description);
        }
        speak(response.content.get(JSON).cloned(), &mut response.content, face);
    }
    for (status, name, _) in SHARED {
        let applies = match *status {
            "400" => can_be_wrong,
            "401" => face.is_some(),
            "404" => in_path,
            _ => true,
        };
        if applies {
            let shared = || RefOr::Ref(Ref::from_response_name(*name));
            operation.responses.responses.entry((*status).to_owned()).or_insert_with(shared);
        }
    }
    if let Some(face) = face {
        operation.security.get_or_insert_with(|| vec![requirement(face.security)]);
    }
}

/// Takes the null out of a body that is an `Option`, and tells whether it was one: such a body may be left out.
fn or_nothing(content: &mut RefOr<Content>) -> bool {
    let RefOr::T(Content { schema: Some(schema), .. }) = content else {
        return false;
    };
    let RefOr::T(Schema::OneOf(choices)) = schema else {
        return false;
    };
    let is_null = |choice: &RefOr<Schema>| matches!(choice, RefOr::T(Schema::Object(object)) if object.schema_type == Type::Null.into());
    let only = match choices.items.as_slice() {
        [only, null] | [null, only] if is_null(null) => only.clone(),
        _ => return false,
    };
    *schema = only;
    true
}

fn requirement(scheme: &str) -> SecurityRequirement {
    SecurityRequirement::new::<_, [&str; 0], &str>(scheme, [])
}

/// Adds the face's own type beside plain JSON.
fn speak(
    plain: Option<RefOr<Content>>,
    content: &mut impl Extend<(String, RefOr<Content>)>,
    face: Option<&Face>,
) {
    content.extend(face.zip(plain).map(|(face, plain)| (face.vendor.to_owned(), plain)));
}

fn refusal(faces: impl IntoIterator<Item = &'static Face>, meaning: &str) -> Response {
    let error = || Content::new(Some(Ref::from_schema_name(ErrorBody::name())));
    let vendors = faces.into_iter().map(|face| face.vendor);
    vendors
        .chain([JSON])
        .fold(ResponseBuilder::new().description(meaning), |response, media| response.content(media, error()))
        .build()
}

#[cfg(test)]
mod tests {
    use axum::extract::State;
    use serde::{Deserialize, Serialize};
    use serde_json::{Value, json};
    use utoipa_axum::router::OpenApiRouter;
    use utoipa_axum::routes;

    use super::*;
    use crate::answer::{Answer, NoContent, Pagination};
    use crate::body::{Body, RequestBody};
    use crate::error::ApiError;
    use crate::path::Path;
    use crate::query::{Paging, Query};
    use crate::skip_webhook::SkipWebhook;
    use crate::values::{Moment, Text};
    use riverbank_model::guid::MemberGuid;

    #[derive(Debug, Deserialize, ToSchema)]
    struct UpdateMember {
        name: Text,
        metadata: Option<Text<65_536>>,
        #[serde(default)]
        credentials: Vec<Credential>,
    }

    #[derive(Debug, Deserialize, ToSchema)]
    #[expect(dead_code, reason = "stands in the document")]
    struct Credential {
        value: Text,
    }

    impl RequestBody for UpdateMember {
        const ROOT: Option<&'static str> = Some("member");
    }

    type UpdateMemberBody = Body<UpdateMember>;

    #[derive(Debug, Deserialize, utoipa::IntoParams)]
    #[into_params(parameter_in = Query)]
    #[expect(dead_code, reason = "stands in the document")]
    struct Filter {
        use_case: Option<String>,
        #[serde(default)]
        #[param(rename = "account_guid[]")]
        account_guid: Vec<String>,
    }

    #[derive(Debug, Serialize, ToSchema)]
    struct MemberResponseBody {
        member: Member,
    }

    #[derive(Debug, Serialize, ToSchema)]
    struct Member {
        name: Option<String>,
        aggregated_at: Option<Moment>,
        pagination: Pagination,
    }

    /// Update member
    #[utoipa::path(
        put,
        path = "/members/{member_guid}",
        operation_id = "updateMember",
        tag = "members",
        params(("member_guid" = String, Path, description = "Id of the member."), Filter, Paging),
        request_body = inline(UpdateMemberBody),
        responses((status = 200, description = "OK", body = MemberResponseBody), (status = 422, description = "Taken."))
    )]
    async fn update_member(
        State(()): State<()>,
        Path(_member): Path<MemberGuid>,
        Query(_filter): Query<Filter>,
        paging: Paging,
        Body(change): UpdateMemberBody,
    ) -> Result<Answer<MemberResponseBody>, ApiError> {
        let name = Some(change.name.into_string());
        let _ = (change.metadata, change.credentials);
        let member = Member { name, aggregated_at: None, pagination: Pagination::of(paging, 0) };
        Ok(Answer::ok(MemberResponseBody { member }))
    }

    /// Aggregate member
    #[utoipa::path(
        get,
        path = "/members/{member_guid}/aggregate",
        params(("member_guid" = String, Path, description = "Id of the member."), SkipWebhook),
        request_body = inline(Option<UpdateMemberBody>),
        responses((status = 204, description = "Done."))
    )]
    async fn aggregate_member(Path(_member): Path<MemberGuid>, _skip: SkipWebhook) -> NoContent {
        NoContent
    }

    #[test]
    fn a_body_may_be_optional() {
        let document = document();
        let operation = &document["paths"]["/members/{member_guid}/aggregate"]["get"];
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        assert!(schema["properties"]["member"].is_object(), "{schema}");
        assert_eq!(operation["requestBody"]["required"], false);
        assert_eq!(operation["parameters"][1]["name"], "MX-Skip-Webhook");
    }

    fn document() -> Value {
        let routes =
            OpenApiRouter::<()>::default().routes(routes!(update_member)).routes(routes!(aggregate_member));
        serde_json::to_value(complete(routes.into_openapi())).unwrap()
    }

    #[test]
    fn an_operation_gains_what_all_share() {
        let document = document();
        let operation = &document["paths"]["/members/{member_guid}"]["put"];
        assert_eq!(operation["security"], json!([{"sessionToken": []}]));
        assert_eq!(operation["responses"]["401"]["$ref"], "#/components/responses/Unauthorized");
        for status in ["200", "400", "401", "404", "422", "default"] {
            assert!(operation["responses"][status].is_object(), "{status}");
        }
        for content in
            [&operation["requestBody"], &operation["responses"]["200"], &operation["responses"]["422"]]
        {
            assert!(content["content"]["application/vnd.mx.nexus.v1+json"].is_object(), "{content}");
            assert!(content["content"]["application/json"].is_object(), "{content}");
        }
    }

    #[test]
    fn a_request_body_is_described_with_its_root_and_all_that_it_refers_to() {
        let document = document();
        let body = &document["paths"]["/members/{member_guid}"]["put"]["requestBody"];
        let schema = &body["content"]["application/json"]["schema"];
        assert_eq!(schema["required"], json!(["member"]));
        assert_eq!(schema["properties"]["member"]["$ref"], "#/components/schemas/UpdateMember");
        let schemas = &document["components"]["schemas"];
        for name in ["UpdateMember", "Credential", "MemberResponseBody", "Member", "Pagination", "Error"] {
            assert!(schemas[name].is_object(), "{name}: {schemas:#}");
        }
    }
}
