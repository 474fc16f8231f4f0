//! Verifying an account by two small deposits.

use riverbank_engine::micro_deposits::CreateMicroDeposit;
use riverbank_engine::pages::PageMode;

use super::*;

fn verification() -> PageOptions {
    PageOptions { mode: PageMode::Verification, ..PageOptions::default() }
}

const ACCOUNT: &str = "routing_number=091000019&account_type=1&account_name=Everyday&account_number=333312345\
    &account_number_again=333312345&first_name=Josh&last_name=James&email=josh%40example.com";

/// Orders deposits to an account; the path of the verification, with what follows it.
async fn order(browser: &Browser<'_>, number: &str) -> String {
    let form = ACCOUNT.replace("333312345", number);
    let location = browser.post("/micro_deposits/account", &form).await.location();
    location.strip_prefix(&browser.base).unwrap().to_owned()
}

#[tokio::test]
async fn the_way_from_the_search_to_an_account_that_is_verified() {
    let bench = bench().await;
    let browser = Browser::visiting(&bench, verification()).await;
    for path in ["", "/institutions?q=no+such+bank", "/institutions?q=no+such+bank&part=1"] {
        let page = browser.send("GET", &format!("{}{path}", browser.base), None).await;
        assert_eq!(page.body.matches("Verify an account by two small deposits").count(), 1, "{path}");
    }
    let routing = browser.get("/micro_deposits").await;
    assert_eq!(routing.told(), ["microdeposits/loaded"]);
    let next = browser.post("/micro_deposits", "routing_number=+091000019").await.location();
    let form = browser.get(next.strip_prefix(&browser.base).unwrap()).await;
    assert!(form.says("Which account is it?") && form.body.contains("value=\"091000019\""), "{}", form.body);
    let path = order(&browser, "333312345").await;
    let sent = browser.get(&path).await;
    assert!(sent.says("Two deposits are on their way"), "{}", sent.body);
    assert_eq!(sent.told(), ["microdeposits/detailsSubmitted"]);
    let path = path.strip_suffix("?sent=1").unwrap();
    let guid = path.rsplit('/').next().unwrap();
    assert_eq!(sent.messages()[0].1["microdeposit_guid"], guid);
    let waiting = browser.get(path).await;
    assert!(waiting.says("Please come back later."), "{}", waiting.body);
    assert_eq!(waiting.told(), ["microdeposits/comeBack"]);
    bench.advance(2 * 60);
    assert!(browser.get(path).await.says("What are the two amounts?"));
    for wrong in ["", "deposit_amount_1=9", "deposit_amount_1=0&deposit_amount_2=9", "deposit_amount_1=x"] {
        let flawed = browser.post(&format!("{path}/amounts"), wrong).await.location();
        let page = browser.get(flawed.strip_prefix(&browser.base).unwrap()).await;
        assert!(page.says("An amount is from 1 to 99 cents."), "{}", page.body);
    }
    browser.post(&format!("{path}/amounts"), "deposit_amount_1=9&deposit_amount_2=10").await.location();
    assert!(browser.get(path).await.says("Tries that are left: 2."));
    browser.post(&format!("{path}/amounts"), "deposit_amount_1=09&deposit_amount_2=9").await.location();
    let verified = browser.get(path).await;
    assert!(verified.says("Your account is verified"), "{}", verified.body);
    assert_eq!(verified.told(), ["microdeposits/verified"]);
    // Handed in once more by another window: nothing changes.
    browser.post(&format!("{path}/amounts"), "deposit_amount_1=1&deposit_amount_2=1").await.location();
    assert!(browser.get(path).await.says("Your account is verified"));
}

#[tokio::test]
async fn a_routing_number_that_cannot_be_says_why() {
    let bench = bench().await;
    let browser = Browser::visiting(&bench, verification()).await;
    for (number, reason, says) in [
        ("091000018", "INVALID", "This is no routing number."),
        ("", "INVALID", "This is no routing number."),
        ("021000021", "BLOCKED", "No deposits can be sent to the bank with this routing number."),
    ] {
        let form = format!("routing_number={number}");
        let refused = browser.post("/micro_deposits", &form).await.location();
        let page = browser.get(refused.strip_prefix(&browser.base).unwrap()).await;
        assert!(page.says(says), "{}", page.body);
        let (name, told) = page.messages().remove(0);
        assert_eq!(name, "mx/connect/microdeposits/blockedRoutingNumber");
        assert_eq!((&told["routing_number"], &told["reason"]), (&number.into(), &reason.into()));
        let account = browser.get(&format!("/micro_deposits/account?{form}")).await;
        assert!(account.location().ends_with("/micro_deposits"));
    }
}

#[tokio::test]
async fn what_is_wrong_of_an_account_is_said_beside_what_was_typed_but_for_its_number() {
    let bench = bench().await;
    let browser = Browser::visiting(&bench, verification()).await;
    for (right, wrong, says) in [
        ("account_number_again=333312345", "account_number_again=1", "The two account numbers differ."),
        ("333312345", "3333%2412345", "An account number has at most 17 letters"),
        ("first_name=Josh", "first_name=J%23sh", "A name has 1 to 50 characters"),
        ("josh%40example.com", "josh", "This is no e-mail address."),
        ("routing_number=091000019", "routing_number=1", "This is no routing number."),
    ] {
        let refused = browser.post("/micro_deposits/account", &ACCOUNT.replace(right, wrong)).await;
        assert_eq!(refused.status, 422);
        keeps_the_rules(&refused);
        assert!(refused.says(says) && refused.says("value=\"Everyday\""), "{says}: {}", refused.body);
        assert!(!refused.body.contains("3333"), "{}", refused.body);
    }
    for number in ["1", "2", "3"] {
        order(&browser, number).await;
    }
    let form = ACCOUNT.replace("333312345", "4");
    let full = browser.post("/micro_deposits/account", &form).await;
    assert!(full.says("Three accounts have been verified with this e-mail address already"));
}

