use jiff::Timestamp;
use riverbank_model::guid::Guid;

use super::super::Catalogue;
use super::*;
use crate::merchants::Merchants;

/// A catalogue of these names, the first the most popular, each with this keyword and address.
fn catalogue(institutions: &[(&str, &str, &str)]) -> Catalogue {
    let one = |(place, (name, keyword, url)): (usize, &(&str, &str, &str))| Institution {
        guid: Guid::trusted(format!("INS-{place:05}")),
        code: format!("bank{place}"),
        name: (*name).to_owned(),
        url: (!url.is_empty()).then(|| (*url).to_owned()),
        keywords: vec![(*keyword).to_owned()],
        countries: vec!["US".to_owned()],
        popularity: -i64::try_from(place).unwrap(),
        is_test: false,
        is_hidden: false,
        is_stopped: false,
        background_aggregation_is_disabled: false,
        supports_account_identification: false,
        supports_account_verification: false,
        supports_oauth: false,
        supports_transaction_history: false,
        account_types: 0,
        instructions: None,
        forgot_password_url: None,
        forgot_username_url: None,
        trouble_signing_in_url: None,
        medium_logo_url: None,
        small_logo_url: None,
        connector: "script".to_owned(),
        settings: String::new(),
        credentials: Vec::new(),
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
    };
    Catalogue::of(1, institutions.iter().enumerate().map(one).collect(), Merchants::default())
}

/// The same catalogue after a change of some institutions, told by place.
fn changed(catalogue: &Catalogue, change: impl Fn(usize, &mut Institution)) -> Catalogue {
    let changed = catalogue.institutions().iter().enumerate().map(|(place, institution)| {
        let mut institution = Institution::clone(institution);
        change(place, &mut institution);
        institution
    });
    Catalogue::of(2, changed.collect(), Merchants::default())
}

fn named(name: &str) -> SearchInstitutions {
    SearchInstitutions {
        name: Some(name.to_owned()),
        url: None,
        supports_account_identification: false,
        supports_account_verification: false,
        supports_transaction_history: false,
        countries: Vec::new(),
        page: Page::new(1, 25),
    }
}

fn found(catalogue: &Catalogue, request: &SearchInstitutions) -> Vec<String> {
    let list = catalogue.index().search(request);
    assert!(list.total >= i64::try_from(list.institutions.len()).unwrap());
    list.institutions.iter().map(|institution| institution.name.clone()).collect()
}

#[test]
fn the_best_match_comes_first_and_then_the_most_popular() {
    let catalogue = catalogue(&[
        ("Gringotts", "union", ""),
        ("Reunion Savings", "", ""),
        ("First Union", "", ""),
        ("Credit Union One", "union", ""),
        ("Union Trust", "", ""),
        ("Union", "", ""),
        ("Other", "", ""),
    ]);
    let order = ["Union", "Union Trust", "First Union", "Credit Union One", "Reunion Savings", "Gringotts"];
    assert_eq!(found(&catalogue, &named("uNiOn")), order);
    assert_eq!(found(&catalogue, &named(" union ")), order);
    assert_eq!(found(&catalogue, &named("union one")), ["Credit Union One"]);
    assert!(found(&catalogue, &named("unions")).is_empty());
}

#[test]
fn an_empty_name_finds_all_and_pages_tell_the_exact_total() {
    let names: Vec<String> = (0..100).map(|n| format!("Bank {n}")).collect();
    let rows: Vec<_> = names.iter().map(|name| (name.as_str(), "money", "")).collect();
    let catalogue = catalogue(&rows);
    for (name, total) in [("", 100), ("bank", 100), ("money", 100), ("1", 19)] {
        let mut all = Vec::new();
        for page in 1..=5 {
            let request = SearchInstitutions { page: Page::new(page, 25), ..named(name) };
            let list = catalogue.index().search(&request);
            assert_eq!(list.total, total, "{name}");
            all.extend(list.institutions.iter().map(|one| one.guid.clone()));
        }
        assert_eq!(all.len(), usize::try_from(total).unwrap());
        assert!(name == "1" || all.is_sorted(), "by popularity");
        all.sort();
        all.dedup();
        assert_eq!(all.len(), usize::try_from(total).unwrap(), "none twice");
    }
}

#[test]
fn an_address_is_found_by_any_part_of_it_and_together_with_a_name() {
    let catalogue = catalogue(&[
        ("Lake Bank", "", "https://www.lake.example"),
        ("River Bank", "", "https://WWW.river.example"),
        ("Lake Credit", "", ""),
    ]);
    let at = |url: &str| SearchInstitutions { name: None, url: Some(url.to_owned()), ..named("") };
    assert_eq!(found(&catalogue, &at("www.RIVER")), ["River Bank"]);
    assert_eq!(found(&catalogue, &at("example")), ["Lake Bank", "River Bank"]);
    let both = SearchInstitutions { url: Some("example".to_owned()), ..named("lake") };
    assert_eq!(found(&catalogue, &both), ["Lake Bank"]);
}

#[test]
fn hidden_ones_and_those_without_a_capability_or_country_are_left_out() {
    let rows = [("Bank A", "", ""), ("Bank B", "", ""), ("Bank C", "", ""), ("Bank D", "", "")];
    let catalogue = changed(&catalogue(&rows), |place, institution| match place {
        0 => institution.is_hidden = true,
        1 => {
            institution.supports_account_identification = true;
            institution.countries = vec!["CA".to_owned(), "US".to_owned()];
        }
        2 => {
            institution.supports_account_verification = true;
            institution.countries = vec!["MX".to_owned()];
        }
        _ => institution.supports_transaction_history = true,
    });
    assert_eq!(found(&catalogue, &named("bank")), ["Bank B", "Bank C", "Bank D"]);
    let base = named("");
    let identified = SearchInstitutions { supports_account_identification: true, ..base.clone() };
    let verified = SearchInstitutions { supports_account_verification: true, ..base.clone() };
    let extended = SearchInstitutions { supports_transaction_history: true, ..base.clone() };
    let both = SearchInstitutions { supports_account_verification: true, ..identified.clone() };
    let countries = |codes: &[&str]| SearchInstitutions {
        countries: codes.iter().map(|code| (*code).to_owned()).collect(),
        ..base.clone()
    };
    assert_eq!(found(&catalogue, &identified), ["Bank B"]);
    assert_eq!(found(&catalogue, &verified), ["Bank C"]);
    assert_eq!(found(&catalogue, &extended), ["Bank D"]);
    assert!(found(&catalogue, &both).is_empty());
    assert_eq!(found(&catalogue, &countries(&["CA", "MX"])), ["Bank B", "Bank C"]);
}
