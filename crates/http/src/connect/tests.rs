//! The pages over a bench, called without a socket and without a browser.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use riverbank_engine::Mode;
use riverbank_engine::members::{CreateMember, UpdateMember};
use riverbank_engine::pages::{ColorScheme, Language, MessageVersion, PageKind, PageOptions, Whose};
use riverbank_engine::testing::{Backend, Bench};
use riverbank_model::connection::ConnectionStatus as Status;
use riverbank_model::guid::MemberGuid;
use riverbank_model::use_case::{UseCase, UseCases};
use serde_json::Value;
use tower::ServiceExt;

use super::words::Words;
use crate::app::App;

mod accounts;
mod gathering;
mod micro_deposits;
mod opening;

const FORM: &str = "application/x-www-form-urlencoded";

/// What a browser gets.
struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The path that it is sent on to.
    fn location(&self) -> String {
        assert_eq!(self.status, 303, "{}", self.body);
        self.header("location").strip_prefix("http://127.0.0.1:8040").expect("an address of ours").to_owned()
    }

    /// What the page tells when it is loaded, without what all messages have in common.
    fn messages(&self) -> Vec<(String, Value)> {
        let text = self.attribute("messages");
        let messages: Vec<Value> = serde_json::from_str(&text).expect("messages");
        let typed = messages.into_iter().filter(|message| message["type"].is_string());
        typed.map(|one| (one["type"].as_str().unwrap().to_owned(), one["metadata"].clone())).collect()
    }

    /// The names of what the page tells when it is loaded.
    fn told(&self) -> Vec<String> {
        self.messages().into_iter().map(|(name, _)| name.replace("mx/connect/", "")).collect()
    }

    fn attribute(&self, name: &str) -> String {
        let (_, rest) = self.body.split_once(&format!("data-{name}=\"")).expect(name);
        let text = rest.split('"').next().unwrap();
        text.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
    }

    fn says(&self, text: &str) -> bool {
        let text = text.replace('&', "&#38;").replace('\'', "&#39;");
        self.body.contains(&text)
    }
}

/// A user in a browser.
struct Browser<'b> {
    bench: &'b Bench,
    router: Router,
    base: String,
}

impl<'b> Browser<'b> {
    fn at(bench: &'b Bench) -> Self {
        let app = App { engine: bench.engine.clone(), limit: None };
        Self { bench, router: super::routes().with_state(app), base: String::new() }
    }

    /// A browser that has opened the pages of acme's user U-1.
    async fn visiting(bench: &'b Bench, options: PageOptions) -> Self {
        let mut browser = Self::at(bench);
        browser.base = browser.send("GET", &address(bench, options).await, None).await.location();
        browser
    }

