//! How the pages of a visit are to be.

use riverbank_model::job::JobKind;
use riverbank_model::use_case::UseCases;
use serde::{Deserialize, Serialize};

use super::Language;
use crate::oauth::WindowRequest;

/// What the pages are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageKind {
    /// To connect an institution, or to mend a connection.
    #[default]
    #[serde(rename = "connect_widget")]
    Connect,
    /// To look after all connections.
    #[serde(rename = "connections_widget")]
    Connections,
}

impl PageKind {
    /// The name by which it is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect_widget",
            Self::Connections => "connections_widget",
        }
    }

    /// The kind of this exact name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Connect, Self::Connections].into_iter().find(|kind| kind.name() == name)
    }
}

/// What the pages find out of a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageMode {
    /// What an aggregation does.
    #[default]
    Aggregation,
    /// The numbers of its accounts.
    Verification,
    /// Who owns its accounts.
    Identity,
}

/// How pages look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColorScheme {
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
}

/// Which form messages to the hosting page have (Connect guide, post messages).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MessageVersion {
    /// Versions 1 to 3: text that holds JSON.
    Text(u8),
    /// Version 4: an object.
    #[default]
    Object,
}

/// What the partner asked for. It is kept as JSON; what an older server wrote still reads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageOptions {
    /// What the pages are for.
    pub kind: PageKind,
    /// What they find out.
    pub mode: PageMode,
    /// Who owns the accounts is found out as well, after the rest.
    pub include_identity: bool,
    /// What the pages speak; the browser's language when absent.
    pub language: Option<Language>,
    /// How the pages look; as the device does when absent.
    pub color_scheme: Option<ColorScheme>,
    /// The connection to begin with, before any institution.
    pub current_member_guid: Option<String>,
    /// The institution to begin with.
    pub current_institution_guid: Option<String>,
    /// The same by its code.
    pub current_institution_code: Option<String>,
    /// The micro deposit to begin with, after any connection and institution.
    pub current_microdeposit_guid: Option<String>,
    /// Begins with the credentials of the connection, whatever its status.
    pub update_credentials: bool,
    /// There is no way to another institution than the one that the pages begin with.
    pub disable_institution_search: bool,
    /// Members that are made stay out of background aggregation.
    pub disable_background_agg: bool,
    /// False leaves transactions out of the first aggregation of a connection.
    pub include_transactions: Option<bool>,
    /// Members count as connected only when their aggregation has ended.
    pub wait_for_full_aggregation: bool,
    /// Only institutions of this country; an ISO 3166 code.
    pub iso_country_code: Option<String>,
    /// What members are made for, a bit for each use case.
    pub use_cases: Option<i64>,
    /// Only connections with one of these use cases are listed.
    pub lists_by_use_case: bool,
    /// The form of messages.
    pub message_version: MessageVersion,
    /// The pages stand in a view of an app, which hears by navigations.
    pub is_mobile_webview: bool,
    /// The scheme of these navigations; `mx` when absent.
    pub webview_url_scheme: Option<String>,
    /// Where OAuth is started from: BROWSER or APP.
    pub oauth_referral_source: Option<String>,
    /// Where the app takes its user back after OAuth.
    pub client_redirect_url: Option<String>,
    /// The site that shows the pages.
    pub target_origin_referrer: Option<String>,
}

impl PageOptions {
    /// The scheme of navigations that tell an app of what happens.
    pub fn scheme(&self) -> &str {
        self.webview_url_scheme.as_deref().unwrap_or("mx")
    }

    /// What members are made for; none is left to what is usual.
    pub fn use_cases(&self) -> Option<UseCases> {
        self.use_cases.map(UseCases::from_bits)
    }

    /// Whether a member with these use cases is listed.
    pub fn lists(&self, use_cases: UseCases) -> bool {
        let wanted = self.use_cases().filter(|_| self.lists_by_use_case);
        wanted.is_none_or(|wanted| wanted.bits() & use_cases.bits() != 0)
    }

    /// The job that a connection begins with.
    pub fn first_job(&self) -> JobKind {
        match self.mode {
            PageMode::Aggregation => JobKind::Aggregation,
            PageMode::Verification => JobKind::Verification,
            PageMode::Identity => JobKind::Identification,
        }
    }

    /// What is found out of a member that is connected, in this order.
    pub fn gathers(&self) -> Vec<JobKind> {
        let first = (self.mode != PageMode::Aggregation).then(|| self.first_job());
        let more = self.include_identity && self.mode != PageMode::Identity;
        first.into_iter().chain(more.then_some(JobKind::Identification)).collect()
    }

    /// Whether the pages start the first job of a member themselves, since it is not a whole aggregation.
    pub fn starts_jobs(&self) -> bool {
        self.mode != PageMode::Aggregation || self.include_transactions == Some(false)
    }

    /// How the end user comes back from OAuth. An app is gone back to unless something else was asked for.
    pub fn window(&self) -> WindowRequest {
        let usual = self.is_mobile_webview.then(|| "APP".to_owned());
        WindowRequest {
            client_redirect_url: self.client_redirect_url.clone(),
            referral_source: self.oauth_referral_source.clone().or(usual),
            ui_message_webview_url_scheme: self.webview_url_scheme.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_reads_as_it_was_and_what_is_unknown_is_passed_over() {
        let options = PageOptions {
            language: Some(Language::CanadianFrench),
            color_scheme: Some(ColorScheme::Dark),
            message_version: MessageVersion::Text(3),
            ..PageOptions::default()
        };
        let kept = serde_json::to_string(&options).unwrap();
        assert_eq!(serde_json::from_str::<PageOptions>(&kept).unwrap(), options);
        let older = serde_json::from_str::<PageOptions>(r#"{"kind":"connect_widget","later":1}"#);
        assert_eq!(older.unwrap(), PageOptions::default());
    }

    #[test]
    fn identity_comes_last_and_once() {
        let gathers = |mode, include_identity| {
            PageOptions { mode, include_identity, ..PageOptions::default() }.gathers()
        };
        assert_eq!(gathers(PageMode::Aggregation, false), []);
        assert_eq!(gathers(PageMode::Aggregation, true), [JobKind::Identification]);
        assert_eq!(gathers(PageMode::Verification, false), [JobKind::Verification]);
        assert_eq!(gathers(PageMode::Verification, true), [JobKind::Verification, JobKind::Identification]);
        assert_eq!(gathers(PageMode::Identity, true), [JobKind::Identification]);
    }

    #[test]
    fn an_app_is_gone_back_to_after_oauth_unless_it_asks_for_a_browser() {
        let webview = PageOptions { is_mobile_webview: true, ..PageOptions::default() };
        assert_eq!(webview.window().referral_source.as_deref(), Some("APP"));
        let browser = PageOptions { oauth_referral_source: Some("BROWSER".to_owned()), ..webview };
        assert_eq!(browser.window().referral_source.as_deref(), Some("BROWSER"));
        assert_eq!(PageOptions::default().window().referral_source, None);
    }
}
