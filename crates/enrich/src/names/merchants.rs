//! Merchants that most statements have.

use super::{Mark, Name};
use crate::category::Category;

macro_rules! merchants {
    ($($category:ident { $($shown:literal $mark:ident: $($pattern:literal)+;)+ })*) => {
        &[$($(Name {
            rule: concat!("merchant/", $shown),
            shown: $shown,
            on_debit: Category::$category,
            on_credit: None,
            mark: Mark::$mark,
            patterns: &[$($pattern),+],
        },)+)*]
    };
}

/// By category: name, mark, patterns.
pub(super) const NAMES: &[Name] = merchants! {
    CoffeeShops {
        "Starbucks" Plain: "STARBUCKS" "SBUX";
        "Dunkin'" Plain: "DUNKIN" "DUNKIN DONUTS";
        "Peet's Coffee" Plain: "PEETS" "PEETS COFFEE";
        "Blue Bottle Coffee" Plain: "BLUE BOTTLE COFFEE";
        "Tim Hortons" Plain: "TIM HORTONS";
        "Caribou Coffee" Plain: "CARIBOU COFFEE";
        "Dutch Bros" Plain: "DUTCH BROS" "DUTCH BROS COFFEE";
        "Philz Coffee" Plain: "PHILZ COFFEE";
        "The Coffee Bean & Tea Leaf" Plain: "COFFEE BEAN" "THE COFFEE BEAN" "COFFEE BEAN TEA LEAF";
    }
    FastFood {
        "McDonald's" Plain: "MCDONALDS" "MC DONALDS";
        "Burger King" Plain: "BURGER KING";
        "Wendy's" Plain: "WENDYS";
        "Taco Bell" Plain: "TACO BELL";
        "Subway" Plain: "SUBWAY.";
        "Chipotle" Plain: "CHIPOTLE";
        "Chick-fil-A" Plain: "CHICKFILA" "CHICK FIL A";
        "KFC" Plain: "KFC";
        "Popeyes" Plain: "POPEYES";
        "Domino's Pizza" Plain: "DOMINOS" "DOMINOS PIZZA";
        "Pizza Hut" Plain: "PIZZA HUT";
        "Papa Johns" Plain: "PAPA JOHNS" "PAPA JOHN S";
        "Little Caesars" Plain: "LITTLE CAESARS";
        "Five Guys" Plain: "FIVE GUYS" "5GUYS";
        "In-N-Out Burger" Plain: "INNOUT" "IN N OUT" "INNOUT BURGER" "IN N OUT BURGER";
        "Jack in the Box" Plain: "JACK IN THE BOX";
        "Sonic Drive-In" Plain: "SONIC DRIVE IN" "SONIC DRIVEIN" "SONIC.";
        "Arby's" Plain: "ARBYS";
        "Dairy Queen" Plain: "DAIRY QUEEN";
        "Panda Express" Plain: "PANDA EXPRESS";
        "Shake Shack" Plain: "SHAKE SHACK";
        "Whataburger" Plain: "WHATABURGER";
        "Jimmy John's" Plain: "JIMMY JOHNS";
        "Jersey Mike's" Plain: "JERSEY MIKES";
        "Panera Bread" Plain: "PANERA BREAD" "PANERA";
    }
    Restaurants {
        "Uber Eats" Plain: "UBER EATS" "UBER * EATS" "UBEREATS" "UBER EATS HELP" "UBER * UBER EATS" "UBR * EATS";
        "DoorDash" Plain: "DOORDASH" "DD DOORDASH" "DD * DOORDASH" "DOORDASH DASHPASS";
        "Grubhub" Plain: "GRUBHUB" "GRUBHUBCOM";
        "Olive Garden" Plain: "OLIVE GARDEN";
        "Applebee's" Plain: "APPLEBEES";
        "Chili's" Plain: "CHILIS" "CHILIS GRILL";
        "Denny's" Plain: "DENNYS";
        "IHOP" Plain: "IHOP";
        "The Cheesecake Factory" Plain: "CHEESECAKE FACTORY" "THE CHEESECAKE FACTORY" "CHEESECAKE";
        "Texas Roadhouse" Plain: "TEXAS ROADHOUSE";
        "Outback Steakhouse" Plain: "OUTBACK STEAKHOUSE" "OUTBACK.";
        "Buffalo Wild Wings" Plain: "BUFFALO WILD WINGS";
        "Cracker Barrel" Plain: "CRACKER BARREL";
        "Red Lobster" Plain: "RED LOBSTER";
        "Waffle House" Plain: "WAFFLE HOUSE";
    }
    Groceries {
        "Whole Foods Market" Plain: "WHOLE FOODS" "WHOLEFDS" "WHOLE FOODS MARKET";
        "Trader Joe's" Plain: "TRADER JOES" "TRADER JOE S" "TRADER JOE";
        "Safeway" Plain: "SAFEWAY";
        "Kroger" Plain: "KROGER";
        "Publix" Plain: "PUBLIX";
        "Aldi" Plain: "ALDI";
        "Costco" Plain: "COSTCO" "COSTCO WHSE" "COSTCO WHOLESALE";
        "Sam's Club" Plain: "SAMS CLUB" "SAMSCLUB" "SAM S CLUB";
        "BJ's Wholesale Club" Plain: "BJS WHOLESALE" "BJS WHOLESALE CLUB";
        "H-E-B" Plain: "HEB" "H E B";
        "Wegmans" Plain: "WEGMANS";
        "Sprouts Farmers Market" Plain: "SPROUTS" "SPROUTS FARMERS" "SPROUTS FARMERS MARKET";
        "Albertsons" Plain: "ALBERTSONS";
        "Food Lion" Plain: "FOOD LION";
        "Giant Eagle" Plain: "GIANT EAGLE";
        "Stop & Shop" Plain: "STOP SHOP" "STOP & SHOP";
        "WinCo Foods" Plain: "WINCO" "WINCO FOODS";
        "Harris Teeter" Plain: "HARRIS TEETER";
        "Meijer" Plain: "MEIJER";
        "Instacart" Plain: "INSTACART" "IC * INSTACART" "INSTACART * INSTACART";
        "Lidl" Plain: "LIDL";
        "Smith's Food & Drug" Plain: "SMITHS FOOD" "SMITHS FOOD & DRUG" "SMITHS MARKETPLACE";
        "Ralphs" Plain: "RALPHS";
        "Loblaws" Plain: "LOBLAWS";
        "Walmart" Plain: "WALMART" "WAL MART" "WM SUPERCENTER" "WALMART SUPERCENTER" "WALMARTCOM" "WMT PLUS";
    }
    Shopping {
        "Amazon" Plain: "AMAZON" "AMZN" "AMZN MKTP" "AMZN MKTP US" "AMAZON MKTPL" "AMAZON MKTPLACE" "AMAZON MARKETPLACE"
            "AMAZON RETAIL" "AMAZON MKTPLACE PMTS";
        "Amazon Prime" Subscription: "AMAZON PRIME" "PRIME VIDEO" "AMZNPRIME" "AMAZON PRIME VIDEO" "PRIME MEMBERSHIP";
        "Target" Plain: "TARGET" "TARGET T";
        "eBay" Plain: "EBAY" "EBAY O";
        "Etsy" Plain: "ETSY" "ETSY SHOP";
        "Best Buy" Plain: "BEST BUY" "BESTBUY" "BESTBUYCOM";
        "Apple Store" Plain: "APPLE STORE" "APPLE ONLINE STORE";
        "Macy's" Plain: "MACYS" "MACY S";
        "Kohl's" Plain: "KOHLS" "KOHL S";
        "Nordstrom" Plain: "NORDSTROM";
        "Dollar Tree" Plain: "DOLLAR TREE" "DOLLARTREE";
        "Dollar General" Plain: "DOLLAR GENERAL";
        "Family Dollar" Plain: "FAMILY DOLLAR";
        "Big Lots" Plain: "BIG LOTS";
        "AliExpress" Plain: "ALIEXPRESS";
        "Temu" Plain: "TEMU";
        "Shein" Plain: "SHEIN";
        "Five Below" Plain: "FIVE BELOW";
    }
    Clothing {
        "T.J. Maxx" Plain: "TJ MAXX" "TJMAXX" "T J MAXX";
        "Ross Dress for Less" Plain: "ROSS STORES" "ROSS DRESS FOR LESS" "ROSS STORE";
        "Marshalls" Plain: "MARSHALLS";
        "Old Navy" Plain: "OLD NAVY" "OLDNAVY";
        "Gap" Plain: "GAP." "GAP US" "GAP OUTLET";
        "H&M" Plain: "HM" "H M";
        "Nike" Plain: "NIKE";
        "Zara" Plain: "ZARA" "ZARA USA";
        "Uniqlo" Plain: "UNIQLO";
        "Lululemon" Plain: "LULULEMON" "LULULEMON ATHLETICA";
        "Foot Locker" Plain: "FOOT LOCKER";
    }
    SportingGoods {
        "REI" Plain: "REI" "REI COOP";
        "Dick's Sporting Goods" Plain: "DICKS SPORTING GOODS" "DICKS SPORTING";
        "Academy Sports" Plain: "ACADEMY SPORTS";
    }
    Books { "Barnes & Noble" Plain: "BARNES NOBLE" "BARNES & NOBLE" "BARNESNOBLE"; }
    Hobbies {
        "Michaels" Plain: "MICHAELS STORES" "MICHAELS.";
        "Hobby Lobby" Plain: "HOBBY LOBBY" "HOBBYLOBBY";
        "JOANN" Plain: "JOANN" "JOANN STORES" "JOANN FABRIC";
    }
    HomeImprovement {
        "The Home Depot" Plain: "HOME DEPOT" "THE HOME DEPOT" "HOMEDEPOT";
        "Lowe's" Plain: "LOWES" "LOWE S";
        "Ace Hardware" Plain: "ACE HARDWARE";
        "Menards" Plain: "MENARDS";
        "Sherwin-Williams" Plain: "SHERWIN WILLIAMS" "SHERWINWILLIAMS";
    }
    Furnishings {
        "IKEA" Plain: "IKEA";
        "Wayfair" Plain: "WAYFAIR";
        "HomeGoods" Plain: "HOMEGOODS" "HOME GOODS";
        "Crate & Barrel" Plain: "CRATE BARREL" "CRATE & BARREL";
    }
    HomeSupplies { "Bed Bath & Beyond" Plain: "BED BATH BEYOND" "BED BATH & BEYOND"; }
    Gas {
        "Shell" Plain: "SHELL." "SHELL OIL" "SHELL SERVICE" "SHELL SERVICE STATION";
        "Chevron" Plain: "CHEVRON";
        "ExxonMobil" Plain: "EXXON" "EXXONMOBIL" "EXXON MOBIL" "EXXON SPEEDPASS";
        "BP" Plain: "BP." "BP PRODUCTS" "BP #";
        "76" Plain: "76." "UNION 76" "76 GAS";
        "Circle K" Plain: "CIRCLE K";
        "7-Eleven" Plain: "7ELEVEN" "7 ELEVEN";
        "QuikTrip" Plain: "QUIKTRIP" "QT";
        "Wawa" Plain: "WAWA";
        "Sheetz" Plain: "SHEETZ";
        "Speedway" Plain: "SPEEDWAY";
        "Marathon" Plain: "MARATHON PETRO" "MARATHON GAS" "MARATHON.";
        "Costco Gas" Plain: "COSTCO GAS" "COSTCO GASOLINE";
        "Arco" Plain: "ARCO";
        "Valero" Plain: "VALERO";
        "Sunoco" Plain: "SUNOCO";
        "Maverik" Plain: "MAVERIK";
        "Love's Travel Stop" Plain: "LOVES TRAVEL" "LOVE S TRAVEL" "LOVES TRAVEL STOP";
        "Pilot" Plain: "PILOT TRAVEL" "PILOT.";
        "Petro-Canada" Plain: "PETROCANADA" "PETRO CANADA";
        "Tesla Supercharger" Plain: "TESLA SUPERCHARGER";
        "ChargePoint" Plain: "CHARGEPOINT";
    }
    ServiceAndParts {
        "AutoZone" Plain: "AUTOZONE";
        "O'Reilly Auto Parts" Plain: "OREILLY AUTO" "OREILLY AUTO PARTS" "O REILLY AUTO";
        "Advance Auto Parts" Plain: "ADVANCE AUTO" "ADVANCE AUTO PARTS";
        "Jiffy Lube" Plain: "JIFFY LUBE";
        "Discount Tire" Plain: "DISCOUNT TIRE";
        "Firestone" Plain: "FIRESTONE";
    }
    Parking {
        "ParkMobile" Plain: "PARKMOBILE";
        "SpotHero" Plain: "SPOTHERO";
    }
    AutoInsurance {
        "GEICO" Plain: "GEICO" "GEICO AUTO";
        "Progressive" Plain: "PROGRESSIVE" "PROGRESSIVE INS" "PROG";
        "State Farm" Plain: "STATE FARM" "STATE FARM INSURANCE";
        "Allstate" Plain: "ALLSTATE" "ALLSTATE INS";
    }
    AutoPayment {
        "Toyota Financial Services" Plain: "TOYOTA FINANCIAL" "TOYOTA ACH RTL" "TOYOTA FINANCIAL SERVICES";
        "Ford Credit" Plain: "FORD CREDIT" "FORD MOTOR CR";
        "Honda Financial Services" Plain: "HONDA PMT" "HONDA FINANCIAL" "HONDA FINANCIAL SERVICES";
        "Ally Auto" Plain: "ALLY AUTO" "ALLY ALLY PAYMT";
    }
    RentalCarAndTaxi {
        "Uber" Plain: "UBER" "UBER TRIP" "UBER * TRIP" "UBER TECHNOLOGIES" "UBR";
        "Lyft" Plain: "LYFT" "LYFT * RIDE";
        "Hertz" Plain: "HERTZ";
        "Enterprise Rent-A-Car" Plain: "ENTERPRISE RENT" "ENTERPRISE RENTACAR" "ENTERPRISE RENT A CAR";
        "Avis" Plain: "AVIS" "AVIS RENT A CAR";
        "Budget Rent a Car" Plain: "BUDGET RENT" "BUDGET RENT A CAR" "BUDGET RENTACAR";
        "Turo" Plain: "TURO" "TURO INC";
    }
    PublicTransportation {
        "Amtrak" Plain: "AMTRAK";
        "MTA" Plain: "MTA" "MTA NYCT" "MTA NYCT PAYGO";
        "BART" Plain: "BART." "BART CLIPPER";
        "Clipper" Plain: "CLIPPER" "CLIPPER SYSTEMS";
        "Greyhound" Plain: "GREYHOUND";
        "Caltrain" Plain: "CALTRAIN";
    }
    AirTravel {
        "Delta Air Lines" Plain: "DELTA AIR" "DELTA AIR LINES";
        "United Airlines" Plain: "UNITED AIRLINES" "UNITED AIR";
        "American Airlines" Plain: "AMERICAN AIRLINES" "AMERICAN AIR";
        "Southwest Airlines" Plain: "SOUTHWEST AIRLINES" "SOUTHWEST AIR" "SOUTHWES";
        "JetBlue" Plain: "JETBLUE" "JETBLUE AIRWAYS";
        "Alaska Airlines" Plain: "ALASKA AIRLINES" "ALASKA AIR";
        "Spirit Airlines" Plain: "SPIRIT AIRLINES" "SPIRIT AIRL";
        "Frontier Airlines" Plain: "FRONTIER AIRLINES";
        "Air Canada" Plain: "AIR CANADA";
    }
    Hotel {
        "Marriott" Plain: "MARRIOTT" "COURTYARD BY MARRIOTT";
        "Hilton" Plain: "HILTON" "HILTON GARDEN INN";
        "Hyatt" Plain: "HYATT" "HYATT PLACE" "HYATT REGENCY";
        "Holiday Inn" Plain: "HOLIDAY INN" "HOLIDAY INN EXPRESS";
        "Airbnb" Plain: "AIRBNB";
        "Vrbo" Plain: "VRBO";
        "Booking.com" Plain: "BOOKING" "BOOKINGCOM";
        "Hampton Inn" Plain: "HAMPTON INN";
        "Best Western" Plain: "BEST WESTERN";
    }
    Travel { "Expedia" Plain: "EXPEDIA"; "Priceline" Plain: "PRICELINE"; }
    Television {
        "Netflix" Subscription: "NETFLIX";
        "Hulu" Subscription: "HULU" "HLU * HULU" "HLU HULU";
        "Disney+" Subscription: "DISNEY PLUS" "DISNEYPLUS" "DISNEY+";
        "Max" Subscription: "HBO MAX" "HBOMAX" "MAX.";
        "Paramount+" Subscription: "PARAMOUNT+" "PARAMOUNT PLUS" "PARAMNTPLUS";
        "Peacock" Subscription: "PEACOCK" "PEACOCK TV";
        "YouTube TV" Subscription: "YOUTUBE TV" "GOOGLE * YOUTUBE TV" "GOOGLE * YOUTUBETV";
        "Sling TV" Subscription: "SLING TV" "SLING";
        "DirecTV" Subscription: "DIRECTV" "DTV * DIRECTV";
        "DISH Network" Subscription: "DISH NETWORK";
        "Apple TV+" Subscription: "APPLE TV" "APPLE TV+";
    }
    Music {
        "Spotify" Subscription: "SPOTIFY" "SPOTIFY USA";
        "Apple Music" Subscription: "APPLE MUSIC";
        "Pandora" Subscription: "PANDORA" "PANDORA * INTERNET RADIO";
        "SiriusXM" Subscription: "SIRIUSXM" "SXM * SIRIUSXM" "SIRIUS XM";
        "YouTube Premium" Subscription: "YOUTUBE PREMIUM" "GOOGLE * YOUTUBEPREMIUM" "YOUTUBEPREMIUM" "GOOGLE * YOUTUBE";
        "Tidal" Subscription: "TIDAL";
        "Ticketmaster" Plain: "TICKETMASTER" "TM * TICKETMASTER";
    }
    MoviesAndDvds {
        "AMC Theatres" Plain: "AMC" "AMC THEATRES" "AMC ONLINE";
        "Regal Cinemas" Plain: "REGAL CINEMAS" "REGAL CINEMA";
        "Cinemark" Plain: "CINEMARK";
        "Fandango" Plain: "FANDANGO";
    }
    Books { "Audible" Subscription: "AUDIBLE"; "Kindle" Plain: "KINDLE" "KINDLE SVCS" "KINDLE UNLTD"; }
    NewspapersAndMagazines {
        "The New York Times" Subscription: "NYTIMES" "NEW YORK TIMES" "THE NEW YORK TIMES" "NYT" "NYTIMES * NYTIMES";
        "The Wall Street Journal" Subscription: "WSJ" "WALL STREET JOURNAL" "THE WALL STREET JOURNAL" "D J * WSJ" "DJ * WSJ";
        "The Washington Post" Subscription: "WASHINGTON POST" "WASHPOST" "THE WASHINGTON POST" "THEWASHINGTONPOST";
        "The Economist" Subscription: "THE ECONOMIST" "ECONOMIST";
    }
    Entertainment {
        "Apple" Plain: "APPLE.";
        "Google" Plain: "GOOGLE" "GOOGLE * GOOGLE";
        "Google Play" Plain: "GOOGLE PLAY" "GOOGLE * PLAY";
        "Steam" Plain: "STEAM" "STEAMGAMES" "STEAM PURCHASE" "STEAMGAMESCOM" "WL * STEAM" "WL * STEAM PURCHASE";
        "PlayStation Network" Subscription: "PLAYSTATION" "PLAYSTATION NETWORK" "PLAYSTATIONNETWORK" "SONY PLAYSTATION";
        "Xbox" Subscription: "XBOX" "MICROSOFT * XBOX" "MICROSOFT XBOX";
        "Nintendo" Plain: "NINTENDO";
        "Roblox" Plain: "ROBLOX";
        "Patreon" Subscription: "PATREON" "PATREON * MEMBERSHIP";
    }
    BusinessServices {
        "Microsoft" Subscription: "MICROSOFT" "MSFT" "MSFT *" "MICROSOFT *";
        "Adobe" Subscription: "ADOBE" "ADOBE SYSTEMS" "ADOBE CREATIVE CLOUD" "ADOBE *";
        "Dropbox" Subscription: "DROPBOX" "DROPBOX *";
        "Zoom" Subscription: "ZOOM" "ZOOM US" "ZOOMUS";
        "GitHub" Subscription: "GITHUB";
        "OpenAI" Subscription: "OPENAI" "OPENAI * CHATGPT" "CHATGPT";
        "Slack" Subscription: "SLACK";
        "Google Storage" Subscription: "GOOGLE STORAGE" "GOOGLE ONE" "GOOGLE * GOOGLE STORAGE" "GOOGLE * GOOGLE ONE" "GOOGLE * ONE";
        "iCloud" Subscription: "ICLOUD" "APPLE ICLOUD";
    }
    Hosting {
        "Amazon Web Services" Subscription: "AMAZON WEB SERVICES" "AWS";
        "DigitalOcean" Subscription: "DIGITALOCEAN";
        "Squarespace" Subscription: "SQUARESPACE" "SQSP";
    }
    DomainNames { "GoDaddy" Plain: "GODADDY" "DNH * GODADDY"; "Namecheap" Plain: "NAMECHEAP" "NAME CHEAP"; }
    MobilePhone {
        "AT&T" Plain: "ATT" "AT T" "ATT BILL" "ATT * BILL" "ATT MOBILITY" "ATT PAYMENT";
        "Verizon" Plain: "VERIZON" "VZWRLSS" "VERIZON WRLS" "VERIZON WIRELESS" "VZWRLSS * APOCC";
        "T-Mobile" Plain: "TMOBILE" "T MOBILE" "TMOBILE * AUTO PAY";
        "Mint Mobile" Plain: "MINT MOBILE";
        "Google Fi" Plain: "GOOGLE FI" "GOOGLE * FI" "GOOGLE * GOOGLE FI";
        "Cricket Wireless" Plain: "CRICKET WIRELESS";
        "Visible" Plain: "VISIBLE." "VISIBLE SERVICE";
    }
    Internet {
        "Comcast Xfinity" Plain: "COMCAST" "XFINITY" "COMCAST CABLE" "COMCAST XFINITY" "XFINITY MOBILE";
        "Spectrum" Plain: "SPECTRUM";
        "Cox Communications" Plain: "COX COMM" "COX COMMUNICATIONS" "COX *";
        "CenturyLink" Plain: "CENTURYLINK";
        "Google Fiber" Plain: "GOOGLE FIBER" "GOOGLE * FIBER";
        "Starlink" Plain: "STARLINK" "STARLINK INTERNET";
    }
    Utilities {
        "Pacific Gas & Electric" Plain: "PGE" "PG E" "PGANDE" "PACIFIC GAS & ELECTRIC" "PACIFIC GAS AND ELECTRIC" "PACIFIC GAS";
        "Con Edison" Plain: "CON ED" "CON EDISON" "CONED" "CONSOLIDATED EDISON";
        "Duke Energy" Plain: "DUKE ENERGY" "DUKEENERGY";
        "Southern California Edison" Plain: "SO CAL EDISON" "SOUTHERN CALIFORNIA EDISON" "SCE";
        "National Grid" Plain: "NATIONAL GRID";
        "Rocky Mountain Power" Plain: "ROCKY MOUNTAIN POWER" "ROCKY MTN";
        "Dominion Energy" Plain: "DOMINION ENERGY";
        "Waste Management" Plain: "WASTE MANAGEMENT" "WM EZPAY";
    }
    FraudProtection { "LifeLock" Subscription: "LIFELOCK" "LL * LIFELOCK" "NORTON LIFELOCK" "NORTON * LIFELOCK"; }
    Pharmacy {
        "CVS Pharmacy" Plain: "CVS" "CVS PHARMACY" "CVSPHARMACY";
        "Walgreens" Plain: "WALGREENS";
        "Rite Aid" Plain: "RITE AID";
    }
    Gym {
        "Planet Fitness" Subscription: "PLANET FITNESS" "PLANET FIT" "PF * PLANET FITNESS";
        "LA Fitness" Subscription: "LA FITNESS";
        "24 Hour Fitness" Subscription: "24 HOUR FITNESS" "24HOUR FITNESS";
        "Equinox" Subscription: "EQUINOX";
        "Peloton" Subscription: "PELOTON" "ONEPELOTON" "PELOTON * MEMBERSHIP";
        "Orangetheory Fitness" Subscription: "ORANGETHEORY" "ORANGETHEORY FITNESS" "OTF";
        "Vasa Fitness" Subscription: "VASA FITNESS";
    }
    Eyecare { "1-800 Contacts" Plain: "1800 CONTACTS" "1800CONTACTS" "1 800 CONTACTS"; "Warby Parker" Plain: "WARBY PARKER"; }
    HealthInsurance { "Kaiser Permanente" Plain: "KAISER" "KAISER PERMANENTE"; "Blue Cross Blue Shield" Plain: "BLUE CROSS" "BCBS" "BLUE CROSS BLUE SHIELD"; }
    Dentist { "Delta Dental" Plain: "DELTA DENTAL"; }
    PersonalCare { "Sephora" Plain: "SEPHORA"; "Ulta Beauty" Plain: "ULTA" "ULTA BEAUTY"; }
    Hair { "Great Clips" Plain: "GREAT CLIPS"; "Supercuts" Plain: "SUPERCUTS"; }
    PetFoodAndSupplies { "PetSmart" Plain: "PETSMART"; "Petco" Plain: "PETCO"; "Chewy" Plain: "CHEWY"; }
    Gift { "1-800-Flowers" Plain: "1800FLOWERS" "1 800 FLOWERS" "1800 FLOWERS"; "Hallmark" Plain: "HALLMARK"; }
    Charity { "American Red Cross" Plain: "AMERICAN RED CROSS" "RED CROSS"; "GoFundMe" Plain: "GOFUNDME"; "Goodwill" Plain: "GOODWILL"; }
    OfficeSupplies { "Office Depot" Plain: "OFFICE DEPOT" "OFFICEMAX" "OFFICEMAX OFFICEDEPOT"; "Staples" Plain: "STAPLES"; }
    Shipping { "UPS" Plain: "UPS." "UPS STORE" "THE UPS STORE"; "FedEx" Plain: "FEDEX" "FEDEX OFFICE"; "USPS" Plain: "USPS" "USPS PO"; }
    StudentLoan { "Navient" Plain: "NAVIENT"; "Nelnet" Plain: "NELNET"; "Sallie Mae" Plain: "SALLIE MAE"; "Mohela" Plain: "MOHELA"; }
    Investments {
        "Vanguard" Plain: "VANGUARD" "VANGUARD BUY";
        "Fidelity" Plain: "FIDELITY" "FID BKG SVC LLC MONEYLINE" "FID BKG SVC";
        "Charles Schwab" Plain: "SCHWAB" "CHARLES SCHWAB" "SCHWAB BROKERAGE";
        "Robinhood" Plain: "ROBINHOOD";
        "Coinbase" Plain: "COINBASE";
        "Acorns" Plain: "ACORNS";
        "Betterment" Plain: "BETTERMENT";
    }
    Transfer {
        "Venmo" Plain: "VENMO";
        "Zelle" Plain: "ZELLE";
        "Cash App" Plain: "CASH APP" "CASH APP *";
        "PayPal" Plain: "PAYPAL" "PAYPAL TRANSFER" "PAYPAL INST XFER PAYPAL";
        "Apple Cash" Plain: "APPLE CASH";
        "Wise" Plain: "WISE." "WISE INC" "WISE US";
        "Western Union" Plain: "WESTERN UNION";
        "EarnIn" PayrollAdvance: "EARNIN" "ACTIVEHOURS" "ACTIVE HOURS";
        "Dave" PayrollAdvance: "DAVE." "DAVE INC" "DAVE APP";
        "Brigit" PayrollAdvance: "BRIGIT";
        "DailyPay" PayrollAdvance: "DAILYPAY";
        "Cleo" PayrollAdvance: "CLEO AI" "CLEO.";
        "Klover" PayrollAdvance: "KLOVER" "KLOVER APP";
        "MoneyLion" PayrollAdvance: "MONEYLION" "ML PLUS";
        "Payactiv" PayrollAdvance: "PAYACTIV";
    }
};
