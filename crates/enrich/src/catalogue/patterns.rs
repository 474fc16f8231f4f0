//! The patterns that follow from a merchant's name.

use super::Merchant;
use crate::words::Text;

/// A name that is written as one word, as in an address, must have so many letters to be known by that.
const SHORTEST_JOINED: usize = 8;

/// What is left of a longer name in the fields that banks hand names on in: the company name of an ACH entry (NACHA),
/// and the names of card networks.
const CUTS: [usize; 3] = [16, 22, 25];

impl Merchant {
    /// Every pattern as keys with spaces between them; those for a whole text have a full stop at their end. What
    /// stands in the file comes first, then what follows from the name.
    pub(crate) fn patterns(&self) -> (Vec<String>, Vec<String>) {
        let written: Vec<_> = self.patterns.iter().map(|pattern| written(pattern)).collect();
        let own = keys(&self.name);
        if !self.is_own_pattern {
            return (written, vec![format!("{own}.")]);
        }
        let mut forms = vec![own.clone()];
        for (sign, replacement) in [("'", " "), ("-", " "), ("&", " "), ("&", " and "), ("&", "")] {
            if self.name.contains(sign) {
                forms.push(keys(&self.name.replace(sign, replacement)));
            }
        }
        for length in CUTS {
            let cut = own.get(..length).filter(|cut| cut.contains(' ') && !cut.ends_with(' '));
            if let Some(cut) = cut.filter(|_| own.as_bytes()[length - 1..].iter().all(|byte| *byte != b' ')) {
                forms.push(cut.to_owned());
            }
        }
        let joined = own.replace([' ', '&'], "");
        if own.contains(' ') && joined.len() >= SHORTEST_JOINED {
            forms.push(joined);
        }
        let mut followed = Vec::new();
        for form in forms {
            if !written.contains(&form) && !followed.contains(&form) {
                followed.push(form);
            }
        }
        (written, followed)
    }
}

fn written(pattern: &str) -> String {
    match pattern.strip_suffix('.') {
        Some(whole) => format!("{}.", keys(whole)),
        None => keys(pattern),
    }
}

fn keys(text: &str) -> String {
    Text::new(text).keys().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;

    #[test]
    fn a_name_is_known_however_its_signs_are_printed() {
        let followed = |name: &str| {
            let mut merchants = Catalogue::shipped().merchants().iter();
            merchants.find(|merchant| &*merchant.name == name).unwrap().patterns().1
        };
        assert_eq!(followed("Denny's"), ["DENNYS", "DENNY S"]);
        assert_eq!(followed("Chick-fil-A"), ["CHICKFILA"]);
        assert_eq!(followed("Floor & Decor"), ["FLOOR & DECOR", "FLOOR DECOR", "FLOORDECOR"]);
        assert_eq!(followed("Max"), ["MAX."]);
    }
}
