//! Consents whose members are gone, until their institutions have them back.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use riverbank_model::guid::{CredentialGuid, InstitutionGuid, MemberGuid, UserGuid};

use crate::db::{StoreError, Tx, params, row, statements};
use crate::machine_time::microseconds;
use crate::members::Member;

row! {
    /// A consent on its way back, as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct ReturningConsent {
        /// Whose it was.
        pub user_guid: UserGuid,
        /// The member that it was for.
        pub member_guid: MemberGuid,
        /// What it was stored under.
        pub credential_guid: CredentialGuid,
        /// Whose it is.
        pub institution_guid: InstitutionGuid,
        /// The tokens, sealed as the member's credential that they were.
        pub value: Vec<u8>,
        /// When it is tried.
        pub due_at: Timestamp,
        /// How often that came to nothing.
        pub failures: i64,
    }
}

statements! {
    // What is stored of an OAuth member is its consent. After a reset of a sandbox an id may come again.
    OF_MEMBER = "insert into returning_consents
            (user_guid, member_guid, credential_guid, institution_guid, value, due_at, failures)
        select c.user_guid, c.member_guid, c.credential_guid, cast($1 as text), c.value, cast($2 as bigint), 0
        from member_credentials c where c.user_guid = $3 and c.member_guid = $4
        on conflict (user_guid, member_guid, credential_guid) do update set value = excluded.value,
            due_at = excluded.due_at, failures = 0, lease_until = null";
    OF_USER = "insert into returning_consents
            (user_guid, member_guid, credential_guid, institution_guid, value, due_at, failures)
        select c.user_guid, c.member_guid, c.credential_guid, m.institution_guid, c.value, cast($1 as bigint), 0
        from members m join member_credentials c on c.user_guid = m.user_guid and c.member_guid = m.guid
        where m.user_guid = $2 and m.is_oauth
        on conflict (user_guid, member_guid, credential_guid) do update set value = excluded.value,
            due_at = excluded.due_at, failures = 0, lease_until = null";
    TAKE: ReturningConsent = {
        sqlite: "with taken as (
                select user_guid, member_guid, credential_guid from returning_consents
                where due_at <= $1 and (lease_until is null or lease_until < {machine_now})
                order by due_at limit $2)
            update returning_consents set lease_until = {machine_now} + $3
            where (user_guid, member_guid, credential_guid) in (select * from taken)
            returning {columns}",
        postgres: "with taken as (
                select user_guid, member_guid, credential_guid from returning_consents
                where due_at <= $1 and (lease_until is null or lease_until < {machine_now})
                order by due_at limit $2
                for update skip locked)
            update returning_consents set lease_until = {machine_now} + $3
            from taken where returning_consents.user_guid = taken.user_guid
                and returning_consents.member_guid = taken.member_guid
                and returning_consents.credential_guid = taken.credential_guid
            returning {columns returning_consents}",
    };
    POSTPONE = "update returning_consents set due_at = $1, failures = $2, lease_until = null
        where user_guid = $3 and member_guid = $4 and credential_guid = $5";
    DELETE = "delete from returning_consents where user_guid = $1 and member_guid = $2 and credential_guid = $3";
    DUE: (i64,) = "select count(*) from (select 1 from returning_consents where due_at <= $1 limit 1) due";
    BRING_FORWARD = "update returning_consents set due_at = due_at - $1 where due_at > $2";
    NEXT_DUE: (Option<i64>,) = "select min(due_at) from returning_consents where due_at > $1";
}

/// Keeps the consent of a locked OAuth member that is about to go; whether it had one.
pub async fn keep_of_member(tx: &Tx, member: &Member, at: Timestamp) -> Result<bool, StoreError> {
    let params = params![member.institution_guid, at, member.user_guid, member.guid];
    Ok(tx.execute(&OF_MEMBER, params).await? > 0)
}

/// Keeps the consents of a user whose locked members are about to go; how many there are.
pub(crate) async fn keep_of_user(tx: &Tx, user: &UserGuid, at: Timestamp) -> Result<u64, StoreError> {
    tx.execute(&OF_USER, params![at, user]).await
}

