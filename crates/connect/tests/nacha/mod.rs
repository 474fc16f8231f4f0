//! The judgement of `achlens` and `achkit` on the files that banks are sent.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use riverbank_connect::nacha::{Making, Originator, Payment, write};
use riverbank_model::money::Money;

/// What the judges find in a file; nothing in one that is right.
fn findings(file: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join("../../target/venv/bin/python");
    assert!(
        python.exists(),
        "the outside judges are not here: `cargo xtask test` installs them into target/venv"
    );
    let mut child = Command::new(python)
        .arg(root.join("tests/nacha_judge.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(file.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let (findings, errors) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr));
    assert!(errors.is_empty(), "the judges fail: {errors}");
    assert_eq!(output.status.success(), findings.trim().is_empty());
    findings.trim().to_owned()
}

/// A file of so many deposits.
fn file(count: i64) -> String {
    let originator = Originator {
        routing_number: "122105155".to_owned(),
        bank_name: "Our Bank".to_owned(),
        company_id: "1123456789".to_owned(),
        company_name: "Riverbank".to_owned(),
        settlement_account: "000777".to_owned(),
    };
    let payment = |number: i64| Payment {
        holder: format!("Zoë van der Bergh-O’Brien the {number}th"),
        account_number: format!("{number:017}"),
        routing_number: "091000019".to_owned(),
        is_savings: number % 2 == 0,
        amount: Money::from_units(number % 99 * 100 + 100),
        reference: format!("MIC-09ba578e-8448-4f7f-89e1-{number:012}"),
    };
    let payments: Vec<_> = (0..count).map(payment).collect();
    let making = Making { at: "2026-11-25T15:15:00Z".parse().unwrap(), place: 3, first: 9_000_001 };
    write(&originator.file(&making, &payments)).unwrap()
}

#[test]
fn two_outside_judges_find_nothing_in_what_banks_are_sent() {
    // Two, a block that is just full, one that is not, and as many as fit.
    for count in [2, 6, 10, 5_000] {
        let found = findings(&file(count));
        assert_eq!(found, "", "{count} deposits");
    }
}

#[test]
fn the_judges_find_what_is_wrong() {
    let right = file(2);
    let credit = right.find("0000000100").unwrap();
    let wrong = [
        right.replace("5200", "5220"),
        format!("{}0000000101{}", &right[..credit], &right[credit + 10..]),
        right.replace("091000019", "091000018"),
        right.trim_end().rsplit_once('\n').unwrap().0.to_owned(),
    ];
    for file in wrong {
        assert_ne!(findings(&file), "", "{file}");
    }
}
