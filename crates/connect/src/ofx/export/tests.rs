use jiff::civil::date;
use proptest::prelude::*;
use riverbank_model::account::{AccountSubtype, AccountType};
use riverbank_model::feed::{AccountFacts, FeedHolding, FeedTransaction};
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};

use super::*;
use crate::ofx::{OfxAccount, OfxFile, read};

const NOW: Timestamp = Timestamp::constant(1_772_445_600, 0);

fn account(id: &str, account_type: AccountType) -> FeedAccount {
    let mut facts = AccountFacts::new(account_type, id.to_owned());
    facts.currency_code = Some("USD".to_owned());
    facts.balance = Some("12.5".parse().unwrap());
    FeedAccount::new(id.to_owned(), facts)
}

fn transaction(id: &str) -> FeedTransaction {
    FeedTransaction {
        id: Some(id.to_owned()),
        amount: "24.5".parse().unwrap(),
        transaction_type: TransactionType::Debit,
        status: TransactionStatus::Posted,
        description: "Café & <Bar>".to_owned(),
        memo: None,
        posted_at: None,
        posted_on: Some(date(2026, 2, 3)),
        transacted_at: None,
        transacted_on: None,
        currency_code: None,
        check_number: None,
        kind: None,
        merchant_category_code: None,
        is_international: None,
    }
}

/// What our own reader makes of the file, which it must not complain of.
fn read_back(accounts: &[FeedAccount]) -> OfxFile {
    let file = read(&export(accounts, NOW).file).unwrap();
    assert_eq!(file.warnings, []);
    assert!(file.is_whole);
    file
}

fn only(accounts: &[FeedAccount]) -> OfxAccount {
    let mut file = read_back(accounts);
    assert_eq!(file.accounts.len(), 1);
    file.accounts.swap_remove(0)
}

#[test]
fn every_type_of_account_has_its_statement_or_is_told_to_have_none() {
    for account_type in AccountType::ALL.iter().copied() {
        let account = account("ACT-1", account_type);
        let exported = export(std::slice::from_ref(&account), NOW);
        let file = read(&exported.file).unwrap();
        if matches!(account_type, AccountType::Property | AccountType::Insurance) {
            assert_eq!(file.accounts, []);
            assert_eq!(exported.left_out, ["ACT-1: OFX has no statement of such an account"]);
            continue;
        }
        assert!(exported.left_out.is_empty());
        let told = &file.accounts[0].account.facts;
        let expected = match account_type {
            AccountType::Any | AccountType::Cash | AccountType::Prepaid => AccountType::Checking,
            AccountType::Loan | AccountType::Mortgage | AccountType::CheckingLineOfCredit => {
                AccountType::LineOfCredit
            }
            same => same,
        };
        assert_eq!((told.account_type, told.balance), (expected, account.facts.balance));
    }
    let mut certificate = account("ACT-2", AccountType::Savings);
    certificate.facts.account_subtype = Some(AccountSubtype::CertificateOfDeposit);
    assert_eq!(only(&[certificate]).key.account_type.as_deref(), Some("CD"));
}

#[test]
fn a_number_that_cannot_tell_accounts_apart_gives_way_to_the_id() {
    let numbered = |id: &str, number: Option<&str>| {
        let mut account = account(id, AccountType::Checking);
        account.facts.account_number = number.map(str::to_owned);
        account
    };
    let accounts = [
        numbered("ACT-00000000-0000-4000-8000-000000000001", Some("111")),
        numbered("ACT-10000000-0000-4000-8000-000000000002", Some("222")),
        numbered("ACT-20000000-0000-4000-8000-000000000003", Some("222")),
        numbered("ACT-30000000-0000-4000-8000-000000000004", None),
        numbered("ACT-40000000-0000-4000-8000-000000000005", Some("12345678901234567890123")),
    ];
    let file = read_back(&accounts);
    let numbers: Vec<_> = file.accounts.iter().map(|account| &*account.key.number).collect();
    let ids = [
        "ACT1000000000004000800",
        "ACT2000000000004000800",
        "ACT3000000000004000800",
        "ACT4000000000004000800",
    ];
    assert_eq!(numbers, [&["111"][..], &ids].concat());
}

#[test]
fn a_pending_transaction_is_left_out_and_told() {
    let mut account = account("ACT-1", AccountType::Checking);
    let pending = FeedTransaction { status: TransactionStatus::Pending, ..transaction("TRN-2") };
    account.transactions = vec![transaction("TRN-1"), pending];
    assert_eq!(export(std::slice::from_ref(&account), NOW).left_out, ["ACT-1: one transaction is pending"]);
    assert_eq!(only(&[account]).account.transactions, [transaction("TRN-1")].map(with_kind));
}

