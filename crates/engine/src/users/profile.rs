//! What a partner tells about a user, and the forms that it must have (MDX Real Time, users).

use jiff::civil::Date;
use riverbank_model::user::Gender;
use riverbank_store::users::User;

/// Fields of a user to set. What is `None` stays as it is; empty text empties the field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Date of birth.
    pub birthdate: Option<Date>,
    /// A credit score of whatever scale.
    pub credit_score: Option<i64>,
    /// Of the form `name@domain.tld`.
    pub email: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Left out of background aggregation.
    pub is_disabled: Option<bool>,
    /// Family name.
    pub last_name: Option<String>,
    /// Free text of the partner.
    pub metadata: Option<String>,
    /// Ten digits are kept as `(505) 555-1234`, anything else as it is.
    pub phone: Option<String>,
    /// Postal code of one of the countries that are served.
    pub zip_code: Option<String>,
}

/// A field does not have the form that it must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {rule}.")]
pub struct InvalidField {
    /// The field.
    pub field: &'static str,
    /// What it must be; never what it was.
    pub rule: &'static str,
}

impl Profile {
    /// Sets the fields of `user`. Says whether anything is different now.
    pub(super) fn apply(self, user: &mut User) -> Result<bool, InvalidField> {
        let before = user.clone();
        if let Some(email) = &self.email
            && !(email.is_empty() || is_email(email))
        {
            let rule = "must be an address of the form name@domain.tld";
            return Err(InvalidField { field: "email", rule });
        }
        if let Some(code) = &self.zip_code
            && !(code.is_empty() || is_postal_code(code))
        {
            let rule = "must be a postal code of one of the countries served, such as 87101";
            return Err(InvalidField { field: "zip_code", rule });
        }
        if self.credit_score.is_some_and(|score| score < 0) {
            let rule = "must not be negative";
            return Err(InvalidField { field: "credit_score", rule });
        }
        set(&mut user.birthdate, self.birthdate);
        set(&mut user.credit_score, self.credit_score);
        set(&mut user.gender, self.gender);
        user.is_disabled = self.is_disabled.unwrap_or(user.is_disabled);
        set_text(&mut user.email, self.email);
        set_text(&mut user.first_name, self.first_name);
        set_text(&mut user.last_name, self.last_name);
        set_text(&mut user.metadata, self.metadata);
        set_text(&mut user.phone, self.phone.map(formatted_phone));
        set_text(&mut user.zip_code, self.zip_code);
        Ok(*user != before)
    }
}

fn set<T>(field: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *field = value;
    }
}

fn set_text(field: &mut Option<String>, value: Option<String>) {
    if let Some(text) = value {
        *field = (!text.is_empty()).then_some(text);
    }
}

/// `name@domain.tld` and no more: who really has the address is not for us to say.
pub(crate) fn is_email(text: &str) -> bool {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let label = |label: &str| {
        let inner = |c: char| c.is_alphanumeric() || c == '-';
        !label.is_empty() && label.chars().all(inner) && !label.starts_with('-') && !label.ends_with('-')
    };
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    !name.is_empty() && !name.contains(blank) && domain.contains('.') && domain.split('.').all(label)
}

/// The forms of postal codes, `9` for a digit and `A` for a letter, in the countries that the reference lists.
const POSTAL_CODES: &[(&str, &[&str])] = &[
    ("Canada", &["A9A 9A9", "A9A9A9"]),
    ("Indonesia", &["99999"]),
    ("Japan", &["999-9999", "9999999"]),
    ("Malaysia", &["99999"]),
    ("the Philippines", &["9999"]),
    // The form with a dash was in use until 2015.
    ("South Korea", &["99999", "999-999"]),
    ("Thailand", &["99999"]),
    ("the United States", &["99999", "99999-9999"]),
    // Five digits since 2018, six before.
    ("Vietnam", &["99999", "999999"]),
];

fn is_postal_code(text: &str) -> bool {
    let fits = |form: &&str| {
        let matches = |(form, given): (u8, u8)| match form {
            b'9' => given.is_ascii_digit(),
            b'A' => given.is_ascii_alphabetic(),
            other => given == other,
        };
        form.len() == text.len() && form.bytes().zip(text.bytes()).all(matches)
    };
    POSTAL_CODES.iter().any(|(_, forms)| forms.iter().any(&fits))
}

/// Ten digits, with or without the usual marks between them, are a number of the United States.
fn formatted_phone(text: String) -> String {
    let marks = |c: char| matches!(c, ' ' | '(' | ')' | '-' | '.');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if digits.len() == 10 && text.chars().all(|c| c.is_ascii_digit() || marks(c)) {
        format!("({}) {}-{}", &digits[..3], &digits[3..6], &digits[6..])
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_for_mail_has_a_name_and_a_domain_with_a_dot() {
        for email in ["fake.email@mxexample.com", "a+b@c.de", "jürgen@münchen.example"] {
            assert!(is_email(email), "{email}");
        }
        for email in ["a", "a@b", "@b.c", "a@", "a@b.", "a@.b", "a b@c.de", "a@b@c.de", "a@b c.de", "a@-b.de"]
        {
            assert!(!is_email(email), "{email}");
        }
    }

    #[test]
    fn postal_codes_have_the_forms_of_the_listed_countries() {
        for code in
            ["87101", "87101-1234", "A1B 2C3", "a1b2c3", "100-0001", "1000001", "1000", "100000", "100-001"]
        {
            assert!(is_postal_code(code), "{code}");
        }
        for code in ["123", "8710A", "87101-12", "A1B-2C3", "SW1A 1AA", "12345678", "87101 "] {
            assert!(!is_postal_code(code), "{code}");
        }
    }

    #[test]
    fn ten_digits_are_formatted_as_a_number_of_the_united_states() {
        for phone in ["5055551234", "505-555-1234", "(505) 555-1234", "505.555.1234"] {
            assert_eq!(formatted_phone(phone.to_owned()), "(505) 555-1234");
        }
        for phone in ["+4915112345", "15055551234", "555-1234", "5055551234x1", "٥٠٥٥٥٥١٢٣٤"] {
            assert_eq!(formatted_phone(phone.to_owned()), phone);
        }
    }
}
