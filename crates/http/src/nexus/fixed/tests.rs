use riverbank_engine::fixed::{FixedMember, TEST_SESSION};
use riverbank_testkit::client::Method;
use serde_json::{Value, json};

use crate::testing::{Caller, Server};

const MX_BANK: &str = "INS-1572a04c-912b-59bf-5841-332c7dfafaef";
const USERNAME: &str = "CRD-9f61fb4c-912c-bd1e-b175-ccc7f0275cc1";
const PASSWORD: &str = "CRD-e3d7ea81-aac7-05e9-fbdd-4b493c6e474d";

async fn server() -> Server {
    Server::with_test_banks().await
}

fn test_session(server: &Server) -> Caller<'_> {
    server.caller().with("md-session-token", TEST_SESSION)
}

fn connect() -> Value {
    json!({"member": {
        "institution_guid": MX_BANK,
        "metadata": "mine",
        "credentials": [
            {"credential_guid": USERNAME, "value": "mxuser"},
            {"credential_guid": PASSWORD, "value": "any"},
        ],
    }})
}

#[tokio::test]
async fn each_word_is_a_member_in_its_status() {
    let server = server().await;
    let test = test_session(&server);
    for fixed in FixedMember::all() {
        let name = fixed.name();
        let member = test.get(&format!("/members/{name}")).await.root("member");
        let is_status = name.chars().all(char::is_uppercase);
        assert_eq!(member["connection_status"], if is_status { name } else { "CONNECTED" });
        let by_id = test.get(&format!("/members/{}.json", fixed.guid())).await.root("member");
        assert_eq!(by_id, member);
        let job = member["most_recent_job_guid"].as_str().unwrap();
        let job = test.get(&format!("/jobs/{job}")).await.root("job");
        assert_eq!(job["finished_at"].is_null(), member["is_being_aggregated"] == true, "{job}");
        let fields = test.get(&format!("/member/{name}/credentials")).await.root("credentials");
        assert_eq!(fields.as_array().unwrap().len(), 2);
        assert_eq!(test.get(&format!("/members/{name}/credentials")).await.root("credentials"), fields);
    }
    for nobody in ["EXPIRED", "PENDING", "connected", "MBR-1", "nobody"] {
        assert_eq!(test.get(&format!("/members/{nobody}")).await.error_code(), Some(4041), "{nobody}");
    }
}

#[tokio::test]
async fn accounts_and_transactions_are_read_in_the_usual_shapes() {
    let server = server().await;
    let test = test_session(&server);
    let accounts = test.get("/accounts").await.json();
    assert_eq!(accounts["pagination"]["total_entries"], 2);
    let checking = &accounts["accounts"][0];
    assert_eq!((&checking["name"], &checking["balance"]), (&json!("MX Bank Checking"), &json!(1002)));
    assert_eq!(test.get("/members/test_member/accounts").await.json(), accounts);
    let others = test.get("/members/DEGRADED/accounts?page=2&records_per_page=10").await.json();
    assert_eq!((&others["accounts"], &others["pagination"]["total_entries"]), (&json!([]), &json!(2)));
    let guid = checking["guid"].as_str().unwrap();
    assert_eq!(test.get(&format!("/accounts/{guid}")).await.root("account"), *checking);
    let all = test.get("/transactions").await.json();
    assert_eq!(test.get(&format!("/accounts/{guid}/transactions")).await.json(), all);
    let descriptions: Vec<_> =
        all["transactions"].as_array().unwrap().iter().map(|one| one["feed_description"].clone()).collect();
    assert_eq!(descriptions.len(), 3);
    for one in all["transactions"].as_array().unwrap() {
        let path = format!("/transactions/{}", one["guid"].as_str().unwrap());
        assert_eq!(test.get(&path).await.root("transaction"), *one);
    }
    let savings = accounts["accounts"][1]["guid"].as_str().unwrap();
    assert_eq!(
        test.get(&format!("/accounts/{savings}/transactions")).await.json()["transactions"],
        json!([])
    );
    assert_eq!(test.get("/user").await.root("user")["external_guid"], "test_user");
}

#[tokio::test]
async fn owners_and_numbers_are_read_of_all_but_those_that_have_none() {
    let server = server().await;
    let test = test_session(&server);
    let count = async |path: &str, root: &str| test.get(path).await.root(root).as_array().unwrap().len();
    for name in ["test_nexus_member", "unverified", "unidentified"] {
        for kind in ["identify", "verify", "extend_history", "check_balance"] {
            let started = test.post(&format!("/members/{name}/{kind}"), json!({})).await.root("member");
            assert_eq!(started["is_being_aggregated"], true, "{name} {kind}");
        }
        let owners = count(&format!("/members/{name}/account_owners"), "account_owners").await;
        let numbers = count(&format!("/members/{name}/account_numbers"), "account_numbers").await;
        assert_eq!((owners == 0, numbers == 0), (name == "unidentified", name == "unverified"), "{name}");
    }
    let numbers = test.get("/members/test_nexus_member/account_numbers").await.root("account_numbers");
    assert_eq!(numbers[0]["routing_number"], "316713272");
    let account = numbers[0]["account_guid"].as_str().unwrap();
    assert_eq!(count(&format!("/accounts/{account}/account_number"), "account_numbers").await, 1);
    assert_eq!(test.get("/accounts/ACT-1/account_numbers").await.error_code(), Some(4041));
}

