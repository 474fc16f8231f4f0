//! Repeated measurements of one thing.

use serde::{Deserialize, Serialize};

/// The median of the rounds, with the least and the greatest of them.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Summary {
    pub median: f64,
    pub low: f64,
    pub high: f64,
}

impl Summary {
    /// Of the rounds in any order; none of no rounds.
    pub fn of(rounds: &[f64]) -> Option<Self> {
        let mut sorted = rounds.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = (*sorted.first()?, *sorted.last()?);
        let middle = sorted.len() / 2;
        let median = if sorted.len() % 2 == 1 {
            sorted[middle]
        } else {
            f64::midpoint(sorted[middle - 1], sorted[middle])
        };
        Some(Self { median, low, high })
    }

    /// Of the quotients round by round, since two competitors of one round met the same machine.
    pub fn of_ratios(ours: &[f64], theirs: &[f64]) -> Option<Self> {
        let ratios: Vec<_> = ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect();
        Self::of(&ratios)
    }
}

/// A count among figures.
#[expect(clippy::cast_precision_loss, reason = "nothing is counted up to 2^53")]
pub fn count(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_odd_number_of_rounds_is_the_middle_one() {
        let summary = Summary::of(&[9.0, 1.0, 4.0]).unwrap();
        assert_eq!(summary, Summary { median: 4.0, low: 1.0, high: 9.0 });
    }

    #[test]
    fn the_median_of_an_even_number_of_rounds_lies_between_the_middle_ones() {
        let summary = Summary::of(&[1.0, 8.0, 2.0, 4.0]).unwrap();
        assert_eq!(summary, Summary { median: 3.0, low: 1.0, high: 8.0 });
    }

    #[test]
    fn no_rounds_have_no_median() {
        assert_eq!(Summary::of(&[]), None);
    }

    #[test]
    fn ratios_pair_what_was_measured_in_one_round() {
        let ratio = Summary::of_ratios(&[10.0, 100.0, 30.0], &[20.0, 100.0, 10.0]).unwrap();
        assert_eq!(ratio, Summary { median: 1.0, low: 0.5, high: 3.0 });
    }
}
