//! The authorisation request (RFC 6749, 4.1.1; RFC 7636, 4.3).

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Addresses, Registration};

/// Parameters of a query or a form, decoded, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(pub Vec<(String, String)>);

impl Parameters {
    /// Reads a query or a form.
    pub fn read(encoded: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The value of a parameter; one without a value is none (RFC 6749, 3.1).
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All values of a parameter.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(known, value)| known == name && !value.is_empty());
        named.map(|(_, value)| value.as_str())
    }

    /// Whether one of these is there more than once, which RFC 6749 forbids.
    pub(super) fn repeats(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.all(name).nth(1).is_some())
    }
}

/// A request that may be put to the end user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationRequest {
    /// Where the end user is returned to.
    pub redirect_uri: String,
    /// Comes back with the end user.
    pub state: Option<String>,
    /// What is asked for.
    pub scopes: Vec<String>,
    /// Goes into the id token.
    pub nonce: Option<String>,
    /// The PKCE challenge, by S256.
    pub code_challenge: String,
}

/// Why an end user is returned without a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the codes of RFC 6749, 4.1.2.1 and OpenID Connect Core 1.0, 3.1.2.6")]
pub enum ReturnError {
    InvalidRequest,
    UnsupportedResponseType,
    InvalidScope,
    AccessDenied,
    LoginRequired,
    InteractionRequired,
    ServerError,
}

impl ReturnError {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::LoginRequired => "login_required",
            Self::InteractionRequired => "interaction_required",
            Self::ServerError => "server_error",
        }
    }
}

/// Why a request is not put to the end user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestRefusal {
    /// Nobody knows where the end user should go: told on a page.
    Page(&'static str),
    /// Told to the client.
    Back {
        /// Where the end user is returned to.
        redirect_uri: String,
        /// What the client gets back.
        state: Option<String>,
        /// Why.
        error: ReturnError,
    },
}

/// Parameters that may stand only once.
const SINGLE: [&str; 8] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
];

impl AuthorizationRequest {
    /// Judges a request. What is wrong with client or address goes on a page: a return to an address that is not
    /// registered would make an open redirect of this server.
    pub fn judge(
        parameters: &Parameters,
        registration: &Registration,
        addresses: &Addresses,
    ) -> Result<Self, RequestRefusal> {
        if parameters.repeats(&["client_id", "redirect_uri"]) {
            return Err(RequestRefusal::Page("client_id or redirect_uri stands more than once."));
        }
        if parameters.get("client_id") != Some(registration.client_id.as_str()) {
            return Err(RequestRefusal::Page("client_id is not registered at this bank."));
        }
        let known = match registration.redirect_uris.as_slice() {
            [] => std::slice::from_ref(&addresses.redirect_uri),
            some => some,
        };
        let given = parameters.get("redirect_uri");
        let Some(redirect_uri) = known.iter().find(|uri| Some(uri.as_str()) == given) else {
            return Err(RequestRefusal::Page("redirect_uri is not registered for the client."));
        };
        let state = parameters.get("state").map(str::to_owned);
        let refuse = |error| {
            let (redirect_uri, state) = (redirect_uri.clone(), state.clone());
            Err(RequestRefusal::Back { redirect_uri, state, error })
        };
        if parameters.repeats(&SINGLE) {
            return refuse(ReturnError::InvalidRequest);
        }
        if parameters.get("response_type") != Some("code") {
            return refuse(ReturnError::UnsupportedResponseType);
        }
        let lawful = registration.scopes();
        let scopes: Vec<String> =
            parameters.get("scope").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        if scopes.is_empty() || scopes.iter().any(|scope| !lawful.contains(scope)) {
            return refuse(ReturnError::InvalidScope);
        }
        let challenge = parameters.get("code_challenge").filter(|challenge| is_challenge(challenge));
        let method = parameters.get("code_challenge_method");
        let (Some(challenge), Some("S256")) = (challenge, method) else {
            return refuse(ReturnError::InvalidRequest);
        };
        Ok(Self {
            redirect_uri: redirect_uri.clone(),
            state: state.clone(),
            scopes,
            nonce: parameters.get("nonce").map(str::to_owned),
            code_challenge: challenge.to_owned(),
        })
    }

    /// The way back with an error.
    pub fn back(&self, error: ReturnError) -> RequestRefusal {
        let (redirect_uri, state) = (self.redirect_uri.clone(), self.state.clone());
        RequestRefusal::Back { redirect_uri, state, error }
    }
}