#[tokio::test]
async fn a_created_member_is_created_then_connected_and_stored_nowhere() {
    let server = server().await;
    let test = test_session(&server);
    let made = test.post("/members", connect()).await.root("member");
    assert_eq!(made["connection_status"], "CREATED");
    assert_eq!((&made["is_being_aggregated"], &made["metadata"]), (&json!(true), &json!("mine")));
    let path = format!("/members/{}", made["guid"].as_str().unwrap());
    assert_eq!(test.get(&path).await.root("member")["connection_status"], "CONNECTED");
    let listed = test.get("/members").await.json();
    assert_eq!(listed["members"][0]["guid"], made["guid"]);
    assert_eq!(test.delete(&path).await.json(), json!({}));
    assert_eq!(test.get(&path).await.status, 200);

    let user = server.session("acme", "u").await;
    assert_eq!(user.get(&path).await.error_code(), Some(4041));
    assert_eq!(user.get("/members/test_member").await.error_code(), Some(4041));
    assert_eq!(user.get("/members").await.json()["members"], json!([]));
}

#[tokio::test]
async fn writes_are_refused_as_they_are_elsewhere() {
    let server = server().await;
    let test = test_session(&server);
    let unknown = json!({"member": {"institution_guid": "INS-1", "credentials": []}});
    assert_eq!(test.post("/members", unknown).await.error_code(), Some(4220));
    let mut incomplete = connect();
    incomplete["member"]["credentials"] = json!([{"credential_guid": USERNAME, "value": "mxuser"}]);
    assert_eq!(test.post("/members", incomplete).await.error_code(), Some(4001));
    let stray = json!({"member": {"credentials": [{"credential_guid": "CRD-1", "value": "x"}]}});
    assert_eq!(test.put("/members/DENIED", stray).await.error_code(), Some(4002));
    assert_eq!(test.put("/members/DENIED", json!({})).await.error_code(), Some(4002));
    let window = test.get("/members/CONNECTED/oauth_window_uri").await;
    assert_eq!(window.json()["error"]["message"], "Member cannot use OAuth");
    assert_eq!(test.send(Method::PATCH, "/members/CONNECTED", None).await.error_code(), Some(4051));
}

#[tokio::test]
async fn new_credentials_seem_to_update_a_member() {
    let server = server().await;
    let test = test_session(&server);
    let credentials = connect()["member"]["credentials"].clone();
    let change = json!({"member": {"credentials": credentials, "name": "Mine"}});
    let member = test.put("/members/DENIED", change).await.root("member");
    assert_eq!((&member["connection_status"], &member["name"]), (&json!("UPDATED"), &json!("Mine")));
    assert_eq!(member["is_being_aggregated"], true);
    assert_eq!(test.get("/members/DENIED").await.root("member")["connection_status"], "DENIED");
    let one = json!({"member": {"credential_guid": PASSWORD, "value": "new"}});
    let stored = test.post("/members/DENIED/credentials", one).await.root("member_credential");
    assert_eq!(stored["credential_guid"], PASSWORD);
}

#[tokio::test]
async fn only_the_challenged_member_has_a_question_and_takes_its_answer() {
    let server = server().await;
    let test = test_session(&server);
    for fixed in FixedMember::all() {
        let name = fixed.name();
        let asked = test.get(&format!("/members/{name}/challenges")).await;
        if name != "CHALLENGED" {
            assert_eq!(asked.status, 204, "{name}");
            let answer = json!({"challenges": [{"guid": "CRD-1", "value": "x"}]});
            assert_eq!(test.put(&format!("/members/{name}/resume"), answer).await.error_code(), Some(4051));
            continue;
        }
        let question = asked.root("challenges")[0]["guid"].clone();
        let answer = json!({"challenges": [{"guid": question, "value": "x"}]});
        let resumed = test.put("/members/CHALLENGED/resume", answer).await.root("member");
        assert_eq!(resumed["connection_status"], "RESUMED");
        let stray = json!({"challenges": [{"guid": "CRD-1", "value": "x"}]});
        assert_eq!(test.put("/members/CHALLENGED/resume", stray).await.error_code(), Some(4002));
        let job = resumed["most_recent_job_guid"].as_str().unwrap();
        let fields = test.get(&format!("/jobs/{job}/mfa_credentials")).await.root("credentials");
        assert_eq!(fields[0]["guid"], question);
        assert_eq!(test.get(&format!("/jobs/{job}/resume")).await.root("job")["status_name"], "REQUESTED");
    }
}

#[tokio::test]
async fn an_aggregation_seems_to_start_only_where_one_may() {
    let server = server().await;
    let test = test_session(&server);
    for (name, status) in [("CONNECTED", 200), ("DENIED", 200), ("PREVENTED", 202), ("CHALLENGED", 202)] {
        for word in ["aggregate", "refresh"] {
            let answer = test.get(&format!("/members/{name}/{word}")).await;
            assert_eq!(answer.status.as_u16(), status, "{name}");
        }
    }
    for all in ["/members/aggregate", "/members/refresh"] {
        assert_eq!(test.get(all).await.root("members")[0]["is_being_aggregated"], true);
    }
}

#[tokio::test]
async fn other_operations_do_not_know_the_test_session() {
    let server = server().await;
    let test = test_session(&server);
    for path in [&format!("/institutions/{MX_BANK}"), "/institutions"] {
        assert_eq!(test.get(path).await.error_code(), Some(4011), "{path}");
    }
    assert_eq!(test.get("/nothing").await.error_code(), Some(4041));
}
