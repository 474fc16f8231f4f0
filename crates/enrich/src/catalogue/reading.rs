//! From the lines of the catalogue's files to merchants.

use std::collections::HashSet;
use std::fmt;

use riverbank_model::guid::fixed;

use super::Merchant;
use crate::category::Category;

/// A line of the catalogue that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// The file's name.
    pub file: &'static str,
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

/// Reads files, each with its name: the merchants of the lines that are right, and the lines that are not.
pub(super) fn read(files: &[(&'static str, &'static str)]) -> (Vec<Merchant>, Vec<LineError>) {
    let mut merchants = Vec::new();
    let mut errors = Vec::new();
    let mut names = HashSet::new();
    for (file, text) in files {
        let mut category = Err("no category stands above it".to_owned());
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            let mut fail = |reason| errors.push(LineError { file, line: index + 1, reason });
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                category = Category::from_name(name).ok_or(format!("there is no category {name:?}"));
                if let Err(reason) = &category {
                    fail(reason.clone());
                }
                continue;
            }
            let merchant = category.clone().and_then(|category| merchant(line, category));
            match merchant {
                Ok(merchant) if !names.insert(merchant.name) => {
                    fail(format!("{:?} is there twice", merchant.name));
                }
                Ok(merchant) => merchants.push(merchant),
                Err(reason) => fail(reason),
            }
        }
    }
    (merchants, errors)
}

fn merchant(line: &'static str, category: Category) -> Result<Merchant, String> {
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
    let mut merchant = Merchant {
        guid: fixed(&["merchant", name]),
        name,
        category,
        website: None,
        is_subscription: false,
        is_payroll_advance: false,
        patterns: patterns.split(',').map(str::trim).filter(|pattern| !pattern.is_empty()).collect(),
        is_own_pattern,
    };
    if !merchant.is_own_pattern && merchant.patterns.is_empty() {
        return Err("there are no patterns after the =".to_owned());
    }
    for mark in marks.split_whitespace() {
        match mark {
            "subscription" => merchant.is_subscription = true,
            "advance" => merchant.is_payroll_advance = true,
            host if host.contains('.') && merchant.website.is_none() => merchant.website = Some(host),
            other => return Err(format!("{other:?} is no mark")),
        }
    }
    Ok(merchant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &'static str) -> (Vec<String>, Vec<String>) {
        let (merchants, errors) = read(&[("a.txt", text)]);
        let names = merchants.iter().map(|merchant| merchant.name.to_owned());
        (names.collect(), errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_wrong_line_is_told_by_its_number_and_the_others_are_read() {
        let (names, errors) = told(
            "Early\n[Gas]\nFuel Co | FUEL, FUELCO. | fuel.example subscription\nFuel Co\n\n# none\n| X\nA | B | c\n\
             A | B | | D\nBare | =\n[Nothing]\nLost\n[Hotel]\nInn",
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
                "a.txt:12: there is no category \"Nothing\"",
            ]
        );
    }

    #[test]
    fn a_line_says_all_of_a_merchant() {
        let (merchants, _) = read(&[("a.txt", "[Gas]\nFuel | = FUEL CO, FUEL. | fuel.example advance\nOil")]);
        let [fuel, oil] = &merchants[..] else { panic!("{merchants:?}") };
        assert_eq!(fuel.patterns, ["FUEL CO", "FUEL."]);
        assert_eq!((fuel.category, fuel.website), (Category::Gas, Some("fuel.example")));
        assert!(fuel.is_payroll_advance && !fuel.is_subscription && !fuel.is_own_pattern);
        assert!(oil.is_own_pattern && oil.patterns.is_empty());
    }
}
