use serde_json::json;

use crate::testing::{Caller, Server};

const XML: &str = "application/vnd.moneydesktop.sso.v3+xml";

async fn with_a_user(server: &Server) -> Caller<'_> {
    let acme = server.client("acme").await;
    acme.post("/mdx/acme/users", json!({"id": "U-1"})).await.root("user");
    acme
}

fn text(body: &[u8]) -> &str {
    std::str::from_utf8(body).unwrap()
}

#[tokio::test]
async fn a_token_is_fresh_with_every_reading_and_opens_a_session() {
    let server = Server::start().await;
    let acme = with_a_user(&server).await;
    let mut tokens = Vec::new();
    for path in ["/sso/acme/users/U-1/api_token", "/sso/acme/users/U-1/api_token.json"] {
        let answer = acme.get(path).await;
        assert_eq!(answer.header("content-type"), Some("application/vnd.moneydesktop.sso.v3+json"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let token = answer.root("api_token");
        assert_eq!(token["user_id"], "U-1");
        tokens.push(token["token"].as_str().unwrap().to_owned());
    }
    assert_ne!(tokens[0], tokens[1]);
    for token in &tokens {
        let opening = server.caller().with("md-api-token", token);
        assert_eq!(opening.post("/sessions", json!({})).await.status, 200);
    }
}

#[tokio::test]
async fn xml_is_answered_by_suffix_and_by_accept() {
    let server = Server::start().await;
    let acme = with_a_user(&server).await;
    let rows = [
        ("/sso/acme/users/U-1/api_token.xml", None, XML),
        ("/sso/acme/users/U-1/api_token.xml", Some("application/json"), XML),
        ("/sso/acme/users/U-1/api_token.xml", Some("application/xml"), "application/xml"),
        ("/sso/acme/users/U-1/api_token", Some(XML), XML),
        ("/sso/acme/users/U-1/api_token", Some("application/xml"), "application/xml"),
    ];
    for (path, accept, media) in rows {
        let caller = accept.map_or(acme.clone(), |accept| acme.clone().with("accept", accept));
        let answer = caller.get(path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, Some(media)),
            "{path} {accept:?}"
        );
        let body = text(&answer.body);
        let token = body
            .strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<api_token><token>")
            .and_then(|rest| rest.strip_suffix("</token></api_token>\n"));
        let opening = server.caller().with("md-api-token", token.unwrap_or_else(|| panic!("{body}")));
        assert_eq!(opening.post("/sessions", json!({})).await.status, 200);
    }
    let json = acme.with("accept", XML).get("/sso/acme/users/U-1/api_token.json").await;
    assert_eq!(json.root("api_token")["user_id"], "U-1");
}

#[tokio::test]
async fn refusals_come_in_the_form_that_was_asked_for() {
    let server = Server::start().await;
    let acme = with_a_user(&server).await;
    let unknown = acme.get("/sso/acme/users/U-2/api_token").await;
    assert_eq!((unknown.status.as_u16(), unknown.error_code()), (404, Some(4041)));
    let unknown = acme.get("/sso/acme/users/U-2/api_token.xml").await;
    assert_eq!((unknown.status.as_u16(), unknown.header("content-type")), (404, Some(XML)));
    assert_eq!(
        text(&unknown.body),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<error><code>4041</code><message>User not found.</message></error>\n"
    );
    let wrong = server.caller().with("md-api-key", "wrong");
    let refused = wrong.get("/sso/acme/users/U-1/api_token").await;
    assert_eq!((refused.status.as_u16(), refused.error_code()), (401, Some(4011)));
    let refused = wrong.clone().with("accept", XML).get("/sso/acme/users/U-1/api_token").await;
    assert_eq!((refused.status.as_u16(), refused.header("content-type")), (401, Some(XML)));
    assert!(text(&refused.body).contains("<code>4011</code><message>Invalid API key.</message>"));
    let refused = wrong.with("accept", XML).delete("/sso/acme/users/U-1/sessions").await;
    assert_eq!((refused.status.as_u16(), refused.header("content-type")), (401, Some(XML)));
}

#[tokio::test]
async fn all_sessions_of_a_user_end_at_once() {
    let server = Server::start().await;
    let acme = with_a_user(&server).await;
    let (one, other) = (server.session("acme", "U-1").await, server.session("acme", "U-1").await);
    let bystander = server.session("acme", "U-2").await;
    let ended = acme.delete("/sso/acme/users/U-1/sessions.json").await;
    assert_eq!((ended.status.as_u16(), ended.body.len()), (204, 0));
    for session in [one, other] {
        assert_eq!(session.get("/user").await.error_code(), Some(4011));
    }
    assert_eq!(bystander.get("/user").await.status, 200);
    let unknown = acme.delete("/sso/acme/users/U-3/sessions").await;
    assert_eq!((unknown.status.as_u16(), unknown.error_code()), (404, Some(4041)));
}

#[tokio::test]
async fn an_address_of_pages_is_made_in_either_form() {
    let server = Server::start().await;
    let acme = with_a_user(&server).await;
    let body =
        || json!({"url": {"type": "connect_widget", "ui_message_version": "4", "is_mobile_webview": true}});
    for path in ["/sso/acme/users/U-1/urls", "/sso/acme/users/U-1/urls.json"] {
        let answer = acme.post(path, body()).await;
        assert_eq!(answer.header("content-type"), Some("application/vnd.moneydesktop.sso.v3+json"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let made = answer.root("url");
        assert_eq!((&made["type"], &made["user_id"]), (&json!("connect_widget"), &json!("U-1")));
        assert!(made["url"].as_str().unwrap().starts_with("http://127.0.0.1:8040/connect/"), "{made}");
    }
    let answer = acme.post("/sso/acme/users/U-1/urls.xml", body()).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, Some(XML)));
    let written = text(&answer.body);
    assert!(written.contains("\n<url><url>http://127.0.0.1:8040/connect/"), "{written}");
    assert!(
        written.ends_with("</url><type>connect_widget</type><user_id>U-1</user_id></url>\n"),
        "{written}"
    );
    let unknown = acme.post("/sso/acme/users/U-2/urls", body()).await;
    assert_eq!((unknown.status.as_u16(), unknown.error_code()), (404, Some(4041)));
    let wrong =
        server.caller().with("md-api-key", "wrong").post("/sso/acme/users/U-1/urls.xml", body()).await;
    assert_eq!((wrong.status.as_u16(), wrong.header("content-type")), (401, Some(XML)));
}

#[tokio::test]
async fn a_request_may_be_xml() {
    let server = Server::start().await;
    let acme = with_a_user(&server).await;
    let document = "<?xml version=\"1.0\"?><url><type>connect_widget</type><mode>verification</mode>\
        <ui_message_version>4</ui_message_version><is_mobile_webview>true</is_mobile_webview>\
        <use_cases><use_case>PFM</use_case></use_cases></url>";
    for media in [XML, "application/xml"] {
        let answer = acme.post_text("/sso/acme/users/U-1/urls.xml", media, document).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, Some(XML)), "{answer}");
        assert!(text(&answer.body).contains("<type>connect_widget</type>"), "{answer}");
        let answer = acme.post_text("/sso/acme/users/U-1/urls", media, document).await;
        assert_eq!(answer.root("url")["user_id"], "U-1");
    }
    for (document, code) in [
        ("<url><mode>verification</mode></url>", 4001),
        ("<url><type>connect_widget</type><mode>tax</mode></url>", 4002),
        ("<url><type>connect_widget</type>", 4002),
        ("<url>text</url>", 4002),
        ("{\"url\": {}}", 4002),
    ] {
        let refused = acme.post_text("/sso/acme/users/U-1/urls", XML, document).await;
        assert_eq!((refused.status.as_u16(), refused.error_code()), (400, Some(code)), "{document}");
    }
    let elsewhere = acme.post_text("/mdx/acme/users", XML, "<user><id>U-2</id></user>").await;
    assert_eq!(elsewhere.error_code(), Some(4151));
}

