//! `GET /institutions`: the whole catalogue as CSV. Deprecated in favour of the search.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use jiff::Timestamp;
use riverbank_engine::institutions::{Catalogue, Institution};
use riverbank_model::account::AccountType;

use crate::app::App;
use crate::error::ApiError;
use crate::session::Session;

/// One column: its name, and its cell of an institution.
type Column = (&'static str, fn(&Institution) -> String);

/// The columns of the reference's sample.
const COLUMNS: [Column; 18] = [
    ("guid", |one| one.guid.to_string()),
    ("name", |one| one.name.clone()),
    ("instructions", |one| or_empty(one.instructions.as_ref())),
    ("created_at", |one| moment(one.created_at)),
    ("updated_at", |one| moment(one.updated_at)),
    ("url", |one| or_empty(one.url.as_ref())),
    ("popularity", |one| one.popularity.to_string()),
    ("is_hidden", |one| one.is_hidden.to_string()),
    ("has_checking_accounts", |one| has(one, AccountType::Checking)),
    ("has_savings_accounts", |one| has(one, AccountType::Savings)),
    ("has_loan_accounts", |one| has(one, AccountType::Loan)),
    ("has_credit_card_accounts", |one| has(one, AccountType::CreditCard)),
    ("has_investment_accounts", |one| has(one, AccountType::Investment)),
    ("has_line_of_credit_accounts", |one| has(one, AccountType::LineOfCredit)),
    ("has_mortgage_accounts", |one| has(one, AccountType::Mortgage)),
    ("external_guid", |_| String::new()),
    ("medium_logo_url", |one| or_empty(one.medium_logo_url.as_ref())),
    ("small_logo_url", |one| or_empty(one.small_logo_url.as_ref())),
];

/// Rows that are written before they are sent: few enough to stay small, enough to fill a packet.
const ROWS_AT_ONCE: usize = 64;

/// List institutions as CSV
///
/// Every institution, hidden ones too, the most popular first. May be kept for one day.
#[utoipa::path(
    get,
    path = "/institutions",
    operation_id = "listInstitutions",
    tag = "institutions",
    responses((status = 200, description = "The whole list.", body = String, content_type = "text/csv"))
)]
#[deprecated(note = "the search is for this")]
pub(super) async fn list_institutions(
    State(app): State<App>,
    _session: Session,
) -> Result<Response, ApiError> {
    let catalogue = app.engine.catalogue().await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CACHE_CONTROL, "private, max-age=86400"),
    ];
    Ok((headers, Body::from_stream(stream::iter(lines(catalogue)))).into_response())
}

/// The document in parts: the names of the columns, then some rows at a time.
fn lines(catalogue: Arc<Catalogue>) -> impl Iterator<Item = Result<Bytes, csv::Error>> {
    let names = std::iter::once_with(|| written([COLUMNS.map(|(name, _)| name.to_owned())]));
    let starts = (0..catalogue.institutions().len()).step_by(ROWS_AT_ONCE);
    let rows = starts.map(move |start| {
        let rows = catalogue.institutions().iter().skip(start).take(ROWS_AT_ONCE);
        written(rows.map(|institution| COLUMNS.map(|(_, cell)| cell(institution))))
    });
    names.chain(rows)
}

fn written(rows: impl IntoIterator<Item = [String; COLUMNS.len()]>) -> Result<Bytes, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map(Bytes::from).map_err(|error| error.into_error().into())
}

fn or_empty(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

fn has(institution: &Institution, kind: AccountType) -> String {
    institution.has_accounts(kind).to_string()
}

/// `2016-11-09T20:10:22+00:00`.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}
