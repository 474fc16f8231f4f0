//! The days of users: a day and a month begin at midnight in the user's own time zone, which an operator gives it or its
//! client; in UTC where nobody has.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use riverbank_model::guid::UserGuid;
use riverbank_store::{StoreError, Tx, time_zones};

/// The time zone of a user. A name that only a later version of the database of zones knows is as none.
pub(crate) async fn zone(tx: &Tx, user: &UserGuid) -> Result<TimeZone, StoreError> {
    let name = time_zones::of_user(tx, user).await?;
    Ok(name.and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC))
}

/// The day that it is for a user.
pub(crate) async fn today(tx: &Tx, user: &UserGuid, now: Timestamp) -> Result<Date, StoreError> {
    Ok(zone(tx, user).await?.to_datetime(now).date())
}

/// The moment at which a day begins for a user: where clocks are put forward at midnight, the first that there is.
pub(crate) async fn beginning(tx: &Tx, user: &UserGuid, day: Date) -> Result<Timestamp, StoreError> {
    let midnight = zone(tx, user).await?.to_timestamp(day.at(0, 0, 0, 0));
    Ok(midnight.unwrap_or(Timestamp::MAX))
}
