use jiff::civil::{Date, date};
use proptest::prelude::*;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::guid::{Guid, TransactionGuid};
use riverbank_model::transaction::{TransactionStatus, TransactionType};

use super::*;

/// A posted debit of the `day`-th of March.
fn row(id: &str, day: i8, amount: &str, description: &str) -> FeedTransaction {
    FeedTransaction {
        id: (!id.is_empty()).then(|| id.to_owned()),
        amount: amount.parse().unwrap(),
        posted_on: Some(date(2024, 3, day)),
        ..crate::quality::told(description, false)
    }
}

fn pending(id: &str, day: i8, amount: &str, description: &str) -> FeedTransaction {
    FeedTransaction { status: TransactionStatus::Pending, ..row(id, day, amount, description) }
}

fn guid(number: usize) -> TransactionGuid {
    TransactionGuid::trusted(format!("TRN-{number:03}"))
}

/// Stored rows with the ids `TRN-000`, `TRN-001` and so on.
fn stored(rows: impl IntoIterator<Item = FeedTransaction>) -> Vec<Known> {
    let known = |(number, told)| Known { guid: guid(number), told };
    rows.into_iter().enumerate().map(known).collect()
}

/// The first of March.
const COVERED: Option<Date> = Some(date(2024, 3, 1));

fn decide(known: &[Known], feed: &[FeedTransaction]) -> Vec<(Decision, Reason)> {
    let matches = match_feed(known, feed, COVERED);
    let pair = |told: Match| (told.decision, told.reason);
    matches.told.into_iter().map(pair).collect()
}

use Decision::{Changed, New, PostedFrom, Repeated, Same};

#[test]
fn what_is_told_as_before_is_the_same() {
    let rows = [row("a", 1, "5", "COFFEE"), row("", 2, "5", "COFFEE")];
    assert_eq!(
        decide(&stored(rows.clone()), &rows),
        [(Same(guid(0)), Reason::SameFacts), (Same(guid(1)), Reason::SameFacts)]
    );
}

#[test]
fn a_changed_fact_under_the_same_id_is_a_change() {
    let known = stored([row("a", 1, "5", "COFFEE")]);
    for changed in [row("a", 1, "5.50", "COFFEE"), row("a", 20, "5", "COFFEE"), row("a", 1, "5", "TEA")] {
        assert_eq!(decide(&known, &[changed]), [(Changed(guid(0)), Reason::SameId)]);
    }
}

#[test]
fn an_id_that_a_bank_gives_to_another_transaction_is_new() {
    let known = stored([row("1", 1, "5", "COFFEE")]);
    let credit = FeedTransaction { transaction_type: TransactionType::Credit, ..row("1", 1, "5", "COFFEE") };
    for other in [row("1", 20, "80", "GROCER"), row("1", 20, "5", "GROCER"), credit] {
        assert_eq!(decide(&known, &[other]), [(New, Reason::NothingFits)]);
    }
}

#[test]
fn an_id_that_many_rows_share_tells_nothing() {
    let amounts = ["1", "2", "3", "4", "5"];
    let known = stored(amounts.map(|amount| row("0", 1, amount, "COFFEE")));
    let feed = amounts.map(|amount| row("0", 1, &format!("{amount}.5"), "COFFEE"));
    assert!(decide(&known, &feed).iter().all(|(decision, _)| *decision == New));
}

#[test]
fn a_pending_row_is_posted_under_its_own_id_whatever_changes() {
    let known = stored([pending("a", 1, "1", "PENDING")]);
    let feed = [row("a", 3, "48.20", "SHELL OIL 5744")];
    assert_eq!(decide(&known, &feed), [(PostedFrom(guid(0)), Reason::SameId)]);
}

#[test]
fn a_pending_row_is_posted_under_a_new_id_for_the_same_amount() {
    for text in ["PINE STREET BAK", "PENDING", "PINE STREET BAKERY 0042"] {
        let known = stored([pending("p", 1, "5", text)]);
        let feed = [row("a", 4, "5", "PINE STREET BAKERY 0042")];
        assert_eq!(decide(&known, &feed), [(PostedFrom(guid(0)), Reason::PostedForSameAmount)], "{text}");
    }
}

