//! The JSON of a member and of a transaction as our server answers them, written straight from a row.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::ValueRef;
use rusqlite::{Row, Rows};
use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};

use crate::sample::count;

use self::Cell::{Boolean, Day, Flag, Integer, Moment, Money, Null, Number, Text, Truth, Word, Words};

/// Where a field's value comes from: a column of some form, or nowhere.
#[derive(Clone, Copy, Debug)]
enum Cell {
    Text(&'static str),
    Integer(&'static str),
    Boolean(&'static str),
    /// One bit of a column.
    Flag(&'static str, u32),
    /// With four decimals.
    Money(&'static str),
    /// Microseconds since 1970.
    Moment(&'static str),
    /// Days since 1970-01-01.
    Day(&'static str),
    Null,
    Truth(bool),
    Number(i64),
    Word(&'static str),
    Words(&'static [&'static str]),
}

impl Cell {
    fn column(self) -> Option<&'static str> {
        match self {
            Text(column)
            | Integer(column)
            | Boolean(column)
            | Flag(column, _)
            | Money(column)
            | Moment(column)
            | Day(column) => Some(column),
            Null | Truth(_) | Number(_) | Word(_) | Words(_) => None,
        }
    }
}

/// The fields of a kind of object, in their order.
#[derive(Debug)]
pub struct Shape {
    columns: Vec<&'static str>,
    /// With the place of the column.
    fields: Vec<(&'static str, Cell, usize)>,
}

impl Shape {
    fn new(fields: &[(&'static str, Cell)]) -> Self {
        let mut columns: Vec<_> = fields.iter().filter_map(|(_, cell)| cell.column()).collect();
        columns.sort_unstable();
        columns.dedup();
        let place = |cell: Cell| columns.iter().position(|column| cell.column() == Some(column)).unwrap_or(0);
        let fields = fields.iter().map(|(name, cell)| (*name, *cell, place(*cell))).collect();
        Self { columns, fields }
    }

    /// What a statement selects.
    pub fn columns(&self) -> String {
        self.columns.join(", ")
    }

    /// The object of a row of those columns.
    pub fn of<'a>(&'a self, row: &'a Row<'a>) -> Object<'a> {
        Object { shape: self, row }
    }

    /// The rows as a list under `root`, and the pagination of a first page.
    pub fn page(&self, root: &str, mut rows: Rows<'_>) -> rusqlite::Result<serde_json::Result<Vec<u8>>> {
        let mut body = format!("{{\"{root}\":[").into_bytes();
        let mut separator = None;
        while let Some(row) = rows.next()? {
            body.extend(separator);
            separator = Some(b',');
            if let Err(error) = serde_json::to_writer(&mut body, &self.of(row)) {
                return Ok(Err(error));
            }
        }
        body.extend(br#"],"pagination":{"current_page":1,"per_page":100,"total_entries":1000000,"total_pages":10000}}"#);
        Ok(Ok(body))
    }
}

/// A row as an object.
pub struct Object<'a> {
    shape: &'a Shape,
    row: &'a Row<'a>,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, cell, place) in &self.shape.fields {
            match cell {
                Null => map.serialize_entry(name, &None::<()>)?,
                Truth(truth) => map.serialize_entry(name, truth)?,
                Number(number) => map.serialize_entry(name, number)?,
                Word(word) => map.serialize_entry(name, word)?,
                Words(words) => map.serialize_entry(name, words)?,
                _ => {
                    let value = self.row.get_ref(*place).map_err(S::Error::custom)?;
                    map.serialize_entry(name, &Stored { cell: *cell, value })?;
                }
            }
        }
        map.end()
    }
}

/// A stored value in its cell's form.
struct Stored<'a> {
    cell: Cell,
    value: ValueRef<'a>,
}

/// The day from which days are counted, as jiff counts them.
const EPOCH: Date = Date::constant(1970, 1, 1);

impl Serialize for Stored<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = match self.value {
            ValueRef::Null => return serializer.serialize_none(),
            ValueRef::Text(text) => {
                return serializer.serialize_str(std::str::from_utf8(text).map_err(S::Error::custom)?);
            }
            ValueRef::Integer(number) => number,
            ValueRef::Real(_) | ValueRef::Blob(_) => {
                return Err(S::Error::custom("a value of no known form"));
            }
        };
        match self.cell {
            Boolean(_) => serializer.serialize_bool(number != 0),
            Flag(_, bit) => serializer.serialize_bool(number >> bit & 1 == 1),
            Money(_) => serializer.serialize_f64(count(number.unsigned_abs()) / 10_000.0),
            Moment(_) => {
                let moment = Timestamp::from_microsecond(number).map_err(S::Error::custom)?;
                serializer.collect_str(&format_args!("{moment:.3}"))
            }
            Day(_) => {
                let days = i32::try_from(number).map_err(S::Error::custom)?;
                let day = EPOCH.checked_add(jiff::Span::new().days(days)).map_err(S::Error::custom)?;
                serializer.collect_str(&day)
            }
            _ => serializer.serialize_i64(number),
        }
    }
}

/// A member. What ours looks up elsewhere is constant here.
pub static MEMBER: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new(&[
        ("aggregated_at", Moment("aggregated_at")),
        ("background_aggregation_is_disabled", Boolean("background_aggregation_is_disabled")),
        ("connection_status", Word("CONNECTED")),
        ("connection_status_id", Integer("connection_status")),
        ("connection_status_message", Word("Connected to Bench Bank.")),
        ("created_at", Moment("created_at")),
        ("external_guid", Text("external_guid")),
        ("guid", Text("guid")),
        ("institution_code", Word("bench")),
        ("institution_guid", Text("institution_guid")),
        ("is_being_aggregated", Truth(false)),
        ("is_managed_by_user", Boolean("is_managed_by_user")),
        ("is_manual", Truth(false)),
        ("is_oauth", Boolean("is_oauth")),
        ("is_user_created", Boolean("is_managed_by_user")),
        ("metadata", Text("metadata")),
        ("most_recent_job_guid", Text("most_recent_job_guid")),
        ("name", Text("name")),
        ("needs_updated_credentials", Truth(false)),
        ("oauth_window_uri", Null),
        ("revision", Integer("revision")),
        ("successfully_aggregated_at", Moment("successfully_aggregated_at")),
        ("updated_at", Moment("updated_at")),
        ("use_cases", Words(&["PFM"])),
        ("user_guid", Text("user_guid")),
    ])
});

