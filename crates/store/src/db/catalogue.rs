//! Preparing statements to see that the engine takes them: what a test does with all of them on both engines.

use std::fmt;

use tokio_postgres::types::{self, Type};

use super::error::StoreError;
use super::list::assemble;
use super::row::Column;
use super::statement::StatementText;
use super::store::Store;
use super::tx::{Session, Tx};
use super::value::Kind;
use crate::CATALOGUE;

/// A list with more clauses than this is prepared with each of them alone and with all, not with every combination.
const COMBINED: usize = 6;

/// A statement that does not fit the schema, or its own row type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The statement.
    pub name: &'static str,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.reason)
    }
}

impl Store {
    /// Prepares every statement of the crate; gives those that the database refuses, or whose parameters and columns
    /// are not what the code takes them for.
    pub async fn misfits(&self) -> Result<Vec<Misfit>, StoreError> {
        let reader = self.read().await?;
        let texts: Vec<(&StatementText, String)> = CATALOGUE
            .iter()
            .flat_map(|module| module.iter())
            .flat_map(|text| texts(text, &reader).into_iter().map(|sql| (*text, sql)))
            .collect();
        let mut misfits = Vec::new();
        for (text, sql) in texts {
            if let Err(reason) = reader.fits(&sql, text.answers()).await {
                misfits.push(Misfit { name: text.name(), reason });
            }
        }
        Ok(misfits)
    }
}

/// The texts that a statement can have: one, or one for each combination of a list's clauses.
pub(super) fn texts(text: &StatementText, tx: &Tx) -> Vec<String> {
    let count = text.filters().len();
    let combinations: Vec<Vec<bool>> = if count == 0 {
        return vec![text.sql(tx.engine()).to_owned()];
    } else if count <= COMBINED {
        (0..1 << count).map(|bits: u32| (0..count).map(|clause| bits >> clause & 1 == 1).collect()).collect()
    } else {
        let alone = (0..count).map(|only| (0..count).map(|clause| clause == only).collect());
        alone.chain([vec![false; count], vec![true; count]]).collect()
    };
    combinations.iter().map(|wanted| assemble(text, tx.engine(), wanted)).collect()
}

impl Tx {
    async fn fits(&self, sql: &str, expected: &[Column]) -> Result<(), String> {
        let (parameters, columns) = match &self.session {
            Session::Sqlite(session) => {
                let connection = session.connection();
                let statement = connection.prepare(sql).map_err(|error| error.to_string())?;
                (statement.parameter_count(), vec![None; statement.column_count()])
            }
            Session::Postgres(session) => {
                let statement = session.prepare(sql).await.map_err(|error| error.to_string())?;
                if let Some(ty) = statement.params().iter().find(|ty| parameter(ty).is_none()) {
                    return Err(format!("a parameter of type {ty}, which is none of ours: cast it"));
                }
                let columns = statement.columns().iter().map(|column| Some(column.type_().clone())).collect();
                (statement.params().len(), columns)
            }
        };
        if in_order(sql) != Some(parameters) {
            return Err("parameters must be $1, $2 ... in the order in which they first appear".to_owned());
        }
        if columns.len() != expected.len() {
            return Err(format!("answers {} columns, not {}", columns.len(), expected.len()));
        }
        for (ty, column) in columns.iter().zip(expected) {
            if let Some(ty) = ty
                && kind(ty) != Some(column.kind)
            {
                return Err(format!("column {:?} is {ty}, not {:?}", column.sql, column.kind));
            }
        }
        Ok(())
    }
}

/// The kind of a parameter, which may be an array for `{rows}`.
fn parameter(ty: &Type) -> Option<Kind> {
    match ty.kind() {
        types::Kind::Array(member) => kind(member),
        _ => kind(ty),
    }
}

fn kind(ty: &Type) -> Option<Kind> {
    match *ty {
        Type::INT8 | Type::INT4 => Some(Kind::I64),
        Type::BOOL => Some(Kind::Bool),
        Type::TEXT | Type::VARCHAR => Some(Kind::Text),
        Type::BYTEA => Some(Kind::Bytes),
        _ => None,
    }
}

/// How many parameters a text has, if they first appear in order.
fn in_order(sql: &str) -> Option<usize> {
    let mut highest = 0;
    for part in sql.split('$').skip(1) {
        let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let number: usize = part[..digits].parse().ok()?;
        if number > highest + 1 {
            return None;
        }
        highest = highest.max(number);
    }
    Some(highest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Engine;
    use crate::db::conformance::{Bench, rules};

    const NAME: Column = Column::named("name", Kind::Text);
    const VALUE: Column = Column::named("value", Kind::Bytes);

    rules! {
        async fn a_statement_that_does_not_fit_is_found(bench: Bench) {
            let reader = bench.store.read().await.unwrap();
            let both = [NAME, VALUE];
            assert_eq!(reader.fits("select name, value from settings where name = $1", &both).await, Ok(()));
            let misfits = [
                ("select name from settings", &both[..]),
                ("select name, value from settings", &[]),
                ("select name, value from setings", &both),
                ("select name, values from settings", &both),
                ("select name, value from settings where name = $2 or name = $1", &both),
                ("update settings set name = $1", &both),
            ];
            for (sql, columns) in misfits {
                assert!(reader.fits(sql, columns).await.is_err(), "{sql}");
            }
            if bench.store.engine() == Engine::Postgres {
                for sql in ["select value, name from settings", "select name, now() from settings"] {
                    assert!(reader.fits(sql, &both).await.is_err(), "{sql}");
                }
            }
        }
    }

    #[test]
    fn parameters_out_of_order_are_found() {
        assert_eq!(in_order("select $1, $2, $1, $3"), Some(3));
        assert_eq!(in_order("select 1"), Some(0));
        assert_eq!(in_order("select $2, $1"), None);
        assert_eq!(in_order("select $1, $3"), None);
    }
}
