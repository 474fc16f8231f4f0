//! From the lines of the catalogue's files to merchants.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use riverbank_model::guid::fixed;

use super::{Location, Merchant};
use crate::category::Category;

/// A line of the catalogue that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// The file's name.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for LineError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// Reads the text of a file: the merchants of the lines that are right, and the lines that are not.
pub fn read(file: &str, text: &str) -> (Vec<Merchant>, Vec<LineError>) {
    let mut reading = Reading::default();
    let mut errors = Vec::new();
    for (index, line) in text.lines().map(str::trim).enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Err(reason) = reading.line(line) {
            errors.push(LineError { file: file.to_owned(), line: index + 1, reason });
        }
    }
    (reading.merchants, errors)
}

/// What the lines so far have said.
#[derive(Default)]
struct Reading {
    category: Option<Category>,
    merchants: Vec<Merchant>,
    names: HashSet<Arc<str>>,
    /// Whether the merchant above was read, so that places may follow.
    is_under_a_merchant: bool,
}

impl Reading {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if line.chars().any(char::is_control) {
            return Err("a control character stands in it".to_owned());
        }
        if let Some(place) = line.strip_prefix('@') {
            let merchant = self.merchants.last_mut().filter(|_| self.is_under_a_merchant);
            let merchant = merchant.ok_or("no merchant stands above it")?;
            let place = Location::read(place, &merchant.guid)?;
            if merchant.locations.iter().any(|other| other.guid == place.guid) {
                return Err(format!("{:?} has this place twice", merchant.name));
            }
            merchant.locations.push(place);
            return Ok(());
        }
        self.is_under_a_merchant = false;
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            self.category = Category::from_name(name);
            return self.category.map(drop).ok_or(format!("there is no category {name:?}"));
        }
        let merchant = merchant(line, self.category.ok_or("no category stands above it")?)?;
        if !self.names.insert(Arc::clone(&merchant.name)) {
            return Err(format!("{:?} is there twice", merchant.name));
        }
        self.merchants.push(merchant);
        self.is_under_a_merchant = true;
        Ok(())
    }
}

fn merchant(line: &str, category: Category) -> Result<Merchant, String> {
    let mut columns = line.split('|').map(str::trim);
    let name = columns.next().filter(|name| !name.is_empty()).ok_or("the name is missing")?;
    let patterns = columns.next().unwrap_or_default();
    let marks = columns.next().unwrap_or_default();
    if columns.next().is_some() {
        return Err("there are more than three columns".to_owned());
    }
    let (patterns, is_own_pattern) = match patterns.strip_prefix('=') {
        Some(patterns) => (patterns, false),
        None => (patterns, true),
    };
    let patterns = patterns.split(',').map(str::trim).filter(|pattern| !pattern.is_empty());
    let patterns: Vec<_> = patterns.map(str::to_owned).collect();
    let forms = patterns.iter().map(String::as_str).chain([name]);
    if let Some(form) = forms.into_iter().find(|form| !form.contains(char::is_alphanumeric)) {
        return Err(format!("{form:?} holds no letter and no digit"));
    }
    let mut merchant = Merchant {
        guid: fixed(&["merchant", name]),
        name: name.into(),
        category,
        website: None,
        is_subscription: false,
        is_payroll_advance: false,
        locations: Vec::new(),
        patterns,
        is_own_pattern,
    };
    if !merchant.is_own_pattern && merchant.patterns.is_empty() {
        return Err("there are no patterns after the =".to_owned());
    }
    for mark in marks.split_whitespace() {
        match mark {
            "subscription" => merchant.is_subscription = true,
            "advance" => merchant.is_payroll_advance = true,
            host if host.contains('.') && merchant.website.is_none() => {
                merchant.website = Some(host.to_owned());
            }
            other => return Err(format!("{other:?} is no mark")),
        }
    }
    Ok(merchant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &'static str) -> (Vec<String>, Vec<String>) {
        let (merchants, errors) = read("a.txt", text);
        let names = merchants.iter().map(|merchant| merchant.name.to_string());
        (names.collect(), errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_wrong_line_is_told_by_its_number_and_the_others_are_read() {
        let (names, errors) = told(
            "Early\n[Gas]\nFuel Co | FUEL, FUELCO. | fuel.example subscription\nFuel Co\n\n# none\n| X\nA | B | c\n\
             A | B | | D\nBare | =\n[Nothing]\nLost\n[Hotel]\n@ | Provo\nInn\n@ x\n@ | Provo\n@ | Provo\n!\nA\tB",
        );
        assert_eq!(names, ["Fuel Co", "Inn"]);
        assert_eq!(
            errors,
            [
                "a.txt:1: no category stands above it",
                "a.txt:4: \"Fuel Co\" is there twice",
                "a.txt:7: the name is missing",
                "a.txt:8: \"c\" is no mark",
                "a.txt:9: there are more than three columns",
                "a.txt:10: there are no patterns after the =",
                "a.txt:11: there is no category \"Nothing\"",
                "a.txt:12: no category stands above it",
                "a.txt:14: no merchant stands above it",
                "a.txt:16: the city is missing",
                "a.txt:18: \"Inn\" has this place twice",
                "a.txt:19: \"!\" holds no letter and no digit",
                "a.txt:20: a control character stands in it",
            ]
        );
    }

    #[test]
    fn a_line_says_all_of_a_merchant() {
        let (merchants, _) =
            read("a.txt", "[Gas]\nFuel | = FUEL CO, FUEL. | fuel.example advance\n@ | Provo\nOil");
        let [fuel, oil] = &merchants[..] else { panic!("{merchants:?}") };
        assert_eq!(fuel.patterns, ["FUEL CO", "FUEL."]);
        assert_eq!((fuel.category, fuel.website.clone()), (Category::Gas, Some("fuel.example".to_owned())));
        assert!(fuel.is_payroll_advance && !fuel.is_subscription && !fuel.is_own_pattern);
        assert!(oil.is_own_pattern && oil.patterns.is_empty());
        assert_eq!((fuel.locations.len(), oil.locations.len()), (1, 0));
    }
}
