//! The accounts and what happens on them, day by day.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use riverbank_connect::ofx::AccountKind;

/// The day on which all accounts were opened. Balances are what came in and went out since.
const OPENED: Date = date(2025, 1, 1);
/// `BANKID` of the bank accounts.
pub(super) const BANK_ID: &str = "091000022";
/// `BROKERID` of the investment account.
pub(super) const BROKER_ID: &str = "millrace.example";
/// Hundredths paid for one share of the fund, every month.
const SHARE_BOUGHT: i64 = 3750;
/// Hundredths that a share is worth.
pub(super) const SHARE_WORTH: i64 = 4120;
/// Shares bought every month.
pub(super) const SHARES_A_MONTH: i64 = 4;

/// An account of every login.
#[derive(Debug)]
pub(super) struct BankAccount {
    pub(super) kind: AccountKind,
    pub(super) number: &'static str,
    pub(super) account_type: &'static str,
    pub(super) name: &'static str,
    /// Hundredths on the first day.
    opening: i64,
    rules: &'static [Rule],
}

/// Something that happens again and again.
#[derive(Debug)]
struct Rule {
    when: When,
    kind: &'static str,
    name: &'static str,
    memo: &'static str,
    /// Hundredths, and how many more or fewer of them it can be.
    amount: (i64, u64),
}

#[derive(Clone, Copy, Debug)]
enum When {
    /// Every month on that day.
    Day(i8),
    /// Every week on that day, Monday being 1.
    Weekday(i8),
}

const fn rule(
    when: When,
    kind: &'static str,
    name: &'static str,
    memo: &'static str,
    amount: (i64, u64),
) -> Rule {
    Rule { when, kind, name, memo, amount }
}

/// The accounts, in the order of the list.
pub(super) static ACCOUNTS: [BankAccount; 4] = [
    BankAccount {
        kind: AccountKind::Bank,
        number: "5550001234",
        account_type: "CHECKING",
        name: "Everyday Checking",
        opening: 241_000,
        rules: &[
            rule(When::Day(1), "DIRECTDEP", "WEIR WORKS PAYROLL", "SALARY", (190_550, 0)),
            rule(When::Day(2), "CHECK", "QUAY STREET LETTINGS", "RENT", (-175_000, 0)),
            rule(When::Day(5), "DIRECTDEBIT", "MILLRACE POWER & LIGHT", "ACCT 4410", (-8400, 1900)),
            rule(When::Day(9), "XFER", "TO MILLRACE BROKERAGE", "MONTHLY PLAN", (-15_000, 0)),
            rule(When::Day(15), "DIRECTDEP", "WEIR WORKS PAYROLL", "SALARY", (190_550, 0)),
            rule(When::Day(20), "XFER", "TO SAVINGS 9876", "", (-20_000, 0)),
            rule(When::Day(25), "PAYMENT", "MILLRACE CARD PAYMENT", "CARD 7766", (-85_000, 0)),
            rule(When::Weekday(1), "POS", "LOCKSIDE GROCERS #12", "CARD 0042", (-9600, 3100)),
            rule(When::Weekday(4), "POS", "HARBOUR BAKERY", "CARD 0042", (-1450, 700)),
            rule(When::Weekday(6), "ATM", "CASH WITHDRAWAL QUAY ST", "", (-6000, 0)),
        ],
    },
    BankAccount {
        kind: AccountKind::Bank,
        number: "5550009876",
        account_type: "SAVINGS",
        name: "Rainy Day Savings",
        opening: 500_000,
        rules: &[
            rule(When::Day(20), "XFER", "FROM CHECKING 1234", "", (20_000, 0)),
            rule(When::Day(28), "INT", "INTEREST PAID", "", (1120, 90)),
        ],
    },
    BankAccount {
        kind: AccountKind::CreditCard,
        number: "4000000000007766",
        account_type: "",
        name: "Millrace Card",
        opening: -32_000,
        rules: &[
            rule(When::Day(3), "DEBIT", "STREAMHOUSE.EXAMPLE", "SUBSCRIPTION", (-1599, 0)),
            rule(When::Day(12), "DEBIT", "CANAL MOBILE", "PLAN 20GB", (-3200, 0)),
            rule(When::Day(25), "CREDIT", "PAYMENT THANK YOU", "", (85_000, 0)),
            rule(When::Weekday(2), "DEBIT", "ELM FUEL STATION 331", "", (-4800, 900)),
            rule(When::Weekday(5), "DEBIT", "THE OLD MILL RESTAURANT", "", (-6200, 2400)),
            rule(When::Weekday(7), "DEBIT", "PAPER & INK BOOKS", "", (-3700, 2200)),
            rule(When::Weekday(3), "DEBIT", "FERRY LINE TICKETS", "", (-3750, 600)),
        ],
    },
    BankAccount {
        kind: AccountKind::Investment,
        number: "MR-77120",
        account_type: "",
        name: "Millrace Brokerage",
        opening: 0,
        rules: &[
            rule(When::Day(9), "DEP", "FROM CHECKING 1234", "MONTHLY PLAN", (15_000, 0)),
            rule(When::Day(10), "BUYMF", "BOUGHT", "", (-SHARE_BOUGHT * SHARES_A_MONTH, 0)),
            rule(When::Day(27), "INCOME", "DIVIDEND", "", (310, 60)),
        ],
    },
];

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Happening {
    pub(super) id: String,
    pub(super) day: Date,
    pub(super) kind: &'static str,
    pub(super) name: &'static str,
    pub(super) memo: &'static str,
    /// Hundredths.
    pub(super) amount: i64,
}

