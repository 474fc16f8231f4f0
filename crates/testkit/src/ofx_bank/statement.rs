//! The account list and the statements.

use jiff::civil::{Date, date};
use riverbank_connect::ofx::AccountKind;
use riverbank_connect::ofx::document::Node;
use riverbank_connect::ofx::write::Aggregate;

use super::answer::wrapped;
use super::data::{self, ACCOUNTS, BankAccount, Happening, compact};

/// The entry of an account in the list.
pub(super) fn listed(account: &BankAccount) -> Aggregate {
    let info = match account.kind {
        AccountKind::Bank => Aggregate::new("BANKACCTINFO"),
        AccountKind::CreditCard => Aggregate::new("CCACCTINFO"),
        AccountKind::Investment => Aggregate::new("INVACCTINFO"),
    };
    let info = info.with(key(account));
    let info = match account.kind {
        AccountKind::Investment => {
            info.value("USPRODUCTTYPE", "NORMAL").value("CHECKING", "N").value("SVCSTATUS", "ACTIVE")
        }
        _ => info
            .value("SUPTXDL", "Y")
            .value("XFERSRC", "N")
            .value("XFERDEST", "N")
            .value("SVCSTATUS", "ACTIVE"),
    };
    Aggregate::new("ACCTINFO").value("DESC", account.name).with(info)
}

fn key(account: &BankAccount) -> Aggregate {
    match account.kind {
        AccountKind::Bank => Aggregate::new("BANKACCTFROM")
            .value("BANKID", data::BANK_ID)
            .value("ACCTID", account.number)
            .value("ACCTTYPE", account.account_type),
        AccountKind::CreditCard => Aggregate::new("CCACCTFROM").value("ACCTID", account.number),
        AccountKind::Investment => {
            Aggregate::new("INVACCTFROM").value("BROKERID", data::BROKER_ID).value("ACCTID", account.number)
        }
    }
}

/// The statement that a wrapper asks for, or status 2003 where there is no such account.
pub(super) fn statement(wrapper: Node<'_>, answer: &str, kind: AccountKind, today: Date) -> Aggregate {
    let number = wrapper.find("ACCTID").and_then(Node::text).unwrap_or_default();
    let account = ACCOUNTS.iter().find(|account| account.kind == kind && account.number == number);
    let Some(account) = account else {
        return wrapped(answer, wrapper, 2003);
    };
    let wanted = wrapper.find("INCTRAN");
    let includes = wanted.and_then(|node| node.value("INCLUDE")).as_deref() == Some("Y");
    let from = wanted
        .and_then(|node| node.value("DTSTART"))
        .and_then(|text| Date::strptime("%Y%m%d", text.get(..8)?).ok())
        .unwrap_or(date(2025, 1, 1));
    let happenings = includes.then(|| account.happenings(from, today));
    let body = match kind {
        AccountKind::Investment => investment_statement(account, happenings, from, today),
        _ => bank_statement(account, happenings, from, today),
    };
    wrapped(answer, wrapper, 0).with(body)
}

fn bank_statement(
    account: &BankAccount,
    happenings: Option<Vec<Happening>>,
    from: Date,
    today: Date,
) -> Aggregate {
    let is_card = account.kind == AccountKind::CreditCard;
    let mut body =
        Aggregate::new(if is_card { "CCSTMTRS" } else { "STMTRS" }).value("CURDEF", "USD").with(key(account));
    if let Some(happenings) = happenings {
        let list = Aggregate::new("BANKTRANLIST")
            .value("DTSTART", compact(from))
            .value("DTEND", compact(today))
            .with_all(happenings.iter().map(transaction));
        body = body.with(list);
    }
    let ledger = account.balance(today);
    let available = if is_card { 500_000 + ledger } else { ledger };
    let balance = |name: &str, hundredths| {
        Aggregate::new(name)
            .value("BALAMT", amount(hundredths))
            .value("DTASOF", format!("{}120000.000[-5:EST]", compact(today)))
    };
    body.with(balance("LEDGERBAL", ledger)).with(balance("AVAILBAL", available))
}

fn transaction(happening: &Happening) -> Aggregate {
    let memo = (!happening.memo.is_empty()).then_some(happening.memo);
    Aggregate::new("STMTTRN")
        .value("TRNTYPE", happening.kind)
        .value("DTPOSTED", format!("{}120000.000[-5:EST]", compact(happening.day)))
        .value("TRNAMT", amount(happening.amount))
        .value("FITID", &happening.id)
        .value("NAME", happening.name)
        .maybe("MEMO", memo)
}

fn investment_statement(
    account: &BankAccount,
    happenings: Option<Vec<Happening>>,
    from: Date,
    today: Date,
) -> Aggregate {
    let mut body =
        Aggregate::new("INVSTMTRS").value("DTASOF", compact(today)).value("CURDEF", "USD").with(key(account));
    if let Some(happenings) = happenings {
        let list = Aggregate::new("INVTRANLIST")
            .value("DTSTART", compact(from))
            .value("DTEND", compact(today))
            .with_all(happenings.iter().map(investment_transaction));
        body = body.with(list);
    }
    let shares = account.shares(today);
    let position = Aggregate::new("INVPOS")
        .with(security())
        .value("HELDINACCT", "CASH")
        .value("POSTYPE", "LONG")
        .value("UNITS", shares.to_string())
        .value("UNITPRICE", amount(data::SHARE_WORTH))
        .value("MKTVAL", amount(shares * data::SHARE_WORTH))
        .value("DTPRICEASOF", compact(today));
    let cash = Aggregate::new("INVBAL")
        .value("AVAILCASH", amount(account.balance(today)))
        .value("MARGINBALANCE", "0")
        .value("SHORTBALANCE", "0");
    body.with(Aggregate::new("INVPOSLIST").with(Aggregate::new("POSMF").with(position))).with(cash)
}

fn investment_transaction(happening: &Happening) -> Aggregate {
    let general = Aggregate::new("INVTRAN")
        .value("FITID", &happening.id)
        .value("DTTRADE", compact(happening.day))
        .value("MEMO", happening.name);
    let total = amount(happening.amount);
    match happening.kind {
        "BUYMF" => {
            let buy = Aggregate::new("INVBUY")
                .with(general)
                .with(security())
                .value("UNITS", data::SHARES_A_MONTH.to_string())
                .value("UNITPRICE", amount(-happening.amount / data::SHARES_A_MONTH))
                .value("TOTAL", total)
                .value("SUBACCTSEC", "CASH")
                .value("SUBACCTFUND", "CASH");
            Aggregate::new("BUYMF").with(buy).value("BUYTYPE", "BUY")
        }
        "INCOME" => Aggregate::new("INCOME")
            .with(general)
            .with(security())
            .value("INCOMETYPE", "DIV")
            .value("TOTAL", total)
            .value("SUBACCTSEC", "CASH")
            .value("SUBACCTFUND", "CASH"),
        _ => Aggregate::new("INVBANKTRAN").with(transaction(happening)).value("SUBACCTFUND", "CASH"),
    }
}

/// The fund that everybody holds.
pub(super) fn security() -> Aggregate {
    Aggregate::new("SECID").value("UNIQUEID", "900000028").value("UNIQUEIDTYPE", "CUSIP")
}

/// `-12.05` of -1205 hundredths.
fn amount(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let magnitude = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", magnitude / 100, magnitude % 100)
}
