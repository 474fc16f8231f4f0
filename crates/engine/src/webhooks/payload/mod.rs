//! The bodies of webhooks. Times that end in `_at` are whole seconds since 1970, days are written out.
//!
//! A resource that comes to be told of gets a file here with one function that makes its object, a kind in
//! `riverbank_model::webhook::EventKind`, a line in [`News`](super::News) and one among the samples.

mod account;
mod budget;
mod category;
mod fields;
mod goal;
mod holding;
mod insight;
mod job;
mod member;
mod micro_deposit;
mod notification;
mod spending_plan;
mod tag;
mod transaction;
mod user;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use riverbank_model::webhook::{Action, EventKind};
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

pub(super) use account::account;
pub(super) use budget::budget;
pub(super) use category::category;
pub(super) use goal::goal;
pub(super) use holding::holding;
pub(super) use insight::{beat, insight};
pub(super) use job::{aggregation, balance, connection_status, history, job_status, verification};
pub(super) use member::member;
pub(super) use micro_deposit::micro_deposit;
pub(super) use notification::notification;
pub(super) use spending_plan::spending_plan;
pub(crate) use tag::ToldTagging;
pub(super) use tag::{tag, tagging};
pub(super) use transaction::transaction;
pub(super) use user::user;

use crate::Fault;

/// What the objects of a member's things have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Owner<'a> {
    /// The partner's own id of the user.
    pub(super) user_id: &'a str,
    /// The partner's own id of the member, where it has one.
    pub(super) member_id: Option<&'a str>,
}

/// `{"action": ..., "<resource>": {...}}`.
struct Resource<'a, T> {
    action: Action,
    kind: EventKind,
    object: &'a T,
}

impl<T: Serialize> Serialize for Resource<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("action", self.action.name())?;
        map.serialize_entry(self.kind.name(), self.object)?;
        map.end()
    }
}

fn resource(action: Action, kind: EventKind, object: &impl Serialize) -> Result<String, Fault> {
    text(&Resource { action, kind, object })
}

fn text(body: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(body).map_err(|error| Fault::Internal(Box::new(error)))
}

/// A moment as webhooks tell it.
fn seconds(at: Timestamp) -> i64 {
    at.as_second()
}

/// A day as webhooks tell it where they want a number: noon in UTC, which is within that day nearly everywhere.
fn noon(on: Date) -> Option<i64> {
    Offset::UTC.to_timestamp(on.at(12, 0, 0, 0)).ok().map(seconds)
}

/// The day of a moment, in UTC.
fn day(at: Timestamp) -> Date {
    Offset::UTC.to_datetime(at).date()
}