/// A transaction, likewise.
pub static TRANSACTION: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new(&[
        ("account_guid", Text("account_guid")),
        ("amount", Money("amount")),
        ("amount_set_by", Number(1)),
        ("amount_set_by_name", Word("FEED")),
        ("feed_amount", Money("amount")),
        ("category_guid", Text("category_guid")),
        ("category_set_by", Number(3)),
        ("category_set_by_name", Word("SYSTEM")),
        ("category_name", Word("Pharmacy")),
        ("check_number", Text("check_number")),
        ("check_number_set_by", Null),
        ("check_number_set_by_name", Null),
        ("feed_check_number", Text("check_number")),
        ("check_number_string", Text("check_number")),
        ("feed_check_number_string", Text("check_number")),
        ("created_at", Moment("created_at")),
        ("currency_code", Text("currency_code")),
        ("currency_code_set_by", Number(1)),
        ("currency_code_set_by_name", Word("FEED")),
        ("feed_currency_code", Text("currency_code")),
        ("date", Day("date")),
        ("date_set_by", Number(1)),
        ("date_set_by_name", Word("FEED")),
        ("description", Text("description")),
        ("description_set_by", Number(3)),
        ("description_set_by_name", Word("SYSTEM")),
        ("extended_transaction_type", Null),
        ("external_guid", Null),
        ("feed_description", Text("feed_description")),
        ("guid", Text("guid")),
        ("has_been_split", Truth(false)),
        ("has_been_viewed", Truth(false)),
        ("is_bill_pay", Flag("flags", 0)),
        ("is_business", Truth(false)),
        ("is_direct_deposit", Flag("flags", 1)),
        ("is_expense", Flag("flags", 4)),
        ("is_fee", Flag("flags", 2)),
        ("is_flagged", Truth(false)),
        ("is_hidden", Truth(false)),
        ("is_income", Flag("flags", 5)),
        ("is_international", Boolean("is_international")),
        ("is_international_set_by", Number(1)),
        ("is_international_set_by_name", Word("FEED")),
        ("feed_is_international", Boolean("is_international")),
        ("is_manual", Truth(false)),
        ("is_overdraft_fee", Flag("flags", 3)),
        ("is_payroll_advance", Flag("flags", 6)),
        ("is_personal", Null),
        ("is_recurring", Null),
        ("is_subscription", Flag("flags", 7)),
        ("latitude", Null),
        ("latitude_set_by", Null),
        ("latitude_set_by_name", Null),
        ("feed_latitude", Null),
        ("localized_description", Null),
        ("localized_memo", Null),
        ("longitude", Null),
        ("longitude_set_by", Null),
        ("longitude_set_by_name", Null),
        ("feed_longitude", Null),
        ("member_guid", Text("member_guid")),
        ("member_is_managed_by_user", Truth(true)),
        ("memo", Text("feed_memo")),
        ("memo_set_by", Null),
        ("memo_set_by_name", Null),
        ("feed_memo", Text("feed_memo")),
        ("merchant_category_code", Integer("merchant_category_code")),
        ("merchant_guid", Null),
        ("merchant_location_guid", Null),
        ("metadata", Null),
        ("parent_guid", Null),
        ("posted_at", Moment("posted_at")),
        ("posted_at_set_by", Number(1)),
        ("posted_at_set_by_name", Word("FEED")),
        ("feed_posted_at", Moment("posted_at")),
        ("posted_on", Day("posted_on")),
        ("posted_on_set_by", Number(1)),
        ("posted_on_set_by_name", Word("FEED")),
        ("feed_posted_on", Day("posted_on")),
        ("revision", Integer("revision")),
        ("status", Integer("status")),
        ("status_set_by", Number(1)),
        ("status_set_by_name", Word("FEED")),
        ("feed_status", Integer("status")),
        ("status_name", Word("POSTED")),
        ("top_level_category_guid", Word("CAT-52fa4693-c088-afb2-2a99-7bc39bb23a0f")),
        ("transacted_at", Moment("transacted_at")),
        ("transacted_at_set_by", Number(1)),
        ("transacted_at_set_by_name", Word("FEED")),
        ("feed_transacted_at", Moment("transacted_at")),
        ("transacted_on", Day("transacted_on")),
        ("transacted_on_set_by", Number(1)),
        ("transacted_on_set_by_name", Word("FEED")),
        ("feed_transacted_on", Day("transacted_on")),
        ("transaction_rule_guid", Null),
        ("transaction_type", Integer("transaction_type")),
        ("transaction_type_set_by", Number(1)),
        ("transaction_type_set_by_name", Word("FEED")),
        ("feed_transaction_type", Integer("transaction_type")),
        ("transaction_type_name", Word("DEBIT")),
        ("feed_transaction_type_name", Word("DEBIT")),
        ("updated_at", Moment("updated_at")),
        ("user_guid", Text("user_guid")),
    ])
});

