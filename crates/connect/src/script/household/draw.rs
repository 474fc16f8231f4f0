//! Derived chance: numbers that follow from what they are drawn for.

use jiff::civil::Date;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

use super::calendar::{EPOCH, days_between};

/// A root of chance: everything drawn from the same root, for the same purpose and day, is the same.
#[derive(Clone, Copy)]
pub(in crate::script) struct Root([u8; 32]);

/// What is drawn for. The numbers are part of what the data follows from, and stay as they are.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Identity = 0,
    Checking = 1,
    Savings = 2,
    Card = 3,
    Loan = 4,
    Mortgage = 5,
    Investment = 6,
    Bills = 7,
    Owner = 8,
    /// The funds' prices; each fund adds its own number.
    Price = 16,
}

impl Root {
    /// The root that follows from these parts.
    pub(in crate::script) fn of(parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        Self(hash.finalize().into())
    }

    /// The draws for a purpose on a day.
    pub(super) fn on(self, purpose: Purpose, day: Date) -> Draw {
        self.stream(purpose as u64, days_between(EPOCH, day))
    }

    /// The draws for a purpose as such.
    pub(super) fn once(self, purpose: Purpose) -> Draw {
        self.on(purpose, Date::MIN)
    }

    pub(super) fn stream(self, purpose: u64, number: i64) -> Draw {
        let mut source = ChaCha8Rng::from_seed(self.0);
        let number = u64::from_le_bytes(number.to_le_bytes()) & u64::from(u32::MAX);
        source.set_stream(purpose << 32 | number);
        Draw(source)
    }
}

/// A stream of draws.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    /// A number from `low` to `high`, both included, each as likely as the other.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u128::from(high.abs_diff(low)) + 1;
        let step = (u128::from(self.0.next_u64()) * width) >> 64;
        low + i64::try_from(step).unwrap_or(0)
    }

    /// A number from `low` to `high` that is low more often than high, as amounts of purchases are.
    pub(super) fn skewed(&mut self, low: i64, high: i64) -> i64 {
        let first = self.between(low, high);
        first.min(self.between(low, high))
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of the rows, each as likely as its weight says.
    pub(super) fn weighted<'a, T>(&mut self, rows: &'a [T], weight: impl Fn(&T) -> i64) -> Option<&'a T> {
        let total: i64 = rows.iter().map(&weight).sum();
        let mut left = self.between(1, total.max(1));
        rows.iter().find(|row| {
            left -= weight(row);
            left <= 0
        })
    }

    /// The pattern with each `?` replaced by a digit and each `@` by a digit or a capital.
    pub(super) fn pattern(&mut self, pattern: &str) -> String {
        const SIGNS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        let mut sign = |last: i64| {
            let index = usize::try_from(self.between(0, last)).unwrap_or(0);
            char::from(SIGNS[index])
        };
        pattern
            .chars()
            .map(|letter| match letter {
                '?' => sign(9),
                '@' => sign(35),
                other => other,
            })
            .collect()
    }
}
