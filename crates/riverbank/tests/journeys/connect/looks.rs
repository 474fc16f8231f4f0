//! How the pages look.

use super::verification::ACCOUNT;
use super::*;
use crate::journeys::forced::STATUSES;
use crate::journeys::looks::{VIEWS, fits};
use crate::journeys::world::connect;

/// A page of Connect fits its window and hinders nobody.
async fn is_fit(browser: &Chromium, view: &str, page: &str) {
    fits(browser, view, &format!("connect-{page}")).await;
}

#[tokio::test]
async fn every_step_fits_every_window() {
    let world = World::on(Backend::Sqlite).await;
    let browser = Chromium::start().await;
    let bank = test_bank("")["member"]["institution_guid"].clone();
    for (view, looks) in VIEWS {
        browser.look_with(looks).await;
        world.user(view).await;
        let opened = address(&world, view, &json!({})).await;
        browser.go(&opened).await;
        comes_to(&browser, "Choose your institution").await;
        is_fit(&browser, view, "search").await;
        choose(&browser, "MX Bank").await;
        comes_to(&browser, "Sign in to MX Bank").await;
        is_fit(&browser, view, "credentials").await;
        for kind in ["text", "token", "options", "image_data", "image_options"] {
            let user = world.user(&format!("{view}-{kind}")).await;
            let made = user.post("/members", &test_bank(kind)).await.root("member");
            settled(&user, &made).await;
            let options = json!({"current_member_guid": made["guid"]});
            browser.go(&address(&world, &format!("{view}-{kind}"), &options).await).await;
            comes_to(&browser, "Riverbank Test Bank has a question for you").await;
            is_fit(&browser, view, kind).await;
        }
        browser.go(&address(&world, view, &json!({"current_institution_guid": bank})).await).await;
        sign_in(&browser, "any").await;
        comes_to(&browser, "Riverbank Test Bank is connected").await;
        browser.wait_for("return document.getElementById('poll') === null", &json!(true)).await;
        browser.click("a[href$='/members']").await;
        comes_to(&browser, "Your connections").await;
        is_fit(&browser, view, "connections").await;
        browser.click("a[href$='/remove']").await;
        comes_to(&browser, "Remove Riverbank Test Bank?").await;
        is_fit(&browser, view, "remove").await;
        browser.click("main form button").await;
        comes_to(&browser, "Your connections").await;
        browser.go(&address(&world, view, &json!({"current_institution_code": "mx_bank_oauth"})).await).await;
        comes_to(&browser, "Sign in at MX Bank (OAuth)").await;
        is_fit(&browser, view, "oauth").await;
        browser.go(&opened).await;
        comes_to(&browser, "This page is no longer valid").await;
        is_fit(&browser, view, "ended").await;
    }
    is_content(&browser).await;
}

#[tokio::test]
async fn every_step_of_verifying_and_adding_accounts_fits_every_window_in_every_language() {
    let world = World::on(Backend::Sqlite).await;
    let browser = Chromium::start().await;
    let h1 = "return document.querySelector('h1')?.textContent";
    for (language, (view, looks)) in [("en", VIEWS[0]), ("es", VIEWS[1]), ("fr-CA", VIEWS[2])] {
        browser.look_with(looks).await;
        let user = world.user(language).await;
        let options = json!({"mode": "verification", "language": language});
        let opened = address(&world, language, &options).await;
        browser.go(&opened).await;
        let mut shown = browser.run(h1).await;
        // The next page is there, and is fit.
        let mut next = async |name: &str| {
            let other = format!("return (document.querySelector('h1')?.textContent ?? {shown}) !== {shown}");
            browser.wait_for(&other, &json!(true)).await;
            shown = browser.run(h1).await;
            is_fit(&browser, view, &format!("{name}-{language}")).await;
        };
        browser.click("a[href$='/micro_deposits']").await;
        next("routing").await;
        browser.fill_in("#routing_number", "021000021").await;
        browser.click("button[type=submit]").await;
        browser.text(".alert").await;
        is_fit(&browser, view, &format!("routing-blocked-{language}")).await;
        browser.fill_in("#routing_number", "091000019").await;
        browser.click("button[type=submit]").await;
        next("deposit-account").await;
        for (field, text) in ACCOUNT {
            browser.fill_in(field, text).await;
        }
        browser.click("button[type=submit]").await;
        next("deposits-sent").await;
        world.advance(121).await;
        browser.click("a[href*='/micro_deposits/']").await;
        next("amounts").await;
        for _ in 0..3 {
            browser.fill_in("#deposit_amount_1", "1").await;
            browser.fill_in("#deposit_amount_2", "2").await;
            browser.run("document.querySelector('h1').textContent = ''").await;
            browser.click("button[type=submit]").await;
            browser
                .wait_for("return (document.querySelector('h1')?.textContent ?? '') !== ''", &json!(true))
                .await;
        }
        next("deposits-prevented").await;
        browser.go(&address(&world, language, &json!({"language": language})).await).await;
        next("search-again").await;
        browser.click("a[href$='/accounts']").await;
        next("account-kinds").await;
        browser.click("a[href$='type=PROPERTY']").await;
        next("account-new").await;
        browser.fill_in("#name", "Maison").await;
        browser.fill_in("#balance", "100").await;
        browser.click("button[type=submit]").await;
        next("account-added").await;
        assert_eq!(user.get("/accounts").await.root("accounts").as_array().unwrap().len(), 1);
    }
    is_content(&browser).await;
}

