//! Browsers without scripts, and a server that is out of reach for a while.

use rustix::process::Signal;

use super::*;

#[tokio::test]
async fn a_user_connects_and_answers_without_any_script() {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    let browser = Chromium::start_without_scripts().await;
    browser.go(&address(&world, "user", &json!({})).await).await;
    comes_to(&browser, "Choose your institution").await;
    browser.fill_in("#q", "MX Bank").await;
    browser.click("#search button").await;
    browser.wait_for_text("#found h2", "Institutions found").await;
    browser.click("#found a").await;
    comes_to(&browser, "Sign in to MX Bank").await;
    sign_in(&browser, "challenge").await;
    for answer in ["challenge", "correct"] {
        comes_to(&browser, "MX Bank has a question for you").await;
        let asked = browser.run("return document.querySelector('[name^=CRD]').name").await;
        browser.fill_in("form input", answer).await;
        browser.click("button[type=submit]").await;
        let gone =
            format!("return document.querySelector('[name=\"{}\"]') === null", asked.as_str().unwrap());
        browser.wait_for(&gone, &json!(true)).await;
    }
    comes_to(&browser, "MX Bank is connected").await;
    // A page that waits goes on by itself, and no script has run.
    assert_eq!(browser.run("return sessionStorage.length").await, json!(0));
    let members = user.get("/members").await.root("members");
    assert_eq!(settled(&user, &members[0]).await["connection_status"], "CONNECTED");
}

#[tokio::test]
async fn a_page_that_waits_says_that_the_connection_is_lost_and_goes_on_when_it_is_back() {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    let browser = Chromium::start().await;
    let options = json!({"current_institution_guid": MX_BANK, "wait_for_full_aggregation": true});
    browser.go(&address(&world, "user", &options).await).await;
    comes_to(&browser, "Sign in to MX Bank").await;
    sign_in(&browser, "challenge").await;
    comes_to(&browser, "MX Bank has a question for you").await;
    let lost = "const lost = document.getElementById('lost'); return lost.hidden ? '' : lost.textContent";
    assert_eq!(browser.run(lost).await, json!(""));
    world.server.signal(Signal::STOP).expect("a server that runs");
    let told = "The connection is lost. This page goes on by itself when it is back.";
    browser.wait_for(lost, &json!(told)).await;
    world.server.signal(Signal::CONT).expect("a server that runs");
    browser.wait_for(lost, &json!("")).await;
    // What becomes of it meanwhile shows by itself as well.
    let members = user.get("/members").await.root("members");
    user.delete(&format!("/members/{}", members[0]["guid"].as_str().unwrap())).await;
    comes_to(&browser, "There is nothing here").await;
}
