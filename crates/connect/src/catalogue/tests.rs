//! Catalogues read, refused and written.

use proptest::prelude::*;

use super::*;
use crate::script::SHIPPED;

const SMALL: &str = r#"
[[institution]]
code = "first"
name = "First Bank"
connector = "ofx"
[institution.ofx]
url = "https://ofx.example.com"
fid = "1"
[[institution.credential]]
field_name = "LOGIN"
label = "User id"
type = "LOGIN"
[[institution.credential]]
field_name = "STATE"
label = "State"
type = "OPTIONS"
display_order = 7
optional = true
options = [{ label = "Utah", value = "UT" }]

[[institution]]
guid = "INS-2"
code = "second"
name = "Second \"Bank\" & Søn"
url = "https://second.example.com"
keywords = ["two", "zwei"]
popularity = 5
iso_country_code = []
is_test = true
is_hidden = true
account_types = ["LOAN", "CHECKING", "LOAN"]
connector = "script"
[[institution.script.login]]
steps = ["succeed", { wait = 3 }, { deny = 401 }]
"#;

fn message(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

#[test]
fn what_is_not_written_follows_from_what_is() {
    let entries = parse(SMALL).unwrap();
    let first = &entries[0];
    assert_eq!(first.guid, riverbank_model::guid::fixed(&["first"]));
    assert_eq!(first.credentials[0].guid, riverbank_model::guid::fixed(&[first.guid.as_str(), "LOGIN"]));
    assert_eq!(first.credentials[0].display_order, 1);
    assert_eq!(first.countries, ["US"]);
    assert_eq!(entries[1].guid.as_str(), "INS-2");
    assert!(entries[1].countries.is_empty());
    assert_eq!(entries[1].account_types, [AccountType::Checking, AccountType::Loan]);
}

#[test]
fn what_is_written_is_read_back_as_it_was() {
    let shipped = SHIPPED.map(|(_, text)| text);
    for text in shipped.into_iter().chain([SMALL, ""]) {
        let entries = parse(text).unwrap();
        let written = to_toml(&entries).unwrap();
        let again = parse(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
        assert_eq!(again, entries);
        assert_eq!(to_toml(&again).unwrap(), written);
    }
}

#[test]
fn the_examples_of_the_documents_are_read() {
    let documents =
        [include_str!("../../../../docs/institutions.md"), include_str!("../../../../docs/scenarios.md")];
    for document in documents {
        let examples = document.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
        let read: Vec<_> = examples.map(|example| parse(example).unwrap()).collect();
        assert!(!read.is_empty() && read.iter().all(|entries| entries.len() == 1));
    }
}

#[test]
fn a_flaw_is_told_with_its_line_and_key() {
    let cases = [
        (SMALL.replace("fid", "fid ="), "line 8, column 7:"),
        (SMALL.replace("popularity", "popularty"), "line 27, column 1: unknown field `popularty`"),
        (SMALL.replace("name = \"First Bank\"", ""), "missing field `name`"),
        (SMALL.replace("INS-2", "USR-2"), "`guid` is not an id of the form INS-"),
        (SMALL.replace("\"second\"", "\"first\""), "another one has the code `first`"),
        (SMALL.replace("\"second\"", "\"sec ond\""), "`code` may hold"),
        (SMALL.replace("\"ofx\"", "\"fdx\""), "`connector` is `fdx`"),
        (SMALL.replace("\"ofx\"", "\"script\""), "`[institution.script]` is needed"),
        (SMALL.replace("type = \"LOGIN\"", "type = \"login\""), "no kind of field"),
        (SMALL.replace("\"STATE\"", "\"LOGIN\""), "two credentials have the field name `LOGIN`"),
        (SMALL.replace("iso_country_code = []", "iso_country_code = ['usa']"), "not two capitals"),
        (SMALL.replace("{ wait = 3 }", "{ waits = 3 }"), "unknown variant `waits`"),
        (SMALL.replace("{ deny = 401 }", "{ ask = [\"q\"] }"), "asks `q`, which is no challenge"),
        (SMALL.replace("\"two\"", "\"\\u0000\""), "`keywords` holds the character U+0000"),
        (SMALL.replace("\"User id\"", "\" \""), "`label` is empty"),
        (SMALL.replace("First Bank", &"x".repeat(1025)), "`name` is longer than 1024"),
    ];
    for (text, expected) in cases {
        let message = message(&text);
        assert!(message.contains(expected), "{expected}: {message}");
        assert!(message.starts_with("line "), "{message}");
    }
}

#[test]
fn a_flaw_of_a_script_is_told_with_the_line_of_its_rule() {
    let text = SMALL.replace("{ deny = 401 }", "{ ask = [\"q\"] }");
    let line = text.lines().position(|line| line == "[[institution.script.login]]").unwrap() + 1;
    let message = message(&text);
    assert!(message.starts_with(&format!("line {line}, ")), "{message}");
}

#[test]
fn settings_that_are_no_table_are_not_written() {
    let mut entries = parse(SMALL).unwrap();
    entries[0].settings = "not a table".to_owned();
    let error = to_toml(&entries).unwrap_err();
    assert!(matches!(error, CatalogueError::Settings { ref code, .. } if code == "first"), "{error}");
}

#[test]
fn thirty_thousand_institutions_are_read() {
    let text: String = (0..30_000)
        .map(|number| {
            [
                format!("[[institution]]\ncode = \"bank_{number}\"\nname = \"Bank {number}\"\nconnector = \"ofx\"\n"),
                format!("[institution.ofx]\nurl = \"https://bank-{number}.example.com/ofx\"\n"),
                "[[institution.credential]]\nfield_name = \"LOGIN\"\nlabel = \"Login\"\ntype = \"LOGIN\"\n".to_owned(),
            ]
            .concat()
        })
        .collect();
    assert_eq!(parse(&text).unwrap().len(), 30_000);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*") {
        let _ = parse(&text);
    }

    #[test]
    fn a_catalogue_with_any_part_replaced_is_read_or_refused(
        from in 0..SMALL.len(),
        length in 0_usize..40,
        part in "[\\PC\n\"=\\[\\]{}#.]{0,20}",
    ) {
        let until = (from + length).min(SMALL.len());
        prop_assume!(SMALL.is_char_boundary(from) && SMALL.is_char_boundary(until));
        let text = [&SMALL[..from], &part, &SMALL[until..]].concat();
        if let Ok(entries) = parse(&text) {
            let written = to_toml(&entries).unwrap();
            prop_assert_eq!(parse(&written).unwrap(), entries);
        }
    }
}
