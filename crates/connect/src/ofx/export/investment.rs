//! `INVSTMTRS`: an investment account with its positions. Its transactions are those of its cash: what was bought with them
//! is not known.

use riverbank_model::feed::{FeedAccount, FeedHolding};
use riverbank_model::money::{Money, Quantity};

use super::key::short;
use super::transaction::{self, other_currency};
use super::{Context, currency, limited, moment};
use crate::ofx::worth::{price, worth};
use crate::ofx::write::Aggregate;

/// Most characters of `UNIQUEID`, `SECNAME` and `TICKER` (OFX 2.2, 13.8.1 and 13.8.5.1).
const ID: usize = 32;
const SECURITY_NAME: usize = 120;
const TICKER: usize = 32;

/// The securities of the positions, each once.
#[derive(Default)]
pub(super) struct Securities(Vec<(String, Aggregate)>);

impl Securities {
    fn add(&mut self, id: &str, holding: &FeedHolding) {
        if self.0.iter().any(|(known, _)| known == id) {
            return;
        }
        let name = limited(&holding.description, SECURITY_NAME).unwrap_or_else(|| id.to_owned());
        let ticker = holding.symbol.as_deref().and_then(|symbol| limited(symbol, TICKER));
        let info = Aggregate::new("SECINFO")
            .with(security_id(holding))
            .value("SECNAME", name)
            .maybe("TICKER", ticker.as_deref());
        self.0.push((id.to_owned(), Aggregate::new("OTHERINFO").with(info)));
    }

    /// `SECLIST`; none of no securities.
    pub(super) fn finish(self) -> Option<Aggregate> {
        let infos = self.0.into_iter().map(|(_, info)| info);
        (infos.len() > 0).then(|| Aggregate::new("SECLIST").with_all(infos))
    }
}

/// The statement.
pub(super) fn write(
    context: &mut Context<'_>,
    account: &FeedAccount,
    securities: &mut Securities,
) -> Aggregate {
    let facts = &account.facts;
    let mut positions = Vec::new();
    let mut value = Money::ZERO;
    for holding in &account.holdings {
        let Some((position, market_value)) = position(context, holding, currency(account)) else {
            let what =
                format!("the position {:?} lacks its units or what they are worth", holding.description);
            context.leave_out(account, &what);
            continue;
        };
        securities.add(&unique_id(holding), holding);
        value = value + market_value;
        positions.push(position);
    }
    let of_cash = |one| Aggregate::new("INVBANKTRAN").with(one).value("SUBACCTFUND", "CASH");
    let transactions = transaction::list(context, account, "INVTRANLIST", of_cash);
    // What of the balance is in no position.
    let cash = facts.cash_balance.or_else(|| facts.balance.map(|balance| balance - value));
    let balances = Aggregate::new("INVBAL")
        .value("AVAILCASH", cash.unwrap_or_default().to_string())
        .value("MARGINBALANCE", "0")
        .value("SHORTBALANCE", "0");
    let statement = Aggregate::new("INVSTMTRS")
        .value("DTASOF", context.moment())
        .value("CURDEF", currency(account))
        .with(context.keys.investment(account))
        .with(transactions);
    let list = (!positions.is_empty()).then(|| Aggregate::new("INVPOSLIST").with_all(positions));
    statement.with_all(list).with(balances)
}

/// A position with its value; none of which units, price or value cannot be said.
fn position(context: &Context<'_>, holding: &FeedHolding, currency: &str) -> Option<(Aggregate, Money)> {
    let units = holding.shares?;
    let price_of_one = holding.price.or_else(|| price(units, holding.market_value?))?;
    let value = holding.market_value.or_else(|| worth(units, price_of_one))?;
    let average_cost = holding.cost_basis.and_then(|cost| price(units, cost)).map(|cost| cost.to_string());
    let foreign = holding.currency_code.as_deref().filter(|own| *own != currency);
    let priced_at = holding.priced_at.map_or_else(|| context.moment(), moment);
    let position = Aggregate::new("INVPOS")
        .with(security_id(holding))
        .value("HELDINACCT", "CASH")
        .value("POSTYPE", if units < Quantity::ZERO { "SHORT" } else { "LONG" })
        .value("UNITS", units.to_string())
        .value("UNITPRICE", price_of_one.to_string())
        .value("MKTVAL", value.to_string())
        .maybe("AVGCOSTBASIS", average_cost.as_deref())
        .value("DTPRICEASOF", priced_at)
        .with_all(foreign.map(other_currency));
    Some((Aggregate::new("POSOTHER").with(position), value))
}

fn security_id(holding: &FeedHolding) -> Aggregate {
    let scheme = if holding.cusip.is_some() { "CUSIP" } else { "OTHER" };
    Aggregate::new("SECID").value("UNIQUEID", unique_id(holding)).value("UNIQUEIDTYPE", scheme)
}

/// The name of a security: its CUSIP, else its symbol, else the holding's own id.
fn unique_id(holding: &FeedHolding) -> String {
    let own = holding.cusip.as_deref().or(holding.symbol.as_deref());
    own.and_then(|id| limited(id, ID)).unwrap_or_else(|| short(&holding.id, ID))
}
