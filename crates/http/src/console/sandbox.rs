//! The tools of a sandbox: its clock, its banks, its faults, by the operations that the control face calls. Elsewhere there is
//! no such page.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use riverbank_engine::Mode;
use riverbank_engine::control::{BankFile, Call, ClockReading, Effect, PlannedFault};
use riverbank_engine::institutions::Catalogue;
use riverbank_model::guid::InstitutionGuid;
use serde_json::{Map, Value};

use super::act::act;
use super::figures;
use super::frame::{Frame, rendered, shown};
use super::guard::Visitor;
use crate::app::App;
use crate::control::fault_of;
use crate::error::ApiError;
use crate::form::Form;

const PART: &str = "/console/sandbox";

#[derive(Template)]
#[template(path = "console/sandbox.html")]
struct SandboxPage {
    frame: Frame,
    clock: ClockReading,
    faults: Vec<PlannedFault>,
    catalogue: Arc<Catalogue>,
}

impl SandboxPage {
    const KINDS: [&str; 5] = ["REFUSAL", "STATUS", "LATENCY", "TIMEOUT", "HALF_ANSWER"];

    fn bank(&self, guid: &InstitutionGuid) -> String {
        self.catalogue.get(guid).map_or_else(|| guid.to_string(), |one| one.code.clone())
    }

    fn calls() -> [Call; 5] {
        Call::ALL
    }

    fn effect(&self, effect: Effect) -> String {
        let words = &self.frame.words.sandbox;
        match effect {
            Effect::Latency { milliseconds } => words.later.with(milliseconds).to_string(),
            Effect::Timeout => words.too_long.to_string(),
            Effect::Status { status } => words.answered_with.with(status).to_string(),
            Effect::HalfAnswer => words.breaks_off.to_string(),
            Effect::Refusal { connection_status } => words.refused.with(connection_status.name()).to_string(),
        }
    }
}

#[derive(Template)]
#[template(path = "console/bank.html")]
struct BankPage {
    frame: Frame,
    file: BankFile,
}

/// Lets pass where this is a sandbox.
pub(super) async fn demand(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    request: Request,
    next: Next,
) -> Response {
    if app.engine.mode() == Mode::Sandbox {
        return next.run(request).await;
    }
    shown(&app, &visitor, Err(ApiError::not_found()))
}

pub(super) async fn show(State(app): State<App>, Extension(visitor): Extension<Visitor>) -> Response {
    let answer = async {
        let page = SandboxPage {
            frame: Frame::new(&app, &visitor, PART),
            clock: app.engine.read_clock(),
            faults: app.engine.planned_faults().await?,
            catalogue: app.engine.catalogue().await?,
        };
        rendered(StatusCode::OK, &page)
    };
    shown(&app, &visitor, answer.await)
}

pub(super) async fn bank(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
) -> Response {
    let answer = async {
        let file = app.engine.read_bank(&name).await?.ok_or_else(ApiError::not_found)?;
        rendered(StatusCode::OK, &BankPage { frame: Frame::new(&app, &visitor, PART), file })
    };
    shown(&app, &visitor, answer.await)
}

/// Moves the clock on by so many hours, sets it, stops it, or lets it run on.
pub(super) async fn move_clock(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Extension(form): Extension<Form>,
) -> Response {
    let change = async {
        let (engine, words) = (&app.engine, &visitor.words.sandbox);
        Ok(match form.text("move") {
            "advance" => {
                let hours: i64 = form
                    .text("hours")
                    .trim()
                    .parse()
                    .map_err(|_| ApiError::bad_request(words.whole_hours.text()))?;
                engine.advance_clock(hours.saturating_mul(3600)).await?
            }
            "set" => {
                let at = form.text("at").trim().parse();
                let at = at.map_err(|_| ApiError::bad_request(words.time_form.text()))?;
                engine.set_clock(at).await?
            }
            "freeze" => engine.freeze_clock().await?,
            "resume" => engine.resume_clock().await?,
            _ => return Err(ApiError::bad_request(words.clock_deeds.text())),
        })
    };
    act(&app, &visitor, ("sandbox.clock", form.text("move")), change, PART).await
}

/// Plans a fault: its fields are those of `POST /control/faults`.
pub(super) async fn plan_fault(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Extension(form): Extension<Form>,
) -> Response {
    let change = async {
        let mut fields = Map::new();
        for name in ["institution", "member_guid", "kind", "connection_status", "call"] {
            let text = form.text(name).trim();
            if !text.is_empty() {
                fields.insert(name.to_owned(), Value::from(text));
            }
        }
        for name in ["milliseconds", "status", "count"] {
            let text = form.text(name).trim();
            if !text.is_empty() {
                let number: i64 = text.parse().map_err(|_| {
                    ApiError::bad_request(visitor.words.sandbox.whole_number.with(name).to_string())
                })?;
                fields.insert(name.to_owned(), Value::from(number));
            }
        }
        Ok(app.engine.plan_fault(fault_of(Value::Object(fields))?).await?)
    };
    let place = format!("{}{}", form.text("institution").trim(), form.text("member_guid").trim());
    act(&app, &visitor, ("sandbox.plan_fault", &place), change, PART).await
}

/// Takes one fault away, or all.
pub(super) async fn remove_fault(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Extension(form): Extension<Form>,
) -> Response {
    let number = form.text("number");
    let change = async {
        if number == "all" {
            return Ok(app.engine.clear_faults().await?);
        }
        let number: i64 = number.parse().map_err(|_| ApiError::not_found())?;
        if app.engine.remove_fault(number).await? { Ok(()) } else { Err(ApiError::not_found()) }
    };
    act(&app, &visitor, ("sandbox.remove_fault", number), change, PART).await
}
