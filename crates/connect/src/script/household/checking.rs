//! The checking account: pay, bills, purchases by debit card, cash, people, checks, and the other side of every
//! transfer of the other accounts. On the last day of each month what is above or below a fixed amount goes to or
//! comes from an account at another bank, so that each month starts from that amount.

use jiff::civil::{Date, Weekday};
use riverbank_model::account::AccountType;
use riverbank_model::feed::AccountFacts;

use super::calendar::{EPOCH, days, days_between, falls_due};
use super::card::purchase;
use super::draw::{Draw, Purpose};
use super::ledger::{Row, money, sum};
use super::merchants::{BILLS, DEBIT, EMPLOYERS, PEOPLE};
use super::{Generated, Household, Numbers, draw_index};

/// What makes one household's checking account differ from another's.
struct Habits {
    numbers: Numbers,
    /// The balance at each month's end.
    base: i64,
    /// Paid every second Friday: the employer, and about how much.
    salary: (String, i64),
    /// Paid twice a month: the other employer, and how much.
    wages: (String, i64),
    /// Which Fridays: 0 or 1.
    fortnight: i64,
}

impl Habits {
    fn of(house: &Household) -> Self {
        let mut draw = house.root.once(Purpose::Checking);
        let mut employer = || {
            let index = draw_index(&mut draw, EMPLOYERS.len());
            draw.pattern(EMPLOYERS[index])
        };
        let employers = (employer(), employer());
        Self {
            numbers: house.numbers(),
            base: draw.between(580_000, 760_000),
            salary: (employers.0, draw.between(225_000, 290_000)),
            wages: (employers.1, draw.between(180_000, 240_000)),
            fortnight: draw.between(0, 1),
        }
    }
}

/// The account, given the rows of all the others.
pub(super) fn generate<'a>(house: &Household, others: impl Iterator<Item = &'a Row>) -> Generated {
    let habits = Habits::of(house);
    let mut mirrored: Vec<Row> = others
        .filter_map(|row| Some(Row::new(row.posted, -row.cents, "XFER", row.counterpart.clone()?)))
        .collect();
    mirrored.sort_by_key(|row| row.posted);
    let mut mirrored = mirrored.into_iter().peekable();
    let mut balance = habits.base;
    let mut rows = Vec::new();
    for day in days(house.start, house.today) {
        let before = rows.len();
        rows.extend(regular(house, &habits, day));
        while let Some(row) = mirrored.next_if(|row| row.posted == day) {
            rows.push(row);
        }
        rows.extend(everyday(house, &habits, day));
        balance += sum(&rows[before..]);
        if day == day.last_of_month() && balance != habits.base {
            let text = if balance > habits.base {
                "ACH TRANSFER TO ALLY BANK P2P WEB"
            } else {
                "ACH TRANSFER FROM ALLY BANK P2P WEB"
            };
            rows.push(Row::new(day, habits.base - balance, "XFER", text));
            balance = habits.base;
        }
    }
    let mut facts = AccountFacts::new(AccountType::Checking, String::new());
    facts.balance = Some(money(balance));
    facts.available_balance = facts.balance;
    Generated { rows, facts, holdings: Vec::new() }
}

/// Pay, bills and interest.
fn regular(house: &Household, habits: &Habits, day: Date) -> Vec<Row> {
    let mut draw = house.root.on(Purpose::Bills, day);
    let mut rows = Vec::new();
    let week = days_between(EPOCH, day).div_euclid(7);
    if day.weekday() == Weekday::Friday && week.rem_euclid(2) == habits.fortnight {
        let (text, cents) = &habits.salary;
        rows.push(Row::new(day, cents + draw.between(-4_000, 4_000), "DIRECTDEP", text));
    }
    if falls_due(day, 12) || falls_due(day, 26) {
        let (text, cents) = &habits.wages;
        rows.push(Row::new(day, *cents, "DIRECTDEP", text));
    }
    for bill in BILLS.iter().filter(|bill| falls_due(day, bill.due)) {
        let cents = draw.between(bill.amount.0, bill.amount.1);
        rows.push(Row::new(day, -cents, "DIRECTDEBIT", draw.pattern(bill.text)).code(bill.code));
    }
    if day == day.last_of_month() {
        rows.push(Row::new(day, draw.between(3, 21), "INT", "INTEREST PAYMENT"));
    }
    rows
}

/// What a day brings besides.
fn everyday(house: &Household, habits: &Habits, day: Date) -> Vec<Row> {
    let mut draw = house.root.on(Purpose::Checking, day);
    let mut rows = Vec::new();
    for _ in 0..draw.between(1, 3) {
        rows.extend(purchase(&mut draw, DEBIT, &habits.numbers, day).map(|(_, row)| row));
    }
    if draw.chance(13) {
        rows.extend(cash(&mut draw, &habits.numbers, day));
    }
    if draw.chance(12) {
        rows.push(people(&mut draw, day));
    }
    if draw.chance(2) {
        let cents = draw.skewed(2_500, 32_000);
        rows.push(Row::new(day, cents, "DEP", "MOBILE CHECK DEPOSIT"));
    }
    let week = days_between(EPOCH, day).div_euclid(7);
    if day.weekday() == Weekday::Tuesday && week.rem_euclid(2) == 0 {
        // One check a fortnight, numbered onwards from the household's own first.
        let number = 1_000 + (week / 2).rem_euclid(9_000);
        let cents = draw.skewed(40, 180) * 100;
        rows.push(Row::new(day, -cents, "CHECK", format!("CHECK {number}")).check(number));
    }
    rows
}

fn cash(draw: &mut Draw, numbers: &Numbers, day: Date) -> Vec<Row> {
    let cents = draw.between(1, 6) * 2_000;
    let machine = draw.pattern("00????");
    let mut rows =
        vec![Row::new(day, -cents, "ATM", format!("ATM WITHDRAWAL {machine} {}", numbers.city)).code(6011)];
    if draw.chance(30) {
        rows.push(Row::new(day, -300, "FEE", "NON-NETWORK ATM FEE"));
    }
    rows
}

fn people(draw: &mut Draw, day: Date) -> Row {
    let person = PEOPLE[draw_index(draw, PEOPLE.len())];
    let cents = draw.skewed(8, 90) * 100;
    match draw.between(0, 3) {
        0 => Row::new(day, cents, "CREDIT", format!("ZELLE PAYMENT FROM {person}")),
        1 => Row::new(day, -cents, "DEBIT", draw.pattern("VENMO *PAYMENT 10????????")),
        _ => Row::new(day, -cents, "DEBIT", format!("ZELLE PAYMENT TO {person}")),
    }
}
