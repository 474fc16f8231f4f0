//! Kinds of accounts, and who set a value.

macro_rules! numbered {
    ($(#[$doc:meta])* $type:ident { $($id:literal $variant:ident $name:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[expect(missing_docs, reason = "the names are all that the reference has")]
        pub enum $type {
            $(#[serde(rename = $name)] $variant = $id,)*
        }

        impl $type {
            /// Every value, by number.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The documented name.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The documented number.
            pub fn id(self) -> i64 {
                self as i64
            }

            /// The value with this number.
            pub fn from_id(id: i64) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.id() == id)
            }

            /// The value of this exact name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }
    };
}
pub(crate) use numbered;

numbered! {
    /// The kind of an account (integer tables of the account reference).
    AccountType {
        0 Any "ANY";
        1 Checking "CHECKING";
        2 Savings "SAVINGS";
        3 Loan "LOAN";
        4 CreditCard "CREDIT_CARD";
        5 Investment "INVESTMENT";
        6 LineOfCredit "LINE_OF_CREDIT";
        7 Mortgage "MORTGAGE";
        8 Property "PROPERTY";
        9 Cash "CASH";
        10 Insurance "INSURANCE";
        11 Prepaid "PREPAID";
        12 CheckingLineOfCredit "CHECKING_LINE_OF_CREDIT";
    }
}

numbered! {
    /// The finer kind of an account: those that a feed of ours can tell.
    AccountSubtype {
        0 None "NONE";
        1 MoneyMarket "MONEY_MARKET";
        2 CertificateOfDeposit "CERTIFICATE_OF_DEPOSIT";
        3 Auto "AUTO";
        4 Student "STUDENT";
        5 SmallBusiness "SMALL_BUSINESS";
        6 Personal "PERSONAL";
        7 PersonalWithCollateral "PERSONAL_WITH_COLLATERAL";
        8 HomeEquity "HOME_EQUITY";
        9 Plan401K "PLAN_401_K";
        10 Plan403B "PLAN_403_B";
        11 Plan529 "PLAN_529";
        12 Ira "IRA";
        13 RolloverIra "ROLLOVER_IRA";
        14 RothIra "ROTH_IRA";
        15 Taxable "TAXABLE";
        16 NonTaxable "NON_TAXABLE";
        17 Brokerage "BROKERAGE";
        18 Trust "TRUST";
        19 UniformGiftsToMinorsAct "UNIFORM_GIFTS_TO_MINORS_ACT";
        20 Plan457 "PLAN_457";
        21 Pension "PENSION";
        22 EmployeeStockOwnershipPlan "EMPLOYEE_STOCK_OWNERSHIP_PLAN";
        23 SimplifiedEmployeePension "SIMPLIFIED_EMPLOYEE_PENSION";
        24 SimpleIra "SIMPLE_IRA";
        25 Boat "BOAT";
        26 Powersports "POWERSPORTS";
        27 Rv "RV";
        28 Heloc "HELOC";
    }
}

numbered! {
    /// Who a value came from.
    SetBy {
        1 Feed "FEED";
        2 User "USER";
        3 System "SYSTEM";
    }
}
