//! The merchants that are known by name: a catalogue of ours, written by hand, read at first use.
//!
//! The files stand in `merchants/`. A line `[Groceries]` names the category of the lines below it; a line with `#` at
//! its start says nothing. Every other line is a merchant: its name, then after a `|` patterns with commas between
//! them, then after another `|` a web site and marks (`subscription`, `advance`). The name is a pattern too; where
//! it is too common a word for that, the patterns begin with `=`, and then it stands only for a text that says
//! nothing else. A pattern with a full stop at its end stands for such a text too.

mod patterns;
mod reading;

use std::collections::HashMap;
use std::sync::LazyLock;

use riverbank_model::guid::MerchantGuid;

use crate::category::Category;

pub use reading::LineError;

/// A merchant of the catalogue.
#[derive(Debug)]
pub struct Merchant {
    /// The id, which follows from the name: the same in every installation and release.
    pub guid: MerchantGuid,
    /// The name, unique in the catalogue.
    pub name: &'static str,
    /// Of money paid to it.
    pub category: Category,
    /// The host of its web site.
    pub website: Option<&'static str>,
    /// It is paid again and again by contract.
    pub is_subscription: bool,
    /// It lends wages ahead of payday.
    pub is_payroll_advance: bool,
    /// How banks print it, without the forms that follow from the name; see [`patterns`].
    patterns: Vec<&'static str>,
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
static MERCHANTS: LazyLock<Vec<Merchant>> = LazyLock::new(|| reading::read(&FILES).0);

static BY_GUID: LazyLock<HashMap<&'static str, &'static Merchant>> =
    LazyLock::new(|| merchants().iter().map(|merchant| (merchant.guid.as_str(), merchant)).collect());

/// Every merchant of the catalogue, in the order of its files.
pub fn merchants() -> &'static [Merchant] {
    &MERCHANTS
}

/// The merchant of this guid.
pub fn merchant(guid: &MerchantGuid) -> Option<&'static Merchant> {
    BY_GUID.get(guid.as_str()).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use riverbank_model::guid::Guid;

    use super::*;

    #[test]
    fn every_line_of_the_catalogue_is_read() {
        let (merchants, errors) = reading::read(&FILES);
        assert_eq!(errors.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
        assert!(merchants.len() >= 1_500, "{} merchants", merchants.len());
    }

    #[test]
    fn a_merchant_is_found_by_its_guid_and_each_has_another() {
        let guids: HashSet<_> = merchants().iter().map(|merchant| &merchant.guid).collect();
        assert_eq!(guids.len(), merchants().len());
        for known in merchants() {
            assert_eq!(merchant(&known.guid).map(|found| found.name), Some(known.name));
            assert!(known.guid.as_str().parse::<MerchantGuid>().is_ok());
        }
        assert!(merchant(&MerchantGuid::trusted("MCH-none".into())).is_none());
    }

    #[test]
    fn a_guid_stays_what_it_was() {
        let guid = |name: &str| merchants().iter().find(|known| known.name == name).unwrap().guid.as_str();
        assert_eq!(guid("Starbucks"), "MCH-fc769ad5-b28c-884c-80d5-c3fc011324bb");
    }
}
