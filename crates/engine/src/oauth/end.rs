//! How a way to an institution ends for the end user.

use riverbank_model::guid::{MemberGuid, UserGuid};
use riverbank_model::oauth::OauthErrorReason;
use riverbank_store::oauth_states::OauthState;
use url::Url;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is a consent.
    Success,
    /// There is none.
    Error(OauthErrorReason),
}

/// The end of a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OauthEnd {
    /// What became of it.
    pub outcome: Outcome,
    /// Whose it was.
    pub user_guid: UserGuid,
    /// The member that it led to, or began with.
    pub member_guid: MemberGuid,
    /// Where the end user goes on.
    pub way: Way,
}

/// Where an end user goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// On a page of ours, which tells the window that opened it.
    Page,
    /// In an app, at this address.
    App(String),
}

/// The scheme of the hosting app where none was given (Nexus reference, OAuth).
const SCHEME: &str = "mx";

impl OauthEnd {
    /// The end of the way of `state`, at `member_guid`.
    pub(super) fn of(state: &OauthState, member_guid: MemberGuid, outcome: Outcome) -> Self {
        let way = if state.referral_source.as_deref() == Some("APP") {
            Way::App(app_address(state, &member_guid, outcome))
        } else {
            Way::Page
        };
        Self { outcome, user_guid: state.user_guid.clone(), member_guid, way }
    }
}

/// The registered address of the app, or one of its scheme, with what became of the way.
fn app_address(state: &OauthState, member: &MemberGuid, outcome: Outcome) -> String {
    let mut parameters = vec![("status", "success"), ("member_guid", member.as_str())];
    if let Outcome::Error(reason) = outcome {
        parameters[0].1 = "error";
        parameters.push(("error_reason", reason.name()));
    }
    // What is registered was held against the list when the address was asked for, and parses.
    if let Some(mut url) = state.client_redirect_url.as_deref().and_then(|url| Url::parse(url).ok()) {
        url.query_pairs_mut().extend_pairs(parameters);
        return url.into();
    }
    let scheme = state.ui_message_webview_url_scheme.as_deref().unwrap_or(SCHEME);
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    format!("{scheme}://oauth_complete?{query}")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use riverbank_model::guid::{Guid, OauthStateGuid};
    use riverbank_model::oauth::AuthStatus;

    use super::*;

    fn state(source: Option<&str>, url: Option<&str>, scheme: Option<&str>) -> OauthState {
        OauthState {
            user_guid: UserGuid::trusted("USR-1".to_owned()),
            guid: OauthStateGuid::trusted("OAS-1".to_owned()),
            member_guid: MemberGuid::trusted("MBR-1".to_owned()),
            inbound_member_guid: None,
            auth_status: AuthStatus::Pending,
            error_reason: None,
            state_hash: None,
            browser_hash: None,
            attempt: None,
            client_redirect_url: url.map(str::to_owned),
            referral_source: source.map(str::to_owned),
            ui_message_webview_url_scheme: scheme.map(str::to_owned),
            skip_aggregation: false,
            due_at: Timestamp::UNIX_EPOCH,
            first_retrieved_at: None,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn way(state: &OauthState, outcome: Outcome) -> Way {
        OauthEnd::of(state, MemberGuid::trusted("MBR-2".to_owned()), outcome).way
    }

    #[test]
    fn an_app_gets_outcome_and_member_at_its_address_or_scheme() {
        let app = |url, scheme| state(Some("APP"), url, scheme);
        let cancelled = Outcome::Error(OauthErrorReason::Cancelled);
        let rows = [
            (
                app(Some("https://a.example/back?x=1"), Some("acme")),
                Outcome::Success,
                "https://a.example/back?x=1&status=success&member_guid=MBR-2",
            ),
            (
                app(None, Some("acme")),
                cancelled,
                "acme://oauth_complete?status=error&member_guid=MBR-2&error_reason=CANCELLED",
            ),
            (app(None, None), Outcome::Success, "mx://oauth_complete?status=success&member_guid=MBR-2"),
        ];
        for (state, outcome, address) in rows {
            assert_eq!(way(&state, outcome), Way::App(address.to_owned()));
        }
    }

    #[test]
    fn a_browser_stays_here_whatever_else_was_given() {
        for source in [None, Some("BROWSER")] {
            assert_eq!(
                way(&state(source, Some("https://a.example/"), Some("acme")), Outcome::Success),
                Way::Page
            );
        }
    }
}
