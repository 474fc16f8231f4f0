//! Where the days and months of users begin: `riverbank client time-zone`, `riverbank user time-zone`.

use jiff::tz::TimeZone;
use riverbank_model::guid::UserGuid;
use riverbank_store::{time_zones, users};

use super::{ClientError, Clients, existing, record};
use crate::Fault;
use crate::fault::faults;

/// Why no time zone is given.
#[derive(Debug, thiserror::Error)]
pub enum TimeZoneError {
    /// The IANA database has no such name.
    #[error("there is no time zone {0:?}: it is a name of the IANA database, such as America/Denver")]
    NoSuchZone(String),
    /// Nobody has this id.
    #[error("there is no user {0}")]
    NoSuchUser(UserGuid),
    /// Nothing was done with the client.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(TimeZoneError);

impl Clients {
    /// Gives a time zone of the IANA database to the users of a client that have none of their own; without one, UTC.
    pub async fn set_time_zone(&self, client_id: &str, zone: Option<&str>) -> Result<(), TimeZoneError> {
        let zone = zone.map(known).transpose()?;
        let now = self.clock.now();
        let client_id = client_id.to_owned();
        let written = self.store.write(async move |tx| {
            let client = existing(tx, &client_id).await?;
            time_zones::set_of_client(tx, &client.guid, zone.as_deref()).await?;
            let subject = zone.as_deref().unwrap_or("none");
            record(tx, &client.guid, "clients.time_zone", subject, now).await?;
            Ok::<_, TimeZoneError>(())
        });
        written.await
    }

    /// Gives a user a time zone of its own, of the IANA database; without one, that of its client.
    pub async fn set_time_zone_of_user(
        &self,
        user: &UserGuid,
        zone: Option<&str>,
    ) -> Result<(), TimeZoneError> {
        let zone = zone.map(known).transpose()?;
        let now = self.clock.now();
        let user = user.clone();
        let written = self.store.write(async move |tx| {
            let found = users::find(tx, &user).await?;
            let found = found.ok_or_else(|| TimeZoneError::NoSuchUser(user.clone()))?;
            time_zones::set_of_user(tx, &user, zone.as_deref()).await?;
            record(tx, &found.client_guid, "users.time_zone", user.as_str(), now).await?;
            Ok::<_, TimeZoneError>(())
        });
        written.await
    }
}

/// The name of a time zone as the IANA database spells it.
fn known(name: &str) -> Result<String, TimeZoneError> {
    let zone = TimeZone::get(name).ok();
    let name_of = |zone: &TimeZone| zone.iana_name().map(str::to_owned);
    zone.as_ref().and_then(name_of).ok_or_else(|| TimeZoneError::NoSuchZone(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::calendar::today;
    use crate::testing::{Bench, on_both_engines};

    on_both_engines! {
        async fn a_day_begins_where_the_user_is_else_where_its_client_is_else_in_utc(bench: &Bench) {
            let clients = bench.clients();
            let (_, user) = bench.user("acme", "ada").await;
            let day = async |at: &str| -> Date {
                today(&bench.engine.store().read().await.unwrap(), &user.guid, at.parse().unwrap()).await.unwrap()
            };
            // Two days of 2026 on which clocks are changed, one minute to midnight and at midnight.
            let nights = ["2026-03-09T05:59:00Z", "2026-03-09T06:00:00Z", "2026-11-02T06:59:00Z", "2026-11-02T07:00:00Z"];
            assert_eq!(day(nights[0]).await, date(2026, 3, 9));
            clients.set_time_zone("acme", Some("america/denver")).await.unwrap();
            for (night, expected) in nights.iter().zip([date(2026, 3, 8), date(2026, 3, 9), date(2026, 11, 1), date(2026, 11, 2)]) {
                assert_eq!(day(night).await, expected, "{night}");
            }
            clients.set_time_zone_of_user(&user.guid, Some("Pacific/Kiritimati")).await.unwrap();
            assert_eq!(day("2024-02-28T10:00:00Z").await, date(2024, 2, 29));
            clients.set_time_zone_of_user(&user.guid, None).await.unwrap();
            assert_eq!(day("2024-02-29T06:59:00Z").await, date(2024, 2, 28));
            clients.set_time_zone("acme", None).await.unwrap();
            assert_eq!(day("2024-02-29T06:59:00Z").await, date(2024, 2, 29));
        }

        async fn who_is_not_there_and_what_is_no_zone_are_told(bench: &Bench) {
            let clients = bench.clients();
            let (_, user) = bench.user("acme", "ada").await;
            for name in ["", "Mars/Olympus", "+02:00", "America/Denver\0", "../etc/passwd"] {
                let refused = clients.set_time_zone_of_user(&user.guid, Some(name)).await.unwrap_err();
                assert!(matches!(refused, TimeZoneError::NoSuchZone(_)), "{name:?}: {refused}");
            }
            let refused = clients.set_time_zone("nobody", Some("UTC")).await.unwrap_err();
            assert!(matches!(refused, TimeZoneError::Client(ClientError::NoSuchClient(_))));
            let nobody = "USR-00000000-0000-4000-8000-000000000000".parse().unwrap();
            let refused = clients.set_time_zone_of_user(&nobody, None).await.unwrap_err();
            assert!(matches!(refused, TimeZoneError::NoSuchUser(_)));
        }
    }
}
