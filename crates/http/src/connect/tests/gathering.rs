//! What the pages find out beside an aggregation.

use riverbank_engine::pages::PageMode;
use riverbank_model::guid::JobGuid;
use riverbank_model::job::JobKind;

use super::*;

/// A bank with one account, which is of savings or a credit card, and which tells numbers and owners or not.
fn bank(kind: &str, tells: bool) -> String {
    let household = if kind == "SAVINGS" { "savings" } else { "credit_card" };
    format!(
        r#"
[[institution]]
guid = "INS-4ba5bee5-2ad0-4a85-9c3e-3f6b0b7c1c11"
code = "one_account"
name = "One Account Bank"
is_test = true
supports_account_verification = {tells}
supports_account_identification = {tells}
connector = "script"
credential = [
    {{ field_name = "LOGIN", label = "User", type = "LOGIN" }},
    {{ field_name = "PASSWORD", label = "Password", type = "PASSWORD" }},
]
script.login = [{{}}]
script.data = {{ household = ["{household}"] }}
"#
    )
}

fn verification() -> PageOptions {
    PageOptions { mode: PageMode::Verification, ..PageOptions::default() }
}

/// The kind of a member's newest job.
async fn newest_job(bench: &Bench, path: &str) -> (JobGuid, JobKind) {
    let caller = bench.session("acme", "U-1").await.caller;
    let guid = path.rsplit('/').next().unwrap().parse().unwrap();
    let view = bench.engine.read_member(&caller, &guid).await.unwrap().unwrap();
    let job = view.member.most_recent_job_guid.expect("a job");
    let kind = bench.engine.read_job(&caller, &job).await.unwrap().unwrap().kind;
    (job, kind)
}

#[tokio::test]
async fn a_connection_is_verified_without_an_aggregation_and_identified_after_that() {
    let bench = bench().await;
    let options = PageOptions { include_identity: true, ..verification() };
    let browser = Browser::visiting(&bench, options).await;
    let member = browser.connect("any").await;
    let (first, kind) = newest_job(&bench, &member).await;
    assert_eq!(kind, JobKind::Verification);
    bench.run_jobs().await;
    let page = browser.get(&member).await;
    assert!(page.body.contains("id=\"poll\"") && !page.says("is connected"), "{}", page.body);
    assert_eq!(page.told(), ["memberStatusUpdate"], "connected when all is found out");
    let (second, kind) = newest_job(&bench, &member).await;
    assert_eq!(kind, JobKind::Identification);
    assert_ne!(first, second);
    browser.get(&member).await;
    bench.run_jobs().await;
    let page = browser.get(&member).await;
    assert!(page.says("Your account numbers have been verified."), "{}", page.body);
    assert_eq!(page.told(), ["memberStatusUpdate", "initialDataReady", "memberConnected"]);
    assert_eq!(newest_job(&bench, &member).await.0, second, "each is done once");
    let caller = bench.session("acme", "U-1").await.caller;
    let guid: MemberGuid = member.rsplit('/').next().unwrap().parse().unwrap();
    let numbers = bench.engine.list_member_account_numbers(&caller, &guid).await.unwrap().unwrap();
    assert!(!numbers.is_empty());
    let owners = bench.engine.list_account_owners(&caller, &guid).await.unwrap().unwrap();
    assert!(!owners.is_empty());
}

#[tokio::test]
async fn who_owns_the_accounts_follows_an_aggregation_or_stands_alone() {
    let bench = bench().await;
    let beside = PageOptions { include_identity: true, ..PageOptions::default() };
    let alone = PageOptions { mode: PageMode::Identity, ..PageOptions::default() };
    for (options, kinds, says) in [
        (beside, &[JobKind::Aggregation, JobKind::Identification][..], "Your accounts are here."),
        (alone, &[JobKind::Identification][..], "It has been confirmed who owns your accounts."),
    ] {
        let browser = Browser::visiting(&bench, options).await;
        let member = browser.connect("any").await;
        for kind in kinds {
            browser.get(&member).await;
            assert_eq!(newest_job(&bench, &member).await.1, *kind);
            bench.run_jobs().await;
        }
        assert!(browser.get(&member).await.says(says));
        browser.post(&format!("{member}/remove"), "").await.location();
    }
}

#[tokio::test]
async fn questions_wrong_credentials_and_failures_are_of_the_verification() {
    let bench = bench().await;
    let browser = Browser::visiting(&bench, verification()).await;
    let member = browser.connect("INVALID").await;
    bench.run_jobs().await;
    assert!(browser.get(&member).await.says("does not know this user name"));
    let catalogue = bench.engine.catalogue().await.unwrap();
    let bank = catalogue.by_code("mxbank").unwrap();
    let form = format!("{}=mxuser&{}=challenge", bank.credentials[0].guid, bank.credentials[1].guid);
    browser.post(&format!("{member}/credentials"), &form).await.location();
    assert_eq!(newest_job(&bench, &member).await.1, JobKind::Verification);
    bench.run_jobs().await;
    let page = browser.get(&member).await;
    assert!(page.says("MX Bank has a question for you"), "{}", page.body);
    let (_, rest) = page.body.split_once("name=\"CRD-").unwrap();
    let form = format!("CRD-{}=wrong", rest.split('"').next().unwrap());
    browser.post(&format!("{member}/answers"), &form).await.location();
    bench.run_jobs().await;
    let (before, _) = newest_job(&bench, &member).await;
    browser.post(&format!("{member}/retry"), "").await.location();
    let (after, kind) = newest_job(&bench, &member).await;
    assert_eq!((before == after, kind), (false, JobKind::Verification));
}

