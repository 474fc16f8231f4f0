//! What end users do, and what the partner's page hears of it.

use riverbank_testkit::site::Site;

use super::*;

/// A page of the partner's that shows an address in a frame and writes down what it hears.
pub(super) fn partners_page(address: &str) -> String {
    format!(
        r#"<!doctype html>
<title>Acme</title>
<iframe src="{address}" width="600" height="700"></iframe>
<script>
window.heard = [];
addEventListener("message", ({{ origin, data }}) => heard.push({{ origin, data }}));
</script>"#
    )
}

/// What the partner's page has heard of, by name, without those of every page.
pub(super) async fn names_heard(browser: &Chromium) -> Vec<String> {
    let heard = browser.run("return heard.map(({ data }) => data.type)").await;
    let heard: Vec<String> = serde_json::from_value(heard).unwrap();
    heard.into_iter().filter(|name| !name.ends_with("stepChange")).collect()
}

/// The whole way in a frame.
async fn connects_in_a_frame(backend: Backend) {
    let world = World::on(backend).await;
    let user = world.user("user").await;
    let partner = Site::showing(partners_page(&address(&world, "user", &json!({})).await)).await.unwrap();
    let browser = Chromium::start().await;
    browser.go(&partner.origin()).await;
    browser.enter_frame("iframe").await;
    choose(&browser, "MX Bank").await;
    comes_to(&browser, "Sign in to MX Bank").await;
    sign_in(&browser, "any").await;
    comes_to(&browser, "MX Bank is connected").await;
    browser.wait_for("return document.getElementById('poll') === null", &json!(true)).await;
    browser.run("location.reload()").await;
    comes_to(&browser, "MX Bank is connected").await;
    browser.leave_frames().await;
    let names = names_heard(&browser).await;
    for name in [
        "mx/load",
        "mx/connect/loaded",
        "mx/connect/institutionSearch",
        "mx/connect/selectedInstitution",
        "mx/connect/enterCredentials",
        "mx/connect/memberStatusUpdate",
        "mx/connect/initialDataReady",
        "mx/connect/memberConnected",
    ] {
        assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
    }
    let members = user.get("/members").await.root("members");
    let member = &members[0];
    let told = "return heard.find(({ data }) => data.type === 'mx/connect/memberConnected')";
    let told = browser.run(told).await;
    assert_eq!(told["origin"], world.server.base_url());
    assert_eq!(
        (&told["data"]["mx"], &told["data"]["metadata"]["member_guid"]),
        (&json!(true), &member["guid"])
    );
    let complete = "return heard.every(({ data }) => data.mx === true && data.metadata.user_guid && data.metadata.session_guid.startsWith('ANS-'))";
    assert_eq!(browser.run(complete).await, json!(true));
    let steps = "return heard.filter(({ data }) => data.type.endsWith('stepChange')).every(({ data }) => data.metadata.previous && data.metadata.current)";
    assert_eq!(browser.run(steps).await, json!(true));
    is_content(&browser).await;
    assert_eq!(settled(&user, member).await["connection_status"], "CONNECTED");
}

#[tokio::test]
async fn a_user_connects_in_the_frame_of_a_partners_page() {
    connects_in_a_frame(Backend::Sqlite).await;
}

#[tokio::test]
async fn a_user_connects_in_the_frame_of_a_partners_page_on_postgres() {
    connects_in_a_frame(Backend::Postgres).await;
}

#[tokio::test]
async fn an_older_page_hears_text() {
    let world = World::on(Backend::Sqlite).await;
    world.user("user").await;
    let address = address(&world, "user", &json!({"ui_message_version": 3})).await;
    let partner = Site::showing(partners_page(&address)).await.unwrap();
    let browser = Chromium::start().await;
    browser.go(&partner.origin()).await;
    browser.wait_for("return heard.length > 1", &json!(true)).await;
    let heard = browser.run("return heard.map(({ data }) => JSON.parse(data))").await;
    assert_eq!((&heard[1]["moneyDesktop"], &heard[1]["type"]), (&json!(true), &json!("mx/connect/loaded")));
    assert_eq!(heard[1]["payload"]["initial_step"], "search");
    assert!(heard[1]["timeStamp"].is_number(), "{heard}");
}

#[tokio::test]
async fn every_kind_of_question_is_answered_and_so_are_questions_that_follow_questions() {
    let world = World::on(Backend::Sqlite).await;
    let browser = Chromium::start().await;
    for password in ["text", "token", "options", "image_data", "image_options", "chain"] {
        let user = world.user(password).await;
        let bank = test_bank("")["member"]["institution_guid"].clone();
        browser.go(&address(&world, password, &json!({"current_institution_guid": bank})).await).await;
        comes_to(&browser, "Sign in to Riverbank Test Bank").await;
        sign_in(&browser, password).await;
        for _ in 0..4 {
            let next = "const title = document.querySelector('h1')?.textContent ?? ''; return title.endsWith('question for you') || title.endsWith('is connected')";
            browser.wait_for(next, &json!(true)).await;
            if browser.text("h1").await.ends_with("is connected") {
                break;
            }
            let options = browser.run("return document.querySelectorAll('input[type=radio]').length").await;
            if options == json!(0) {
                browser.fill_in("form input", "correct").await;
            } else {
                let right = "return [...document.querySelectorAll('.choice')].findIndex((one) => /Text to|IMAGE_2/.test(one.textContent + (one.querySelector('img')?.alt ?? '')))";
                let right = browser.run(right).await.as_i64().unwrap().max(0);
                browser
                    .run(&format!("document.querySelectorAll('input[type=radio]')[{right}].click()"))
                    .await;
            }
            let asked = browser.run("return document.querySelector('[name^=CRD]').name").await;
            browser.click("button[type=submit]").await;
            let gone =
                format!("return document.querySelector('[name=\"{}\"]') === null", asked.as_str().unwrap());
            browser.wait_for(&gone, &json!(true)).await;
        }
        comes_to(&browser, "Riverbank Test Bank is connected").await;
        let members = user.get("/members").await.root("members");
        assert_eq!(read(&user, &members[0]).await["connection_status"], "CONNECTED", "{password}");
    }
    is_content(&browser).await;
}

