//! Whose a thing is, by its id alone or by what partners call it: for operators, and the control face of a sandbox. No
//! request of a user comes here.

use riverbank_model::guid::{
    AccountGuid, ClientGuid, JobGuid, MemberGuid, MicroDepositGuid, TransactionGuid, UserGuid, owners_of,
};

use crate::db::{FromRow, Statement, StoreError, Tx, params, row, statements};
use crate::due::MemberKey;
use crate::transactions::Transaction;

row! {
    /// Which job.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct JobKey {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: JobGuid,
    }
}

row! {
    /// What some partner calls by a name of its own.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Named {
        /// The partner.
        pub client_guid: ClientGuid,
        /// The user, or whose the member is.
        pub user_guid: UserGuid,
        /// The member; none where it is the user itself.
        pub member_guid: Option<MemberGuid>,
    }
}

row! {
    /// Whose something is.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Owner {
        /// The user.
        pub user_guid: UserGuid,
        /// The member that it is of, if it is of one, or has been.
        pub member_guid: Option<MemberGuid>,
    }
}

statements! {
    // The user's id begins as that of what belongs to it, but for ids of before.
    MEMBER: MemberKey = "select {columns} from members
        where user_guid in (select guid from users where guid between $1 and $2) and guid = $3 and deleted_at is null
        union all select {columns} from members where guid = $3
            and substr(guid, 5, 8) <> substr(user_guid, 5, 8) and deleted_at is null";
    OF_ACCOUNT: (UserGuid, MemberGuid) = "select user_guid, member_guid from accounts
        where user_guid in (select guid from users where guid between $1 and $2) and guid = $3 and deleted_at is null
        union all select user_guid, member_guid from accounts where guid = $3
            and substr(guid, 5, 8) <> substr(user_guid, 5, 8) and deleted_at is null";
    TRANSACTION: Transaction = "select {columns} from transactions
        where user_guid in (select guid from users where guid between $1 and $2) and guid = $3
        union all select {columns} from transactions where guid = $3 and substr(guid, 5, 8) <> substr(user_guid, 5, 8)";
    JOB: JobKey = "select {columns} from jobs
        where user_guid in (select guid from users where guid between $1 and $2) and guid = $3
        union all select {columns} from jobs where guid = $3 and substr(guid, 5, 8) <> substr(user_guid, 5, 8)";
    OF_MICRO_DEPOSIT: (UserGuid,) = "select user_guid from micro_deposits
        where user_guid in (select guid from users where guid between $1 and $2) and guid = $3 and deleted_at is null
        union all select user_guid from micro_deposits where guid = $3
            and substr(guid, 5, 8) <> substr(user_guid, 5, 8) and deleted_at is null";
    // An id is one of these at most: its letters say of what kind it is.
    OF_ANYTHING: Owner = "with owner as (select guid from users where guid between $1 and $2)
        select user_guid, member_guid from account_numbers where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, member_guid from account_owners where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from budgets where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from categories where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, member_guid from challenges where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from deliverables where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from goals where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, member_guid from holdings where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from insights where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from monthly_cash_flow_profiles where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from notifications where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, member_guid from oauth_states where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, member_guid from page_sessions where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from scheduled_payments where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from spending_plan_accounts where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from spending_plan_items where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from spending_plan_iterations where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from spending_plans where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from taggings where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from tags where user_guid in (select guid from owner) and guid = $3
        union all select user_guid, null from transaction_rules where user_guid in (select guid from owner) and guid = $3";
    // Names are unique within a client, of which there are few.
    USERS_NAMED: (ClientGuid, UserGuid) = "select u.client_guid, u.guid from clients c cross join users u
        where u.client_guid = c.guid and u.partner_id = $1 order by u.client_guid limit $2";
    MEMBERS_NAMED: (ClientGuid, UserGuid, MemberGuid) = "select e.client_guid, e.user_guid, e.member_guid
        from clients c cross join external_guids e
        where e.client_guid = c.guid and e.external_guid = $1 order by e.client_guid limit $2";
    HELD_NAMED: (ClientGuid, UserGuid, MemberGuid) = "select client_guid, user_guid, guid from members
        where partner_id = $1 and partner_id is not null and deleted_at is null order by client_guid, guid limit $2";
}