/// A bank with a credit card only, which tells numbers or nothing.
fn card_bank(name: &str, tells_numbers: bool) -> String {
    format!(
        r#"
[[institution]]
code = "{}"
name = "{name} Card Bank"
is_test = true
supports_account_verification = {tells_numbers}
connector = "script"
credential = [{{ field_name = "LOGIN", label = "User", type = "LOGIN" }}]
script.login = [{{}}]
script.data = {{ household = ["credit_card"] }}
"#,
        name.to_lowercase()
    )
}

#[tokio::test]
async fn what_cannot_be_found_out_is_said_and_fits_in_every_language() {
    let world = World::on(Backend::Sqlite).await;
    let browser = Chromium::start().await;
    let banks = card_bank("Silent", false) + &card_bank("Telling", true);
    let uploaded = world.control().post_text("/control/institutions", "application/toml", &banks).await;
    assert_eq!(uploaded.json()["institutions"].as_array().unwrap().len(), 2, "{uploaded}");
    let h1 = "return document.querySelector('h1').textContent";
    let rows = [
        ("en", VIEWS[0], ["Silent Card Bank cannot verify accounts", "There is no account to verify"]),
        (
            "es",
            VIEWS[1],
            ["Silent Card Bank no puede verificar cuentas", "No hay ninguna cuenta que verificar"],
        ),
        (
            "fr-CA",
            VIEWS[3],
            ["Silent Card Bank ne peut pas vérifier les comptes", "Il n’y a aucun compte à vérifier"],
        ),
    ];
    for (language, (view, looks), [of_silent, of_telling]) in rows {
        browser.look_with(looks).await;
        world.user(language).await;
        let page = async |mode: &str, bank: &str| {
            let options = json!({"mode": mode, "current_institution_code": bank, "language": language});
            browser.go(&address(&world, language, &options).await).await;
        };
        page("verification", "silent").await;
        assert_eq!(browser.run(h1).await, json!(of_silent));
        is_fit(&browser, view, &format!("tells-no-numbers-{language}")).await;
        page("identity", "silent").await;
        is_fit(&browser, view, &format!("tells-no-owners-{language}")).await;
        page("verification", "telling").await;
        browser.fill_in("input[autocomplete=username]", "any").await;
        browser.click("button[type=submit]").await;
        comes_to(&browser, of_telling).await;
        is_fit(&browser, view, &format!("nothing-to-verify-{language}")).await;
    }
    is_content(&browser).await;
}

#[tokio::test]
async fn every_status_fits_in_every_language() {
    let world = World::on(Backend::Sqlite).await;
    let browser = Chromium::start().await;
    let user = world.user("user").await;
    let member = connect(&user, "any").await;
    settled(&user, &member).await;
    let path = format!("/members/{}", member["guid"].as_str().unwrap());
    let chosen = [("en", VIEWS[2]), ("es", VIEWS[1]), ("fr-CA", VIEWS[0])];
    for (language, (view, looks)) in chosen {
        browser.look_with(looks).await;
        let options = json!({"current_member_guid": member["guid"], "language": language});
        browser.go(&address(&world, "user", &options).await).await;
        for status in STATUSES {
            user.put(&path, &json!({"member": {"connection_status": status}})).await.root("member");
            browser.run("location.reload()").await;
            let state = format!(
                "const told = document.getElementById('speech').dataset.messages; return told.includes('\"connection_status\":{}')",
                read(&user, &member).await["connection_status_id"]
            );
            browser.wait_for(&state, &json!(true)).await;
            assert_eq!(browser.run("return document.documentElement.lang").await, json!(language));
            is_fit(&browser, view, &format!("{}-{language}", status.to_lowercase())).await;
        }
    }
    is_content(&browser).await;
}
