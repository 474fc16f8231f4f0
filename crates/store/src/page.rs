//! Pages of lists.

use crate::db::StoreError;

/// Which part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many rows at most.
    pub limit: i64,
    /// How many rows to pass over.
    pub offset: i64,
}

impl Page {
    /// The whole list.
    pub const ALL: Self = Self { limit: i64::MAX, offset: 0 };

    /// The `number`-th page, from 1, of `size` rows.
    pub fn new(number: i64, size: i64) -> Self {
        Self { limit: size, offset: (number - 1).saturating_mul(size) }
    }

    /// How many rows the whole list has, given how many this page got: known without counting when the page is the
    /// last one.
    pub async fn total<F>(self, got: usize, count: F) -> Result<i64, StoreError>
    where
        F: AsyncFnOnce() -> Result<i64, StoreError>,
    {
        let got = i64::try_from(got).unwrap_or(i64::MAX);
        let is_last = got < self.limit && (got > 0 || self.offset == 0);
        if is_last { Ok(self.offset.saturating_add(got)) } else { count().await }
    }
}