#[tokio::test]
async fn each_bad_end_has_its_own_words_and_a_new_beginning() {
    let bench = bench().await;
    let browser = Browser::visiting(&bench, verification()).await;
    let mut ends = Vec::new();
    for (number, says) in [
        ("44441", "The deposits came back"),
        ("55551", "The deposits could not be sent"),
        ("333312345", "The account could not be verified"),
    ] {
        ends.push((order(&browser, number).await, says));
    }
    let again = order(&browser, "333312345").await;
    assert!(browser.get(&again).await.says("This account is known already"));
    bench.run_due().await;
    bench.advance(2 * 60);
    let path = ends[2].0.strip_suffix("?sent=1").unwrap();
    for _ in 0..3 {
        let wrong = "deposit_amount_1=1&deposit_amount_2=2";
        browser.post(&format!("{path}/amounts"), wrong).await.location();
    }
    for (path, says) in ends {
        let page = browser.get(path.strip_suffix("?sent=1").unwrap()).await;
        assert!(page.says(says) && page.says("Start again"), "{}", page.body);
        assert_eq!(page.told(), ["microdeposits/error"]);
    }
}

#[tokio::test]
async fn who_comes_back_finds_what_is_under_way() {
    let bench = bench().await;
    let browser = Browser::visiting(&bench, verification()).await;
    let named = order(&browser, "333312345").await;
    let form = ACCOUNT.replace("333312345", "4444987654").replace("Everyday", "");
    browser.post("/micro_deposits/account", &form).await.location();
    let page = browser.get("/micro_deposits").await;
    assert!(page.says("Go on with the deposits to Everyday"), "{}", page.body);
    assert!(page.says("Go on with the deposits to …7654") && !page.body.contains("87654"), "{}", page.body);
    assert!(page.body.contains(named.strip_suffix("?sent=1").unwrap()), "{}", page.body);
    bench.run_due().await;
    bench.advance(2 * 60);
    bench.run_due().await;
    let page = browser.get("/micro_deposits").await;
    assert!(page.says("to Everyday") && !page.says("…7654"), "what came back is over: {}", page.body);
}

#[tokio::test]
async fn a_visit_begins_with_the_micro_deposit_that_the_partner_said() {
    let bench = bench().await;
    let caller = bench.session("acme", "U-1").await.caller;
    let request = CreateMicroDeposit {
        email: "josh@example.com".to_owned(),
        first_name: "Josh".to_owned(),
        last_name: "James".to_owned(),
        account: None,
    };
    let guid = bench.engine.create_micro_deposit(&caller, request).await.unwrap().guid;
    let options = PageOptions { current_microdeposit_guid: Some(guid.to_string()), ..verification() };
    let browser = Browser::visiting(&bench, options.clone()).await;
    let first = browser.get("").await;
    assert_eq!(first.told(), ["mx/load", "loaded", "microdeposits/loaded"]);
    assert_eq!(first.messages()[1].1["initial_step"], "microdeposits");
    assert_eq!(first.messages()[2].1["microdeposit_guid"], guid.to_string());
    let form = format!("routing_number=091000019&micro_deposit={guid}");
    let next = browser.post("/micro_deposits", &form).await.location();
    let account = browser.get(next.strip_prefix(&browser.base).unwrap()).await;
    assert!(!account.body.contains("name=\"email\""), "its holder is known: {}", account.body);
    let form = format!("{form}&account_type=2&account_number=333312345&account_number_again=333312345");
    let sent = browser.post("/micro_deposits/account", &form).await.location();
    assert!(sent.ends_with(&format!("/micro_deposits/{guid}?sent=1")), "{sent}");
    bench.run_due().await;
    bench.advance(2 * 60);
    let first = Browser::visiting(&bench, options).await.get("").await;
    assert!(first.says("What are the two amounts?"), "{}", first.body);
    assert_eq!(first.told(), ["mx/load", "loaded", "microdeposits/loaded"]);
}

#[tokio::test]
async fn a_micro_deposit_of_another_user_is_not_there() {
    let bench = bench().await;
    let theirs = bench.session("acme", "U-2").await.caller;
    let request = CreateMicroDeposit {
        email: "eve@example.com".to_owned(),
        first_name: "Eve".to_owned(),
        last_name: "James".to_owned(),
        account: None,
    };
    let guid = bench.engine.create_micro_deposit(&theirs, request).await.unwrap().guid;
    let browser = Browser::visiting(&bench, verification()).await;
    assert_eq!(browser.get(&format!("/micro_deposits/{guid}")).await.status, 404);
    let amounts = "deposit_amount_1=9&deposit_amount_2=9";
    assert_eq!(browser.post(&format!("/micro_deposits/{guid}/amounts"), amounts).await.status, 404);
    let form = format!("{ACCOUNT}&micro_deposit={guid}");
    assert_eq!(browser.post("/micro_deposits/account", &form).await.status, 404);
}
