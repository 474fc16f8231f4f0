//! The savings account: two deposits a month, interest at each month's end. On the last day of the year what was
//! saved goes back to the checking account, so that each year starts from the same balance.

use riverbank_model::account::AccountType;
use riverbank_model::feed::AccountFacts;
use riverbank_model::money::Rate;

use super::calendar::{days, falls_due};
use super::draw::Purpose;
use super::ledger::{Row, money, sum};
use super::{Generated, Household, Kind, Numbers};

/// The yearly interest, in hundredths of a per cent.
const INTEREST: i64 = 210;

pub(super) fn generate(house: &Household, numbers: &Numbers) -> Generated {
    let mut draw = house.root.once(Purpose::Savings);
    let base = draw.between(600_000, 2_400_000);
    let deposit = draw.between(6, 12) * 2_500;
    let ending = (numbers.ending(Kind::Checking), numbers.ending(Kind::Savings));
    let mut balance = base;
    let mut rows = Vec::new();
    for day in days(house.start.first_of_year(), house.today) {
        let mut book = |row: Row| {
            balance += row.cents;
            rows.push(row);
        };
        if falls_due(day, 1) || falls_due(day, 16) {
            let text = format!("ONLINE TRANSFER FROM CHK ...{}", ending.0);
            book(
                Row::new(day, deposit, "XFER", text)
                    .counterpart(format!("ONLINE TRANSFER TO SAV ...{}", ending.1)),
            );
        }
        if day == day.last_of_month() {
            let interest = (balance * INTEREST + 60_000) / 120_000;
            rows.push(Row::new(day, interest, "INT", "INTEREST PAID"));
            balance += interest;
        }
        if day == day.last_of_year() {
            let text = format!("ONLINE TRANSFER TO CHK ...{}", ending.0);
            rows.push(
                Row::new(day, base - balance, "XFER", text)
                    .counterpart(format!("ONLINE TRANSFER FROM SAV ...{}", ending.1)),
            );
            balance = base;
        }
    }
    debug_assert_eq!(balance, base + sum(&rows));
    rows.retain(|row| row.posted >= house.start);
    let mut facts = AccountFacts::new(AccountType::Savings, String::new());
    facts.balance = Some(money(balance));
    facts.available_balance = facts.balance;
    facts.apy = Some(Rate::from_units(INTEREST * 10_i64.pow(Rate::SCALE - 2)));
    Generated { rows, facts, holdings: Vec::new() }
}