#[test]
fn a_pending_row_is_not_posted_by_another_name_amount_or_week() {
    let known = stored([pending("p", 1, "5", "PINE STREET BAKERY")]);
    for other in [
        row("a", 2, "5", "GROCER"),
        row("a", 2, "8", "PINE STREET BAKERY"),
        row("a", 2, "4.74", "PINE STREET BAKERY"),
        row("a", 9, "5", "PINE STREET BAKERY"),
    ] {
        let matches = match_feed(&known, &[other], COVERED);
        assert_eq!(matches.told[0].decision, New);
        assert_eq!(matches.vanished, [guid(0)]);
    }
}

#[test]
fn a_tip_of_up_to_thirty_per_cent_is_still_the_same_meal() {
    let known = stored([pending("p", 1, "40", "HARBOR OYSTER BAR")]);
    let with = |amount| decide(&known, &[row("a", 2, amount, "TST* HARBOR OYSTER BAR")]);
    assert_eq!(with("52"), [(PostedFrom(guid(0)), Reason::PostedWithTip)]);
    assert_eq!(with("52.01"), [(New, Reason::NothingFits)]);
}

#[test]
fn the_nearer_and_likelier_of_two_pending_rows_is_posted() {
    let known = stored([
        pending("p", 1, "5", "PENDING"),
        pending("q", 1, "5", "COFFEE HOUSE"),
        pending("r", 3, "5", "COFFEE HOUSE"),
    ]);
    assert_eq!(
        decide(&known, &[row("a", 4, "5", "COFFEE HOUSE")]),
        [(PostedFrom(guid(2)), Reason::PostedForSameAmount)]
    );
}

#[test]
fn two_equal_amounts_on_one_day_stay_two() {
    let coffee = |id| row(id, 1, "5", "COFFEE");
    let known = stored([coffee("a")]);
    assert_eq!(
        decide(&known, &[coffee("a"), coffee("b")]),
        [(Same(guid(0)), Reason::SameFacts), (New, Reason::NothingFits)]
    );
    let nameless = stored([coffee(""), coffee("")]);
    assert_eq!(
        decide(&nameless, &[coffee(""), coffee(""), coffee("")])
            .iter()
            .filter(|(decision, _)| *decision == New)
            .count(),
        1
    );
}

#[test]
fn ids_issued_anew_change_rows_and_make_none() {
    let days = [1, 1, 2, 3];
    let known = stored(days.map(|day| row(&format!("old{day}"), day, "5", "COFFEE 0423")));
    let mut feed: Vec<_> = (0..4).map(|n| row(&format!("new{n}"), days[n], "5", "COFFEE 0423")).collect();
    feed.push(row("new4", 3, "7", "COFFEE 0423"));
    let decided = decide(&known, &feed);
    assert!(
        decided[..4]
            .iter()
            .all(|(decision, reason)| matches!(decision, Changed(_)) && *reason == Reason::SameBooking)
    );
    assert_eq!(decided[4], (New, Reason::NothingFits));
}

#[test]
fn another_id_on_a_day_that_was_not_told_whole_is_another_transaction() {
    let known = stored([row("a", 1, "5", "COFFEE")]);
    let feed = [row("b", 1, "5", "COFFEE")];
    let from = |covered| match_feed(&known, &feed, covered).told[0].decision.clone();
    assert_eq!(from(None), New);
    assert_eq!(from(Some(date(2024, 3, 2))), New);
    assert_eq!(from(COVERED), Changed(guid(0)));
}

#[test]
fn pending_rows_vanish_only_from_days_that_were_told_whole_and_posted_ones_never() {
    let undated = FeedTransaction { posted_on: None, ..pending("u", 1, "3", "KIOSK") };
    let known = stored([
        pending("p", 5, "5", "COFFEE"),
        pending("q", 1, "6", "COFFEE"),
        row("a", 5, "7", "COFFEE"),
        undated,
    ]);
    let vanished = |covered| match_feed(&known, &[], covered).vanished;
    assert_eq!(vanished(None), []);
    assert_eq!(vanished(Some(date(2024, 3, 2))), [guid(0), guid(3)]);
    assert_eq!(vanished(COVERED), [guid(0), guid(1), guid(3)]);
}

