//! Real banks' files, which do not lie in this repository, compared with what a person reads in them. They are looked
//! for where `RIVERBANK_OFX_SAMPLES` says, else beside the checkout.

use std::path::{Path, PathBuf};

use super::summary::summary;
use super::*;

/// What a person reads: the file, its accounts in the short form, the number of warnings.
const FILES: &[(&str, &[&str], usize)] = &[
    ("bankfile/chase--blank-line-before-header-none-after.qfx", &[ONE], 0),
    ("bankfile/etrade--charset-none-with-encoding-usascii.ofx", &[ONE], 0),
    ("bankfile/hsbc-brasil--dtstart-ddmmyy.ofx", &[ONE], 0),
    (
        "bankfile/unnamed-bank--amount-comma-decimal.ofx",
        &["CHECKING 3456 USD 2000/90 positions 0 of -, transactions 1 of -2000, 2026-01-15..2026-01-15"],
        0,
    ),
    ("bankfile/unnamed-bank--character-outside-latin1.ofx", &[ONE], 0),
    ("bankfile/unnamed-bank--chknum-instead-of-checknum.ofx", &[ONE], 0),
    ("bankfile/unnamed-bank--mixed-case-trntype.ofx", &[ONE], 0),
    ("bankfile/unnamed-bank--xml-declaration-ofx-2.ofx", &[ONE], 0),
    ("bankfile/wells-fargo--header-on-one-line.qfx", &[ONE], 0),
    (
        "ofxparse/account_listing_aggregation.ofx",
        &[
            "SAVINGS 0001 - -/- positions 0 of -, transactions 0 of 0, -..-",
            "CHECKING 0002 - -/- positions 0 of -, transactions 0 of 0, -..-",
            "LINE_OF_CREDIT 0003 - -/- positions 0 of -, transactions 0 of 0, -..-",
            "CREDIT_CARD 1111 - -/- positions 0 of -, transactions 0 of 0, -..-",
        ],
        0,
    ),
    (
        "ofxparse/anzcc.ofx",
        &[
            "CREDIT_CARD 1234 AUD 123.45/123.45 positions 0 of -, transactions 1 of -5.5, 2017-05-08..2017-05-08",
        ],
        0,
    ),
    (
        "ofxparse/bank_medium.ofx",
        &[
            "CHECKING 5678 CAD 382.34/682.34 positions 0 of -, transactions 3 of -345.27, 2009-04-01..2009-04-03",
        ],
        0,
    ),
    (
        "ofxparse/checking.ofx",
        &["CHECKING 87~7 USD 100.99/75.99 positions 0 of -, transactions 3 of -59.5, 2011-03-31..2011-04-07"],
        0,
    ),
    // Three transactions: without a date, with an empty one, and on 31 February.
    (
        "ofxparse/date_missing.ofx",
        &["CHECKING 9749 USD 0/- positions 0 of -, transactions 3 of 320, -..-"],
        4,
    ),
    (
        "ofxparse/fidelity-savings.ofx",
        &["INVESTMENT 0001 USD -/- positions 0 of -, transactions 4 of -1778.3952, 2012-07-20..2012-07-27"],
        0,
    ),
    // 32,993.78 is 14,919.80 in positions and 18,073.98 in cash.
    (
        "ofxparse/fidelity.ofx",
        &[
            "INVESTMENT 7890 USD 32993.78/- positions 6 of 14919.8, transactions 17 of -10526.67, 2012-07-20..2012-09-01",
        ],
        0,
    ),
    (
        "ofxparse/investment_401k.ofx",
        &[
            "INVESTMENT 6-01 USD 1000/- positions 3 of 792.29, transactions 3 of -197.2, 2014-06-17..2014-06-30",
        ],
        0,
    ),
    (
        "ofxparse/multiple_accounts.ofx",
        &[
            "CHECKING 9100 USD 111/- positions 0 of -, transactions 0 of 0, -..-",
            "SAVINGS 9200 USD 222/- positions 0 of -, transactions 0 of 0, -..-",
        ],
        0,
    ),
    (
        "ofxparse/ofx-v102-empty-tags.ofx",
        &["ANY 5678 - -/- positions 0 of -, transactions 1 of 12.34, 2018-05-07..2018-05-07"],
        0,
    ),
    ("ofxparse/signon_fail.ofx", &[], 0),
    ("ofxparse/signon_success.ofx", &[], 0),
    (
        "ofxparse/tiaacref.ofx",
        &[
            "INVESTMENT C333 USD 4899.3583/- positions 6 of 4899.3583, transactions 1 of 0, 2017-03-07..2017-03-07",
        ],
        0,
    ),
];

/// The account that most of the deviations stand in.
const ONE: &str = "CHECKING 3456 USD 90/90 positions 0 of -, transactions 1 of -10, 2026-01-15..2026-01-15";

/// Where the files are, if they are on this machine.
fn folder() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("RIVERBANK_OFX_SAMPLES") {
        return Some(folder.into());
    }
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ofx");
    beside.exists().then_some(beside)
}

#[test]
#[expect(clippy::print_stderr, reason = "says that the files are not on this machine")]
fn real_files_are_read_as_a_person_reads_them() {
    let Some(folder) = folder() else {
        eprintln!(
            "the real banks' files are not here; the fixtures of this repository cover each of their quirks"
        );
        return;
    };
    for (name, accounts, warnings) in FILES {
        let path = folder.join(name);
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file = read(&bytes).unwrap();
        let mut expected = accounts.join("\n");
        if !expected.is_empty() {
            expected.push('\n');
        }
        assert_eq!(summary(&file), format!("{expected}warnings {warnings}"), "{name}: {:#?}", file.warnings);
    }
    let mut on_disk = 0;
    for entry in ["bankfile", "ofxparse"].map(|part| std::fs::read_dir(folder.join(part)).unwrap()) {
        on_disk += entry.filter(|entry| entry.as_ref().unwrap().file_name() != "LICENSE").count();
    }
    assert_eq!(on_disk, FILES.len(), "every file has its row");
}
