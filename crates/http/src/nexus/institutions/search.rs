//! `POST /institutions/search`.

use axum::extract::State;
use riverbank_engine::institutions::{InstitutionList, SearchInstitutions};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::Institution;
use crate::answer::{Answer, Pagination};
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::query::{Paging, Query};
use crate::session::Session;
use crate::values::Text;

/// Which institutions. `name` or `url` must be there; an empty `name` alone finds all.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = InstitutionSearchRequest)]
pub(super) struct SearchTerms {
    /// Occurs in the name or in a keyword, whatever its case.
    #[schema(inline)]
    name: Option<Text>,
    /// Occurs in the address of the web site, whatever its case.
    #[schema(inline)]
    url: Option<Text>,
    /// No longer used; ignored.
    #[schema(inline, deprecated, value_type = Option<Text>)]
    #[expect(dead_code, reason = "older clients send it")]
    account_types: Option<IgnoredAny>,
    /// True keeps only institutions with the capability.
    supports_account_identification: Option<bool>,
    /// True keeps only institutions with the capability.
    supports_account_verification: Option<bool>,
    /// True keeps only institutions with the capability.
    supports_transaction_history: Option<bool>,
}

impl RequestBody for SearchTerms {
    const ROOT: Option<&'static str> = Some("institution");
}

type SearchBody = Body<SearchTerms>;

/// Which countries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CountryQuery {
    /// Only institutions of these countries; once for each, with or without `[]`.
    #[serde(default)]
    #[param(inline)]
    iso_country_code: Vec<Country>,
}

/// A country that institutions are known of.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
enum Country {
    Us,
    Ca,
    Mx,
}

impl Country {
    /// ISO 3166-1, two letters.
    fn code(self) -> &'static str {
        match self {
            Self::Us => "US",
            Self::Ca => "CA",
            Self::Mx => "MX",
        }
    }
}

/// Institutions with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InstitutionsResponseBody)]
pub(super) struct InstitutionsBody {
    institutions: Vec<Institution>,
    pagination: Pagination,
    pagination_data: PaginationData,
}

/// The earlier form of `pagination`, for old clients.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InstitutionPaginationData)]
struct PaginationData {
    current_page: u32,
    records_on_current_page: usize,
    total_pages: u64,
    total_records_found: u64,
}

impl InstitutionsBody {
    fn of(list: InstitutionList, paging: Paging) -> Self {
        let pagination = Pagination::of(paging, list.total.unsigned_abs());
        Self {
            pagination_data: PaginationData {
                current_page: pagination.current_page,
                records_on_current_page: list.institutions.len(),
                total_pages: pagination.total_pages,
                total_records_found: pagination.total_entries,
            },
            institutions: list.institutions.into_iter().map(Institution).collect(),
            pagination,
        }
    }
}

/// Search institutions
///
/// Finds institutions by name or address, of which one is needed: the best match first, then the most popular.
/// Institutions that are not open to new members are left out.
#[utoipa::path(
    post,
    path = "/institutions/search",
    operation_id = "searchInstitutions",
    tag = "institutions",
    params(
        CountryQuery,
        Paging,
        ("records_per_age" = Option<i64>, Query, description = "Misspelling of `records_per_page`."),
    ),
    request_body = inline(SearchBody),
    responses((status = 200, description = "The institutions.", body = InstitutionsBody))
)]
pub(super) async fn search_institutions(
    State(app): State<App>,
    _session: Session,
    Query(countries): Query<CountryQuery>,
    paging: Paging,
    Body(terms): SearchBody,
) -> Result<Answer<InstitutionsBody>, ApiError> {
    if terms.name.is_none() && terms.url.is_none() {
        return Err(ApiError::new(ErrorCode::ParameterMissing, "Either name or url is required."));
    }
    let countries = countries.iso_country_code.into_iter().map(|country| country.code().to_owned());
    let request = SearchInstitutions {
        name: terms.name.map(Text::into_string),
        url: terms.url.map(Text::into_string),
        supports_account_identification: terms.supports_account_identification.unwrap_or_default(),
        supports_account_verification: terms.supports_account_verification.unwrap_or_default(),
        supports_transaction_history: terms.supports_transaction_history.unwrap_or_default(),
        countries: countries.collect(),
        page: paging.into(),
    };
    let list = app.engine.search_institutions(request).await?;
    Ok(Answer::ok(InstitutionsBody::of(list, paging)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::Server;

    #[tokio::test]
    async fn what_is_sent_as_account_types_does_not_matter() {
        let server = Server::with_test_banks().await;
        let user = server.session("acme", "U-1").await;
        let plain = user.post("/institutions/search", json!({"name": "MX Bank"})).await.json();
        assert_ne!(plain["institutions"], json!([]));
        for ignored in
            [json!("CHECKING"), json!(["CHECKING", 1]), json!(3), json!({"a": [true]}), json!(false)]
        {
            let terms = json!({"institution": {"name": "MX Bank", "account_types": ignored}});
            assert_eq!(user.post("/institutions/search", terms).await.json(), plain);
        }
    }
}
