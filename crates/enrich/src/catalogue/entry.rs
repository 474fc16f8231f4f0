//! A merchant as lines of a file.

use std::fmt;

use super::Merchant;

/// The lines that make this merchant when they are read: category, merchant, places.
impl fmt::Display for Merchant {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        writeln!(out, "[{}]", self.category.name())?;
        let own = if self.is_own_pattern { "" } else { "= " };
        let marks = [(self.is_subscription, "subscription"), (self.is_payroll_advance, "advance")];
        let marks = marks.into_iter().filter(|(is_set, _)| *is_set).map(|(_, mark)| mark);
        let marks: Vec<_> = self.website.as_deref().into_iter().chain(marks).collect();
        let line = format!("{} | {own}{} | {}", self.name, self.patterns.join(", "), marks.join(" "));
        writeln!(out, "{}", line.trim_end_matches([' ', '|']))?;
        self.locations.iter().try_for_each(|location| writeln!(out, "{}", location.line()))
    }
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{Catalogue, read};

    #[test]
    fn every_merchant_is_written_as_it_is_read() {
        for merchant in Catalogue::shipped().merchants() {
            let (again, errors) = read("again.txt", &merchant.to_string());
            assert!(errors.is_empty(), "{merchant}: {errors:?}");
            assert_eq!(again, std::slice::from_ref(merchant));
        }
    }
}
