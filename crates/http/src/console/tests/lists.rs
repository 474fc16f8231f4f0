//! Lists that go on over several pages, and what a job's page hides.

use axum::http::{Method, StatusCode};
use riverbank_model::operator::Role;

use super::Console;

/// The address of the page that a page leads on to by this link.
fn link(html: &str, text: &str) -> Option<String> {
    let (before, _) = html.split_once(&format!(">{text}"))?;
    let (_, address) = before.rsplit_once("href=\"")?;
    Some(address.trim_end_matches('"').replace("&#38;", "&"))
}

fn jobs_on(html: &str) -> usize {
    html.matches("href=\"/console/jobs/JOB-").count()
}

#[tokio::test]
async fn jobs_that_wait_go_on_over_pages_in_the_order_in_which_they_are_due() {
    let console = Console::start().await;
    for number in 0..51 {
        let caller = console.bench.session("acme", &format!("U-{number}")).await.caller;
        console.bench.mx_bank_member(&caller, "INVALID").await;
    }
    let ada = console.log_in("ada", Role::Reader).await;
    let first = ada.open("/console/jobs?list=open").await.text;
    assert_eq!(jobs_on(&first), 50, "{first}");
    assert!(first.contains("their time: 51 in all"), "{first}");
    let second = ada.open(&link(&first, "Due later").unwrap()).await.text;
    assert_eq!((jobs_on(&second), link(&second, "Due later")), (1, None), "{second}");
    assert!(!second.contains("Running"), "{second}");
    console.bench.run_jobs().await;
    assert_eq!(jobs_on(&ada.open("/console/jobs?list=waiting").await.text), 0);
    let ended = ada.open("/console/jobs").await.text;
    let older = ada.open(&link(&ended, "Older").unwrap()).await.text;
    assert_eq!((jobs_on(&ended), jobs_on(&older)), (50, 1));
}

#[tokio::test]
async fn jobs_are_narrowed_to_those_of_a_client() {
    let console = Console::start().await;
    for (client, users) in [("acme", 51), ("other", 1)] {
        for number in 0..users {
            let caller = console.bench.session(client, &format!("U-{number}")).await.caller;
            console.bench.mx_bank_member(&caller, "INVALID").await;
        }
    }
    console.bench.run_jobs().await;
    let ada = console.log_in("ada", Role::Reader).await;
    let page = ada.open("/console/clients/acme").await.text;
    let first = ada.open(&link(&page, "Its jobs").unwrap()).await.text;
    let second = ada.open(&link(&first, "Older").unwrap()).await.text;
    assert_eq!((jobs_on(&first), jobs_on(&second), link(&second, "Older")), (50, 1, None));
    assert_eq!(jobs_on(&ada.open("/console/jobs?client=other").await.text), 1);
    assert_eq!(ada.open("/console/jobs?client=nobody").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_endpoints_of_a_client_go_on_over_pages() {
    let console = Console::start().await;
    console.bench.clients().create("acme").await.unwrap();
    for number in 0..21 {
        console.bench.endpoint("acme", &format!("http://127.0.0.1/{number}"), "member").await;
    }
    let ada = console.log_in("ada", Role::Reader).await;
    let first = ada.open("/console/clients/acme").await.text;
    assert!(first.contains("127.0.0.1/19<") && !first.contains("127.0.0.1/20<"), "{first}");
    let second = ada.open(&link(&first, "More<").unwrap()).await.text;
    assert!(!second.contains("127.0.0.1/19<") && second.contains("127.0.0.1/20<"), "{second}");
    assert_eq!(link(&second, "More<"), None);
}

#[tokio::test]
async fn why_a_job_came_to_nothing_is_shown_once_to_who_asks_and_that_is_audited() {
    let console = Console::start().await;
    let caller = console.bench.session("acme", "U-1").await.caller;
    let member = console.bench.mx_bank_member(&caller, "INVALID").await.member.guid;
    console.bench.run_jobs().await;
    let view = console.bench.engine.member_page(&member).await.unwrap().unwrap().view;
    let job = view.member.most_recent_job_guid.unwrap();
    let why = console.bench.engine.any_job(&job).await.unwrap().unwrap().error_message.unwrap();
    let bob = console.log_in("bob", Role::Reader).await;
    let path = format!("/console/jobs/{job}");
    let masked = bob.open(&path).await.text;
    assert!(masked.contains("Why it came to nothing") && !masked.contains(&why), "{masked}");
    let reveal = format!("{path}/reveal");
    let without_token = console.send(Method::POST, &reveal, &[("cookie", &bob.cookie)], "").await;
    assert_eq!(without_token.status, StatusCode::FORBIDDEN);
    let shown = bob.post(&reveal, "").await;
    assert!(shown.text.contains(&why), "{}", shown.text);
    assert!(!bob.open(&path).await.text.contains(&why));
    let deeds = bob.open("/console/audit/operators").await.text;
    assert_eq!(deeds.matches("jobs.show_hidden").count(), 1);
    assert_eq!(bob.post("/console/jobs/JOB-1/reveal", "").await.status, StatusCode::NOT_FOUND);
}
