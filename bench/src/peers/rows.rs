//! Rows as our server wrote them, to be written again by others.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::Outcome;

/// Rows of one table, all columns.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The statement that inserts one.
    insert: String,
    columns: Vec<String>,
    pub values: Vec<Vec<Value>>,
}

impl Rows {
    /// Those of a table that fulfil a condition.
    pub fn read(connection: &Connection, table: &str, condition: &str) -> Outcome<Self> {
        let mut statement = connection.prepare(&format!("select * from {table} where {condition}"))?;
        let columns: Vec<_> = statement.column_names().map(str::to_owned).collect();
        let read = statement.query_map([], |row| (0..columns.len()).map(|index| row.get(index)).collect())?;
        let values = read.collect::<Result<Vec<_>, _>>()?;
        let marks = vec!["?"; columns.len()].join(", ");
        Ok(Self {
            insert: format!("insert into {table} ({}) values ({marks})", columns.join(", ")),
            columns,
            values,
        })
    }

    /// Sets a column of all rows.
    pub fn set(&mut self, column: &str, value: impl Fn(usize) -> Value) {
        let Some(place) = self.columns.iter().position(|name| name == column) else { return };
        for (number, row) in self.values.iter_mut().enumerate() {
            row[place] = value(number);
        }
    }

    /// Writes them.
    pub fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(&self.insert)?;
        self.values.iter().try_for_each(|row| statement.execute(params_from_iter(row)).map(drop))
    }
}

/// A connection with the settings of our server's writer.
pub fn writer(path: &Path) -> Outcome<Connection> {
    let connection = Connection::open(path)?;
    // Else every statement is planned anew whenever another value is bound.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
        pragma wal_autocheckpoint = 4096; pragma cache_size = -8192;",
    )?;
    Ok(connection)
}

/// An id that sorts anywhere and is met once: the numbers are mixed as in `SplitMix64`, which maps them one to one.
pub fn scattered(prefix: &str, number: u64) -> String {
    let mut mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    format!("{prefix}-{:08x}-{:04x}-4000-8000-{number:012x}", mixed >> 32, mixed & 0xffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_written_as_they_were_read_but_for_what_is_set() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "create table pets (name text, age int); insert into pets values ('Rex', 3), ('Tom', 4)",
            )
            .unwrap();
        let mut rows = Rows::read(&connection, "pets", "age > 3").unwrap();
        rows.set("name", |number| Value::Text(format!("pet {number}")));
        rows.write(&connection).unwrap();
        let all = "select group_concat(name || age, ' ') from pets";
        let all: String = connection.query_row(all, [], |row| row.get(0)).unwrap();
        assert_eq!(all, "Rex3 Tom4 pet 04");
    }

    #[test]
    fn scattered_ids_have_the_length_of_ours() {
        assert_eq!(scattered("MBR", 7).len(), "MBR-7c6f361b-e582-15b6-60c0-358f12466b4b".len());
        assert_ne!(scattered("MBR", 7), scattered("MBR", 8));
    }
}
