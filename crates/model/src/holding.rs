//! Kinds of holdings.

use crate::account::numbered;

numbered! {
    /// What a position is of. The reference has the names; the numbers are ours, since it has none.
    HoldingType {
        0 UnknownType "UNKNOWN_TYPE";
        1 Equity "EQUITY";
        2 ExchangeTradedFund "EXCHANGE_TRADED_FUND";
        3 MoneyMarket "MONEY_MARKET";
        4 MutualFund "MUTUAL_FUND";
        5 HedgeFund "HEDGE_FUND";
        6 Annuity "ANNUITY";
        7 UnitInvestmentTrust "UNIT_INVESTMENT_TRUST";
        8 Cash "CASH";
        9 FixedIncome "FIXED_INCOME";
        10 Options "OPTIONS";
        11 AlternativeInvestments "ALTERNATIVE_INVESTMENTS";
        12 CertificateOfDeposit "CERTIFICATE_OF_DEPOSIT";
        13 Loan "LOAN";
    }
}
