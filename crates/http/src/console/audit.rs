//! The audit: what was done, and by whom. Pages follow each other by the time of their last row, so that the hundredth
//! costs what the first does.

use askama::Template;
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use riverbank_engine::audit::Change;
use riverbank_engine::operators::Deed;

use super::frame::{Frame, rendered, shown};
use super::guard::{Form, Visitor};
use crate::app::App;
use crate::error::ApiError;

/// Rows of a page.
const ROWS: i64 = 50;
const PART: &str = "/console/audit";

/// Where a page begins: at a moment, after so many rows of that very moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    until: Timestamp,
    skip: i64,
}

impl Place {
    const FIRST: Self = Self { until: Timestamp::MAX, skip: 0 };

    /// What an address asks for; the first page where that cannot be read.
    fn of(query: Option<&str>) -> Self {
        let query = Form::read(query.unwrap_or_default().as_bytes());
        let until =
            query.get("until").parse().ok().and_then(|micros| Timestamp::from_microsecond(micros).ok());
        let skip = query.get("skip").parse().ok().filter(|skip| *skip >= 0);
        until.map_or(Self::FIRST, |until| Self { until, skip: skip.unwrap_or(0) })
    }

    /// Where the page after this one begins; none after the last.
    fn next(self, times: &[Timestamp]) -> Option<Self> {
        let until = times.last().copied()?;
        let count = |count: usize| i64::try_from(count).unwrap_or(ROWS);
        if count(times.len()) < ROWS {
            return None;
        }
        let alike = count(times.iter().rev().take_while(|at| **at == until).count());
        let skip = if until == self.until { self.skip + alike } else { alike };
        Some(Self { until, skip })
    }

    fn query(self) -> String {
        format!("until={}&skip={}", self.until.as_microsecond(), self.skip)
    }
}

#[derive(Template)]
#[template(path = "console/audit.html")]
struct AuditPage {
    frame: Frame,
    changes: Vec<Change>,
    next: Option<String>,
}

pub(super) async fn of_clients(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(query): RawQuery,
) -> Response {
    shown(&app, &visitor, changes(&app, &visitor, Place::of(query.as_deref())).await)
}

async fn changes(app: &App, visitor: &Visitor, place: Place) -> Result<Response, ApiError> {
    let changes = app.engine.changes(place.until, ROWS, place.skip).await?;
    let times: Vec<Timestamp> = changes.iter().map(|change| change.at).collect();
    let next = place.next(&times).map(Place::query);
    let frame = Frame::new(app, Some(visitor.clone()), PART);
    rendered(StatusCode::OK, &AuditPage { frame, changes, next })
}

#[derive(Template)]
#[template(path = "console/deeds.html")]
struct DeedsPage {
    frame: Frame,
    deeds: Vec<Deed>,
    next: Option<String>,
}

pub(super) async fn of_operators(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(query): RawQuery,
) -> Response {
    shown(&app, &visitor, deeds(&app, &visitor, Place::of(query.as_deref())).await)
}

async fn deeds(app: &App, visitor: &Visitor, place: Place) -> Result<Response, ApiError> {
    let deeds = app.engine.operator_deeds(place.until, ROWS, place.skip).await?;
    let times: Vec<Timestamp> = deeds.iter().map(|deed| deed.at).collect();
    let next = place.next(&times).map(Place::query);
    let frame = Frame::new(app, Some(visitor.clone()), PART);
    rendered(StatusCode::OK, &DeedsPage { frame, deeds, next })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_next_page_begins_after_the_rows_that_were_shown_of_its_moment() {
        let rows = usize::try_from(ROWS).unwrap();
        assert_eq!(Place::FIRST.next(&vec![at(9); rows - 1]), None);
        let alike = Place::FIRST.next(&vec![at(9); rows]).unwrap();
        assert_eq!(alike, Place { until: at(9), skip: ROWS });
        assert_eq!(alike.next(&vec![at(9); rows]), Some(Place { until: at(9), skip: 2 * ROWS }));
        let mut times = vec![at(9); rows - 2];
        times.extend([at(8), at(8)]);
        assert_eq!(alike.next(&times), Some(Place { until: at(8), skip: 2 }));
    }

    #[test]
    fn a_place_stands_in_an_address_and_nonsense_is_the_first_page() {
        let place = Place { until: at(9), skip: 3 };
        assert_eq!(Place::of(Some(&place.query())), place);
        for nonsense in [None, Some(""), Some("until=x"), Some("skip=4"), Some("until=99999999999999999999")]
        {
            assert_eq!(Place::of(nonsense), Place::FIRST, "{nonsense:?}");
        }
        assert_eq!(Place::of(Some("until=9&skip=-1")).skip, 0);
    }
}
