//! Reading OFX beside the readers that others use.

mod statement;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use riverbank_connect::ofx::read;
use riverbank_testkit::server::binary;

use crate::Outcome;
use crate::processor_time::{of_program, of_work};
use crate::row::{Rounds, Row, Target};
use crate::section::{Findings, Section, Setting};
pub use statement::statement;

pub const SECTION: Section = Section {
    name: "ofx",
    about: "Reading an OFX statement",
    method: "One generated SGML 1.02 statement of one account. Like is held against like: our library from bytes to \
             values in this process against ofxtools from its `parse` to the end of its `convert` in a Python that has \
             started; and the whole of `riverbank ofx read FILE` against the whole of libofx's `ofxdump FILE`, both of \
             which print every transaction. All of them use one core, and what is counted is processor time, which \
             other work on the machine changes little. The aim is fifty times the faster of the two at 50,000 \
             transactions, so both rows have it; libofx takes the square of a statement's length, so that on the short \
             statement of a quick run there is none. The slow ones are measured once.",
    run,
};

/// What ours is to be, against the faster of the two and so against both.
const AIM: Target = Target::AtLeast(50.0);
/// Prints the processor time from the file's name to values.
const OFXTOOLS: &str = "\
import sys, time
from ofxtools.Parser import OFXTree
begun = time.process_time()
tree = OFXTree()
tree.parse(sys.argv[1])
count = len(tree.convert().statements[0].transactions)
print(time.process_time() - begun, count)
";

fn run(setting: &Setting) -> Outcome<Findings> {
    let transactions = if setting.quick { 2_000 } else { 50_000 };
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("statement.ofx");
    let text = statement(transactions);
    fs::write(&file, &text)?;
    let rate = |seconds: f64| f64::from(transactions) / seconds;

    let (mut library, mut program) = (Vec::new(), Vec::new());
    for _ in 0..setting.rounds() {
        library.push(rate(of_work(|| read_whole(text.as_bytes(), transactions))?));
        program.push(rate(of_program(|| ours(&file))?));
    }
    // Measured once, and held against each of our rounds.
    let once = |seconds: Outcome<f64>| match seconds {
        Ok(seconds) => Ok(vec![rate(seconds); setting.rounds()]),
        Err(error) => Err(error.to_string()),
    };
    let ofxtools = once(of_ofxtools(&file, transactions));
    let ofxdump = once(of_program(|| ofxdump(&file)));

    let bytes = text.len() / 1_000;
    let aim = (!setting.quick).then_some(AIM);
    let beside = |what: &str, ours: &[f64], name: &str, theirs: &Result<Vec<f64>, String>| {
        let peer = Rounds { name, figures: theirs.as_deref().map_err(String::as_str) };
        Row::beside(&format!("{what}, {transactions} transactions"), "transactions/s", ours, &peer, aim)
    };
    let rows = [
        beside("OFX to values", &library, "ofxtools", &ofxtools),
        beside("OFX to text, a process", &program, "ofxdump", &ofxdump),
    ];
    let notes = vec![format!("The statement has {bytes} kB.")];
    Ok(Findings { rows: rows.into_iter().flatten().collect(), notes, ..Findings::default() })
}

/// Reads the statement, and fails if not all of it was read.
pub fn read_whole(bytes: &[u8], transactions: u32) -> Outcome {
    let file = read(bytes)?;
    let found: usize = file.accounts.iter().map(|account| account.account.transactions.len()).sum();
    if u32::try_from(found) == Ok(transactions) {
        Ok(())
    } else {
        Err(format!("{found} of {transactions} transactions were read").into())
    }
}

fn ours(file: &Path) -> Command {
    // Whether it is there is asked before.
    let mut command = Command::new(binary().unwrap_or_else(|_| "riverbank".into()));
    command.args(["ofx", "read"]).arg(file);
    command
}

fn ofxdump(file: &Path) -> Command {
    let mut command = Command::new("ofxdump");
    command.arg(file);
    command
}

/// Seconds of processor time.
fn of_ofxtools(file: &Path, transactions: u32) -> Outcome<f64> {
    let output = Command::new(python()).args(["-c", OFXTOOLS]).arg(file).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("{}: {error}", python().display()))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let read = printed.trim().split_once(' ').filter(|(_, count)| *count == transactions.to_string());
    match read {
        Some((seconds, _)) if output.status.success() => Ok(seconds.parse()?),
        _ => Err(format!("ofxtools ended with {} and printed {printed:?}", output.status).into()),
    }
}

/// The Python of the tests' virtual environment, which has ofxtools.
fn python() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/venv/bin/python")
}
