//! What pages say to browsers that ask for a language.

use std::collections::HashSet;

use axum::http::{Method, StatusCode};
use riverbank_engine::pages::Language;
use riverbank_model::operator::Role;

use super::{Browser, Console, PAGES, Seen};
use crate::console::words::Words;

impl Browser<'_> {
    async fn open_in(&self, language: &str, path: &str) -> Seen {
        let headers = [("cookie", self.cookie.as_str()), ("accept-language", language)];
        self.console.send(Method::GET, path, &headers, "").await
    }
}

/// What stands between the tags of a page, and what its attributes say.
fn texts(page: &str) -> HashSet<&str> {
    let between = page.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text.trim());
    let said = ["aria-label=\"", "placeholder=\""];
    let attributes = said.into_iter().flat_map(|attribute| page.split(attribute).skip(1));
    between.chain(attributes.filter_map(|rest| rest.split('"').next())).collect()
}

#[tokio::test]
async fn no_page_says_in_english_what_its_language_says_otherwise() {
    let console = Console::start().await;
    let caller = console.bench.session("acme", "U-1").await.caller;
    let member = console.bench.mx_bank_member(&caller, "INVALID").await.member;
    console.bench.run_jobs().await;
    let ada = console.log_in("ada", Role::Operator).await;
    let job = console
        .bench
        .engine
        .member_page(&member.guid)
        .await
        .unwrap()
        .unwrap()
        .view
        .member
        .most_recent_job_guid;
    let own = [
        format!("/console/members/{}", member.guid),
        format!("/console/users/{}", caller.user),
        format!("/console/jobs/{}", job.unwrap()),
        format!("/console/institutions/{}", member.institution_guid),
        "/console/clients/acme".to_owned(),
        "/console/clients/nobody".to_owned(),
        "/console/search".to_owned(),
        "/console/search?q=nobody".to_owned(),
        "/console/login".to_owned(),
    ];
    for (place, language) in Language::ALL.into_iter().enumerate().skip(1) {
        let spoken: HashSet<_> = Words::all().into_iter().map(|phrase| phrase[place]).collect();
        let english = Words::all().into_iter().map(|phrase| phrase[0]);
        let foreign: HashSet<_> = english.filter(|phrase| !spoken.contains(phrase)).collect();
        for path in PAGES.into_iter().chain(own.iter().map(String::as_str)) {
            let page = ada.open_in(language.tag(), path).await.text;
            let tag = format!("<html lang=\"{}\">", language.tag());
            assert!(path == "/console/overview" || page.contains(&tag), "{path}: {page}");
            let left: Vec<_> = texts(&page).intersection(&foreign).copied().collect();
            assert!(left.is_empty(), "{path} in {language:?}: {left:?}");
            assert!(texts(&page).iter().any(|text| spoken.contains(text)), "{path}: {page}");
        }
    }
}

#[tokio::test]
async fn what_is_not_done_is_told_in_the_language_of_who_tried() {
    let console = Console::start().await;
    let ada = console.log_in("ada", Role::Operator).await;
    let token = ada.open("/console").await.form_token();
    let headers = [("cookie", ada.cookie.as_str()), ("accept-language", "fr")];
    let body = format!("form_token={token}&move=advance&hours=x");
    let seen = console.send(Method::POST, "/console/sandbox/clock", &headers, &body).await;
    assert_eq!(seen.status, StatusCode::BAD_REQUEST);
    assert!(seen.text.contains("Les heures doivent être un nombre entier."), "{}", seen.text);
    let refused = console.try_login("ada", "wrong", &[("accept-language", "es-MX,es;q=0.9,en;q=0.8")]).await;
    assert!(
        refused.text.contains("Contraseña") && refused.text.contains("no son correctos"),
        "{}",
        refused.text
    );
    let unknown = console.send(Method::GET, "/console/login", &[("accept-language", "de")], "").await;
    assert!(unknown.text.contains("<html lang=\"en\">"), "{}", unknown.text);
}
