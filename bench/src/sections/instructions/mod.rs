//! Instructions of the paths that are walked most. They are nearly the same at every run and on every machine of a kind,
//! however busy it is, so that a slow-down of a few percent shows.

mod callgrind;
mod paths;

use std::process::Command;

use crate::Outcome;
use crate::figures::Figures;
use crate::row::{Peer, Rounds, Row, Target};
use crate::section::{Findings, Section, Setting};
use crate::sections::ofx::statement;
use callgrind::Callgrind;

pub const SECTION: Section = Section {
    name: "instructions",
    about: "Instructions of the hot paths",
    method: "Counted by valgrind's callgrind, all of the server's threads together. A server on SQLite with one worker \
             thread of the runtime answers the same request on one connection, one after the other, first some to warm \
             up, then N, then 2 N; what the second batch took more than the first is that of N requests, so that what \
             runs besides drops out. The OFX reader is counted alike, over two statements. The wiping \
             of freed memory counts one instruction for each byte of a large block, which a processor does not take. \
             `beside` is what was last committed; more than 2 % above it is a slow-down.",
    run,
};

/// The same work takes the same instructions to within this.
const AIM: Target = Target::AtMost(1.02);
const UNIT: &str = "instructions";

fn run(setting: &Setting) -> Outcome<Findings> {
    let committed = committed()?;
    let mut rows = Vec::new();
    for (what, instructions) in paths::counted(setting)?.into_iter().chain([ofx(setting)?]) {
        let before = committed.iter().find(|row| row.what == what).map(|row| row.ours.median);
        let row = match before {
            Some(before) => {
                let peer = Rounds { name: "committed", figures: Ok(&[before]) };
                Row::beside(&what, UNIT, &[instructions], &peer, Some(AIM))
            }
            None => Row::alone(&what, UNIT, &[instructions]),
        };
        rows.extend(row);
    }
    let notes = vec![table(&rows)];
    println!("{}", notes[0]);
    Ok(Findings { rows, notes, ..Findings::default() })
}

/// The rows of the last commit; none where there is no repository, or none in it.
fn committed() -> Outcome<Vec<Row>> {
    let shown = Command::new("git")
        .args(["show", "HEAD:./docs/benchmarks/figures.json"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output();
    match shown {
        Ok(shown) if shown.status.success() => {
            let figures: Figures = serde_json::from_slice(&shown.stdout)?;
            Ok(figures.of(SECTION.name).map(|findings| findings.rows).unwrap_or_default())
        }
        _ => Ok(Vec::new()),
    }
}

/// Instructions for each transaction of an OFX statement, from bytes to values.
fn ofx(setting: &Setting) -> Outcome<(String, f64)> {
    let few = u32::try_from(setting.size(5_000, 500))?;
    let folder = tempfile::tempdir()?;
    let count = |transactions: u32| {
        let file = folder.path().join("statement.ofx");
        std::fs::write(&file, statement(transactions))?;
        Callgrind::in_folder(folder.path()).of_program(&[
            std::env::current_exe()?.as_os_str(),
            "read-statement".as_ref(),
            transactions.to_string().as_ref(),
            file.as_os_str(),
        ])
    };
    let (first, second) = (count(few)?, count(2 * few)?);
    Ok(("a transaction of an OFX statement".to_owned(), difference(first, second, few)))
}

/// What each of `count` took, when the second batch was twice the first.
fn difference(first: u64, second: u64, count: u32) -> f64 {
    let instructions = second.saturating_sub(first) / u64::from(count.max(1));
    u32::try_from(instructions).map_or(f64::INFINITY, f64::from)
}

/// The change since the last commit, as Markdown.
fn table(rows: &[Row]) -> String {
    let mut table =
        "| instructions per request | now | committed | change |\n| --- | --- | --- | --- |\n".to_owned();
    for row in rows {
        let (before, change) = match (&row.peer, row.ratio) {
            (Peer::Measured { figure, .. }, Some(ratio)) => {
                (crate::table::number(figure.median), format!("{:+.1} %", (ratio.median - 1.0) * 100.0))
            }
            _ => (String::new(), String::new()),
        };
        let now = crate::table::number(row.ours.median);
        table.extend(["| ", &row.what, " | ", &now, " | ", &before, " | ", &change, " |\n"]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_shows_the_change_in_percent_where_there_is_something_to_compare_with() {
        let peer = Rounds { name: "committed", figures: Ok(&[200_000.0]) };
        let rows = [
            Row::beside("a read", UNIT, &[190_000.0], &peer, Some(AIM)).unwrap(),
            Row::alone("a write", UNIT, &[1_000.0]).unwrap(),
        ];
        let table = table(&rows);
        assert!(table.contains("| a read | 190,000 | 200,000 | -5.0 % |\n"), "{table}");
        assert!(table.contains("| a write | 1,000 |  |  |\n"), "{table}");
    }

    #[test]
    fn what_both_batches_took_besides_drops_out() {
        assert!((difference(1_000 + 70 * 10, 1_000 + 70 * 20, 10) - 70.0).abs() < f64::EPSILON);
    }
}
