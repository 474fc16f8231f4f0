//! Hosts that stand for one face, so that a client with fixed host names works through a hosts file.
//!
//! `data.` and `int-data.` of any domain serve Nexus at their root, `sso.` and `int-sso.` the SSO face, `live.` and
//! `int-live.` the MDX face. They serve nothing else. Every other host, and the server's own, serves every face under its
//! own path.

use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::{HeaderMap, Uri};

/// The first labels of hosts, and what stands before the paths of their faces.
const FACES: [(&str, &str); 6] = [
    ("data", NEXUS),
    ("int-data", NEXUS),
    ("sso", "/sso"),
    ("int-sso", "/sso"),
    ("live", "/mdx"),
    ("int-live", "/mdx"),
];
const NEXUS: &str = "";
/// What the paths begin with that are not Nexus's.
const OTHERS: [&str; 10] = [
    "/banks",
    "/connect",
    "/console",
    "/control",
    "/health",
    "/mdx",
    "/metrics",
    "/oauth",
    "/openapi.json",
    "/sso",
];
/// A path at which there is nothing.
const NOWHERE: &str = "/-";

/// Where the request's host stands for a face, changes the path to the one that this face has here.
pub(super) fn lead_to_face(request: &mut Request, own_host: Option<&str>) {
    let moved = host(request.uri(), request.headers())
        .filter(|host| own_host.is_none_or(|own| !own.eq_ignore_ascii_case(host)))
        .and_then(before)
        .and_then(|before| moved(request.uri(), before));
    if let Some(uri) = moved {
        *request.uri_mut() = uri;
    }
}

/// The host that is asked, without its port: of the address where that has one, as in HTTP/2, else of the header.
fn host<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    if let Some(host) = uri.host() {
        return Some(host);
    }
    let host = headers.get(HOST)?.to_str().ok()?;
    Some(host.rsplit_once(':').map_or(host, |(name, _)| name))
}

/// What stands before the paths of the face that the host stands for. A host of one label stands for none.
fn before(host: &str) -> Option<&'static str> {
    let (label, domain) = host.split_once('.')?;
    let face = FACES.iter().find(|(name, _)| name.eq_ignore_ascii_case(label) && !domain.is_empty());
    face.map(|(_, before)| *before)
}

fn moved(uri: &Uri, before: &str) -> Option<Uri> {
    let path = uri.path();
    let is_under = |other: &str| {
        path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
    };
    let path = match before {
        NEXUS if OTHERS.into_iter().any(is_under) => NOWHERE.to_owned(),
        NEXUS => return None,
        before => format!("{before}{path}"),
    };
    let path_and_query = uri.query().map_or(path.clone(), |query| format!("{path}?{query}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path_and_query.parse().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn led(host: &str, uri: &str, own: Option<&str>) -> String {
        let mut request = Request::get(uri);
        if !host.is_empty() {
            request = request.header(HOST, host);
        }
        let mut request = request.body(Body::empty()).unwrap();
        lead_to_face(&mut request, own);
        request.uri().path_and_query().unwrap().to_string()
    }

    #[test]
    fn a_host_leads_to_its_face_and_to_nothing_else() {
        let rows = [
            ("int-data.moneydesktop.com", "/members?page=2", "/members?page=2"),
            ("data.example.org:8443", "/sso/acme/users/1", NOWHERE),
            ("DATA.example.org", "/control/clock", NOWHERE),
            ("int-data.x.y", "/openapi.json", NOWHERE),
            ("int-data.x.y", "/health", NOWHERE),
            ("int-data.x.y", "/connections", "/connections"),
            ("int-sso.moneydesktop.com", "/acme/users/1/api_token.json", "/sso/acme/users/1/api_token.json"),
            ("sso.moneydesktop.com:443", "/members", "/sso/members"),
            ("int-live.moneydesktop.com", "/acme/users?a=b", "/mdx/acme/users?a=b"),
            ("live.moneydesktop.com", "/control/clock", "/mdx/control/clock"),
            ("127.0.0.1:8040", "/sso/acme", "/sso/acme"),
            ("[::1]:8040", "/sso/acme", "/sso/acme"),
            ("data", "/sso/acme", "/sso/acme"),
            ("database.example.org", "/sso/acme", "/sso/acme"),
            ("", "/sso/acme", "/sso/acme"),
        ];
        for (host, uri, led_to) in rows {
            assert_eq!(led(host, uri, None), led_to, "{host} {uri}");
        }
    }

    #[test]
    fn the_authority_of_http_2_counts_before_the_header() {
        assert_eq!(led("127.0.0.1", "https://int-sso.x.y:8443/acme?q", None), "/sso/acme?q");
        assert_eq!(led("int-sso.x.y", "https://bank.example/sso/acme", None), "/sso/acme");
    }

    #[test]
    fn the_servers_own_host_serves_every_face() {
        assert_eq!(led("data.bank.example", "/sso/acme", Some("data.bank.example")), "/sso/acme");
    }
}
