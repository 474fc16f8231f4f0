//! A user and its members, a member and its accounts, whoever's they are.

use jiff::Timestamp;
use riverbank_model::guid::{MemberGuid, UserGuid};
use riverbank_store::{accounts, clients, member_history, members, users};

use super::in_the_name_of;
use crate::accounts::AccountView;
use crate::members::{
    Aggregated, AggregationOptions, ChallengeView, MemberView, OpenQuestion, StartJobError, open_questions,
};
use crate::users::User;
use crate::{Engine, Fault};

/// A user as an operator sees it.
#[derive(Clone, Debug)]
pub struct UserPage {
    /// The user.
    pub user: User,
    /// The id of its client.
    pub client_id: String,
    /// Its members, in the order in which they were made.
    pub members: Vec<MemberView>,
}

/// A member as an operator sees it.
#[derive(Clone, Debug)]
pub struct MemberPage {
    /// The member.
    pub view: MemberView,
    /// The name of its institution.
    pub institution: String,
    /// The id of its client.
    pub client_id: String,
    /// When it came into its status; none when that is longer ago than what is kept.
    pub since: Option<Timestamp>,
    /// Its accounts.
    pub accounts: Vec<AccountView>,
    /// The questions that wait for answers.
    pub questions: Vec<ChallengeView>,
}

impl Engine {
    /// A user of any client with its members; none when there is no such user.
    pub async fn user_page(&self, guid: &UserGuid) -> Result<Option<UserPage>, Fault> {
        let reader = self.store().read().await?;
        let Some(user) = users::find(&reader, guid).await? else { return Ok(None) };
        let client = clients::find(&reader, &user.client_guid).await?;
        let rows = members::all(&reader, guid).await?;
        drop(reader);
        let mut views = Vec::with_capacity(rows.len());
        for member in rows {
            views.push(self.view(member).await?);
        }
        let client_id = client.map_or_else(String::new, |client| client.client_id);
        Ok(Some(UserPage { user, client_id, members: views }))
    }

    /// A live member of any user; none when there is no such member.
    pub async fn member_page(&self, guid: &MemberGuid) -> Result<Option<MemberPage>, Fault> {
        let catalogue = self.catalogue().await?;
        let Some(key) = self.owner_of(guid).await? else { return Ok(None) };
        let reader = self.store().read().await?;
        let Some(member) = members::find(&reader, &key.user_guid, &key.guid).await? else {
            return Ok(None);
        };
        let rows = accounts::of_member(&reader, &key.user_guid, &key.guid).await?;
        let views = rows.into_iter().map(|account| AccountView::of_member(account, &member, &catalogue));
        let accounts = views.collect::<Result<_, _>>()?;
        let open = open_questions(&reader, &member).await?;
        let since = match member.connection_status {
            Some(status) => member_history::since(&reader, &key, status).await?,
            None => None,
        };
        // A member that never left its first status has no change to be seen.
        let since = since.or_else(|| (member.aggregated_at.is_none()).then_some(member.created_at));
        let client = clients::find(&reader, &member.client_guid).await?;
        drop(reader);
        let name = catalogue.get(&member.institution_guid).map(|institution| institution.name.clone());
        Ok(Some(MemberPage {
            institution: name.unwrap_or_else(|| member.institution_guid.to_string()),
            view: self.view(member).await?,
            client_id: client.map_or_else(String::new, |client| client.client_id),
            since,
            accounts,
            questions: open.into_iter().map(OpenQuestion::view).collect(),
        }))
    }

    /// Aggregates a member of any user, as its user would.
    pub async fn aggregate_for(&self, guid: &MemberGuid) -> Result<Aggregated, StartJobError> {
        let key = self.owner_of(guid).await?.ok_or(StartJobError::NoSuchMember)?;
        let member = members::find(&*self.store().read().await?, &key.user_guid, &key.guid).await?;
        let caller = in_the_name_of(&member.ok_or(StartJobError::NoSuchMember)?);
        let all = AggregationOptions { include_holdings: true, include_transactions: true };
        self.aggregate_member(&caller, guid, all).await
    }
}
