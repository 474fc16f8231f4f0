//! What institutions answered, listed, shown and imported again by an operator.

use super::journeys;
use super::world::{Backend, World, connected, guid};

journeys! {
    async fn an_answer_imported_again_leaves_the_lists_as_they_were(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "password").await;
        let listing = ["raw", "list", "--user", member["user_guid"].as_str().unwrap()];
        let listed = world.server.run(&listing).expect("a list");
        let columns: Vec<&str> = listed.trim_end().split('\t').collect();
        let job = member["most_recent_job_guid"].as_str().unwrap();
        assert_eq!((columns.len(), &columns[..3]), (5, &[job, guid(&member), "aggregation"][..]), "{listed}");
        let shown = world.server.run(&["raw", "show", job]).expect("an answer");
        assert_eq!(shown.len().to_string(), columns[4]);
        assert!(shown.contains("Checking"), "{shown}");
        let lists = async || {
            let accounts = user.get("/accounts").await.body;
            let transactions = user.get("/transactions?records_per_page=1000&from_date=2000-01-01").await;
            (accounts, transactions.body)
        };
        let before = lists().await;
        let changed = world.server.run(&["raw", "reimport", job]).expect("a re-import");
        assert_eq!(changed, "accounts changed: 0, transactions changed: 0, holdings changed: 0\n");
        assert_eq!(lists().await, before);
        world.server.run(&["keys", "rotate"]).expect("a rotation");
        assert_eq!(world.server.run(&["raw", "show", job]).expect("an answer"), shown);
        let unknown = world.server.run(&["raw", "show", "JOB-1"]).unwrap_err().to_string();
        assert!(unknown.contains("there is no raw answer JOB-1"), "{unknown}");
        user.delete(&format!("/members/{}", guid(&member))).await;
        assert_eq!(world.server.run(&listing).expect("a list"), "");
        let gone = world.server.run(&["raw", "reimport", job]).unwrap_err().to_string();
        assert!(gone.contains(&format!("there is no raw answer {job}")), "{gone}");
    }
}