/// Takes what is due and in nobody's hands, no more than `limit`, and holds it for so long.
pub async fn take(
    tx: &Tx,
    now: Timestamp,
    lease: Duration,
    limit: i64,
) -> Result<Vec<ReturningConsent>, StoreError> {
    tx.query(&TAKE, params![now, limit, microseconds(lease)]).await
}

/// Puts one down that its institution did not take: when it is tried again, and how often it was.
pub async fn postpone(tx: &Tx, one: &ReturningConsent) -> Result<(), StoreError> {
    let params = params![one.due_at, one.failures, one.user_guid, one.member_guid, one.credential_guid];
    tx.execute(&POSTPONE, params).await.map(drop)
}

/// Forgets one.
pub async fn delete(tx: &Tx, one: &ReturningConsent) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![one.user_guid, one.member_guid, one.credential_guid]).await.map(drop)
}

/// Makes what waits beyond `now` due so much earlier: for a business clock that was set back by as much.
pub async fn bring_forward(tx: &Tx, by: SignedDuration, now: Timestamp) -> Result<(), StoreError> {
    let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
    tx.execute(&BRING_FORWARD, params![by, now]).await.map(drop)
}

/// Whether one is due, be it in somebody's hands or not.
pub async fn is_due(tx: &Tx, now: Timestamp) -> Result<bool, StoreError> {
    tx.query_one(&DUE, params![now]).await.map(|(count,)| count > 0)
}

/// When the first one is tried after `after`.
pub async fn next_due(tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let (next,) = tx.query_one(&NEXT_DUE, params![after]).await?;
    Ok(next.and_then(|micros| Timestamp::from_microsecond(micros).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::conformance::{Bench, rules};
    use crate::users;
    use crate::users::tests::{statement, with_two_users};

    const LEASE: Duration = Duration::from_mins(5);

    async fn taken(bench: &Bench, at: Timestamp) -> Vec<ReturningConsent> {
        bench.store.write(async move |tx| take(tx, at, LEASE, 10).await).await.unwrap()
    }

    rules! {
        async fn the_consents_of_a_deleted_user_wait_for_their_institutions_and_no_others(bench: Bench) {
            let (deleted, _) = with_two_users(&bench).await;
            let at = Timestamp::UNIX_EPOCH;
            let (user, oauth) = (deleted.clone(), statement("update members set is_oauth = true"));
            let written = bench.store.write(async move |tx| {
                tx.execute(statement("delete from returning_consents"), params![]).await?;
                tx.execute(oauth, params![]).await?;
                users::delete(tx, &user, at).await
            });
            written.await.unwrap();
            let found = taken(&bench, at).await;
            assert_eq!(found.len(), 1);
            assert_eq!((&found[0].user_guid, found[0].institution_guid.as_str()), (&deleted.guid, "INS-1"));
            // It is in somebody's hands.
            assert_eq!(taken(&bench, at).await, []);
            assert!(is_due(&bench.store.read().await.unwrap(), at).await.unwrap());

            let later = at.checked_add(Duration::from_hours(1)).unwrap();
            let failed = ReturningConsent { due_at: later, failures: 1, ..found[0].clone() };
            bench.store.write(async move |tx| postpone(tx, &failed).await).await.unwrap();
            assert_eq!(next_due(&bench.store.read().await.unwrap(), at).await.unwrap(), Some(later));
            assert_eq!(taken(&bench, at).await, []);
            let back = SignedDuration::from_mins(30);
            bench.store.write(async move |tx| bring_forward(tx, back, at).await).await.unwrap();
            let earlier = later.checked_sub(back).unwrap();
            let again = taken(&bench, earlier).await;
            assert_eq!(again[0].failures, 1);
            bench.store.write(async move |tx| delete(tx, &again[0]).await).await.unwrap();
            assert!(!is_due(&bench.store.read().await.unwrap(), later).await.unwrap());
        }
    }
}
