//! The query of a request: typed parameters and the page.

use std::collections::HashMap;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use percent_encoding::percent_decode_str;
use riverbank_model::limits::{self, PAGE_SIZE, SMALLEST_PAGE};
use serde::de::DeserializeOwned;
use serde::de::value::MapAccessDeserializer;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::{Required, Type};

use crate::error::ApiError;
use crate::fields::{Fields, Words};

/// The query parameters of an operation, from a plain serde structure.
///
/// - `name[]=a&name[]=b`, `name=a&name=b` and mixtures are lists; of a single value the last one counts.
/// - A parameter without a value (`name=` or `name`) is the same as none.
/// - Unknown parameters are ignored.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let named = grouped(pairs(parts.uri.query().unwrap_or_default())?);
        let fields = Fields::new(named.into_iter().map(|(name, words)| (name, Words(words))));
        Ok(Self(T::deserialize(MapAccessDeserializer::new(fields))?))
    }
}

/// The page that is asked for, of at most `MOST` entries.
///
/// `page` counts from 1; absent, not a number or below 1 it is 1, beyond a million it is 4002. A
/// `records_per_page` that is absent, not a number or outside 10 to `MOST` is replaced by 25, never refused.
/// `records_per_age`, a misspelling in the reference, counts where `records_per_page` is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging<const MOST: u32 = { limits::LARGEST_PAGE }> {
    /// From 1.
    pub page: u32,
    /// Entries of a full page.
    pub per_page: u32,
}

impl<const MOST: u32> Paging<MOST> {
    /// Entries before this page.
    pub fn offset(&self) -> u64 {
        u64::from(self.page.saturating_sub(1)) * u64::from(self.per_page)
    }
}

impl<const MOST: u32> From<Paging<MOST>> for riverbank_engine::Page {
    fn from(paging: Paging<MOST>) -> Self {
        Self::new(i64::from(paging.page), i64::from(paging.per_page))
    }
}

impl<const MOST: u32, S: Send + Sync> FromRequestParts<S> for Paging<MOST> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let pairs = pairs(parts.uri.query().unwrap_or_default())?;
        let last = |name: &str| {
            let value = pairs.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
            value.filter(|value| !value.is_empty())
        };
        let size = last("records_per_page").or_else(|| last("records_per_age"));
        let per_page = size
            .and_then(|size| size.parse().ok())
            .filter(|size| (SMALLEST_PAGE..=MOST).contains(size))
            .unwrap_or(PAGE_SIZE);
        Ok(Self { page: page(last("page").unwrap_or_default())?, per_page })
    }
}

fn page(text: &str) -> Result<u32, ApiError> {
    let digits = text.trim_start_matches('0');
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.is_empty() {
        return Ok(1);
    }
    let last = limits::LAST_PAGE;
    match digits.parse::<u32>() {
        Ok(page) if i64::from(page) <= last => Ok(page),
        _ => Err(ApiError::bad_request(format!("page: must be at most {last}."))),
    }
}

impl<const MOST: u32> IntoParams for Paging<MOST> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = |name: &str, default: u32, largest: Option<i64>, description: &str| {
            let schema = ObjectBuilder::new()
                .schema_type(Type::Integer)
                .default(Some(default.into()))
                .maximum(largest);
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Query)
                .required(Required::False)
                .description(Some(description))
                .schema(Some(schema))
                .build()
        };
        let sizes = format!(
            "Entries of a page, {SMALLEST_PAGE} to {MOST}; anything else is replaced by {PAGE_SIZE}."
        );
        vec![
            parameter(
                "page",
                1,
                Some(limits::LAST_PAGE),
                "Page to serve; absent, below 1 or not a number, it is 1.",
            ),
            parameter("records_per_page", PAGE_SIZE, None, &sizes),
        ]
    }
}

/// The names and values of a query, decoded.
fn pairs(query: &str) -> Result<Vec<(String, String)>, ApiError> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decoded(name)?, decoded(value)?))
        })
        .collect()
}

fn decoded(text: &str) -> Result<String, ApiError> {
    let refused = |why: &'static str| Err(ApiError::bad_request(why));
    if !crate::path::is_percent_encoded(text) {
        return refused("The query has a % without two hexadecimal digits after it.");
    }
    match percent_decode_str(&text.replace('+', " ")).decode_utf8() {
        Err(_) => refused("The query is not UTF-8."),
        Ok(text) if text.contains('\0') => refused("The query holds the character U+0000."),
        Ok(text) => Ok(text.into_owned()),
    }
}

