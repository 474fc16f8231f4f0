//! Choosing an institution: the popular ones, and those of a name.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use riverbank_engine::Page;
use riverbank_engine::institutions::{Institution, InstitutionList, SearchInstitutions};
use riverbank_engine::members::ListMembers;
use riverbank_model::job::JobKind;
use serde::Deserialize;
use serde_json::json;

use super::frame::Frame;
use super::speech::Message;
use super::visiting::{Asked, Visiting};
use super::{accounts, micro_deposits};
use crate::error::ApiError;
use crate::words::Phrase;

/// Institutions that are shown at once.
const SHOWN: i64 = 12;
/// Characters of a name that are looked at.
const LONGEST: usize = 100;

#[derive(Debug, Default, Deserialize)]
pub(super) struct SearchQuery {
    q: Option<String>,
    page: Option<String>,
    /// Only the list is asked for.
    part: Option<String>,
}

/// An institution to choose.
struct Choice {
    guid: String,
    name: String,
    initial: String,
    site: String,
}

#[derive(Template)]
#[template(path = "connect/search.html")]
struct SearchPage<'a> {
    frame: Frame,
    base: &'a str,
    query: &'a str,
    institutions: Vec<Choice>,
    more: Option<String>,
    /// Ways without an institution.
    ways: &'a [(String, Phrase)],
    has_connections: bool,
}

#[derive(Template)]
#[template(path = "connect/found.html")]
struct Found<'a> {
    frame: Frame,
    base: &'a str,
    query: &'a str,
    institutions: Vec<Choice>,
    more: Option<String>,
    ways: &'a [(String, Phrase)],
}

pub(super) async fn show(visiting: Visiting, Asked(query): Asked<SearchQuery>) -> Response {
    if visiting.options().disable_institution_search {
        return visiting.answered(visiting.go(""));
    }
    let name: String =
        query.q.unwrap_or_default().trim().chars().filter(|c| *c != '\0').take(LONGEST).collect();
    let number = query.page.and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, 1000);
    let answer = if query.part.is_some() {
        part(&visiting, &name).await
    } else {
        page(&visiting, &name, number).await
    };
    visiting.answered(answer)
}

/// The page for a name, empty for the popular ones, with the first so many of those found.
pub(super) async fn page(visiting: &Visiting, query: &str, number: i64) -> Result<Response, ApiError> {
    let list = found(visiting, query, SHOWN * number).await?;
    let messages = if query.is_empty() {
        Vec::new()
    } else {
        vec![Message::new("mx/connect/institutionSearch", json!({"query": query}))]
    };
    let all = ListMembers { use_case: None, is_managed_by_user: None, page: Page { limit: 1, offset: 0 } };
    let members = visiting.app.engine.list_members(&visiting.visit.caller, all).await?;
    visiting.page(&SearchPage {
        frame: visiting.frame("search", messages),
        base: &visiting.base,
        query,
        more: more(visiting, query, number, &list),
        institutions: choices(&list),
        ways: &ways(visiting),
        has_connections: !members.members.is_empty(),
    })
}

/// The list alone, for who is typing.
async fn part(visiting: &Visiting, query: &str) -> Result<Response, ApiError> {
    let list = found(visiting, query, SHOWN).await?;
    let part = Found {
        frame: visiting.frame("search", Vec::new()),
        base: &visiting.base,
        query,
        more: more(visiting, query, 1, &list),
        institutions: choices(&list),
        ways: &ways(visiting),
    };
    let part = part.render().map_err(ApiError::internal)?;
    Ok((StatusCode::OK, visiting.headers(), Html(part)).into_response())
}

async fn found(visiting: &Visiting, query: &str, limit: i64) -> Result<InstitutionList, ApiError> {
    let gathers = visiting.options().gathers();
    let request = SearchInstitutions {
        name: (!query.is_empty()).then(|| query.to_owned()),
        url: None,
        supports_account_identification: gathers.contains(&JobKind::Identification),
        supports_account_verification: gathers.contains(&JobKind::Verification),
        supports_transaction_history: false,
        countries: visiting.options().iso_country_code.iter().cloned().collect(),
        page: Page { limit, offset: 0 },
    };
    Ok(visiting.app.engine.search_institutions(request).await?)
}

/// Ways to an account without an institution that is asked for it.
fn ways(visiting: &Visiting) -> Vec<(String, Phrase)> {
    micro_deposits::way(visiting).into_iter().chain(accounts::way(visiting)).collect()
}

fn more(visiting: &Visiting, query: &str, number: i64, list: &InstitutionList) -> Option<String> {
    let got = i64::try_from(list.institutions.len()).unwrap_or(i64::MAX);
    let encoded: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
    (got < list.total)
        .then(|| format!("{}/institutions?q={encoded}&page={}", visiting.base, number.saturating_add(1)))
}

fn choices(list: &InstitutionList) -> Vec<Choice> {
    list.institutions.iter().map(|one| Choice::of(one)).collect()
}

impl Choice {
    fn of(institution: &Institution) -> Self {
        let site = institution.url.as_deref().unwrap_or_default();
        let site = site.split_once("://").map_or(site, |(_, rest)| rest).trim_end_matches('/');
        Self {
            guid: institution.guid.to_string(),
            initial: initial(&institution.name),
            name: institution.name.clone(),
            site: site.to_owned(),
        }
    }
}

/// What stands for an institution where others have a picture.
pub(super) fn initial(name: &str) -> String {
    name.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().to_string()).unwrap_or_default()
}
