//! Where sealed values stand in the schema: the one list of them.

use super::FINGERPRINT_KEY;

/// A column of sealed values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SealedColumn {
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    /// The name of the one row that is meant, in a table of named values.
    pub(crate) name: Option<&'static str>,
}

/// Every column that holds sealed values.
pub(crate) const SEALED_COLUMNS: [SealedColumn; 5] = [
    SealedColumn { table: "settings", column: "value", name: Some(FINGERPRINT_KEY) },
    SealedColumn { table: "members", column: "oauth_token", name: None },
    SealedColumn { table: "member_credentials", column: "value", name: None },
    SealedColumn { table: "challenges", column: "answer", name: None },
    SealedColumn { table: "jobs", column: "progress", name: None },
];

impl SealedColumn {
    /// The query for what distinct sealed values begin with; see [`key_version`].
    pub(crate) fn heads(&self) -> String {
        let Self { table, column, name } = self;
        let of = name.map_or(String::new(), |name| format!(" and name = '{name}'"));
        format!("select distinct substr({column}, 1, 5) from {table} where {column} is not null{of}")
    }
}

/// The version of the master key that a sealed value needs, of which this is the beginning.
pub(crate) fn key_version(head: &[u8]) -> Option<u32> {
    let (_format, version) = head.split_first()?;
    version.first_chunk().map(|version| u32::from_be_bytes(*version))
}
