//! Accounts that are kept by hand.

use riverbank_engine::pages::PageMode;

use super::*;

#[tokio::test]
async fn an_account_of_each_kind_is_added_by_hand() {
    let bench = bench().await;
    let browser = Browser::visiting(&bench, PageOptions::default()).await;
    assert!(browser.get("").await.says("Add an account by hand"));
    assert!(browser.get("/institutions?q=no+such+bank").await.says("Add an account by hand"));
    let kinds = browser.get("/accounts").await.body;
    let caller = bench.session("acme", "U-1").await.caller;
    let links: Vec<&str> =
        kinds.split("/accounts/new?type=").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(links.len(), 12);
    for kind in links {
        let form = browser.get(&format!("/accounts/new?type={kind}")).await;
        assert!(form.body.contains("name=\"balance\""), "{kind}");
        let typed = format!("type={kind}&name=My+%26+own&balance=1,234.50&credit_limit=&property_type=1");
        let added = browser.post("/accounts/new", &typed).await.location();
        let path = added.strip_prefix(&browser.base).unwrap();
        let page = browser.get(path).await;
        assert!(page.says("My & own was added"), "{}", page.body);
        let (name, told) = page.messages().remove(0);
        let guid = path.rsplit('/').next().unwrap();
        assert_eq!((name.as_str(), &told["guid"]), ("mx/account/created", &guid.into()));
        let view = bench.engine.read_account(&caller, &guid.parse().unwrap()).await.unwrap().unwrap();
        assert_eq!(view.account.account_type.name(), kind);
        assert_eq!(view.facts.balance.unwrap().to_string(), "1234.5");
        assert_eq!(view.given.property_type.is_some(), kind == "PROPERTY");
    }
    assert!(browser.get("/members").await.says("Kept by hand"));
}

#[tokio::test]
async fn what_is_wrong_of_an_account_is_said_beside_what_was_typed() {
    let bench = bench().await;
    let browser = Browser::visiting(&bench, PageOptions::default()).await;
    for (typed, says) in [
        ("name=+&balance=1", "Please enter a name."),
        ("name=Card&balance=", "Please enter numbers"),
        ("name=Card&balance=much", "Please enter numbers"),
        ("name=Card&balance=1&credit_limit=much", "Please enter numbers"),
    ] {
        let form = format!("type=CREDIT_CARD&is_business=true&{typed}");
        let refused = browser.post("/accounts/new", &form).await;
        assert_eq!(refused.status, 422);
        keeps_the_rules(&refused);
        assert!(refused.says(says), "{}", refused.body);
        assert!(refused.body.contains("value=\"true\" checked"), "{}", refused.body);
    }
    for path in ["/accounts/new", "/accounts/new?type=ANY"] {
        assert!(browser.get(path).await.location().ends_with("/accounts"));
    }
    let theirs = bench.session("acme", "U-2").await.caller;
    let member = bench.mx_bank_member(&theirs, "any").await.member.guid;
    assert_eq!(browser.get(&format!("/accounts/{member}")).await.status, 404);
}

#[tokio::test]
async fn an_institution_that_is_gone_leads_to_an_account_by_hand_but_not_where_only_it_could_tell() {
    let bench = bench().await;
    let caller = bench.session("acme", "U-1").await.caller;
    let guid = bench.mx_bank_member(&caller, "any").await.member.guid;
    bench.run_jobs().await;
    let verification = PageOptions { mode: PageMode::Verification, ..PageOptions::default() };
    for (status, options, is_offered) in [
        ("CLOSED", PageOptions::default(), true),
        ("DISCONTINUED", PageOptions::default(), true),
        ("LOCKED", PageOptions::default(), false),
        ("CLOSED", verification, false),
    ] {
        let request = UpdateMember { connection_status: Some(status.to_owned()), ..UpdateMember::default() };
        bench.engine.update_member(&caller, &guid, request).await.unwrap();
        let page = Browser::visiting(&bench, options).await.get(&format!("/members/{guid}")).await;
        assert_eq!(page.says("Add an account by hand"), is_offered, "{status}: {}", page.body);
    }
}
