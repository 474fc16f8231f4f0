//! Every quirk has a fixture of its own, and every fixture its row: what a person reads in the file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use riverbank_model::account::AccountSubtype;
use riverbank_model::transaction::TransactionStatus;

use super::summary::summary;
use super::*;

pub(super) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/ofx")
}

fn fixture(name: &str) -> OfxFile {
    let path = fixtures().join(format!("{name}.ofx"));
    read(&std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).unwrap()
}

fn descriptions(file: &OfxFile) -> Vec<&str> {
    file.accounts
        .iter()
        .flat_map(|account| &account.account.transactions)
        .map(|transaction| transaction.description.as_str())
        .collect()
}

/// The two transactions that most fixtures hold.
const TWO: &str =
    "CHECKING 1234 EUR 1204.55/1180.05 positions 0 of -, transactions 2 of 1875.5, 2026-02-03..2026-02-25";
const TWO_WITHOUT_AVAILABLE: &str =
    "CHECKING 1234 EUR 1204.55/- positions 0 of -, transactions 2 of 1875.5, 2026-02-03..2026-02-25";

#[test]
fn each_quirk_is_read_as_a_person_reads_it() {
    let rows: &[(&str, &[&str], usize)] = &[
        ("plain-sgml", &[TWO], 0),
        ("plain-xml", &[TWO], 0),
        ("xml-with-unclosed-values", &[TWO], 0),
        ("header-missing", &[TWO], 0),
        ("header-on-one-line", &[TWO], 0),
        ("header-after-blank-lines", &[TWO], 0),
        ("everything-on-one-line", &[TWO], 0),
        ("aggregates-left-open", &[TWO], 0),
        ("dates-day-month-year", &[TWO], 0),
        ("dates-with-zones", &[TWO], 0),
        ("amounts-with-decimal-comma", &[TWO_WITHOUT_AVAILABLE], 0),
        ("amounts-with-signs-and-currency", &[TWO_WITHOUT_AVAILABLE], 0),
        ("charset-latin-under-usascii", &[TWO], 0),
        ("charset-utf-8-under-1252", &[TWO], 0),
        ("charset-utf-8-with-mark", &[TWO], 0),
        ("charset-utf-16", &[TWO], 0),
        ("charset-unknown", &[TWO], 1),
        ("entities-and-bare-ampersands", &[TWO], 0),
        ("tags-outside-the-specification", &[TWO], 0),
        (
            "mixed-case",
            &[
                "SAVINGS 1234 EUR 1204.55/1180.05 positions 0 of -, transactions 2 of 1875.5, 2026-02-03..2026-02-25",
            ],
            0,
        ),
        (
            "cut-off-in-a-transaction",
            &["CHECKING 1234 EUR -/- positions 0 of -, transactions 1 of -24.5, 2026-02-03..2026-02-03"],
            2,
        ),
        (
            "dates-missing",
            &["CHECKING 1234 EUR 1204.55/1180.05 positions 0 of -, transactions 3 of -7, -..-"],
            4,
        ),
        ("amount-unreadable", &[TWO], 3),
        (
            "empty-values",
            &["ANY 1234 - -/- positions 0 of -, transactions 1 of -24.5, 2026-02-03..2026-02-03"],
            0,
        ),
        (
            "ids-that-repeat",
            &[
                "CHECKING 1234 EUR 1204.55/1180.05 positions 0 of -, transactions 3 of -8, 2026-02-04..2026-02-05",
            ],
            0,
        ),
        (
            "payee-instead-of-name",
            &[
                "CHECKING 1234 EUR 1204.55/1180.05 positions 0 of -, transactions 1 of -24.5, 2026-02-03..2026-02-03",
            ],
            0,
        ),
        (
            "pending",
            &[
                "CHECKING 1234 EUR 1204.55/1180.05 positions 0 of -, transactions 2 of -36.5, 2026-02-03..2026-03-01",
            ],
            0,
        ),
        (
            "several-statements",
            &[
                TWO,
                "SAVINGS 9876 EUR 88.1/1180.05 positions 0 of -, transactions 0 of 0, -..-",
                "LINE_OF_CREDIT 4321 EUR 500/1180.05 positions 0 of -, transactions 0 of 0, -..-",
                "CREDIT_CARD 7766 USD 310.2/4689.8 positions 0 of -, transactions 1 of -24.5, 2026-02-03..2026-02-03",
            ],
            0,
        ),
        (
            "overlapping-statements",
            &[
                "CHECKING 1234 EUR 1204.55/1180.05 positions 0 of -, transactions 3 of 1815.5, 2026-02-03..2026-03-02",
            ],
            0,
        ),
        (
            "transaction-outside-a-statement",
            &[
                "CHECKING 1234 EUR 1204.55/1180.05 positions 0 of -, transactions 1 of -24.5, 2026-02-03..2026-02-03",
            ],
            1,
        ),
        (
            "account-list",
            &[
                "CHECKING 1234 - -/- positions 0 of -, transactions 0 of 0, -..-",
                "CREDIT_CARD 7766 - -/- positions 0 of -, transactions 0 of 0, -..-",
                "INVESTMENT R-77 - -/- positions 0 of -, transactions 0 of 0, -..-",
            ],
            1,
        ),
        (
            "investment",
            &[
                "INVESTMENT R-77 USD 652.99/- positions 2 of 202.99, transactions 7 of -148.45, 2026-02-03..2026-02-14",
            ],
            0,
        ),
        ("sign-on-refused", &[], 0),
        ("questions", &[], 0),
    ];
    for (name, accounts, warnings) in rows {
        let file = fixture(name);
        let mut expected = accounts.join("\n");
        if !expected.is_empty() {
            expected.push('\n');
        }
        write!(expected, "warnings {warnings}").unwrap();
        assert_eq!(summary(&file), expected, "{name}: {:#?}", file.warnings);
    }
    let on_disk = std::fs::read_dir(fixtures()).unwrap().count();
    assert_eq!(on_disk, rows.len(), "every fixture has its row");
}

