//! Rows: a struct's columns are named once, by the `row!` macro.

use super::error::StoreError;
use super::value::{FromValue, Kind, Unreadable, Value};

/// A column of a row type.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the table, or the expression that makes it. Empty in tuples.
    pub sql: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Whether `sql` is a plain name.
    pub(crate) plain: bool,
}

impl Column {
    /// A column of the table.
    pub const fn named(sql: &'static str, kind: Kind) -> Self {
        Self { sql, kind, plain: true }
    }

    /// An expression.
    pub const fn computed(sql: &'static str, kind: Kind) -> Self {
        Self { sql, kind, plain: false }
    }
}

/// Can be read from a row: the structs of `row!`, tuples of columns, and `()` where a statement
/// gives no rows.
pub trait FromRow: Sized {
    /// The columns, in the order in which a row must hold them.
    const COLUMNS: &'static [Column];
    /// Reads the columns from left to right.
    fn from_row(row: &mut Row<'_>) -> Result<Self, StoreError>;
}

/// Can be written as a row: the structs of `row!`.
pub trait ToRow: FromRow {
    /// The values of all columns, in the order of [`FromRow::COLUMNS`].
    fn values(&self) -> Vec<Value<'_>>;
}

/// A row that is being read, from left to right.
pub struct Row<'a> {
    cells: Cells<'a>,
    next: usize,
}

pub(super) enum Cells<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

impl<'a> Row<'a> {
    pub(super) fn new(cells: Cells<'a>) -> Self {
        Self { cells, next: 0 }
    }

    /// The next column.
    pub fn take<T: FromValue>(&mut self) -> Result<T, StoreError> {
        let index = self.next;
        self.next += 1;
        let value = match &self.cells {
            Cells::Sqlite(row) => Value::from_sqlite(row.get_ref(index)?),
            Cells::Postgres(row) => Ok(row.try_get::<_, Value<'_>>(index)?),
        };
        value.and_then(T::from_value).map_err(|Unreadable(reason)| {
            StoreError::Corrupt(format!("column {:?} is {reason}", self.name(index)))
        })
    }

    fn name(&self, index: usize) -> &str {
        match &self.cells {
            Cells::Sqlite(row) => row.as_ref().column_name(index).unwrap_or_default(),
            Cells::Postgres(row) => row.columns().get(index).map_or("", tokio_postgres::Column::name),
        }
    }
}

impl FromRow for () {
    const COLUMNS: &'static [Column] = &[];
    fn from_row(_: &mut Row<'_>) -> Result<Self, StoreError> {
        Ok(())
    }
}

macro_rules! tuples {
    ($(($($part:ident),+);)*) => {$(
        impl<$($part: FromValue),+> FromRow for ($($part,)+) {
            const COLUMNS: &'static [Column] = &[$(Column::computed("", $part::KIND)),+];
            fn from_row(row: &mut Row<'_>) -> Result<Self, StoreError> {
                Ok(($(row.take::<$part>()?,)+))
            }
        }
    )*};
}

tuples! {
    (A);
    (A, B);
    (A, B, C);
    (A, B, C, D);
    (A, B, C, D, E);
}

/// A struct that is a row of a table, or of a query's answer. Its fields name the columns; a field with
/// `= "expression"` is computed by the query.
///
/// ```ignore
/// row! {
///     /// A member as its table holds it.
///     #[derive(Clone, Debug)]
///     pub struct MemberRow {
///         pub guid: MemberGuid,
///         pub name: String,
///         pub aggregated_at: Option<Timestamp>,
///         pub accounts: i64 = "(select count(*) from accounts a where a.member_guid = members.guid)",
///     }
/// }
/// ```
macro_rules! row {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $ty:ty $(= $sql:literal)?),* $(,)?
        }
    ) => {
        $(#[$meta])*
        $vis struct $name {
            $($(#[$field_meta])* $field_vis $field: $ty),*
        }

        impl $crate::db::FromRow for $name {
            const COLUMNS: &'static [$crate::db::Column] = &[
                $($crate::db::row!(@column $field, <$ty as $crate::db::FromValue>::KIND $(, $sql)?)),*
            ];
            fn from_row(row: &mut $crate::db::Row<'_>) -> Result<Self, $crate::db::StoreError> {
                Ok(Self { $($field: row.take()?),* })
            }
        }

        impl $crate::db::ToRow for $name {
            fn values(&self) -> Vec<$crate::db::Value<'_>> {
                vec![$($crate::db::ToValue::to_value(&self.$field)),*]
            }
        }
    };
    (@column $field:ident, $kind:expr) => {
        $crate::db::Column::named(stringify!($field), $kind)
    };
    (@column $field:ident, $kind:expr, $sql:literal) => {
        $crate::db::Column::computed($sql, $kind)
    };
}
pub(crate) use row;
