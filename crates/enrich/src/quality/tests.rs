use std::collections::HashSet;

use super::*;
use crate::catalogue::Catalogue;
use crate::cleanse;
use crate::evidence::Evidence;
use crate::labelled;

#[test]
fn the_sets_are_large_and_every_line_is_read() {
    let (known, wrong_known) = sets::read_catalogue();
    let (unknown, wrong_unknown) = sets::read_unknown();
    let training = labelled::read("training.txt", include_str!("../../labelled/training.txt")).0;
    assert_eq!((wrong_known, wrong_unknown), (Vec::new(), Vec::new()));
    assert!(known.len() + unknown.len() + training.len() >= 2_000);
    assert!(known.len() >= 500 && unknown.len() >= 500);
    assert!(sets::noise().len() >= 10);
}

#[test]
fn no_held_out_merchant_is_in_a_training_row() {
    let training = labelled::read("training.txt", include_str!("../../labelled/training.txt")).0;
    // What banks call their own bookings is no merchant.
    let name =
        |text: &str| Some(cleanse(text)).filter(|clean| !matches!(clean.evidence, Evidence::Booking(_)));
    let name = |text: &str| name(text).map(|clean| clean.description.to_lowercase());
    let learnt: HashSet<_> = training.iter().filter_map(|row| name(row.text)).collect();
    let known = sets::catalogue().into_iter().map(|row| row.merchant.name.to_lowercase());
    let unknown = sets::unknown().into_iter().filter_map(|row| name(row.text));
    let both: Vec<_> = known.chain(unknown).filter(|name| learnt.contains(name)).collect();
    assert_eq!(both, Vec::<String>::new());
}

#[test]
fn no_unknown_merchant_is_in_the_catalogue() {
    let catalogue: HashSet<_> =
        Catalogue::shipped().merchants().iter().map(|merchant| merchant.name.to_lowercase()).collect();
    let known = sets::unknown().into_iter().map(|row| row.text.to_lowercase());
    assert_eq!(known.filter(|name| catalogue.contains(name)).collect::<Vec<_>>(), Vec::<String>::new());
}

/// What is reached of unknown merchants, as printed: not to be lost again unseen.
const LEAST_UNKNOWN: f64 = 0.90;

#[test]
fn categories_reach_what_docs_quality_says() {
    let figures = categories();
    let top_level = |name: &str| {
        let of_name = figures.iter().find(|figures| figures.name == name);
        of_name.map(|figures| figures.top_level.ratio()).unwrap()
    };
    assert!(top_level(document::NOISY_CATALOGUE) >= LEAST_CATALOGUE);
    assert!(top_level("Catalogue, as printed") >= LEAST_CATALOGUE);
    assert!(top_level("Catalogue, cut") >= LEAST_CATALOGUE);
    assert!(top_level("Unknown, as printed") >= LEAST_UNKNOWN);
    assert!(top_level("Unknown: keywords alone") < top_level("Unknown, as printed"));
}

#[test]
fn the_model_helps_with_texts_that_share_few_words() {
    assert!(cross_validated().ratio() >= 0.60);
}

#[test]
fn matching_reaches_what_docs_quality_says() {
    let (cases, errors) = super::matching::read();
    assert_eq!(errors, []);
    assert!(cases.len() >= 400, "{} cases", cases.len());
    let figures = matching();
    assert!(figures.precision.ratio() >= LEAST_MATCHING);
    assert!(figures.recall.ratio() >= LEAST_MATCHING);
    assert!(figures.cases.ratio() >= LEAST_MATCHING);
}

#[test]
fn recurrence_reaches_what_docs_quality_says() {
    let (cases, errors) = super::recurrence::read();
    assert_eq!(errors, []);
    assert!(cases.len() >= 100, "{} cases", cases.len());
    let figures = recurrence();
    assert!(figures.interval.ratio() >= LEAST_RECURRENCE);
    assert!(figures.next_on.ratio() >= LEAST_RECURRENCE);
}

#[test]
fn a_report_says_what_falls_short() {
    let report = Report {
        categories: Vec::new(),
        cross_validated: Share::default(),
        matching: MatchingFigures::default(),
        recurrence: RecurrenceFigures::default(),
        rates: Rates {
            first_use: std::time::Duration::from_millis(20),
            enriching: 1e6,
            bare: 1e7,
            mean_length: 30.0,
        },
    };
    let shortfalls = report.shortfalls();
    assert_eq!(shortfalls.len(), 5, "{shortfalls:?}");
    assert_eq!(shortfalls[1], "matching, precision: 0.0000, and at least 0.99 is asked");
    assert!(
        report.document().contains("| rate of enriching, in that of the automaton alone | 0.05 | 0.1000 |")
    );
}
