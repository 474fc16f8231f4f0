//! What a partner asks of the pages that it opens: the options of the Connect guide, read tolerantly.

use std::borrow::Cow;
use std::fmt;

use riverbank_engine::pages::{
    ColorScheme, CreatePageError, Language, MessageVersion, PageKind, PageMode, PageOptions,
};
use riverbank_model::use_case::UseCases;
use serde::{Deserialize, Deserializer, Serialize, de};
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder};
use utoipa::openapi::{RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::error::{ApiError, ErrorCode};
use crate::nexus::members::{UseCase, use_cases};
use crate::values::Text;

/// How pages are to be.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PageRequest)]
pub(super) struct PageRequest {
    /// Where the app takes its user back after OAuth; must be registered for the client.
    client_redirect_url: Option<Text>,
    /// How the pages look; as the device does when absent.
    color_scheme: Option<Scheme>,
    /// True lists only connections with one of `use_cases`.
    connections_use_case_filter: Option<Flag>,
    /// The institution to begin with, by its code.
    current_institution_code: Option<Text>,
    /// The institution to begin with.
    current_institution_guid: Option<Text>,
    /// The connection to begin with, before any institution.
    current_member_guid: Option<Text>,
    /// The micro deposit to begin with, after any connection and institution.
    current_microdeposit_guid: Option<Text>,
    /// What the pages find out, in an older form: it counts for more than `mode`.
    #[schema(inline)]
    data_request: Option<DataRequest>,
    /// True keeps members that are made out of background aggregation.
    disable_background_agg: Option<Flag>,
    /// True leaves no way to another institution than the one that the pages begin with.
    disable_institution_search: Option<Flag>,
    /// True finds out who owns the accounts as well.
    include_identity: Option<Flag>,
    /// False leaves transactions out of first aggregations; true has verifications bring them in.
    include_transactions: Option<Flag>,
    /// True when the pages stand in a view of an app, which hears by navigations.
    is_mobile_webview: Option<Flag>,
    /// Only institutions of this country; an ISO 3166 code.
    iso_country_code: Option<Text>,
    /// What the pages speak: `en`, `es` or `fr-CA`. When absent: what `Accept-Language` of this call says, else what the
    /// browser asks for.
    language: Option<Text>,
    /// What the pages find out of a connection beside what it is: all that an aggregation does, the numbers of its
    /// accounts, or who owns them.
    #[schema(value_type = Option<Mode>)]
    mode: Option<Text>,
    /// Where OAuth is started from; an app when absent in a view of one.
    oauth_referral_source: Option<ReferralSource>,
    /// The site that shows the pages; must be registered for the client.
    target_origin_referrer: Option<Text>,
    /// Which pages.
    #[serde(rename = "type")]
    kind: Option<Kind>,
    /// The form of messages: 4, or an older one.
    ui_message_version: Option<Version>,
    /// The scheme of navigations that tell an app of what happens; `mx` when absent.
    ui_message_webview_url_scheme: Option<Text>,
    /// True begins with the credentials of the connection, whatever its status.
    update_credentials: Option<Flag>,
    /// What members are made for; PFM when absent.
    #[schema(min_items = 1)]
    use_cases: Option<Vec<UseCase>>,
    /// True counts a member as connected only when its aggregation has ended.
    wait_for_full_aggregation: Option<Flag>,
    /// Synonym of `type`.
    widget_type: Option<Kind>,
}

/// Which pages, by the names of the widgets that they stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PageKind)]
enum Kind {
    ConnectWidget,
    ConnectionsWidget,
}

/// What pages find out.
#[derive(ToSchema)]
#[schema(as = PageMode, rename_all = "snake_case")]
#[expect(dead_code, reason = "the document's description of the modes")]
enum Mode {
    Aggregation,
    Identity,
    Verification,
}

/// What pages find out, by the names of products.
#[derive(Debug, Deserialize, ToSchema)]
struct DataRequest {
    #[schema(inline)]
    products: Option<Vec<Product>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Product {
    AccountVerification,
    IdentityVerification,
    Transactions,
}

/// How pages look.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PageColorScheme)]
enum Scheme {
    Light,
    Dark,
}

/// Where OAuth is started from.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum ReferralSource {
    App,
    Browser,
}

/// A fresh address, as the answers of both faces hold it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PageUrl)]
pub(super) struct PageUrl {
    /// The name of the pages that it opens.
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    /// Opens the pages once, within ten minutes.
    pub(super) url: String,
    /// The partner's own id of the user.
    pub(super) user_id: String,
}

impl PageRequest {
    /// What it asks for; `spoken` is the language of the call.
    pub(super) fn read(self, spoken: Option<Language>) -> Result<PageOptions, ApiError> {
        let mode = mode_of(self.mode.as_deref())?;
        let identity = self.include_identity.is_some_and(|Flag(flag)| flag);
        let transactions = self.include_transactions.map(|Flag(flag)| flag);
        let (mode, identity, transactions) = match self.data_request.and_then(|asked| asked.products) {
            Some(products) if !products.is_empty() => wanted(&products, mode, identity, transactions),
            _ => (mode, identity, transactions),
        };
        let kind = match (self.kind, self.widget_type) {
            (Some(one), Some(other)) if one != other => {
                return Err(ApiError::bad_request("type and widget_type must not differ."));
            }
            (one, other) => one.or(other),
        };
        let Some(kind) = kind else { return Err(ApiError::missing(&["type"])) };
        let language = match self.language.as_deref().map(|tag| Language::from_tag(tag).ok_or(())) {
            Some(Err(())) => return Err(ApiError::bad_request("language: must be en, es or fr-CA.")),
            Some(Ok(language)) => Some(language),
            None => spoken,
        };
        let is_country = |code: &Text| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
        if self.iso_country_code.as_ref().is_some_and(|code| !is_country(code)) {
            return Err(ApiError::bad_request("iso_country_code: must be two letters of ISO 3166."));
        }
        let cases = use_cases(self.use_cases);
        if cases.is_some_and(UseCases::is_empty) {
            return Err(ApiError::bad_request("use_cases must hold at least one use case."));
        }
        let is = |flag: Option<Flag>| flag.is_some_and(|Flag(flag)| flag);
        let text = |text: Option<Text>| text.map(Text::into_string).filter(|text| !text.is_empty());
        Ok(PageOptions {
            kind: match kind {
                Kind::ConnectWidget => PageKind::Connect,
                Kind::ConnectionsWidget => PageKind::Connections,
            },
            mode,
            include_identity: identity,
            language,
            color_scheme: self.color_scheme.map(|scheme| match scheme {
                Scheme::Light => ColorScheme::Light,
                Scheme::Dark => ColorScheme::Dark,
            }),
            current_member_guid: text(self.current_member_guid),
            current_institution_guid: text(self.current_institution_guid),
            current_institution_code: text(self.current_institution_code),
            current_microdeposit_guid: text(self.current_microdeposit_guid),
            update_credentials: is(self.update_credentials),
            disable_institution_search: is(self.disable_institution_search),
            disable_background_agg: is(self.disable_background_agg),
            include_transactions: transactions,
            wait_for_full_aggregation: is(self.wait_for_full_aggregation),
            iso_country_code: self.iso_country_code.map(|code| code.to_ascii_uppercase()),
            use_cases: cases.map(UseCases::bits),
            lists_by_use_case: is(self.connections_use_case_filter),
            message_version: self
                .ui_message_version
                .map_or_else(MessageVersion::default, |version| version.0),
            is_mobile_webview: is(self.is_mobile_webview),
            webview_url_scheme: text(self.ui_message_webview_url_scheme),
            oauth_referral_source: self.oauth_referral_source.map(|source| match source {
                ReferralSource::App => "APP".to_owned(),
                ReferralSource::Browser => "BROWSER".to_owned(),
            }),
            client_redirect_url: text(self.client_redirect_url),
            target_origin_referrer: text(self.target_origin_referrer),
        })
    }
}

/// What pages of this mode find out.
fn mode_of(name: Option<&str>) -> Result<PageMode, ApiError> {
    match name {
        None | Some("aggregation") => Ok(PageMode::Aggregation),
        Some("verification") => Ok(PageMode::Verification),
        Some("identity") => Ok(PageMode::Identity),
        Some(documented @ ("reward" | "tax")) => {
            Err(ApiError::bad_request(format!("mode: {documented} is not offered.")))
        }
        Some(_) => Err(ApiError::bad_request("mode: must be one of aggregation, identity, verification.")),
    }
}

/// What products ask for: the mode, whether owners are asked for, and whether transactions are.
fn wanted(
    products: &[Product],
    mode: PageMode,
    identity: bool,
    transactions: Option<bool>,
) -> (PageMode, bool, Option<bool>) {
    let has = |product| products.contains(&product);
    let identity = identity || has(Product::IdentityVerification);
    if has(Product::AccountVerification) {
        return (PageMode::Verification, identity, transactions.or(Some(has(Product::Transactions))));
    }
    if has(Product::Transactions) {
        return (mode, identity, transactions);
    }
    (PageMode::Identity, identity, transactions)
}

impl From<CreatePageError> for ApiError {
    fn from(error: CreatePageError) -> Self {
        match error {
            CreatePageError::NoSuchUser => Self::new(ErrorCode::NotFound, error.to_string()),
            CreatePageError::FeatureOff => Self::new(ErrorCode::Forbidden, error.to_string()),
            CreatePageError::Window(error) => error.into(),
            CreatePageError::Fault(fault) => fault.into(),
            other => Self::bad_request(other.to_string()),
        }
    }
}

/// Yes or no, which old clients send as text.
#[derive(Clone, Copy, Debug)]
struct Flag(bool);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FlagVisitor).map(Self)
    }
}

