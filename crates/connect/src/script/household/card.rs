//! The credit card: some purchases each day, subscriptions, refunds and fees. A statement closes on the 24th and is
//! paid in full from the checking account on the 18th of the next month.

use jiff::ToSpan;
use jiff::civil::Date;
use riverbank_model::account::AccountType;
use riverbank_model::feed::AccountFacts;
use riverbank_model::money::Rate;

use super::calendar::{business_day, day_of_month, days, falls_due, month_number};
use super::draw::{Draw, Purpose};
use super::ledger::{Row, midnight, money, sum};
use super::merchants::{ABROAD, CARD, Merchant, SUBSCRIPTIONS};
use super::{Generated, Household, Kind, Numbers, later};

/// The day of a month on which a statement closes.
const CLOSES: i8 = 24;
/// The day of the next month on which it is paid.
const PAID: i8 = 18;
/// The day on which it would be late.
const DUE: i8 = 20;
/// The yearly rate of what is not paid, in hundredths of a per cent.
const INTEREST: i64 = 2_199;
/// The fee for purchases abroad, in per cent.
const FOREIGN_FEE: i64 = 3;
/// The least payment: this many per cent of a statement, but at least so many cents.
const MINIMUM: (i64, i64) = (2, 3_500);

pub(super) fn generate(house: &Household, numbers: &Numbers) -> Generated {
    let limit = house.root.once(Purpose::Card).between(20, 40) * 50_000;
    // The first payment of the window's first month pays the statement that opened two months before.
    let opened = later(statement_close(month_number(house.start) - 2, house.start), 1);
    let purchases: Vec<Row> =
        days(opened, house.today).flat_map(|day| purchases_of(house, numbers, day)).collect();
    let mut payments = Vec::new();
    for month in month_number(house.start)..=month_number(house.today) {
        let Some(due) = day_of_month(month, PAID).map(business_day) else {
            continue;
        };
        let statement = statement(&purchases, month - 1, house.start);
        if due <= house.today && statement > 0 {
            payments.push(
                Row::new(due, statement, "PAYMENT", "AUTOPAY PAYMENT - THANK YOU")
                    .counterpart(format!("CREDIT CARD AUTOPAY ...{}", numbers.ending(Kind::CreditCard))),
            );
        }
    }
    let owed = -sum(&purchases) - sum(&payments);
    let mut facts = facts(house, &purchases, owed, limit);
    if let Some(last) = payments.last() {
        facts.last_payment = Some(money(last.cents));
        facts.last_payment_at = midnight(last.posted);
    }
    let mut rows = purchases;
    rows.extend(payments);
    rows.retain(|row| row.posted >= house.start);
    Generated { rows, facts, holdings: Vec::new() }
}

/// The day on which the statement of a month closes. Where the calendar ends, `otherwise`.
fn statement_close(month: i64, otherwise: Date) -> Date {
    day_of_month(month, CLOSES).unwrap_or(otherwise)
}

/// What is owed on the statement that closes in a month.
fn statement(purchases: &[Row], month: i64, otherwise: Date) -> i64 {
    let (after, until) = (statement_close(month - 1, otherwise), statement_close(month, otherwise));
    -sum(purchases.iter().filter(|row| after < row.posted && row.posted <= until))
}

fn facts(house: &Household, purchases: &[Row], owed: i64, limit: i64) -> AccountFacts {
    let this_month = month_number(house.today);
    let closed =
        if house.today > statement_close(this_month, house.today) { this_month } else { this_month - 1 };
    let statement = statement(purchases, closed, house.start).max(0);
    let mut facts = AccountFacts::new(AccountType::CreditCard, String::new());
    facts.balance = Some(money(owed));
    facts.credit_limit = Some(money(limit));
    facts.available_credit = Some(money(limit - owed));
    facts.available_balance = facts.available_credit;
    facts.apr = Some(Rate::from_units(INTEREST * 10_i64.pow(Rate::SCALE - 2)));
    facts.interest_rate = facts.apr;
    facts.statement_balance = Some(money(statement));
    let (percent, least) = MINIMUM;
    facts.minimum_payment = Some(money((statement * percent / 100).max(least).min(statement)));
    facts.day_payment_is_due = Some(i64::from(DUE));
    facts.payment_due_at = day_of_month(closed + 1, DUE)
        .map(|due| if due < house.today { due.saturating_add(1.month()) } else { due })
        .and_then(midnight);
    facts
}

/// What is booked on a day, apart from payments.
fn purchases_of(house: &Household, numbers: &Numbers, day: Date) -> Vec<Row> {
    let mut draw = house.root.on(Purpose::Card, day);
    let mut rows: Vec<Row> = SUBSCRIPTIONS
        .iter()
        .filter(|bill| falls_due(day, bill.due))
        .map(|bill| Row::new(day, -bill.amount.0, "DEBIT", bill.text).code(bill.code))
        .collect();
    for _ in 0..draw.between(4, 8) {
        if let Some((merchant, row)) = purchase(&mut draw, CARD, numbers, day) {
            // A few things are brought back in the same week; the refund stands for an earlier purchase there.
            if draw.chance(1) {
                let text = format!("{} RETURN", row.text);
                rows.push(
                    Row::new(day, -row.cents / 2, "CREDIT", text)
                        .code(merchant.code)
                        .made(draw.between(36_000, 72_000)),
                );
            } else {
                rows.push(row);
            }
        }
    }
    if draw.chance(2)
        && let Some((_, row)) = purchase(&mut draw, ABROAD, numbers, day)
    {
        let fee = (row.cents * FOREIGN_FEE - 50) / 100;
        rows.push(row.abroad());
        rows.push(Row::new(day, fee, "FEE", "FOREIGN TRANSACTION FEE"));
    }
    rows
}

/// One purchase at one of these merchants, made the day before it is booked.
pub(super) fn purchase<'a>(
    draw: &mut Draw,
    merchants: &'a [Merchant],
    numbers: &Numbers,
    day: Date,
) -> Option<(&'a Merchant, Row)> {
    let merchant = draw.weighted(merchants, |merchant| merchant.weight)?;
    let (low, high) = merchant.amount;
    let cents = draw.skewed(low, high);
    let text = draw.pattern(merchant.text).replace("{city}", numbers.city);
    // Between seven in the morning and ten in the evening.
    let second = draw.between(25_200, 79_200);
    Some((merchant, Row::new(day, -cents, "POS", text).code(merchant.code).made(second)))
}
