//! Jobs of all users: those that ended, those that came to nothing, those that have not ended; one of them, and doing it over.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use riverbank_engine::institutions::Catalogue;
use riverbank_engine::oversight::{Job, JobStep, RetryError, Which};
use riverbank_model::guid::{InstitutionGuid, JobGuid};
use riverbank_model::job_step::{StepEnding, StepKind};

use super::frame::{Frame, rendered, see_other, shown};
use super::guard::Visitor;
use super::place::{Place, ROWS};
use super::words;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::form::Form;

const PART: &str = "/console/jobs";

/// A heading and the jobs under it.
struct Section {
    title: String,
    jobs: Vec<Job>,
}

#[derive(Template)]
#[template(path = "console/jobs.html")]
struct JobsPage {
    frame: Frame,
    catalogue: Arc<Catalogue>,
    /// Which list it is.
    list: String,
    sections: Vec<Section>,
    next: Option<String>,
}

impl JobsPage {
    fn institution(&self, guid: &InstitutionGuid) -> String {
        self.catalogue.get(guid).map_or_else(|| guid.to_string(), |one| one.name.clone())
    }
}

#[derive(Template)]
#[template(path = "console/job.html")]
struct JobPage {
    frame: Frame,
    job: Job,
    steps: Vec<JobStep>,
    institution: String,
}

impl JobPage {
    /// How long a step took; nothing where nobody knows.
    fn took(step: &JobStep) -> String {
        step.took.map_or_else(String::new, words::brief)
    }
}

pub(super) async fn list(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(query): RawQuery,
) -> Response {
    shown(&app, &visitor, jobs(&app, &visitor, query.as_deref()).await)
}

async fn jobs(app: &App, visitor: &Visitor, query: Option<&str>) -> Result<Response, ApiError> {
    let query = Form::of_query(query)?;
    let place = Place::of(&query);
    let catalogue = app.engine.catalogue().await?;
    let institution = query.text("institution").parse::<InstitutionGuid>().ok();
    let named = institution.as_ref().and_then(|guid| catalogue.get(guid)).map(|one| one.name.clone());
    let (list, which, title) = match (&institution, query.text("list")) {
        (Some(guid), _) => {
            let name = named.unwrap_or_else(|| guid.to_string());
            ("institution", Some(Which::At(guid)), format!("Ended at {name}"))
        }
        (None, "failed") => ("failed", Some(Which::Failed), "Came to nothing".to_owned()),
        (None, "open") => ("open", None, String::new()),
        (None, _) => ("ended", Some(Which::Ended), "Ended".to_owned()),
    };
    let (sections, next) = if let Some(which) = which {
        let jobs = app.engine.ended_jobs(which, place.until, ROWS, place.skip).await?;
        let times: Vec<Timestamp> = jobs.iter().filter_map(|job| job.finished_at).collect();
        let narrowed = match &institution {
            Some(guid) => format!("institution={guid}"),
            None => format!("list={list}"),
        };
        let next = place.next(&times).map(|next| format!("{narrowed}&{}", next.query()));
        (vec![Section { title, jobs }], next)
    } else {
        let open = app.engine.open_jobs().await?;
        let sections = [
            ("Running".to_owned(), open.running),
            ("Waiting for answers of end users".to_owned(), open.parked),
            (format!("Waiting for a worker or their time: {} in all", open.ready), open.waiting),
        ];
        (sections.into_iter().map(|(title, jobs)| Section { title, jobs }).collect(), None)
    };
    let frame = Frame::new(app, Some(visitor.clone()), PART);
    let list = list.to_owned();
    rendered(StatusCode::OK, &JobsPage { frame, catalogue, list, sections, next })
}

pub(super) async fn show(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(guid): Path<String>,
) -> Response {
    let answer = async {
        let guid: JobGuid = guid.parse().map_err(|_| ApiError::not_found())?;
        let job = app.engine.any_job(&guid).await?.ok_or_else(ApiError::not_found)?;
        let steps = app.engine.steps_of(&job).await?;
        let catalogue = app.engine.catalogue().await?;
        let named = catalogue.get(&job.institution_guid).map(|one| one.name.clone());
        let institution = named.unwrap_or_else(|| job.institution_guid.to_string());
        let frame = Frame::new(&app, Some(visitor.clone()), PART);
        rendered(StatusCode::OK, &JobPage { frame, job, steps, institution })
    };
    shown(&app, &visitor, answer.await)
}

pub(super) async fn retry(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(guid): Path<String>,
) -> Response {
    let answer = async {
        let guid: JobGuid = guid.parse().map_err(|_| ApiError::not_found())?;
        visitor.record(&app, "jobs.retry", guid.as_str()).await?;
        let new = app.engine.retry_job(&guid).await?;
        see_other(&app, &format!("{PART}/{new}"))
    };
    shown(&app, &visitor, answer.await)
}

impl From<RetryError> for ApiError {
    fn from(error: RetryError) -> Self {
        match error {
            RetryError::NoSuchJob => Self::not_found(),
            RetryError::Start(error) => error.into(),
            RetryError::Fault(fault) => fault.into(),
            refused => Self::new(ErrorCode::Conflict, refused.to_string()),
        }
    }
}