#[tokio::test]
async fn a_user_signs_in_at_the_institutions_own_page_and_comes_back() {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    let browser = Chromium::start().await;
    browser.go(&address(&world, "user", &json!({})).await).await;
    choose(&browser, "MX Bank (OAuth)").await;
    comes_to(&browser, "Sign in at MX Bank (OAuth)").await;
    browser.click("button[type=submit]").await;
    // Not that of the search any more: this page has the address.
    browser.click("#window").await;
    let [page] = browser.windows(2).await.try_into().map(|[page, _]: [String; 2]| [page]).unwrap();
    let bank = browser.windows(2).await.pop().unwrap();
    browser.switch_to(&bank).await;
    browser.click("button[value=cancel]").await;
    browser.click("#close").await;
    browser.windows(1).await;
    browser.switch_to(&page).await;
    browser.wait_for_text(".alert", "You went back before the connection was made.").await;
    browser.click("main form button").await;
    browser.click("#window").await;
    let bank = browser.windows(2).await.pop().unwrap();
    browser.switch_to(&bank).await;
    browser.fill_in("input[name=login]", "mxuser").await;
    browser.fill_in("input[name=password]", "password").await;
    browser.click("button[value=authorize]").await;
    browser.windows(1).await;
    browser.switch_to(&page).await;
    comes_to(&browser, "MX Bank (OAuth) is connected").await;
    let members = user.get("/members").await.root("members");
    assert_eq!(members.as_array().unwrap().len(), 1, "{members}");
    settled(&user, &members[0]).await;
    // The page that the address was asked for on stays where it is, and says what is so when all is done.
    let page = browser.run("return location.href").await;
    browser.go(page.as_str().unwrap()).await;
    comes_to(&browser, "MX Bank (OAuth) is connected").await;
}

#[tokio::test]
async fn the_keyboard_is_enough() {
    let world = World::on(Backend::Sqlite).await;
    world.user("user").await;
    let browser = Chromium::start().await;
    browser.go(&address(&world, "user", &json!({"current_institution_guid": MX_BANK})).await).await;
    comes_to(&browser, "Sign in to MX Bank").await;
    let (tab, enter) = ("\u{e004}", "\u{e007}");
    browser.run("document.activeElement.blur()").await;
    browser.press(tab).await;
    browser.press("mxuser").await;
    browser.press(tab).await;
    browser.press(&format!("INVALID{enter}")).await;
    let told = "MX Bank does not know this user name with this password. Please enter them again.";
    browser.wait_for_text("[role=alert]", told).await;
}

#[tokio::test]
async fn what_an_address_holds_is_in_no_log() {
    let world = World::on(Backend::Sqlite).await;
    world.user("user").await;
    let address = address(&world, "user", &json!({})).await;
    let browser = Chromium::start().await;
    browser.go(&address).await;
    comes_to(&browser, "Choose your institution").await;
    let session = browser.run("return location.pathname.split('/').pop()").await;
    browser.go(&address).await;
    comes_to(&browser, "This page is no longer valid").await;
    let log = world.server.log();
    assert!(log.contains("/connect/{address}"), "{log}");
    for secret in [address.rsplit('/').next().unwrap(), session.as_str().unwrap()] {
        assert!(secret.len() >= 43 && !log.contains(secret), "{secret} stands in the log");
    }
}

#[tokio::test]
async fn two_windows_of_one_visit_do_each_other_no_harm() {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    let browser = Chromium::start().await;
    browser.go(&address(&world, "user", &json!({"current_institution_guid": MX_BANK})).await).await;
    comes_to(&browser, "Sign in to MX Bank").await;
    browser.run("open(location.href)").await;
    let windows = browser.windows(2).await;
    for (window, title) in windows.iter().zip(["MX Bank is connected", "Sign in to MX Bank"]) {
        browser.switch_to(window).await;
        comes_to(&browser, "Sign in to MX Bank").await;
        sign_in(&browser, "any").await;
        comes_to(&browser, title).await;
    }
    browser.wait_for_text(".alert", "You are connected with this user name already.").await;
    assert_eq!(user.get("/members").await.root("members").as_array().unwrap().len(), 1);
    browser.run("history.back()").await;
    comes_to(&browser, "Sign in to MX Bank").await;
}
