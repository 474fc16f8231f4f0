//! Who a generated household belongs to.

use riverbank_model::feed::FeedOwner;

use super::draw::{Draw, Purpose, Root};
use super::draw_index;

const FIRST_NAMES: &[&str] = &[
    "Alice", "Amir", "Beatriz", "Carlos", "Dana", "Elena", "Femi", "Grace", "Hannah", "Ivan", "Jamal",
    "Keiko", "Liam", "Maya", "Noah", "Olivia", "Priya", "Quinn", "Rosa", "Samuel",
];
const LAST_NAMES: &[&str] = &[
    "Abbott", "Baker", "Castillo", "Diaz", "Eriksen", "Fischer", "Garcia", "Hughes", "Ito", "Jensen", "Khan",
    "Larsen", "Mendez", "Novak", "Okafor", "Park", "Reyes", "Sato", "Taylor", "Ward",
];
const STREETS: &[&str] =
    &["Aspen Lane", "Canyon Road", "Lakeview Drive", "Maple Street", "State Street", "Willow Court"];
/// Towns of Utah, where the generated routing numbers are of, each with a postal code of its own.
const TOWNS: &[(&str, &str)] = &[
    ("Lehi", "84043"),
    ("Logan", "84321"),
    ("Ogden", "84401"),
    ("Provo", "84601"),
    ("Salt Lake City", "84101"),
    ("St. George", "84770"),
];

/// The person that follows from `root`. Nobody can be reached by what is told of them: the address is of a domain kept for
/// examples (RFC 2606), the telephone number one of those kept for fiction.
pub(in crate::script) fn of(root: Root) -> FeedOwner {
    let mut draw = root.once(Purpose::Owner);
    let (first, last) = (one_of(&mut draw, FIRST_NAMES), one_of(&mut draw, LAST_NAMES));
    let house = draw.between(100, 9_899);
    let street = one_of(&mut draw, STREETS);
    let (city, postal_code) = one_of(&mut draw, TOWNS);
    let email = format!("{first}.{last}@example.com").to_lowercase();
    let phone = format!("801-555-01{:02}", draw.between(0, 99));
    FeedOwner {
        owner_name: Some(format!("{first} {last}")),
        address: Some(format!("{house} {street}")),
        city: Some(city.to_owned()),
        state: Some("Utah".to_owned()),
        postal_code: Some(postal_code.to_owned()),
        country: Some("United States".to_owned()),
        email: Some(email),
        phone: Some(phone),
        ..FeedOwner::default()
    }
}

fn one_of<T: Copy>(draw: &mut Draw, choices: &[T]) -> T {
    choices[draw_index(draw, choices.len())]
}
