//! Cities, states and countries at the end of a text.

use std::sync::LazyLock;

use super::is_noise;
use crate::phrases::Phrases;
use crate::words::Word;

/// Postal codes of states and provinces that are no English word or company form.
const STATES: [&str; 51] = [
    "AB", "AK", "AR", "AZ", "BC", "CA", "CT", "DC", "FL", "GA", "IA", "IL", "KS", "KY", "MB", "MD", "MI",
    "MN", "MO", "MS", "MT", "NB", "NC", "ND", "NE", "NH", "NJ", "NL", "NM", "NS", "NV", "NY", "OK", "ON",
    "PR", "QC", "RI", "SC", "SD", "SK", "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV", "WY", "YT", "NT",
];

/// Postal codes that are words too: they count only after a city, a number or an address.
const DOUBTFUL_STATES: [&str; 14] =
    ["AL", "CO", "DE", "HI", "ID", "IN", "LA", "MA", "ME", "OH", "OR", "PA", "PE", "NU"];

/// Countries: they count only after a state, a city or a number.
const COUNTRIES: [&str; 26] = [
    "US", "USA", "CAN", "CANADA", "GB", "GBR", "MEX", "MX", "IE", "IRL", "NL", "NLD", "FR", "FRA", "DE",
    "DEU", "ES", "ESP", "IT", "ITA", "JP", "JPN", "AU", "AUS", "CH", "PT",
];

