//! Merchants that an operator has added to the catalogue. Its version is that of the institutions.

use jiff::Timestamp;
use riverbank_model::guid::MerchantGuid;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A merchant as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MerchantRow {
        /// Its id, which follows from its name.
        pub guid: MerchantGuid,
        /// The lines of a catalogue file that make it.
        pub entry: String,
        /// When it was first loaded.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

statements! {
    ALL: MerchantRow = "select {columns} from merchants order by created_at, guid";
    UPSERT for MerchantRow = "insert into merchants ({columns}) values ({values})
        on conflict (guid) do update set entry = excluded.entry, updated_at = excluded.updated_at";
}

/// Every merchant that was added, in the order in which they were.
pub async fn all(tx: &Tx) -> Result<Vec<MerchantRow>, StoreError> {
    tx.query(&ALL, params![]).await
}

/// Writes merchants over those with the same id; their time of creation stays.
pub async fn store(tx: &Tx, merchants: &[MerchantRow]) -> Result<(), StoreError> {
    tx.execute_many(&UPSERT, merchants.iter().map(ToRow::values)).await.map(drop)
}
