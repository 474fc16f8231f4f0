//! Members and the partner's ids for them.

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{ClientGuid, InstitutionGuid, JobGuid, MemberGuid, UserGuid};
use riverbank_model::refresh::Standing;
use riverbank_model::use_case::UseCases;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};
use crate::holdings;
use crate::page::Page;
use crate::{account_numbers, account_owners, raw_answers};

row! {
    /// A member as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Member {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: MemberGuid,
        /// The client of its user.
        pub client_guid: ClientGuid,
        /// Where it leads to.
        pub institution_guid: InstitutionGuid,
        /// The how-manieth child of its user it is.
        pub number: i64,
        /// Held members only: the partner's own id.
        pub partner_id: Option<String>,
        /// The partner's id, unique within the client.
        pub external_guid: Option<String>,
        /// The institution's name unless one was given.
        pub name: String,
        /// Free text of the partner.
        pub metadata: Option<String>,
        /// What it is for.
        pub use_cases: UseCases,
        /// Left out of background aggregation.
        pub background_aggregation_is_disabled: bool,
        /// Signs in through OAuth.
        pub is_oauth: bool,
        /// False for held members.
        pub is_managed_by_user: bool,
        /// None for a member that never connects.
        pub connection_status: Option<ConnectionStatus>,
        /// When the newest job started.
        pub aggregated_at: Option<Timestamp>,
        /// When the newest job that ended well did so.
        pub successfully_aggregated_at: Option<Timestamp>,
        /// The newest job.
        pub most_recent_job_guid: Option<JobGuid>,
        /// The job that has not ended.
        pub live_job_guid: Option<JobGuid>,
        /// Denials in a row.
        pub denials: i64,
        /// Keyed fingerprint of what identifies the login.
        pub login_fingerprint: Option<Vec<u8>>,
        /// Where the end user is to land after OAuth.
        pub client_redirect_url: Option<String>,
        /// BROWSER or APP.
        pub referral_source: Option<String>,
        /// Scheme of the hosting app.
        pub ui_message_webview_url_scheme: Option<String>,
        /// Hash of the unspent one-time token.
        pub oauth_token_hash: Option<Vec<u8>>,
        /// The same token, sealed.
        pub oauth_token: Option<Vec<u8>>,
        /// No aggregation after OAuth.
        pub oauth_skip_aggregation: bool,
        /// When its open questions expire.
        pub challenge_expires_at: Option<Timestamp>,
        /// When a member that waits for OAuth is purged.
        pub pending_expires_at: Option<Timestamp>,
        /// When a deleted member is purged.
        pub purge_at: Option<Timestamp>,
        /// When it is due to be refreshed in the background. Each writing of the member works it out anew.
        pub next_refresh_at: Option<Timestamp>,
        /// Grows by one with every change.
        pub revision: i64,
        /// Children ever made.
        pub children_made: i64,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
        /// When it was deleted.
        pub deleted_at: Option<Timestamp>,
    }
}

impl Member {
    /// Whether it holds what its user makes by hand: it never connects.
    pub fn is_manual(&self) -> bool {
        self.connection_status.is_none()
    }

    /// When it is due to be refreshed in the background, as it stands at `now`.
    pub fn next_refresh(&self, now: Timestamp) -> Option<Timestamp> {
        let standing = Standing {
            guid: &self.guid,
            status: self.connection_status,
            use_cases: self.use_cases,
            is_out: self.deleted_at.is_some()
                || self.live_job_guid.is_some()
                || self.background_aggregation_is_disabled,
            last: self.last_aggregation(),
            now,
        };
        standing.next()
    }

    /// Whether its last aggregation lies ahead: it was on a clock that has been set back since.
    pub fn is_ahead_of(&self, now: Timestamp) -> bool {
        self.last_aggregation() > now
    }

    fn last_aggregation(&self) -> Timestamp {
        self.aggregated_at.unwrap_or(self.created_at)
    }
}

