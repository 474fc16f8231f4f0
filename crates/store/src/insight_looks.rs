//! When insights are looked for, and who is at it.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use riverbank_model::guid::UserGuid;

use crate::db::{StoreError, Tx, params, statements};

statements! {
    // What is being imported is looked at when it is whole; what is found then is the same in any order.
    CHANGED: (UserGuid,) = "select r.user_guid from transaction_revisions r
        where r.revision <> r.looked_at_revision and r.changed_at < $1
        and not exists (select 1 from insight_looks l where l.user_guid = r.user_guid and l.lease_until > {machine_now})
        and not exists (select 1 from jobs j
            where j.user_guid = r.user_guid and j.state <> 'DONE' and j.state = 'RUNNING')
        order by r.changed_at, r.user_guid limit 50";
    NEXT_CHANGE: (Option<i64>,) = "select min(changed_at) from transaction_revisions
        where revision <> looked_at_revision and changed_at >= $1";
    MORNINGS: (UserGuid,) = "select l.user_guid from insight_looks l
        where l.morning_at <= $1 and l.morning_at is not null and l.lease_until <= {machine_now}
        and not exists (select 1 from jobs j
            where j.user_guid = l.user_guid and j.state <> 'DONE' and j.state = 'RUNNING')
        order by l.morning_at limit 50";
    NEXT_MORNING: (Option<i64>,) = "select min(morning_at) from insight_looks
        where morning_at > $1 and morning_at is not null";
    CLAIM: (Option<Timestamp>,) = "insert into insight_looks (user_guid, morning_at, lease_until)
        select guid, null, {machine_now} + $1 from users where guid = $2
        on conflict (user_guid) do update set lease_until = excluded.lease_until
        where insight_looks.lease_until <= {machine_now}
        returning morning_at";
    OPEN: (i64,) = "select count(*) from transaction_revisions
        where user_guid = $1 and revision <> looked_at_revision and changed_at < $2";
    END = "update insight_looks set morning_at = $1, lease_until = 0 where user_guid = $2";
    LOOKED = "update transaction_revisions set looked_at_revision = $1 where user_guid = $2";
}

/// Users for whom insights are to be looked for: something of theirs has changed since the last look and before now, or their
/// morning has come. While the clock of a sandbox stands still, what changes is not looked at, so that the same calls show the
/// same. Those whom a server looks at, or something is brought in for, are left out. A hundred at most, who have waited longest first.
pub async fn due(tx: &Tx, now: Timestamp) -> Result<Vec<UserGuid>, StoreError> {
    let mut due = tx.query(&CHANGED, params![now]).await?;
    due.extend(tx.query(&MORNINGS, params![now]).await?);
    let mut seen = BTreeSet::new();
    due.retain(|(user,)| seen.insert(user.clone()));
    Ok(due.into_iter().map(|(user,)| user).collect())
}

/// The first moment after `after` at which a look is due: a morning, or the one after a change.
pub async fn next(tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let (morning,) = tx.query_one(&NEXT_MORNING, params![after]).await?;
    let (change,) = tx.query_one(&NEXT_CHANGE, params![after]).await?;
    let first = morning.into_iter().chain(change.map(|at| at.saturating_add(1))).min();
    Ok(first.and_then(|micros| Timestamp::from_microsecond(micros).ok()))
}

/// A look that is begun.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The morning that is waited for; none at the first look.
    pub morning_at: Option<Timestamp>,
}

/// Begins a look at a user, which is left to this server for so long; none when another is at it or was meanwhile, or the user
/// has gone.
pub async fn claim(
    tx: &Tx,
    user: &UserGuid,
    now: Timestamp,
    lease: Duration,
) -> Result<Option<Look>, StoreError> {
    let lease = i64::try_from(lease.as_micros()).unwrap_or(i64::MAX);
    let claimed = tx.query_opt(&CLAIM, params![lease, user]).await?;
    let Some((morning_at,)) = claimed else { return Ok(None) };
    let (changed,) = tx.query_one(&OPEN, params![user, now]).await?;
    if changed == 0 && morning_at.is_none_or(|at| at > now) {
        end(tx, user, morning_at).await?;
        return Ok(None);
    }
    Ok(Some(Look { morning_at }))
}

/// Ends a look; the next one by itself is then.
pub async fn end(tx: &Tx, user: &UserGuid, morning_at: Option<Timestamp>) -> Result<(), StoreError> {
    tx.execute(&END, params![morning_at, user]).await.map(drop)
}

/// Writes that a user was looked at as it was at this revision of its transactions.
pub async fn looked(tx: &Tx, user: &UserGuid, revision: i64) -> Result<(), StoreError> {
    tx.execute(&LOOKED, params![revision, user]).await.map(drop)
}
