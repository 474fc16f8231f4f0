//! Competitors measured in turns, so that whatever slows the machine slows all of them.

use crate::Outcome;
use crate::load::{Load, Measured};
use crate::row::Rounds;

/// Something that is measured once a round.
pub struct Competitor<'a, T> {
    name: &'static str,
    /// Why it cannot be measured, if it cannot.
    turn: Result<Box<dyn FnMut() -> Outcome<T> + 'a>, String>,
}

/// What a competitor's rounds gave, or why there are none.
#[derive(Clone, Debug)]
pub struct Results<T> {
    pub name: &'static str,
    pub rounds: Result<Vec<T>, String>,
}

impl<'a, T> Competitor<'a, T> {
    pub fn new(name: &'static str, turn: impl FnMut() -> Outcome<T> + 'a) -> Self {
        Self { name, turn: Ok(Box::new(turn)) }
    }

    pub fn missing(name: &'static str, why: &str) -> Self {
        Self { name, turn: Err(why.to_owned()) }
    }
}

impl Competitor<'_, Measured> {
    /// A server under load.
    pub fn under(name: &'static str, load: Load) -> Self {
        Self::new(name, move || load.run())
    }
}

/// Runs every competitor once to warm up, then `rounds` times in turns. One that fails is left out from there on.
pub fn in_turns<T>(rounds: usize, competitors: Vec<Competitor<'_, T>>) -> Vec<Results<T>> {
    let mut competing: Vec<_> = competitors
        .into_iter()
        .map(|Competitor { name, turn }| {
            let (turn, rounds) = match turn {
                Ok(turn) => (Some(turn), Ok(Vec::new())),
                Err(why) => (None, Err(why)),
            };
            (turn, Results { name, rounds })
        })
        .collect();
    for round in 0..=rounds {
        for (turn, results) in &mut competing {
            let (Some(turn), Ok(figures)) = (turn, &mut results.rounds) else { continue };
            match turn() {
                // The first round warms up.
                Ok(_) if round == 0 => {}
                Ok(figure) => figures.push(figure),
                // The first line says what; a table has no room for the rest.
                Err(error) => {
                    println!("  {}: {error}", results.name);
                    results.rounds = Err(error.to_string().lines().next().unwrap_or_default().to_owned());
                }
            }
        }
    }
    competing.into_iter().map(|(_, results)| results).collect()
}

impl<T> Results<T> {
    /// One figure of every round.
    pub fn figures(&self, figure: impl Fn(&T) -> f64) -> Figures<'_> {
        let figures = self.rounds.as_ref().map(|rounds| rounds.iter().map(figure).collect());
        Figures { name: self.name, figures: figures.map_err(String::as_str) }
    }
}

impl Results<Measured> {
    /// Answers in a second.
    pub fn rates(&self) -> Figures<'_> {
        self.figures(|measured| measured.rate)
    }

    /// Milliseconds that an answer took the whole machine.
    pub fn times(&self) -> Figures<'_> {
        self.figures(|measured| 1_000.0 / measured.rate)
    }

    /// In milliseconds.
    pub fn p99s(&self) -> Figures<'_> {
        self.figures(|measured| measured.p99)
    }
}

/// One figure of every round of a competitor.
#[derive(Clone, Debug)]
pub struct Figures<'a> {
    pub name: &'a str,
    figures: Result<Vec<f64>, &'a str>,
}

impl Figures<'_> {
    /// For a row's peer.
    pub fn rounds(&self) -> Rounds<'_> {
        Rounds { name: self.name, figures: self.figures.as_deref().map_err(|why| *why) }
    }

    /// The figures; an error where there are none, since ours cannot be left out.
    pub fn ours(&self) -> Outcome<&[f64]> {
        self.figures.as_deref().map_err(|why| format!("{}: {why}", self.name).into())
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn competitors_take_turns_and_the_first_round_does_not_count() {
        let order = RefCell::new(String::new());
        let mut counter = 0.0;
        let turns = vec![
            Competitor::new("a", || {
                order.borrow_mut().push('a');
                counter += 1.0;
                Ok(counter)
            }),
            Competitor::new("b", || {
                order.borrow_mut().push('b');
                Ok(10.0)
            }),
        ];
        let results = in_turns(2, turns);
        assert_eq!(*order.borrow(), "ababab");
        assert_eq!(results[0].figures(|figure| *figure).ours().unwrap(), [2.0, 3.0]);
    }

    #[test]
    fn one_that_cannot_be_measured_or_fails_says_why_and_the_others_go_on() {
        let turns = vec![
            Competitor::new("works", || Ok(1.0)),
            Competitor::missing("absent", "not installed"),
            Competitor::new("fails", || Err("refused".into())),
        ];
        let results = in_turns(1, turns);
        assert_eq!(results[0].rounds, Ok(vec![1.0]));
        assert_eq!(results[1].rounds, Err("not installed".into()));
        assert_eq!(results[2].figures(|figure| *figure).rounds().figures, Err("refused"));
        assert_eq!(results[2].figures(|figure| *figure).ours().unwrap_err().to_string(), "fails: refused");
    }
}
