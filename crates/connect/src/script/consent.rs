//! What a test bank's authorisation server says an access token is for.

use std::collections::BTreeMap;

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode};
use riverbank_model::ExposeSecret;
use riverbank_model::connection::ConnectionStatus;
use serde::Deserialize;
use url::Url;

use super::connector::failed;
use crate::connector::{Authorization, BankRefusal, CredentialValue, Login};
use crate::transport::{Client, Outgoing};

/// Who signed in on the bank's page, and what for.
pub(super) struct Consent {
    /// What was typed there.
    pub(super) login: Login,
    /// The accounts that were picked.
    pub(super) accounts: Vec<String>,
}

#[derive(Deserialize)]
struct Document {
    login: BTreeMap<String, String>,
    accounts: Vec<String>,
}

impl Consent {
    /// Asks for it.
    pub(super) async fn read(client: &Client, authorization: &Authorization) -> Result<Self, BankRefusal> {
        let url = Url::parse(&format!("{}/consent", authorization.issuer))
            .map_err(|_| failed("the issuer is no address".to_owned()))?;
        let bearer = format!("Bearer {}", authorization.access_token.expose_secret());
        let mut bearer = HeaderValue::try_from(bearer)
            .map_err(|_| failed("the access token cannot be sent".to_owned()))?;
        bearer.set_sensitive(true);
        let headers = HeaderMap::from_iter([
            (ACCEPT, HeaderValue::from_static("application/json")),
            (AUTHORIZATION, bearer),
        ]);
        let answer = client.send(Outgoing { method: Method::GET, url, headers, body: Vec::new() }).await;
        let answer = answer.map_err(|error| failed(error.to_string()))?;
        match answer.status {
            StatusCode::OK => {}
            StatusCode::UNAUTHORIZED => {
                return Err(BankRefusal {
                    status: ConnectionStatus::Impaired,
                    code: Some(401),
                    message: "the access token is not taken".to_owned(),
                });
            }
            status => return Err(failed(format!("the bank answered HTTP {status}"))),
        }
        // The reason that serde gives could quote what was typed.
        let Document { login, accounts } = serde_json::from_slice(&answer.body)
            .map_err(|_| failed("the consent cannot be read".to_owned()))?;
        let values = login
            .into_iter()
            .map(|(field_name, value)| CredentialValue { field_name, value: value.into() })
            .collect();
        Ok(Self { login: Login { values, authorization: None }, accounts })
    }
}
