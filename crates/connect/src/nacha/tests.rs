use jiff::civil::{date, time};
use proptest::prelude::*;
use riverbank_model::money::Money;

use super::*;

const LINE: usize = 95;

fn digits(count: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(0..10_u8, count).prop_map(|digits| digits.iter().map(u8::to_string).collect())
}

/// A text that a field of this width gives back.
fn text(width: usize) -> impl Strategy<Value = String> {
    prop::string::string_regex(&format!("([!-~]([ -~]{{0,{}}}[!-~])?)?", width - 2)).unwrap()
}

fn addenda() -> impl Strategy<Value = Addenda> {
    let trace = 0..10_u64.pow(15);
    prop_oneof![
        text(80).prop_map(Addenda::Note),
        (text(3), trace.clone(), text(29)).prop_map(|(code, original_trace, corrected)| Addenda::Change {
            code,
            original_trace,
            corrected
        }),
        (text(3), trace, text(44)).prop_map(|(code, original_trace, information)| Addenda::Return {
            code,
            original_trace,
            information
        }),
    ]
}

prop_compose! {
    fn entry()(
        (code, amount, trace) in (0..100_u8, 0..10_i64.pow(10), 0..10_u64.pow(15)),
        (routing_number, account_number) in (digits(9), text(17)),
        (receiver_id, receiver_name) in (text(15), text(22)),
        addenda in prop::collection::vec(addenda(), 0..3),
    ) -> Entry {
        let (code, amount) = (TransactionCode(code), Money::from_units(amount * 100));
        Entry { code, routing_number, account_number, amount, receiver_id, receiver_name, trace, addenda }
    }
}

prop_compose! {
    fn batch()(
        (company_name, company_id, class, description) in (text(16), text(10), text(3), text(10)),
        (day, originating_dfi, number) in (1..29_i8, 0..10_u64.pow(8), 0..10_u64.pow(7)),
        entries in prop::collection::vec(entry(), 0..9),
    ) -> Batch {
        Batch {
            company_name, company_id, class, description, effective_on: date(2026, 2, day), originating_dfi, number, entries,
        }
    }
}

prop_compose! {
    fn file()(
        (destination, destination_name) in (digits(9), text(23)),
        (origin, origin_name, reference) in (text(10), text(23), text(8)),
        (year, hour, minute, modifier) in (2000..2100_i16, 0..24_i8, 0..60_i8, "[A-Z0-9]"),
        batches in prop::collection::vec(batch(), 0..4),
    ) -> File {
        let (made_on, made_at) = (date(year, 12, 31), time(hour, minute, 0, 0));
        let modifier = modifier.chars().next().unwrap();
        let header = FileHeader { destination, destination_name, origin, origin_name, made_on, made_at, modifier, reference };
        File { header, batches }
    }
}

/// One that is right, to be made wrong.
fn sample() -> String {
    let entry = |code, cents: i64, trace| Entry {
        code,
        routing_number: "091000019".to_owned(),
        account_number: "333312345".to_owned(),
        amount: Money::from_units(cents * 100),
        receiver_id: "MIC".to_owned(),
        receiver_name: "Josh James".to_owned(),
        trace,
        addenda: vec![Addenda::Note("MIC-1".to_owned())],
    };
    let batch = Batch {
        company_name: "Riverbank".to_owned(),
        company_id: "1123456789".to_owned(),
        class: "PPD".to_owned(),
        description: "ACCTVERIFY".to_owned(),
        effective_on: date(2026, 11, 27),
        originating_dfi: 12_210_515,
        number: 1,
        entries: vec![
            entry(TransactionCode::CHECKING_CREDIT, 9, 122_105_150_000_001),
            entry(TransactionCode::SAVINGS_CREDIT, 12, 122_105_150_000_002),
            entry(TransactionCode::CHECKING_DEBIT, 21, 122_105_150_000_003),
        ],
    };
    let header = FileHeader {
        destination: "122105155".to_owned(),
        destination_name: "Bank".to_owned(),
        origin: "1123456789".to_owned(),
        origin_name: "Riverbank".to_owned(),
        made_on: date(2026, 11, 26),
        made_at: time(15, 15, 0, 0),
        modifier: 'A',
        reference: String::new(),
    };
    write(&File { header, batches: vec![batch] }).unwrap()
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(file in file()) {
        let written = write(&file).unwrap();
        prop_assert!(written.lines().all(|line| line.len() == 94));
        prop_assert_eq!(written.lines().count() % 10, 0);
        let unbroken: String = written.lines().collect();
        let returns = written.replace('\n', "\r\n");
        let trimmed = written.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        for form in [written, unbroken, returns, trimmed] {
            prop_assert_eq!(read(form.as_bytes()), Ok(file.clone()));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes);
    }

    #[test]
    fn a_garbled_file_is_refused_or_pays_the_same(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let right = sample();
        let mut garbled = right.clone().into_bytes();
        for (index, byte) in changes {
            let index = index.index(garbled.len());
            garbled[index] = byte;
        }
        if let Ok(read) = read(&garbled) {
            let cents = |file: &File| -> i64 {
                file.batches.iter().flat_map(|batch| &batch.entries).map(|entry| entry.amount.units()).sum()
            };
            prop_assert_eq!(cents(&read), cents(&super::read(right.as_bytes()).unwrap()));
        }
    }

    #[test]
    fn any_text_becomes_printable(text in ".*") {
        prop_assert!(printable(&text).bytes().all(|byte| matches!(byte, b' '..=b'~')));
    }
}

