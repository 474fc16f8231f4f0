//! What words have meant elsewhere: a naive Bayes model over the words of clean descriptions and over runs of four
//! letters within them, trained at first use from the file of labelled texts. The same file gives the same model.

use std::sync::LazyLock;

use crate::category::Category;
use crate::cleanse::cleanse;
use crate::hashing::{Table, hash};
use crate::labelled::{self, Labelled};
use crate::words::{Text, Word};

/// What is added to every count, so that a part that was never seen under a category does not rule it out. This and the
/// next three were chosen by cross-validation within the training file.
const SMOOTHING: f64 = 0.2;

/// How much the frequency of a category counts; 1 is Bayes' rule.
const PRIOR_EXPONENT: f64 = 0.5;

/// What scores are divided by before they become shares, since the parts of a text are not independent.
const TEMPERATURE: f64 = 2.0;

/// The least share of the best top-level category that is an answer.
const LEAST_SHARE: f64 = 0.4;

/// The logarithm of a share that is too small to count.
const FARTHEST: f64 = -12.0;

/// Letters of a run.
const RUN: usize = 4;

static TRAINING: &str = include_str!("../../labelled/training.txt");

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::trained(&labelled::read("training.txt", TRAINING).0));

/// What the model says of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Guess {
    pub category: Category,
    /// The best category outside its branch.
    pub runner_up: Category,
    /// The share of the branch of `category`, from 0 to 1.
    pub share: f64,
}

/// How much a word speaks for the category of a guess and against its runner-up, as a logarithm of odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Weight {
    /// The word, in capitals.
    pub word: String,
    /// Above zero for the category.
    pub weight: f64,
}

/// The category of money out with this clean description; none when nothing of it is known or the shares are too even.
pub(super) fn guess(words: &[Word]) -> Option<Guess> {
    MODEL.guess(words).filter(|guess| guess.share >= LEAST_SHARE)
}

/// What each word with a known part adds to a guess, the weightiest first.
pub(super) fn weights(words: &[Word], guess: &Guess) -> Vec<Weight> {
    let weight = |word: &Word| {
        let parts: Vec<_> = MODEL.known_parts(std::slice::from_ref(word)).collect();
        let sum =
            |category: Category| -> f64 { parts.iter().map(|part| MODEL.weight(*part, category)).sum() };
        let weight = sum(guess.category) - sum(guess.runner_up);
        (!parts.is_empty()).then(|| Weight { word: word.key.to_owned(), weight })
    };
    let mut weights: Vec<_> = words.iter().filter_map(weight).collect();
    weights.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    weights
}

/// The category that most training rows have.
#[cfg(any(test, feature = "quality"))]
pub(crate) fn most_frequent_category() -> Category {
    let mut by_prior: Vec<_> = Category::ALL.iter().zip(&MODEL.prior).collect();
    by_prior.sort_by(|a, b| b.1.total_cmp(a.1));
    *by_prior[0].0
}

/// Of each training row of money out the category meant, and that by its wording or by a model of the rows of the
/// other four fifths.
#[cfg(any(test, feature = "quality"))]
pub(crate) fn five_fold_answers() -> Vec<(Category, Category)> {
    const FOLDS: usize = 5;
    let rows: Vec<_> =
        labelled::read("training.txt", TRAINING).0.into_iter().filter(|row| !row.is_credit).collect();
    let mut answers = Vec::with_capacity(rows.len());
    for fold in 0..FOLDS {
        let is_asked = |index: &usize| index % FOLDS == fold;
        let taught: Vec<_> =
            (0..rows.len()).filter(|index| !is_asked(index)).map(|index| rows[index]).collect();
        let model = Model::trained(&taught);
        for row in (0..rows.len()).filter(is_asked).map(|index| &rows[index]) {
            let clean = cleanse(row.text).description;
            let guessed =
                || model.guess(&Text::new(&clean).words()).filter(|guess| guess.share >= LEAST_SHARE);
            let answer = super::wording_alone(&clean, false).or_else(|| Some(guessed()?.category));
            answers.push((row.category, answer.unwrap_or(Category::Uncategorized)));
        }
    }
    answers
}

/// The number of a category is its place in [`Category::ALL`].
struct Model {
    /// By part: how much more it speaks for a category than a part that was never seen under it.
    gains: Table<u64, Vec<(usize, f64)>>,
    /// By category: how much a part that was never seen under it speaks against it.
    unseen: Vec<f64>,
    /// By category: how frequent it is; below all others where there is nothing of it.
    prior: Vec<f64>,
}

