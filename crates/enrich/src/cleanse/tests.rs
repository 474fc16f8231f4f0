use proptest::prelude::*;

use super::*;
use crate::catalogue::Catalogue;

#[test]
fn the_evidence_says_what_was_done() {
    let cases = [
        ("SQ *PINE STREET BAKERY", "Pine Street Bakery", "prefix/SQ *"),
        ("PINE STREET BAKERY 0423", "Pine Street Bakery", "words"),
        ("Pine Street Bakery", "Pine Street Bakery", "as told"),
        ("STARBUCKS STORE 04231", "Starbucks", "merchant/Starbucks"),
        ("OVERDRAFT FEE 04/23", "Overdraft Fee", "bank/Overdraft Fee"),
        ("  ***  ", "***", "words"),
    ];
    for (raw, description, evidence) in cases {
        let cleansed = cleanse(raw);
        assert_eq!(
            (cleansed.description.as_str(), cleansed.evidence.to_string().as_str()),
            (description, evidence)
        );
    }
}

#[test]
fn a_text_without_a_name_keeps_what_it_has() {
    for (raw, expected) in [
        ("800-555-0100", "800-555-0100"),
        ("CHECKCARD 0423 1234", "Checkcard"),
        ("POS DEBIT", "POS Debit"),
        ("  \t ", ""),
        ("", ""),
    ] {
        assert_eq!(cleanse(raw).description, expected, "{raw:?}");
    }
}

#[test]
fn known_names_are_their_own_clean_form() {
    let wrong = Catalogue::shipped()
        .names()
        .all()
        .map(Name::shown)
        .filter(|shown| cleanse(shown).description != **shown);
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn a_merchant_is_known_behind_codes_and_stars_and_in_words_that_run_together() {
    for (raw, expected) in [
        ("DDA PUR 482910 STARBUCKS 0423", "Starbucks"),
        ("XYZ *KFC 12", "KFC"),
        ("DDA GAP 0012", "Gap"),
        ("SOMEWHERE IN NEW MEXICO WHOLE FOODS", "Whole Foods Market"),
        ("KFC-OAKLAND", "KFC"),
        ("MARATHON PETRO118822", "Marathon"),
        ("CALIFORNIA PIZZA KITCHE", "California Pizza Kitchen"),
        ("THE KFC CLUB", "The KFC Club"),
        ("YOGA LOFT", "Yoga Loft"),
    ] {
        assert_eq!(cleanse(raw).description, expected, "{raw:?}");
    }
}

/// Words that the rules look for, so that random texts meet them often.
fn bank_words() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "SQ",
        "*",
        "POS",
        "DEBIT",
        "CHECKCARD",
        "0423",
        "#12",
        "STORE",
        "CA",
        "OAKLAND",
        "NEW",
        "YORK",
        "NY",
        "US",
        "DES:",
        "REF",
        "XXXX1234",
        "PAYPAL",
        "ACH",
        "a",
        "OF",
        "o'x",
        "H&M",
        "-",
        "12:34",
        "S:Q",
        "ß",
        "ŉ",
        "Ⱥ",
        "İ",
        "acme.com",
        "x@y.com",
        "NETFLIX",
        "TRANSFER",
        "P00280000283",
        "(",
        "\u{2019}S",
        "CHECK",
        "IN",
        "GAP",
        "KFC",
        "DDA",
        "KFC-OAKLAND",
        "PETRO118822",
        "CALIFORNIA",
        "PIZZA",
        "KITCHE",
    ]);
    let word =
        (words, prop::sample::select(vec![" ", "", "  ", "_"])).prop_map(|(word, gap)| [word, gap].concat());
    prop::collection::vec(word, 0..12).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn cleansing_twice_changes_nothing(
        text in prop_oneof![bank_words(), "\\PC{0,60}", "[A-Za-z0-9*#: ./&'-]{0,60}"],
    ) {
        let once = cleanse(&text);
        prop_assert_eq!(&cleanse(&once.description).description, &once.description);
        prop_assert_eq!(once.description.is_empty(), text.trim().is_empty());
    }

    #[test]
    fn any_text_is_cleansed(text in any::<String>(), times in 1_usize..200) {
        let long = text.repeat(times);
        let once = cleanse(&long).description;
        prop_assert_eq!(&cleanse(&once).description, &once);
    }
}
