//! Opening the pages: `GET /connect/{address}` trades an address for a visit, and the visit begins where the partner said.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use riverbank_engine::pages::{Opening, PageKind};
use riverbank_model::guid::{InstitutionGuid, MemberGuid};
use riverbank_model::{ExposeSecret, SecretText};

use super::frame::{Frames, see_other};
use super::visiting::{Visiting, ended, failed, origin_of};
use super::{connections, credentials, institution, member, micro_deposits, search};
use crate::app::App;
use crate::error::ApiError;
use crate::language::Spoken;
use crate::oauth::looks_ahead;

/// Spends an address. What looks ahead spends nothing.
pub(super) async fn open(
    State(app): State<App>,
    method: Method,
    headers: HeaderMap,
    Spoken(language): Spoken,
    address: Result<Path<String>, PathRejection>,
) -> Response {
    if looks_ahead(&method, &headers) {
        return StatusCode::NO_CONTENT.into_response();
    }
    let Ok(Path(address)) = address else { return ended(&app, &headers, None).await };
    let address = SecretText::from(address);
    let opening = Opening { origin: origin_of(&headers), language };
    match app.engine.open_page(&address, opening).await {
        Ok(Some(token)) => {
            let visit = format!("{}/connect/s/{}", app.engine.settings().public_url, token.expose_secret());
            let frames = Frames::default();
            see_other(&frames, &visit).unwrap_or_else(|error| failed(&app, language, &frames, &error))
        }
        Ok(None) => ended(&app, &headers, Some(&address)).await,
        Err(fault) => failed(&app, language, &Frames::default(), &fault.into()),
    }
}

/// The first page of a visit.
pub(super) async fn first(mut visiting: Visiting) -> Response {
    visiting.is_first = true;
    let answer = begin(&visiting).await;
    visiting.answered(answer)
}

async fn begin(visiting: &Visiting) -> Result<Response, ApiError> {
    let options = visiting.options();
    if let Some(guid) = &options.current_member_guid {
        let guid: MemberGuid = guid.parse().map_err(|_| ApiError::not_found())?;
        return if options.update_credentials {
            credentials::page(visiting, &guid, None).await
        } else {
            member::page(visiting, &guid, None).await
        };
    }
    let code = options.current_institution_code.as_deref();
    if let Some(guid) = &options.current_institution_guid {
        let guid: InstitutionGuid = guid.parse().map_err(|_| ApiError::not_found())?;
        return institution::page(visiting, &guid, None).await;
    }
    if let Some(code) = code {
        let catalogue = visiting.app.engine.catalogue().await?;
        let guid = catalogue.by_code(code).map(|institution| institution.guid.clone());
        return institution::page(visiting, &guid.ok_or_else(ApiError::not_found)?, None).await;
    }
    if let Some(guid) = &options.current_microdeposit_guid {
        return micro_deposits::begin(visiting, guid).await;
    }
    match options.kind {
        PageKind::Connections => connections::page(visiting, None).await,
        PageKind::Connect => search::page(visiting, "", 1).await,
    }
}