#[test]
fn a_row_told_twice_is_made_once() {
    let feed = [row("a", 1, "5", "COFFEE"), row("a", 1, "5", "COFFEE")];
    assert_eq!(decide(&[], &feed), [(New, Reason::NothingFits), (Repeated, Reason::ToldTwice)]);
}

#[test]
fn a_back_dated_row_is_new_and_moves_no_other() {
    let rows = [row("a", 5, "5", "COFFEE"), row("b", 6, "5", "COFFEE")];
    let mut feed = rows.to_vec();
    feed.insert(0, row("c", 2, "5", "COFFEE"));
    assert_eq!(
        decide(&stored(rows), &feed).into_iter().map(|(decision, _)| decision).collect::<Vec<_>>(),
        [New, Same(guid(0)), Same(guid(1))]
    );
}

#[test]
fn a_decision_is_told_as_a_sentence() {
    let known = stored([pending("p", 1, "40", "HARBOR OYSTER BAR"), row("a", 1, "5", "COFFEE")]);
    let feed = [row("b", 2, "46", "HARBOR OYSTER BAR"), row("a", 1, "5", "COFFEE"), row("c", 3, "9", "TEA")];
    let told: Vec<_> = match_feed(&known, &feed, COVERED).told.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "It is TRN-000, posted now: a pending one of a near day and a like text was stored, and a tip was added.",
            "It is TRN-001 as before: the stored one says exactly the same.",
            "It is new: no stored one fits.",
        ]
    );
}

#[test]
fn a_posted_row_written_anew_is_the_same_on_days_that_were_told_whole() {
    let known = stored([row("a", 2, "40", "OYSTER BAR")]);
    for other in [row("b", 4, "40", "TST* OYSTER BAR 0012"), row("b", 2, "40", "POS PURCHASE")] {
        assert_eq!(decide(&known, std::slice::from_ref(&other)), [(Changed(guid(0)), Reason::Rewritten)]);
        let uncovered = match_feed(&known, &[other], Some(date(2024, 3, 3)));
        assert_eq!(uncovered.told[0].decision, New);
    }
    for other in [row("b", 6, "40", "OYSTER BAR"), row("b", 2, "41", "OYSTER BAR"), row("b", 2, "40", "TEA")]
    {
        assert_eq!(decide(&known, &[other]), [(New, Reason::NothingFits)]);
    }
}

#[test]
fn a_pending_amount_may_become_a_little_less_or_be_a_hold() {
    let less = stored([pending("p", 1, "40", "OYSTER BAR")]);
    assert_eq!(
        decide(&less, &[row("a", 2, "38", "OYSTER BAR")]),
        [(PostedFrom(guid(0)), Reason::PostedForLess)]
    );
    assert_eq!(decide(&less, &[row("a", 2, "37.99", "OYSTER BAR")]), [(New, Reason::NothingFits)]);
    let held = stored([pending("p", 1, "125", "SHELL OIL 57442")]);
    assert_eq!(
        decide(&held, &[row("a", 2, "31.20", "SHELL OIL 99")]),
        [(PostedFrom(guid(0)), Reason::PostedForHold)]
    );
    assert_eq!(decide(&held, &[row("a", 2, "31.20", "CHEVRON 12")]), [(New, Reason::NothingFits)]);
    assert_eq!(decide(&held, &[row("a", 6, "31.20", "SHELL OIL 99")]), [(New, Reason::NothingFits)]);
}

