//! The member that holds what a user makes by hand: made when it is first needed, of an institution that is not one.

use jiff::Timestamp;
use riverbank_model::guid::{Guid as _, InstitutionGuid, MemberGuid};
use riverbank_model::webhook::Action;
use riverbank_store::institutions::{self, InstitutionRow};
use riverbank_store::members::{self, Member};
use riverbank_store::{StoreError, Tx};

use super::create::new_member;
use super::{CreateMember, record};
use crate::institutions::MANUAL;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// The user has gone in the meantime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such user")]
pub(crate) struct NoSuchUser;

const NAME: &str = "Manual Institution";
const CODE: &str = "manual_institution";
/// Served by nothing.
const CONNECTOR: &str = "manual";

impl Engine {
    /// The caller's member for what is made by hand, locked. It has no status and no credentials: nothing aggregates it.
    pub(crate) async fn manual_member(
        &self,
        tx: &Tx,
        caller: &Caller,
        skip_webhook: bool,
    ) -> Result<Result<Member, NoSuchUser>, Fault> {
        let institution = InstitutionGuid::trusted(MANUAL.to_owned());
        if let Some(member) = members::lock_manual(tx, &caller.user, &institution).await? {
            return Ok(Ok(member));
        }
        // The user's counter is held from here on, so that two first accounts make one member.
        let Some(number) = members::next_number(tx, &caller.user).await? else { return Ok(Err(NoSuchUser)) };
        if let Some(member) = members::lock_manual(tx, &caller.user, &institution).await? {
            return Ok(Ok(member));
        }
        let now = self.now();
        let institution = manual_institution(tx, institution, now).await?;
        let guid: MemberGuid = self.guid_of(&caller.user, number);
        let request = CreateMember::default();
        let mut member =
            new_member(caller, (&institution.guid, &institution.name), &request, guid, number, now);
        member.connection_status = None;
        member.background_aggregation_is_disabled = true;
        members::insert(tx, &member).await?;
        record(tx, &member, "members.create", skip_webhook).await?;
        if !skip_webhook {
            let mut news = News::of_member(self, tx, &member).await?;
            news.member(&member, Action::Created)?;
            news.write().await?;
        }
        Ok(Ok(member))
    }
}

/// The institution of all that is made by hand; written when the first user needs it.
async fn manual_institution(
    tx: &Tx,
    guid: InstitutionGuid,
    now: Timestamp,
) -> Result<InstitutionRow, StoreError> {
    institutions::lock(tx).await?;
    if let Some(known) = institutions::find(tx, &guid).await? {
        return Ok(known);
    }
    let row = InstitutionRow {
        guid,
        code: CODE.to_owned(),
        name: NAME.to_owned(),
        url: None,
        keywords: "[]".to_owned(),
        countries: "[]".to_owned(),
        popularity: 0,
        is_test: false,
        is_hidden: true,
        background_aggregation_is_disabled: true,
        supports_account_identification: false,
        supports_account_verification: false,
        supports_oauth: false,
        supports_transaction_history: false,
        account_types: 0,
        instructions: None,
        forgot_password_url: None,
        forgot_username_url: None,
        trouble_signing_in_url: None,
        medium_logo_url: None,
        small_logo_url: None,
        connector: CONNECTOR.to_owned(),
        settings: String::new(),
        created_at: now,
        updated_at: now,
    };
    institutions::store(tx, std::slice::from_ref(&row)).await?;
    institutions::raise_version(tx).await?;
    Ok(row)
}
