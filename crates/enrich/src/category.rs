//! The default categories: 21 at the top and 97 below them (Nexus reference, categories).

use std::collections::HashMap;
use std::sync::LazyLock;

use riverbank_model::guid::{CategoryGuid, Guid, fixed};

macro_rules! categories {
    ($(
        $top:ident $top_name:literal = $top_guid:literal {
            $($child:ident $child_name:literal $(= $child_guid:literal)?;)*
        }
    )*) => {
        /// A default category. The list never changes for a user; custom ones live in the store.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the names are all that the reference has")]
        pub enum Category {
            $($top, $($child,)*)*
        }

        impl Category {
            /// Every default category, each top-level one before its children.
            pub const ALL: &'static [Self] = &[$(Self::$top, $(Self::$child,)*)*];

            /// The documented name, unique among the defaults.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$top => $top_name, $(Self::$child => $child_name,)*)*
                }
            }

            /// The category above; `None` at the top.
            pub const fn parent(self) -> Option<Self> {
                match self {
                    $(Self::$top => None, $(Self::$child => Some(Self::$top),)*)*
                }
            }

            /// The UUID where the reference has it.
            const fn documented(self) -> Option<&'static str> {
                match self {
                    $(
                        Self::$top => Some($top_guid),
                        $(Self::$child => categories!(@documented $($child_guid)?),)*
                    )*
                }
            }
        }
    };
    (@documented) => { None };
    (@documented $guid:literal) => { Some($guid) };
}

