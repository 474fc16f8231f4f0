//! Whose a thing is, by its id alone or by what partners call it: for operators, and the control face of a sandbox. No
//! request of a user comes here.

use riverbank_model::guid::{
    AccountGuid, ClientGuid, JobGuid, MemberGuid, MicroDepositGuid, TransactionGuid, UserGuid, owners_of,
};

use crate::db::{StoreError, Tx, params, row, statements};
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

statements! {
    MEMBER: MemberKey = "select {columns} from members where guid = $1 and deleted_at is null";
    OF_ACCOUNT: (UserGuid, MemberGuid) = "select user_guid, member_guid from accounts
        where guid = $1 and deleted_at is null";
    TRANSACTION: Transaction = "select {columns} from transactions
        where guid = $1 and user_guid in (select guid from users where guid between $2 and $3)";
    TRANSACTION_OF_BEFORE: Transaction = "select {columns} from transactions
        where guid = $1 and substr(guid, 5, 8) <> substr(user_guid, 5, 8)";
    JOB: JobKey = "select {columns} from jobs where guid = $1";
    OF_MICRO_DEPOSIT: (UserGuid,) = "select user_guid from micro_deposits where guid = $1 and deleted_at is null";
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
    tx.query_opt(&MEMBER, params![guid]).await
}

/// The member of a live account.
pub async fn of_account(tx: &Tx, guid: &AccountGuid) -> Result<Option<MemberKey>, StoreError> {
    let found = tx.query_opt(&OF_ACCOUNT, params![guid]).await?;
    Ok(found.map(|(user_guid, guid)| MemberKey { user_guid, guid }))
}

/// The transaction with this id, be it deleted. Its user's id begins as its own does, unless that is one of before.
pub async fn transaction(tx: &Tx, guid: &TransactionGuid) -> Result<Option<Transaction>, StoreError> {
    if let Some([least, greatest]) = owners_of::<UserGuid>(guid)
        && let Some(row) = tx.query_opt(&TRANSACTION, params![guid, &least, &greatest]).await?
    {
        return Ok(Some(row));
    }
    tx.query_opt(&TRANSACTION_OF_BEFORE, params![guid]).await
}

/// Whose job this is.
pub async fn job(tx: &Tx, guid: &JobGuid) -> Result<Option<JobKey>, StoreError> {
    tx.query_opt(&JOB, params![guid]).await
}

/// The user of a live micro deposit.
pub async fn of_micro_deposit(tx: &Tx, guid: &MicroDepositGuid) -> Result<Option<UserGuid>, StoreError> {
    Ok(tx.query_opt(&OF_MICRO_DEPOSIT, params![guid]).await?.map(|(user,)| user))
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