#[test]
fn text_is_right_in_every_charset() {
    for (name, expected) in [
        ("plain-xml", "HARBOUR CAFÉ & BAKERY"),
        ("charset-latin-under-usascii", "BOULANGERIE GÉNÉRALE € 5"),
        ("charset-utf-8-under-1252", "PEKÁRNA NÁBŘEŽÍ"),
        ("charset-utf-8-with-mark", "PEKÁRNA NÁBŘEŽÍ"),
        ("charset-utf-16", "ПЕКАРНЯ"),
        ("charset-unknown", "CAFÉ"),
        ("entities-and-bare-ampersands", "CAFé & BAR R&D 1 < 2"),
    ] {
        assert_eq!(descriptions(&fixture(name))[0], expected, "{name}");
    }
    let file = fixture("entities-and-bare-ampersands");
    assert_eq!(file.accounts[0].account.transactions[0].memo.as_deref(), Some("A & <B>"));
}

#[test]
fn a_transaction_that_cannot_be_read_is_reported_with_its_place_and_fields() {
    let file = fixture("amount-unreadable");
    let lost: Vec<_> = file.warnings.iter().filter(|warning| warning.is_loss).collect();
    assert_eq!(lost.len(), 2);
    let bytes = std::fs::read(fixtures().join("amount-unreadable.ofx")).unwrap();
    for warning in &lost {
        assert!(bytes[warning.byte..].starts_with(b"<STMTTRN>"));
        let before = String::from_utf8_lossy(&bytes[..warning.byte]);
        assert_eq!(warning.line, before.matches('\n').count() + 1);
    }
    assert_eq!(
        lost[0].fields,
        [
            ("TRNTYPE", "DEBIT"),
            ("DTPOSTED", "20260204"),
            ("TRNAMT", "see memo"),
            ("FITID", "U1"),
            ("NAME", "FERRY TOLL"),
            ("MEMO", "7.20"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    assert_eq!(
        file.accounts[0].account.transactions_from, None,
        "the statement does not tell every transaction"
    );
}

#[test]
fn a_statement_tells_from_which_day_on_it_is_complete() {
    let from = |name| fixture(name).accounts[0].account.transactions_from;
    assert_eq!(from("plain-sgml"), Some(jiff::civil::date(2026, 2, 1)));
    assert_eq!(from("overlapping-statements"), Some(jiff::civil::date(2026, 2, 1)));
    assert_eq!(from("account-list"), None);
}

#[test]
fn ids_that_repeat_are_kept_and_told_apart_and_the_oldest_keeps_its_own() {
    let file = fixture("ids-that-repeat");
    let ids: Vec<_> = file.accounts[0]
        .account
        .transactions
        .iter()
        .map(|transaction| (transaction.description.as_str(), transaction.id.as_deref().unwrap()))
        .collect();
    assert_eq!(ids, [("FEE B", "FEE#2026-02-05"), ("FEE A", "FEE"), ("FEE B", "FEE#2026-02-05#2")]);
}

#[test]
fn details_of_a_transaction_are_kept() {
    let file = fixture("payee-instead-of-name");
    let transaction = &file.accounts[0].account.transactions[0];
    assert_eq!(transaction.description, "HARBOUR BAKERY");
    assert_eq!(transaction.memo.as_deref(), Some("CARD 0042"));
    assert_eq!(transaction.merchant_category_code, Some(5462));
    assert_eq!(transaction.is_international, Some(true));
    assert_eq!(transaction.currency_code, None, "the amount has been converted");
    let file = fixture("tags-outside-the-specification");
    assert_eq!(file.accounts[0].account.transactions[0].check_number.as_deref(), Some("0417"));
    let file = fixture("mixed-case");
    assert_eq!(file.accounts[0].account.transactions[0].kind.as_deref(), Some("DEBIT"));
    let file = fixture("dates-with-zones");
    let transaction = &file.accounts[0].account.transactions[0];
    assert_eq!(transaction.posted_on, Some(jiff::civil::date(2026, 2, 3)));
    assert_eq!(transaction.posted_at.unwrap().to_string(), "2026-02-04T04:30:00Z");
    let file = fixture("pending");
    assert_eq!(file.accounts[0].account.transactions[1].status, TransactionStatus::Pending);
}

#[test]
fn an_account_list_tells_names_kinds_and_what_may_be_asked() {
    let file = fixture("account-list");
    let rows: Vec<_> = file
        .accounts
        .iter()
        .map(|account| {
            (
                account.account.id.as_str(),
                account.account.facts.name.as_str(),
                account.account.facts.account_subtype.map(AccountSubtype::name),
                account.can_download,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("bank:071000013:5550001234:CHECKING", "Everyday account", None, Some(true)),
            ("card:4000000000007766", "Credit card 7766", None, Some(false)),
            ("investment:millrace.example:R-77", "Roth", Some("ROTH_IRA"), Some(true)),
        ]
    );
    assert_eq!(file.accounts[0].account.facts.routing_number.as_deref(), Some("071000013"));
    let names: Vec<Vec<_>> = file
        .accounts
        .iter()
        .map(|account| {
            account.account.owners.iter().filter_map(|owner| owner.owner_name.as_deref()).collect()
        })
        .collect();
    assert_eq!(names, [vec!["Ana M. Ruiz", "Leo Ruiz"], vec![], vec!["Ana M. Ruiz"]]);
    let first = &file.accounts[0].account.owners[0];
    assert_eq!(first.split_name(), (Some("Ana M."), Some("Ruiz")));
    assert_eq!(first.address.as_deref(), Some("12 Mill Lane, Flat 3"));
    assert_eq!(first.phone.as_deref(), Some("801-555-0101"));
    assert!(file.warnings[0].message.contains("LOANACCTINFO"));
}

#[test]
fn investment_transactions_and_positions_are_read() {
    let file = fixture("investment");
    let account = &file.accounts[0].account;
    let rows: Vec<_> = account
        .transactions
        .iter()
        .map(|transaction| {
            format!(
                "{} {} {} {}",
                transaction.kind.as_deref().unwrap(),
                transaction.transaction_type.name(),
                transaction.amount,
                transaction.description
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "BUYSTOCK DEBIT 259.95 Lock & Weir Holdings",
            "SELLSTOCK CREDIT 51 Lock & Weir Holdings",
            "DIV CREDIT 4.2 Lock & Weir Holdings",
            "REINVEST DEBIT 4.2 Lock & Weir Holdings",
            "TRANSFER DEBIT 39.5 Lock & Weir Holdings",
            "SPLIT CREDIT 0 Lock & Weir Holdings",
            "DEP CREDIT 100 DEPOSIT",
        ]
    );
    let holding = &account.holdings[0];
    assert_eq!(holding.symbol.as_deref(), Some("LOCK"));
    assert_eq!(holding.cusip.as_deref(), Some("900000010"));
    assert_eq!(holding.cost_basis.unwrap().to_string(), "169.83");
    assert_eq!(account.holdings[1].id, "900000010#2");
    assert_eq!(account.facts.cash_balance.unwrap().to_string(), "500");
}

#[test]
fn refusals_and_questions_are_read() {
    let refused = fixture("sign-on-refused").sign_on.unwrap();
    assert_eq!(
        refused.status,
        Some(Status { code: 15500, is_error: true, message: Some("Wrong password".to_owned()) })
    );
    let asked = fixture("questions");
    assert_eq!(asked.sign_on.unwrap().status.unwrap().code, 3000);
    let labels: Vec<_> =
        asked.questions.iter().map(|question| (question.id.as_str(), question.label.as_deref())).collect();
    assert_eq!(labels, [("BOAT", Some("Name of your first boat?")), ("MFA5", None)]);
}

#[test]
fn the_json_form_has_exact_numbers() {
    let json = serde_json::to_value(fixture("plain-sgml")).unwrap();
    assert_eq!(json["accounts"][0]["facts"]["balance"].to_string(), "1204.55");
    assert_eq!(json["accounts"][0]["transactions"][0]["amount"].to_string(), "24.5");
    assert_eq!(json["accounts"][0]["transactions"][0]["transaction_type"], "DEBIT");
}
