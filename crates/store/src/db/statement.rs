//! Statements are constants, and a test prepares every one of them on both engines.
//!
//! `statements!` is the only way to make one. It also makes the module's `STATEMENTS`, which
//! the catalogue of the crate must list: a module that is left out has an unused constant, and does not compile
//! without a warning.

use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;

use super::row::{Column, FromRow};
use super::value::Kind;

/// The two database engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file, one server.
    Sqlite,
    /// A server, many nodes.
    Postgres,
}

/// A statement that answers rows of type `R`; `()` when it answers none.
pub struct Statement<R = ()> {
    /// Its text, without the type.
    pub text: StatementText,
    row: PhantomData<fn() -> R>,
}

/// The text of a statement, for both engines.
pub struct StatementText {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
    columns: &'static [Column],
    answers: &'static [Column],
    filters: &'static [&'static str],
    rendered: [OnceLock<String>; 2],
}

impl<R: FromRow> Statement<R> {
    /// For the macro only: what is made elsewhere is not seen by the test.
    #[doc(hidden)]
    pub const fn registered(
        name: &'static str,
        sqlite: &'static str,
        postgres: &'static str,
        columns: &'static [Column],
    ) -> Self {
        let columns = if columns.is_empty() { R::COLUMNS } else { columns };
        Self { text: StatementText::new(name, sqlite, postgres, columns, R::COLUMNS, &[]), row: PhantomData }
    }
}

impl StatementText {
    pub(super) const fn new(
        name: &'static str,
        sqlite: &'static str,
        postgres: &'static str,
        columns: &'static [Column],
        answers: &'static [Column],
        filters: &'static [&'static str],
    ) -> Self {
        let rendered = [OnceLock::new(), OnceLock::new()];
        Self { name, sqlite, postgres, columns, answers, filters, rendered }
    }

    /// Its path in the code, for the log and the test.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The columns of the rows that it answers.
    pub fn answers(&self) -> &'static [Column] {
        self.answers
    }

    /// The clauses that a list may add at its `{filters}`.
    pub(super) fn filters(&self) -> &'static [&'static str] {
        self.filters
    }

    /// The text that the engine is sent. A list's has `{filters}` and `?` still in it.
    pub(crate) fn sql(&self, engine: Engine) -> &str {
        let (slot, template) = match engine {
            Engine::Sqlite => (&self.rendered[0], self.sqlite),
            Engine::Postgres => (&self.rendered[1], self.postgres),
        };
        slot.get_or_init(|| render(template, engine, self.columns))
    }
}

impl fmt::Debug for StatementText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Replaces the tokens: `{columns}` and `{columns t}` (with a table's alias), `{values}`, `{rows}`,
/// `{machine_now}`, `{each $1}`. What is not a token stays, and fails to be prepared.
pub(super) fn render(template: &str, engine: Engine, columns: &[Column]) -> String {
    let mut text = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((token, after)) = after.split_once('}') else {
            break;
        };
        text.push_str(before);
        text.push_str(&replacement(token, engine, columns));
        rest = after;
    }
    text.push_str(rest);
    text
}

fn replacement(token: &str, engine: Engine, columns: &[Column]) -> String {
    let (word, argument) = token.split_once(' ').unwrap_or((token, ""));
    match (word, engine) {
        ("columns", _) => select_list(columns, argument),
        ("values", _) => placeholders(columns.len()),
        ("rows", Engine::Sqlite) => format!("values ({})", placeholders(columns.len())),
        ("rows", Engine::Postgres) => format!("select * from unnest({})", arrays(columns)),
        ("machine_now", Engine::Sqlite) => "machine_now()".to_owned(),
        ("machine_now", Engine::Postgres) => {
            "(extract(epoch from clock_timestamp()) * 1000000)::bigint".to_owned()
        }
        ("each", Engine::Sqlite) => format!("(select value from json_each({argument}))"),
        ("each", Engine::Postgres) => {
            format!("(select jsonb_array_elements_text(({argument}::text)::jsonb))")
        }
        _ => format!("{{{token}}}"),
    }
}

