//! Units, the price of one, and what they are worth.

use riverbank_model::money::{Money, Quantity};

/// Units times price have so many more decimals than an amount.
const UNIT: i128 = 10_i128.pow(2 * Quantity::SCALE - Money::SCALE);

/// Units times price, rounded half away from nought; none beyond the digits of an amount.
pub(super) fn worth(units: Quantity, price: Quantity) -> Option<Money> {
    let product = i128::from(units.units()) * i128::from(price.units());
    let rounded = (product + product.signum() * UNIT / 2) / UNIT;
    let money = Money::from_units(i64::try_from(rounded).ok()?);
    // Beyond the digits of an amount it is none.
    money.to_string().parse().ok()
}

/// What one unit is worth, cut off after the last decimal of a price; none of no units.
pub(super) fn price(units: Quantity, worth: Money) -> Option<Quantity> {
    let price = (i128::from(worth.units()) * UNIT).checked_div(i128::from(units.units()))?;
    let price = Quantity::from_units(i64::try_from(price).ok()?);
    price.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_what_units_are_worth_divided_among_them() {
        let (units, worth_of_all): (Quantity, Money) = ("12.5".parse().unwrap(), "100".parse().unwrap());
        assert_eq!(price(units, worth_of_all), Some("8".parse().unwrap()));
        assert_eq!(worth(units, "8".parse().unwrap()), Some(worth_of_all));
        assert_eq!(price(Quantity::ZERO, worth_of_all), None);
    }
}
