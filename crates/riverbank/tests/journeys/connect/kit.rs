//! MX's own embedding kit, as it is published: its proxy asks for addresses, its script shows the pages and calls back.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use riverbank_testkit::client::{Caller, Credentials, Partner};
use riverbank_testkit::ports;
use riverbank_testkit::site::Site;
use tokio::net::TcpStream;

use super::*;
use crate::journeys::looks::target;

/// `@mxenabled/sso-api-proxy`, which a partner's backend runs beside a server. It ends with this.
struct Proxy {
    running: Child,
    address: String,
}

impl Proxy {
    async fn start(credentials: &Credentials, base_url: &str) -> Self {
        // It cannot be told to take any port that is free.
        let address = ports::spare().expect("a port");
        let program = target().join("npm/node_modules/@mxenabled/sso-api-proxy/build/src/cli.js");
        assert!(program.exists(), "MX's kit is not here: `cargo xtask test` installs it into target/npm");
        let running = Command::new("node")
            .arg(program)
            .args(["--port", &address.port().to_string()])
            .env("MX_CLIENT_ID", &credentials.client_id)
            .env("MX_API_KEY", &credentials.api_key)
            .env("MX_API_HOST", base_url)
            .stdout(Stdio::null())
            .spawn()
            .expect("node");
        let mut proxy = Self { running, address: format!("http://{address}") };
        for _ in 0..1_200 {
            let is_taken = TcpStream::connect(address).await.is_ok();
            let ended = proxy.running.try_wait().expect("a child");
            assert!(ended.is_none(), "the proxy does not run: {ended:?}");
            if is_taken {
                return proxy;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the proxy does not listen");
    }

    /// Where the addresses of a user's pages are asked for.
    fn addresses_of(&self, user: &Value) -> String {
        format!("{}/users/{}/widget_urls", self.address, user["guid"].as_str().expect("a guid"))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.running.kill();
        let _ = self.running.wait();
    }
}

/// Every callback of the kit for these pages.
const CALLBACKS: [&str; 21] = [
    "onLoad",
    "onPing",
    "onFocusTrap",
    "onNavigation",
    "onAccountCreated",
    "onLoaded",
    "onEnterCredentials",
    "onInstitutionSearch",
    "onSelectedInstitution",
    "onMemberConnected",
    "onConnectedPrimaryAction",
    "onMemberDeleted",
    "onCreateMemberError",
    "onMemberStatusUpdate",
    "onOAuthError",
    "onOAuthRequested",
    "onStepChange",
    "onSubmitMFA",
    "onUpdateCredentials",
    "onBackToSearch",
    "onInvalidData",
];
/// What the guide of the messages lists and the kit does not know.
const UNKNOWN: [&str; 3] =
    ["mx/connect/initialDataReady", "mx/connect/memberConnected/primaryAction", "mx/connect/memberError"];

/// A bank whose accounts cannot be verified, since none of them is a checking or savings account.
const CARD_BANK: &str = r#"
[[institution]]
code = "card_bank"
name = "Card Bank"
is_test = true
supports_account_verification = true
connector = "script"
credential = [
    { field_name = "LOGIN", label = "User", type = "LOGIN" },
    { field_name = "PASSWORD", label = "Password", type = "PASSWORD" },
]
script.login = [{}]
script.data = { household = ["credit_card"] }
"#;

/// A page that shows `@mxenabled/web-widget-sdk`'s widget by way of a proxy, with these options of the kit, and writes down
/// what it calls back.
fn partners_page(proxy: &str, options: &Value) -> String {
    let script = target().join("npm/node_modules/@mxenabled/web-widget-sdk/dist/umd/index.js");
    let script =
        fs::read_to_string(script).expect("MX's kit: `cargo xtask test` installs it into target/npm");
    let (proxy, callbacks) = (json!(proxy), json!(CALLBACKS));
    format!(
        r##"<!doctype html>
<title>Acme</title>
<div id="widget"></div>
<script>{script}</script>
<script>
window.called = [];
window.refused = [];
const callbacks = {callbacks}.map((name) => [name, () => called.push(name)]);
window.widget = new widgetSdk.ConnectWidget({{
  container: "#widget",
  proxy: {proxy},
  style: {{ width: "600px", height: "800px" }},
  onInvalidMessageError: ({{ data }}) => refused.push(data.type),
  ...Object.fromEntries(callbacks),
  ...{options},
}});
</script>"##
    )
}

/// The names that such a page has written down.
#[derive(Debug, Default, PartialEq)]
struct Written {
    called: BTreeSet<String>,
    refused: BTreeSet<String>,
}

impl Written {
    /// Adds what the page around the frame has written down, which the browser is in from then on, once it was called
    /// back under the name of the last thing that it is told.
    async fn by(&mut self, browser: &Chromium, last: &str) {
        browser.leave_frames().await;
        browser.wait_for(&format!("return called.includes({})", json!(last)), &json!(true)).await;
        let [called, refused] =
            serde_json::from_value::<[Vec<String>; 2]>(browser.run("return [called, refused]").await)
                .unwrap();
        self.called.extend(called);
        self.refused.extend(refused);
    }
}

#[tokio::test]
async fn every_callback_of_the_kit_is_called() {
    let scenarios = tempfile::tempdir().unwrap();
    fs::write(scenarios.path().join("card_bank.toml"), CARD_BANK).unwrap();
    let folder = scenarios.path().to_str().unwrap();
    let world = World::with(Backend::Sqlite, &[("RIVERBANK_SCENARIOS", folder)]).await;
    let base_url = world.server.base_url();
    let credentials = world.server.create_client("kit").unwrap();
    let user = Partner::new(Caller::new(base_url), &credentials).create_user("user").await;
    let proxy = Proxy::start(&credentials, base_url).await;
    let addresses = proxy.addresses_of(&user);
    let mut written = Written::default();
    let browser = &Chromium::start().await;
    let site = Site::showing(partners_page(&addresses, &json!({}))).await.unwrap();
    browser.go(&site.origin()).await;
    browser.enter_frame("iframe").await;

    // Back from an institution, as the page around the widget asks, and to it again.
    choose(browser, "MX Bank").await;
    comes_to(browser, "Sign in to MX Bank").await;
    browser.leave_frames().await;
    assert_eq!(browser.run("return widget.navigateBack()").await, json!(true));
    browser.enter_frame("iframe").await;
    choose(browser, "MX Bank").await;

    // Wrong credentials, right ones, a question.
    comes_to(browser, "Sign in to MX Bank").await;
    sign_in(browser, "INVALID").await;
    browser.text(".alert").await;
    sign_in(browser, "challenge").await;
    comes_to(browser, "MX Bank has a question for you").await;
    browser.fill_in("form input", "correct").await;
    browser.click("button[type=submit]").await;
    comes_to(browser, "MX Bank is connected").await;
    // The data is there, too.
    browser.wait_for("return document.getElementById('poll') === null", &json!(true)).await;
    browser.click("a.main").await;

    // The same user name once more; the end of its connection.
    comes_to(browser, "Your connections").await;
    browser.click("a.main").await;
    choose(browser, "MX Bank").await;
    comes_to(browser, "Sign in to MX Bank").await;
    sign_in(browser, "challenge").await;
    browser.wait_for_text(".alert", "You are connected with this user name already.").await;
    browser.click("a[data-back]").await;
    comes_to(browser, "Choose your institution").await;
    browser.click("a[href$='/members']").await;
    browser.click("a[href$='/remove']").await;
    browser.click("button.danger").await;
    comes_to(browser, "Your connections").await;

    // The bank's own page, from which the user comes back with nothing.
    browser.click("a.main").await;
    choose(browser, "MX Bank (OAuth)").await;
    comes_to(browser, "Sign in at MX Bank (OAuth)").await;
    browser.click("button[type=submit]").await;
    browser.click("#window").await;
    let windows = browser.windows(2).await;
    browser.switch_to(&windows[1]).await;
    browser.click("button[value=cancel]").await;
    browser.click("#close").await;
    browser.windows(1).await;
    browser.switch_to(&windows[0]).await;
    browser.enter_frame("iframe").await;
    browser.wait_for_text(".alert", "You went back before the connection was made.").await;

    // An account that is kept by hand.
    browser.click("a[data-back]").await;
    comes_to(browser, "Choose your institution").await;
    browser.click("a[href$='/accounts']").await;
    browser.click("a[href$='type=CASH']").await;
    browser.fill_in("#name", "Under the mattress").await;
    browser.fill_in("#balance", "100").await;
    browser.click("button[type=submit]").await;
    comes_to(browser, "Under the mattress was added").await;
    written.by(browser, "onAccountCreated").await;

    // A connection without an account that could be verified.
    let options = json!({"mode": "verification", "currentInstitutionCode": "card_bank"});
    let site = Site::showing(partners_page(&addresses, &options)).await.unwrap();
    browser.go(&site.origin()).await;
    browser.enter_frame("iframe").await;
    comes_to(browser, "Sign in to Card Bank").await;
    sign_in(browser, "any").await;
    comes_to(browser, "There is no account to verify").await;
    written.by(browser, "onInvalidData").await;

    let all = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(written, Written { called: all(&CALLBACKS), refused: all(&UNKNOWN) });
}
