//! Files that no bank writes, and what must hold for them all the same.

use riverbank_model::transaction::TransactionStatus;

use super::*;

fn ids(text: &str) -> Vec<Vec<String>> {
    let file = read(format!("<OFX>{text}</OFX>").as_bytes()).unwrap();
    let ids = |account: &OfxAccount| {
        account.account.transactions.iter().filter_map(|transaction| transaction.id.clone()).collect()
    };
    file.accounts.iter().map(ids).collect()
}

#[test]
fn an_id_that_is_told_apart_takes_none_that_is_there() {
    let transaction = |id: &str| format!("<STMTTRN><TRNAMT>1<FITID>{id}</STMTTRN>");
    let text = ["a", "a", "a#undated", "a#undated#2", "a"].map(transaction).concat();
    assert_eq!(
        ids(&format!("<STMTRS>{text}</STMTRS>")),
        [["a", "a#undated#3", "a#undated", "a#undated#2", "a#undated#4"]]
    );
}

#[test]
fn positions_are_told_apart_like_transactions() {
    let position = |id: &str| format!("<POSSTOCK><INVPOS><SECID><UNIQUEID>{id}</SECID></INVPOS></POSSTOCK>");
    let text = ["s", "s", "s#2", "s"].map(position).concat();
    let file = read(format!("<OFX><INVSTMTRS>{text}</INVSTMTRS></OFX>").as_bytes()).unwrap();
    let ids: Vec<_> = file.accounts[0].account.holdings.iter().map(|holding| holding.id.as_str()).collect();
    assert_eq!(ids, ["s", "s#3", "s#2", "s#4"]);
}

#[test]
fn statements_that_overlap_tell_each_transaction_once_and_one_statement_all_of_its_own() {
    let transaction = |id: &str| format!("<STMTTRN><TRNAMT>1<FITID>{id}</STMTTRN>");
    let statement = |ids: &[&str]| {
        let transactions: String = ids.iter().copied().map(transaction).collect();
        format!("<STMTRS><ACCTID>1<X></X>{transactions}</STMTRS>")
    };
    let text = [statement(&["a", "b"]), statement(&["b", "c", "c"]), statement(&["a", "c", "d"])].concat();
    assert_eq!(ids(&text), [["a", "b", "c", "c#undated", "d"]]);
}

#[test]
fn accounts_whose_parts_look_alike_have_ids_of_their_own() {
    let key = |institution: Option<&str>, number: &str, account_type: Option<&str>| AccountKey {
        kind: AccountKind::Bank,
        institution: institution.map(str::to_owned),
        branch: None,
        number: number.to_owned(),
        account_type: account_type.map(str::to_owned),
    };
    let keys = [
        key(Some("a"), "b", None),
        key(None, "a", Some("b")),
        key(None, "a:b", None),
        key(Some("a:b"), "c", None),
        key(Some("a"), "b", Some("c")),
        key(None, "a%3Ab", None),
    ];
    let ids: std::collections::HashSet<_> = keys.iter().map(AccountKey::feed_id).collect();
    assert_eq!(ids.len(), keys.len(), "{ids:?}");
}

#[test]
fn a_file_that_tells_of_accounts_too_often_is_refused() {
    let text = |times: usize| format!("<OFX>{}</OFX>", "<STMTRS></STMTRS>".repeat(times));
    assert!(read(text(ACCOUNT_LIMIT).as_bytes()).is_ok());
    assert_eq!(read(text(ACCOUNT_LIMIT + 1).as_bytes()).unwrap_err(), Unreadable::TooManyAccounts);
}

#[test]
fn transactions_that_are_lost_one_within_the_other_are_all_reported_and_told_once() {
    let file = read(b"<OFX><BUYDEBT><INCOME><MEMO>m</MEMO></INCOME></BUYDEBT></OFX>").unwrap();
    let fields: Vec<_> = file.warnings.iter().map(|warning| warning.fields.len()).collect();
    assert_eq!(fields, [1, 0]);
    assert!(file.warnings.iter().all(|warning| warning.is_loss));
}

#[test]
fn a_pending_transaction_of_an_investment_account_is_read() {
    let file = read(b"<OFX><INVSTMTRS><STMTTRNP><TRNAMT>1<FITID>p</STMTTRNP></INVSTMTRS></OFX>").unwrap();
    let transaction = &file.accounts[0].account.transactions[0];
    assert_eq!((transaction.id.as_deref(), transaction.status), (Some("p"), TransactionStatus::Pending));
}
