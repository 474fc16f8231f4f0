//! Programs that read OFX and have nothing in common with ours: the Python package `ofxtools`, and libofx's `ofxdump`. Each
//! runs as a process of its own.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jiff::civil::{Date, DateTime};
use riverbank_model::money::Money;

/// A transaction as they read it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judged {
    /// `FITID`.
    pub id: String,
    /// The day of `DTPOSTED`.
    pub day: Date,
    /// `TRNAMT`.
    pub amount: Money,
}

/// The transactions of a file, by id, as `ofxtools` reads them.
///
/// # Panics
/// When it refuses the file.
pub fn read_by_ofxtools(file: &[u8]) -> Vec<Judged> {
    let told = text(ofxtools(&["tell"], file));
    sorted(told.lines().map(|line| {
        let mut words = line.split(' ');
        let mut next = || words.next().unwrap_or_default();
        Judged { id: next().to_owned(), day: parsed(next()), amount: parsed(next()) }
    }))
}

/// The transactions of a file, by id, as libofx reads them.
///
/// # Panics
/// When it tells of one that has no id, day or amount.
pub fn read_by_libofx(file: &[u8]) -> Vec<Judged> {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("ledger.ofx");
    std::fs::write(&path, file).expect("a file");
    // It ends badly whatever it has read: what it prints counts.
    let told = Command::new("ofxdump").arg(path).output().expect("ofxdump, of Debian's package ofx");
    let told = text(told.stdout);
    sorted(told.split("ofx_proc_transaction():").skip(1).map(|block| {
        let value = |label: &str| {
            let found = block.lines().find_map(|line| line.trim().strip_prefix(label));
            found.unwrap_or_else(|| panic!("no {label:?} in {block}")).trim()
        };
        let at = value("Date posted:").trim_end_matches(" UTC");
        let at = DateTime::strptime("%a %b %d %H:%M:%S %Y", at).expect("a date");
        let id = value("Financial institution's ID for this transaction:").to_owned();
        Judged { id, day: at.date(), amount: parsed(value("Total money amount:")) }
    }))
}

/// Runs the script of `ofxtools` with these words and this input, and gives what it prints.
///
/// # Panics
/// When it refuses; with what it says.
pub fn ofxtools(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ofx_judges/ofxtools_bank.py");
    let mut child = Command::new(python())
        .arg(script)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python starts");
    // One that refuses does not read to the end.
    let _ = child.stdin.take().expect("its input").write_all(input);
    let Output { status, stdout, stderr } = child.wait_with_output().expect("its output");
    let (said, input) = (String::from_utf8_lossy(&stderr), String::from_utf8_lossy(input));
    assert!(status.success(), "ofxtools refuses {arguments:?}: {said}\n{input}");
    stdout
}

/// The Python that has `ofxtools`.
fn python() -> PathBuf {
    if let Some(python) = std::env::var_os("RIVERBANK_OFXTOOLS_PYTHON") {
        return python.into();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let python = root.join("target/venv/bin/python");
    assert!(
        python.exists(),
        "ofxtools is not here. In the root of the repository: python3 -m venv target/venv && target/venv/bin/pip install ofxtools"
    );
    python
}

fn sorted(transactions: impl Iterator<Item = Judged>) -> Vec<Judged> {
    let mut transactions: Vec<_> = transactions.collect();
    transactions.sort();
    transactions
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{text:?}: {error:?}"))
}