/// Whose member this is; none when there is no live one.
pub async fn member(tx: &Tx, guid: &MemberGuid) -> Result<Option<MemberKey>, StoreError> {
    find(tx, &MEMBER, guid).await
}

/// The member of a live account.
pub async fn of_account(tx: &Tx, guid: &AccountGuid) -> Result<Option<MemberKey>, StoreError> {
    let found = find(tx, &OF_ACCOUNT, guid).await?;
    Ok(found.map(|(user_guid, guid)| MemberKey { user_guid, guid }))
}

/// The transaction with this id, be it deleted.
pub async fn transaction(tx: &Tx, guid: &TransactionGuid) -> Result<Option<Transaction>, StoreError> {
    find(tx, &TRANSACTION, guid).await
}

/// Whose job this is.
pub async fn job(tx: &Tx, guid: &JobGuid) -> Result<Option<JobKey>, StoreError> {
    find(tx, &JOB, guid).await
}

/// The user of a live micro deposit.
pub async fn of_micro_deposit(tx: &Tx, guid: &MicroDepositGuid) -> Result<Option<UserGuid>, StoreError> {
    Ok(find(tx, &OF_MICRO_DEPOSIT, guid).await?.map(|(user,)| user))
}

/// Whose some other thing of a user is, whatever its kind.
pub async fn of_anything(tx: &Tx, guid: &str) -> Result<Option<Owner>, StoreError> {
    find(tx, &OF_ANYTHING, guid).await
}

async fn find<R: FromRow>(
    tx: &Tx,
    statement: &Statement<R>,
    guid: impl AsRef<str>,
) -> Result<Option<R>, StoreError> {
    let guid = guid.as_ref();
    let owners = owners_of::<UserGuid>(guid);
    let [least, greatest] =
        owners.as_ref().map_or(["", ""], |owners| owners.each_ref().map(UserGuid::as_str));
    tx.query_opt(statement, params![least, greatest, guid]).await
}

/// The users and live members that partners call so, `limit` of each kind at most.
pub async fn named(tx: &Tx, name: &str, limit: i64) -> Result<Vec<Named>, StoreError> {
    let users = tx.query(&USERS_NAMED, params![name, limit]).await?;
    let mut named: Vec<Named> = users
        .into_iter()
        .map(|(client_guid, user_guid)| Named { client_guid, user_guid, member_guid: None })
        .collect();
    for statement in [&MEMBERS_NAMED, &HELD_NAMED] {
        let members = tx.query(statement, params![name, limit]).await?;
        named.extend(members.into_iter().map(|(client_guid, user_guid, member_guid)| Named {
            client_guid,
            user_guid,
            member_guid: Some(member_guid),
        }));
    }
    Ok(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::conformance::{Bench, rules};

    /// Found by another way, or known to nobody.
    const OTHERS: &[&str] = &["member_credentials", "webhook_messages"];

    rules! {
        async fn what_belongs_to_a_user_is_found_by_its_id_whatever_it_is(bench: Bench) {
            let tables = bench.store.read().await.unwrap().tables().await.unwrap();
            let mut missed = Vec::new();
            for table in tables {
                let has = |name: &str| table.columns.iter().any(|column| column.name == name);
                let looked_for = format!(" from {} where user_guid in (", table.name);
                let is_looked_for = STATEMENTS.iter().any(|statement| {
                    let words: Vec<_> = statement.sql(bench.store.engine()).split_whitespace().collect();
                    words.join(" ").contains(&looked_for)
                });
                if has("guid") && has("user_guid") && !OTHERS.contains(&table.name.as_str()) && !is_looked_for {
                    missed.push(table.name);
                }
            }
            assert!(missed.is_empty(), "ids of these lead to nothing: {missed:?}");
        }
    }
}
