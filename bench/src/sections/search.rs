//! Searching for an institution.

use std::fmt::Write as _;

use serde_json::json;

use super::member::Members;
use crate::Outcome;
use crate::load::{Call, Load};
use crate::row::{Row, Target};
use crate::section::{Findings, Section, Setting};
use crate::turns::{Competitor, in_turns};

pub const SECTION: Section = Section {
    name: "search",
    about: "Searching for an institution",
    method: "`POST /institutions/search` among 30,000 institutions with made-up names of three words, 16 connections; \
             asked in turns for a word that a sixteenth of them have, for a beginning, for the inside of a word, for a \
             whole name and for what none is called. Beside it, in turns, `GET /members/{guid}` of the same server.",
    run,
};

const FIRST: [&str; 16] = [
    "First",
    "United",
    "Citizens",
    "Farmers",
    "Peoples",
    "Community",
    "Heritage",
    "Pioneer",
    "Liberty",
    "Summit",
    "Granite",
    "Prairie",
    "Coastal",
    "Valley",
    "Northern",
    "Southern",
];
const SECOND: [&str; 16] = [
    "Harbor", "River", "Mountain", "Lake", "Oak", "Maple", "Cedar", "Falcon", "Eagle", "Bridge", "Mill",
    "Garden", "Spring", "Stone", "Meadow", "Canyon",
];
const THIRD: [&str; 8] =
    ["Bank", "Credit Union", "Savings", "Trust", "Federal Bank", "Financial", "State Bank", "Cooperative"];
const TERMS: [&str; 5] = ["harbor", "uni", "ranit", "Pioneer Oak Trust 42", "zzzz"];

fn run(setting: &Setting) -> Outcome<Findings> {
    let institutions = setting.size(30_000, 3_000);
    let members = Members::start(setting)?;
    let server = &members.world.server;
    std::fs::write(server.directory().join("catalogue.toml"), catalogue(institutions))?;
    server.run(&["institutions", "load", "catalogue.toml"])?;
    let calls = TERMS.map(|term| {
        let body = json!({"institution": {"name": term}}).to_string();
        Call::post("/institutions/search", &members.session, body)
    });
    let reading = members.load(setting, server.base_url());
    let searching = Load { calls: calls.to_vec(), ..reading.clone() };
    let results = in_turns(
        setting.rounds(),
        vec![Competitor::under("Riverbank", searching), Competitor::under("GET /members/{guid}", reading)],
    );
    let [search, read] = results.as_slice() else { return Err("a competitor too few".into()) };
    let rows = [
        Row::beside(
            &format!("POST /institutions/search among {institutions}, p99"),
            "ms",
            search.p99s().ours()?,
            &read.p99s().rounds(),
            Some(Target::AtMost(5.0)),
        ),
        Row::alone("POST /institutions/search, rate", "requests/s", search.rates().ours()?),
    ];
    Ok(Findings { rows: rows.into_iter().flatten().collect(), ..Findings::default() })
}

/// A file of so many institutions.
fn catalogue(institutions: u64) -> String {
    let mut file = String::new();
    let mut names = (1..).flat_map(|round| {
        FIRST.iter().flat_map(move |first| {
            SECOND.iter().flat_map(move |second| {
                THIRD.iter().map(move |third| format!("{first} {second} {third} {round}"))
            })
        })
    });
    for number in 0..institutions {
        let name = names.next().unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(
            file,
            "[[institution]]\ncode = \"bench_{number}\"\nname = \"{name}\"\nurl = \"https://www.bank{number}.example\"\n\
             popularity = {}\nconnector = \"script\"\n\n[[institution.credential]]\nfield_name = \"LOGIN\"\n\
             label = \"Login\"\ntype = \"LOGIN\"\n\n[[institution.script.login]]\nsteps = []\n",
            number % 1_000
        );
    }
    file
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn institutions_have_names_of_their_own() {
        let file = catalogue(5_000);
        let names: HashSet<_> = file.lines().filter(|line| line.starts_with("name = ")).collect();
        assert_eq!(names.len(), 5_000);
    }
}