categories! {
    AutoAndTransport "Auto & Transport" = "7829f71c-2e8c-afa5-2f55-fa3634b89874" {
        AutoInsurance "Auto Insurance" = "de7c2dc7-90e6-85a2-6509-5ec10942e887";
        AutoPayment "Auto Payment" = "cb93691a-684d-b326-4c32-f8abaecfde90";
        Gas "Gas" = "b6d63a19-30a7-e852-2703-bdfb4072289e";
        Parking "Parking" = "726da718-d572-1e4d-7c3f-0b8b5370fe71";
        PublicTransportation "Public Transportation" = "19e6ec13-83ed-5511-7f75-3688d3f97a8e";
        ServiceAndParts "Service & Parts" = "67a20fb1-1a61-dc27-3fff-f28fa904025f";
    }
    BillsAndUtilities "Bills & Utilities" = "79b02f2f-2adc-88f0-ac2b-4e71ead9cfc8" {
        DomainNames "Domain Names" = "e7c5ebc7-f73d-955a-db06-3724bbcf6faa";
        FraudProtection "Fraud Protection" = "5f7f2084-6f8a-d927-6fa7-8e699912432a";
        HomePhone "Home Phone" = "60d81dd3-8ac1-a6fb-b181-b736dbb42be3";
        Hosting "Hosting" = "b74fdd98-4391-8015-eafa-e9ca0fad3bee";
        Internet "Internet" = "78d29c63-54db-197d-9851-feeb94cf6e10";
        MobilePhone "Mobile Phone" = "b4789667-6acc-a112-975e-15746003ed61";
        Television "Television" = "b316e683-c898-6497-a476-6bc48d12e51d";
        Utilities "Utilities" = "56a2979d-d6df-25da-f357-06282f08208e";
    }
    BusinessServices "Business Services" = "94b11142-e97b-941a-f67f-6e18d246a23f" {
        Advertising "Advertising" = "e6682ebe-f239-c654-8233-0970b94cc162";
        Legal "Legal" = "13c1e57c-3749-41b4-3bc4-b1b334adab85";
        OfficeSupplies "Office Supplies" = "97a2b899-5a32-4196-b87c-a8e65d8a9849";
        Printing "Printing" = "3b09fb0b-3296-c76c-2bbd-a2bce0012d83";
        Shipping "Shipping" = "748efd05-e27a-5c79-1217-681a0ec5cc67";
    }
    Education "Education" = "bf5c9cca-c96b-b50d-440d-38d9adfda5b0" {
        BooksAndSupplies "Books & Supplies" = "167d816f-c68e-9988-e064-173dc6417a90";
        StudentLoan "Student Loan" = "2ce4972e-5620-57be-8475-d084edf88888";
        Tuition "Tuition";
    }
    Entertainment "Entertainment" = "e04e9d1e-e041-c315-2e50-094143ab3f73" {
        Amusement "Amusement";
        Arts "Arts";
        MoviesAndDvds "Movies & DVDs";
        Music "Music";
        NewspapersAndMagazines "Newspapers & Magazines";
    }
    FeesAndCharges "Fees & Charges" = "d73ee74b-13a4-ac3e-4015-fc4ba9a62b2a" {
        AtmFee "ATM Fee";
        BankingFee "Banking Fee";
        FinanceCharge "Finance Charge";
        LateFee "Late Fee";
        ServiceFee "Service Fee";
        TradeCommissions "Trade Commissions";
    }
    Financial "Financial" = "6c7de3f8-de6c-7061-1dd2-b093044014bf" {
        FinancialAdvisor "Financial Advisor";
        LifeInsurance "Life Insurance";
    }
    FoodAndDining "Food & Dining" = "bd56d35a-a9a7-6e10-66c1-5b9cc1b6c81a" {
        AlcoholAndBars "Alcohol & Bars";
        CoffeeShops "Coffee Shops";
        FastFood "Fast Food";
        Groceries "Groceries" = "b1de2a04-db08-b6ed-f6fe-ca2f5b11c2d0";
        Restaurants "Restaurants";
    }
    GiftsAndDonations "Gifts & Donations" = "8edf9663-623e-4735-490e-31288f0a70b0" {
        Charity "Charity";
        Gift "Gift";
    }
    HealthAndFitness "Health & Fitness" = "52fa4693-c088-afb2-2a99-7bc39bb23a0f" {
        Dentist "Dentist" = "ee48b740-c981-778b-3c02-04540dec0262";
        Doctor "Doctor";
        Eyecare "Eyecare";
        Gym "Gym";
        HealthInsurance "Health Insurance";
        Pharmacy "Pharmacy";
        Sports "Sports";
    }
    Home "Home" = "b709172b-4eb7-318e-3b5d-e0f0500b32ac" {
        Furnishings "Furnishings";
        HomeImprovement "Home Improvement" = "ddc9b8e0-a9a1-e31e-a467-2c33e553afd9";
        HomeInsurance "Home Insurance";
        HomeServices "Home Services";
        HomeSupplies "Home Supplies" = "e671e3a1-b7cb-f0a9-ac6e-bc4632245c31";
        LawnAndGarden "Lawn & Garden";
        MortgageAndRent "Mortgage & Rent";
    }
    Income "Income" = "bf9f3294-4c40-1677-d269-54fbc189faf3" {
        Bonus "Bonus";
        InterestIncome "Interest Income";
        Paycheck "Paycheck" = "982ea9e6-3f0e-0c5b-611b-6657a10ba819";
        Reimbursement "Reimbursement";
        RentalIncome "Rental Income";
        ReturnedPurchase "Returned Purchase";
    }
    Investments "Investments" = "ccd42390-9e8c-3fb6-a5d9-6c31182d9c5c" {
        Buy "Buy";
        Deposit "Deposit";
        DividendAndCapGains "Dividend & Cap Gains";
        Sell "Sell";
        Withdrawal "Withdrawal";
    }
    Kids "Kids" = "0cb1d99d-f558-99e3-2282-b31f359b411a" {
        Allowance "Allowance";
        BabySupplies "Baby Supplies";
        BabysitterAndDaycare "Babysitter & Daycare";
        ChildSupport "Child Support";
        KidsActivities "Kids Activities";
        Toys "Toys";
    }
    PersonalCare "Personal Care" = "e5154228-fe45-790d-a280-f6bf5ae5ac9f" {
        Hair "Hair";
        Laundry "Laundry";
        SpaAndMassage "Spa & Massage";
    }
    Pets "Pets" = "7cccbafa-87d7-c9a6-661b-8b3402fe9e78" {
        PetFoodAndSupplies "Pet Food & Supplies";
        PetGrooming "Pet Grooming";
        Veterinary "Veterinary";
    }
    Shopping "Shopping" = "aad51b46-d6f7-3da5-fd6e-492328b3023f" {
        Books "Books";
        Clothing "Clothing";
        Hobbies "Hobbies";
        SportingGoods "Sporting Goods";
    }
    Taxes "Taxes" = "d00fc539-aa14-009b-4ffb-7e8c7b839954" {
        FederalTax "Federal Tax";
        LocalTax "Local Tax";
        PropertyTax "Property Tax";
        SalesTax "Sales Tax";
        StateTax "State Tax";
    }
    Transfer "Transfer" = "bce48142-fea4-ff45-20d9-0a642d44de83" {
        CreditCardPayment "Credit Card Payment";
        TransferForCashSpending "Transfer for Cash Spending";
        MortgagePayment "Mortgage Payment";
    }
    Travel "Travel" = "ea23d844-cbd1-eb10-f6ac-0df9610e59ae" {
        AirTravel "Air Travel";
        Hotel "Hotel";
        RentalCarAndTaxi "Rental Car & Taxi";
        Vacation "Vacation";
    }
    Uncategorized "Uncategorized" = "d7851c65-3353-e490-1953-fb9235e681e4" {
        Cash "Cash";
        Check "Check";
    }
}

