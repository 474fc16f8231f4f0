use riverbank_model::guid::{Guid, TransactionRuleGuid};

use super::*;
use crate::category::Category;

/// Invented lines in banks' styles with the answers that a person would give.
const LABELLED: &str = include_str!("tests/labelled.txt");

fn told(description: &str, transaction_type: TransactionType) -> FeedTransaction {
    crate::quality::told(description, transaction_type == TransactionType::Credit)
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
        let enriched = Catalogue::shipped().enrich(&told, AccountType::from_name(account).unwrap(), &[]);
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
fn each_answer_names_its_evidence() {
    let by = |description: &str, kind: Option<&str>, code| {
        let mut told = told(description, TransactionType::Debit);
        told.kind = kind.map(str::to_owned);
        told.merchant_category_code = code;
        Catalogue::shipped().enrich(&told, AccountType::Checking, &[]).categorized_by.to_string()
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
    assert_eq!(Catalogue::shipped().enrich(&told, AccountType::Checking, &[]).description, "Starbucks");
}

#[test]
fn what_the_feed_says_of_abroad_is_kept() {
    let mut told = told("KIOSK", TransactionType::Debit);
    assert_eq!(Catalogue::shipped().enrich(&told, AccountType::Checking, &[]).flags.is_international, None);
    told.is_international = Some(true);
    assert_eq!(
        Catalogue::shipped().enrich(&told, AccountType::Checking, &[]).flags.is_international,
        Some(true)
    );
}

fn rule(number: u8, match_description: &str, category: CategoryGuid, description: Option<&str>) -> Rule {
    Rule {
        guid: TransactionRuleGuid::trusted(format!("TXR-{number}")),
        match_description: match_description.to_owned(),
        category,
        description: description.map(str::to_owned),
    }
}

#[test]
fn the_first_rule_of_the_user_that_fits_has_the_last_word() {
    let rules = [
        rule(1, "Target", Category::Gift.guid(), None),
        rule(2, "wal mart", Category::Groceries.guid(), Some("Food storage")),
        rule(3, "WALMART", Category::Gas.guid(), None),
        rule(4, "", Category::Cash.guid(), None),
    ];
    let enriched = Catalogue::shipped().enrich(
        &told("WM SUPERCENTER #1699", TransactionType::Debit),
        AccountType::Checking,
        &rules,
    );
    assert_eq!(enriched.description, "Food storage");
    assert_eq!(enriched.category, Category::Groceries.guid());
    assert_eq!(enriched.categorized_by.to_string(), "rule/TXR-2");
    assert_eq!(enriched.described_by.to_string(), "rule/TXR-2");
    let enriched = Catalogue::shipped().enrich(
        &told("TARGET 0091", TransactionType::Debit),
        AccountType::Checking,
        &rules,
    );
    assert_eq!((enriched.description.as_str(), enriched.category), ("Target", Category::Gift.guid()));
    assert_eq!(enriched.described_by, Evidence::Merchant("Target".into()));
}

#[test]
fn flags_follow_the_category_of_a_rule() {
    let transfer = [rule(1, "Joe", Category::Transfer.guid(), None)];
    let custom = [rule(1, "Joe", CategoryGuid::trusted("CAT-mine".into()), None)];
    let joe = told("JOE", TransactionType::Debit);
    assert!(!Catalogue::shipped().enrich(&joe, AccountType::Checking, &transfer).flags.is_expense);
    let enriched = Catalogue::shipped().enrich(&joe, AccountType::Checking, &custom);
    assert!(enriched.flags.is_expense);
    assert_eq!(enriched.category.as_str(), "CAT-mine");
}

#[test]
fn a_merchant_of_the_catalogue_is_named() {
    let merchant = |text: &str| {
        Catalogue::shipped().enrich(&told(text, TransactionType::Debit), AccountType::Checking, &[]).merchant
    };
    let starbucks = merchant("SBUX 8842").unwrap();
    assert_eq!(&*Catalogue::shipped().merchant(&starbucks).unwrap().name, "Starbucks");
    assert_eq!(merchant("JOE"), None);
    assert_eq!(merchant("OVERDRAFT FEE"), None);
}

#[test]
fn an_explanation_says_a_sentence_for_each_decision() {
    let says = |text: &str, kind: Option<&str>, code, rules: &[Rule]| {
        let mut told = told(text, TransactionType::Debit);
        told.kind = kind.map(str::to_owned);
        told.merchant_category_code = code;
        Catalogue::shipped().explain(&told, AccountType::Checking, rules).to_string()
    };
    assert_eq!(
        says("DDA PUR 0412 SBUX 881", None, None, &[]),
        "\"DDA PUR 0412 SBUX 881\" is described as \"Starbucks\", since the words \"SBUX\" are the merchant \
         \"Starbucks\" of the catalogue.\nIt is under Coffee Shops, since the words \"SBUX\" are the merchant \
         \"Starbucks\" of the catalogue."
    );
    assert_eq!(
        says("SQ *JOES PLACE", None, Some(5812), &[]),
        "\"SQ *JOES PLACE\" is described as \"Joes Place\", which is what follows \"SQ *\" in it.\nIt is under \
         Restaurants, since that is the trade of the merchant category code 5812."
    );
    let rules = [rule(7, "Joe", CategoryGuid::trusted("CAT-mine".into()), None)];
    assert_eq!(
        says("JOE", None, None, &rules),
        "\"JOE\" is described as \"Joe\", which is what is left without numbers, places and the like.\nIt is under \
         CAT-mine, since the user's rule TXR-7 says so."
    );
    assert!(says("ELM ST 0012", Some("ATM"), None, &[]).contains("since the feed says that its kind is ATM"));
}
