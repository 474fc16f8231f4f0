//! What processors and banks write around a name.

use std::sync::LazyLock;

use crate::phrases::Phrases;

macro_rules! prefixes {
    ($($phrase:literal)*) => {
        [$(($phrase, $phrase),)*]
    };
}

/// Words before a name.
pub(super) static PREFIXES: LazyLock<Phrases<&'static str>> = LazyLock::new(|| {
    Phrases::new(prefixes! {
        // Payment processors and marketplaces.
        "SQ *" "SQU *" "SQUARE *" "GOSQ *" "TST *" "TOAST *" "SP *" "SP" "PAYPAL *" "PAYPAL INST XFER" "PP *"
        "PY *" "IN *" "INTUIT *" "STRIPE *" "ST *" "EB *" "CKE *" "CLOVER *" "CLV *" "FSP *" "WPY *" "ZSK *" "BT *"
        "IZ *" "SUMUP *" "ZETTLE *" "IZETTLE *" "LS *" "FS *" "PAR *" "BLS *" "CTLP *" "NYA *" "RTI *" "TCB *"
        "SPO *" "CLKBANK *" "POY *" "DNH *" "2CO *" "2CHECKOUT *" "PADDLE *" "MSP *" "ACT *" "APPLE PAY" "GOOGLE PAY"
        "AFTERPAY *" "KLARNA *" "AFFIRM *" "POS *"
        // Card networks and terminals.
        "POS DEBIT" "POS PURCHASE" "POS PUR" "POINT OF SALE" "POS WITHDRAWAL" "POS REFUND" "POS CREDIT" "POS" "PIN PURCHASE"
        "CHECKCARD" "CHECK CARD" "CHECK CARD PURCHASE" "CHECKCARD PURCHASE" "CHKCARD" "CHKCARDPURCHASE"
        "DEBIT CARD PURCHASE" "DEBIT CARD" "DEBIT PURCHASE" "DEBIT PURCHASE VISA" "DEBIT" "DBT CRD" "DBT PURCHASE"
        "CARD PURCHASE" "CARD PURCHASE WITH PIN" "CREDIT CARD PURCHASE" "VISA PURCHASE" "VISA DEBIT" "VISA DDA PUR"
        "VISA" "MASTERCARD PURCHASE" "MASTERCARD DEBIT" "MC PURCHASE" "SIG PURCHASE" "SIGNATURE PURCHASE"
        "PURCHASE" "PURCHASE AUTHORIZED ON" "PURCHASE RETURN AUTHORIZED ON" "PURCHASE RETURN"
        "RECURRING PAYMENT AUTHORIZED ON" "RECURRING PAYMENT" "RECURRING DEBIT CARD" "RECURRING CARD PURCHASE"
        "RECURRING" "CONTACTLESS" "INTERAC PURCHASE" "INTERNATIONAL PURCHASE" "FOREIGN PURCHASE"
        "PENDING" "PENDING PURCHASE" "PREAUTHORIZED" "PREAUTHORIZED DEBIT" "PREAUTH" "HOLD" "AUTHORIZATION" "AUTH"
        "TEMPORARY HOLD" "CARD AUTHORIZATION" "WITHDRAWAL" "WITHDRAWAL DEBIT CARD" "WITHDRAWAL POS"
        "MERCHANDISE RETURN" "REFUND FROM"
        // Clearing houses and bill pay.
        "ACH" "ACH DEBIT" "ACH CREDIT" "ACH WITHDRAWAL" "ACH DEPOSIT" "ACH PAYMENT" "ACH PMT" "ACH TRANSACTION"
        "ACH ELECTRONIC DEBIT" "ACH ELECTRONIC CREDIT" "ELECTRONIC PAYMENT" "ELECTRONIC WITHDRAWAL"
        "ELECTRONIC DEPOSIT" "ELECTRONIC DEBIT" "EFT DEBIT" "EFT CREDIT" "EFT" "DIRECT DEBIT" "DD"
        "ORIG CO NAME :" "EXTERNAL WITHDRAWAL" "EXTERNAL DEPOSIT" "WEB PAYMENT" "WEB PMT" "PREAUTHORIZED ACH DEBIT"
        "BILL PAYMENT" "BILL PAYMENT TO" "BILL PAY" "BILL PAY PAYMENT" "BILLPAY" "ONLINE BILL PAYMENT"
        "ONLINE BILL PAYMENT TO" "ONLINE PAYMENT TO" "ONLINE PMT" "BILL PMT" "E PAYMENT TO" "PAYMENT TO"
        "DEPOSIT FROM" "DEPOSIT ACH" "CREDIT FROM"
    })
});

/// Phrases from which on a text tells only the bank's own particulars.
pub(super) static ENDS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let phrases = [
        "DES :",
        "DIRECT DEP",
        "DIRECT DEPOSIT",
        "DIR DEP",
        "DIRDEP",
        "INDN :",
        "ID :",
        "ID #",
        "REF :",
        "REF #",
        "REFERENCE",
        "REF NO",
        "CONF #",
        "CONF :",
        "CONFIRMATION",
        "CONFIRMATION #",
        "AUTH #",
        "AUTH CODE",
        "TRACE #",
        "TRACE :",
        "TRACE NO",
        "TRN :",
        "TRACKING",
        "SEQ #",
        "SEQ NO",
        "ORIG ID",
        "CO ID",
        "CO ENTRY",
        "ENTRY DESCR",
        "SEC :",
        "IND ID",
        "IND NAME",
        "CARD #",
        "CARD ENDING",
        "ENDING IN",
        "STORE #",
        "STORE NO",
        "UNIT #",
        "TERM ID",
        "TERM #",
        "MERCH ID",
        "INV #",
        "INVOICE",
        "ORDER #",
        "ACCT #",
        "ACCT ENDING",
        "ACCOUNT ENDING",
        "VALUE DATE",
        "EFFECTIVE DATE",
        "ON :",
        "DATE :",
        "FX RATE",
        "EXCHANGE RATE",
        "FOREIGN CURRENCY",
        "WEB ID",
        "PPD ID",
        "CCD ID",
        "TEL ID",
    ];
    Phrases::new(phrases.map(|phrase| (phrase, ())))
});

/// Single words that end a text without being part of a name.
pub(super) const TRAILERS: [&str; 15] = [
    "PPD",
    "CCD",
    "WEB",
    "TEL",
    "POS",
    "ACH",
    "LLC",
    "INC",
    "LTD",
    "CORP",
    "ONLINEPMT",
    "EPAY",
    "PURCHASE",
    "RECURRING",
    "PENDING",
];

/// Words that go with the number after them; not the months that are names.
pub(super) const NUMBERED: [&str; 17] = [
    "STORE", "UNIT", "CARD", "REF", "TERM", "SEQ", "SUITE", "STE", "JAN", "FEB", "APR", "JUN", "JUL", "AUG",
    "OCT", "NOV", "DEC",
];