#[tokio::test]
async fn a_connection_that_is_there_is_verified_unless_that_was_done_just_now() {
    let bench = bench().await;
    let caller = bench.session("acme", "U-1").await.caller;
    let guid = bench.mx_bank_member(&caller, "any").await.member.guid;
    bench.run_jobs().await;
    let path = format!("/members/{guid}");
    let options = PageOptions { current_member_guid: Some(guid.to_string()), ..verification() };
    let browser = Browser::visiting(&bench, options.clone()).await;
    let page = browser.get("").await;
    assert_eq!(page.messages()[1].1["initial_step"], "connecting");
    let (job, kind) = newest_job(&bench, &path).await;
    assert_eq!(kind, JobKind::Verification);
    bench.run_jobs().await;
    let browser = Browser::visiting(&bench, options.clone()).await;
    assert_eq!(browser.get("").await.messages()[1].1["initial_step"], "connected");
    bench.advance(3 * 60 * 60 + 1);
    let browser = Browser::visiting(&bench, options).await;
    assert_eq!(browser.get("").await.messages()[1].1["initial_step"], "connecting");
    assert_ne!(newest_job(&bench, &path).await.0, job);
}

#[tokio::test]
async fn an_institution_that_does_not_tell_is_not_found_and_says_so_where_it_was_chosen() {
    let bench = Bench::with_banks(Backend::Sqlite, &bank("CREDIT_CARD", false)).await;
    let code = Some("one_account".to_owned());
    let chosen = PageOptions { current_institution_code: code, ..verification() };
    let page = Browser::visiting(&bench, chosen.clone()).await.get("").await;
    assert!(page.says("One Account Bank cannot verify accounts"), "{}", page.body);
    assert_eq!(page.told(), ["mx/load", "loaded", "selectedInstitution"]);
    let identity = PageOptions { mode: PageMode::Identity, ..chosen };
    let browser = Browser::visiting(&bench, identity).await;
    assert!(browser.get("").await.says("One Account Bank does not tell who owns accounts"));
    let guid = "INS-4ba5bee5-2ad0-4a85-9c3e-3f6b0b7c1c11";
    let refused = browser.post(&format!("/institutions/{guid}"), "a=b").await.location();
    assert!(refused.ends_with("?flaw=not_offered"), "{refused}");
    for (options, is_found) in [(verification(), false), (PageOptions::default(), true)] {
        let browser = Browser::visiting(&bench, options).await;
        for path in ["", "/institutions?q=account"] {
            assert_eq!(browser.get(path).await.says("One Account Bank"), is_found, "{path}");
        }
    }
    let caller = bench.session("acme", "U-1").await.caller;
    let made = bench.member_at("one_account", &caller, "any").await.member.guid;
    bench.run_jobs().await;
    let given = PageOptions { current_member_guid: Some(made.to_string()), ..verification() };
    let page = Browser::visiting(&bench, given).await.get("").await;
    assert!(page.says("One Account Bank cannot verify accounts"), "{}", page.body);
}

#[tokio::test]
async fn a_connection_without_a_checking_or_savings_account_cannot_be_verified() {
    for (kind, is_eligible) in [("CREDIT_CARD", false), ("SAVINGS", true)] {
        let bench = Bench::with_banks(Backend::Sqlite, &bank(kind, true)).await;
        let caller = bench.session("acme", "U-1").await.caller;
        let made = bench.member_at("one_account", &caller, "any").await.member.guid;
        bench.run_jobs().await;
        let options = PageOptions { current_member_guid: Some(made.to_string()), ..verification() };
        let browser = Browser::visiting(&bench, options).await;
        browser.get("").await;
        bench.run_jobs().await;
        let page = browser.get(&format!("/members/{made}")).await;
        assert_eq!(page.says("There is no account to verify"), !is_eligible, "{}", page.body);
        let told = page.messages().pop().unwrap();
        if is_eligible {
            assert_eq!(told.0, "mx/connect/memberConnected");
        } else {
            assert_eq!(told.0, "mx/connect/invalidData");
            assert_eq!((&told.1["member_guid"], &told.1["code"]), (&made.to_string().into(), &1000.into()));
            assert!(page.attribute("say").contains("mx/connect/invalidData/primaryAction"));
        }
    }
}

#[tokio::test]
async fn transactions_come_in_with_a_verification_only_when_they_are_wanted() {
    for (transactions, are_wanted) in [(None, false), (Some(false), false), (Some(true), true)] {
        let bench = bench().await;
        let options = PageOptions { include_transactions: transactions, ..verification() };
        let browser = Browser::visiting(&bench, options).await;
        let member = browser.connect("any").await;
        let (job, _) = newest_job(&bench, &member).await;
        let caller = bench.session("acme", "U-1").await.caller;
        let job = bench.engine.read_job(&caller, &job).await.unwrap().unwrap();
        assert_eq!(job.include_transactions, are_wanted);
    }
}