/// The values by name, in the order of each name's first value, without empty values.
fn grouped(pairs: Vec<(String, String)>) -> Vec<(String, Vec<String>)> {
    let mut named: Vec<(String, Vec<String>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
        let name = name.strip_suffix("[]").unwrap_or(&name);
        if let Some(&place) = places.get(name) {
            named[place].1.push(value);
        } else {
            places.insert(name.to_owned(), named.len());
            named.push((name.to_owned(), vec![value]));
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use serde::Deserialize;

    use super::*;
    use crate::values::Day;

    async fn read<T: FromRequestParts<()>>(query: &str) -> Result<T, T::Rejection> {
        let request = Request::get(format!("/transactions?{query}")).body(()).unwrap();
        T::from_request_parts(&mut request.into_parts().0, &()).await
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Filter {
        is_manual: Option<bool>,
        from_date: Option<Day>,
        count: Option<u8>,
        name: Option<String>,
        account_guid: Vec<String>,
    }

    #[tokio::test]
    async fn typed_parameters_are_read() {
        let query = "is_manual=false&from_date=2024-02-29&count=255&name=a+b%26%C3%A4&unknown=1";
        let Query(filter) = read::<Query<Filter>>(query).await.unwrap();
        assert_eq!(filter.is_manual, Some(false));
        assert_eq!(filter.from_date.unwrap().to_string(), "2024-02-29");
        assert_eq!(filter.count, Some(255));
        assert_eq!(filter.name.as_deref(), Some("a b&ä"));
    }

    #[tokio::test]
    async fn true_and_false_are_read_without_regard_to_case() {
        for (query, truth) in [("is_manual=True", true), ("is_manual=FALSE", false), ("is_manual=true", true)]
        {
            assert_eq!(read::<Query<Filter>>(query).await.unwrap().0.is_manual, Some(truth), "{query}");
        }
    }

    #[tokio::test]
    async fn a_wrong_value_is_refused_by_name() {
        let rows = [
            ("is_manual=1", "is_manual: must be true or false."),
            ("is_manual=yes", "is_manual: must be true or false."),
            ("count=many", "count: must be a whole number that is not negative."),
            ("count=256", "count: must be a whole number that is not negative."),
            ("from_date=29.02.2024", "from_date: must be a date of the form YYYY-MM-DD."),
            ("name=%zz", "The query has a % without two hexadecimal digits after it."),
            ("name=%", "The query has a % without two hexadecimal digits after it."),
            ("name=%00", "The query holds the character U+0000."),
            ("name=%ff", "The query is not UTF-8."),
        ];
        for (query, message) in rows {
            let error = read::<Query<Filter>>(query).await.unwrap_err();
            assert_eq!((error.code().number(), error.message()), (4002, message), "{query}");
        }
    }

    #[tokio::test]
    async fn a_list_is_given_by_repeating_its_name_with_or_without_brackets() {
        let Query(filter) =
            read::<Query<Filter>>("account_guid[]=a&account_guid%5B%5D=b&account_guid=c").await.unwrap();
        assert_eq!(filter.account_guid, ["a", "b", "c"]);
    }

    #[tokio::test]
    async fn an_empty_value_is_none_and_the_last_of_several_counts() {
        let Query(filter) = read::<Query<Filter>>("is_manual=&count&name=a&name=b").await.unwrap();
        assert_eq!(filter, Filter { name: Some("b".into()), ..Filter::default() });
    }

    #[tokio::test]
    async fn a_page_size_out_of_bounds_is_replaced_and_never_refused() {
        for (query, per_page) in [
            ("", 25),
            ("records_per_page=10", 10),
            ("records_per_page=1000", 1000),
            ("records_per_page=9", 25),
            ("records_per_page=1001", 25),
            ("records_per_page=-1", 25),
            ("records_per_page=many", 25),
            ("records_per_page=99999999999999999999", 25),
            ("records_per_age=50", 50),
            ("records_per_page=30&records_per_age=50", 30),
        ] {
            assert_eq!(read::<Paging>(query).await.unwrap().per_page, per_page, "{query}");
        }
        assert_eq!(read::<Paging<100>>("records_per_page=101").await.unwrap().per_page, 25);
    }

    #[tokio::test]
    async fn pages_count_from_one_to_a_million() {
        for (query, page) in [
            ("", 1),
            ("page=0", 1),
            ("page=-3", 1),
            ("page=x", 1),
            ("page=007", 7),
            ("page=1000000", 1_000_000),
        ] {
            assert_eq!(read::<Paging>(query).await.unwrap().page, page, "{query}");
        }
        for query in ["page=1000001", "page=99999999999999999999"] {
            let error = read::<Paging>(query).await.unwrap_err();
            assert_eq!(error.code().number(), 4002, "{query}");
        }
    }

    #[test]
    fn the_document_says_which_page_is_the_last() {
        let parameters = serde_json::to_value(Paging::<1000>::into_params(|| None)).unwrap();
        assert_eq!(parameters[0]["schema"]["maximum"], 1_000_000);
        assert_eq!(parameters[1]["schema"]["maximum"], serde_json::Value::Null);
    }

    #[test]
    fn the_last_page_of_the_largest_size_has_an_offset() {
        assert_eq!(Paging::<1000> { page: 1_000_000, per_page: 1000 }.offset(), 999_999_000);
    }
}
