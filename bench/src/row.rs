//! A row of the table: what was measured, beside what, and whether that is what was aimed at.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::sample::Summary;

/// One comparison, or one figure that stands alone.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Row {
    /// What was done, such as `GET /members/{guid}, 16 connections`.
    pub what: String,
    /// What is counted, such as `requests/s`.
    pub unit: String,
    pub ours: Summary,
    pub peer: Peer,
    /// Ours by theirs.
    pub ratio: Option<Summary>,
    pub target: Option<Target>,
}

/// What ours is held against.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub enum Peer {
    /// Nothing: the figure is for the record.
    None,
    Measured {
        name: String,
        figure: Summary,
    },
    /// It could not be measured.
    Missing {
        name: String,
        why: String,
    },
}

/// What a ratio is to be.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub enum Target {
    AtLeast(f64),
    AtMost(f64),
}

/// Whether a target is reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    Reached,
    /// By this part of the target.
    MissedBy(f64),
    /// There is no ratio to judge.
    NotMeasured,
    /// There is no target.
    ForTheRecord,
}

/// The rounds of one competitor.
#[derive(Clone, Debug, PartialEq)]
pub struct Rounds<'a> {
    /// Who was measured.
    pub name: &'a str,
    /// One figure for each round, or why there is none.
    pub figures: Result<&'a [f64], &'a str>,
}

impl Row {
    /// A figure that stands alone.
    ///
    /// None when there are no rounds.
    pub fn alone(what: &str, unit: &str, ours: &[f64]) -> Option<Self> {
        let ours = Summary::of(ours)?;
        Some(Self { what: what.into(), unit: unit.into(), ours, peer: Peer::None, ratio: None, target: None })
    }

    /// Ours beside a peer, measured in turns.
    ///
    /// None when there are no rounds.
    pub fn beside(
        what: &str,
        unit: &str,
        ours: &[f64],
        peer: &Rounds<'_>,
        target: Option<Target>,
    ) -> Option<Self> {
        let mut row = Self::alone(what, unit, ours)?;
        row.target = target;
        let name = peer.name.to_owned();
        row.peer = match peer.figures {
            Ok(figures) => {
                row.ratio = Summary::of_ratios(ours, figures);
                Peer::Measured { name, figure: Summary::of(figures)? }
            }
            Err(why) => Peer::Missing { name, why: why.to_owned() },
        };
        Some(row)
    }

    /// Whether the median of the ratio is what was aimed at.
    pub fn verdict(&self) -> Verdict {
        match (self.target, self.ratio) {
            (None, _) => Verdict::ForTheRecord,
            (Some(_), None) => Verdict::NotMeasured,
            (Some(target), Some(ratio)) => target.judge(ratio.median),
        }
    }
}

impl Target {
    fn judge(self, ratio: f64) -> Verdict {
        let missed_by = match self {
            Self::AtLeast(target) => (target - ratio) / target,
            Self::AtMost(target) => (ratio - target) / target,
        };
        if missed_by <= 0.0 { Verdict::Reached } else { Verdict::MissedBy(missed_by) }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(ratio) => write!(formatter, "at least {} x", hundredths(*ratio)),
            Self::AtMost(ratio) => write!(formatter, "at most {} x", hundredths(*ratio)),
        }
    }
}

fn hundredths(ratio: f64) -> f64 {
    (ratio * 100.0).round() / 100.0
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reached => formatter.write_str("yes"),
            Self::MissedBy(part) => write!(formatter, "no, by {:.0} %", part * 100.0),
            Self::NotMeasured => formatter.write_str("not measured"),
            Self::ForTheRecord => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(theirs: Result<&[f64], &str>, target: Target) -> Row {
        let peer = Rounds { name: "peer", figures: theirs };
        Row::beside("what", "requests/s", &[4.0, 4.0], &peer, Some(target)).unwrap()
    }

    #[test]
    fn a_ratio_on_the_target_reaches_it() {
        assert_eq!(beside(Ok(&[8.0, 8.0]), Target::AtLeast(0.5)).verdict(), Verdict::Reached);
        assert_eq!(beside(Ok(&[8.0, 8.0]), Target::AtMost(0.5)).verdict(), Verdict::Reached);
    }

    #[test]
    fn a_missed_target_says_by_which_part_of_it() {
        let slow = beside(Ok(&[16.0, 16.0]), Target::AtLeast(0.5));
        assert_eq!(slow.verdict().to_string(), "no, by 50 %");
        let late = beside(Ok(&[2.0, 2.0]), Target::AtMost(1.0));
        assert_eq!(late.verdict().to_string(), "no, by 100 %");
    }

    #[test]
    fn a_target_is_written_to_hundredths() {
        assert_eq!(Target::AtLeast(1.0 / 1.3).to_string(), "at least 0.77 x");
        assert_eq!(Target::AtMost(5.0).to_string(), "at most 5 x");
    }

    #[test]
    fn a_missing_peer_leaves_the_target_unjudged() {
        let row = beside(Err("no node on this machine"), Target::AtLeast(30.0));
        assert_eq!(row.verdict(), Verdict::NotMeasured);
        assert_eq!(row.ratio, None);
    }

    #[test]
    fn a_figure_alone_has_no_verdict() {
        let row = Row::alone("what", "ms", &[1.0]).unwrap();
        assert_eq!(row.verdict().to_string(), "");
    }
}
