//! Lists with optional filters: one text with a place for clauses, each of them declared with the list.

use std::marker::PhantomData;

use super::row::FromRow;
use super::statement::{Engine, StatementText};
use super::value::Value;

/// A query whose `{filters}` stands for those of its declared clauses that have a value. Made by
/// `statements!`.
pub struct List<R> {
    /// Its text, without the type.
    pub text: StatementText,
    row: PhantomData<fn() -> R>,
}

/// The values of a list's clauses. Implemented by `statements!`.
pub trait Filter {
    /// The clauses, each with one or more `?` that stand for the same value.
    const CLAUSES: &'static [&'static str];
    /// One value for each clause, in the same order.
    fn values(&self) -> Vec<Option<Value<'_>>>;
}

impl<R: FromRow> List<R> {
    /// For the macro only: what is made elsewhere is not seen by the test.
    #[doc(hidden)]
    pub const fn registered(
        name: &'static str,
        text: &'static str,
        clauses: &'static [&'static str],
    ) -> Self {
        Self { text: StatementText::new(name, text, text, R::COLUMNS, R::COLUMNS, clauses), row: PhantomData }
    }
}

/// The text of a list with those clauses that `wanted` holds, its placeholders numbered.
pub(super) fn assemble(text: &StatementText, engine: Engine, wanted: &[bool]) -> String {
    let sql = text.sql(engine);
    let clauses: Vec<&str> =
        text.filters().iter().zip(wanted).filter(|(_, wanted)| **wanted).map(|(clause, _)| *clause).collect();
    let clauses = super::statement::render(&clauses.join(" "), engine, &[]);
    number(&sql.replacen("{filters}", &clauses, 1))
}

/// The values of an assembled list: those before the filters, one for each `?` of each wanted clause, those after.
pub(super) fn gather<'v>(
    text: &StatementText,
    before: &'v [Value<'v>],
    filters: Vec<Option<Value<'v>>>,
    after: &'v [Value<'v>],
) -> Vec<Value<'v>> {
    let mut values = before.to_vec();
    for (clause, value) in text.filters().iter().zip(filters) {
        if let Some(value) = value {
            values.extend(std::iter::repeat_n(value, clause.matches('?').count()));
        }
    }
    values.extend_from_slice(after);
    values
}

fn number(sql: &str) -> String {
    let mut parts = sql.split('?');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.zip(1..).fold(first, |text, (part, n)| text + "$" + &n.to_string() + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    static PAGE: List<(i64,)> = List::registered(
        "page",
        "select n from t where a = ? {filters} limit ?",
        &["and b = ?", "and (c = ? or d = ?)", "and e in {each ?}"],
    );

    #[test]
    fn only_the_wanted_clauses_appear_and_placeholders_stay_in_order() {
        let sql = assemble(&PAGE.text, Engine::Sqlite, &[false, true, false]);
        assert_eq!(sql, "select n from t where a = $1 and (c = $2 or d = $3) limit $4");
        let values =
            gather(&PAGE.text, &[Value::I64(1)], vec![None, Some(Value::I64(2)), None], &[Value::I64(3)]);
        assert_eq!(values, [1, 2, 2, 3].map(Value::I64));
    }

    #[test]
    fn a_clause_may_hold_tokens() {
        let sql = assemble(&PAGE.text, Engine::Sqlite, &[false, false, true]);
        assert_eq!(sql, "select n from t where a = $1 and e in (select value from json_each($2)) limit $3");
    }
}
