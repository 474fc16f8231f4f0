//! Routing numbers: which of them can be.

/// Digits of a routing number of the American Bankers Association, and of a Canadian one for electronic payments.
const ROUTING_DIGITS: usize = 9;
/// Digits of a Canadian institution.
const INSTITUTION_DIGITS: usize = 3;
/// Digits of a Canadian branch.
const TRANSIT_DIGITS: usize = 5;
/// Characters of the longest account number that a payment has room for (Nacha, entry detail record).
const LONGEST_ACCOUNT_NUMBER: usize = 17;

/// The digit that makes a routing number of eight digits: all nine, weighted 3, 7, 1 in turn, add up to a multiple of ten
/// (American Bankers Association). None for what is not eight digits.
pub fn check_digit(eight: &str) -> Option<u32> {
    is_digits(eight, ROUTING_DIGITS - 1).then(|| (10 - weighted(eight) % 10) % 10)
}

/// Whether a text is a routing number of the American Bankers Association.
pub fn is_routing_number(text: &str) -> bool {
    is_digits(text, ROUTING_DIGITS) && weighted(text).is_multiple_of(10) && weighted(text) > 0
}

/// The routing number of a Canadian branch for electronic payments: a zero, the institution, the branch. None for what
/// cannot be one.
pub fn canadian_routing_number(institution: &str, transit: &str) -> Option<String> {
    let can_be = is_digits(institution, INSTITUTION_DIGITS) && is_digits(transit, TRANSIT_DIGITS);
    can_be.then(|| format!("0{institution}{transit}"))
}

/// Whether a text can be the number of an account in a payment.
pub fn is_account_number(text: &str) -> bool {
    (1..=LONGEST_ACCOUNT_NUMBER).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn weighted(digits: &str) -> u32 {
    digits
        .bytes()
        .zip([3, 7, 1].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_routing_number_is_nine_digits_of_which_the_last_checks_the_others() {
        for number in ["091000019", "316713272", "731775675"] {
            assert!(is_routing_number(number), "{number}");
            assert_eq!(
                check_digit(&number[..8]).map(|digit| digit.to_string()),
                Some(number[8..].to_owned())
            );
        }
        for text in
            ["", "091000018", "09100001", "0910000190", "000000000", "09100001a", "+91000019", "٠٩١٠٠٠٠١٩"]
        {
            assert!(!is_routing_number(text), "{text}");
        }
        assert_eq!(check_digit("0910000"), None);
        assert_eq!(check_digit("0910000a"), None);
    }

    #[test]
    fn a_canadian_branch_has_a_routing_number_of_its_own() {
        assert_eq!(canadian_routing_number("003", "12345").as_deref(), Some("000312345"));
        for (institution, transit) in [("3", "12345"), ("003", "1234"), ("00a", "12345"), ("", "")] {
            assert_eq!(canadian_routing_number(institution, transit), None);
        }
    }

    #[test]
    fn an_account_number_has_digits_and_fits_into_a_payment() {
        for text in ["1", "4684406678", "12-345-6", "A1", "12345678901234567"] {
            assert!(is_account_number(text), "{text}");
        }
        for text in ["", "123456789012345678", "****6678", "12 34", "ABC", "1é"] {
            assert!(!is_account_number(text), "{text}");
        }
    }
}
