//! Finding a thing by its id or by what its partner calls it.

use askama::Template;
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use riverbank_engine::oversight::{Found, Thing};

use super::frame::{Frame, rendered, see_other, shown};
use super::guard::Visitor;
use super::words::SearchWords;
use crate::app::App;
use crate::error::ApiError;
use crate::form::Form;
use crate::words::Phrase;

#[derive(Template)]
#[template(path = "console/search.html")]
struct SearchPage {
    frame: Frame,
    asked: String,
    rows: Vec<Row>,
}

struct Row {
    kind: Phrase,
    name: String,
    path: String,
    client_id: String,
}

pub(super) async fn search(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(query): RawQuery,
) -> Response {
    shown(&app, &visitor, answer(&app, &visitor, query.as_deref()).await)
}

async fn answer(app: &App, visitor: &Visitor, query: Option<&str>) -> Result<Response, ApiError> {
    let query = Form::of_query(query)?;
    let asked = query.text("q").trim();
    let found = if asked.is_empty() { Vec::new() } else { app.engine.find_anything(asked).await? };
    let rows: Vec<Row> = found.into_iter().map(|found| Row::of(found, &visitor.words.search)).collect();
    if let [only] = rows.as_slice() {
        return see_other(app, &only.path);
    }
    let frame = Frame::new(app, visitor, "");
    let status = if rows.is_empty() && !asked.is_empty() { StatusCode::NOT_FOUND } else { StatusCode::OK };
    rendered(status, &SearchPage { frame, asked: asked.to_owned(), rows })
}

impl Row {
    fn of(Found { thing, client_id }: Found, words: &SearchWords) -> Self {
        let (kind, folder, name) = match thing {
            Thing::Client(id) => (words.client, "clients", id),
            Thing::User(guid) => (words.user, "users", guid.to_string()),
            Thing::Member(guid) => (words.member, "members", guid.to_string()),
            Thing::Job(guid) => (words.job, "jobs", guid.to_string()),
            Thing::Institution(guid) => (words.institution, "institutions", guid.to_string()),
            Thing::Endpoint(guid) => (words.endpoint, "webhooks", guid.to_string()),
        };
        let path = format!("/console/{folder}/{name}");
        Self { kind, name, path, client_id: client_id.unwrap_or_default() }
    }
}
