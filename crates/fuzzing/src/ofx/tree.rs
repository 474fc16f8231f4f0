//! The tree of a file, written and read again.

use encoding_rs::WINDOWS_1252;
use riverbank_connect::ofx::Document;
use riverbank_connect::ofx::document::Node;
use riverbank_connect::ofx::write::{Aggregate, Form, write};

/// Aggregates that are written.
const AGGREGATES: [&str; 34] = [
    "SIGNONMSGSRSV1",
    "SONRS",
    "STATUS",
    "FI",
    "BANKMSGSRSV1",
    "STMTTRNRS",
    "STMTRS",
    "BANKACCTFROM",
    "BANKTRANLIST",
    "STMTTRN",
    "STMTTRNP",
    "PAYEE",
    "LEDGERBAL",
    "AVAILBAL",
    "CREDITCARDMSGSRSV1",
    "CCSTMTTRNRS",
    "CCSTMTRS",
    "CCACCTFROM",
    "INVSTMTMSGSRSV1",
    "INVSTMTTRNRS",
    "INVSTMTRS",
    "INVACCTFROM",
    "INVTRANLIST",
    "BUYSTOCK",
    "INVBUY",
    "INVTRAN",
    "SECID",
    "INVPOSLIST",
    "POSSTOCK",
    "INVPOS",
    "SECLIST",
    "SECINFO",
    "ACCTINFO",
    "BANKACCTINFO",
];

/// Values that are written.
const VALUES: [&str; 28] = [
    "CODE",
    "SEVERITY",
    "MESSAGE",
    "DTSERVER",
    "LANGUAGE",
    "ORG",
    "FID",
    "TRNUID",
    "CURDEF",
    "BANKID",
    "BROKERID",
    "ACCTID",
    "ACCTTYPE",
    "DTSTART",
    "DTEND",
    "TRNTYPE",
    "DTPOSTED",
    "TRNAMT",
    "FITID",
    "NAME",
    "MEMO",
    "BALAMT",
    "DTASOF",
    "UNITS",
    "UNITPRICE",
    "TOTAL",
    "UNIQUEID",
    "DESC",
];

fn known(names: &[&'static str], node: Node<'_>) -> Option<&'static str> {
    names.iter().copied().find(|name| node.is(name))
}

/// What of the tree can be written: known aggregates, and known values with text.
fn writable(node: Node<'_>, name: &str) -> Aggregate {
    node.children().fold(Aggregate::new(name), |aggregate, child| {
        if let Some(name) = known(&AGGREGATES, child) {
            return aggregate.with(writable(child, name));
        }
        match (known(&VALUES, child), child.text()) {
            (Some(name), Some(text)) => aggregate.value(name, text),
            _ => aggregate,
        }
    })
}

/// The same tree as text: `NAME=value` and `NAME(...)`.
fn shape(node: Node<'_>, name: &str, shown: &mut String) {
    shown.extend([name, "("]);
    for child in node.children() {
        if let Some(name) = known(&AGGREGATES, child) {
            shape(child, name, shown);
        } else if let (Some(name), Some(text)) = (known(&VALUES, child), child.text()) {
            shown.extend([name, "=", &text, "\n"]);
        }
    }
    shown.push(')');
}

/// Text whose bytes in windows-1252 happen to be UTF-8 is read as that: the reader believes what it sees, since banks
/// name their character sets wrongly.
fn reads_as_itself(form: Form, text: &str) -> bool {
    form.is_xml()
        || text.split(['\n', '=']).all(|value| {
            let (bytes, _, _) = WINDOWS_1252.encode(value);
            bytes.is_ascii() || std::str::from_utf8(&bytes).is_err()
        })
}

/// What is written is read back as it was.
pub(super) fn is_read_as_written(form: Form, root: Node<'_>) {
    let mut expected = String::new();
    shape(root, "OFX", &mut expected);
    if !reads_as_itself(form, &expected) {
        return;
    }
    let bytes = write(form, "uid", &writable(root, "OFX"));
    let document = Document::parse(&bytes).expect("what is written is OFX");
    assert!(document.is_whole(), "what is written is whole");
    assert_eq!(document.header().version, Some(form.version.to_string()));
    let mut read = String::new();
    shape(document.root(), "OFX", &mut read);
    assert_eq!(read, expected, "{form:?}: {}", String::from_utf8_lossy(&bytes));
}
