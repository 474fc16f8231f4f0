//! What banks call their own bookings.

use super::{Booking, Mark};
use crate::category::Category::{
    AtmFee, AutoPayment, BankingFee, Cash, Check, CreditCardPayment, DividendAndCapGains, FederalTax,
    FinanceCharge, Financial, Income, InterestIncome, LateFee, MortgageAndRent, MortgagePayment, Paycheck,
    Reimbursement, RentalIncome, ReturnedPurchase, ServiceFee, StateTax, StudentLoan, Transfer,
    Uncategorized,
};

macro_rules! bookings {
    ($($shown:literal, $debit:ident / $credit:ident, $mark:ident: $($pattern:literal)+;)*) => {
        &[$(Booking {
            shown: $shown,
            on_debit: $debit,
            on_credit: $credit,
            mark: Mark::$mark,
            patterns: &[$($pattern),+],
        },)*]
    };
}

/// Name, category on debit / on credit, mark: patterns.
pub(super) const NAMES: &[Booking] = bookings! {
    "ATM Withdrawal", Cash / Cash, Plain: "ATM WITHDRAWAL" "ATM WITHDRWL" "ATM WD" "ATM CASH WITHDRAWAL" "CASH WITHDRAWAL"
        "ATM DEBIT" "NON NETWORK ATM WITHDRAWAL" "NONNETWORK ATM WITHDRAWAL" "ATM CASH" "WITHDRAWAL ATM" "CASH EWITHDRAWAL" "ATM.";
    "ATM Deposit", Uncategorized / Income, Plain: "ATM DEPOSIT" "ATM CASH DEPOSIT" "ATM CHECK DEPOSIT" "DEPOSIT ATM";
    "Mobile Deposit", Uncategorized / Income, Plain: "MOBILE DEPOSIT" "MOBILE CHECK DEPOSIT" "REMOTE DEPOSIT"
        "REMOTE ONLINE DEPOSIT" "DEPOSIT MOBILE" "EDEPOSIT";
    "Deposit", Uncategorized / Income, Plain: "DEPOSIT." "CASH DEPOSIT" "BRANCH DEPOSIT" "COUNTER DEPOSIT" "DEPOSIT BRANCH"
        "TELLER DEPOSIT" "OVER THE COUNTER DEPOSIT";
    "Withdrawal", Cash / Cash, Plain: "WITHDRAWAL." "TELLER WITHDRAWAL" "BRANCH WITHDRAWAL" "COUNTER WITHDRAWAL";
    "Check", Check / Income, Plain: "CHECK." "CHECK #" "CHECK PAID" "CHECK NO" "CK." "CHECK NUMBER" "SUBSTITUTE CHECK";
    "Interest Payment", FinanceCharge / InterestIncome, Plain: "INTEREST PAYMENT" "INTEREST PAID" "INTEREST EARNED"
        "INT EARNED" "INTEREST CREDIT" "INTEREST DEPOSIT" "CREDIT INTEREST" "INTEREST." "INTEREST PYMT" "MONTHLY INTEREST"
        "MONTHLY INTEREST PAID" "APY INTEREST";
    "Interest Charge", FinanceCharge / FinanceCharge, Plain: "INTEREST CHARGE" "INTEREST CHARGED" "PURCHASE INTEREST CHARGE"
        "FINANCE CHARGE" "CASH ADVANCE INTEREST" "INTEREST CHARGE ON PURCHASES" "DEBIT INTEREST" "PERIODIC FINANCE CHARGE";
    "Overdraft Fee", BankingFee / BankingFee, OverdraftFee: "OVERDRAFT FEE" "OVERDRAFT ITEM FEE" "OVERDRAFT CHARGE" "OD FEE"
        "OVERDRAFT PAID FEE" "FEE OVERDRAFT" "OVERDRAFT TRANSFER FEE" "EXTENDED OVERDRAFT FEE" "COURTESY PAY FEE";
    "Returned Item Fee", BankingFee / BankingFee, Plain: "NSF FEE" "INSUFFICIENT FUNDS FEE" "RETURNED ITEM FEE"
        "RETURNED CHECK FEE" "RETURNED PAYMENT FEE";
    "ATM Fee", AtmFee / AtmFee, Plain: "ATM FEE" "ATM SURCHARGE" "NON NETWORK ATM FEE" "NONNETWORK ATM FEE" "OUT OF NETWORK ATM FEE"
        "ATM WITHDRAWAL FEE" "ATM SERVICE FEE" "ATM OPERATOR FEE" "FOREIGN ATM FEE" "ATM FEE REBATE" "ATM FEE REFUND";
    "Late Fee", LateFee / LateFee, Plain: "LATE FEE" "LATE PAYMENT FEE" "LATE CHARGE" "PAST DUE FEE";
    "Monthly Service Fee", BankingFee / BankingFee, Plain: "MONTHLY SERVICE FEE" "MONTHLY MAINTENANCE FEE" "MAINTENANCE FEE"
        "SERVICE CHARGE" "MONTHLY FEE" "ACCOUNT FEE" "MONTHLY SERVICE CHARGE" "ACCOUNT MAINTENANCE FEE" "MINIMUM BALANCE FEE";
    "Wire Transfer Fee", BankingFee / BankingFee, Plain: "WIRE FEE" "WIRE TRANSFER FEE" "INCOMING WIRE FEE"
        "OUTGOING WIRE FEE" "DOMESTIC WIRE FEE" "INTERNATIONAL WIRE FEE" "DOMESTIC INCOMING WIRE FEE";
    "Foreign Transaction Fee", ServiceFee / ServiceFee, Plain: "FOREIGN TRANSACTION FEE" "FOREIGN TRANS FEE"
        "INTERNATIONAL TRANSACTION FEE" "INTL TRANSACTION FEE" "FOREIGN EXCHANGE FEE" "INTERNATIONAL SERVICE FEE";
    "Annual Fee", ServiceFee / ServiceFee, Plain: "ANNUAL FEE" "ANNUAL MEMBERSHIP FEE" "ANNUAL CARD FEE" "MEMBERSHIP FEE";
    "Cash Advance Fee", ServiceFee / ServiceFee, Plain: "CASH ADVANCE FEE";
    "Balance Transfer Fee", ServiceFee / ServiceFee, Plain: "BALANCE TRANSFER FEE";
    "Stop Payment Fee", BankingFee / BankingFee, Plain: "STOP PAYMENT FEE";
    "Cash Advance", Cash / Cash, Plain: "CASH ADVANCE";
    "Credit Card Payment", CreditCardPayment / CreditCardPayment, Plain: "CREDIT CARD PAYMENT" "CREDIT CARD PMT" "CREDIT CARD AUTOPAY"
        "CARDMEMBER SERV WEB PYMT" "CHASE CREDIT CRD AUTOPAY" "CHASE CREDIT CRD EPAY" "AMEX EPAYMENT"
        "AMERICAN EXPRESS ACH PMT" "CAPITAL ONE MOBILE PMT" "CAPITAL ONE CRCARDPMT" "CAPITAL ONE ONLINE PMT"
        "DISCOVER EPAYMENT" "CITI CARD ONLINE PAYMENT" "CITI AUTOPAY PAYMENT" "BARCLAYCARD US CREDITCARD"
        "PAYMENT TO CHASE CARD" "PAYMENT TO CREDIT CARD" "WELLS FARGO CARD CCPYMT" "APPLECARD GSBANK PAYMENT"
        "SYNCHRONY BANK PAYMENT" "CARD PAYMENT.";
    "Payment", CreditCardPayment / CreditCardPayment, Plain: "PAYMENT THANK YOU" "AUTOMATIC PAYMENT" "ONLINE PAYMENT THANK YOU"
        "MOBILE PAYMENT THANK YOU" "INTERNET PAYMENT THANK YOU" "AUTOPAY PAYMENT" "PAYMENT RECEIVED" "AUTOPAY THANK YOU"
        "PAYMENT THANKYOU" "PAYMENT THANK YOUMOBILE" "PAYMENT THANK YOUWEB" "ELECTRONIC PAYMENT RECEIVED"
        "DIRECTPAY FULL BALANCE";
    "Online Transfer", Transfer / Transfer, Plain: "ONLINE TRANSFER" "INTERNET TRANSFER" "ONLINE BANKING TRANSFER"
        "ONLINE XFER" "WEB TRANSFER" "ONLINE REALTIME TRANSFER" "ONLINE SCHEDULED TRANSFER";
    "Mobile Transfer", Transfer / Transfer, Plain: "MOBILE TRANSFER" "MOBILE BANKING TRANSFER" "MOBILE XFER";
    "Wire Transfer", Transfer / Transfer, Plain: "WIRE TRANSFER" "INCOMING WIRE" "OUTGOING WIRE" "FEDWIRE CREDIT"
        "FEDWIRE DEBIT" "WIRE TYPE" "DOMESTIC WIRE" "INTERNATIONAL WIRE";
    "Balance Transfer", Transfer / Transfer, Plain: "BALANCE TRANSFER";
    "Overdraft Transfer", Transfer / Transfer, Plain: "OVERDRAFT TRANSFER" "OVERDRAFT PROTECTION" "OD PROTECTION TRANSFER";
    "Transfer", Transfer / Transfer, Plain: "TRANSFER." "TRANSFER TO" "TRANSFER FROM" "FUNDS TRANSFER" "ACCOUNT TRANSFER"
        "BOOK TRANSFER" "INTERNAL TRANSFER" "RECURRING TRANSFER" "EXTERNAL TRANSFER" "AUTOMATIC TRANSFER" "XFER" "TFR."
        "SCHEDULED TRANSFER" "SAVINGS TRANSFER" "TRANSFER DEBIT" "TRANSFER CREDIT" "PREAUTHORIZED TRANSFER" "KEEP THE CHANGE"
        "ETRANSFER" "E TRANSFER";
    "Direct Deposit", Uncategorized / Paycheck, DirectDeposit: "DIRECT DEPOSIT" "DIRECT DEP" "DIRDEP" "DIR DEP";
    "Payroll", Uncategorized / Paycheck, DirectDeposit: "PAYROLL." "PAYROLL DEPOSIT" "PAYROLL DIRECT DEP" "PAYROLL DIRECT DEPOSIT"
        "SALARY." "WAGES." "PAYROLL PAYMENT";
    "Social Security", Uncategorized / Income, DirectDeposit: "SSA TREAS" "SOCIAL SECURITY" "SOC SEC" "SSI TREAS";
    "IRS", FederalTax / FederalTax, Plain: "IRS TREAS" "IRS USATAXPYMT" "US TREASURY TAX" "IRS." "UNITED STATES TREASURY TAX"
        "IRS USATAX" "TAX REFUND";
    "State Tax", StateTax / StateTax, Plain: "FRANCHISE TAX BO" "FRANCHISE TAX BOARD" "STATE TAX" "STATE TAX REFUND"
        "DEPT OF REVENUE" "STATE COMPTROLLER" "NYS DTF";
    "Mortgage Payment", MortgageAndRent / MortgagePayment, Plain: "MORTGAGE PAYMENT" "MORTGAGE PMT" "MTG PAYMENT" "MTG PYMT"
        "MTG PMTS" "HOME LOAN PAYMENT";
    "Auto Loan Payment", AutoPayment / Transfer, Plain: "AUTO LOAN PAYMENT" "AUTO LOAN" "CAR PAYMENT" "AUTO PAYMENT"
        "VEHICLE LOAN PAYMENT";
    "Student Loan Payment", StudentLoan / Transfer, Plain: "STUDENT LOAN" "STUDENT LN" "DEPT EDUCATION STUDENT LN"
        "DEPT OF EDUCATION STUDENT LN";
    "Loan Disbursement", Transfer / Transfer, Plain: "LOAN DISBURSEMENT" "LOAN ADVANCE" "LOAN PROCEEDS";
    "Loan Payment", Financial / Transfer, Plain: "LOAN PAYMENT" "LOAN PMT" "LOAN PYMT" "PRINCIPAL PAYMENT" "REGULAR PAYMENT";
    "Rent", MortgageAndRent / RentalIncome, Plain: "RENT." "RENT PAYMENT" "MONTHLY RENT" "RENT PMT";
    "Dividend", DividendAndCapGains / DividendAndCapGains, Plain: "DIVIDEND." "CASH DIVIDEND" "QUALIFIED DIVIDEND"
        "ORDINARY DIVIDEND" "DIVIDEND RECEIVED" "DIVIDEND PAYMENT" "DIVIDEND EARNED" "DIVIDEND DEPOSIT";
    "Cash Back", Uncategorized / Income, Plain: "CASH BACK REWARD" "CASHBACK BONUS" "CASH REWARD" "REWARDS REDEMPTION"
        "CASH BACK REDEMPTION" "CASHBACK REWARD" "CASHBACK." "REWARD CREDIT" "STATEMENT CREDIT" "CASH BACK." "DAILY CASH";
    "Refund", Uncategorized / ReturnedPurchase, Plain: "REFUND." "PURCHASE REFUND" "MERCHANT CREDIT" "CREDIT VOUCHER";
    "Reimbursement", Uncategorized / Reimbursement, Plain: "EXPENSE REIMBURSEMENT" "REIMBURSEMENT." "EXPENSE REPORT";
};
