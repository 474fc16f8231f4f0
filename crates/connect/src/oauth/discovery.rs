//! The discovery document of a provider (RFC 8414, OpenID Connect Discovery 1.0).

use serde::Deserialize;
use url::Url;

use super::OauthProvider;
use super::failure::{OauthFailure, untrusted};

/// Where the endpoints of a provider are, and what they can do.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Metadata {
    issuer: String,
    pub(super) authorization_endpoint: Url,
    pub(super) token_endpoint: Url,
    pub(super) pushed_authorization_request_endpoint: Option<Url>,
    pub(super) revocation_endpoint: Option<Url>,
    pub(super) jwks_uri: Option<Url>,
    /// RFC 9207: each of its answers names it.
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    code_challenge_methods_supported: Option<Vec<String>>,
}

/// How a client proves at the token endpoint who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClientProof {
    /// In the header `Authorization`.
    Basic,
    /// In the form.
    Post,
}

impl Metadata {
    /// Reads a document and holds it against the provider that it was asked of.
    pub(super) fn read(document: &[u8], provider: &OauthProvider) -> Result<Self, OauthFailure> {
        let metadata: Self = serde_json::from_slice(document)
            .map_err(|error| untrusted(format!("its discovery document cannot be read: {error}")))?;
        if metadata.issuer != provider.issuer {
            return Err(untrusted("its discovery document is another issuer's"));
        }
        let issuer = Url::parse(&provider.issuer).map_err(|_| untrusted("its issuer is no address"))?;
        // The browser is sent there, past the guarded client.
        let page = &metadata.authorization_endpoint;
        let is_as_safe = page.scheme() == "https" || page.origin() == issuer.origin();
        if !is_as_safe || !page.username().is_empty() || page.password().is_some() {
            return Err(untrusted("its authorisation endpoint is not https"));
        }
        let methods = metadata.code_challenge_methods_supported.as_deref();
        if methods.is_some_and(|methods| !methods.iter().any(|method| method == "S256")) {
            return Err(untrusted("it does not take S256"));
        }
        Ok(metadata)
    }

    /// How to prove who we are: the header, which every provider must know (RFC 6749, 2.3.1), unless only the form is
    /// named.
    pub(super) fn client_proof(&self) -> Result<ClientProof, OauthFailure> {
        let Some(methods) = &self.token_endpoint_auth_methods_supported else {
            return Ok(ClientProof::Basic);
        };
        let takes = |name: &str| methods.iter().any(|method| method == name);
        match (takes("client_secret_basic"), takes("client_secret_post")) {
            (true, _) => Ok(ClientProof::Basic),
            (false, true) => Ok(ClientProof::Post),
            (false, false) => Err(untrusted("it takes no client secret")),
        }
    }
}

/// Where the document of a provider is: behind its issuer for OpenID Connect, else before the issuer's path
/// (RFC 8414, 3.1).
pub(super) fn address(provider: &OauthProvider) -> Result<Url, OauthFailure> {
    let mut url = Url::parse(&provider.issuer).map_err(|_| untrusted("its issuer is no address"))?;
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&if provider.speaks_openid() {
        format!("{path}/.well-known/openid-configuration")
    } else {
        format!("/.well-known/oauth-authorization-server{path}")
    });
    Ok(url)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn provider(issuer: &str, scope: &str) -> OauthProvider {
        OauthProvider {
            issuer: issuer.to_owned(),
            client_id: "riverbank".to_owned(),
            client_secret: None,
            scopes: vec![scope.to_owned()],
        }
    }

    fn document(change: impl Fn(&mut serde_json::Value)) -> Vec<u8> {
        let mut document = json!({
            "issuer": "https://bank.example/a",
            "authorization_endpoint": "https://login.bank.example/authorize",
            "token_endpoint": "https://bank.example/token",
        });
        change(&mut document);
        document.to_string().into_bytes()
    }

    #[test]
    fn the_document_stands_where_the_standards_put_it() {
        let rows = [
            ("https://b.example", "openid", "https://b.example/.well-known/openid-configuration"),
            ("https://b.example/a/", "openid", "https://b.example/a/.well-known/openid-configuration"),
            ("https://b.example", "fdx", "https://b.example/.well-known/oauth-authorization-server"),
            ("https://b.example/a", "fdx", "https://b.example/.well-known/oauth-authorization-server/a"),
        ];
        for (issuer, scope, expected) in rows {
            assert_eq!(address(&provider(issuer, scope)).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn a_document_that_could_mislead_is_not_used() {
        let provider = provider("https://bank.example/a", "openid");
        assert!(Metadata::read(&document(|_| {}), &provider).is_ok());
        for (field, value) in [
            ("issuer", json!("https://bank.example/b")),
            ("issuer", json!("https://bank.example/a/")),
            ("authorization_endpoint", json!("http://bank.example/authorize")),
            ("authorization_endpoint", json!("javascript:alert(1)")),
            ("authorization_endpoint", json!("https://u:p@bank.example/authorize")),
            ("code_challenge_methods_supported", json!(["plain"])),
            ("token_endpoint", json!(null)),
        ] {
            let changed = document(|document| document[field] = value.clone());
            assert!(Metadata::read(&changed, &provider).is_err(), "{field}: {value}");
        }
    }

    #[test]
    fn the_header_is_preferred_for_the_secret() {
        let provider = provider("https://bank.example/a", "openid");
        let proof = |methods: serde_json::Value| {
            let text =
                document(|document| document["token_endpoint_auth_methods_supported"] = methods.clone());
            Metadata::read(&text, &provider).unwrap().client_proof().ok()
        };
        assert_eq!(proof(json!(null)), Some(ClientProof::Basic));
        assert_eq!(proof(json!(["client_secret_post", "client_secret_basic"])), Some(ClientProof::Basic));
        assert_eq!(proof(json!(["client_secret_post"])), Some(ClientProof::Post));
        assert_eq!(proof(json!(["private_key_jwt"])), None);
    }
}
