//! OFX files and answers.

mod tree;

use std::collections::HashSet;

use riverbank_connect::ofx::write::Form;
use riverbank_connect::ofx::{Document, OfxAccount, OfxFile, read};
use riverbank_model::money::Money;

/// What is read of a file may be so many times as long as the file, in JSON. A reported tag, such as `<STMTTRN>`, has
/// a line and a sentence of its own, and an account has forty fields.
const GROWTH: usize = 128;
/// What is read of nothing may be so long.
const LEAST: usize = 16 * 1024;
/// Larger files are not written again: smaller ones show as much.
const WRITTEN_AGAIN: usize = 64 * 1024;

/// A whole file of any version and character set.
pub fn ofx_file(bytes: &[u8]) {
    let Ok(file) = read(bytes) else { return };
    check(bytes, &file);
    if let Ok(document) = Document::parse(bytes) {
        nothing_is_lost_without_a_word(&document, &file);
        if bytes.len() > WRITTEN_AGAIN {
            return;
        }
        for (version, close_tags, pretty) in
            [(102, false, false), (103, false, true), (160, true, false), (203, true, true)]
        {
            tree::is_read_as_written(Form { version, close_tags, pretty }, document.root());
        }
    }
}

/// The body of an SGML file.
pub fn ofx_sgml(bytes: &[u8]) {
    const HEADER: &[u8] =
        b"OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX>";
    ofx_file(&[HEADER, bytes].concat());
}

/// The body of an XML file.
pub fn ofx_xml(bytes: &[u8]) {
    const HEADER: &[u8] =
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><?OFX OFXHEADER=\"200\" VERSION=\"203\"?><OFX>";
    ofx_file(&[HEADER, bytes].concat());
}

fn check(bytes: &[u8], file: &OfxFile) {
    let written = serde_json::to_vec(file).expect("what was read has a form in JSON");
    assert!(written.len() <= LEAST + GROWTH * bytes.len(), "{} bytes out of {}", written.len(), bytes.len());
    assert!(file.warnings.is_sorted_by_key(|warning| warning.byte), "warnings out of order");
    assert!(file.warnings.iter().all(|warning| warning.byte <= bytes.len()), "a warning beyond the file");
    let mut ids = HashSet::new();
    for OfxAccount { account, .. } in &file.accounts {
        assert!(ids.insert(&account.id), "two accounts {:?}", account.id);
        let mut ids = HashSet::new();
        for transaction in &account.transactions {
            let amount = transaction.amount;
            assert!(amount >= Money::ZERO, "the amount {amount}");
            assert_eq!(amount.to_string().parse(), Ok(amount));
            if let Some(id) = &transaction.id {
                assert!(ids.insert(id), "two transactions {id:?}");
            }
        }
        let mut ids = HashSet::new();
        for holding in &account.holdings {
            assert!(ids.insert(&holding.id), "two positions {:?}", holding.id);
        }
    }
}

/// Every transaction is there or reported. Statements that overlap tell some twice, so that only files of one statement
/// are looked at.
fn nothing_is_lost_without_a_word(document: &Document, file: &OfxFile) {
    let count = |names: &[&str]| {
        document.root().descendants().filter(|node| names.iter().any(|name| node.is(name))).count()
    };
    if count(&["STMTRS", "CCSTMTRS", "INVSTMTRS"]) > 1 {
        return;
    }
    let begun = count(&["STMTTRN", "STMTTRNP"]);
    let read: usize = file.accounts.iter().map(|account| account.account.transactions.len()).sum();
    let lost = file.warnings.iter().filter(|warning| warning.is_loss).count();
    assert!(read + lost >= begun, "{read} read and {lost} reported of {begun}");
}
