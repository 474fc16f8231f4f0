//! What operators do to members, jobs and institutions, and what partners see of it.

use super::super::world::{MX_BANK, connected, guid, mx_bank, read, settled};
use super::*;

async fn acts_on_what_end_users_have(backend: Backend) {
    let world = with_console(backend).await;
    let server = &world.server;
    let at = |path: &str| format!("{}{path}", server.base_url());
    let user = world.user("user").await;
    let member = connected(&user, "any").await;
    let member_path = format!("/console/members/{}", guid(&member));
    let browser = Operator::add(server, "ada", "operator").logs_in(server).await;
    let reader = Operator::add(server, "bob", "reader").logs_in(server).await;

    // Found by its id, and by its user's.
    let found = browser.open(&at(&format!("/console/search?q={}", guid(&member)))).await;
    assert_eq!(found.left_to.as_deref(), Some(member_path.as_str()));
    assert_eq!(browser.open(&at("/console/search?q=user")).await.status, 303);

    // Without the token of the session, and by a reader, nothing is done.
    let page = browser.open(&at(&member_path)).await;
    assert_eq!(browser.post(&at(&format!("{member_path}/disable")), &[]).await.status, 403);
    let readers = form_token(&reader.open(&at(&member_path)).await);
    let readers = [("form_token", readers.as_str())];
    assert_eq!(reader.post(&at(&format!("{member_path}/disable")), &readers).await.status, 403);
    assert_eq!(read(&user, &member).await["connection_status"], "CONNECTED");

    // A reader sees what is hidden once, and that is written down.
    assert!(!reader.open(&at(&member_path)).await.html.contains("MX Bank Checking"));
    let shown = reader.post(&at(&format!("{member_path}/reveal")), &readers).await;
    assert!(shown.html.contains("MX Bank Checking"), "{shown:?}");
    assert!(browser.open(&at("/console/audit/operators")).await.html.contains("members.show_hidden"));

    // A member that is disabled rests, for its partner too.
    let token = form_token(&page);
    let token = ("form_token", token.as_str());
    assert_eq!(browser.post(&at(&format!("{member_path}/disable")), &[token]).await.status, 303);
    assert_eq!(read(&user, &member).await["connection_status"], "DISABLED");
    let asked = user.get(&format!("/members/{}/aggregate", guid(&member))).await;
    assert_eq!(
        (asked.status.as_u16(), &asked.root("member")["connection_status"]),
        (202, &"DISABLED".into())
    );
    let history = browser.open(&at(&member_path)).await.html;
    assert!(history.contains("CONNECTED → DISABLED") && history.contains("members.disable"), "{history}");
    assert_eq!(browser.post(&at(&format!("{member_path}/enable")), &[token]).await.status, 303);
    assert_eq!(browser.post(&at(&format!("{member_path}/aggregate")), &[token]).await.status, 303);
    assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");

    // A job that came to nothing is done over.
    let denied = user.post("/members", &mx_bank("another", "INVALID")).await;
    let denied = settled(&user, &denied.root("member")).await;
    let job = denied["most_recent_job_guid"].as_str().expect("a job").to_owned();
    let steps = browser.open(&at(&format!("/console/jobs/{job}"))).await.html;
    assert!(steps.contains("logging in") && steps.contains("refused: DENIED"), "{steps}");
    let retried = browser.post(&at(&format!("/console/jobs/{job}/retry")), &[token]).await;
    assert_eq!(retried.status, 303, "{retried:?}");
    assert_ne!(settled(&user, &denied).await["most_recent_job_guid"], job.as_str());
    assert_eq!(browser.post(&at(&format!("/console/jobs/{job}/retry")), &[token]).await.status, 409);

    // Nobody connects to an institution that is stopped.
    let switch = at(&format!("/console/institutions/{MX_BANK}/switch"));
    assert_eq!(reader.post(&switch, &[readers[0], ("state", "off")]).await.status, 403);
    assert_eq!(browser.post(&switch, &[token, ("state", "off")]).await.status, 303);
    let refused = user.post("/members", &mx_bank("third", "any")).await;
    assert_eq!((refused.status.as_u16(), refused.error_code()), (422, Some(4220)));
    assert_eq!(user.get(&format!("/members/{}/aggregate", guid(&member))).await.status, 202);
    assert_eq!(browser.post(&switch, &[token, ("state", "on")]).await.status, 303);
    assert_eq!(user.post("/members", &mx_bank("third", "any")).await.status, 200);
}

#[tokio::test]
async fn an_operator_acts_on_what_end_users_have_on_sqlite() {
    acts_on_what_end_users_have(Backend::Sqlite).await;
}

#[tokio::test]
async fn an_operator_acts_on_what_end_users_have_on_postgres() {
    acts_on_what_end_users_have(Backend::Postgres).await;
}
