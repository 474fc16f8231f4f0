//! Wordings that give a category to a text whose name is not known.

use std::sync::LazyLock;

use riverbank_model::account::AccountType;

use crate::category::Category;
use crate::phrases::Phrases;
use crate::words::Word;

type Table = LazyLock<Phrases<(Category, &'static str)>>;

macro_rules! wordings {
    ($($category:ident: $($phrase:literal)+;)*) => {
        LazyLock::new(|| Phrases::new([$($(
            ($phrase, (Category::$category, $phrase)),
        )+)*]))
    };
}

/// Of money in.
static ON_CREDIT: Table = wordings! {
    Paycheck: "PAYROLL" "SALARY" "WAGES" "DIRECT DEP" "DIRECT DEPOSIT" "DIRDEP" "DIR DEP" "PAYCHECK" "REG SALARY" "PENSION"
        "GUSTO" "ADP" "PAYCHEX";
    Bonus: "BONUS";
    InterestIncome: "INTEREST" "INT PAID";
    Reimbursement: "REIMBURSEMENT" "REIMBURSE" "REIMB" "EXP REIMB" "EXPENSE";
    RentalIncome: "RENT" "RENTAL INCOME";
    ReturnedPurchase: "REFUND" "RETURN" "REVERSAL" "MERCHANDISE CREDIT" "PURCHASE RETURN" "CHARGEBACK" "DISPUTE CREDIT";
    DividendAndCapGains: "DIVIDEND";
    ChildSupport: "CHILD SUPPORT";
    FederalTax: "TAX REF" "TAX REFUND";
    CreditCardPayment: "PAYMENT THANK YOU" "AUTOPAY";
    Transfer: "TRANSFER" "XFER" "TRANSFER FROM" "TRANSFER TO";
};

/// Of money out.
static ON_DEBIT: Table = wordings! {
    CoffeeShops: "COFFEE" "CAFE" "ESPRESSO" "ROASTERS" "COFFEE ROASTERS" "TEA HOUSE" "CAFFE";
    FastFood: "BURGER" "BURGERS" "PIZZA" "PIZZERIA" "TACO" "TACOS" "TAQUERIA" "DONUTS" "SUBS" "SANDWICHES" "DELI" "WINGS"
        "FRIED CHICKEN" "BAGELS" "FOOD TRUCK";
    Restaurants: "RESTAURANT" "RESTAURANTE" "GRILL" "BISTRO" "DINER" "KITCHEN" "SUSHI" "RAMEN" "STEAKHOUSE" "TRATTORIA"
        "RISTORANTE" "CANTINA" "BBQ" "NOODLE" "NOODLES" "THAI" "CUISINE" "EATERY" "BRASSERIE" "BAR & GRILL" "CATERING"
        "CURRY" "DIM SUM" "PHO" "CREPERIE";
    AlcoholAndBars: "BAR" "PUB" "BREWERY" "BREWING" "BREWING CO" "TAVERN" "LIQUOR" "LIQUORS" "WINE" "WINES" "WINERY"
        "TAPROOM" "BEER" "SPIRITS" "ALE HOUSE" "ALEHOUSE" "SALOON" "LOUNGE";
    Groceries: "GROCERY" "GROCERIES" "SUPERMARKET" "FOODS" "MARKET" "FARMERS MARKET" "FOOD MART" "BAKERY" "BUTCHER"
        "PRODUCE" "MERCADO" "FOOD CO OP";
    Gas: "GAS" "FUEL" "PETROLEUM" "GAS STATION" "PETROL" "OIL CO" "CHARGING" "EV CHARGING";
    ServiceAndParts: "AUTO PARTS" "AUTO REPAIR" "TIRE" "TIRES" "CAR WASH" "OIL CHANGE" "AUTOMOTIVE" "MOTORS SERVICE"
        "AUTO BODY" "AUTO GLASS" "SMOG" "TOWING" "COLLISION";
    Parking: "PARKING" "PARK METER" "GARAGE" "PARKING METER" "VALET";
    PublicTransportation: "TRANSIT" "METRO" "RAILWAY" "SUBWAY FARE" "BUS" "FERRY" "TOLL" "TOLLS" "FASTRAK" "EZPASS" "RAIL";
    AutoAndTransport: "DMV" "DEPT OF MOTOR VEHICLES" "AUTO CLUB";
    AutoInsurance: "AUTO INSURANCE" "AUTO INS" "CAR INSURANCE";
    HomeInsurance: "HOME INSURANCE" "HOMEOWNERS INSURANCE" "RENTERS INSURANCE";
    HealthInsurance: "HEALTH INSURANCE" "HEALTH PLAN" "MEDICARE";
    LifeInsurance: "LIFE INSURANCE" "LIFE INS";
    Financial: "INSURANCE" "INS PREM" "INSURANCE PREMIUM";
    RentalCarAndTaxi: "TAXI" "CAB" "RENT A CAR" "CAR RENTAL" "LIMO" "RIDESHARE" "SHUTTLE";
    AirTravel: "AIRLINES" "AIRLINE" "AIRWAYS" "AIR LINES" "AVIATION";
    Hotel: "HOTEL" "HOTELS" "INN" "MOTEL" "RESORT" "SUITES" "LODGE" "HOSTEL" "LODGING";
    Vacation: "CRUISE" "CRUISES" "VACATION" "VACATIONS" "TOURS";
    Travel: "TRAVEL" "AIRPORT" "DUTY FREE";
    Utilities: "ELECTRIC" "WATER" "POWER" "ENERGY" "UTILITY" "UTILITIES" "SEWER" "SANITATION" "GAS & ELECTRIC" "WATER DISTRICT"
        "GARBAGE" "POWER & LIGHT" "GAS CO" "NATURAL GAS" "UTIL";
    Internet: "BROADBAND" "INTERNET" "FIBER";
    MobilePhone: "WIRELESS" "MOBILE PHONE" "CELLULAR";
    Television: "CABLE" "STREAMING";
    HomePhone: "TELEPHONE";
    Hosting: "HOSTING";
    Advertising: "ADVERTISING" "ADS" "GOOGLE ADS";
    Legal: "LAW" "ATTORNEY" "LEGAL" "LAW OFFICE" "LAW OFFICES" "NOTARY";
    Printing: "PRINTING" "PRINT SHOP";
    Shipping: "POSTAL" "POST OFFICE" "SHIPPING" "COURIER";
    OfficeSupplies: "OFFICE SUPPLY" "OFFICE SUPPLIES" "STATIONERY";
    Tuition: "UNIVERSITY" "COLLEGE" "TUITION" "SCHOOL" "ACADEMY" "MONTESSORI";
    BooksAndSupplies: "TEXTBOOK" "TEXTBOOKS" "CAMPUS STORE" "SCHOOL SUPPLIES";
    Books: "BOOKS" "BOOKSTORE" "BOOKSHOP" "BOOK SHOP";
    Clothing: "CLOTHING" "APPAREL" "SHOES" "BOUTIQUE" "FASHION" "OUTFITTERS" "MENSWEAR" "FOOTWEAR" "TAILOR" "LINGERIE";
    SportingGoods: "SPORTING GOODS" "SKI SHOP" "BIKE SHOP" "CYCLES" "BICYCLE" "BICYCLES" "OUTDOORS";
    Hobbies: "CRAFTS" "FABRIC" "YARN" "HOBBY" "CAMERA" "MUSIC SHOP" "ART SUPPLIES";
    Shopping: "ELECTRONICS" "DEPARTMENT STORE" "JEWELERS" "JEWELRY" "THRIFT" "OUTLET" "DOLLAR STORE";
    MoviesAndDvds: "CINEMA" "CINEMAS" "THEATERS" "MOVIES" "DRIVE IN THEATRE";
    Arts: "MUSEUM" "THEATRE" "THEATER" "GALLERY" "OPERA" "SYMPHONY" "BALLET";
    Music: "CONCERT" "RECORDS";
    Amusement: "BOWLING" "ARCADE" "AMUSEMENT" "ZOO" "AQUARIUM" "THEME PARK" "CASINO" "LOTTERY" "ESCAPE ROOM";
    NewspapersAndMagazines: "NEWSPAPER" "MAGAZINE" "TRIBUNE";
    Dentist: "DENTAL" "DENTIST" "ORTHODONTICS" "DDS";
    Doctor: "MEDICAL" "HOSPITAL" "CLINIC" "PHYSICIANS" "PEDIATRICS" "DERMATOLOGY" "URGENT CARE" "LABORATORY"
        "PHYSICAL THERAPY" "CHIROPRACTIC" "HEALTH CENTER" "RADIOLOGY";
    Eyecare: "OPTICAL" "OPTOMETRY" "EYE CARE" "VISION";
    Pharmacy: "PHARMACY" "DRUG" "DRUGS" "DRUGSTORE" "APOTHECARY" "RX";
    Gym: "FITNESS" "GYM" "YOGA" "PILATES" "CROSSFIT" "ATHLETIC CLUB" "YMCA" "CLIMBING";
    Sports: "GOLF" "TENNIS" "SKI" "SOCCER" "HOCKEY" "SKI RESORT" "GOLF CLUB" "GOLF COURSE";
    Hair: "SALON" "BARBER" "HAIR" "BARBERSHOP" "HAIR SALON" "BARBER SHOP" "NAIL SALON";
    SpaAndMassage: "SPA" "MASSAGE" "DAY SPA";
    Laundry: "LAUNDRY" "CLEANERS" "DRY CLEANERS" "LAUNDROMAT" "DRY CLEANING";
    PersonalCare: "NAILS" "COSMETICS" "BEAUTY" "TATTOO";
    Veterinary: "VETERINARY" "ANIMAL HOSPITAL" "VET" "VET CLINIC";
    PetGrooming: "PET GROOMING" "DOG GROOMING" "GROOMING";
    PetFoodAndSupplies: "PET" "PETS" "PET SUPPLY" "PET SUPPLIES" "PET FOOD";
    HomeImprovement: "HARDWARE" "LUMBER" "PAINT" "FLOORING" "BUILDING SUPPLY" "TILE" "ROOFING";
    HomeServices: "PLUMBING" "CLEANING" "PEST" "PEST CONTROL" "HVAC" "SELF STORAGE" "STORAGE" "LOCKSMITH" "MOVING"
        "CLEANING SERVICE" "HANDYMAN" "HOME WARRANTY" "ALARM";
    LawnAndGarden: "LAWN" "GARDEN" "NURSERY" "LANDSCAPING" "LAWN CARE" "GARDEN CENTER" "TREE SERVICE";
    Furnishings: "FURNITURE" "MATTRESS" "APPLIANCE" "APPLIANCES" "RUGS" "LIGHTING";
    MortgageAndRent: "MORTGAGE" "MTG" "RENT" "APARTMENTS" "PROPERTY MANAGEMENT" "LEASING" "HOA" "PROPERTY MGMT" "REALTY"
        "HOME LOAN";
    StudentLoan: "STUDENT LOAN" "STUDENT LN";
    BabysitterAndDaycare: "DAYCARE" "DAY CARE" "CHILD CARE" "CHILDCARE" "PRESCHOOL" "BABYSITTER" "NANNY";
    Toys: "TOYS" "TOY";
    BabySupplies: "BABY";
    ChildSupport: "CHILD SUPPORT";
    KidsActivities: "SUMMER CAMP" "LITTLE LEAGUE" "GYMNASTICS" "DANCE STUDIO";
    Charity: "DONATION" "CHARITY" "CHURCH" "FOUNDATION" "MINISTRIES" "TEMPLE" "RELIEF FUND" "FOOD BANK";
    Gift: "FLORIST" "FLOWERS" "GIFT" "GIFTS" "GIFT SHOP" "GIFT CARD";
    PropertyTax: "PROPERTY TAX" "PROP TAX" "COUNTY TREASURER" "TAX COLLECTOR";
    LocalTax: "CITY TAX" "LOCAL TAX";
    Taxes: "TAX" "TAXES" "TAX PMT";
    FinancialAdvisor: "TAX PREP" "ACCOUNTING" "CPA" "WEALTH" "ADVISORS" "TAX PREPARATION";
    AtmFee: "ATM FEE";
    LateFee: "LATE FEE";
    ServiceFee: "SERVICE FEE" "PROCESSING FEE" "CONVENIENCE FEE" "FEE";
    FinanceCharge: "INTEREST" "INTEREST CHARGE";
    BankingFee: "BANK FEE" "ACCOUNT FEE";
    CreditCardPayment: "CREDIT CARD PMT" "CREDIT CRD" "CREDIT CRD AUTOPAY" "CARD PAYMENT" "CRCARDPMT" "CREDITCARD";
    Cash: "CASH WITHDRAWAL" "ATM";
    Transfer: "TRANSFER" "XFER" "TRANSFER TO" "TRANSFER FROM" "SAVINGS TRANSFER";
    Investments: "BROKERAGE" "SECURITIES" "INVESTMENTS";
};

/// Of an investment account, either way.
static OF_INVESTMENT: Table = wordings! {
    Buy: "BUY" "BOUGHT" "YOU BOUGHT" "PURCHASED" "REINVESTMENT" "REINVEST" "DIVIDEND REINVESTMENT" "PURCHASE";
    Sell: "SELL" "SOLD" "YOU SOLD" "REDEMPTION" "SALE";
    DividendAndCapGains: "DIVIDEND" "DIV" "CAPITAL GAIN" "CAP GAIN" "CAPITAL GAINS" "LT CAP GAIN" "ST CAP GAIN" "DIST";
    InterestIncome: "INTEREST";
    TradeCommissions: "COMMISSION";
    FinancialAdvisor: "ADVISORY FEE" "MANAGEMENT FEE";
    Deposit: "CONTRIBUTION" "DEPOSIT" "ROLLOVER";
    Withdrawal: "WITHDRAWAL" "DISTRIBUTION";
};

static BILL_PAY: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let phrases = [
        "BILL PAY",
        "BILLPAY",
        "BILL PAYMENT",
        "BILL PMT",
        "ONLINE PMT",
        "ONLINE PAYMENT TO",
        "E BILL",
        "EBILL",
    ];
    Phrases::new(phrases.map(|phrase| (phrase, ())))
});

static DIRECT_DEPOSIT: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let phrases = ["DIRECT DEP", "DIRECT DEPOSIT", "DIRDEP", "DIR DEP", "PAYROLL"];
    Phrases::new(phrases.map(|phrase| (phrase, ())))
});

/// The category of the longest wording in a text, with the wording.
pub(super) fn category(
    words: &[Word],
    is_credit: bool,
    account: AccountType,
) -> Option<(Category, &'static str)> {
    let table = match (account, is_credit) {
        (AccountType::Investment, _) => &OF_INVESTMENT,
        (_, true) => &ON_CREDIT,
        (_, false) => &ON_DEBIT,
    };
    table.within(words).map(|(_, found)| found)
}

/// Whether the text says that a bank's bill payment sent it.
pub(super) fn tells_bill_pay(words: &[Word]) -> bool {
    BILL_PAY.within(words).is_some()
}

/// Whether the text says that an employer or a public body paid it in.
pub(super) fn tells_direct_deposit(words: &[Word]) -> bool {
    DIRECT_DEPOSIT.within(words).is_some()
}
