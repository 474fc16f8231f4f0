use riverbank_engine::testing::{Backend, Bench};
use serde_json::{Value, json};

use crate::testing::{Caller, Server};

const MEMBERS: &str = "/mdx/acme/users/U-1/members";
/// The guid of MX Bank and of its two credentials (Nexus reference, test platform).
const MX_BANK: &str = "INS-1572a04c-912b-59bf-5841-332c7dfafaef";
const USERNAME: &str = "CRD-9f61fb4c-912c-bd1e-b175-ccc7f0275cc1";
const PASSWORD: &str = "CRD-e3d7ea81-aac7-05e9-fbdd-4b493c6e474d";

async fn server() -> Server {
    Server::over(Bench::with_test_banks(Backend::Sqlite).await)
}

async fn with_a_user(server: &Server) -> Caller<'_> {
    let acme = server.client("acme").await;
    acme.post("/mdx/acme/users", json!({"id": "U-1"})).await.root("user");
    acme
}

fn login(name: &str) -> Value {
    json!([{"credential_guid": USERNAME, "value": name}, {"credential_guid": PASSWORD, "value": "any"}])
}

fn member(id: &str, institution: &str, name: &str) -> Value {
    json!({"member": {"id": id, "institution_id": institution, "credentials": login(name), "metadata": "note"}})
}

#[tokio::test]
async fn a_held_member_is_made_by_guid_or_code_and_found_by_its_own_id() {
    let server = server().await;
    let acme = with_a_user(&server).await;
    let made = acme.post(MEMBERS, member("M-1", MX_BANK, "one")).await.root("member");
    assert_eq!((&made["id"], &made["institution_code"]), (&json!("M-1"), &json!("mxbank")));
    assert_eq!((&made["is_managed_by_user"], &made["is_user_created"]), (&json!(false), &json!(false)));
    assert_eq!((&made["metadata"], &made["is_being_aggregated"]), (&json!("note"), &json!(true)));
    let other =
        acme.post("/mdx/acme/users/U-1/members.json", member("M-2", "mxbank", "two")).await.root("member");
    assert_eq!(other["institution_guid"], MX_BANK);
    assert_eq!(acme.get("/mdx/acme/users/U-1/members/M-1.json").await.root("member"), made);
    let list = acme.get(MEMBERS).await.root("members");
    assert_eq!(list, json!([made, other]));
}

#[tokio::test]
async fn only_held_members_are_listed_and_the_user_sees_all() {
    let server = server().await;
    let acme = with_a_user(&server).await;
    acme.post(MEMBERS, member("M-1", "mxbank", "one")).await.root("member");
    let session = server.session("acme", "U-1").await;
    let body = json!({"member": {"institution_guid": MX_BANK, "credentials": login("two")}});
    let own = session.post("/members", body).await.root("member");
    assert_eq!(own["is_managed_by_user"], true);
    assert_eq!(acme.get(MEMBERS).await.root("members").as_array().unwrap().len(), 1);
    assert_eq!(session.get("/members").await.root("members").as_array().unwrap().len(), 2);
    let guid = own["guid"].as_str().unwrap();
    assert_eq!(acme.get(&format!("{MEMBERS}/{guid}")).await.error_code(), Some(4041));
}

#[tokio::test]
async fn a_used_id_is_409_until_its_member_is_deleted() {
    let server = server().await;
    let acme = with_a_user(&server).await;
    let first = acme.post(MEMBERS, member("M-1", "mxbank", "one")).await.root("member");
    let again = acme.post(MEMBERS, member("M-1", "mxbank", "two")).await;
    assert_eq!((again.status.as_u16(), again.error_code()), (409, Some(4091)), "{again}");
    let deleted = acme.delete("/mdx/acme/users/U-1/members/M-1.json").await;
    assert_eq!((deleted.status.as_u16(), deleted.json()), (200, json!({})));
    for refused in [
        acme.get("/mdx/acme/users/U-1/members/M-1").await,
        acme.delete("/mdx/acme/users/U-1/members/M-1").await,
    ] {
        assert_eq!((refused.status.as_u16(), refused.error_code()), (404, Some(4041)));
    }
    let second = acme.post(MEMBERS, member("M-1", "mxbank", "two")).await.root("member");
    assert_ne!(second["guid"], first["guid"]);
}

#[tokio::test]
async fn a_held_member_is_changed_under_its_own_id() {
    let server = server().await;
    let acme = with_a_user(&server).await;
    acme.post(MEMBERS, member("M-1", "mxbank", "one")).await.root("member");
    let change = json!({"member": {"name": "Held", "metadata": "other"}});
    let changed = acme.put("/mdx/acme/users/U-1/members/M-1", change.clone()).await.root("member");
    assert_eq!(
        (&changed["name"], &changed["metadata"], &changed["id"]),
        (&json!("Held"), &json!("other"), &json!("M-1"))
    );
    let unknown = acme.put("/mdx/acme/users/U-1/members/M-2", change).await;
    assert_eq!((unknown.status.as_u16(), unknown.error_code()), (404, Some(4041)));
}

#[tokio::test]
async fn what_cannot_be_a_held_member_is_refused() {
    let server = server().await;
    let acme = with_a_user(&server).await;
    acme.post(MEMBERS, member("M-0", "mxbank", "taken")).await.root("member");
    let rows = [
        (MEMBERS, member("M 1", "mxbank", "one"), 400, 4002),
        (MEMBERS, member("M-1", "no-bank", "one"), 422, 4220),
        (MEMBERS, member("M-1", "INS-1", "one"), 422, 4220),
        (MEMBERS, member("M-1", "mxbank", "taken"), 422, 4220),
        (MEMBERS, json!({"member": {"id": "M-1", "institution_id": "mxbank"}}), 400, 4001),
        (MEMBERS, json!({"member": {}}), 400, 4001),
        ("/mdx/acme/users/U-2/members", member("M-1", "mxbank", "one"), 404, 4041),
        ("/mdx/other/users/U-1/members", member("M-1", "mxbank", "one"), 401, 4011),
    ];
    for (path, body, status, code) in rows {
        let refused = acme.post(path, body).await;
        assert_eq!((refused.status.as_u16(), refused.error_code()), (status, Some(code)), "{refused}");
    }
}
