//! Institutions with jobs in the last day, those with trouble first.

use std::collections::BTreeMap;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use riverbank_engine::lately::Outcome;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::InstitutionGuid;

use super::frame::{Frame, rendered, shown};
use super::guard::Visitor;
use super::words::Words;
use crate::app::App;
use crate::error::ApiError;

#[derive(Template)]
#[template(path = "console/institutions.html")]
struct InstitutionsPage {
    frame: Frame,
    rows: Vec<Row>,
}

struct Row {
    guid: InstitutionGuid,
    name: String,
    health: Health,
}

/// How the jobs of an institution ended.
#[derive(Debug, Default, PartialEq, Eq)]
struct Health {
    jobs: i64,
    connected: i64,
    /// Statuses other than connected, with how many jobs ended in each, the most frequent first.
    trouble: Vec<(&'static str, i64)>,
}

pub(super) async fn list(State(app): State<App>, Extension(visitor): Extension<Visitor>) -> Response {
    shown(&app, &visitor, page(&app, &visitor).await)
}

async fn page(app: &App, visitor: &Visitor) -> Result<Response, ApiError> {
    let words = visitor.words;
    let catalogue = app.engine.catalogue().await?;
    let day = app.engine.last_day().await?;
    let mut rows: Vec<Row> = by_institution(day.outcomes, words)
        .into_iter()
        .map(|(guid, health)| {
            let name = catalogue.get(&guid).map_or(words.list.gone.text(), |one| &one.name).to_owned();
            Row { guid, name, health }
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.health.jobs - row.health.connected));
    let frame = Frame::new(app, visitor, "/console/institutions");
    rendered(StatusCode::OK, &InstitutionsPage { frame, rows })
}

/// `outcomes` has the most frequent first.
fn by_institution(outcomes: Vec<Outcome>, words: &Words) -> BTreeMap<InstitutionGuid, Health> {
    let mut all: BTreeMap<InstitutionGuid, Health> = BTreeMap::new();
    for Outcome { institution_guid, outcome, jobs } in outcomes {
        let health = all.entry(institution_guid).or_default();
        health.jobs += jobs;
        match outcome {
            Some(ConnectionStatus::Connected) => health.connected += jobs,
            trouble => health.trouble.push((words.outcome(trouble), jobs)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use riverbank_engine::pages::Language;
    use riverbank_model::guid::Guid;

    use super::*;

    #[test]
    fn jobs_are_counted_by_institution_and_what_is_not_connected_is_trouble() {
        let outcome = |guid: &str, outcome, jobs| Outcome {
            institution_guid: InstitutionGuid::trusted(guid.to_owned()),
            outcome,
            jobs,
        };
        let outcomes = vec![
            outcome("INS-1", Some(ConnectionStatus::Connected), 5),
            outcome("INS-1", Some(ConnectionStatus::Denied), 2),
            outcome("INS-2", None, 1),
        ];
        let health = by_institution(outcomes, Words::of(Language::Spanish));
        let first = &health[&InstitutionGuid::trusted("INS-1".to_owned())];
        assert_eq!(*first, Health { jobs: 7, connected: 5, trouble: vec![("DENIED", 2)] });
        let second = &health[&InstitutionGuid::trusted("INS-2".to_owned())];
        assert_eq!(second.trouble, vec![("sin cambios", 1)]);
    }
}