impl Model {
    fn trained(rows: &[Labelled]) -> Self {
        let mut counts: Table<u64, Vec<(usize, f64)>> = Table::default();
        let mut parts_of = vec![0.0; Category::ALL.len()];
        let mut rows_of = vec![0.0; Category::ALL.len()];
        let mut all = 0.0;
        for row in rows.iter().filter(|row| !row.is_credit) {
            let number = row.category as usize;
            let clean = cleanse(row.text).description;
            rows_of[number] += 1.0;
            all += 1.0;
            for part in parts(&Text::new(&clean).words()) {
                parts_of[number] += 1.0;
                let counts = counts.entry(part).or_default();
                match counts.iter_mut().find(|(category, _)| *category == number) {
                    Some((_, count)) => *count += 1.0,
                    None => counts.push((number, 1.0)),
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a file has fewer parts than a double has integers")]
        let kinds = counts.len() as f64;
        let gain = |(category, count)| (category, f64::ln((count + SMOOTHING) / SMOOTHING));
        Self {
            gains: counts
                .into_iter()
                .map(|(part, counts)| (part, counts.into_iter().map(gain).collect()))
                .collect(),
            unseen: parts_of.iter().map(|parts| f64::ln(SMOOTHING / (parts + SMOOTHING * kinds))).collect(),
            prior: rows_of.iter().map(|rows| PRIOR_EXPONENT * f64::ln(rows / all)).collect(),
        }
    }

    fn known_parts(&self, words: &[Word]) -> impl Iterator<Item = u64> {
        parts(words).filter(|part| self.gains.contains_key(part))
    }

    fn weight(&self, part: u64, category: Category) -> f64 {
        let number = category as usize;
        let gains = self.gains.get(&part).map_or(&[][..], Vec::as_slice);
        let gain = gains.iter().find(|(other, _)| *other == number).map_or(0.0, |(_, gain)| *gain);
        self.unseen[number] + gain
    }

    fn guess(&self, words: &[Word]) -> Option<Guess> {
        let mut scores = self.prior.clone();
        let mut known = 0.0;
        for part in parts(words) {
            let Some(gains) = self.gains.get(&part) else {
                continue;
            };
            known += 1.0;
            for (category, gain) in gains {
                scores[*category] += gain;
            }
        }
        if known == 0.0 {
            return None;
        }
        for (score, unseen) in scores.iter_mut().zip(&self.unseen) {
            *score += known * unseen;
        }
        let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut branches: Vec<Branch> = Vec::with_capacity(32);
        for (category, score) in Category::ALL.iter().zip(&scores) {
            let behind = (score - most) / TEMPERATURE;
            let share = if behind < FARTHEST { 0.0 } else { f64::exp(behind) };
            match branches.last_mut() {
                Some(branch) if branch.best.top_level() == category.top_level() => {
                    branch.share += share;
                    if *score > branch.score {
                        (branch.best, branch.score) = (*category, *score);
                    }
                }
                _ => branches.push(Branch { best: *category, score: *score, share }),
            }
        }
        let total: f64 = branches.iter().map(|branch| branch.share).sum();
        let by_share = |a: &&Branch, b: &&Branch| a.share.total_cmp(&b.share);
        let first = branches.iter().max_by(by_share)?;
        let others = branches.iter().filter(|branch| branch.best.top_level() != first.best.top_level());
        let second = others.max_by(by_share)?;
        Some(Guess { category: first.best, runner_up: second.best, share: first.share / total })
    }
}

/// A top-level category with all below it, which stand together in [`Category::ALL`].
struct Branch {
    best: Category,
    score: f64,
    share: f64,
}

/// The parts of a text: its words, and the runs of letters in each with its ends. A part is known by a hash.
fn parts(words: &[Word]) -> impl Iterator<Item = u64> {
    let names = words.iter().filter(|word| !word.is_mark() && !word.is_numeric());
    names.flat_map(|word| {
        let whole = std::iter::once(hash(word.key.bytes()));
        let ended = |index: usize| match index.checked_sub(1) {
            None => b'<',
            Some(index) => word.key.as_bytes().get(index).copied().unwrap_or(b'>'),
        };
        let runs = (word.key.len() + 3).saturating_sub(RUN);
        whole.chain(
            (0..runs).map(move |start| hash((start..start + RUN).map(ended).chain(std::iter::once(b'~')))),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess_of(text: &str) -> Option<Guess> {
        guess(&Text::new(text).words())
    }

    #[test]
    fn every_training_line_is_read_and_none_is_of_a_merchant_of_the_catalogue() {
        let (rows, errors) = labelled::read("training.txt", TRAINING);
        assert_eq!(errors, []);
        assert!(rows.len() >= 1_000, "{} rows", rows.len());
        let known = |row: &&Labelled| matches!(cleanse(row.text).evidence, crate::Evidence::Merchant(_));
        assert_eq!(rows.iter().filter(known).map(|row| row.text).collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn a_text_is_known_by_words_and_parts_of_words_from_the_training_file() {
        assert_eq!(guess_of("MARISQUERIA RESTAURANTE").unwrap().category, Category::Restaurants);
        assert_eq!(guess_of("ORTHODONTISTS").unwrap().category.top_level(), Category::HealthAndFitness);
        assert_eq!(guess_of("12345"), None);
        assert_eq!(guess_of("QZXV"), None);
    }

    #[test]
    fn the_weights_of_words_say_what_decided() {
        let text = Text::new("QZXV TAQUERIA");
        let guess = guess(&text.words()).unwrap();
        let weights = weights(&text.words(), &guess);
        assert_eq!(weights.iter().map(|weight| weight.word.as_str()).collect::<Vec<_>>(), ["TAQUERIA"]);
        assert!(weights[0].weight > 0.0);
    }

    #[test]
    fn the_parts_of_a_word_are_itself_and_its_runs() {
        let parts: Vec<_> = parts(&Text::new("TACOS 12").words()).collect();
        let run = |run: &str| hash(run.bytes().chain(*b"~"));
        assert_eq!(parts, [hash("TACOS".bytes()), run("<TAC"), run("TACO"), run("ACOS"), run("COS>")]);
    }
}
