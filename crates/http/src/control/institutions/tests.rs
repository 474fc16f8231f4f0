//! Banks over HTTP, as a test author handles them.

use serde_json::{Value, json};

use crate::testing::{Caller, Server};

const CORNER_BANK: &str = r#"[[institution]]
code = "corner_bank"
name = "Corner Bank"
connector = "script"

[[institution.credential]]
field_name = "LOGIN"
label = "Username"
type = "LOGIN"

[[institution.script.login]]
"#;

async fn upload(control: &Caller<'_>, text: &str) -> Value {
    let answer = control.post_text("/control/institutions", "application/toml", text).await;
    assert!(answer.status.is_success(), "{answer}");
    answer.json()
}

#[tokio::test]
async fn a_bank_comes_changes_and_goes() {
    let server = Server::with_test_banks().await;
    let (control, user) = (server.control(), server.session("acme", "u").await);
    let checked = control.post_text("/control/institutions/check", "application/toml", CORNER_BANK).await;
    assert_eq!(checked.root("institutions")[0]["code"], "corner_bank");
    assert_eq!(control.get("/control/institutions/corner_bank").await.error_code(), Some(4041));

    let first = upload(&control, CORNER_BANK).await;
    assert_eq!(
        (&first["created"], &first["updated"], &first["unchanged"]),
        (&json!(1), &json!(0), &json!(0))
    );
    let guid = first["institutions"][0]["guid"].as_str().unwrap().to_owned();
    assert_eq!(upload(&control, CORNER_BANK).await["unchanged"], 1);
    let renamed = upload(&control, &CORNER_BANK.replace("Corner Bank", "Corner Savings")).await;
    assert_eq!(renamed["updated"], 1);
    let seen = user.get(&format!("/institutions/{guid}")).await.root("institution");
    assert_eq!(seen["name"], "Corner Savings");

    for name in ["corner_bank", &guid] {
        let read = control.get(&format!("/control/institutions/{name}")).await;
        assert!(read.json()["toml"].as_str().unwrap().contains("[[institution.script.login]]"));
        let institution = read.root("institution");
        assert_eq!((&institution["is_built_in"], &institution["members"]), (&json!(false), &json!(0)));
    }
    let codes: Vec<_> = control
        .get("/control/institutions")
        .await
        .root("institutions")
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap().to_owned())
        .collect();
    assert!(codes.is_sorted() && codes.contains(&"corner_bank".to_owned()), "{codes:?}");

    assert_eq!(control.delete("/control/institutions/corner_bank").await.status, 204);
    assert_eq!(control.delete("/control/institutions/corner_bank").await.error_code(), Some(4041));
    assert_eq!(user.get(&format!("/institutions/{guid}")).await.error_code(), Some(4041));
}

#[tokio::test]
async fn a_flawed_file_is_refused_with_line_and_column_and_nothing_of_it_is_loaded() {
    let server = Server::with_test_banks().await;
    let control = server.control();
    let second = CORNER_BANK.replace("corner", "other");
    let rows = [
        (
            CORNER_BANK.replace("connector =", "conector ="),
            4002,
            "line 4, column 1: unknown field `conector`",
        ),
        (CORNER_BANK.replace("\"Corner Bank\"", "1"), 4002, "line 3, column 8:"),
        (format!("{second}when = {{ PIN = \"1\" }}"), 4002, "line 11, column 1: institution `other_bank`:"),
        (format!("{CORNER_BANK}{CORNER_BANK}"), 4002, "another one has the code `corner_bank`"),
        (String::new(), 4002, "The file has no institution."),
        (CORNER_BANK.replace("corner_bank", "mxbank"), 4220, "mxbank comes with the server"),
        (
            CORNER_BANK.replace("\nname", "\nguid = \"INS-1572a04c-912b-59bf-5841-332c7dfafaef\"\nname"),
            4220,
            "comes with",
        ),
    ];
    for (text, code, message) in rows {
        for path in ["/control/institutions", "/control/institutions/check"] {
            let answer = control.post_text(path, "application/toml", &text).await;
            assert_eq!(answer.error_code(), Some(code), "{answer}");
            assert!(answer.json()["error"]["message"].as_str().unwrap().contains(message), "{answer}");
        }
    }
    assert_eq!(control.get("/control/institutions/other_bank").await.error_code(), Some(4041));
}

#[tokio::test]
async fn a_file_has_limits() {
    let server = Server::with_test_banks().await;
    let control = server.control();
    let many: String = (0..101).map(|n| CORNER_BANK.replace("corner", &format!("corner{n}"))).collect();
    let rows = "{ on = 2026-01-01, amount = 1, type = \"DEBIT\", description = \"d\" },"
        .replace("2026-01-01", "\"2026-01-01\"");
    let long = format!(
        "{CORNER_BANK}\n[[institution.script.data.account]]\nid = \"a\"\ntransaction = [{}]",
        rows.repeat(10_001)
    );
    for (text, message) in [(many, "101 institutions; 100 are taken"), (long, "10001 transactions")] {
        let answer = control.post_text("/control/institutions", "application/toml", &text).await;
        assert_eq!(answer.error_code(), Some(4002), "{answer}");
        assert!(answer.json()["error"]["message"].as_str().unwrap().contains(message), "{answer}");
    }
    let large = "#".repeat(1024 * 1024 + 1);
    let answer = control.post_text("/control/institutions", "text/plain", &large).await;
    assert_eq!(answer.error_code(), Some(4131));
    let json = control.post("/control/institutions", json!({})).await;
    assert_eq!(json.error_code(), Some(4151));
}

#[tokio::test]
async fn a_bank_with_members_and_one_that_comes_with_the_server_stay() {
    let server = Server::with_test_banks().await;
    let (control, user) = (server.control(), server.session("acme", "u").await);
    let removed = control.delete("/control/institutions/mxbank").await;
    assert_eq!(removed.error_code(), Some(4091), "{removed}");

    let guid = upload(&control, CORNER_BANK).await["institutions"][0]["guid"].clone();
    let fields =
        user.get(&format!("/institutions/{}/credentials", guid.as_str().unwrap())).await.root("credentials");
    let member = user
        .post(
            "/members",
            json!({"member": {
                "institution_guid": guid,
                "credentials": [{"credential_guid": fields[0]["guid"], "value": "ada"}],
            }}),
        )
        .await
        .root("member");
    server.bench.run_jobs().await;
    let planned =
        control.post("/control/faults", json!({"kind": "TIMEOUT", "institution": "corner_bank"})).await;
    assert!(planned.status.is_success(), "{planned}");
    let refused = control.delete("/control/institutions/corner_bank").await;
    assert_eq!(refused.error_code(), Some(4091), "{refused}");
    assert_eq!(control.get("/control/institutions/corner_bank").await.root("institution")["members"], 1);

    assert_eq!(user.delete(&format!("/members/{}", member["guid"].as_str().unwrap())).await.status, 200);
    assert_eq!(control.delete("/control/institutions/corner_bank").await.status, 204);
    assert_eq!(control.get("/control/faults").await.root("faults"), json!([]));
}
