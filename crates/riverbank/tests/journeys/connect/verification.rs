//! Accounts that are verified, by their institution or by two small deposits, and accounts that are kept by hand.

use riverbank_testkit::site::Site;

use super::chromium::{names_heard, partners_page};
use super::*;

async fn finds_out_numbers_and_owners_in_a_frame(backend: Backend) {
    let world = World::on(backend).await;
    let user = world.user("user").await;
    let options = json!({"mode": "verification", "include_identity": true});
    let partner = Site::showing(partners_page(&address(&world, "user", &options).await)).await.unwrap();
    let browser = Chromium::start().await;
    browser.go(&partner.origin()).await;
    browser.enter_frame("iframe").await;
    choose(&browser, "MX Bank").await;
    comes_to(&browser, "Sign in to MX Bank").await;
    sign_in(&browser, "any").await;
    comes_to(&browser, "MX Bank is connected").await;
    browser.wait_for_text("main > p", "Your account numbers have been verified.").await;
    // As if the page had been left a minute ago, and is come back to.
    let pinged = "heard.filter(({ data }) => data.type === 'mx/ping').length";
    browser.leave_frames().await;
    let before = browser.run(&format!("return {pinged}")).await;
    browser.run_first("sessionStorage.setItem('told', Date.now() - 60000)").await;
    browser.enter_frame("iframe").await;
    browser.run("location.reload()").await;
    browser.leave_frames().await;
    browser.wait_for(&format!("return {pinged} > {before}"), &json!(true)).await;
    let ids = "return heard.filter(({ data }) => data.type === 'mx/ping').every(({ data }) => data.metadata.user_guid && data.metadata.session_guid)";
    assert_eq!(browser.run(ids).await, json!(true));
    let names = names_heard(&browser).await;
    assert!(names.iter().any(|name| name == "mx/connect/memberConnected"), "{names:?}");
    let member = &user.get("/members").await.root("members")[0];
    assert_eq!(settled(&user, member).await["connection_status"], "CONNECTED");
    let path = format!("/members/{}", member["guid"].as_str().unwrap());
    let numbers = user.get(&format!("{path}/account_numbers")).await.root("account_numbers");
    let owners = user.get(&format!("{path}/account_owners")).await.root("account_owners");
    assert!(!numbers.as_array().unwrap().is_empty() && !owners.as_array().unwrap().is_empty());
    is_content(&browser).await;
}

#[tokio::test]
async fn numbers_and_owners_are_found_out_one_after_the_other_in_a_frame_on_sqlite() {
    finds_out_numbers_and_owners_in_a_frame(Backend::Sqlite).await;
}

#[tokio::test]
async fn numbers_and_owners_are_found_out_one_after_the_other_in_a_frame_on_postgres() {
    finds_out_numbers_and_owners_in_a_frame(Backend::Postgres).await;
}