fn select_list(columns: &[Column], alias: &str) -> String {
    let named = |column: &Column| match (alias, column.plain) {
        ("", _) | (_, false) => column.sql.to_owned(),
        (alias, true) => format!("{alias}.{}", column.sql),
    };
    columns.iter().map(named).collect::<Vec<_>>().join(", ")
}

fn arrays(columns: &[Column]) -> String {
    let array = |(column, n): (&Column, usize)| match column.kind {
        Kind::I64 => format!("${n}::bigint[]"),
        Kind::Bool => format!("${n}::boolean[]"),
        Kind::Text => format!("${n}::text[]"),
        Kind::Bytes => format!("${n}::bytea[]"),
    };
    columns.iter().zip(1..).map(array).collect::<Vec<_>>().join(", ")
}

fn placeholders(count: usize) -> String {
    (1..=count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// The statements of a module.
///
/// Parameters are `$1, $2 ...` in the order in which they first appear: SQLite numbers them so, whatever their
/// digits. The tokens in braces:
///
/// | token | becomes |
/// | --- | --- |
/// | `{columns}`, `{columns t}` | the columns of the row type, with `t.` before each |
/// | `{values}` | `$1, $2, ...`, one for each column |
/// | `{rows}` | in place of `values ({values})`: as many rows as [`Tx::execute_rows`](crate::db::Tx::execute_rows) is given |
/// | `{machine_now}` | the machine's time in microseconds: the database's own on PostgreSQL |
/// | `{each $1}` | the texts of an [`Each`](crate::db::Each): `guid in {each $1}` |
///
/// ```ignore
/// statements! {
///     FIND: MemberRow = "select {columns} from members where user_guid = $1 and guid = $2";
///     COUNT: (i64,) = "select count(*) from members where user_guid = $1";
///     INSERT for MemberRow = "insert into members ({columns}) values ({values})";
///     RENAME = "update members set name = $1 where guid = $2";
///     CLAIM: (JobGuid,) = { sqlite: "update ...", postgres: "update ... for update skip locked" };
///     // A list with optional filters: `?` for every parameter, numbered when it is used.
///     PAGE: MemberRow filtered by PageFilter<'a> {
///         institution: &'a InstitutionGuid = "and institution_guid = ?",
///         since: Timestamp = "and created_at >= ?",
///     } = "select {columns} from members where user_guid = ? {filters} order by created_at, guid limit ? offset ?";
///     // Another with the same filters.
///     PAGE_COUNT: (i64,) filtered by PageFilter = "select count(*) from members where user_guid = ? {filters}";
/// }
/// ```
macro_rules! statements {
    (@each [$($known:ident)*]) => {
        /// Every statement of this module, for the test that prepares them.
        pub(crate) static STATEMENTS: &[&$crate::db::StatementText] = &[$(&$known.text),*];
    };

    // A list with filters.
    (@each [$($known:ident)*]
        $(#[$meta:meta])*
        $name:ident: $row:tt filtered by $filter:ident $(<$life:lifetime>)? {
            $($(#[$field_meta:meta])* $field:ident: $ty:ty = $clause:literal),* $(,)?
        } = $text:literal; $($rest:tt)*
    ) => {
        #[doc = concat!("What `", stringify!($name), "` may be narrowed by; `None` leaves a clause out.")]
        #[derive(Clone, Copy, Debug, Default)]
        pub struct $filter $(<$life>)? {
            $($(#[$field_meta])* pub $field: Option<$ty>),*
        }

        impl $(<$life>)? $crate::db::Filter for $filter $(<$life>)? {
            const CLAUSES: &'static [&'static str] = &[$($clause),*];
            fn values(&self) -> Vec<Option<$crate::db::Value<'_>>> {
                vec![$(self.$field.as_ref().map($crate::db::ToValue::to_value)),*]
            }
        }

        $crate::db::statements!(@list [$($meta),*] $name, $row, $filter, $text);
        $crate::db::statements!(@each [$($known)* $name] $($rest)*);
    };

    // A list with the filters of one before it, such as its count.
    (@each [$($known:ident)*]
        $(#[$meta:meta])* $name:ident: $row:tt filtered by $filter:ident = $text:literal; $($rest:tt)*
    ) => {
        $crate::db::statements!(@list [$($meta),*] $name, $row, $filter, $text);
        $crate::db::statements!(@each [$($known)* $name] $($rest)*);
    };

    // One that answers rows.
    (@each [$($known:ident)*] $(#[$meta:meta])* $name:ident: $row:ty = $text:literal; $($rest:tt)*) => {
        $crate::db::statements!(@one [$($meta),*] $name, $row, $text, $text, &[]);
        $crate::db::statements!(@each [$($known)* $name] $($rest)*);
    };
    (@each [$($known:ident)*] $(#[$meta:meta])* $name:ident: $row:ty = {
        sqlite: $sqlite:literal, postgres: $postgres:literal $(,)?
    }; $($rest:tt)*) => {
        $crate::db::statements!(@one [$($meta),*] $name, $row, $sqlite, $postgres, &[]);
        $crate::db::statements!(@each [$($known)* $name] $($rest)*);
    };

    // One that writes a whole row.
    (@each [$($known:ident)*] $(#[$meta:meta])* $name:ident for $row:ty = $text:literal; $($rest:tt)*) => {
        $crate::db::statements!(
            @one [$($meta),*] $name, (), $text, $text, <$row as $crate::db::FromRow>::COLUMNS
        );
        $crate::db::statements!(@each [$($known)* $name] $($rest)*);
    };

    // One that answers no rows.
    (@each [$($known:ident)*] $(#[$meta:meta])* $name:ident = $text:literal; $($rest:tt)*) => {
        $crate::db::statements!(@one [$($meta),*] $name, (), $text, $text, &[]);
        $crate::db::statements!(@each [$($known)* $name] $($rest)*);
    };
    (@each [$($known:ident)*] $(#[$meta:meta])* $name:ident = {
        sqlite: $sqlite:literal, postgres: $postgres:literal $(,)?
    }; $($rest:tt)*) => {
        $crate::db::statements!(@one [$($meta),*] $name, (), $sqlite, $postgres, &[]);
        $crate::db::statements!(@each [$($known)* $name] $($rest)*);
    };

    (@list [$($meta:meta),*] $name:ident, $row:ty, $filter:ident, $text:literal) => {
        $(#[$meta])*
        static $name: $crate::db::List<$row> = $crate::db::List::registered(
            concat!(module_path!(), "::", stringify!($name)),
            $text,
            <$filter as $crate::db::Filter>::CLAUSES,
        );
    };

    (@one [$($meta:meta),*] $name:ident, $row:ty, $sqlite:literal, $postgres:literal, $columns:expr) => {
        $(#[$meta])*
        static $name: $crate::db::Statement<$row> = $crate::db::Statement::registered(
            concat!(module_path!(), "::", stringify!($name)),
            $sqlite,
            $postgres,
            $columns,
        );
    };

    ($($body:tt)*) => {
        $crate::db::statements!(@each [] $($body)*);
    };
}
pub(crate) use statements;

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] =
        &[Column::named("guid", Kind::Text), Column::computed("(select 1)", Kind::I64)];

    #[test]
    fn tokens_become_text_and_others_stay() {
        let render = |template| render(template, Engine::Postgres, COLUMNS);
        assert_eq!(render("select {columns m} from x m"), "select m.guid, (select 1) from x m");
        assert_eq!(render("values ({values})"), "values ($1, $2)");
        assert_eq!(render("{rows} on"), "select * from unnest($1::text[], $2::bigint[]) on");
        assert_eq!(render("{filters} {"), "{filters} {");
    }
}