statements! {
    NEXT_NUMBER: (i64,) = "update users set children_made = children_made + 1 where guid = $1 returning children_made";
    INSERT for Member = "insert into members ({columns}) values ({values})";
    FIND: Member = "select {columns} from members where user_guid = $1 and guid = $2 and deleted_at is null";
    LOCK: Member = {
        sqlite: "select {columns} from members where user_guid = $1 and guid = $2 and deleted_at is null",
        postgres: "select {columns} from members where user_guid = $1 and guid = $2 and deleted_at is null for update",
    };
    LIVE_TWIN: (MemberGuid,) = "select guid from members where user_guid = $1 and institution_guid = $2
        and login_fingerprint = $3 and deleted_at is null and login_fingerprint is not null";
    LOCK_DELETED: Member = {
        sqlite: "select {columns} from members where user_guid = $1 and guid = $2 and deleted_at is not null",
        postgres: "select {columns} from members where user_guid = $1 and guid = $2 and deleted_at is not null
            for update",
    };
    FIND_HELD: Member = "select {columns} from members
        where user_guid = $1 and partner_id = $2 and partner_id is not null and deleted_at is null";
    LOCK_MANUAL: Member = {
        sqlite: "select {columns} from members where user_guid = $1 and institution_guid = $2 and deleted_at is null
            and connection_status is null",
        postgres: "select {columns} from members where user_guid = $1 and institution_guid = $2 and deleted_at is null
            and connection_status is null for update",
    };
    LOCK_ALL: Member = {
        sqlite: "select {columns} from members where user_guid = $1 and deleted_at is null order by number",
        postgres: "select {columns} from members where user_guid = $1 and deleted_at is null order by number for update",
    };
    LOCK_BY_OAUTH_TOKEN: Member = {
        sqlite: "select {columns} from members where oauth_token_hash = $1 and deleted_at is null",
        postgres: "select {columns} from members where oauth_token_hash = $1 and deleted_at is null for update",
    };
    LIST: Member filtered by MemberFilter {
        use_case: i64 = "and (use_cases & ?) <> 0",
        is_managed_by_user: bool = "and is_managed_by_user = ?",
    } = "select {columns} from members where user_guid = ? and deleted_at is null {filters}
        order by number limit ? offset ?";
    COUNT: (i64,) filtered by MemberFilter = "select count(*) from members where user_guid = ? and deleted_at is null {filters}";
    UPDATE = "update members set external_guid = $1, name = $2, metadata = $3, use_cases = $4,
        background_aggregation_is_disabled = $5, connection_status = $6, aggregated_at = $7,
        successfully_aggregated_at = $8, most_recent_job_guid = $9, live_job_guid = $10, denials = $11,
        login_fingerprint = $12, client_redirect_url = $13, referral_source = $14,
        ui_message_webview_url_scheme = $15, oauth_token_hash = $16, oauth_token = $17,
        oauth_skip_aggregation = $18, challenge_expires_at = $19, pending_expires_at = $20, purge_at = $21,
        next_refresh_at = $22, revision = $23, children_made = $24, updated_at = $25, deleted_at = $26
        where user_guid = $27 and guid = $28";
    TWIN: Member = "select {columns} from members
        where user_guid = $1 and institution_guid = $2 and login_fingerprint = $3
        and deleted_at is not null and login_fingerprint is not null
        order by deleted_at desc, number desc limit 1";
    PURGE_TWINS = "update members set purge_at = $1
        where user_guid = $2 and institution_guid = $3 and login_fingerprint = $4 and deleted_at is not null";
    CLAIM_EXTERNAL_GUID: (String,) = "insert into external_guids
        (client_guid, external_guid, user_guid, member_guid) values ($1, $2, $3, $4)
        on conflict do nothing returning member_guid";
    RELEASE_EXTERNAL_GUID = "delete from external_guids
        where client_guid = $1 and external_guid = $2 and member_guid = $3";
    DELETE_ACCOUNTS = "update accounts set deleted_at = $1 where user_guid = $2 and member_guid = $3
        and deleted_at is null";
    DELETE_CREDENTIALS = "delete from member_credentials where user_guid = $1 and member_guid = $2";
}

/// The number of the next member of a user, who then counts one more; none when there is no such user.
pub async fn next_number(tx: &Tx, user: &UserGuid) -> Result<Option<i64>, StoreError> {
    let number: Option<(i64,)> = tx.query_opt(&NEXT_NUMBER, params![user]).await?;
    Ok(number.map(|(number,)| number))
}

/// Writes a new member. The unique indexes `members_by_login` and `members_by_partner_id` refuse a second one.
pub async fn insert(tx: &Tx, member: &Member) -> Result<(), StoreError> {
    let member = Member { next_refresh_at: member.next_refresh(member.updated_at), ..member.clone() };
    tx.execute(&INSERT, &member.values()).await.map(drop)
}

/// A live member of a user.
pub async fn find(tx: &Tx, user: &UserGuid, guid: &MemberGuid) -> Result<Option<Member>, StoreError> {
    tx.query_opt(&FIND, params![user, guid]).await
}

/// A deleted member of a user that nobody else may change before this unit of work ends; none once it is purged.
pub async fn lock_deleted(tx: &Tx, user: &UserGuid, guid: &MemberGuid) -> Result<Option<Member>, StoreError> {
    tx.query_opt(&LOCK_DELETED, params![user, guid]).await
}

/// A live member of a user that nobody else may change before this unit of work ends.
pub async fn lock(tx: &Tx, user: &UserGuid, guid: &MemberGuid) -> Result<Option<Member>, StoreError> {
    tx.query_opt(&LOCK, params![user, guid]).await
}

/// The live member that holds what a user makes by hand, at the institution for that; nobody else may change it before
/// this unit of work ends.
pub async fn lock_manual(
    tx: &Tx,
    user: &UserGuid,
    institution: &InstitutionGuid,
) -> Result<Option<Member>, StoreError> {
    tx.query_opt(&LOCK_MANUAL, params![user, institution]).await
}

/// Every live member of a user, in the order in which they were made; nobody else may change one of them before this unit
/// of work ends.
pub async fn lock_all(tx: &Tx, user: &UserGuid) -> Result<Vec<Member>, StoreError> {
    tx.query(&LOCK_ALL, params![user]).await
}

