//! Insights of users, and what they are about.

use jiff::Timestamp;
use jiff::civil::Date;
use riverbank_model::guid::{AccountGuid, InsightGuid, TransactionGuid, UserGuid};
use riverbank_model::insight::LinkKind;

use crate::db::{Each, StoreError, ToRow, Tx, params, row, statements};
use crate::page::Page;

row! {
    /// An insight as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Insight {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: InsightGuid,
        /// Which kind of card it is.
        pub template: String,
        /// Of the fact that it tells, 16 bytes: no two of a user have the same.
        pub digest: Vec<u8>,
        /// Its heading.
        pub title: String,
        /// What it tells.
        pub description: String,
        /// What its button says.
        pub call_to_action: String,
        /// Whether the user was shown it.
        pub has_been_displayed: bool,
        /// When that was said.
        pub displayed_at: Option<Timestamp>,
        /// Whether the user wants it no more.
        pub is_dismissed: bool,
        /// False once it is displayed or dismissed, or tells what holds no longer.
        pub is_relevant: bool,
        /// The last day on which it is relevant, if it has one.
        pub relevant_through: Option<Date>,
        /// The account that it is about in the first place.
        pub primary_account_guid: Option<AccountGuid>,
        /// The transaction that it is about in the first place.
        pub primary_transaction_guid: Option<TransactionGuid>,
        /// Grows by one with every change.
        pub revision: i64,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

row! {
    /// Something that an insight is about.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Link {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// The insight.
        pub insight_guid: InsightGuid,
        /// What it leads to.
        pub kind: LinkKind,
        /// The how-manieth of its kind it is.
        pub position: i64,
        /// The id of what it leads to.
        pub object_guid: String,
    }
}

statements! {
    INSERT for Insight = "insert into insights ({columns}) values ({values}) on conflict do nothing";
    INSERT_LINKS for Link = "insert into insight_links ({columns}) {rows}";
    FIND: Insight = "select {columns} from insights where user_guid = $1 and guid = $2";
    LOCK: Insight = {
        sqlite: "select {columns} from insights where user_guid = $1 and guid = $2",
        postgres: "select {columns} from insights where user_guid = $1 and guid = $2 for update",
    };
    SAVE = "update insights set has_been_displayed = $1, displayed_at = $2, is_dismissed = $3, is_relevant = $4,
        revision = $5, updated_at = $6 where user_guid = $7 and guid = $8";
    OUTDATE = "update insights set is_relevant = false, revision = revision + 1, updated_at = $1
        where user_guid = $2 and guid = $3 and is_relevant";
    LIST: Insight = "select {columns} from insights where user_guid = $1
        order by created_at desc, guid limit $2 offset $3";
    COUNT: (i64,) = "select count(*) from insights where user_guid = $1";
    ABOUT: Insight = "select {columns i} from insight_links l
        join insights i on i.user_guid = l.user_guid and i.guid = l.insight_guid
        where l.user_guid = $1 and l.object_guid = $2 order by i.created_at desc, i.guid limit $3 offset $4";
    COUNT_ABOUT: (i64,) = "select count(*) from insight_links where user_guid = $1 and object_guid = $2";
    // In no order, for which SQLite would take another index.
    RELEVANT: Insight = "select {columns} from insights where user_guid = $1 and is_relevant";
    DIGESTS: (Vec<u8>,) = "select digest from insights where user_guid = $1";
    LINKS: Link = "select {columns} from insight_links where user_guid = $1 and insight_guid in {each $2}
        order by insight_guid, kind, position";
}

/// Makes an insight, with what it is about; false when the user has one of the same fact.
pub async fn make(tx: &Tx, insight: &Insight, links: &[Link]) -> Result<bool, StoreError> {
    if tx.execute(&INSERT, &insight.values()).await? == 0 {
        return Ok(false);
    }
    tx.execute_rows(&INSERT_LINKS, links).await?;
    Ok(true)
}

/// An insight of a user.
pub async fn find(tx: &Tx, user: &UserGuid, guid: &InsightGuid) -> Result<Option<Insight>, StoreError> {
    tx.query_opt(&FIND, params![user, guid]).await
}

/// An insight of a user, which nobody else may change before this unit of work ends.
pub async fn lock(tx: &Tx, user: &UserGuid, guid: &InsightGuid) -> Result<Option<Insight>, StoreError> {
    tx.query_opt(&LOCK, params![user, guid]).await
}

/// Writes what is so of an insight; what it tells stays.
pub async fn save(tx: &Tx, insight: &Insight) -> Result<(), StoreError> {
    let Insight { has_been_displayed, displayed_at, is_dismissed, is_relevant, .. } = insight;
    let Insight { revision, updated_at, user_guid, guid, .. } = insight;
    let values = params![
        has_been_displayed,
        displayed_at,
        is_dismissed,
        is_relevant,
        revision,
        updated_at,
        user_guid,
        guid
    ];
    tx.execute(&SAVE, values).await.map(drop)
}

/// Makes an insight irrelevant; false when it is already.
pub async fn outdate(tx: &Tx, insight: &Insight) -> Result<bool, StoreError> {
    let values = params![insight.updated_at, insight.user_guid, insight.guid];
    Ok(tx.execute(&OUTDATE, values).await? > 0)
}

/// A page of a user's insights, newest first, and how many there are in all.
pub async fn list(tx: &Tx, user: &UserGuid, page: Page) -> Result<(Vec<Insight>, i64), StoreError> {
    let found = tx.query(&LIST, params![user, page.limit, page.offset]).await?;
    let total = page.total(found.len(), async || {
        let (total,) = tx.query_one(&COUNT, params![user]).await?;
        Ok(total)
    });
    let total = total.await?;
    Ok((found, total))
}

/// A page of a user's insights about an account, a transaction or the like, newest first, and how many there are in all.
pub async fn about(
    tx: &Tx,
    user: &UserGuid,
    object: &impl AsRef<str>,
    page: Page,
) -> Result<(Vec<Insight>, i64), StoreError> {
    let object = object.as_ref();
    let found = tx.query(&ABOUT, params![user, object, page.limit, page.offset]).await?;
    let total = page.total(found.len(), async || {
        let (total,) = tx.query_one(&COUNT_ABOUT, params![user, object]).await?;
        Ok(total)
    });
    let total = total.await?;
    Ok((found, total))
}

/// The insights of a user that are relevant.
pub async fn relevant(tx: &Tx, user: &UserGuid) -> Result<Vec<Insight>, StoreError> {
    let mut relevant = tx.query(&RELEVANT, params![user]).await?;
    relevant.sort_unstable_by(|one, other| one.guid.cmp(&other.guid));
    Ok(relevant)
}

/// The digests of all insights of a user.
pub async fn digests(tx: &Tx, user: &UserGuid) -> Result<Vec<Vec<u8>>, StoreError> {
    let found = tx.query(&DIGESTS, params![user]).await?;
    Ok(found.into_iter().map(|(digest,)| digest).collect())
}

/// What some insights of a user are about: by insight, kind and position.
pub async fn links(tx: &Tx, user: &UserGuid, insights: &[InsightGuid]) -> Result<Vec<Link>, StoreError> {
    if insights.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(&LINKS, params![user, Each::of(insights)]).await
}
