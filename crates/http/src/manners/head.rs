//! GETs that change something: the router would answer HEAD by running them.

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::unknown_method;

/// The routes whose GET has an effect, each with the methods that it knows.
const WITH_EFFECT: &[(&str, &str)] = &[
    ("/jobs/{job_guid}/resume", "GET,PUT"),
    ("/members/aggregate", "GET"),
    ("/members/refresh", "GET"),
    ("/members/{member_guid}/aggregate", "GET"),
    ("/members/{member_guid}/oauth_window_uri", "GET"),
    ("/members/{member_guid}/refresh", "GET"),
    ("/sso/{client_id}/users/{user_id}/api_token", "GET"),
    ("/sso/{client_id}/users/{user_id}/api_token.xml", "GET"),
];

/// The refusal of HEAD, and with it of what the route does not know anyway, so that `Allow` is the same either way.
/// None for a request that may run.
pub(super) fn refusal(request: &Request) -> Option<Response> {
    let route = request.extensions().get::<MatchedPath>()?.as_str();
    let (_, allowed) = WITH_EFFECT.iter().find(|(template, _)| route == *template)?;
    let method = request.method();
    if allowed.split(',').any(|known| known == method) {
        return None;
    }
    let mut response = unknown_method(method).into_response();
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    Some(response)
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use riverbank_engine::testing::nobodys;
    use riverbank_model::guid::JobGuid;
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::{Caller, Server};

    #[test]
    fn each_route_exists_and_knows_the_methods_it_is_listed_with() {
        let document = serde_json::to_value(crate::routes::document()).unwrap();
        for (route, allowed) in WITH_EFFECT {
            let operations = document["paths"][route].as_object().unwrap();
            let known: Vec<_> = operations.keys().map(|method| method.to_uppercase()).collect();
            assert_eq!(known.join(","), *allowed, "{route}");
        }
    }

    async fn refused(caller: &Caller<'_>, method: &Method, path: &str) {
        let answer = caller.send(method.clone(), path, None).await;
        assert_eq!(answer.status, 405, "{answer}");
        let allow = answer.header("allow").unwrap();
        assert!(allow.starts_with("GET") && !allow.contains("HEAD"), "{path}: {allow}");
        if *method != Method::HEAD {
            assert_eq!(answer.error_code(), Some(4051), "{answer}");
        }
    }

    #[tokio::test]
    async fn a_head_on_a_get_with_an_effect_is_refused_and_has_none() {
        let server = Server::with_test_banks().await;
        let backend = server.client("acme").await;
        backend.post("/mdx/acme/users", json!({"id": "U-1"})).await.root("user");
        let member = server.connect_to_mx_bank("acme", "U-1").await;
        let user = server.session("acme", "U-1").await;
        let one = format!("/members/{member}");
        let before = user.get(&one).await.root("member");
        let job = format!("/jobs/{}/resume", nobodys::<JobGuid>());
        let (aggregate, refresh) = (format!("{one}/aggregate"), format!("{one}/refresh.json"));
        let window = format!("{one}/oauth_window_uri");
        for path in ["/members/aggregate", "/members/refresh", &aggregate, &refresh, &window, &job] {
            refused(&user, &Method::HEAD, path).await;
            refused(&user, &Method::DELETE, path).await;
        }
        for path in ["/sso/acme/users/U-1/api_token", "/sso/acme/users/U-1/api_token.xml"] {
            refused(&backend, &Method::HEAD, path).await;
        }
        assert_eq!(user.get(&one).await.root("member"), before);
    }

    #[tokio::test]
    async fn other_gets_keep_their_head() {
        let server = Server::start().await;
        let user = server.session("acme", "U-1").await;
        let answer = user.send(Method::HEAD, "/members", None).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (200, Value::Null));
    }
}
