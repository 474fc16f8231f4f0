//! Where the household spends: merchants as statements write them.
//!
//! Category codes are those of ISO 18245. In a text `?` stands for a digit, `@` for a digit or a capital and
//! `{city}` for the household's own city.

/// One row of a table of merchants.
pub(super) struct Merchant {
    pub(super) text: &'static str,
    pub(super) code: i64,
    /// The least and the most of a purchase, in cents.
    pub(super) amount: (i64, i64),
    pub(super) weight: i64,
}

const fn row(text: &'static str, code: i64, low: i64, high: i64, weight: i64) -> Merchant {
    Merchant { text, code, amount: (low, high), weight }
}

/// Paid by credit card.
pub(super) const CARD: &[Merchant] = &[
    row("SQ *BLUE BOTTLE ????", 5814, 425, 1150, 9),
    row("STARBUCKS STORE ????? {city}", 5814, 395, 1290, 14),
    row("DUTCH BROS ???? {city}", 5814, 450, 975, 6),
    row("MCDONALD'S F????? {city}", 5814, 499, 1850, 9),
    row("CHIPOTLE ???? {city}", 5814, 1045, 2460, 7),
    row("IN-N-OUT BURGER ??? {city}", 5814, 825, 2275, 4),
    row("TST* THE COPPER ONION {city}", 5812, 2200, 7400, 3),
    row("TST* RED IGUANA {city}", 5812, 1850, 6200, 3),
    row("OLIVE GARDEN ????? {city}", 5812, 2400, 6900, 2),
    row("DD DOORDASH @@@@@@ 855-973-1040 CA", 5812, 1675, 4890, 4),
    row("UBER   TRIP HELP.UBER.COM CA", 4121, 790, 3640, 5),
    row("LYFT   *RIDE @@@ 855-865-9553 CA", 4121, 820, 3150, 2),
    row("AMZN Mktp US*@@@@@@@@@ Amzn.com/bill WA", 5942, 699, 5890, 14),
    row("Amazon.com*@@@@@@@@@ SEATTLE WA", 5942, 899, 7450, 6),
    row("TARGET 0000???? {city}", 5411, 850, 6720, 7),
    row("WM SUPERCENTER ???? {city}", 5411, 920, 7340, 7),
    row("TRADER JOE S ???? {city}", 5411, 1240, 6580, 5),
    row("WHOLEFDS SLC ????? {city}", 5411, 980, 5930, 4),
    row("CVS/PHARMACY #0???? {city}", 5912, 499, 3890, 4),
    row("WALGREENS ???? {city}", 5912, 549, 3270, 3),
    row("THE HOME DEPOT ???? {city}", 5200, 890, 9640, 3),
    row("LOWES #0???? {city}", 5200, 760, 8850, 2),
    row("BEST BUY 0000???? {city}", 5732, 1599, 14999, 1),
    row("OLD NAVY US ???? {city}", 5651, 1499, 7200, 1),
    row("NORDSTROM RACK ???? {city}", 5651, 1990, 9800, 1),
    row("REI ???? {city}", 5941, 1495, 11900, 1),
    row("PETSMART # ???? {city}", 5995, 1150, 6400, 2),
    row("SHELL OIL 5744??????? {city}", 5541, 2650, 5480, 4),
    row("CHEVRON 00????? {city}", 5541, 2580, 5620, 4),
    row("PARKMOBILE-???? 877-727-5457 GA", 7523, 125, 1250, 3),
    row("UTA FAREPAY {city}", 4111, 250, 1000, 2),
    row("CINEMARK THEATRES ??? {city}", 7832, 1150, 4200, 2),
    row("STEAMGAMES.COM 4259522985 WA", 5816, 499, 3999, 1),
    row("APPLE.COM/BILL 866-712-7753 CA", 5818, 99, 1499, 4),
    row("GREAT CLIPS ???? {city}", 7230, 1900, 3400, 1),
    row("USPS PO ?????????? {city}", 9402, 480, 2390, 1),
    row("DELTA AIR 006?????????? ATLANTA GA", 4511, 15800, 39800, 1),
];

/// Bought abroad with the credit card, with a fee of the bank.
pub(super) const ABROAD: &[Merchant] = &[
    row("BOOKING.COM HOTEL AMSTERDAM NL", 7011, 8900, 26400, 2),
    row("RYANAIR DUBLIN IE", 4511, 4990, 18900, 1),
    row("TFL TRAVEL CH LONDON GB", 4111, 310, 1490, 3),
    row("PATREON* MEMBERSHIP LONDON GB", 5968, 300, 1500, 3),
];