static CITIES: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let cities = [
        "AKRON",
        "ALBANY",
        "ALBUQUERQUE",
        "ALEXANDRIA",
        "ALLEN",
        "ALLENTOWN",
        "AMARILLO",
        "AMSTERDAM",
        "ANAHEIM",
        "ANCHORAGE",
        "ANN ARBOR",
        "ARLINGTON",
        "ATLANTA",
        "AURORA",
        "AUSTIN",
        "BAKERSFIELD",
        "BALTIMORE",
        "BARCELONA",
        "BATON ROUGE",
        "BELLEVUE",
        "BERKELEY",
        "BERLIN",
        "BIRMINGHAM",
        "BOISE",
        "BOSTON",
        "BOULDER",
        "BRONX",
        "BROOKLYN",
        "BUFFALO",
        "BURBANK",
        "CALGARY",
        "CAMBRIDGE",
        "CANCUN",
        "CARLSBAD",
        "CARY",
        "CEDAR RAPIDS",
        "CHANDLER",
        "CHARLESTON",
        "CHARLOTTE",
        "CHATTANOOGA",
        "CHICAGO",
        "CHULA VISTA",
        "CINCINNATI",
        "CLEVELAND",
        "COLORADO SPRINGS",
        "COLUMBIA",
        "COLUMBUS",
        "CORPUS CHRISTI",
        "CUPERTINO",
        "DALLAS",
        "DAVIS",
        "DAYTON",
        "DENVER",
        "DES MOINES",
        "DETROIT",
        "DUBLIN",
        "DURHAM",
        "EDINBURGH",
        "EDMONTON",
        "EL PASO",
        "EUGENE",
        "EVANSTON",
        "FARGO",
        "FORT COLLINS",
        "FORT LAUDERDALE",
        "FORT WAYNE",
        "FORT WORTH",
        "FREMONT",
        "FRESNO",
        "FRISCO",
        "GENEVA",
        "GILBERT",
        "GLENDALE",
        "GRAND RAPIDS",
        "GREEN BAY",
        "GREENSBORO",
        "HARTFORD",
        "HENDERSON",
        "HIALEAH",
        "HOBOKEN",
        "HONOLULU",
        "HOUSTON",
        "HUNTINGTON BEACH",
        "INDIANAPOLIS",
        "IRVINE",
        "IRVING",
        "JACKSONVILLE",
        "JERSEY CITY",
        "KANSAS CITY",
        "KNOXVILLE",
        "KYOTO",
        "LAKEWOOD",
        "LAREDO",
        "LAS VEGAS",
        "LEHI",
        "LEXINGTON",
        "LINCOLN",
        "LISBON",
        "LITTLE ROCK",
        "LONDON",
        "LONG BEACH",
        "LONG ISLAND CITY",
        "LOS ANGELES",
        "LOS GATOS",
        "LOUISVILLE",
        "LUBBOCK",
        "MADISON",
        "MADRID",
        "MANCHESTER",
        "MELBOURNE",
        "MEMPHIS",
        "MENLO PARK",
        "MESA",
        "MEXICO CITY",
        "MIAMI",
        "MIAMI BEACH",
        "MILAN",
        "MILPITAS",
        "MILWAUKEE",
        "MINNEAPOLIS",
        "MISSISSAUGA",
        "MOBILE",
        "MONTREAL",
        "MOUNTAIN VIEW",
        "MUNICH",
        "NAPERVILLE",
        "NASHVILLE",
        "NEW HAVEN",
        "NEW ORLEANS",
        "NEW YORK",
        "NEW YORK CITY",
        "NEWARK",
        "NORFOLK",
        "OAKLAND",
        "OGDEN",
        "OKLAHOMA CITY",
        "OMAHA",
        "OREM",
        "ORLANDO",
        "OTTAWA",
        "PALO ALTO",
        "PARIS",
        "PASADENA",
        "PHILADELPHIA",
        "PHOENIX",
        "PITTSBURGH",
        "PLANO",
        "PORTLAND",
        "PROVIDENCE",
        "PROVO",
        "RALEIGH",
        "REDMOND",
        "REDWOOD CITY",
        "RENO",
        "RICHMOND",
        "RIVERSIDE",
        "ROCHESTER",
        "ROME",
        "ROUND ROCK",
        "SACRAMENTO",
        "SAINT LOUIS",
        "SAINT PAUL",
        "SALEM",
        "SALT LAKE CITY",
        "SAN ANTONIO",
        "SAN BRUNO",
        "SAN DIEGO",
        "SAN FRANCISCO",
        "SAN JOSE",
        "SAN MATEO",
        "SANDY",
        "SANTA ANA",
        "SANTA BARBARA",
        "SANTA CLARA",
        "SANTA FE",
        "SANTA MONICA",
        "SANTA ROSA",
        "SAVANNAH",
        "SCOTTSDALE",
        "SEATTLE",
        "SPOKANE",
        "SPRINGFIELD",
        "ST LOUIS",
        "ST PAUL",
        "STAMFORD",
        "STATEN ISLAND",
        "STOCKTON",
        "SUNNYVALE",
        "SYDNEY",
        "SYRACUSE",
        "TACOMA",
        "TALLAHASSEE",
        "TAMPA",
        "TEMPE",
        "TOKYO",
        "TOLEDO",
        "TORONTO",
        "TUCSON",
        "TULSA",
        "VANCOUVER",
        "VIRGINIA BEACH",
        "WASHINGTON",
        "WEST VALLEY CITY",
        "WICHITA",
        "WILMINGTON",
        "WINNIPEG",
        "WORCESTER",
        "YONKERS",
        "ZURICH",
    ];
    Phrases::new(cities.map(|city| (city, ())))
});

/// Words of the longest name in the table of cities.
const LONGEST_CITY: usize = 3;

/// How many words at the end name a place, the first word never among them.
pub(super) fn trailing(words: &[Word]) -> usize {
    let [_, between @ .., last] = words else {
        return 0;
    };
    let is_clear_state = STATES.contains(&last.key);
    let is_state = is_clear_state || DOUBTFUL_STATES.contains(&last.key);
    let is_country = COUNTRIES.contains(&last.key);
    if !is_state && !is_country {
        return 0;
    }
    // Between a store's number and its state stand only words of its place.
    if let Some(number) = between.iter().position(is_noise) {
        return words.len() - 1 - number;
    }
    let Some(before) = between.last() else {
        return usize::from(is_clear_state);
    };
    let follows_state = STATES.contains(&before.key) || DOUBTFUL_STATES.contains(&before.key);
    match city_at_end(between) {
        0 if is_country && follows_state => 1,
        0 => usize::from(is_clear_state || before.is_address),
        city => city + 1,
    }
}

/// Words of the known city at the end of a text.
fn city_at_end(words: &[Word]) -> usize {
    (1..=LONGEST_CITY.min(words.len()))
        .rev()
        .find(|length| {
            let end = &words[words.len() - length..];
            CITIES.at(end).is_some_and(|(found, ())| found == *length)
        })
        .unwrap_or(0)
}