/// Rows that meet one another often.
fn rows() -> impl Strategy<Value = Vec<FeedTransaction>> {
    let one = (
        prop::option::of(0..6_u8),
        1..12_i8,
        prop::sample::select(vec!["5", "5.50", "6", "40", "48"]),
        prop::sample::select(vec!["COFFEE HOUSE", "COFFEE HOUSE 0423", "PENDING", "GROCER", "TST* COFFEE"]),
        any::<(bool, bool, bool)>(),
        prop::option::of(Just("memo".to_owned())),
    );
    let one = one.prop_map(|(id, day, amount, text, (is_pending, is_credit, is_dated), memo)| {
        let id = id.map_or(String::new(), |id| id.to_string());
        let mut told = row(&id, day, amount, text);
        told.memo = memo;
        if is_pending {
            told.status = TransactionStatus::Pending;
        }
        if is_credit {
            told.transaction_type = TransactionType::Credit;
        }
        // One in two of the small days has no date.
        if !is_dated && day < 4 {
            told.posted_on = None;
        }
        told
    });
    prop::collection::vec(one, 0..24)
}

fn covered() -> impl Strategy<Value = Option<Date>> {
    prop::option::of((1..12_i8).prop_map(|day| date(2024, 3, day)))
}

/// What is stored after a feed.
fn apply(known: &[Known], feed: &[FeedTransaction], matches: &Matches) -> Vec<Known> {
    let mut after: Vec<_> =
        known.iter().filter(|known| !matches.vanished.contains(&known.guid)).cloned().collect();
    let mut next = known.len();
    for (told, matched) in feed.iter().zip(&matches.told) {
        match &matched.decision {
            Same(guid) | Changed(guid) | PostedFrom(guid) => {
                let stored = after.iter_mut().find(|known| known.guid == *guid).unwrap();
                stored.told = told.clone();
            }
            New => {
                after.push(Known { guid: guid(next), told: told.clone() });
                next += 1;
            }
            Repeated => {}
        }
    }
    after
}

fn matched(decision: &Decision) -> Option<&TransactionGuid> {
    match decision {
        Same(guid) | Changed(guid) | PostedFrom(guid) => Some(guid),
        New | Repeated => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_same_feed_again_changes_nothing(known in rows(), feed in rows(), covered in covered()) {
        let known = stored(known);
        let first = match_feed(&known, &feed, covered);
        let after = apply(&known, &feed, &first);
        let second = match_feed(&after, &feed, covered);
        for told in &second.told {
            prop_assert!(matches!(told.decision, Same(_) | Repeated), "{told:?}");
        }
        prop_assert_eq!(second.vanished, []);
    }

    #[test]
    fn the_order_of_rows_changes_nothing(
        (feed, shuffled) in rows().prop_flat_map(|feed| (Just(feed.clone()), Just(feed).prop_shuffle())),
        (known, mixed) in rows()
            .prop_map(stored)
            .prop_flat_map(|known| (Just(known.clone()), Just(known).prop_shuffle())),
        covered in covered(),
    ) {
        let outcome = |known: &[Known], feed: &[FeedTransaction]| {
            let matches = match_feed(known, feed, covered);
            let mut told: Vec<_> = feed.iter().zip(matches.told).map(|row| format!("{row:?}")).collect();
            told.sort();
            (told, matches.vanished)
        };
        prop_assert_eq!(outcome(&known, &feed), outcome(&mixed, &shuffled));
    }

    #[test]
    fn no_row_is_lost_made_up_or_matched_twice(known in rows(), feed in rows(), covered in covered()) {
        let known = stored(known);
        let matches = match_feed(&known, &feed, covered);
        prop_assert_eq!(matches.told.len(), feed.len());
        let told = matches.told.iter().filter_map(|told| matched(&told.decision));
        let mut used: Vec<_> = told.chain(&matches.vanished).collect();
        let all = used.len();
        used.sort();
        used.dedup();
        prop_assert_eq!(used.len(), all);
        prop_assert!(used.iter().all(|guid| known.iter().any(|known| known.guid == **guid)));
        let made = matches.told.iter().filter(|told| told.decision == New).count();
        let after = apply(&known, &feed, &matches);
        prop_assert_eq!(after.len(), known.len() - matches.vanished.len() + made);
        for guid in &matches.vanished {
            let gone = known.iter().find(|known| known.guid == *guid).unwrap();
            prop_assert_eq!(gone.told.status, TransactionStatus::Pending);
        }
    }
}
