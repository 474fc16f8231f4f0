//! The investment account: a contribution each month, spread over four funds; dividends each quarter, reinvested.
//! After Christmas what was bought in the year is sold and leaves the bank, so that each year starts from the same
//! positions.

use jiff::civil::Date;
use riverbank_model::account::{AccountSubtype, AccountType};
use riverbank_model::feed::{AccountFacts, FeedHolding};
use riverbank_model::money::Quantity;

use super::calendar::{EPOCH, days, days_between, falls_due, is_business, month_number};
use super::draw::Purpose;
use super::ledger::{Row, midnight, money};
use super::{Generated, Household, Kind, Numbers};

/// A fund that the household holds.
struct Fund {
    symbol: &'static str,
    cusip: &'static str,
    name: &'static str,
    /// A usual price, in cents.
    price: i64,
    /// The quarterly dividend of one share, in hundredths of a cent.
    dividend: i64,
    /// Its part of each contribution, in per cent.
    part: i64,
}

static FUNDS: [Fund; 4] = [
    Fund {
        symbol: "VTI",
        cusip: "922908769",
        name: "VANGUARD TOTAL STOCK MARKET ETF",
        price: 29_000,
        dividend: 9_300,
        part: 50,
    },
    Fund {
        symbol: "VXUS",
        cusip: "921909768",
        name: "VANGUARD TOTAL INTERNATIONAL STOCK ETF",
        price: 6_500,
        dividend: 4_700,
        part: 25,
    },
    Fund {
        symbol: "BND",
        cusip: "921937835",
        name: "VANGUARD TOTAL BOND MARKET ETF",
        price: 7_300,
        dividend: 6_600,
        part: 15,
    },
    Fund {
        symbol: "VNQ",
        cusip: "922908553",
        name: "VANGUARD REAL ESTATE ETF",
        price: 9_000,
        dividend: 8_700,
        part: 10,
    },
];

/// Steps of [`Quantity`] in one share.
const SHARE: i64 = 10_i64.pow(Quantity::SCALE);

/// `amount x factor / divisor` without an overflow on the way, rounded down.
fn scaled(amount: i64, factor: i64, divisor: i64) -> i64 {
    i64::try_from(i128::from(amount) * i128::from(factor) / i128::from(divisor)).unwrap_or(i64::MAX)
}

/// A position while the year is played through.
struct Position {
    /// Steps of a share at the start of each year.
    base: i64,
    /// Steps of a share bought since.
    bought: i64,
    /// Cents paid for all of it.
    cost: i64,
}

impl Household {
    /// The price of a fund on a day, in cents: between the levels of two months, with a little of its own each
    /// business day.
    fn price(&self, index: usize, day: Date) -> i64 {
        let fund = &FUNDS[index];
        let day = if is_business(day) {
            day
        } else {
            day.nth_weekday(-1, jiff::civil::Weekday::Friday).unwrap_or(day)
        };
        let purpose = Purpose::Price as u64 + index as u64;
        // Levels in thousandths; month numbers are kept apart from day numbers by half of their range.
        let level = |month: i64| self.market.stream(purpose, month + (1 << 31)).between(920, 1_080);
        let month = month_number(day);
        let (one, other) = (level(month), level(month + 1));
        let (into, length) = (i64::from(day.day()) - 1, i64::from(day.days_in_month()));
        let thousandths = one + (other - one) * into / length;
        let own = self.market.stream(purpose, days_between(EPOCH, day)).between(-6, 6);
        fund.price * (thousandths + own) / 1_000
    }
}

