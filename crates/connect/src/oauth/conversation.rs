//! The requests of a client to a provider, over the guarded client: none follows a redirect.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode};
use riverbank_model::{ExposeSecret, SecretText};
use serde::Deserialize;
use url::Url;
use url::form_urlencoded::{Serializer, byte_serialize};
use zeroize::Zeroizing;

use super::discovery::{self, ClientProof, Metadata};
use super::failure::{OauthFailure, untrusted};
use super::id_token::{self, Expected};
use super::{Answer, Attempt, OauthProvider, Tokens};
use crate::transport::{Client, Incoming, Outgoing};

/// What a code was worth.
#[derive(Debug)]
pub struct SignedIn {
    /// The consent.
    pub tokens: Tokens,
    /// Who signed in, where the provider says so: unique and unchanging within the provider.
    pub subject: Option<String>,
}

/// Speaks to one provider. The discovery document is read anew each time: consents are rare, and what is not kept does
/// not grow old.
#[derive(Debug)]
pub struct Conversation<'a> {
    client: &'a Client,
    provider: &'a OauthProvider,
}

#[derive(Deserialize)]
struct ErrorAnswer {
    error: String,
}

/// The answer to a pushed authorisation request (RFC 9126, 2.2).
#[derive(Deserialize)]
struct PushedAnswer {
    request_uri: String,
}

impl<'a> Conversation<'a> {
    /// A conversation with this provider.
    pub fn new(client: &'a Client, provider: &'a OauthProvider) -> Self {
        Self { client, provider }
    }

    /// Where to send the end user. Where the provider takes requests beforehand, it gets this one so (RFC 9126), and the
    /// browser carries none of it.
    pub async fn begin(&self, attempt: &Attempt, state: &SecretText) -> Result<Url, OauthFailure> {
        let metadata = self.discover().await?;
        let parameters = attempt.parameters(self.provider, state);
        let mut page = metadata.authorization_endpoint.clone();
        if let Some(endpoint) = &metadata.pushed_authorization_request_endpoint {
            let answer = self.post(&metadata, endpoint, &parameters).await?;
            if answer.status != StatusCode::CREATED && answer.status != StatusCode::OK {
                return Err(untrusted(format!("it answered a pushed request with HTTP {}", answer.status)));
            }
            let pushed: PushedAnswer = serde_json::from_slice(&answer.body)
                .map_err(|_| untrusted("its answer to a pushed request cannot be read"))?;
            page.query_pairs_mut()
                .append_pair("client_id", &self.provider.client_id)
                .append_pair("request_uri", &pushed.request_uri);
        } else {
            page.query_pairs_mut().extend_pairs(parameters);
        }
        Ok(page)
    }

