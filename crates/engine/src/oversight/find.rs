//! Finding a thing by its id, or by what its partner calls it.

use riverbank_model::guid::{
    AccountGuid, ClientGuid, CredentialGuid, InstitutionGuid, JobGuid, MemberGuid, MicroDepositGuid,
    TransactionGuid, UserGuid, WebhookEndpointGuid, WebhookMessageGuid,
};
use riverbank_store::whereabouts::{self, Owner};
use riverbank_store::{Tx, clients, members, users, webhook_endpoints, webhook_messages};

use crate::institutions::Catalogue;
use crate::{Engine, Fault};

/// Things of one name that are found, of each kind.
const MOST: i64 = 20;

/// What has a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A client, by the id in its addresses.
    Client(String),
    /// A user.
    User(UserGuid),
    /// A member.
    Member(MemberGuid),
    /// A job.
    Job(JobGuid),
    /// An institution.
    Institution(InstitutionGuid),
    /// An endpoint.
    Endpoint(WebhookEndpointGuid),
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it leads to: the thing itself, or whose it is.
    pub thing: Thing,
    /// The client that it is of, if it is of one.
    pub client_id: Option<String>,
}

impl From<Thing> for Found {
    fn from(thing: Thing) -> Self {
        Self { thing, client_id: None }
    }
}

impl Engine {
    /// What has exactly this id, or is called exactly so by its partner. A thing without a page of its own leads to whose it
    /// is.
    pub async fn find_anything(&self, text: &str) -> Result<Vec<Found>, Fault> {
        let catalogue = self.catalogue().await?;
        let reader = self.store().read().await?;
        if let Some(found) = by_guid(&reader, text).await? {
            return Ok(vec![found.into()]);
        }
        if let Some(institution) = catalogue.by_name(text) {
            return Ok(vec![Thing::Institution(institution.guid.clone()).into()]);
        }
        if let Some(institution) = asking(&catalogue, text) {
            return Ok(vec![Thing::Institution(institution).into()]);
        }
        if let Some(client) = clients::find_by_id(&reader, text).await? {
            return Ok(vec![Thing::Client(client.client_id).into()]);
        }
        let mut all = Vec::new();
        for named in whereabouts::named(&reader, text, MOST).await? {
            let client = clients::find(&reader, &named.client_guid).await?;
            let thing = named.member_guid.map_or(Thing::User(named.user_guid), Thing::Member);
            all.push(Found { thing, client_id: client.map(|client| client.client_id) });
        }
        Ok(all)
    }
}

/// The thing with this id, or whose it is; none where the text is no id, or there is none (any more).
async fn by_guid(tx: &Tx, text: &str) -> Result<Option<Thing>, Fault> {
    if let Ok(guid) = text.parse::<UserGuid>() {
        return Ok(users::find(tx, &guid).await?.map(|user| Thing::User(user.guid)));
    }
    if let Ok(guid) = text.parse::<MemberGuid>() {
        return Ok(whereabouts::member(tx, &guid).await?.map(|key| Thing::Member(key.guid)));
    }
    if let Ok(guid) = text.parse::<AccountGuid>() {
        return Ok(whereabouts::of_account(tx, &guid).await?.map(|key| Thing::Member(key.guid)));
    }
    if let Ok(guid) = text.parse::<TransactionGuid>() {
        let found = whereabouts::transaction(tx, &guid).await?.filter(|row| row.deleted_at.is_none());
        return Ok(found.map(|row| Thing::Member(row.member_guid)));
    }
    if let Ok(guid) = text.parse::<JobGuid>() {
        return Ok(whereabouts::job(tx, &guid).await?.map(|key| Thing::Job(key.guid)));
    }
    if let Ok(guid) = text.parse::<MicroDepositGuid>() {
        return Ok(whereabouts::of_micro_deposit(tx, &guid).await?.map(Thing::User));
    }
    if let Ok(guid) = text.parse::<ClientGuid>() {
        return Ok(clients::find(tx, &guid).await?.map(|client| Thing::Client(client.client_id)));
    }
    if let Ok(guid) = text.parse::<WebhookEndpointGuid>() {
        return Ok(webhook_endpoints::find(tx, &guid).await?.map(|one| Thing::Endpoint(one.guid)));
    }
    if let Ok(guid) = text.parse::<WebhookMessageGuid>() {
        return Ok(webhook_messages::find(tx, &guid).await?.map(|one| Thing::Endpoint(one.endpoint_guid)));
    }
    let Some(Owner { user_guid, member_guid }) = whereabouts::of_anything(tx, text).await? else {
        return Ok(None);
    };
    // What is of a deleted member is its user's until it is purged.
    let member = match member_guid {
        Some(guid) => members::find(tx, &user_guid, &guid).await?,
        None => None,
    };
    Ok(Some(member.map_or(Thing::User(user_guid), |member| Thing::Member(member.guid))))
}

/// The institution that asks for a credential with this id.
fn asking(catalogue: &Catalogue, text: &str) -> Option<InstitutionGuid> {
    let guid: CredentialGuid = text.parse().ok()?;
    let institution = catalogue.institutions().iter().find(|one| one.credential(&guid).is_some());
    institution.map(|one| one.guid.clone())
}