pub(super) fn generate(house: &Household, numbers: &Numbers) -> Generated {
    let mut draw = house.root.once(Purpose::Investment);
    let contribution = draw.between(6, 16) * 2_500;
    let cash = draw.between(20_000, 240_000);
    let worth = draw.between(1_500_000, 9_000_000);
    let mut positions: Vec<Position> = FUNDS
        .iter()
        .map(|fund| {
            let cost = worth * fund.part / 100;
            Position {
                base: scaled(cost, SHARE, fund.price),
                bought: 0,
                cost: cost * draw.between(70, 98) / 100,
            }
        })
        .collect();
    let base_cost: Vec<i64> = positions.iter().map(|position| position.cost).collect();
    let mut rows = Vec::new();
    for day in days(house.start.first_of_year(), house.today) {
        if falls_due(day, 5) {
            let text = format!("CONTRIBUTION FROM CHK ...{}", numbers.ending(Kind::Checking));
            let there = format!("ONLINE TRANSFER TO INV ...{}", numbers.ending(Kind::Investment));
            rows.push(Row::new(day, contribution, "XFER", text).counterpart(there));
            for (index, position) in positions.iter_mut().enumerate() {
                let cents = contribution * FUNDS[index].part / 100;
                rows.push(buy(house, day, index, position, cents, "BUY"));
            }
        }
        if day.month() % 3 == 0 && falls_due(day, 22) {
            for (index, position) in positions.iter_mut().enumerate() {
                let fund = &FUNDS[index];
                let cents = scaled(position.base + position.bought, fund.dividend, SHARE * 100);
                if cents > 0 {
                    rows.push(Row::new(day, cents, "DIV", format!("DIVIDEND {} {}", fund.symbol, fund.name)));
                    rows.push(buy(house, day, index, position, cents, "REINVEST"));
                }
            }
        }
        if is_sale(day) {
            let mut proceeds = 0;
            for (index, position) in positions.iter_mut().enumerate() {
                let cents = scaled(position.bought, house.price(index, day), SHARE);
                if cents > 0 {
                    let fund = &FUNDS[index];
                    let shares = Quantity::from_units(position.bought);
                    let text = format!("SELL {} {shares} SHARES {}", fund.symbol, fund.name);
                    rows.push(Row::new(day, cents, "CREDIT", text));
                    proceeds += cents;
                }
                position.bought = 0;
                position.cost = base_cost[index];
            }
            if proceeds > 0 {
                rows.push(Row::new(day, -proceeds, "DEBIT", "YEAR END DISTRIBUTION ACH"));
            }
        }
    }
    rows.retain(|row| row.posted >= house.start);
    let holdings = holdings(house, &positions);
    let value = holdings.iter().filter_map(|holding| holding.market_value).sum();
    let mut facts = AccountFacts::new(AccountType::Investment, String::new());
    facts.account_subtype = Some(AccountSubtype::Brokerage);
    facts.cash_balance = Some(money(cash));
    facts.holdings_value = Some(value);
    facts.balance = Some(money(cash) + value);
    facts.total_account_value = facts.balance;
    facts.available_balance = facts.cash_balance;
    Generated { rows, facts, holdings }
}

/// The day on which the year's purchases are sold: after the dividends of December and before the year ends.
fn is_sale(day: Date) -> bool {
    day.month() == 12 && falls_due(day, 26)
}

fn buy(house: &Household, day: Date, index: usize, position: &mut Position, cents: i64, verb: &str) -> Row {
    let fund = &FUNDS[index];
    let shares = scaled(cents, SHARE, house.price(index, day));
    position.bought += shares;
    position.cost += cents;
    let shares = Quantity::from_units(shares);
    Row::new(day, -cents, "DEBIT", format!("{verb} {} {shares} SHARES {}", fund.symbol, fund.name))
}

fn holdings(house: &Household, positions: &[Position]) -> Vec<FeedHolding> {
    positions
        .iter()
        .enumerate()
        .map(|(index, position)| {
            let fund = &FUNDS[index];
            let price = house.price(index, house.today);
            let shares = position.base + position.bought;
            FeedHolding {
                id: fund.cusip.to_owned(),
                description: fund.name.to_owned(),
                symbol: Some(fund.symbol.to_owned()),
                cusip: Some(fund.cusip.to_owned()),
                shares: Some(Quantity::from_units(shares)),
                price: Some(Quantity::from_units(price * (SHARE / 100))),
                market_value: Some(money(scaled(shares, price, SHARE))),
                cost_basis: Some(money(position.cost)),
                currency_code: Some("USD".to_owned()),
                priced_at: midnight(house.today),
            }
        })
        .collect()
}