#[tokio::test]
async fn products_ask_for_what_modes_do() {
    let server = Server::start().await;
    let acme = with_a_user(&server).await;
    for products in [
        json!([]),
        json!(["transactions"]),
        json!(["identity_verification"]),
        json!(["account_verification", "identity_verification", "transactions"]),
    ] {
        let body = json!({"url": {"type": "connect_widget", "data_request": {"products": products}}});
        assert_eq!(acme.post("/sso/acme/users/U-1/urls", body).await.status, 200);
    }
    let feature = riverbank_model::feature::Feature::Verification;
    server.bench.clients().set_feature("acme", feature, false).await.unwrap();
    for (options, status) in [
        (json!({"data_request": {"products": ["account_verification"]}}), 403),
        (json!({"mode": "verification"}), 403),
        (json!({"data_request": {"products": ["transactions"]}, "include_identity": "true"}), 200),
    ] {
        let mut body = json!({"url": options});
        body["url"]["type"] = json!("connect_widget");
        let answer = acme.post("/sso/acme/users/U-1/urls", body).await;
        assert_eq!(answer.status.as_u16(), status, "{answer}");
    }
}

#[tokio::test]
async fn an_option_that_is_wrong_is_named() {
    let server = Server::start().await;
    let acme = with_a_user(&server).await;
    let rows = [
        (json!({}), 4001, "Required parameter is missing: type."),
        (json!({"type": "goals_widget"}), 4002, "type: must be one of connect_widget, connections_widget."),
        (json!({"mode": "tax"}), 4002, "mode: tax is not offered."),
        (json!({"mode": "reward"}), 4002, "mode: reward is not offered."),
        (json!({"mode": "x"}), 4002, "mode: must be one of aggregation, identity, verification."),
        (
            json!({"data_request": {"products": ["rewards"]}}),
            4002,
            "data_request.products[0]: must be one of account_verification, identity_verification, transactions.",
        ),
        (
            json!({"current_microdeposit_guid": "x"}),
            4002,
            "current_microdeposit_guid: the user has no such micro deposit.",
        ),
        (json!({"widget_type": "connections_widget"}), 4002, "type and widget_type must not differ."),
        (json!({"ui_message_version": 5}), 4002, "ui_message_version: must be a whole number from 1 to 4."),
        (json!({"is_mobile_webview": "perhaps"}), 4002, "is_mobile_webview: must be true or false."),
        (json!({"color_scheme": "blue"}), 4002, "color_scheme: must be one of light, dark."),
        (
            json!({"oauth_referral_source": "PHONE"}),
            4002,
            "oauth_referral_source: must be one of APP, BROWSER.",
        ),
        (
            json!({"ui_message_webview_url_scheme": "https"}),
            4002,
            "ui_message_webview_url_scheme must be the URL scheme of an app.",
        ),
        (
            json!({"client_redirect_url": "https://evil.example/"}),
            4002,
            "client_redirect_url is not registered for this client.",
        ),
        (json!({"language": "tlh"}), 4002, "language: must be en, es or fr-CA."),
        (json!({"iso_country_code": "USA"}), 4002, "iso_country_code: must be two letters of ISO 3166."),
        (json!({"use_cases": []}), 4002, "use_cases must hold at least one use case."),
        (json!({"use_cases": ["X"]}), 4002, "use_cases[0]: must be one of MONEY_MOVEMENT, PFM."),
        (
            json!({"current_institution_code": "x"}),
            4002,
            "current_institution_code: there is no such institution.",
        ),
        (json!({"current_member_guid": "x"}), 4002, "current_member_guid: the user has no such member."),
    ];
    for (mut options, code, message) in rows {
        let fields = options.as_object_mut().unwrap();
        if code == 4002 {
            fields.entry("type").or_insert(json!("connect_widget"));
        }
        let answer = acme.post("/sso/acme/users/U-1/urls", json!({"url": options})).await;
        assert_eq!(answer.error_code(), Some(code), "{answer}");
        assert_eq!(answer.json()["error"]["message"], message);
    }
}