/// A live held member by the partner's own id.
pub async fn find_held(tx: &Tx, user: &UserGuid, partner_id: &str) -> Result<Option<Member>, StoreError> {
    tx.query_opt(&FIND_HELD, params![user, partner_id]).await
}

/// The live member with this one-time token, whoever's it is.
pub async fn lock_by_oauth_token(tx: &Tx, hash: &[u8]) -> Result<Option<Member>, StoreError> {
    tx.query_opt(&LOCK_BY_OAUTH_TOKEN, params![hash]).await
}

/// A page of a user's live members in the order in which they were made, and how many there are in all.
pub async fn list(
    tx: &Tx,
    user: &UserGuid,
    filter: MemberFilter,
    page: Page,
) -> Result<(Vec<Member>, i64), StoreError> {
    let members = tx.list(&LIST, params![user], &filter, params![page.limit, page.offset]).await?;
    let total = page.total(members.len(), async || {
        let counted = tx.list(&COUNT, params![user], &filter, params![]).await?;
        Ok(counted.first().map_or(0, |(total,)| *total))
    });
    Ok((members, total.await?))
}

/// Every live member of a user, in the order in which they were made.
pub async fn all(tx: &Tx, user: &UserGuid) -> Result<Vec<Member>, StoreError> {
    tx.list(&LIST, params![user], &MemberFilter::default(), params![Page::ALL.limit, Page::ALL.offset]).await
}

/// Writes what can change of a member. The unique index `members_by_login` refuses a login that another has.
pub async fn save(tx: &Tx, member: &Member) -> Result<(), StoreError> {
    let m = member;
    tx.execute(
        &UPDATE,
        params![
            m.external_guid,
            m.name,
            m.metadata,
            m.use_cases,
            m.background_aggregation_is_disabled,
            m.connection_status,
            m.aggregated_at,
            m.successfully_aggregated_at,
            m.most_recent_job_guid,
            m.live_job_guid,
            m.denials,
            m.login_fingerprint,
            m.client_redirect_url,
            m.referral_source,
            m.ui_message_webview_url_scheme,
            m.oauth_token_hash,
            m.oauth_token,
            m.oauth_skip_aggregation,
            m.challenge_expires_at,
            m.pending_expires_at,
            m.purge_at,
            m.next_refresh(m.updated_at),
            m.revision,
            m.children_made,
            m.updated_at,
            m.deleted_at,
            m.user_guid,
            m.guid
        ],
    )
    .await
    .map(drop)
}

/// The live member with this login.
pub async fn live_twin(
    tx: &Tx,
    user: &UserGuid,
    institution: &InstitutionGuid,
    fingerprint: &[u8],
) -> Result<Option<MemberGuid>, StoreError> {
    let twin = tx.query_opt(&LIVE_TWIN, params![user, institution, fingerprint]).await?;
    Ok(twin.map(|(guid,)| guid))
}

/// The member that was deleted last of those with this login.
pub async fn deleted_twin(
    tx: &Tx,
    user: &UserGuid,
    institution: &InstitutionGuid,
    fingerprint: &[u8],
) -> Result<Option<Member>, StoreError> {
    tx.query_opt(&TWIN, params![user, institution, fingerprint]).await
}

/// Makes every deleted member with this login due for the purge at `at`.
pub async fn purge_deleted_twins(
    tx: &Tx,
    user: &UserGuid,
    institution: &InstitutionGuid,
    fingerprint: &[u8],
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(&PURGE_TWINS, params![at, user, institution, fingerprint]).await.map(drop)
}

/// Takes a partner's id for a member; false when another member of the client has it.
pub async fn claim_external_guid(tx: &Tx, member: &Member, external: &str) -> Result<bool, StoreError> {
    let claimed: Option<(String,)> = tx
        .query_opt(&CLAIM_EXTERNAL_GUID, params![member.client_guid, external, member.user_guid, member.guid])
        .await?;
    Ok(claimed.is_some())
}

/// Gives a partner's id back.
pub async fn release_external_guid(tx: &Tx, member: &Member, external: &str) -> Result<(), StoreError> {
    tx.execute(&RELEASE_EXTERNAL_GUID, params![member.client_guid, external, member.guid]).await.map(drop)
}

/// Hides the accounts of a member, and forgets its credentials, the owners and numbers of its accounts, and what its
/// institution answered.
pub async fn delete_belongings(tx: &Tx, member: &Member, at: Timestamp) -> Result<(), StoreError> {
    let (user, guid) = (&member.user_guid, &member.guid);
    holdings::delete_of_member(tx, user, guid).await?;
    tx.execute(&DELETE_ACCOUNTS, params![at, user, guid]).await?;
    account_owners::forget(tx, user, guid).await?;
    account_numbers::forget(tx, user, guid).await?;
    raw_answers::forget(tx, user, guid).await?;
    tx.execute(&DELETE_CREDENTIALS, params![user, guid]).await.map(drop)
}
