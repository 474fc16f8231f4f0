//! What a snapshot is of.

use crate::db::{AnyRow, StoreError, Table, Tx, Value};
use crate::vault::{Sealed, SealedColumn, VaultError, sealed_columns_of};

/// Tables that are left out: those that go on counting, so that what was derived from their numbers is never taken for
/// current again; what belongs to the database itself, who looks after it among that; and the snapshots.
const LEFT_OUT: [&str; 9] = [
    "catalogue",
    "epoch",
    "operator_audit",
    "operator_sessions",
    "operators",
    "settings",
    "snapshot_pieces",
    "snapshots",
    "transaction_revisions",
];

/// The tables of a snapshot, each after those that its rows refer to.
pub(super) async fn tables(tx: &Tx) -> Result<Vec<Table>, StoreError> {
    let mut tables = tx.tables().await?;
    tables.retain(|table| !LEFT_OUT.contains(&table.name.as_str()));
    Ok(tables)
}

/// A sealed column of a table: where its values stand, and where the parts of what they are bound to do.
pub(super) struct SealedPlace {
    column: &'static SealedColumn,
    value: usize,
    key: Vec<usize>,
}

/// The sealed columns of a table.
pub(super) fn sealed_places(table: &Table) -> Vec<SealedPlace> {
    let place = |name: &str| table.columns.iter().position(|column| column.name == name);
    let columns = sealed_columns_of(&table.name);
    columns
        .filter_map(|(name, column)| {
            let key = column.key().iter().map(|part| place(part)).collect::<Option<_>>()?;
            Some(SealedPlace { column, value: place(name)?, key })
        })
        .collect()
}

/// Seals the values of a row anew, each with what it is bound to. One that does not open stays as it is: there, and where
/// it comes back to, it is lost.
pub(super) fn seal_anew(
    places: &[SealedPlace],
    row: &mut AnyRow,
    seal: impl Fn(&str, &Sealed) -> Result<Sealed, VaultError>,
) {
    for place in places {
        let Some(Value::Bytes(sealed)) = row.get(place.value) else { continue };
        let key: Vec<&str> = place.key.iter().map(|part| text(row, *part)).collect();
        if let Ok(anew) = seal(&place.column.identity(&key), &Sealed::from(sealed.to_vec())) {
            row[place.value] = Value::Bytes(anew.into_bytes().into());
        }
    }
}

fn text(row: &AnyRow, place: usize) -> &str {
    match row.get(place) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}
