//! Files of texts under the category that a person gave them.
//!
//! A line `[Groceries]` names the category of the lines below it; a line with `#` at its start says nothing. Every other
//! line is a text as a bank prints it, after a `+` if it is of money in.

use crate::catalogue::LineError;
use crate::category::Category;

/// A text and its category.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labelled {
    /// As a bank prints it.
    pub text: &'static str,
    /// Of money in.
    pub is_credit: bool,
    pub category: Category,
}

/// Reads a file of this name: the lines that are right, and the lines that are not.
pub(crate) fn read(file: &str, lines: &'static str) -> (Vec<Labelled>, Vec<LineError>) {
    let mut labelled = Vec::new();
    let mut errors = Vec::new();
    let mut current = None;
    for (index, line) in lines.lines().map(str::trim).enumerate() {
        let mut fail = |reason| errors.push(LineError { file: file.to_owned(), line: index + 1, reason });
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            current = Category::from_name(name);
            if current.is_none() {
                fail(format!("there is no category {name:?}"));
            }
            continue;
        }
        let Some(category) = current else {
            fail("no category stands above it".to_owned());
            continue;
        };
        let credit = line.strip_prefix('+');
        labelled.push(Labelled { text: credit.unwrap_or(line), is_credit: credit.is_some(), category });
    }
    (labelled, errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_under_the_category_above_them() {
        let (labelled, errors) = read("a.txt", "LOST\n[Gas]\n# none\nFUEL 1\n\n+FUEL 2\n[No]\nX");
        let told: Vec<_> = labelled.iter().map(|line| (line.text, line.is_credit, line.category)).collect();
        assert_eq!(told, [("FUEL 1", false, Category::Gas), ("FUEL 2", true, Category::Gas)]);
        let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            errors,
            [
                "a.txt:1: no category stands above it",
                "a.txt:7: there is no category \"No\"",
                "a.txt:8: no category stands above it"
            ]
        );
    }
}
