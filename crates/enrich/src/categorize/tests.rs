use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionStatus;

use super::*;
use crate::category::Category;

/// Invented lines in banks' styles with the answers that a person would give.
const LABELLED: &str = include_str!("tests/labelled.txt");

fn told(description: &str, transaction_type: TransactionType) -> FeedTransaction {
    FeedTransaction {
        id: None,
        amount: Money::from_units(125_000),
        transaction_type,
        status: TransactionStatus::Posted,
        description: description.to_owned(),
        memo: None,
        posted_at: None,
        posted_on: None,
        transacted_at: None,
        transacted_on: None,
        currency_code: None,
        check_number: None,
        kind: None,
        merchant_category_code: None,
        is_international: None,
    }
}

fn set(flags: Flags) -> String {
    let named = [
        (flags.is_expense, "expense"),
        (flags.is_income, "income"),
        (flags.is_fee, "fee"),
        (flags.is_overdraft_fee, "overdraft_fee"),
        (flags.is_subscription, "subscription"),
        (flags.is_bill_pay, "bill_pay"),
        (flags.is_direct_deposit, "direct_deposit"),
        (flags.is_payroll_advance, "payroll_advance"),
    ];
    let set: Vec<_> = named.iter().filter(|(is_set, _)| *is_set).map(|(_, name)| *name).collect();
    set.join(",")
}

#[test]
fn every_labelled_line_gets_its_description_category_and_flags() {
    let lines: Vec<_> = LABELLED.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.len() >= 120, "{} lines", lines.len());
    let mut wrong = Vec::new();
    for line in lines {
        let columns: Vec<_> = line.split('|').map(str::trim).collect();
        let [raw, direction, account, kind, code, description, category, flags] = columns[..] else {
            panic!("not eight columns: {line}");
        };
        let mut told = told(
            raw,
            match direction {
                "C" => TransactionType::Credit,
                "D" => TransactionType::Debit,
                _ => panic!("no direction: {line}"),
            },
        );
        told.kind = (!kind.is_empty()).then(|| kind.to_owned());
        told.merchant_category_code = (!code.is_empty()).then(|| code.parse().unwrap());
        let enriched = enrich(&told, AccountType::from_name(account).unwrap());
        let found = Category::from_guid(&enriched.category).unwrap().name();
        let answer = (enriched.description.as_str(), found, set(enriched.flags));
        if answer != (description, category, flags.to_owned()) {
            wrong.push(format!(
                "{line}\n    {answer:?} by {}, {}",
                enriched.described_by, enriched.categorized_by
            ));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_answer_names_its_rule() {
    let by = |description: &str, kind: Option<&str>, code| {
        let mut told = told(description, TransactionType::Debit);
        told.kind = kind.map(str::to_owned);
        told.merchant_category_code = code;
        enrich(&told, AccountType::Checking).categorized_by
    };
    assert_eq!(by("ATM FEE", Some("FEE"), None), "bank/ATM Fee");
    assert_eq!(by("7-ELEVEN", Some("ATM"), None), "kind/ATM");
    assert_eq!(by("STARBUCKS", Some("POS"), Some(5814)), "merchant/Starbucks");
    assert_eq!(by("JOES PIZZA", None, Some(5812)), "mcc");
    assert_eq!(by("JOES PIZZA", None, Some(1)), "words/PIZZA");
    assert_eq!(by("JOE", None, None), "direction");
}

#[test]
fn a_memo_stands_in_for_a_blank_description() {
    let mut told = told(" ", TransactionType::Debit);
    told.memo = Some("STARBUCKS 0423".into());
    assert_eq!(enrich(&told, AccountType::Checking).description, "Starbucks");
}

#[test]
fn what_the_feed_says_of_abroad_is_kept() {
    let mut told = told("KIOSK", TransactionType::Debit);
    assert_eq!(enrich(&told, AccountType::Checking).flags.is_international, None);
    told.is_international = Some(true);
    assert_eq!(enrich(&told, AccountType::Checking).flags.is_international, Some(true));
}
