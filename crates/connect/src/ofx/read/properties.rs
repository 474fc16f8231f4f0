//! What holds for any bytes, and for any fixture that is cut or garbled.

use std::path::PathBuf;

use proptest::prelude::*;

use super::tests::fixtures;
use super::*;

/// A fixture, to be cut and garbled; not the one of which a transaction that is told twice is rightly dropped.
fn any_fixture() -> impl Strategy<Value = Vec<u8>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("overlapping-statements.ofx"))
        .collect();
    files.sort();
    prop::sample::select(files).prop_map(|path| std::fs::read(path).unwrap())
}

/// How many transactions a document begins.
fn begun(bytes: &[u8]) -> usize {
    Document::parse(bytes).map_or(0, |document| {
        document
            .root()
            .descendants()
            .filter(|node| transaction::is_one(*node) || investment_transaction::is_one(*node))
            .count()
    })
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes);
        let _ = read(&[b"<OFX>", bytes.as_slice()].concat());
    }

    #[test]
    fn any_tags_are_read(names in prop::collection::vec(
        "</?(OFX|STMTRS|STMTTRN|INVSTMTRS|INVPOS|SECID|BANKTRANLIST|TRNAMT|X|CCSTMTRS|STATUS)>(1|)", 0..60,
    )) {
        let _ = read(["<OFX>", &names.concat()].concat().as_bytes());
    }

    #[test]
    fn a_garbled_document_loses_no_transaction_silently(
        mut bytes in any_fixture(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        for (index, byte) in changes {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(file) = read(&bytes) {
            let read: usize = file.accounts.iter().map(|account| account.account.transactions.len()).sum();
            let reported = file.warnings.iter().filter(|warning| warning.is_loss).count();
            prop_assert!(read + reported >= begun(&bytes), "{read} + {reported} of {}", begun(&bytes));
        }
    }
}
