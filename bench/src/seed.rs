//! Big databases from small ones: what our server wrote is copied many times, in the file of a stopped server.

use std::path::Path;

use rusqlite::Connection;

use crate::Outcome;

/// A database file that no server has open.
pub struct Seeding(Connection);

/// What is copied, how often, and what differs between the copies.
#[derive(Clone, Copy, Debug)]
pub struct Copies<'a> {
    pub table: &'a str,
    /// Which rows, as an SQL condition.
    pub of: &'a str,
    pub times: u64,
    /// Columns and the SQL expressions of their new values; `n` counts the copies from 1, `r` the rows of the original.
    pub with: &'a [(&'a str, &'a str)],
}

impl Seeding {
    pub fn open(path: &Path) -> Outcome<Self> {
        let connection = Connection::open(path)?;
        // A seeding that is cut short is begun anew.
        connection.execute_batch(
            "pragma journal_mode = off; pragma synchronous = off; pragma foreign_keys = off;
            pragma cache_size = -1000000; pragma temp_store = memory;",
        )?;
        Ok(Self(connection))
    }

    /// Copies rows within their table.
    pub fn copy(&self, copies: &Copies<'_>) -> Outcome<u64> {
        let Copies { table, of, times, with } = copies;
        let statement = self.0.prepare(&format!("select * from {table} limit 0"))?;
        let columns: Vec<_> = statement.column_names().map(str::to_owned).collect();
        drop(statement);
        let new = |column: &String| {
            let replaced = with.iter().find(|(name, _)| name == column);
            replaced.map_or_else(|| format!("t.{column}"), |(_, expression)| (*expression).to_owned())
        };
        let (names, values) = (columns.join(", "), columns.iter().map(new).collect::<Vec<_>>().join(", "));
        self.0.execute_batch(&format!(
            "create temp table original as select *, row_number() over () as r from {table} where {of};
            begin;
            insert into {table} ({names})
                with recursive copies (n) as (select 1 where {times} > 0 union all select n + 1 from copies where n < {times})
                select {values} from copies cross join original t;"
        ))?;
        let changes = self.0.query_row("select changes()", [], |row| row.get::<_, i64>(0))?;
        self.0.execute_batch("commit; drop table original;")?;
        Ok(changes.unsigned_abs())
    }

    /// One text.
    pub fn text(&self, sql: &str) -> Outcome<String> {
        Ok(self.0.query_row(sql, [], |row| row.get(0))?)
    }

    /// The first column of all rows, as texts.
    pub fn texts(&self, sql: &str) -> Outcome<Vec<String>> {
        let mut statement = self.0.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Leaves the file in the journal mode of the server.
    pub fn close(self) -> Outcome {
        self.0.execute_batch("pragma journal_mode = wal;")?;
        Ok(())
    }
}

/// An expression for an id that sorts anywhere, as those that the server makes.
pub fn guid(prefix: &str) -> String {
    format!(
        "'{prefix}-' || lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' ||
        hex(randomblob(2)) || '-' || hex(randomblob(6)))"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeding() -> Seeding {
        let connection = Connection::open_in_memory().unwrap();
        let pets = "create table pets (guid text primary key, name text, age int);
            insert into pets values ('a', 'Rex', 3), ('b', 'Tom', 4)";
        connection.execute_batch(pets).unwrap();
        Seeding(connection)
    }

    #[test]
    fn copies_differ_where_told_and_are_equal_elsewhere() {
        let seeding = seeding();
        let with = [("guid", "t.guid || n"), ("age", "t.age + n")];
        let copies = Copies { table: "pets", of: "name = 'Rex'", times: 2, with: &with };
        assert_eq!(seeding.copy(&copies).unwrap(), 2);
        let rows = "select group_concat(guid || name || age, ' ') from (select * from pets order by guid)";
        assert_eq!(seeding.text(rows).unwrap(), "aRex3 a1Rex4 a2Rex5 bTom4");
    }

    #[test]
    fn made_ids_have_the_form_of_the_server() {
        let made = seeding().text(&format!("select {}", guid("MBR"))).unwrap();
        let lengths: Vec<_> = made.split('-').map(str::len).collect();
        assert_eq!(lengths, [3, 8, 4, 4, 4, 12], "{made}");
    }
}
