//! What tells two tables apart, in whatever order their rows are read.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::db::value::Value;

/// The number of rows, and the sum of their hashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Digest {
    rows: u64,
    sum: u128,
}

impl Digest {
    pub(super) fn add(&mut self, row: &[Value<'_>]) {
        let mut hash = Sha256::new();
        for value in row {
            let (kind, bytes): (u8, &[u8]) = match value {
                Value::Null => (0, &[]),
                Value::I64(number) => (1, &number.to_be_bytes()),
                Value::Bool(truth) => (2, &[u8::from(*truth)]),
                Value::Text(text) => (3, text.as_bytes()),
                Value::Bytes(bytes) => (4, bytes),
            };
            hash.update([kind]);
            hash.update(bytes.len().to_be_bytes());
            hash.update(bytes);
        }
        let head = hash.finalize().first_chunk().map_or(0, |head| u128::from_be_bytes(*head));
        self.rows += 1;
        self.sum = self.sum.wrapping_add(head);
    }

    pub(super) fn rows(&self) -> u64 {
        self.rows
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(rows: &[&[Value<'_>]]) -> Digest {
        let mut digest = Digest::default();
        for row in rows {
            digest.add(row);
        }
        digest
    }

    #[test]
    fn order_does_not_matter_and_every_value_does() {
        let (one, two) = ([Value::Text("a".into()), Value::Null], [Value::Text("".into()), Value::I64(0)]);
        assert_eq!(digest(&[&one, &two]), digest(&[&two, &one]));
        let others: [&[Value<'_>]; 5] = [
            &[Value::Text("a".into()), Value::Text("".into())],
            &[Value::Null, Value::Text("a".into())],
            &[Value::Bytes(b"a".as_slice().into()), Value::Null],
            &[Value::Text("a".into())],
            &two,
        ];
        for other in others {
            assert_ne!(digest(&[&one]), digest(&[other]), "{other:?}");
        }
        assert_ne!(digest(&[&one, &one]), digest(&[&two, &two]));
    }
}
