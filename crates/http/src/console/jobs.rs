//! Jobs of all users: those that ended, those that came to nothing, those that have not ended; one of them, and doing it over.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use riverbank_engine::clients::Client;
use riverbank_engine::institutions::Catalogue;
use riverbank_engine::oversight::{Job, JobState, JobStep, Open, RetryError, Which};
use riverbank_model::guid::{InstitutionGuid, JobGuid};

use super::figures;
use super::frame::{Frame, rendered, see_other, shown};
use super::guard::Visitor;
use super::place::{Place, ROWS};
use super::words::Words;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::form::Form;
use crate::words::Phrase;

const PART: &str = "/console/jobs";

/// A heading and the jobs under it.
struct Section {
    title: String,
    jobs: Vec<Job>,
    /// The query of the page after this one, and what lies there.
    next: Option<(String, Phrase)>,
}

/// The lists of jobs that have not ended, by their names in addresses.
const OPEN: [(&str, Open); 3] =
    [("running", Open::Running), ("parked", Open::Parked), ("waiting", Open::Waiting)];

#[derive(Template)]
#[template(path = "console/jobs.html")]
struct JobsPage {
    frame: Frame,
    catalogue: Arc<Catalogue>,
    /// Which list it is.
    list: String,
    sections: Vec<Section>,
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
    /// Whether what is hidden was asked for.
    is_shown: bool,
}

impl JobPage {
    /// How long a step took; nothing where nobody knows.
    fn took(step: &JobStep) -> String {
        step.took.map_or_else(String::new, figures::brief)
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
    let words = visitor.words;
    let query = Form::of_query(query)?;
    let catalogue = app.engine.catalogue().await?;
    let asked = query.text("list");
    let (list, sections) = if let Ok(guid) = query.text("institution").parse::<InstitutionGuid>() {
        let name = catalogue.get(&guid).map_or_else(|| guid.to_string(), |one| one.name.clone());
        let named = (words.jobs.ended_at.with(name).to_string(), format!("institution={guid}"));
        ("institution", vec![ended(app, words, &query, Which::At(&guid), named).await?])
    } else if !query.text("client").is_empty() {
        let client = app.engine.clients().find(query.text("client")).await?;
        let Client { client_id, guid, .. } = client.ok_or_else(ApiError::not_found)?;
        let named = (words.jobs.ended_of.with(&client_id).to_string(), format!("client={client_id}"));
        ("client", vec![ended(app, words, &query, Which::Of(&guid), named).await?])
    } else if asked == "open" {
        let mut sections = Vec::new();
        for list in OPEN {
            sections.push(not_ended(app, words, &Form::default(), list).await?);
        }
        ("open", sections)
    } else if let Some(list) = OPEN.into_iter().find(|(name, _)| *name == asked) {
        ("open", vec![not_ended(app, words, &query, list).await?])
    } else {
        let (list, which, title) = match asked {
            "failed" => ("failed", Which::Failed, words.jobs.came_to_nothing),
            _ => ("ended", Which::Ended, words.jobs.ended),
        };
        let named = (title.to_string(), format!("list={list}"));
        (list, vec![ended(app, words, &query, which, named).await?])
    };
    let frame = Frame::new(app, visitor, PART);
    rendered(StatusCode::OK, &JobsPage { frame, catalogue, list: list.to_owned(), sections })
}

/// A page of jobs that have ended; its next one has `narrowed` in its query.
async fn ended(
    app: &App,
    words: &Words,
    query: &Form,
    which: Which<'_>,
    (title, narrowed): (String, String),
) -> Result<Section, ApiError> {
    let place = Place::of(query);
    let jobs = app.engine.ended_jobs(which, place.until, ROWS, place.skip).await?;
    let times: Vec<Timestamp> = jobs.iter().filter_map(|job| job.finished_at).collect();
    let next = place.next(&times).map(|next| (format!("{narrowed}&{}", next.query()), words.list.older));
    Ok(Section { title, jobs, next })
}

/// A page of jobs that have not ended.
async fn not_ended(
    app: &App,
    words: &Words,
    query: &Form,
    (name, open): (&str, Open),
) -> Result<Section, ApiError> {
    let place = Place::of_list(query, open.first());
    let jobs = app.engine.open_jobs(open, place.until, ROWS, place.skip).await?;
    let (title, further) = match open {
        Open::Running => (words.jobs.running.to_string(), words.list.older),
        Open::Parked => (words.jobs.parked.to_string(), words.list.older),
        Open::Waiting => {
            let count = app.engine.waiting_jobs().await?;
            (words.jobs.waiting.with(count).to_string(), words.jobs.due_later)
        }
    };
    let times: Vec<Timestamp> = jobs.iter().map(|job| open.place(job)).collect();
    let next = place.next(&times).map(|next| (format!("list={name}&{}", next.query()), further));
    Ok(Section { title, jobs, next })
}

pub(super) async fn show(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(guid): Path<String>,
) -> Response {
    shown(&app, &visitor, document(&app, &visitor, &guid, false).await)
}

/// The page, once, with what is hidden on it.
pub(super) async fn reveal(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(guid): Path<String>,
) -> Response {
    shown(&app, &visitor, document(&app, &visitor, &guid, true).await)
}

async fn document(app: &App, visitor: &Visitor, guid: &str, is_shown: bool) -> Result<Response, ApiError> {
    let guid: JobGuid = guid.parse().map_err(|_| ApiError::not_found())?;
    let job = app.engine.any_job(&guid).await?.ok_or_else(ApiError::not_found)?;
    let steps = app.engine.steps_of(&job).await?;
    let catalogue = app.engine.catalogue().await?;
    let named = catalogue.get(&job.institution_guid).map(|one| one.name.clone());
    let institution = named.unwrap_or_else(|| job.institution_guid.to_string());
    if is_shown {
        visitor.record(app, "jobs.show_hidden", guid.as_str()).await?;
    }
    let frame = Frame::new(app, visitor, PART);
    rendered(StatusCode::OK, &JobPage { frame, job, steps, institution, is_shown })
}

pub(super) async fn retry(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(guid): Path<String>,
) -> Response {
    let answer = async {
        let guid: JobGuid = guid.parse().map_err(|_| ApiError::not_found())?;
        visitor.record(&app, "jobs.retry", guid.as_str()).await?;
        let new = app.engine.retry_job(&guid).await.map_err(|error| refused(error, visitor.words))?;
        see_other(&app, &format!("{PART}/{new}"))
    };
    shown(&app, &visitor, answer.await)
}

fn refused(error: RetryError, words: &Words) -> ApiError {
    let words = &words.jobs;
    let why = match error {
        RetryError::NoSuchJob => return ApiError::not_found(),
        RetryError::Start(error) => return error.into(),
        RetryError::Fault(fault) => return fault.into(),
        RetryError::Followed => words.followed,
        RetryError::NotEnded => words.has_not_ended,
        RetryError::EndedWell => words.ended_well,
        RetryError::NotNow => words.not_now,
    };
    ApiError::new(ErrorCode::Conflict, why.text())
}