/// The form of every SHA-256 in base64url without padding.
fn is_challenge(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// An address with parameters behind those that it has, the issuer last (RFC 9207).
pub(super) fn return_address(
    redirect_uri: &str,
    first: (&str, &str),
    state: Option<&str>,
    issuer: &str,
) -> Option<Url> {
    let mut url = Url::parse(redirect_uri).ok()?;
    let mut query = url.query_pairs_mut();
    query.append_pair(first.0, first.1);
    if let Some(state) = state {
        query.append_pair("state", state);
    }
    query.append_pair("iss", issuer);
    drop(query);
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn addresses() -> Addresses {
        Addresses::of("https://river.example", "corner")
    }

    fn right() -> Vec<(String, String)> {
        [
            ("response_type", "code"),
            ("client_id", "riverbank"),
            ("redirect_uri", "https://river.example/oauth/callback"),
            ("scope", "openid accounts"),
            ("state", "s"),
            ("nonce", "n"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }

    fn judged(
        change: impl FnOnce(&mut Vec<(String, String)>),
    ) -> Result<AuthorizationRequest, RequestRefusal> {
        let mut parameters = right();
        change(&mut parameters);
        AuthorizationRequest::judge(&Parameters(parameters), &Registration::default(), &addresses())
    }

    fn with(name: &str, value: &str) -> Result<AuthorizationRequest, RequestRefusal> {
        judged(|parameters| {
            for (_, old) in parameters.iter_mut().filter(|(known, _)| known == name) {
                value.clone_into(old);
            }
        })
    }

    #[test]
    fn a_right_request_is_put_to_the_end_user() {
        let request = judged(|_| {}).unwrap();
        assert_eq!((request.state.as_deref(), request.nonce.as_deref()), (Some("s"), Some("n")));
        assert_eq!(request.scopes, ["openid", "accounts"]);
    }

    #[test]
    fn nobody_is_returned_to_an_address_that_is_not_registered_to_the_letter() {
        for address in [
            "https://river.example/oauth/callback/",
            "https://river.example/oauth/callback?x=1",
            "https://river.example/oauth/callback#x",
            "https://RIVER.example/oauth/callback",
            "https://river.example.evil.example/oauth/callback",
            "",
        ] {
            assert!(matches!(with("redirect_uri", address), Err(RequestRefusal::Page(_))), "{address}");
        }
        assert!(matches!(with("client_id", "other"), Err(RequestRefusal::Page(_))));
        let twice = judged(|parameters| {
            parameters.push(("redirect_uri".to_owned(), "https://river.example/oauth/callback".to_owned()));
        });
        assert!(matches!(twice, Err(RequestRefusal::Page(_))));
    }

    #[test]
    fn a_request_without_pkce_is_returned() {
        for (name, value) in [
            ("code_challenge", ""),
            ("code_challenge", "short"),
            ("code_challenge_method", ""),
            ("code_challenge_method", "plain"),
        ] {
            let refused = with(name, value);
            let error = ReturnError::InvalidRequest;
            assert!(
                matches!(&refused, Err(RequestRefusal::Back { error: it, .. }) if *it == error),
                "{name}"
            );
        }
    }

    #[test]
    fn what_is_not_offered_is_returned_with_its_code() {
        let code = |refused| match refused {
            Err(RequestRefusal::Back { error, state, .. }) => (error.code(), state),
            other => panic!("{other:?}"),
        };
        let state = Some("s".to_owned());
        assert_eq!(code(with("response_type", "token")), ("unsupported_response_type", state.clone()));
        assert_eq!(code(with("scope", "payments")), ("invalid_scope", state.clone()));
        assert_eq!(code(with("scope", "")), ("invalid_scope", state.clone()));
        let twice = judged(|parameters| parameters.push(("nonce".to_owned(), "m".to_owned())));
        assert_eq!(code(twice), ("invalid_request", state));
    }

    #[test]
    fn what_an_address_has_stays_when_the_answer_is_added() {
        let back =
            return_address("https://a.example/x?y=1", ("code", "c d"), Some("s&"), "https://i.example");
        assert_eq!(
            back.unwrap().as_str(),
            "https://a.example/x?y=1&code=c+d&state=s%26&iss=https%3A%2F%2Fi.example"
        );
    }
}