#[test]
fn what_a_name_cuts_off_stands_in_the_memo() {
    let mut account = account("ACT-1", AccountType::CreditCard);
    let long = "Thirty-two characters are what it may have";
    let memo = Some("and more".to_owned());
    account.transactions =
        vec![FeedTransaction { description: long.to_owned(), memo, ..transaction("TRN-1") }];
    let told = only(&[account]).account.transactions.swap_remove(0);
    assert_eq!(told.description, "Thirty-two characters are what i");
    assert_eq!(told.memo, Some(format!("{long}; and more")));
}

#[test]
fn an_unknown_balance_is_told_and_an_unknown_currency_is_none() {
    let mut account = account("ACT-1", AccountType::Checking);
    account.facts.balance = None;
    account.facts.currency_code = None;
    let left_out = export(std::slice::from_ref(&account), NOW).left_out;
    assert_eq!(left_out, ["ACT-1: its balance is not known, and is written as 0"]);
    assert_eq!(only(&[account]).account.facts.currency_code.as_deref(), Some("XXX"));
}

#[test]
fn positions_are_those_of_which_units_and_value_are_known() {
    let holding = |id: &str| FeedHolding {
        id: id.to_owned(),
        description: format!("{id} Fund"),
        symbol: Some(id.to_owned()),
        cusip: None,
        shares: Some("10".parse().unwrap()),
        price: None,
        market_value: Some("265.4".parse().unwrap()),
        cost_basis: Some("255".parse().unwrap()),
        currency_code: Some("USD".to_owned()),
        priced_at: None,
    };
    let mut account = account("ACT-1", AccountType::Investment);
    account.facts.balance = Some("765.4".parse().unwrap());
    account.holdings = vec![holding("JDG"), FeedHolding { shares: None, ..holding("VAGUE") }];
    account.transactions = vec![transaction("TRN-1")];
    let exported = export(std::slice::from_ref(&account), NOW);
    assert_eq!(
        exported.left_out,
        ["ACT-1: the position \"VAGUE Fund\" lacks its units or what they are worth"]
    );
    let told = only(&[account.clone()]).account;
    assert_eq!(told.facts.balance, account.facts.balance);
    assert_eq!(told.facts.cash_balance, Some("500".parse().unwrap()));
    assert_eq!(told.transactions, [transaction("TRN-1")].map(with_kind));
    let known = FeedHolding {
        price: Some("26.54".parse().unwrap()),
        currency_code: None,
        priced_at: Some(NOW),
        ..holding("JDG")
    };
    assert_eq!(told.holdings, [known]);
}

/// As it is told once a kind has been written for it.
fn with_kind(transaction: FeedTransaction) -> FeedTransaction {
    let kind = match (transaction.transaction_type, &transaction.check_number) {
        (TransactionType::Debit, Some(_)) => "CHECK",
        (TransactionType::Debit, None) => "DEBIT",
        (TransactionType::Credit, _) => "CREDIT",
    };
    FeedTransaction { kind: Some(kind.to_owned()), ..transaction }
}

fn any_transaction(number: usize) -> impl Strategy<Value = FeedTransaction> {
    let day = (1..=12_i8, 1..=28_i8).prop_map(|(month, day)| date(2026, month, day));
    let text = "[A-Za-z<>&é€] ?[A-Za-z0-9<>&;'\"é€]{1,20}";
    let made = prop::option::of(day.clone());
    (
        1..10_000_000_i64,
        any::<bool>(),
        text,
        prop::option::of(text),
        day,
        made,
        prop::option::of("[1-9][0-9]{2,5}"),
    )
        .prop_map(move |(units, is_debit, description, memo, posted, made, check_number)| {
            FeedTransaction {
                amount: Money::from_units(units * 10),
                transaction_type: if is_debit { TransactionType::Debit } else { TransactionType::Credit },
                description,
                memo,
                posted_on: Some(posted),
                transacted_on: made.filter(|made| *made != posted),
                check_number,
                currency_code: (number % 5 == 4).then(|| "CAD".to_owned()),
                is_international: (number % 5 == 4).then_some(true),
                merchant_category_code: Some(5411),
                ..transaction(&format!("TRN-{number}"))
            }
        })
}

proptest! {
    #[test]
    fn our_reader_reads_back_what_was_exported(
        transactions in (0..12_usize).prop_flat_map(|count| (0..count).map(any_transaction).collect::<Vec<_>>()),
        kind in prop::sample::select(vec![
            AccountType::Checking, AccountType::CreditCard, AccountType::LineOfCredit, AccountType::Investment,
        ]),
    ) {
        let mut exported = account("ACT-1", kind);
        exported.transactions = transactions;
        let told = only(std::slice::from_ref(&exported)).account;
        let expected: Vec<_> = exported.transactions.into_iter().map(with_kind).collect();
        prop_assert_eq!(told.transactions, expected);
        prop_assert_eq!(told.facts.balance, exported.facts.balance);
    }
}
