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
    /// The finer kind of an account.
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
        29 PlanRoth401K "PLAN_ROTH_401_K";
        30 FixedAnnuity "FIXED_ANNUITY";
        31 VariableAnnuity "VARIABLE_ANNUITY";
        32 VehicleInsurance "VEHICLE_INSURANCE";
        33 Disability "DISABILITY";
        34 Health "HEALTH";
        35 LongTermCare "LONG_TERM_CARE";
        36 PropertyAndCasualty "PROPERTY_AND_CASUALTY";
        37 UniversalLife "UNIVERSAL_LIFE";
        38 TermLife "TERM_LIFE";
        39 WholeLife "WHOLE_LIFE";
        40 AccidentalDeathAndDismemberment "ACCIDENTAL_DEATH_AND_DISMEMBERMENT";
        41 VariableUniversalLife "VARIABLE_UNIVERSAL_LIFE";
        42 Hsa "HSA";
        43 TaxFreeSavingsAccount "TAX_FREE_SAVINGS_ACCOUNT";
        44 Individual "INDIVIDUAL";
        45 RegisteredRetirementIncomeFund "REGISTERED_RETIREMENT_INCOME_FUND";
        46 CashManagementAccount "CASH_MANAGEMENT_ACCOUNT";
        47 EmployeeStockPurchasePlan "EMPLOYEE_STOCK_PURCHASE_PLAN";
        48 RegisteredEducationSavingsPlan "REGISTERED_EDUCATION_SAVINGS_PLAN";
        49 ProfitSharingPlan "PROFIT_SHARING_PLAN";
        50 UniformTransferToMinorsAct "UNIFORM_TRANSFER_TO_MINORS_ACT";
        51 Plan401A "PLAN_401_A";
        52 SarsepIra "SARSEP_IRA";
        53 FixedAnnuityTraditionalIra "FIXED_ANNUITY_TRADITIONAL_IRA";
        54 VariableAnnuityTraditionalIra "VARIABLE_ANNUITY_TRADITIONAL_IRA";
        55 SeppIra "SEPP_IRA";
        56 InheritedTraditionalIra "INHERITED_TRADITIONAL_IRA";
        57 FixedAnnuityRothIra "FIXED_ANNUITY_ROTH_IRA";
        58 VariableAnnuityRothIra "VARIABLE_ANNUITY_ROTH_IRA";
        59 InheritedRothIra "INHERITED_ROTH_IRA";
        60 Coverdell "COVERDELL";
        61 AdvisoryAccount "ADVISORY_ACCOUNT";
        62 BrokerageMargin "BROKERAGE_MARGIN";
        63 CharitableGiftAccount "CHARITABLE_GIFT_ACCOUNT";
        64 ChurchAccount "CHURCH_ACCOUNT";
        65 Conservatorship "CONSERVATORSHIP";
        66 Custodial "CUSTODIAL";
        67 DefinedBenefitPlan "DEFINED_BENEFIT_PLAN";
        68 DefinedContributionPlan "DEFINED_CONTRIBUTION_PLAN";
        69 Educational "EDUCATIONAL";
        70 Estate "ESTATE";
        71 Executor "EXECUTOR";
        72 GroupRetirementSavingsPlan "GROUP_RETIREMENT_SAVINGS_PLAN";
        73 GuaranteedInvestmentCertificate "GUARANTEED_INVESTMENT_CERTIFICATE";
        74 Hra "HRA";
        75 IndexedAnnuity "INDEXED_ANNUITY";
        76 InvestmentClub "INVESTMENT_CLUB";
        77 IrrevocableTrust "IRREVOCABLE_TRUST";
        78 JointTenantsByEntirity "JOINT_TENANTS_BY_ENTIRITY";
        79 JointTenantsCommunityProperty "JOINT_TENANTS_COMMUNITY_PROPERTY";
        80 JointTenantsInCommon "JOINT_TENANTS_IN_COMMON";
        81 JointTenantsWithRightsOfSurvivorship "JOINT_TENANTS_WITH_RIGHTS_OF_SURVIVORSHIP";
        82 KeoughPlan "KEOUGH_PLAN";
        83 LifeIncomeFund "LIFE_INCOME_FUND";
        84 LivingTrust "LIVING_TRUST";
        85 LockedInRetirementAccount "LOCKED_IN_RETIREMENT_ACCOUNT";
        86 LockedInRetirementInvestmentFund "LOCKED_IN_RETIREMENT_INVESTMENT_FUND";
        87 LockedInRetirementSavingsAccount "LOCKED_IN_RETIREMENT_SAVINGS_ACCOUNT";
        88 MoneyPurchasePlan "MONEY_PURCHASE_PLAN";
        89 Partnership "PARTNERSHIP";
        90 Plan409A "PLAN_409_A";
        91 PlanRoth403B "PLAN_ROTH_403_B";
        92 RegisteredDisabilitySavingsPlan "REGISTERED_DISABILITY_SAVINGS_PLAN";
        93 RegisteredLockedInSavingsPlan "REGISTERED_LOCKED_IN_SAVINGS_PLAN";
        94 RegisteredPensionPlan "REGISTERED_PENSION_PLAN";
        95 RegisteredRetirementSavingsPlan "REGISTERED_RETIREMENT_SAVINGS_PLAN";
        96 RevocableTrust "REVOCABLE_TRUST";
        97 RothConversion "ROTH_CONVERSION";
        98 SoleProprietorship "SOLE_PROPRIETORSHIP";
        99 SpousalIra "SPOUSAL_IRA";
        100 SpousalRothIra "SPOUSAL_ROTH_IRA";
        101 TestamentaryTrust "TESTAMENTARY_TRUST";
        102 ThriftSavingsPlan "THRIFT_SAVINGS_PLAN";
        103 InheritedAnnuity "INHERITED_ANNUITY";
        104 CorporateAccount "CORPORATE_ACCOUNT";
        105 LimitedLiabilityAccount "LIMITED_LIABILITY_ACCOUNT";
    }
}

numbered! {
    /// Who a value came from.
    SetBy {
        0 NotSet "NOT_SET";
        1 Feed "FEED";
        2 User "USER";
        3 System "SYSTEM";
    }
}

numbered! {
    /// What a property is.
    PropertyType {
        0 RealEstate "REAL_ESTATE";
        1 Vehicle "VEHICLE";
        2 Art "ART";
        3 Jewelry "JEWELRY";
        4 Furniture "FURNITURE";
        5 Appliances "APPLIANCES";
        6 Computer "COMPUTER";
        7 Electronics "ELECTRONICS";
        8 SportsEquipment "SPORTS_EQUIPMENT";
        9 Miscellaneous "MISCELLANEOUS";
    }
}