#[test]
fn counts_and_sums_of_a_file_are_those_of_its_lines() {
    let written = sample();
    let control = written.lines().nth(9).unwrap();
    // Batch count, blocks, entries with addenda, three times the first eight digits of the bank, debits, credits.
    assert_eq!(control.trim_end(), "9000001000001000000060027300003000000000021000000000021");
    assert!(written.lines().nth(1).unwrap().starts_with("5200Riverbank"));
}

#[test]
fn a_file_that_contradicts_itself_is_refused_by_its_line() {
    let put = |line: usize, place: usize, digit: &str| {
        let mut written = sample();
        let at = (line - 1) * LINE + place - 1;
        written.replace_range(at..=at, digit);
        read(written.as_bytes()).unwrap_err().to_string()
    };
    assert_eq!(put(3, 39, "8"), "line 9: the sum of credits is not that of the lines before");
    assert_eq!(put(7, 39, "8"), "line 9: the sum of debits is not that of the lines before");
    assert_eq!(put(3, 4, "1"), "line 9: the hash of entries is not that of the lines before");
    assert_eq!(put(10, 7, "2"), "line 10: the count of batches is not that of the lines before");
    assert_eq!(put(3, 30, "x"), "line 3: the amount is no number");
    assert_eq!(put(2, 72, "9"), "line 2: the effective day is no day or time");
    assert_eq!(put(2, 1, "6"), "line 2: is of no kind that may stand here");
    let cut: String = sample().lines().take(8).collect::<Vec<_>>().join("\n");
    assert_eq!(
        read(cut.as_bytes()).unwrap_err().to_string(),
        "line 9: the file ends here, before its control"
    );
    assert_eq!(read(b"").unwrap_err().flaw, Flaw::CutOff);
}

#[test]
fn what_does_not_fit_is_not_written() {
    let mut file = read(sample().as_bytes()).unwrap();
    file.batches[0].entries[0].amount = Money::from_units(150);
    assert_eq!(write(&file).unwrap_err().field, "the amount");
    file.batches[0].entries[0].amount = Money::from_units(10_i64.pow(12));
    assert_eq!(write(&file).unwrap_err().field, "the amount");
    file.batches[0].entries[0].routing_number = "09100001".to_owned();
    assert_eq!(write(&file).unwrap_err().field, "the routing number");
}

#[test]
fn names_lose_their_accents_and_keep_their_letters() {
    assert_eq!(printable("Zoë Łukasiewicz-O’Brien"), "Zoe Lukasiewicz-O'Brien");
    assert_eq!(printable("李"), "?");
}

#[test]
fn deposits_are_made_on_the_next_day_that_is_neither_a_weekend_nor_a_holiday() {
    let rows = [
        // Thanksgiving is the fourth Thursday.
        (date(2026, 11, 25), date(2026, 11, 27)),
        (date(2026, 11, 27), date(2026, 11, 30)),
        // A holiday on a Sunday is kept on the Monday, one on a Saturday not at all.
        (date(2027, 7, 2), date(2027, 7, 6)),
        (date(2026, 7, 2), date(2026, 7, 3)),
        (date(2026, 12, 31), date(2027, 1, 4)),
        (date(2026, 1, 16), date(2026, 1, 20)),
        (date(2026, 5, 22), date(2026, 5, 26)),
    ];
    for (day, next) in rows {
        assert_eq!(banking_day_after(day), next, "after {day}");
    }
    // A day begins at five in the morning of UTC.
    assert_eq!(eastern("2026-07-01T04:59:59Z".parse().unwrap()).date(), date(2026, 6, 30));
    assert_eq!(eastern("2026-07-01T05:00:00Z".parse().unwrap()).date(), date(2026, 7, 1));
}

#[test]
fn every_return_has_its_words() {
    assert_eq!(reason("R02"), "The account is closed.");
    assert_eq!(reason("R99"), "The institution has sent the deposit back.");
}