/// Paid from the checking account with a debit card.
pub(super) const DEBIT: &[Merchant] = &[
    row("POS DEBIT ???? KROGER #0??? {city}", 5411, 980, 8240, 12),
    row("POS DEBIT ???? SMITHS FOOD #4??? {city}", 5411, 890, 7650, 11),
    row("POS DEBIT ???? HARMONS GROCERY {city}", 5411, 1050, 6480, 6),
    row("POS DEBIT ???? COSTCO WHSE #0??? {city}", 5300, 3890, 13870, 3),
    row("POS DEBIT ???? 7-ELEVEN ????? {city}", 5499, 249, 1590, 10),
    row("POS DEBIT ???? MAVERIK ???? {city}", 5541, 560, 4890, 9),
    row("POS DEBIT ???? DOLLAR TREE {city}", 5331, 375, 1990, 5),
    row("DEBIT CARD PURCHASE SUBWAY ????? {city}", 5814, 745, 1890, 7),
    row("DEBIT CARD PURCHASE JAMBA JUICE ??? {city}", 5814, 620, 1390, 4),
    row("DEBIT CARD PURCHASE CAFE RIO ???? {city}", 5814, 980, 2790, 5),
    row("DEBIT CARD PURCHASE DESERET BOOK {city}", 5942, 890, 3890, 1),
    row("DEBIT CARD PURCHASE JIFFY LUBE ???? {city}", 7538, 4999, 11990, 1),
    row("DEBIT CARD PURCHASE MISTER CAR WASH ??? {city}", 7542, 1000, 2400, 3),
    row("DEBIT CARD PURCHASE SALT LAKE CITY LIBRARY {city}", 9399, 100, 1250, 2),
];

/// A bill of each month.
pub(super) struct Bill {
    pub(super) text: &'static str,
    pub(super) code: i64,
    pub(super) due: i8,
    /// The least and the most, in cents; the same when it never changes.
    pub(super) amount: (i64, i64),
}

const fn bill(text: &'static str, code: i64, due: i8, low: i64, high: i64) -> Bill {
    Bill { text, code, due, amount: (low, high) }
}

/// Drawn from the checking account.
pub(super) const BILLS: &[Bill] = &[
    bill("COMCAST CABLE COMM 8495??????????", 4899, 3, 7999, 7999),
    bill("ROCKY MOUNTAIN POWER BILL PMT WEB ID: 8870?????", 4900, 8, 7420, 15380),
    bill("SLC PUBLIC UTILITIES WATER", 4900, 14, 4210, 8890),
    bill("DOMINION ENERGY UT GAS PMT", 4900, 21, 2890, 11840),
    bill("VERIZON WIRELESS PAYMENTS 800-922-0204", 4814, 22, 9437, 9437),
    bill("GEICO *AUTO INS 800-841-3000", 6300, 25, 13850, 13850),
    bill("PLANET FITNESS CLUB FEES", 7997, 17, 2499, 2499),
    bill("STATE FARM RO 27 SFPP", 6300, 10, 8614, 8614),
];

/// Drawn from the credit card.
pub(super) const SUBSCRIPTIONS: &[Bill] = &[
    bill("NETFLIX.COM NETFLIX.COM CA", 4899, 4, 1549, 1549),
    bill("SPOTIFY USA 877-7781161 NY", 4899, 9, 1099, 1099),
    bill("GOOGLE *ONE g.co/helppay# CA", 5818, 11, 299, 299),
    bill("HULU 877-8244858 CA", 4899, 13, 1799, 1799),
    bill("NYTIMES*NYTIMES DIGITAL 800-698-4637 NY", 5968, 20, 1700, 1700),
    bill("ADOBE *CREATIVE CLOUD 408-536-6000 CA", 5734, 24, 2299, 2299),
];

/// People that money goes to and comes from.
pub(super) const PEOPLE: &[&str] =
    &["J MARTINEZ", "SARAH K", "T NGUYEN", "MIKE OLSEN", "PRIYA S", "A JOHANSSON"];

/// Cities, as statements write them.
pub(super) const CITIES: &[&str] =
    &["SALT LAKE CITY UT", "PROVO UT", "LEHI UT", "OGDEN UT", "SANDY UT", "BOISE ID", "DENVER CO", "RENO NV"];

/// Employers, as statements write them.
pub(super) const EMPLOYERS: &[&str] = &[
    "ACME MANUFACTURING PAYROLL PPD ID: 9111111???",
    "INTERMTN HEALTH DIR DEP PPD ID: 1870269???",
    "STATE OF UTAH PAYROLL PPD ID: 4876000???",
    "GRANITE SCHOOL DIST PAYROLL",
    "WASATCH SOFTWARE LLC DIRECT DEP",
    "ADP TOTALSOURCE SALARY @@@@@@@@",
];
