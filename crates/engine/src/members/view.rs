//! A member as answers show it.

use riverbank_model::ExposeSecret;
use riverbank_model::connection::ConnectionStatus;
use riverbank_store::Place;
use riverbank_store::members::Member;

use crate::{Engine, Fault};

/// A member with what its answers need besides.
#[derive(Clone, Debug)]
pub struct MemberView {
    /// The member.
    pub member: Member,
    /// Its institution's code.
    pub institution_code: Option<String>,
    /// The sentence of its status.
    pub connection_status_message: Option<String>,
    /// The address that starts OAuth, while it is PENDING and the address is unspent.
    pub oauth_window_uri: Option<String>,
}

impl Engine {
    pub(crate) async fn view(&self, member: Member) -> Result<MemberView, Fault> {
        let known = self.known_catalogue();
        let catalogue = match known.get(&member.institution_guid) {
            Some(_) => known,
            None => self.catalogue().await?,
        };
        let institution = catalogue.get(&member.institution_guid);
        let name = institution.map_or(member.name.as_str(), |institution| institution.name.as_str());
        Ok(MemberView {
            connection_status_message: member.connection_status.map(|status| status.message(name)),
            institution_code: institution.map(|institution| institution.code.clone()),
            oauth_window_uri: match member.connection_status {
                Some(ConnectionStatus::Pending) => self.window_uri(&member)?,
                _ => None,
            },
            member,
        })
    }

    /// The address of a member's unspent one-time token.
    pub fn window_uri(&self, member: &Member) -> Result<Option<String>, Fault> {
        let Some(sealed) = &member.oauth_token else { return Ok(None) };
        let place = Place::OauthToken(&member.user_guid, &member.guid);
        let Some(token) = self.unseal_undamaged(&place, sealed)? else { return Ok(None) };
        let scheme = member.ui_message_webview_url_scheme.as_deref().unwrap_or("mx");
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("referral_source", member.referral_source.as_deref().unwrap_or("BROWSER"))
            .append_pair("ui_message_webview_url_scheme", scheme)
            .finish();
        Ok(Some(format!("{}/oauth/start/{}?{query}", self.settings().public_url, token.expose_secret())))
    }
}