struct FlagVisitor;

impl de::Visitor<'_> for FlagVisitor {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false")
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<bool, E> {
        Ok(flag)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<bool, E> {
        text.parse().map_err(|_| E::invalid_value(de::Unexpected::Other("text"), &self))
    }
}

impl PartialSchema for Flag {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["true", "false"]));
        OneOfBuilder::new().item(ObjectBuilder::new().schema_type(Type::Boolean)).item(text).into()
    }
}

impl ToSchema for Flag {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PageFlag")
    }
}

/// The form of messages, as a number or as text.
#[derive(Clone, Copy, Debug)]
struct Version(MessageVersion);

/// All of them.
const VERSIONS: [u8; 4] = [1, 2, 3, 4];

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(VersionVisitor).map(|number| match number {
            4 => Self(MessageVersion::Object),
            older => Self(MessageVersion::Text(older)),
        })
    }
}

struct VersionVisitor;

impl de::Visitor<'_> for VersionVisitor {
    type Value = u8;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number from 1 to 4")
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<u8, E> {
        let known = VERSIONS.into_iter().find(|known| u64::from(*known) == number);
        known.ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<u8, E> {
        let known = VERSIONS.into_iter().find(|known| known.to_string() == text);
        known.ok_or_else(|| E::invalid_value(de::Unexpected::Other("text"), &self))
    }
}

impl PartialSchema for Version {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some(VERSIONS));
        let texts = VERSIONS.map(|version| version.to_string());
        let text = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(texts));
        OneOfBuilder::new().item(number).item(text).into()
    }
}

impl ToSchema for Version {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PageMessageVersion")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_count_for_more_than_the_mode() {
        use PageMode::{Aggregation, Identity, Verification};
        use Product::{AccountVerification, IdentityVerification, Transactions};
        for (products, mode, means) in [
            (&[AccountVerification][..], Aggregation, (Verification, false, Some(false))),
            (&[AccountVerification, Transactions], Aggregation, (Verification, false, Some(true))),
            (&[AccountVerification, IdentityVerification], Aggregation, (Verification, true, Some(false))),
            (&[IdentityVerification, Transactions], Aggregation, (Aggregation, true, None)),
            (&[IdentityVerification], Verification, (Identity, true, None)),
            (&[Transactions], Aggregation, (Aggregation, false, None)),
        ] {
            assert_eq!(wanted(products, mode, false, None), means, "{products:?}");
        }
    }
}
