//! The merchants that are known by name: a catalogue of ours, written by hand, read at first use, and what an
//! operator adds to it.
//!
//! The files stand in `merchants/`. A line `[Groceries]` names the category of the lines below it; a line with `#` at
//! its start says nothing. Every other line is a merchant: its name, then after a `|` patterns with commas between
//! them, then after another `|` a web site and marks (`subscription`, `advance`). The name is a pattern too; where
//! it is too common a word for that, the patterns begin with `=`, and then it stands only for a text that says
//! nothing else. A pattern with a full stop at its end stands for such a text too.
//!
//! A line that begins with `@` is a place of the merchant above it: street, city, region, postal code, country,
//! latitude, longitude and telephone number, with a `|` between them; all but the city may be blank.

mod entry;
pub(crate) mod location;
mod patterns;
mod reading;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use riverbank_model::guid::{MerchantGuid, MerchantLocationGuid};

use crate::category::Category;
use crate::names::Names;

pub use location::Location;
pub use reading::{LineError, read};

/// A merchant of the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Merchant {
    /// The id, which follows from the name: the same in every installation and release.
    pub guid: MerchantGuid,
    /// The name, unique in the catalogue.
    pub name: Arc<str>,
    /// Of money paid to it.
    pub category: Category,
    /// The host of its web site.
    pub website: Option<String>,
    /// It is paid again and again by contract.
    pub is_subscription: bool,
    /// It lends wages ahead of payday.
    pub is_payroll_advance: bool,
    /// Where it does business, as far as the catalogue says.
    pub locations: Vec<Location>,
    /// How banks print it, without the forms that follow from the name; see [`patterns`].
    patterns: Vec<String>,
    /// Whether the name itself is a pattern.
    is_own_pattern: bool,
}

/// The files, with their names.
const FILES: [(&str, &str); 6] = [
    ("bills.txt", include_str!("../merchants/bills.txt")),
    ("food.txt", include_str!("../merchants/food.txt")),
    ("life.txt", include_str!("../merchants/life.txt")),
    ("money.txt", include_str!("../merchants/money.txt")),
    ("moving.txt", include_str!("../merchants/moving.txt")),
    ("shopping.txt", include_str!("../merchants/shopping.txt")),
];

/// A line that is wrong is left out; a test sees to it that none is.
static SHIPPED: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of(read_all(&FILES).0));

fn read_all(files: &[(&str, &str)]) -> (Vec<Merchant>, Vec<LineError>) {
    let (mut merchants, mut errors) = (Vec::new(), Vec::new());
    for (file, text) in files {
        let (some, wrong) = read(file, text);
        merchants.extend(some);
        errors.extend(wrong);
    }
    (merchants, errors)
}

/// Merchants with everything that finds them in a text.
#[derive(Debug)]
pub struct Catalogue {
    by_guid: HashMap<MerchantGuid, usize>,
    by_location: HashMap<MerchantLocationGuid, (usize, usize)>,
    names: Names,
}

impl Catalogue {
    /// The catalogue that comes with the program.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// These merchants, and those that come with the program: one of the same name gives way.
    pub fn with(added: Vec<Merchant>) -> Self {
        let names: HashSet<_> = added.iter().map(|merchant| &merchant.guid).collect();
        let shipped = SHIPPED.merchants().iter().filter(|merchant| !names.contains(&merchant.guid));
        let shipped: Vec<_> = shipped.cloned().collect();
        Self::of(added.into_iter().chain(shipped).collect())
    }

    fn of(merchants: Vec<Merchant>) -> Self {
        let places = || merchants.iter().enumerate();
        let locations = |(place, merchant): (usize, &Merchant)| {
            let guids = merchant.locations.iter().map(|location| location.guid.clone());
            guids.enumerate().map(move |(index, guid)| (guid, (place, index))).collect::<Vec<_>>()
        };
        Self {
            by_guid: places().map(|(place, merchant)| (merchant.guid.clone(), place)).collect(),
            by_location: places().flat_map(locations).collect(),
            names: Names::of(merchants),
        }
    }

    /// Every merchant: those that were added, then those of the files, each in their order.
    pub fn merchants(&self) -> &[Merchant] {
        self.names.merchants()
    }

    /// The merchant of this guid.
    pub fn merchant(&self, guid: &MerchantGuid) -> Option<&Merchant> {
        self.by_guid.get(guid).map(|place| &self.merchants()[*place])
    }

    /// The place of this guid, and whose it is.
    pub fn location(&self, guid: &MerchantLocationGuid) -> Option<(&Merchant, &Location)> {
        self.by_location.get(guid).map(|(place, index)| {
            let merchant = &self.merchants()[*place];
            (merchant, &merchant.locations[*index])
        })
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }
}

#[cfg(test)]
mod tests {
    use riverbank_model::guid::Guid;

    use super::*;

    #[test]
    fn every_line_of_the_catalogue_is_read() {
        let (merchants, errors) = read_all(&FILES);
        assert_eq!(errors.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
        assert!(merchants.len() >= 1_500, "{} merchants", merchants.len());
    }

    #[test]
    fn a_merchant_is_found_by_its_guid_and_each_has_another() {
        let catalogue = Catalogue::shipped();
        assert_eq!(catalogue.by_guid.len(), catalogue.merchants().len());
        for known in catalogue.merchants() {
            assert_eq!(catalogue.merchant(&known.guid).map(|found| &found.name), Some(&known.name));
            assert!(known.guid.as_str().parse::<MerchantGuid>().is_ok());
        }
        assert!(catalogue.merchant(&MerchantGuid::trusted("MCH-none".into())).is_none());
    }

    #[test]
    fn a_place_is_found_by_its_guid() {
        let catalogue = Catalogue::shipped();
        let places = catalogue.merchants().iter().flat_map(|merchant| &merchant.locations);
        assert!(places.clone().count() > 0);
        assert_eq!(catalogue.by_location.len(), places.clone().count());
        for place in places {
            let (merchant, found) = catalogue.location(&place.guid).unwrap();
            assert!(merchant.locations.contains(place));
            assert_eq!(found, place);
        }
    }

    #[test]
    fn a_guid_stays_what_it_was() {
        let guid = |name: &str| {
            let mut merchants = Catalogue::shipped().merchants().iter();
            merchants.find(|known| &*known.name == name).unwrap().guid.as_str()
        };
        assert_eq!(guid("Starbucks"), "MCH-fc769ad5-b28c-884c-80d5-c3fc011324bb");
    }

    #[test]
    fn an_added_merchant_is_known_and_one_of_the_same_name_gives_way() {
        let text = "[Groceries]\nStarbucks | SBX | starbucks.example\nMeadow Mill | = MDW MILL";
        let catalogue = Catalogue::with(read("mine.txt", text).0);
        assert_eq!(catalogue.merchants().len(), Catalogue::shipped().merchants().len() + 1);
        let [own, instead] = ["MDW MILL 0042", "SBX 8842"].map(|text| {
            let found = catalogue.enrich(
                &crate::quality::told(text, false),
                riverbank_model::account::AccountType::Checking,
                &[],
            );
            (found.description, Category::from_guid(&found.category))
        });
        assert_eq!(own, ("Meadow Mill".to_owned(), Some(Category::Groceries)));
        assert_eq!(instead, ("Starbucks".to_owned(), Some(Category::Groceries)));
    }
}
