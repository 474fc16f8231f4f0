//! The feed's own kinds that settle a category: OFX transaction types, and its investment actions.

use crate::category::Category::{
    self, BankingFee, Buy, Cash, Check, DividendAndCapGains, FinanceCharge, InterestIncome, Paycheck, Sell,
    ServiceFee, Transfer,
};
use crate::evidence::Evidence;

macro_rules! kinds {
    ($($kind:literal $debit:expr, $credit:expr;)*) => {
        &[$(($kind, $debit, $credit),)*]
    };
}

type Row = (&'static str, Option<Category>, Option<Category>);

/// Kind, category on debit, category on credit. Kinds that say only how money moved are not here.
const KINDS: &[Row] = kinds! {
    "ATM" Some(Cash), None;
    "BUY" Some(Buy), Some(Buy);
    "BUYDEBT" Some(Buy), Some(Buy);
    "BUYMF" Some(Buy), Some(Buy);
    "BUYOPT" Some(Buy), Some(Buy);
    "BUYOTHER" Some(Buy), Some(Buy);
    "BUYSTOCK" Some(Buy), Some(Buy);
    "CASH" Some(Cash), None;
    "CGLONG" None, Some(DividendAndCapGains);
    "CGSHORT" None, Some(DividendAndCapGains);
    "CHECK" Some(Check), None;
    "DIRECTDEP" None, Some(Paycheck);
    "DIV" Some(DividendAndCapGains), Some(DividendAndCapGains);
    "FEE" Some(BankingFee), Some(BankingFee);
    "INCOME" None, Some(DividendAndCapGains);
    "INT" Some(FinanceCharge), Some(InterestIncome);
    "INTEREST" Some(FinanceCharge), Some(InterestIncome);
    "REINVEST" Some(Buy), Some(Buy);
    "SELL" Some(Sell), Some(Sell);
    "SELLDEBT" Some(Sell), Some(Sell);
    "SELLMF" Some(Sell), Some(Sell);
    "SELLOPT" Some(Sell), Some(Sell);
    "SELLOTHER" Some(Sell), Some(Sell);
    "SELLSTOCK" Some(Sell), Some(Sell);
    "SRVCHG" Some(ServiceFee), Some(ServiceFee);
    "XFER" Some(Transfer), Some(Transfer);
};

/// The category of this kind and direction.
pub(super) fn category(kind: &str, is_credit: bool) -> Option<(Category, Evidence)> {
    let row = KINDS.binary_search_by_key(&kind, |row| row.0).ok()?;
    let (kind, on_debit, on_credit) = KINDS[row];
    Some((if is_credit { on_credit? } else { on_debit? }, Evidence::Kind(kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(KINDS.is_sorted_by_key(|row| row.0));
    }

    #[test]
    fn a_kind_settles_only_the_directions_it_means() {
        assert_eq!(category("INT", true), Some((InterestIncome, Evidence::Kind("INT"))));
        assert_eq!(category("INT", false), Some((FinanceCharge, Evidence::Kind("INT"))));
        assert_eq!(category("CHECK", true), None);
        assert_eq!(category("POS", false), None);
    }
}