#[cfg(test)]
mod tests {
    use rusqlite::Connection;
    use serde_json::{Value, json};

    use super::*;

    /// A row in which every column of the shape holds `value`, as a page.
    fn page(shape: &Shape, value: &str) -> Value {
        let connection = Connection::open_in_memory().unwrap();
        let values: Vec<_> = shape.columns.iter().map(|column| format!("{value} as {column}")).collect();
        let mut statement = connection.prepare(&format!("select {}", values.join(", "))).unwrap();
        let body = shape.page("rows", statement.query([]).unwrap()).unwrap().unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    #[test]
    fn a_stored_number_is_written_in_its_cells_form() {
        let row = &page(&TRANSACTION, "20")["rows"][0];
        assert_eq!(row["amount"], json!(0.002));
        assert_eq!(row["date"], "1970-01-21");
        assert_eq!(row["created_at"], "1970-01-01T00:00:00.000Z");
        assert_eq!((&row["is_expense"], &row["is_fee"]), (&json!(true), &json!(true)));
        assert_eq!(row["is_bill_pay"], false);
        assert_eq!(row["is_international"], true);
        assert_eq!(row["status"], 20);
    }

    #[test]
    fn what_is_not_stored_is_null() {
        assert_eq!(page(&MEMBER, "null")["rows"][0]["most_recent_job_guid"], Value::Null);
    }
}
