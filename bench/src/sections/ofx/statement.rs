//! A statement such as banks write: SGML 1.02, one account, the same bytes every time.

use std::fmt::Write as _;

/// Descriptions that banks send, and the sign of the amounts that come with them.
const PAYEES: [(&str, &str, &str); 10] = [
    ("CORNER COFFEE ROASTERS 0142", "POS PURCHASE", "-"),
    ("HARBOR FUEL #221", "CARD 4417 PURCHASE", "-"),
    ("GREENLEAF GROCERY &amp; DELI", "POS PURCHASE", "-"),
    ("CITY WATER AND POWER", "ONLINE BILL PAYMENT", "-"),
    ("METRO TRANSIT AUTHORITY", "CARD 4417 PURCHASE", "-"),
    ("NORTHWIND PAYROLL", "DIRECT DEPOSIT PPD ID 910022", ""),
    ("STREAMBOX MONTHLY", "RECURRING CARD PAYMENT", "-"),
    ("OAK STREET RENTALS", "ACH DEBIT WEB", "-"),
    ("JANE'S BOOKSHOP", "POS PURCHASE", "-"),
    ("INTEREST PAYMENT", "", ""),
];

const HEADER: &str = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\n\
    CHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n";

const BEGINNING: &str = "<OFX>\r\n<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>\
    <DTSERVER>20260131120000[-5:EST]<LANGUAGE>ENG<FI><ORG>Riverside<FID>1001</FI></SONRS></SIGNONMSGSRSV1>\r\n\
    <BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD\
    <BANKACCTFROM><BANKID>021000021<ACCTID>7788990011<ACCTTYPE>CHECKING</BANKACCTFROM>\r\n\
    <BANKTRANLIST><DTSTART>20160101<DTEND>20260131\r\n";

const END: &str = "</BANKTRANLIST>\r\n<LEDGERBAL><BALAMT>1234.56<DTASOF>20260131120000[-5:EST]</LEDGERBAL>\r\n\
    <AVAILBAL><BALAMT>1200.00<DTASOF>20260131120000[-5:EST]</AVAILBAL>\r\n\
    </STMTRS></STMTTRNRS></BANKMSGSRSV1>\r\n</OFX>\r\n";

/// A statement of so many transactions.
pub fn statement(transactions: u32) -> String {
    let mut text = [HEADER, BEGINNING].concat();
    for (number, (name, memo, sign)) in (0..transactions).zip(PAYEES.iter().cycle()) {
        let (year, month, day) = (2016 + number / 336 % 10, 1 + number / 28 % 12, 1 + number % 28);
        // Steps that are prime spread amounts and terminals without a random source.
        let cents = 1 + u64::from(number) * 7_919 % 200_000;
        let kind = if sign.is_empty() { "CREDIT" } else { "DEBIT" };
        let (whole, part) = (cents / 100, cents % 100);
        let wrote = write!(
            text,
            "<STMTTRN>\r\n<TRNTYPE>{kind}\r\n<DTPOSTED>{year}{month:02}{day:02}120000[-5:EST]\r\n\
             <TRNAMT>{sign}{whole}.{part:02}\r\n<FITID>{year}{month:02}{day:02}{number:08}\r\n<NAME>{name}\r\n"
        );
        wrote.expect("a string takes all that is written");
        if !memo.is_empty() {
            let terminal = u64::from(number) * 31 % 99_991;
            write!(text, "<MEMO>{memo} {terminal:05}\r\n").expect("a string takes all that is written");
        }
        text.push_str("</STMTTRN>\r\n");
    }
    text + END
}

#[cfg(test)]
mod tests {
    use riverbank_connect::ofx::read;

    use super::*;

    #[test]
    fn every_transaction_is_read_back_without_a_warning() {
        let file = read(statement(1_000).as_bytes()).unwrap();
        assert_eq!(file.accounts.len(), 1);
        assert_eq!(file.accounts[0].account.transactions.len(), 1_000);
        assert!(file.is_whole && file.warnings.is_empty(), "{:?}", file.warnings);
    }

    #[test]
    fn the_bytes_are_the_same_every_time_and_ids_do_not_repeat() {
        assert_eq!(statement(50), statement(50));
        let file = read(statement(50_000).as_bytes()).unwrap();
        let ids =
            file.accounts[0].account.transactions.iter().filter_map(|transaction| transaction.id.as_ref());
        assert_eq!(ids.collect::<std::collections::HashSet<_>>().len(), 50_000);
    }
}
