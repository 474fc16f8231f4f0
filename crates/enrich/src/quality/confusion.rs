//! Which top-level category was taken for which.

use std::fmt::Write;

use crate::category::Category;

/// How often each top-level category was answered for each.
#[derive(Clone, Debug, Default)]
pub struct Confusion {
    /// Meant, answered, how often.
    counts: Vec<(Category, Category, usize)>,
}

impl Confusion {
    /// Counts an answer.
    pub(super) fn count(&mut self, meant: Category, answered: Category) {
        let (meant, answered) = (meant.top_level(), answered.top_level());
        match self.counts.iter_mut().find(|row| (row.0, row.1) == (meant, answered)) {
            Some(row) => row.2 += 1,
            None => self.counts.push((meant, answered, 1)),
        }
    }

    fn of(&self, meant: Category, answered: Category) -> usize {
        self.counts.iter().find(|row| (row.0, row.1) == (meant, answered)).map_or(0, |row| row.2)
    }

    /// A table in Markdown: a row for each category that was meant, a numbered column for each answer.
    pub fn table(&self) -> String {
        let tops: Vec<_> =
            Category::ALL.iter().copied().filter(|category| category.parent().is_none()).collect();
        let mut table = String::from("| meant \\ answered |");
        for number in 1..=tops.len() {
            let _ = write!(table, " {number} |");
        }
        let _ = write!(table, "\n| --- |{}\n", " ---: |".repeat(tops.len()));
        for (number, meant) in tops.iter().enumerate() {
            let _ = write!(table, "| {} {} |", number + 1, meant.name());
            for answered in &tops {
                match self.of(*meant, *answered) {
                    0 => table.push_str(" |"),
                    count => {
                        let _ = write!(table, " {count} |");
                    }
                }
            }
            table.push('\n');
        }
        table
    }
}