/// By number of the variant.
static GUIDS: LazyLock<Vec<CategoryGuid>> = LazyLock::new(|| {
    let guid = |category: &Category| match category.documented() {
        Some(uuid) => CategoryGuid::trusted(format!("{}-{uuid}", CategoryGuid::PREFIX)),
        None => fixed(&["category", category.name()]),
    };
    Category::ALL.iter().map(guid).collect()
});

static BY_GUID: LazyLock<HashMap<&'static str, Category>> = LazyLock::new(|| {
    let entry = |category: &Category| (GUIDS[*category as usize].as_str(), *category);
    Category::ALL.iter().map(entry).collect()
});

impl Category {
    /// The documented guid, or where the reference has none, one that follows from the name.
    pub fn guid(self) -> CategoryGuid {
        GUIDS[self as usize].clone()
    }

    /// The default category of this guid; `None` for a custom or unknown one.
    pub fn from_guid(guid: &CategoryGuid) -> Option<Self> {
        BY_GUID.get(guid.as_str()).copied()
    }

    /// The default category of this exact name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|category| category.name() == name)
    }

    /// The category at the top of this one's branch: itself at the top.
    #[must_use]
    pub const fn top_level(self) -> Self {
        match self.parent() {
            Some(parent) => parent,
            None => self,
        }
    }

    /// Whether money under this category was earned: Income and what is below it.
    pub const fn is_income(self) -> bool {
        matches!(self.top_level(), Self::Income)
    }
}

/// The guid at the top of a default category's branch; `None` for a custom or unknown one.
pub fn top_level_of(guid: &CategoryGuid) -> Option<CategoryGuid> {
    Category::from_guid(guid).map(|category| category.top_level().guid())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn there_are_21_at_the_top_and_97_below() {
        let top = Category::ALL.iter().filter(|category| category.parent().is_none());
        assert_eq!(top.count(), 21);
        assert_eq!(Category::ALL.len(), 118);
    }

    #[test]
    fn names_and_guids_are_unique_and_find_their_category() {
        let guids: HashSet<_> = Category::ALL.iter().map(|category| category.guid()).collect();
        assert_eq!(guids.len(), Category::ALL.len());
        for category in Category::ALL {
            assert_eq!(Category::from_guid(&category.guid()), Some(*category));
            assert_eq!(Category::from_name(category.name()), Some(*category));
            assert!(category.guid().as_str().parse::<CategoryGuid>().is_ok());
        }
    }

    #[test]
    fn documented_guids_are_served_as_documented() {
        let cases = [
            ("Auto Insurance", "CAT-de7c2dc7-90e6-85a2-6509-5ec10942e887"),
            ("Gas", "CAT-b6d63a19-30a7-e852-2703-bdfb4072289e"),
            ("Income", "CAT-bf9f3294-4c40-1677-d269-54fbc189faf3"),
            ("Uncategorized", "CAT-d7851c65-3353-e490-1953-fb9235e681e4"),
        ];
        for (name, guid) in cases {
            assert_eq!(Category::from_name(name).unwrap().guid().as_str(), guid);
        }
    }

    #[test]
    fn a_childs_top_level_is_its_parent_and_only_income_is_income() {
        for category in Category::ALL {
            assert_eq!(category.top_level().parent(), None);
            assert_eq!(category.is_income(), category.top_level().name() == "Income");
        }
        assert_eq!(top_level_of(&Category::Groceries.guid()), Some(Category::FoodAndDining.guid()));
        assert_eq!(top_level_of(&CategoryGuid::trusted("CAT-custom".into())), None);
    }
}
