//! Two servers on one PostgreSQL, behind one address: each step of a way may come to either.

use riverbank_testkit::client::Partner;
use riverbank_testkit::postgres::PostgresCluster;
use riverbank_testkit::server::{Server, ServerOptions};

use super::*;

/// A master key for both.
const MASTER_KEY: &str = "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn node(database: &str, public_url: Option<&str>) -> Server {
    let options = ServerOptions::on(database).with("RIVERBANK_MASTER_KEY", MASTER_KEY);
    let options = match public_url {
        Some(url) => options.with("RIVERBANK_PUBLIC_URL", url),
        None => options,
    };
    Server::start(options).expect("a server")
}

#[tokio::test]
async fn a_way_that_began_at_one_node_ends_at_another() {
    let cluster = PostgresCluster::shared().expect("a temporary PostgreSQL");
    let database = cluster.create_database().expect("a new database");
    let one = node(&database, None);
    let two = node(&database, Some(one.base_url()));
    let credentials = one.create_client("acme").expect("a client");
    let partner = Partner::new(Caller::new(two.base_url()), &credentials);
    partner.create_user("user").await;
    let user = partner.session("user").await;
    let member = pending(&user, &json!({})).await;

    let browser = Browser::new(one.base_url());
    let at_two = |address: &str| address.replacen(one.base_url(), two.base_url(), 1);
    let begun = browser.open(window(&member)).await;
    let page = browser.open(&at_two(begun.left_to.as_deref().unwrap())).await;
    // The form goes to the common address, the first node's.
    let decided = browser.send_form(&page, &[("decision", "authorize")]).await;
    let back = decided.left_to.unwrap();
    let also_back = at_two(&back);
    let ends = tokio::join!(browser.open(&also_back), browser.open(&back));
    let done = [&ends.0, &ends.1].iter().filter(|end| end.html.contains("You are connected")).count();
    assert_eq!(done, 1, "{ends:?}");
    assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
}
