mod languages;
mod lists;
mod people;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use riverbank_engine::testing::{Backend, Bench};
use riverbank_model::operator::Role;
use tower::ServiceExt;

use super::routes;
use crate::app::App;

const PASSWORD: &str = "correct horse battery";

/// A console without a socket.
struct Console {
    bench: Bench,
    router: Router,
}

/// An operator's browser.
struct Browser<'a> {
    console: &'a Console,
    cookie: String,
}

struct Seen {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Seen {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// What the forms of the page carry.
    fn form_token(&self) -> String {
        let (_, rest) = self.text.split_once("name=\"form_token\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

impl Console {
    async fn start() -> Self {
        Self::of(Bench::with_test_banks(Backend::Sqlite).await)
    }

    fn of(bench: Bench) -> Self {
        let router = routes(App { engine: bench.engine.clone(), limit: None });
        Self { bench, router }
    }

    async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Seen {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        Seen { status: parts.status, headers: parts.headers, text }
    }

    /// Sends the form of the login, with a code that is right.
    async fn try_login(&self, name: &str, password: &str, headers: &[(&str, &str)]) -> Seen {
        let engine = &self.bench.engine;
        let known = engine.operators().await.unwrap().iter().any(|one| one.name == name);
        let code = if known {
            engine.code_of_operator(name, engine.machine().wall()).await
        } else {
            "000000".to_owned()
        };
        let body = format!("name={name}&password={}&code={code}", password.replace(' ', "+"));
        self.send(Method::POST, "/console/login", headers, &body).await
    }

    async fn log_in(&self, name: &str, role: Role) -> Browser<'_> {
        self.bench.engine.add_operator(name, role, &PASSWORD.into()).await.unwrap();
        let seen = self.try_login(name, PASSWORD, &[]).await;
        assert_eq!((seen.status, seen.header("location")), (StatusCode::SEE_OTHER, "/console"));
        let cookie = seen.header("set-cookie").split(';').next().unwrap().to_owned();
        Browser { console: self, cookie }
    }
}

impl Browser<'_> {
    async fn open(&self, path: &str) -> Seen {
        self.console.send(Method::GET, path, &[("cookie", &self.cookie)], "").await
    }

    async fn post(&self, path: &str, body: &str) -> Seen {
        let token = self.open("/console").await.form_token();
        let body = format!("form_token={token}&{body}");
        self.console.send(Method::POST, path, &[("cookie", &self.cookie)], &body).await
    }
}

const PAGES: [&str; 12] = [
    "/console",
    "/console/overview",
    "/console/clients",
    "/console/institutions",
    "/console/institutions/all?name=bank",
    "/console/jobs",
    "/console/jobs?list=failed",
    "/console/jobs?list=open",
    "/console/sandbox",
    "/console/sandbox/banks/mxbank",
    "/console/audit",
    "/console/audit/operators",
];

#[tokio::test]
async fn without_a_session_every_page_leads_to_the_login() {
    let console = Console::start().await;
    for path in PAGES {
        let seen = console.send(Method::GET, path, &[("cookie", "riverbank-console=x")], "").await;
        assert_eq!(
            (seen.status, seen.header("location")),
            (StatusCode::SEE_OTHER, "/console/login"),
            "{path}"
        );
    }
    let seen = console.send(Method::POST, "/console/clients/acme/disable", &[], "").await;
    assert_eq!(seen.header("location"), "/console/login");
}

#[tokio::test]
async fn whatever_is_wrong_of_a_login_is_answered_alike() {
    let console = Console::start().await;
    console.bench.engine.add_operator("ada", Role::Reader, &PASSWORD.into()).await.unwrap();
    let mut answers = Vec::new();
    for (name, password) in [("ada", "wrong"), ("bob", PASSWORD), ("", "")] {
        let seen = console.try_login(name, password, &[]).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN);
        answers.push(seen.text);
    }
    assert!(answers.windows(2).all(|two| two[0] == two[1]));
}

#[tokio::test]
async fn a_login_that_another_site_sends_is_refused() {
    let console = Console::start().await;
    console.bench.engine.add_operator("ada", Role::Reader, &PASSWORD.into()).await.unwrap();
    for headers in [
        [("origin", "https://evil.example"), ("host", "127.0.0.1:8040")],
        [("sec-fetch-site", "cross-site"), ("origin", "null")],
        [("sec-fetch-site", "same-site"), ("origin", "null")],
    ] {
        let seen = console.try_login("ada", PASSWORD, &headers).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    let own = [("sec-fetch-site", "same-origin"), ("origin", "null")];
    assert_eq!(console.try_login("ada", PASSWORD, &own).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_address_that_tries_too_often_waits() {
    let console = Console::start().await;
    let mut statuses = Vec::new();
    for _ in 0..12 {
        statuses.push(console.try_login("nobody", "wrong", &[]).await.status);
    }
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
}

#[tokio::test]
async fn every_page_is_whole_and_closed_to_frames_scripts_and_caches() {
    let console = Console::start().await;
    let ada = console.log_in("ada", Role::Operator).await;
    console.bench.clients().create("acme").await.unwrap();
    for path in PAGES.into_iter().chain(["/console/clients/acme", "/console/login"]) {
        let seen = ada.open(path).await;
        assert_eq!(seen.status, StatusCode::OK, "{path}\n{}", seen.text);
        let policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        assert_eq!(seen.header("content-security-policy"), policy, "{path}");
        assert_eq!(seen.header("cache-control"), "no-store", "{path}");
        assert_eq!(seen.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(seen.header("x-content-type-options"), "nosniff", "{path}");
        for inline in [" style=", "<script>", " onclick=", "<style"] {
            assert!(!seen.text.contains(inline), "{path}: {inline}");
        }
    }
}

#[tokio::test]
async fn a_cookie_is_for_this_host_alone_and_for_no_script() {
    let console = Console::start().await;
    console.bench.engine.add_operator("ada", Role::Reader, &PASSWORD.into()).await.unwrap();
    let seen = console.try_login("ada", PASSWORD, &[]).await;
    let https = console.bench.engine.settings().public_url.starts_with("https:");
    let cookie = seen.header("set-cookie");
    assert!(cookie.contains("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
    assert_eq!(
        cookie.starts_with("__Host-riverbank-console=") && cookie.contains("; Secure"),
        https,
        "{cookie}"
    );
}

#[tokio::test]
async fn a_form_without_the_token_of_its_session_does_nothing() {
    let console = Console::start().await;
    let ada = console.log_in("ada", Role::Operator).await;
    console.bench.clients().create("acme").await.unwrap();
    let cookie = [("cookie", ada.cookie.as_str())];
    for body in ["", "form_token=", "form_token=x"] {
        let seen = console.send(Method::POST, "/console/clients/acme/disable", &cookie, body).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN, "{body}");
    }
    let token = ada.open("/console").await.form_token();
    let headers = [cookie[0], ("origin", "https://evil.example"), ("host", "127.0.0.1:8040")];
    let foreign = format!("form_token={token}");
    let seen = console.send(Method::POST, "/console/clients/acme/disable", &headers, &foreign).await;
    assert_eq!(seen.status, StatusCode::FORBIDDEN);
    assert!(!console.bench.clients().list().await.unwrap()[0].is_disabled);
    let seen = ada.post("/console/clients/acme/disable", "").await;
    assert_eq!((seen.status, seen.header("location")), (StatusCode::SEE_OTHER, "/console/clients/acme"));
    assert!(console.bench.clients().list().await.unwrap()[0].is_disabled);
}

#[tokio::test]
async fn a_reader_sees_and_does_not_act() {
    let console = Console::start().await;
    let bob = console.log_in("bob", Role::Reader).await;
    console.bench.clients().create("acme").await.unwrap();
    let page = bob.open("/console/clients/acme").await;
    assert!(!page.text.contains("/disable\""));
    for (path, body) in [
        ("/console/clients/acme/disable", ""),
        ("/console/clients/acme/features", "feature=identification&state=off"),
        ("/console/clients/acme/redirect_urls/add", "url=https://a.example/b"),
        ("/console/clients/acme/redirect_urls/remove", "url=https://a.example/b"),
        ("/console/webhooks/WHE-1/replay", "message=x"),
        ("/console/members/MBR-1/aggregate", ""),
        ("/console/members/MBR-1/disable", ""),
        ("/console/members/MBR-1/enable", ""),
        ("/console/members/MBR-1/status", "connection_status=DENIED"),
        ("/console/jobs/JOB-1/retry", ""),
        ("/console/institutions/INS-1/switch", "state=off"),
        ("/console/sandbox/clock", "move=freeze"),
        ("/console/sandbox/faults", "institution=mxbank&kind=TIMEOUT"),
        ("/console/sandbox/faults/remove", "number=all"),
    ] {
        assert_eq!(bob.post(path, body).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(!console.bench.clients().list().await.unwrap()[0].is_disabled);
    assert_eq!(bob.post("/console/logout", "").await.header("location"), "/console/login");
}

#[tokio::test]
async fn what_an_operator_does_is_done_and_audited() {
    let console = Console::start().await;
    let ada = console.log_in("ada", Role::Operator).await;
    let clients = console.bench.clients();
    clients.create("acme").await.unwrap();
    ada.post("/console/clients/acme/features", "feature=identification&state=off").await;
    ada.post("/console/clients/acme/redirect_urls/add", "url=https%3A%2F%2Fa.example%2Fb").await;
    let page = ada.open("/console/clients/acme").await;
    assert!(page.text.contains("https://a.example/b"));
    assert!(page.text.contains("Switch identification on"));
    let refused = ada.post("/console/clients/acme/redirect_urls/add", "url=nowhere").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    ada.post("/console/clients/acme/redirect_urls/remove", "url=https%3A%2F%2Fa.example%2Fb").await;
    assert!(clients.redirect_urls("acme").await.unwrap().is_empty());
    let deeds = ada.open("/console/audit/operators").await;
    for deed in ["clients.set_feature", "clients.add_redirect_url", "clients.remove_redirect_url"] {
        assert!(deeds.text.contains(deed), "{deed}");
    }
    let changes = ada.open("/console/audit").await;
    assert!(changes.text.contains("clients.create"));
}

#[tokio::test]
async fn logging_out_ends_the_session_and_takes_the_cookie() {
    let console = Console::start().await;
    let ada = console.log_in("ada", Role::Operator).await;
    let seen = ada.post("/console/logout", "").await;
    assert!(seen.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(ada.open("/console").await.header("location"), "/console/login");
}

#[tokio::test]
async fn what_is_not_there_is_a_page_that_says_so() {
    let console = Console::start().await;
    let ada = console.log_in("ada", Role::Operator).await;
    for path in [
        "/console/clients/nobody",
        "/console/webhooks/x",
        "/console/users/USR-1",
        "/console/members/MBR-1",
        "/console/members/x",
        "/console/jobs/JOB-1",
        "/console/institutions/INS-1",
        "/console/sandbox/banks/nobody",
        "/console/search?q=nobody",
    ] {
        let seen = ada.open(path).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND, "{path}");
        assert!(seen.header(header::CONTENT_TYPE.as_str()).starts_with("text/html"), "{path}");
    }
}

#[tokio::test]
async fn the_last_day_is_drawn_and_stands_in_a_table() {
    let console = Console::start().await;
    let caller = console.bench.session("acme", "U-1").await.caller;
    console.bench.mx_bank_member(&caller, "any").await;
    console.bench.run_jobs().await;
    let ada = console.log_in("ada", Role::Operator).await;
    let page = ada.open("/console").await;
    assert!(page.text.contains("<svg ") && page.text.contains("CONNECTED"), "{}", page.text);
    let institutions = ada.open("/console/institutions").await;
    assert!(institutions.text.contains("MX Bank"), "{}", institutions.text);
}
