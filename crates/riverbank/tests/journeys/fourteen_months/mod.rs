//! Fourteen months of a household, and what insights tell of it: each when it should, and not before.

mod life;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::civil::Date;
use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, guid, settled};

/// In seconds.
const DAY: i64 = 86_400;

/// All that was told, a line for each insight, in the order of the days.
const TOLD: &str = include_str!("told.txt");

/// The user, connected to the bank at noon of the first day, with a budget for food.
async fn begin(world: &World) -> Caller {
    let control = world.control();
    control.post("/control/clock/freeze", &json!({})).await.root("clock");
    control
        .post("/control/clock/set", &json!({"at": format!("{}T12:00:00Z", life::BEGINS)}))
        .await
        .root("clock");
    let loaded = control.post_text("/control/institutions", "application/toml", &life::bank()).await;
    let institution = loaded.root("institutions")[0]["guid"].clone();
    let user = world.user("user").await;
    let path = format!("/institutions/{}/credentials", institution.as_str().unwrap());
    let fields = user.get(&path).await.root("credentials");
    let body = json!({"member": {
        "institution_guid": institution,
        "credentials": [{"credential_guid": fields[0]["guid"], "value": "ada"}],
    }});
    let member = user.post("/members", &body).await.root("member");
    assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
    let food =
        json!({"budget": {"category_guid": "CAT-bd56d35a-a9a7-6e10-66c1-5b9cc1b6c81a", "amount": 450}});
    user.post("/budgets", &food).await.root("budget");
    user
}

/// The insights that were not seen before, oldest first, each as a line.
async fn new_lines(user: &Caller, seen: &mut BTreeSet<String>) -> Vec<String> {
    let mut insights = Vec::new();
    for page in 1.. {
        let path = format!("/insights?page={page}&records_per_page=100");
        let found = user.get(&path).await.root("insights");
        let found = found.as_array().unwrap();
        insights.extend(
            found.iter().filter(|one| seen.insert(format!("{} {}", guid(one), one["created_at"]))).map(line),
        );
        if found.len() < 100 {
            break;
        }
    }
    insights.sort();
    insights
}

fn line(insight: &Value) -> String {
    let text = |field: &str| insight[field].as_str().unwrap();
    let day = text("active_at").split('T').next().unwrap();
    format!("{day} {}: {}. {}", text("template"), text("title"), text("description"))
}

journeys! {
    async fn each_insight_is_told_when_it_should_be_and_once(world: &World) {
        begin(world).await;
        let mut seen = BTreeSet::new();
        let mut told = String::new();
        let mut day: Date = life::BEGINS;
        while day < life::ENDS {
            let month = day.first_of_month();
            while day.first_of_month() == month {
                world.advance(DAY).await;
                day = day.tomorrow().unwrap();
            }
            // No session lives for a month.
            let user = world.acme.session("user").await;
            for line in new_lines(&user, &mut seen).await {
                writeln!(told, "{line}").unwrap();
            }
        }
        if told != TOLD {
            let path = std::env::temp_dir().join("fourteen-months.txt");
            std::fs::write(&path, &told).unwrap();
            let differs = told.lines().zip(TOLD.lines()).find(|(is, was)| is != was);
            panic!("what is told differs, first {differs:?}; all of it is in {}", path.display());
        }
    }
}
