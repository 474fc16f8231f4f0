//! Where a merchant does business.

use riverbank_model::guid::{MerchantGuid, MerchantLocationGuid, fixed};

use crate::words::Text;

/// A place of a merchant.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// The id, which follows from merchant, city, region and street.
    pub guid: MerchantLocationGuid,
    /// House number and street.
    pub street_address: Option<String>,
    /// The city.
    pub city: String,
    /// A state or province by its postal code.
    pub region_code: Option<String>,
    /// ZIP code and the like.
    pub postal_code: Option<String>,
    /// The country by its English name.
    pub country: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// As people write it there.
    pub phone_number: Option<String>,
}

impl Location {
    /// Reads what stands behind the `@` of a line, for a merchant.
    pub(super) fn read(line: &str, merchant: &MerchantGuid) -> Result<Self, String> {
        let mut columns = line.split('|').map(str::trim);
        let mut next = || columns.next().filter(|column| !column.is_empty()).map(str::to_owned);
        let street_address = next();
        let city = next().ok_or("the city is missing")?;
        let [region_code, postal_code, country] = [next(), next(), next()];
        let [latitude, longitude] =
            [(next(), 90.0), (next(), 180.0)].map(|(text, bound)| degrees(text, bound));
        let phone_number = next();
        if columns.next().is_some() {
            return Err("a place has more than eight columns".to_owned());
        }
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        let [region, street] = [part(&region_code), part(&street_address)];
        Ok(Self {
            guid: fixed(&["merchant location", merchant.as_str(), &city, &region, &street]),
            latitude: latitude?,
            longitude: longitude?,
            street_address,
            city,
            region_code,
            postal_code,
            country,
            phone_number,
        })
    }

    /// The line that [`Self::read`] reads, with its `@`.
    pub(super) fn line(&self) -> String {
        let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string());
        let columns = [
            self.street_address.clone(),
            Some(self.city.clone()),
            self.region_code.clone(),
            self.postal_code.clone(),
            self.country.clone(),
            degrees(self.latitude),
            degrees(self.longitude),
            self.phone_number.clone(),
        ];
        let line = columns.map(Option::unwrap_or_default).join(" | ");
        format!("@ {}", line.trim_start().trim_end_matches([' ', '|']))
    }

    /// Whether these keys of a bank's text name this place: its postal code, or its city and then its region.
    fn is_named(&self, keys: &str) -> bool {
        let holds = |part: &str| {
            let part = Text::new(part);
            part.keys().len() > 2 && keys.contains(part.keys())
        };
        let city = format!("{} {}", self.city, self.region_code.as_deref().unwrap_or_default());
        self.postal_code.as_deref().is_some_and(holds) || holds(&city)
    }
}

/// The one of `locations` that a text with these keys names; none where it names none, or several of them.
pub(crate) fn named<'a>(locations: &'a [Location], keys: &str) -> Option<&'a Location> {
    let mut named = locations.iter().filter(|location| location.is_named(keys));
    named.next().filter(|_| named.next().is_none())
}

fn degrees(text: Option<String>, bound: f64) -> Result<Option<f64>, String> {
    let Some(text) = text else { return Ok(None) };
    let degrees = text.parse::<f64>().ok().filter(|degrees| degrees.abs() <= bound);
    degrees.map(Some).ok_or(format!("{text:?} is no latitude or longitude"))
}

#[cfg(test)]
mod tests {
    use riverbank_model::guid::Guid;

    use super::*;

    fn places(lines: &[&str]) -> Vec<Location> {
        let merchant = MerchantGuid::trusted("MCH-1".into());
        lines.iter().map(|line| Location::read(line, &merchant).unwrap()).collect()
    }

    #[test]
    fn a_place_is_meant_when_the_text_names_it_and_no_other() {
        let places = places(&[
            "1 Elm St | Provo | UT | 84601 | United States | 40.2 | -111.6 | 801-555-0100",
            "| Salt Lake City | UT",
            "2 Elm St | Provo | UT | 84604",
        ]);
        let found = |text: &str| named(&places, Text::new(text).keys()).map(|place| place.guid.clone());
        assert_eq!(found("MILL 0042 SALT LAKE CITY UT"), Some(places[1].guid.clone()));
        assert_eq!(found("MILL 0042 PROVO UT 84604"), None, "both are in Provo");
        assert_eq!(found("MILL 84604"), Some(places[2].guid.clone()));
        assert_eq!(found("MILL SALT LAKE CITY"), None);
        assert_eq!(found("MILL"), None);
    }

    #[test]
    fn a_line_is_written_as_it_is_read() {
        for line in
            ["1 Elm St | Provo | UT | 84601 | United States | 40.25 | -111.6 | 801-555-0100", "| Provo"]
        {
            let place = &places(&[line])[0];
            let written = place.line();
            let again = &places(&[written.strip_prefix('@').unwrap()])[0];
            assert_eq!(again, place, "{written}");
        }
    }

    #[test]
    fn what_is_no_place_is_told() {
        let told = |line: &str| Location::read(line, &MerchantGuid::trusted("MCH-1".into())).unwrap_err();
        assert_eq!(told("Elm St"), "the city is missing");
        assert_eq!(told("| Provo | | | | 91 |"), "\"91\" is no latitude or longitude");
        assert_eq!(told("| Provo | | | | NaN |"), "\"NaN\" is no latitude or longitude");
        assert_eq!(told("| P | | | | | | | x"), "a place has more than eight columns");
    }
}
