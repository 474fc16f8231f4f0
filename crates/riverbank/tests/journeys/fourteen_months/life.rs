//! The money of a household over fourteen months, as the file of a scripted bank.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::{Date, Weekday, date};
use jiff::{Span, ToSpan as _};

/// The first day.
pub const BEGINS: Date = date(2026, 1, 1);
/// The day after the last one.
pub const ENDS: Date = date(2027, 3, 1);

/// The accounts: the bank's id, what it tells of them, and the balance at first in cents, of a card what is owed.
const ACCOUNTS: [(&str, &str, i64); 5] = [
    ("everyday", r#"account_type = "CHECKING", name = "Everyday""#, 240_000),
    ("nest", r#"account_type = "SAVINGS", name = "Nest Egg""#, 50_000),
    ("card", r#"account_type = "CREDIT_CARD", name = "Card", credit_limit = 2000.00"#, 0),
    (
        "college",
        r#"account_type = "INVESTMENT", account_subtype = "PLAN_529", name = "College Fund""#,
        50_000,
    ),
    ("health", r#"account_type = "SAVINGS", account_subtype = "HSA", name = "Health Fund""#, 20_000),
];

/// What comes in (cents above nought) and goes out, at an account on a day, with the bank's text.
type Event = (Date, &'static str, i64, String);

/// The file.
pub fn bank() -> String {
    let mut file = String::from(
        r#"
[[institution]]
code = "household"
name = "Household Bank"
is_test = true
connector = "script"

[[institution.credential]]
field_name = "LOGIN"
label = "Username"
type = "LOGIN"

[[institution.script.login]]

[institution.script.data]
household = []
history_days = 90
"#,
    );
    let mut balances = BTreeMap::new();
    for (id, facts, balance) in ACCOUNTS {
        balances.insert(id, balance);
        let balance = amount(balance);
        let facts = format!(r#"{facts}, balance = {balance}, currency_code = "USD""#);
        write!(file, "\n[[institution.script.data.account]]\nid = \"{id}\"\nfacts = {{ {facts} }}\n")
            .unwrap();
    }
    let mut days: BTreeMap<(Date, &str), Vec<(i64, String)>> = BTreeMap::new();
    for (day, account, cents, text) in events() {
        days.entry((day, account)).or_default().push((cents, text));
    }
    for ((day, account), moved) in days {
        let came_in: i64 = moved.iter().map(|(cents, _)| cents).sum();
        let balance = balances.get_mut(account).unwrap();
        *balance += if account == "card" { -came_in } else { came_in };
        let rows = moved.iter().enumerate().map(|(place, (cents, text))| {
            let direction = if *cents > 0 { "CREDIT" } else { "DEBIT" };
            let amount = amount(cents.abs());
            format!(
                r#"    {{ id = "{account}-{day}-{place}", on = "{day}", amount = {amount}, type = "{direction}", description = "{text}" }},"#
            )
        });
        let rows: Vec<_> = rows.collect();
        let facts = format!("balance = {}{}", amount(*balance), further_facts(day, account));
        let change = format!(
            "\n[[institution.script.data.change]]\non = \"{day}\"\naccount = \"{account}\"\nfacts = {{ {facts} }}\nadd = [\n{}\n]\n",
            rows.join("\n")
        );
        file.push_str(&change);
    }
    file
}

/// When the card's bank tells of a day on which a payment is due.
fn further_facts(day: Date, account: &str) -> &'static str {
    match account {
        "card" if day == date(2026, 11, 20) => r#", payment_due_at = "2026-12-09T12:00:00Z""#,
        _ => "",
    }
}

fn amount(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// All that happens: what comes again and again first, and then each thing that an insight should tell of.
fn events() -> Vec<Event> {
    let mut events = Vec::new();
    let mut happens = |day: Date, account: &'static str, cents: i64, text: &str| {
        events.push((day, account, cents, text.to_owned()));
    };
    let mut day = BEGINS;
    while day < ENDS {
        let month = day.first_of_month();
        match day.day() {
            1 => happens(day, "everyday", -120_000, "OAKWOOD APARTMENTS RENT"),
            // Dearer once.
            5 if month == date(2026, 7, 1) => happens(day, "everyday", -11_240, "COMCAST CABLE COMM"),
            5 => happens(day, "everyday", -7_999, "COMCAST CABLE COMM"),
            // Dearer for good.
            15 if month < date(2026, 9, 1) => happens(day, "everyday", -1_549, "NETFLIX.COM"),
            15 => happens(day, "everyday", -1_799, "NETFLIX.COM"),
            25 => {
                happens(day, "everyday", -20_000, "TRANSFER TO SAVINGS");
                happens(day, "nest", 20_000, "TRANSFER FROM CHECKING");
            }
            // As long as there is much to put aside.
            26 if month < date(2026, 11, 1) => happens(day, "everyday", -130_000, "TRANSFER TO BROKERAGE"),
            _ => {}
        }
        if day.weekday() == Weekday::Saturday {
            happens(day, "everyday", -8_500, "WHOLE FOODS MKT 10234");
        }
        let fortnight = day.since(date(2026, 1, 9)).unwrap().get_days() % 14 == 0;
        // One paycheck is left out.
        if fortnight && day >= date(2026, 1, 9) && day != date(2026, 10, 16) {
            happens(day, "everyday", 185_000, "ACME CORP PAYROLL PPD ID 9000");
        }
        day = day.saturating_add(1.day());
    }
    // A coffee on five days of one week.
    for weekday in 0..5 {
        let day = date(2026, 3, 9).saturating_add(Span::new().days(weekday));
        happens(day, "everyday", -450, "STARBUCKS STORE 11234");
    }
    happens(date(2026, 4, 3), "everyday", -1_200, "MONTHLY MAINTENANCE FEE");
    happens(date(2026, 4, 15), "everyday", 64_000, "IRS TREAS 310 TAX REF");
    // Twice by mistake.
    happens(date(2026, 5, 8), "everyday", -2_400, "SHELL OIL 4412");
    happens(date(2026, 5, 8), "everyday", -2_400, "SHELL OIL 4412");
    // More dinners than the budget allows.
    for day in [12, 14, 18] {
        happens(date(2026, 5, day), "everyday", -6_000, "OLIVE GARDEN 0021");
    }
    happens(date(2026, 5, 20), "everyday", 30_000, "SSA TREAS 310 XXSOC SEC");
    happens(date(2026, 6, 10), "everyday", -115_000, "BEST BUY 00012");
    happens(date(2026, 6, 17), "everyday", 90_000, "ALLSTATE INSURANCE CLAIM PAYMENT");
    happens(date(2026, 7, 9), "everyday", 12_000, "MOBILE CHECK DEPOSIT");
    happens(date(2026, 8, 4), "everyday", 11, "LENDPAY VERIFY");
    happens(date(2026, 8, 4), "everyday", 32, "LENDPAY VERIFY");
    happens(date(2026, 8, 20), "college", 5_000, "CONTRIBUTION");
    happens(date(2026, 8, 26), "health", 10_000, "EMPLOYER CONTRIBUTION");
    happens(date(2026, 9, 2), "college", -3_000, "TUITION DISTRIBUTION");
    happens(date(2026, 9, 9), "card", -4_200, "GADGET WORLD ONLINE");
    happens(date(2026, 9, 21), "card", 4_200, "DISPUTE CREDIT GADGET WORLD");
    // Little is left, before the rent is due.
    happens(date(2026, 10, 28), "everyday", -825_000, "IKEA 0417");
    // Step by step to the limit of the card, interest, and all of it paid back.
    happens(date(2026, 11, 3), "card", -45_000, "TARGET 00021");
    happens(date(2026, 11, 10), "card", -20_000, "TARGET 00021");
    happens(date(2026, 11, 20), "card", -95_000, "MACYS 0044");
    happens(date(2026, 11, 28), "card", -980, "INTEREST CHARGE PURCHASES");
    happens(date(2027, 1, 6), "everyday", -160_980, "CARD PAYMENT");
    happens(date(2027, 1, 6), "card", 160_980, "PAYMENT THANK YOU");
    events
}
