//! The car loan and the mortgage: repaid in equal monthly payments from the checking account. After the last one
//! the loan is taken out again, so that the household never ends.

use jiff::civil::Date;
use riverbank_model::account::{AccountSubtype, AccountType};
use riverbank_model::feed::AccountFacts;
use riverbank_model::money::Rate;

use super::calendar::{business_day, day_of_month, month_number};
use super::draw::Purpose;
use super::ledger::{Row, midnight, money};
use super::{Generated, Household, Kind, Numbers};

/// The terms of a loan.
pub(super) struct Terms {
    kind: Kind,
    subtype: Option<AccountSubtype>,
    principal: i64,
    /// The yearly interest, in hundredths of a per cent.
    interest: i64,
    payments: i64,
    /// The number of the month of some first payment.
    first: i64,
    due: i8,
    counterpart: &'static str,
}

/// Loans are young in January 2026, the month of this number.
const TAKEN_OUT_BEFORE: i64 = 56 * 12;

impl Terms {
    pub(super) fn auto(house: &Household) -> Self {
        let mut draw = house.root.once(Purpose::Loan);
        Self {
            kind: Kind::Loan,
            subtype: Some(AccountSubtype::Auto),
            principal: draw.between(180, 310) * 10_000,
            interest: draw.between(39, 79) * 10,
            payments: 60,
            first: TAKEN_OUT_BEFORE - draw.between(4, 24),
            due: 12,
            counterpart: "AUTO LOAN PAYMENT",
        }
    }

    pub(super) fn mortgage(house: &Household) -> Self {
        let mut draw = house.root.once(Purpose::Mortgage);
        Self {
            kind: Kind::Mortgage,
            subtype: None,
            principal: draw.between(190, 290) * 100_000,
            interest: draw.between(225, 375) + 100,
            payments: 360,
            first: TAKEN_OUT_BEFORE - draw.between(12, 120),
            due: 1,
            counterpart: "MORTGAGE PAYMENT",
        }
    }

    fn interest_on(&self, owed: i64) -> i64 {
        (owed * self.interest + 60_000) / 120_000
    }

    /// What is owed after `payments` payments of this size.
    fn owed_after(&self, payments: i64, payment: i64) -> i64 {
        (0..payments).fold(self.principal, |owed, _| (owed + self.interest_on(owed) - payment).max(0))
    }

    /// The least equal payment that repays the loan in time.
    fn payment(&self) -> i64 {
        let (mut low, mut high) = (0, self.principal * 2);
        while low < high {
            let middle = i64::midpoint(low, high);
            if self.owed_after(self.payments, middle) == 0 {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

pub(super) fn generate(house: &Household, numbers: &Numbers, terms: &Terms) -> Generated {
    let payment = terms.payment();
    let now = month_number(house.today);
    let falls = |month| day_of_month(month, terms.due).map(business_day);
    let paid_in = |month: i64| (month - terms.first).rem_euclid(terms.payments);
    let start = month_number(house.start);
    let mut owed = terms.owed_after(paid_in(start), payment);
    let mut rows = Vec::new();
    let mut last = None;
    for month in start..=now {
        let Some(day) = falls(month).filter(|&day| day <= house.today) else {
            break;
        };
        let interest = terms.interest_on(owed);
        let paid = payment.min(owed + interest);
        let counterpart = format!("{} ...{}", terms.counterpart, numbers.ending(terms.kind));
        rows.push(Row::new(day, -interest, "INT", "INTEREST CHARGE"));
        rows.push(Row::new(day, paid, "PAYMENT", "PAYMENT RECEIVED - THANK YOU").counterpart(counterpart));
        owed += interest - paid;
        last = Some((day, paid));
        if paid_in(month) == terms.payments - 1 {
            rows.push(Row::new(day, -terms.principal, "DEBIT", "LOAN DISBURSEMENT"));
            owed = terms.principal;
        }
    }
    let next = if falls(now).is_some_and(|day| day <= house.today) { now + 1 } else { now };
    Generated { rows, facts: facts(terms, owed, payment, next, last), holdings: Vec::new() }
}

/// The facts of a loan whose next payment is in the month of the number `next`.
fn facts(terms: &Terms, owed: i64, payment: i64, next: i64, last: Option<(Date, i64)>) -> AccountFacts {
    let taken_out = next - (next - terms.first).rem_euclid(terms.payments);
    let mut facts = AccountFacts::new(AccountType::Loan, String::new());
    facts.account_subtype = terms.subtype;
    facts.balance = Some(money(owed));
    facts.payoff_balance = facts.balance;
    facts.original_balance = Some(money(terms.principal));
    facts.loan_amount = facts.original_balance;
    facts.interest_rate = Some(Rate::from_units(terms.interest * 10_i64.pow(Rate::SCALE - 2)));
    facts.apr = facts.interest_rate;
    facts.minimum_payment = Some(money(payment.min(owed + terms.interest_on(owed))));
    facts.day_payment_is_due = Some(i64::from(terms.due));
    facts.payment_due_at = day_of_month(next, terms.due).map(business_day).and_then(midnight);
    facts.started_on = day_of_month(taken_out - 1, terms.due);
    facts.matures_on = day_of_month(taken_out + terms.payments - 1, terms.due);
    if let Some((day, paid)) = last {
        facts.last_payment = Some(money(paid));
        facts.last_payment_at = midnight(day);
    }
    facts
}