async fn leaves_before_owners_are_found_out(backend: Backend) {
    let world = World::on(backend).await;
    let user = world.user("user").await;
    let browser = Chromium::start().await;
    let options = json!({
        "mode": "verification", "include_identity": true, "current_institution_guid": MX_BANK,
    });
    browser.go(&address(&world, "user", &options).await).await;
    comes_to(&browser, "Sign in to MX Bank").await;
    sign_in(&browser, "challenge").await;
    comes_to(&browser, "MX Bank has a question for you").await;
    browser.go("about:blank").await;
    // Somebody else answers, such as the partner's own page.
    let member = &user.get("/members").await.root("members")[0];
    let path = format!("/members/{}", member["guid"].as_str().unwrap());
    // The bank asks at each sign-in: the second question is that of the job that follows.
    for status in ["CHALLENGED", "CONNECTED"] {
        let asked = user.get(&format!("{path}/challenges")).await.root("challenges");
        let answer = json!({"guid": asked[0]["guid"], "value": "correct"});
        user.put(&format!("{path}/resume"), &json!({"challenges": [answer]})).await;
        assert_eq!(settled(&user, member).await["connection_status"], status);
    }
    assert!(
        !user
            .get(&format!("{path}/account_owners"))
            .await
            .root("account_owners")
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn who_leaves_the_pages_has_owners_found_out_all_the_same_on_sqlite() {
    leaves_before_owners_are_found_out(Backend::Sqlite).await;
}

#[tokio::test]
async fn who_leaves_the_pages_has_owners_found_out_all_the_same_on_postgres() {
    leaves_before_owners_are_found_out(Backend::Postgres).await;
}

async fn finds_out_numbers_behind_an_institutions_own_page(backend: Backend) {
    let world = World::on(backend).await;
    let user = world.user("user").await;
    let browser = Chromium::start().await;
    let options = json!({
        "data_request": {"products": ["account_verification"]},
        "current_institution_code": "mx_bank_oauth",
    });
    browser.go(&address(&world, "user", &options).await).await;
    comes_to(&browser, "Sign in at MX Bank (OAuth)").await;
    browser.click("button[type=submit]").await;
    browser.click("#window").await;
    let [page, bank]: [String; 2] = browser.windows(2).await.try_into().unwrap();
    browser.switch_to(&bank).await;
    browser.fill_in("input[name=login]", "mxuser").await;
    browser.fill_in("input[name=password]", "password").await;
    browser.click("button[value=authorize]").await;
    browser.windows(1).await;
    browser.switch_to(&page).await;
    comes_to(&browser, "MX Bank (OAuth) is connected").await;
    let member = &user.get("/members").await.root("members")[0];
    let path = format!("/members/{}/account_numbers", member["guid"].as_str().unwrap());
    assert!(!user.get(&path).await.root("account_numbers").as_array().unwrap().is_empty());
    let told = user.get("/transactions").await.root("transactions");
    assert_eq!(told, json!([]), "nobody has aggregated");
}

#[tokio::test]
async fn numbers_are_found_out_behind_an_institutions_own_page_on_sqlite() {
    finds_out_numbers_behind_an_institutions_own_page(Backend::Sqlite).await;
}

#[tokio::test]
async fn numbers_are_found_out_behind_an_institutions_own_page_on_postgres() {
    finds_out_numbers_behind_an_institutions_own_page(Backend::Postgres).await;
}

#[tokio::test]
async fn an_account_is_verified_by_two_small_deposits() {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    let browser = Chromium::start().await;
    browser.go(&address(&world, "user", &json!({"mode": "verification"})).await).await;
    comes_to(&browser, "Choose your institution").await;
    browser.click("a[href$='/micro_deposits']").await;
    order_deposits(&browser).await;
    comes_to(&browser, "Two deposits are on their way").await;
    world.advance(121).await;
    browser.click("a[href*='/micro_deposits/']").await;
    comes_to(&browser, "What are the two amounts?").await;
    for (amount, title) in [("8", "What are the two amounts?"), ("9", "Your account is verified")] {
        browser.fill_in("#deposit_amount_1", amount).await;
        browser.fill_in("#deposit_amount_2", "9").await;
        browser.click("button[type=submit]").await;
        browser.wait_for("return document.querySelector('[value=\"8\"]') === null", &json!(true)).await;
        comes_to(&browser, title).await;
    }
    let deposits = user.get("/micro_deposits").await.root("micro_deposits");
    assert_eq!(deposits[0]["micro_deposit"]["status_name"], "VERIFIED", "{deposits}");
    is_content(&browser).await;
}

/// The fields of an account that deposits are sent to.
pub(super) const ACCOUNT: [(&str, &str); 6] = [
    ("#account_name", "Everyday"),
    ("#account_number", "333312345"),
    ("#account_number_again", "333312345"),
    ("#first_name", "Josh"),
    ("#last_name", "James"),
    ("#email", "josh@example.com"),
];

/// Fills in the two forms that order deposits, from the first on.
async fn order_deposits(browser: &Chromium) {
    comes_to(browser, "Where is your account?").await;
    browser.fill_in("#routing_number", "091000019").await;
    browser.click("button[type=submit]").await;
    comes_to(browser, "Which account is it?").await;
    for (field, text) in ACCOUNT {
        browser.fill_in(field, text).await;
    }
    browser.click("button[type=submit]").await;
}

#[tokio::test]
async fn an_account_is_added_by_hand() {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    let partner = Site::showing(partners_page(&address(&world, "user", &json!({})).await)).await.unwrap();
    let browser = Chromium::start().await;
    browser.go(&partner.origin()).await;
    browser.enter_frame("iframe").await;
    comes_to(&browser, "Choose your institution").await;
    browser.click("a[href$='/accounts']").await;
    comes_to(&browser, "What kind of account is it?").await;
    browser.click("a[href$='type=SAVINGS']").await;
    comes_to(&browser, "Savings").await;
    browser.fill_in("#name", "Under the mattress").await;
    browser.fill_in("#balance", "1,250.50").await;
    browser.click("button[type=submit]").await;
    comes_to(&browser, "Under the mattress was added").await;
    browser.leave_frames().await;
    let created = "return heard.find(({ data }) => data.type === 'mx/account/created')?.data.metadata.guid";
    let account = &user.get("/accounts").await.root("accounts")[0];
    browser.wait_for(created, &account["guid"]).await;
    assert_eq!((&account["name"], &account["balance"]), (&json!("Under the mattress"), &json!(1250.5)));
    is_content(&browser).await;
}