impl BankAccount {
    /// What happened from one day to another, both included.
    pub(super) fn happenings(&self, from: Date, to: Date) -> Vec<Happening> {
        let mut all = Vec::new();
        let mut day = from.max(OPENED);
        while day <= to {
            for (index, rule) in self.rules.iter().enumerate() {
                let falls_due = match rule.when {
                    When::Day(of_month) => day.day() == of_month,
                    When::Weekday(of_week) => day.weekday().to_monday_one_offset() == of_week,
                };
                if falls_due {
                    let id = format!("{}{}{index}", &self.number[self.number.len() - 4..], compact(day));
                    all.push(Happening {
                        amount: rule.amount.0 + scatter(&id, rule.amount.1),
                        id,
                        day,
                        kind: rule.kind,
                        name: rule.name,
                        memo: rule.memo,
                    });
                }
            }
            match day.checked_add(1.day()) {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        all
    }

    /// Hundredths at the end of a day.
    pub(super) fn balance(&self, on: Date) -> i64 {
        let moved: i64 = self.happenings(OPENED, on).iter().map(|happening| happening.amount).sum();
        self.opening + moved
    }

    /// Shares held at the end of a day.
    pub(super) fn shares(&self, on: Date) -> i64 {
        let buys = self.happenings(OPENED, on).iter().filter(|happening| happening.kind == "BUYMF").count();
        i64::try_from(buys).unwrap_or(i64::MAX).saturating_mul(SHARES_A_MONTH)
    }
}

/// `20260302`.
pub(super) fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A number between minus and plus `span` that is always the same for an id (FNV-1a).
fn scatter(id: &str, span: u64) -> i64 {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let offset = (hash >> 20) % (2 * span + 1);
    i64::try_from(offset).unwrap_or(0) - i64::try_from(span).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balance_moves_by_what_happens_and_windows_that_overlap_agree() {
        let today = date(2026, 3, 2);
        for account in &ACCOUNTS {
            let from = date(2026, 1, 1);
            let all = account.happenings(from, today);
            let before = account.balance(date(2025, 12, 31));
            let moved: i64 = all.iter().map(|happening| happening.amount).sum();
            assert_eq!(account.balance(today), before + moved, "{}", account.name);
            let late = account.happenings(date(2026, 2, 1), today);
            assert!(all.ends_with(&late), "{}", account.name);
            let mut ids: Vec<_> = all.iter().map(|happening| &happening.id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), all.len(), "{}", account.name);
        }
    }

    #[test]
    fn balances_stay_believable_for_years() {
        for year in [2026, 2027, 2028] {
            let day = date(year, 6, 30);
            let hundredths = ACCOUNTS.each_ref().map(|account| account.balance(day));
            assert!((10_000..2_000_000).contains(&hundredths[0]), "checking {hundredths:?}");
            assert!((500_000..2_000_000).contains(&hundredths[1]), "savings {hundredths:?}");
            assert!((-500_000..0).contains(&hundredths[2]), "card {hundredths:?}");
            assert!((0..100_000).contains(&hundredths[3]), "cash {hundredths:?}");
        }
    }
}