    /// Turns what came back into tokens: who answers is who was asked (RFC 9207), the code is exchanged with its
    /// verifier, and an id token is demanded and checked where OpenID Connect is spoken.
    pub async fn redeem(
        &self,
        attempt: &Attempt,
        answer: &Answer,
        now: Timestamp,
    ) -> Result<SignedIn, OauthFailure> {
        if attempt.issuer != self.provider.issuer {
            return Err(untrusted("the institution has another issuer by now"));
        }
        let Some(code) = &answer.code else { return Err(untrusted("it sent neither code nor error")) };
        let metadata = self.discover().await?;
        match &answer.iss {
            Some(iss) if *iss != attempt.issuer => return Err(untrusted("another issuer answers")),
            None if metadata.authorization_response_iss_parameter_supported => {
                return Err(untrusted("the answer does not name its issuer"));
            }
            _ => {}
        }
        let form = [
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.expose_secret().to_owned()),
            ("redirect_uri", attempt.redirect_uri.clone()),
            ("code_verifier", attempt.verifier.expose_secret().to_owned()),
        ];
        let (tokens, id_token) = self.tokens(&metadata, &form, now).await?;
        let subject = match &attempt.nonce {
            Some(nonce) => Some(self.subject(&metadata, id_token.as_deref(), nonce, now).await?),
            None => None,
        };
        Ok(SignedIn { tokens, subject })
    }

    /// New tokens for a consent. The old refresh token is spent when this ends well; one that the provider does not
    /// replace stays (RFC 6749, 6).
    pub async fn refresh(&self, refresh: &SecretText, now: Timestamp) -> Result<Tokens, OauthFailure> {
        let metadata = self.discover().await?;
        let form = [
            ("grant_type", "refresh_token".to_owned()),
            ("refresh_token", refresh.expose_secret().to_owned()),
        ];
        let (mut tokens, _) = self.tokens(&metadata, &form, now).await?;
        tokens.refresh.get_or_insert_with(|| refresh.clone());
        Ok(tokens)
    }

    /// Gives a consent back (RFC 7009), where the provider lets it be given back.
    pub async fn revoke(&self, tokens: &Tokens) -> Result<(), OauthFailure> {
        let metadata = self.discover().await?;
        let Some(endpoint) = &metadata.revocation_endpoint else { return Ok(()) };
        let (hint, token) = match &tokens.refresh {
            Some(refresh) => ("refresh_token", refresh),
            None => ("access_token", &tokens.access),
        };
        let form = [("token", token.expose_secret().to_owned()), ("token_type_hint", hint.to_owned())];
        let answer = self.post(&metadata, endpoint, &form).await?;
        match answer.status {
            StatusCode::OK => Ok(()),
            status => Err(untrusted(format!("it answered a revocation with HTTP {status}"))),
        }
    }

    async fn discover(&self) -> Result<Metadata, OauthFailure> {
        let answer = self.get(discovery::address(self.provider)?).await?;
        Metadata::read(&answer.body, self.provider)
    }

    async fn tokens(
        &self,
        metadata: &Metadata,
        form: &[(&str, String)],
        now: Timestamp,
    ) -> Result<(Tokens, Option<String>), OauthFailure> {
        let answer = self.post(metadata, &metadata.token_endpoint, form).await?;
        match answer.status {
            StatusCode::OK => Tokens::read(&answer.body, now),
            status => Err(untrusted(format!("its token endpoint answered HTTP {status}"))),
        }
    }

    async fn subject(
        &self,
        metadata: &Metadata,
        id_token: Option<&str>,
        nonce: &SecretText,
        now: Timestamp,
    ) -> Result<String, OauthFailure> {
        let id_token = id_token.ok_or_else(|| untrusted("it sent no id token"))?;
        let keys = metadata.jwks_uri.clone().ok_or_else(|| untrusted("it names no keys"))?;
        let keys = self.get(keys).await?;
        let expected = Expected {
            issuer: &self.provider.issuer,
            client_id: &self.provider.client_id,
            nonce: nonce.expose_secret(),
            now,
        };
        id_token::subject(id_token, &keys.body, &expected)
    }

    async fn get(&self, url: Url) -> Result<Incoming, OauthFailure> {
        let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
        let request = Outgoing { method: Method::GET, url, headers, body: Vec::new() };
        let answer = self.client.send(request).await?;
        match answer.status {
            StatusCode::OK => Ok(answer),
            status => Err(untrusted(format!("one of its documents is HTTP {status}"))),
        }
    }

    /// Posts a form with the proof of who we are; a refusal in the form of RFC 6749 is one.
    async fn post(
        &self,
        metadata: &Metadata,
        url: &Url,
        parameters: &[(&str, String)],
    ) -> Result<Incoming, OauthFailure> {
        let (headers, body) = self.form(metadata, parameters)?;
        let answer =
            self.client.send(Outgoing { method: Method::POST, url: url.clone(), headers, body }).await?;
        if answer.status.is_client_error()
            && let Ok(ErrorAnswer { error }) = serde_json::from_slice(&answer.body)
        {
            return Err(OauthFailure::Refused { error: legible(&error), status: answer.status.as_u16() });
        }
        Ok(answer)
    }

    /// A form with the proof of who we are, in it or beside it.
    fn form(
        &self,
        metadata: &Metadata,
        parameters: &[(&str, String)],
    ) -> Result<(HeaderMap, Vec<u8>), OauthFailure> {
        let mut form = Serializer::new(String::new());
        form.extend_pairs(parameters.iter().filter(|(name, _)| *name != "client_id"));
        let mut headers = HeaderMap::from_iter([
            (ACCEPT, HeaderValue::from_static("application/json")),
            (CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded")),
        ]);
        let id = &self.provider.client_id;
        match &self.provider.client_secret {
            None => drop(form.append_pair("client_id", id)),
            Some(secret) => match metadata.client_proof()? {
                ClientProof::Basic => {
                    headers.insert(AUTHORIZATION, basic(id, secret)?);
                }
                ClientProof::Post => {
                    form.append_pair("client_id", id).append_pair("client_secret", secret.expose_secret());
                }
            },
        }
        Ok((headers, form.finish().into_bytes()))
    }
}

/// Name and secret for the header, each encoded as in a form first (RFC 6749, 2.3.1).
fn basic(id: &str, secret: &SecretText) -> Result<HeaderValue, OauthFailure> {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pair = Zeroizing::new(format!("{}:{}", encoded(id), encoded(secret.expose_secret())));
    let mut value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(&*pair)))
        .map_err(|_| untrusted("the registration cannot be sent"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// A code of a provider, fit for a log: those of the standards are short and plain.
fn legible(error: &str) -> String {
    error.chars().filter(char::is_ascii_graphic).take(64).collect()
}