    async fn send(&self, method: &str, path: &str, body: Option<&str>) -> Got {
        let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, FORM);
        let request = request.body(Body::from(body.unwrap_or_default().to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Got { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// A page of the visit, which keeps to the rules of all pages.
    async fn get(&self, path: &str) -> Got {
        let got = self.send("GET", &format!("{}{path}", self.base), None).await;
        keeps_the_rules(&got);
        got
    }

    async fn post(&self, path: &str, body: &str) -> Got {
        self.send("POST", &format!("{}{path}", self.base), Some(body)).await
    }

    /// Sends the form of MX Bank; where that leads, within the visit.
    async fn connect(&self, password: &str) -> String {
        let catalogue = self.bench.engine.catalogue().await.unwrap();
        let bank = catalogue.by_code("mxbank").unwrap();
        let form = format!("{}=mxuser&{}={password}", bank.credentials[0].guid, bank.credentials[1].guid);
        let location = self.post(&format!("/institutions/{}", bank.guid), &form).await.location();
        location.strip_prefix(&self.base).unwrap().to_owned()
    }
}

/// The path of a fresh address of acme's user U-1.
async fn address(bench: &Bench, options: PageOptions) -> String {
    let (acme, _) = bench.user("acme", "U-1").await;
    let made = bench.engine.create_page(&acme, Whose::Id("U-1".to_owned()), options).await.unwrap();
    made.url.strip_prefix("http://127.0.0.1:8040").unwrap().to_owned()
}

/// What holds for each page, whatever it shows.
fn keeps_the_rules(got: &Got) {
    let policy = got.header("content-security-policy");
    assert!(policy.starts_with("default-src 'self'; "), "{policy}");
    assert!(policy.contains("base-uri 'none'") && policy.contains("form-action 'self'"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains(" * "), "{policy}");
    assert!(policy.contains("frame-ancestors "), "{policy}");
    assert_eq!(got.header("referrer-policy"), "no-referrer");
    assert_eq!(got.header("cache-control"), "no-store");
    assert_eq!(got.header("x-content-type-options"), "nosniff");
    assert!(!got.headers.contains_key("set-cookie"));
    assert!(!got.body.contains("<style") && !got.body.contains(" style=") && !got.body.contains(" onclick="));
    let scripts: Vec<_> = got.body.split("<script").skip(1).collect();
    assert!(scripts.iter().all(|script| script.starts_with(" src=\"")), "{}", got.body);
    if got.header("content-type").starts_with("text/html") {
        assert_eq!(got.body.matches("<h1>").count(), 1, "{}", got.body);
        assert!(got.body.contains("<html lang=\""), "{}", got.body);
    }
}

async fn bench() -> Bench {
    Bench::with_test_banks(Backend::Sqlite).await
}

async fn status_of(bench: &Bench, guid: &str) -> Status {
    let caller = bench.session("acme", "U-1").await.caller;
    let view = bench.engine.read_member(&caller, &guid.parse().unwrap()).await.unwrap().unwrap();
    view.member.connection_status.unwrap()
}

#[tokio::test]
async fn a_visit_begins_with_the_popular_institutions_and_leads_to_a_connection() {
    let bench = bench().await;
    let browser = Browser::visiting(&bench, PageOptions::default()).await;
    let first = browser.get("").await;
    assert!(first.says("Popular institutions") && first.says("MX Bank"), "{}", first.body);
    assert_eq!(first.told(), ["mx/load", "loaded"]);
    let loaded = &first.messages()[1].1;
    assert_eq!(loaded["initial_step"], "search");
    assert!(loaded["session_guid"].as_str().unwrap().starts_with("ANS-"), "{loaded}");
    assert!(loaded["user_guid"].as_str().unwrap().starts_with("USR-"), "{loaded}");
    let found = browser.get("/institutions?q=mx+bank").await;
    assert_eq!(found.told(), ["institutionSearch"]);
    assert_eq!(found.messages()[0].1["query"], "mx bank");
    let nothing = browser.get("/institutions?q=%3Cscript%3E").await;
    assert!(nothing.says("No institution matches") && !nothing.body.contains("<script>"), "{}", nothing.body);
    let catalogue = bench.engine.catalogue().await.unwrap();
    let bank = catalogue.by_code("mxbank").unwrap();
    let form = browser.get(&format!("/institutions/{}", bank.guid)).await;
    assert_eq!(form.told(), ["selectedInstitution"]);
    assert!(form.body.contains("type=\"password\"") && form.body.contains("autocomplete=\"username\""));
    let member = browser.connect("any").await;
    let connecting = browser.get(&member).await;
    assert!(
        connecting.says("Signing in") && connecting.body.contains("<noscript><meta http-equiv=\"refresh\"")
    );
    let state = |got: &Got| serde_json::from_str::<Value>(&got.body).unwrap()["state"].clone();
    let before = state(&browser.get(&format!("{member}/state")).await);
    assert_eq!(before, connecting.attribute("state"));
    bench.run_jobs().await;
    assert_ne!(state(&browser.get(&format!("{member}/state")).await), before);
    let connected = browser.get(&member).await;
    assert!(connected.says("MX Bank is connected"), "{}", connected.body);
    assert_eq!(connected.told(), ["memberStatusUpdate", "initialDataReady", "memberConnected"]);
    assert_eq!(connected.messages()[0].1["connection_status"], 6);
}

#[tokio::test]
async fn each_status_has_its_own_page_in_each_language() {
    let bench = bench().await;
    let caller = bench.session("acme", "U-1").await.caller;
    let catalogue = bench.engine.catalogue().await.unwrap();
    let bank = catalogue.by_code("mxbank").unwrap();
    let request = CreateMember {
        institution_guid: bank.guid.to_string(),
        connection_status: Some("CREATED".to_owned()),
        ..CreateMember::default()
    };
    let guid = bench.engine.create_member(&caller, request).await.unwrap().member.guid;
    for language in Language::ALL {
        let words = Words::of(language);
        let options = PageOptions { language: Some(language), ..PageOptions::default() };
        let browser = Browser::visiting(&bench, options).await;
        for status in Status::ALL.iter().copied().filter(|status| *status != Status::Pending) {
            let request =
                UpdateMember { connection_status: Some(status.name().to_owned()), ..UpdateMember::default() };
            bench.engine.update_member(&caller, &guid, request).await.unwrap();
            let page = browser.get(&format!("/members/{guid}")).await;
            assert_eq!(page.status, 200, "{status:?}");
            assert!(page.body.contains(&format!("<html lang=\"{}\">", language.tag())), "{}", page.body);
            let text = match status {
                Status::Connected => words.progress.connected.with(&bank.name).to_string(),
                Status::Challenged => words.question.title.with(&bank.name).to_string(),
                status => words.status.told(status).text.with(&bank.name).to_string(),
            };
            assert!(page.says(&text), "{status:?}: {text}\n{}", page.body);
            let (name, metadata) = &page.messages()[0];
            assert_eq!(
                (name.as_str(), &metadata["connection_status"]),
                ("mx/connect/memberStatusUpdate", &status.id().into())
            );
            let is_action = page.body.contains("<form ")
                || page.body.contains("data-back")
                || page.body.contains("id=\"poll\"");
            assert!(is_action, "{status:?} has no next action: {}", page.body);
            let is_error = page.told().contains(&"memberError".to_owned());
            let is_well = matches!(status, Status::Connected | Status::Challenged);
            assert_eq!(is_error, !is_well, "{status:?}");
        }
    }
}

#[tokio::test]
async fn questions_are_answered_one_after_another() {
    let bench = bench().await;
    let browser = Browser::visiting(&bench, PageOptions::default()).await;
    let member = browser.connect("challenge").await;
    let mut asked = Vec::new();
    // The bank has a second question for whoever answers the first in this way.
    for right in ["challenge", "correct"] {
        bench.run_jobs().await;
        let page = browser.get(&member).await;
        assert!(page.says("MX Bank has a question for you"), "{}", page.body);
        let (_, rest) = page.body.split_once("name=\"CRD-").unwrap();
        let guid = format!("CRD-{}", rest.split('"').next().unwrap());
        let empty = browser.post(&format!("{member}/answers"), &format!("{guid}=")).await.location();
        assert!(empty.ends_with("?flaw=incomplete"), "{empty}");
        let answered = browser.post(&format!("{member}/answers"), &format!("{guid}={right}")).await;
        assert!(answered.location().ends_with(&member));
        // The same form once more, from another window: the page says what became of it.
        let again = browser.post(&format!("{member}/answers"), &format!("{guid}={right}")).await;
        assert!(again.location().ends_with(&member));
        asked.push(guid);
    }
    assert_ne!(asked[0], asked[1]);
    bench.run_jobs().await;
    assert!(browser.get(&member).await.says("MX Bank is connected"));
}

#[tokio::test]
async fn choices_and_pictures_are_shown_as_such() {
    let bench = bench().await;
    for (password, mark) in
        [("options", "type=\"radio\""), ("image", "<img class=\"question\" src=\"data:image/")]
    {
        bench.user("acme", "U-1").await;
        let browser = Browser::visiting(&bench, PageOptions::default()).await;
        let member = browser.connect(password).await;
        bench.run_jobs().await;
        let page = browser.get(&member).await;
        assert!(page.body.contains(mark), "{password}: {}", page.body);
        assert_eq!(page.told(), ["memberStatusUpdate"]);
        browser.post(&format!("{member}/remove"), "").await.location();
    }
}

#[tokio::test]
async fn wrong_credentials_are_entered_again() {
    let bench = bench().await;
    let browser = Browser::visiting(&bench, PageOptions::default()).await;
    let member = browser.connect("INVALID").await;
    bench.run_jobs().await;
    let denied = browser.get(&member).await;
    assert!(denied.says("does not know this user name with this password"), "{}", denied.body);
    assert_eq!(denied.told(), ["memberStatusUpdate", "memberError"]);
    let empty = browser.post(&format!("{member}/credentials"), "").await.location();
    assert!(browser.get(empty.strip_prefix(&browser.base).unwrap()).await.says("Please fill in everything"));
    let catalogue = bench.engine.catalogue().await.unwrap();
    let bank = catalogue.by_code("mxbank").unwrap();
    let form = format!("{}=mxuser&{}=right", bank.credentials[0].guid, bank.credentials[1].guid);
    let saved = browser.post(&format!("{member}/credentials"), &form).await.location();
    assert!(saved.ends_with(&member));
    bench.run_jobs().await;
    assert!(browser.get(&member).await.says("MX Bank is connected"));
    let twice = browser.connect("right").await;
    assert!(browser.get(&twice).await.says("You are connected with this user name already"), "{twice}");
}

#[tokio::test]
async fn the_list_of_connections_removes_after_a_second_question() {
    let bench = bench().await;
    let options = PageOptions { kind: PageKind::Connections, ..PageOptions::default() };
    let browser = Browser::visiting(&bench, options).await;
    assert!(browser.get("").await.says("You have no connections yet"));
    let member = browser.connect("INVALID").await;
    bench.run_jobs().await;
    let list = browser.get("").await;
    assert!(list.says("That did not match") && list.says("Repair"), "{}", list.body);
    assert!(browser.get(&format!("{member}/remove")).await.says("Remove MX Bank?"));
    let removed = browser.post(&format!("{member}/remove"), "").await.location();
    let list = browser.get(removed.strip_prefix(&browser.base).unwrap()).await;
    assert!(list.says("MX Bank was removed") && list.says("You have no connections yet"), "{}", list.body);
    assert_eq!(list.told(), ["memberDeleted"]);
    assert_eq!(browser.get(&member).await.status, 404);
}

#[tokio::test]
async fn the_list_may_be_narrowed_to_use_cases() {
    let bench = bench().await;
    let caller = bench.session("acme", "U-1").await.caller;
    bench.mx_bank_member(&caller, "any").await;
    for (use_case, is_narrowed, is_listed) in [
        (UseCase::Pfm, true, true),
        (UseCase::MoneyMovement, true, false),
        (UseCase::MoneyMovement, false, true),
    ] {
        let options = PageOptions {
            kind: PageKind::Connections,
            use_cases: Some(UseCases::from_iter([use_case]).bits()),
            lists_by_use_case: is_narrowed,
            ..PageOptions::default()
        };
        let list = Browser::visiting(&bench, options).await.get("").await;
        assert_eq!(list.says("MX Bank"), is_listed, "{use_case:?}, {is_narrowed}");
    }
}

#[tokio::test]
async fn pages_act_for_their_own_user_only() {
    let bench = bench().await;
    let theirs = bench.session("acme", "U-2").await.caller;
    let theirs: MemberGuid = bench.mx_bank_member(&theirs, "any").await.member.guid;
    let browser = Browser::visiting(&bench, PageOptions::default()).await;
    for path in ["", "/remove", "/credentials", "/state"] {
        assert_eq!(browser.get(&format!("/members/{theirs}{path}")).await.status, 404, "{path}");
    }
    for path in ["/remove", "/credentials", "/retry", "/answers", "/oauth"] {
        assert_eq!(browser.post(&format!("/members/{theirs}{path}"), "a=b").await.status, 404, "{path}");
    }
    assert_eq!(browser.get("/members/MBR-%00").await.status, 404);
    assert_eq!(browser.get("/institutions/x").await.status, 404);
}

#[tokio::test]
async fn an_institution_with_a_page_of_its_own_is_reached_by_its_address() {
    let bench = bench().await;
    let browser = Browser::visiting(&bench, PageOptions::default()).await;
    let catalogue = bench.engine.catalogue().await.unwrap();
    let bank = catalogue.by_code("mx_bank_oauth").unwrap();
    let page = browser.get(&format!("/institutions/{}", bank.guid)).await;
    assert!(page.says("Sign in at MX Bank (OAuth)"), "{}", page.body);
    let location = browser.post(&format!("/institutions/{}", bank.guid), "").await.location();
    let member = location.strip_prefix(&browser.base).unwrap();
    let waiting = browser.get(member).await;
    assert!(waiting.body.contains("href=\"http://127.0.0.1:8040/oauth/start/"), "{}", waiting.body);
    assert!(waiting.attribute("say").contains("mx/connect/oauthRequested"), "{}", waiting.body);
    // Once more from the search: the same member, and a fresh address.
    assert_eq!(browser.post(&format!("/institutions/{}", bank.guid), "").await.location(), location);
    assert_eq!(status_of(&bench, member.rsplit('/').next().unwrap()).await, Status::Pending);
    let again = browser.post(&format!("{member}/oauth"), "").await.location();
    assert!(again.starts_with(&location), "{again}");
}

#[tokio::test]
async fn the_first_step_weighs_less_than_60_kilobytes() {
    let bench = bench().await;
    let browser = Browser::visiting(&bench, PageOptions::default()).await;
    let mut weight = browser.get("").await.body.len();
    for path in ["/connect/style.css", "/connect/connect.js"] {
        let asset = browser.send("GET", path, None).await;
        assert_eq!(asset.status, 200);
        weight += asset.body.len();
    }
    assert!(weight < 60_000, "{weight} bytes before compression");
}
