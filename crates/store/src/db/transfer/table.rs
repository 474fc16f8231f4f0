//! The tables of a database, as its catalogue lists them.

use std::collections::{BTreeMap, BTreeSet};

use super::TransferError;
use crate::db::statement::statements;
use crate::db::tx::Tx;
use crate::db::value::Kind;

/// Made by the migrations of the target itself.
const HISTORY: &str = "schema_migrations";
/// Kept by the database itself, of the rows of `members` whoever writes them.
const COUNTS: &str = "member_counts";

/// A table with the columns that are moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
}

/// One of its columns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

statements! {
    COLUMNS: (String, String, String) = {
        sqlite: "select m.name, c.name, lower(c.type) from sqlite_schema m join pragma_table_info(m.name) c
            where m.type = 'table' and substr(m.name, 1, 7) <> 'sqlite_' order by m.name, c.cid",
        postgres: "select cast(c.relname as text), cast(a.attname as text), format_type(a.atttypid, a.atttypmod)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
            where n.nspname = current_schema() and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
            order by c.relname, a.attnum",
    };
    PARENTS: (String, String) = {
        sqlite: "select m.name, f.\"table\" from sqlite_schema m join pragma_foreign_key_list(m.name) f
            where m.type = 'table'",
        postgres: "select cast(child.relname as text), cast(parent.relname as text) from pg_constraint c
            join pg_namespace n on n.oid = c.connamespace
            join pg_class child on child.oid = c.conrelid join pg_class parent on parent.oid = c.confrelid
            where n.nspname = current_schema() and c.contype = 'f'",
    };
}

impl Table {
    /// All tables but the history of the schema and what the database keeps itself, each after those that its rows refer to.
    pub(in crate::db) async fn all(tx: &Tx) -> Result<Vec<Self>, TransferError> {
        let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
        for (table, column, ty) in tx.query(&COLUMNS, &[]).await? {
            let kind = kind(&ty).ok_or_else(|| {
                TransferError::Foreign(format!(
                    "column {column} of {table} has the type {ty}, which is none of ours"
                ))
            })?;
            tables.entry(table).or_default().push(Column { name: column, kind });
        }
        tables.remove(HISTORY);
        tables.remove(COUNTS);
        let mut parents: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (child, parent) in tx.query(&PARENTS, &[]).await? {
            // What a row of a table refers to in the same table is written by the same statement.
            if child != parent {
                parents.entry(child).or_default().insert(parent);
            }
        }
        in_order(tables, &parents)
    }

    /// Whether one of these is it: of the same name, with the same columns in whatever order.
    pub(crate) fn is_among(&self, tables: &[Self]) -> bool {
        difference(std::slice::from_ref(self), tables).is_none()
    }

    /// All its rows.
    pub(in crate::db) fn select(&self) -> String {
        format!("select {} from {}", self.list(), quoted(&self.name))
    }

    /// Rows after one, by the number that SQLite gives them; the number comes first.
    pub(in crate::db) fn select_after(&self) -> String {
        format!(
            "select rowid, {} from {} where rowid > ?1 order by rowid limit ?2",
            self.list(),
            quoted(&self.name)
        )
    }

    /// One row, on SQLite.
    pub(in crate::db) fn insert(&self) -> String {
        let places: Vec<String> = (1..=self.columns.len()).map(|place| format!("?{place}")).collect();
        format!("insert into {} ({}) values ({})", quoted(&self.name), self.list(), places.join(", "))
    }

    /// Any number of rows, on PostgreSQL.
    pub(in crate::db) fn copy(&self) -> String {
        format!("copy {} ({}) from stdin binary", quoted(&self.name), self.list())
    }

    /// Takes out what a migration put in.
    pub(in crate::db) fn clear(&self) -> String {
        format!("delete from {}", quoted(&self.name))
    }

    fn list(&self) -> String {
        self.columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
    }
}

/// The names of the tables, for PostgreSQL's `lock table`.
pub(in crate::db) fn names(tables: &[Table]) -> String {
    tables.iter().map(|table| quoted(&table.name)).collect::<Vec<_>>().join(", ")
}

/// The first table of one list that the other lacks, or has with other columns. Columns may stand in another order.
pub(in crate::db) fn difference<'a>(some: &'a [Table], others: &[Table]) -> Option<&'a str> {
    let sorted = |table: &Table| {
        let mut columns = table.columns.clone();
        columns.sort();
        columns
    };
    let is_among =
        |table: &Table| others.iter().any(|other| other.name == table.name && sorted(other) == sorted(table));
    some.iter().find(|table| !is_among(table)).map(|table| table.name.as_str())
}

fn in_order(
    mut tables: BTreeMap<String, Vec<Column>>,
    parents: &BTreeMap<String, BTreeSet<String>>,
) -> Result<Vec<Table>, TransferError> {
    let mut ordered = Vec::with_capacity(tables.len());
    while !tables.is_empty() {
        let waits = |name: &String| {
            parents.get(name).is_some_and(|parents| parents.iter().any(|parent| tables.contains_key(parent)))
        };
        let next = tables.keys().find(|name| !waits(name)).cloned();
        let Some((name, columns)) = next.and_then(|name| tables.remove_entry(&name)) else {
            let names: Vec<&str> = tables.keys().map(String::as_str).collect();
            return Err(TransferError::Foreign(format!(
                "the tables {} refer to each other",
                names.join(", ")
            )));
        };
        ordered.push(Table { name, columns });
    }
    Ok(ordered)
}

fn kind(ty: &str) -> Option<Kind> {
    match ty {
        "bigint" => Some(Kind::I64),
        "boolean" => Some(Kind::Bool),
        "text" => Some(Kind::Text),
        "bytea" | "blob" => Some(Kind::Bytes),
        _ => None,
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(edges: &[(&str, &str)]) -> Result<Vec<String>, TransferError> {
        let mut tables = BTreeMap::new();
        let mut parents: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (child, parent) in edges {
            tables.insert((*child).to_owned(), Vec::new());
            tables.insert((*parent).to_owned(), Vec::new());
            parents.entry((*child).to_owned()).or_default().insert((*parent).to_owned());
        }
        Ok(in_order(tables, &parents)?.into_iter().map(|table| table.name).collect())
    }

    #[test]
    fn tables_come_after_those_that_they_refer_to_and_a_circle_is_told() {
        assert_eq!(ordered(&[("a", "b"), ("b", "d"), ("a", "c"), ("c", "d")]).unwrap(), ["d", "b", "c", "a"]);
        let told = ordered(&[("a", "b"), ("b", "a"), ("c", "a")]).unwrap_err().to_string();
        assert!(told.starts_with("the tables a, b, c refer to each other"), "{told}");
    }
}
