//! Finding, looking at and acting on what end users have, and on institutions, jobs and a sandbox.

use axum::http::StatusCode;
use riverbank_engine::Caller;
use riverbank_engine::members::{MemberView, UpdateMember};
use riverbank_engine::testing::Bench;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_model::operator::Role;

use super::Console;

const SECRET: &str = "Grandmother's savings";

async fn member(console: &Console, password: &str) -> (Caller, MemberGuid) {
    let caller = console.bench.session("acme", "U-1").await.caller;
    let guid = console.bench.mx_bank_member(&caller, password).await.member.guid;
    let named = UpdateMember {
        name: Some(SECRET.to_owned()),
        external_guid: Some("their-own".to_owned()),
        ..UpdateMember::default()
    };
    console.bench.engine.update_member(&caller, &guid, named).await.unwrap();
    console.bench.run_jobs().await;
    (caller, guid)
}

async fn view(console: &Console, guid: &MemberGuid) -> MemberView {
    console.bench.engine.member_page(guid).await.unwrap().unwrap().view
}

#[tokio::test]
async fn one_thing_that_is_found_is_shown_at_once_and_several_are_listed() {
    let console = Console::start().await;
    let (caller, guid) = member(&console, "any").await;
    console.bench.session("other", "U-1").await;
    let ada = console.log_in("ada", Role::Reader).await;
    for (asked, path) in [
        (guid.as_str(), format!("/console/members/{guid}")),
        ("their-own", format!("/console/members/{guid}")),
        (caller.user.as_str(), format!("/console/users/{}", caller.user)),
        ("acme", "/console/clients/acme".to_owned()),
    ] {
        let seen = ada.open(&format!("/console/search?q=+{asked}+")).await;
        assert_eq!((seen.status, seen.header("location")), (StatusCode::SEE_OTHER, path.as_str()), "{asked}");
    }
    let several = ada.open("/console/search?q=U-1").await;
    assert_eq!(several.status, StatusCode::OK);
    assert!(several.text.contains(caller.user.as_str()) && several.text.contains("other"));
    let odd = ada.open("/console/search?q=%3Cscript%3E").await;
    assert!(odd.text.contains("&#60;script&#62;"), "{}", odd.text);
    assert_eq!(ada.open("/console/search?q=%00").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(ada.open("/console/search").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_told_of_an_end_user_is_shown_once_to_who_asks_and_that_is_audited() {
    let console = Console::start().await;
    let (caller, guid) = member(&console, "any").await;
    let bob = console.log_in("bob", Role::Reader).await;
    let balance = {
        let page = console.bench.engine.member_page(&guid).await.unwrap().unwrap();
        page.accounts[0].facts.balance.unwrap().to_string()
    };
    for path in [format!("/console/members/{guid}"), format!("/console/users/{}", caller.user)] {
        let masked = bob.open(&path).await;
        assert_eq!(masked.status, StatusCode::OK, "{}", masked.text);
        for hidden in [SECRET, "their-own", "U-1<"] {
            assert!(!masked.text.contains(hidden), "{path}: {hidden}");
        }
        let without_token = console
            .send(axum::http::Method::POST, &format!("{path}/reveal"), &[("cookie", &bob.cookie)], "")
            .await;
        assert_eq!(without_token.status, StatusCode::FORBIDDEN);
        let shown = bob.post(&format!("{path}/reveal"), "").await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.text.contains("Grandmother&#39;s savings"), "{}", shown.text);
        assert!(!bob.open(&path).await.text.contains("Grandmother"));
    }
    let shown = bob.post(&format!("/console/members/{guid}/reveal"), "").await.text;
    assert!(shown.contains("their-own") && shown.contains(&balance), "{shown}");
    assert!(
        !bob.open(&format!("/console/members/{guid}")).await.text.contains(&format!("<td>{balance}</td>"))
    );
    let deeds = bob.open("/console/audit/operators").await.text;
    assert_eq!(deeds.matches("members.show_hidden").count(), 2);
    assert!(deeds.contains("users.show_hidden") && deeds.contains(guid.as_str()));
}

#[tokio::test]
async fn an_operator_aggregates_disables_and_forces_members_and_is_refused_in_words() {
    let console = Console::start().await;
    let (_, guid) = member(&console, "any").await;
    let ada = console.log_in("ada", Role::Operator).await;
    let path = |deed: &str| format!("/console/members/{guid}/{deed}");
    let done = ada.post(&path("aggregate"), "").await;
    assert_eq!(
        (done.status, done.header("location")),
        (StatusCode::SEE_OTHER, path("").trim_end_matches('/'))
    );
    let again = ada.post(&path("aggregate"), "").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text.contains("Nothing was started"), "{}", again.text);
    assert_eq!(ada.post(&path("enable"), "").await.status, StatusCode::CONFLICT);
    assert_eq!(ada.post(&path("disable"), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(view(&console, &guid).await.member.connection_status, Some(ConnectionStatus::Disabled));
    let page = ada.open(path("").trim_end_matches('/')).await.text;
    assert!(page.contains("Let it go on") && page.contains("CONNECTED → DISABLED"), "{page}");
    assert_eq!(ada.post(&path("enable"), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ada.post(&path("status"), "connection_status=LOCKED").await.status, StatusCode::SEE_OTHER);
    assert_eq!(view(&console, &guid).await.member.connection_status, Some(ConnectionStatus::Locked));
    for (form, status) in [("NONSENSE", StatusCode::BAD_REQUEST), ("PENDING", StatusCode::BAD_REQUEST)] {
        assert_eq!(ada.post(&path("status"), &format!("connection_status={form}")).await.status, status);
    }
    let deeds = ada.open("/console/audit/operators").await.text;
    for deed in ["members.aggregate", "members.disable", "members.enable", "members.force"] {
        assert!(deeds.contains(deed), "{deed}");
    }
}

#[tokio::test]
async fn a_job_that_came_to_nothing_is_listed_and_done_over() {
    let console = Console::start().await;
    let (_, guid) = member(&console, "INVALID").await;
    let job = view(&console, &guid).await.member.most_recent_job_guid.unwrap();
    let ada = console.log_in("ada", Role::Operator).await;
    assert!(ada.open("/console/jobs?list=failed").await.text.contains(job.as_str()));
    let institution = view(&console, &guid).await.member.institution_guid;
    assert!(ada.open(&format!("/console/jobs?institution={institution}")).await.text.contains(job.as_str()));
    let page = ada.open(&format!("/console/jobs/{job}")).await.text;
    assert!(page.contains("DENIED") && page.contains("first taken up"), "{page}");
    let retried = ada.post(&format!("/console/jobs/{job}/retry"), "").await;
    assert_eq!(retried.status, StatusCode::SEE_OTHER);
    let new = retried.header("location").to_owned();
    assert_ne!(new, format!("/console/jobs/{job}"));
    assert!(ada.open("/console/jobs?list=open").await.text.contains(new.rsplit('/').next().unwrap()));
    assert!(ada.open(&new).await.text.contains(">due<"));
    let refused = ada.post(&format!("/console/jobs/{job}/retry"), "").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("newer job"), "{}", refused.text);
}

#[tokio::test]
async fn connections_to_an_institution_are_stopped_and_let_go_on() {
    let console = Console::start().await;
    let (_, guid) = member(&console, "any").await;
    let institution = view(&console, &guid).await.member.institution_guid;
    let ada = console.log_in("ada", Role::Operator).await;
    let path = format!("/console/institutions/{institution}");
    assert!(ada.open(&path).await.text.contains("Stop connections"));
    assert_eq!(ada.post(&format!("{path}/switch"), "state=off").await.status, StatusCode::SEE_OTHER);
    let page = ada.open(&path).await.text;
    assert!(page.contains("stopped by an operator") && page.contains("CONNECTED"), "{page}");
    assert_eq!(
        ada.post(&format!("/console/members/{guid}/aggregate"), "").await.status,
        StatusCode::CONFLICT
    );
    assert!(ada.open("/console/institutions/all?name=mx+bank").await.text.contains("stopped"));
    assert_eq!(ada.post(&format!("{path}/switch"), "state=on").await.status, StatusCode::SEE_OTHER);
    let go = ada.post(&format!("/console/members/{guid}/aggregate"), "").await;
    assert_eq!(go.status, StatusCode::SEE_OTHER);
    let none = ada.post("/console/institutions/INS-1/switch", "state=off").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_sandbox_is_worked_from_the_console() {
    let console = Console::start().await;
    let ada = console.log_in("ada", Role::Operator).await;
    let before = console.bench.engine.now();
    assert_eq!(
        ada.post("/console/sandbox/clock", "move=advance&hours=2").await.status,
        StatusCode::SEE_OTHER
    );
    let moved = console.bench.engine.now().duration_since(before);
    assert_eq!(moved.as_secs(), 2 * 60 * 60);
    for wrong in ["move=advance&hours=x", "move=advance&hours=-1", "move=set&at=noon", "move=jump"] {
        assert_eq!(
            ada.post("/console/sandbox/clock", wrong).await.status,
            StatusCode::BAD_REQUEST,
            "{wrong}"
        );
    }
    let fault = "institution=mxbank&member_guid=&kind=STATUS&status=503&count=2&milliseconds=&call=";
    assert_eq!(ada.post("/console/sandbox/faults", fault).await.status, StatusCode::SEE_OTHER);
    assert!(ada.open("/console/sandbox").await.text.contains("is answered with 503"));
    for wrong in ["institution=mxbank&kind=STATUS", "institution=mxbank&kind=x", "kind=TIMEOUT", "count=x"] {
        assert_eq!(
            ada.post("/console/sandbox/faults", wrong).await.status,
            StatusCode::BAD_REQUEST,
            "{wrong}"
        );
    }
    assert_eq!(ada.post("/console/sandbox/faults/remove", "number=99").await.status, StatusCode::NOT_FOUND);
    assert_eq!(ada.post("/console/sandbox/faults/remove", "number=all").await.status, StatusCode::SEE_OTHER);
    assert!(ada.open("/console/sandbox").await.text.contains("None are planned"));
    assert!(ada.open("/console/sandbox/banks/mxbank").await.text.contains("mxuser"));
}

#[tokio::test]
async fn where_there_is_no_sandbox_there_are_no_tools_of_one() {
    let console = Console::of(Bench::in_production().await);
    let ada = console.log_in("ada", Role::Operator).await;
    assert!(!ada.open("/console").await.text.contains("Sandbox"));
    for path in ["/console/sandbox", "/console/sandbox/banks/mxbank"] {
        assert_eq!(ada.open(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/console/sandbox/clock", "/console/sandbox/faults", "/console/members/MBR-1/status"] {
        assert_eq!(ada.post(path, "move=freeze").await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
