//! All institutions, one of them, and its switch.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use riverbank_engine::institutions::Institution;
use riverbank_engine::oversight::{InstitutionHealth, SwitchError};
use riverbank_model::guid::InstitutionGuid;

use super::act::act;
use super::figures;
use super::frame::{Frame, rendered, shown};
use super::guard::Visitor;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::form::Form;

const PART: &str = "/console/institutions";
/// Institutions of a page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "console/all_institutions.html")]
struct AllPage {
    frame: Frame,
    /// What is looked for in names and keywords.
    name: String,
    institutions: Vec<Arc<Institution>>,
    total: usize,
    /// The addresses' queries of the pages before and after this one.
    before: Option<String>,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "console/institution.html")]
struct InstitutionPage {
    frame: Frame,
    institution: Arc<Institution>,
    health: InstitutionHealth,
}

impl InstitutionPage {
    fn mean(&self) -> String {
        figures::seconds(figures::mean(self.health.took, self.health.ended))
    }
}

pub(super) async fn all(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(query): RawQuery,
) -> Response {
    shown(&app, &visitor, page(&app, &visitor, query.as_deref()).await)
}

async fn page(app: &App, visitor: &Visitor, query: Option<&str>) -> Result<Response, ApiError> {
    let query = Form::of_query(query)?;
    let name = query.text("name").trim().to_owned();
    let number = query.text("page").parse::<usize>().unwrap_or(1).clamp(1, usize::MAX / ROWS);
    // The catalogue is held in memory, the most popular first; hidden and stopped ones are among them here.
    let catalogue = app.engine.catalogue().await?;
    let wanted = name.to_lowercase();
    let has = |text: &String| text.to_lowercase().contains(&wanted);
    let is_wanted = |one: &&Arc<Institution>| has(&one.name) || one.keywords.iter().any(has);
    let found: Vec<_> = catalogue.institutions().iter().filter(is_wanted).cloned().collect();
    let total = found.len();
    let at = |number: usize| {
        let pairs = [("name", name.clone()), ("page", number.to_string())];
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    };
    let page = AllPage {
        frame: Frame::new(app, visitor, PART),
        institutions: found.into_iter().skip((number - 1) * ROWS).take(ROWS).collect(),
        total,
        before: (number > 1).then(|| at(number - 1)),
        after: (number * ROWS < total).then(|| at(number + 1)),
        name,
    };
    rendered(StatusCode::OK, &page)
}

pub(super) async fn show(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(guid): Path<String>,
) -> Response {
    let answer = async {
        let guid: InstitutionGuid = guid.parse().map_err(|_| ApiError::not_found())?;
        let catalogue = app.engine.catalogue().await?;
        let institution = catalogue.get(&guid).cloned().ok_or_else(ApiError::not_found)?;
        let health = app.engine.institution_health(&guid).await?;
        let frame = Frame::new(&app, &visitor, PART);
        rendered(StatusCode::OK, &InstitutionPage { frame, institution, health })
    };
    shown(&app, &visitor, answer.await)
}

pub(super) async fn switch(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Extension(form): Extension<Form>,
    Path(guid): Path<String>,
) -> Response {
    let is_on = form.text("state") == "on";
    let change = async {
        let guid: InstitutionGuid = guid.parse().map_err(|_| ApiError::not_found())?;
        app.engine.switch_institution(&guid, is_on).await.map_err(|error| match error {
            SwitchError::NoSuchInstitution => ApiError::not_found(),
            SwitchError::Manual => {
                ApiError::new(ErrorCode::Conflict, visitor.words.institutions.by_hand.text())
            }
            SwitchError::Fault(fault) => fault.into(),
        })
    };
    let action = if is_on { "institutions.let_go_on" } else { "institutions.stop" };
    act(&app, &visitor, (action, &guid), change, &format!("{PART}/{guid}")).await
}
