//! Logging in and out, and what is refused.

use super::*;

async fn lives_through_a_login(backend: Backend) {
    let world = with_console(backend).await;
    let server = &world.server;
    let ada = Operator::add(server, "ada", "operator");
    let bob = Operator::add(server, "bob", "reader");
    let listed = server.run(&["operator", "list"]).unwrap();
    assert!(listed.starts_with("ada\toperator\t") && listed.contains("\nbob\treader\t"), "{listed}");
    let at = |path: &str| format!("{}{path}", server.base_url());

    // Wrong, and then right.
    let stranger = Browser::new(server.base_url());
    assert_eq!(stranger.open(&at("/console")).await.left_to.as_deref(), Some("/console/login"));
    let code = ada.code_in(0);
    assert_eq!(ada.tries(&stranger, server, "another password", &code).await.status, 403);
    assert_eq!(ada.tries(&stranger, server, PASSWORD, "12345").await.status, 403);
    let browser = ada.logs_in(server).await;
    let page = browser.open(&at("/console")).await;
    assert!(page.html.contains("The last 24 hours"), "{page:?}");

    // A code works once.
    let late = Operator { name: "ada", secret: ada.secret.clone() };
    assert_eq!(late.tries(&stranger, server, PASSWORD, &code).await.status, 403);

    // A moved clock changes nothing for operators.
    world.advance(24 * 60 * 60).await;
    assert_eq!(browser.open(&at("/console/clients")).await.status, 200);

    // What a page of the session sends is done, and nothing else.
    let features = [("feature", "identification"), ("state", "off")];
    let path = at("/console/clients/acme/features");
    assert_eq!(browser.post(&path, &features).await.status, 403);
    let token = form_token(&page);
    let fields = [features[0], features[1], ("form_token", token.as_str())];
    assert_eq!(browser.post(&path, &fields).await.status, 303);
    let listed = server.run(&["client", "features", "list", "acme"]).unwrap();
    assert!(listed.contains("identification\toff"), "{listed}");

    // A reader sees, and does not act.
    let reader = bob.logs_in(server).await;
    let page = reader.open(&at("/console/clients/acme")).await;
    assert_eq!(page.status, 200);
    let token = form_token(&page);
    let fields = [features[0], ("state", "on"), ("form_token", token.as_str())];
    assert_eq!(reader.post(&path, &fields).await.status, 403);

    // Sessions end with a logout, and with the operator.
    reader.post(&at("/console/logout"), &[("form_token", &token)]).await;
    assert_eq!(reader.open(&at("/console")).await.left_to.as_deref(), Some("/console/login"));
    let audit = browser.open(&at("/console/audit/operators")).await.html;
    for deed in ["operators.add", "login.refuse", "login.succeed", "clients.set_feature", "logout"] {
        assert!(audit.contains(deed), "{deed}");
    }
    assert!(!audit.contains("another password"));
    server.run(&["operator", "remove", "ada"]).unwrap();
    assert_eq!(browser.open(&at("/console")).await.left_to.as_deref(), Some("/console/login"));
}

#[tokio::test]
async fn an_operator_logs_in_acts_and_is_gone_on_sqlite() {
    lives_through_a_login(Backend::Sqlite).await;
}

#[tokio::test]
async fn an_operator_logs_in_acts_and_is_gone_on_postgres() {
    lives_through_a_login(Backend::Postgres).await;
}

#[tokio::test]
async fn the_console_is_not_there_unless_it_is_switched_on() {
    let world = World::on(Backend::Sqlite).await;
    let browser = Browser::new(world.server.base_url());
    for path in ["/console", "/console/login", "/console/style.css"] {
        let seen = browser.open(&format!("{}{path}", world.server.base_url())).await;
        assert_eq!(seen.status, 404, "{path}");
        assert!(seen.html.contains("4041"), "{path}: {}", seen.html);
    }
}

#[tokio::test]
async fn five_wrong_tries_hold_a_name() {
    let world = with_console(Backend::Sqlite).await;
    let ada = Operator::add(&world.server, "ada", "operator");
    let browser = Browser::new(world.server.base_url());
    for _ in 0..5 {
        assert_eq!(ada.tries(&browser, &world.server, "wrong", "").await.status, 403);
    }
    assert_eq!(ada.tries(&browser, &world.server, PASSWORD, &ada.code_in(0)).await.status, 403);
    // Whoever looks after the server gives another password, and the hold is over.
    let output = world.server.output_of_input(&["operator", "password", "ada"], PASSWORD).unwrap();
    assert!(output.status.success());
    assert_eq!(ada.tries(&browser, &world.server, PASSWORD, &ada.code_in(0)).await.status, 303);
}

#[tokio::test]
async fn a_password_that_is_too_short_is_refused_and_a_new_secret_ends_the_old() {
    let world = with_console(Backend::Sqlite).await;
    let server = &world.server;
    let refused = server.output_of_input(&["operator", "add", "ada", "--role", "reader"], "short\n").unwrap();
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(said, "riverbank: a password has 12 to 1024 characters\n");
    let ada = Operator::add(server, "ada", "reader");
    let printed = server.run(&["operator", "totp", "ada"]).unwrap();
    assert!(printed.contains("address: otpauth://totp/Riverbank:ada?secret="), "{printed}");
    let browser = Browser::new(server.base_url());
    assert_eq!(ada.tries(&browser, server, PASSWORD, &ada.code_in(0)).await.status, 403);
    Operator { name: "ada", secret: told(&printed) }.logs_in(server).await;
}
