//! Making an address that opens pages: `POST /users/{id}/urls` of the SSO face, `POST /users/{user_guid}/widget_urls`.

use riverbank_connect::oauth::unguessable;
use riverbank_model::ExposeSecret;
use riverbank_model::feature::Feature;
use riverbank_model::guid::{ClientGuid, InstitutionGuid, MemberGuid, MicroDepositGuid, UserGuid};
use riverbank_model::job::JobKind;
use riverbank_model::limits::PAGE_ADDRESS_LIFE;
use riverbank_store::page_addresses::{self, PageAddress};
use riverbank_store::{StoreError, Tx, audit, members, micro_deposits, users};

use super::PageOptions;
use crate::clients::Partner;
use crate::fault::faults;
use crate::oauth::OauthError;
use crate::{Engine, Fault, tokens};

/// How a partner names the user that the pages are for.
#[derive(Clone, Debug)]
pub enum Whose {
    /// By the partner's own id.
    Id(String),
    /// By ours.
    Guid(UserGuid),
}

/// A fresh address.
#[derive(Clone, Debug)]
pub struct CreatedPage {
    /// Where to send the end user.
    pub url: String,
    /// The partner's own id of the user.
    pub user_id: String,
}

/// Why there is no address.
#[derive(Debug, thiserror::Error)]
pub enum CreatePageError {
    /// The client has no such user.
    #[error("User not found.")]
    NoSuchUser,
    /// The user has no such member.
    #[error("current_member_guid: the user has no such member.")]
    NoSuchMember,
    /// The user has no such micro deposit.
    #[error("current_microdeposit_guid: the user has no such micro deposit.")]
    NoSuchMicroDeposit,
    /// The institution that it names does not exist.
    #[error("{0}: there is no such institution.")]
    NoSuchInstitution(&'static str),
    /// A site that is not registered.
    #[error("target_origin_referrer is not registered for this client.")]
    OriginNotRegistered,
    /// The client may not find out what the pages are to find out.
    #[error("The feature is not on for the client.")]
    FeatureOff,
    /// A way back from OAuth that cannot be.
    #[error(transparent)]
    Window(#[from] OauthError),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreatePageError);

impl Engine {
    /// An address that opens the pages once, within ten minutes, in the name of the user.
    pub async fn create_page(
        &self,
        partner: &Partner,
        whose: Whose,
        options: PageOptions,
    ) -> Result<CreatedPage, CreatePageError> {
        self.check_window(&partner.guid, &options.window()).await?;
        self.check_institution(&options).await?;
        if let Some(origin) = &options.target_origin_referrer
            && !self.is_origin_of(&partner.guid, origin).await?
        {
            return Err(CreatePageError::OriginNotRegistered);
        }
        let token = unguessable(&*self.parts.secrets);
        let url = format!("{}/connect/{}", self.settings().public_url, token.expose_secret());
        let (hash, now) = (tokens::hash(&token), self.now());
        let expires_at = now.saturating_add(PAGE_ADDRESS_LIFE).map_err(Fault::internal)?;
        let (engine, client) = (self.clone(), partner.guid.clone());
        let writing = self.store().write(async move |tx| {
            let user = match &whose {
                Whose::Id(id) => users::find_by_partner_id(tx, &client, id).await?,
                Whose::Guid(guid) => users::find(tx, guid).await?,
            };
            let user = user.filter(|user| user.client_guid == client).ok_or(CreatePageError::NoSuchUser)?;
            check_member(tx, &user.guid, &options).await?;
            check_micro_deposit(tx, &user.guid, &options).await?;
            engine.check_features(tx, &client, &options).await?;
            let options = serde_json::to_string(&options).map_err(Fault::internal)?;
            let address = PageAddress { hash, user_guid: user.guid.clone(), options, expires_at };
            match page_addresses::insert(tx, &address).await {
                // Deleted since it was read.
                Err(StoreError::MissingReference) => return Err(CreatePageError::NoSuchUser),
                written => written?,
            }
            let row = audit::AuditRow {
                at: now,
                client_guid: client,
                subject: user.guid.to_string(),
                user_guid: Some(user.guid),
                action: "pages.create".to_owned(),
                detail: "{}".to_owned(),
            };
            audit::insert(tx, &row).await?;
            Ok(user.partner_id)
        });
        Ok(CreatedPage { user_id: writing.await?, url })
    }

    async fn check_features(
        &self,
        tx: &Tx,
        client: &ClientGuid,
        options: &PageOptions,
    ) -> Result<(), CreatePageError> {
        for kind in options.gathers() {
            let feature = match kind {
                JobKind::Verification => Feature::Verification,
                JobKind::Identification => Feature::Identification,
                _ => continue,
            };
            if !self.has_feature(tx, client, feature).await? {
                return Err(CreatePageError::FeatureOff);
            }
        }
        Ok(())
    }

    async fn check_institution(&self, options: &PageOptions) -> Result<(), CreatePageError> {
        let (guid, code) = (&options.current_institution_guid, &options.current_institution_code);
        if guid.is_none() && code.is_none() {
            return Ok(());
        }
        let catalogue = self.catalogue().await?;
        let is_known =
            |guid: &String| guid.parse::<InstitutionGuid>().is_ok_and(|guid| catalogue.get(&guid).is_some());
        if guid.as_ref().is_some_and(|guid| !is_known(guid)) {
            return Err(CreatePageError::NoSuchInstitution("current_institution_guid"));
        }
        if code.as_ref().is_some_and(|code| catalogue.by_code(code).is_none()) {
            return Err(CreatePageError::NoSuchInstitution("current_institution_code"));
        }
        Ok(())
    }
}

async fn check_member(tx: &Tx, user: &UserGuid, options: &PageOptions) -> Result<(), CreatePageError> {
    let Some(member) = &options.current_member_guid else { return Ok(()) };
    let Ok(member) = member.parse::<MemberGuid>() else { return Err(CreatePageError::NoSuchMember) };
    let found = members::find(tx, user, &member).await?;
    found.map(drop).ok_or(CreatePageError::NoSuchMember)
}

async fn check_micro_deposit(tx: &Tx, user: &UserGuid, options: &PageOptions) -> Result<(), CreatePageError> {
    let Some(guid) = &options.current_microdeposit_guid else { return Ok(()) };
    let Ok(guid) = guid.parse::<MicroDepositGuid>() else { return Err(CreatePageError::NoSuchMicroDeposit) };
    let found = micro_deposits::find(tx, user, &guid).await?;
    found.map(drop).ok_or(CreatePageError::NoSuchMicroDeposit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::PageMode;
    use crate::testing::{Backend, Bench};

    async fn refused(bench: &Bench, options: PageOptions) -> String {
        let (acme, _) = bench.user("acme", "U-1").await;
        let refused = bench.engine.create_page(&acme, Whose::Id("U-1".to_owned()), options).await;
        refused.unwrap_err().to_string()
    }

    #[tokio::test]
    async fn what_an_address_names_must_be_there() {
        let bench = Bench::with_test_banks(Backend::Sqlite).await;
        let text = || Some("INS-00000000-0000-4000-8000-000000000000".to_owned());
        let options = PageOptions { current_institution_guid: text(), ..PageOptions::default() };
        assert_eq!(refused(&bench, options).await, "current_institution_guid: there is no such institution.");
        let options = PageOptions { current_institution_code: text(), ..PageOptions::default() };
        assert_eq!(refused(&bench, options).await, "current_institution_code: there is no such institution.");
        let options = PageOptions { current_member_guid: text(), ..PageOptions::default() };
        assert_eq!(refused(&bench, options).await, "current_member_guid: the user has no such member.");
        let options = PageOptions { current_microdeposit_guid: text(), ..PageOptions::default() };
        assert_eq!(
            refused(&bench, options).await,
            "current_microdeposit_guid: the user has no such micro deposit."
        );
        let theirs = bench.session("acme", "U-2").await.caller;
        let theirs = bench.mx_bank_member(&theirs, "any").await.member.guid.to_string();
        let options = PageOptions { current_member_guid: Some(theirs), ..PageOptions::default() };
        assert_eq!(refused(&bench, options).await, "current_member_guid: the user has no such member.");
        let site = Some("https://evil.example".to_owned());
        let options = PageOptions { target_origin_referrer: site, ..PageOptions::default() };
        assert_eq!(
            refused(&bench, options).await,
            "target_origin_referrer is not registered for this client."
        );
        let redirect = Some("https://evil.example/".to_owned());
        let options = PageOptions { client_redirect_url: redirect, ..PageOptions::default() };
        assert_eq!(refused(&bench, options).await, "client_redirect_url is not registered for this client.");
    }

    #[tokio::test]
    async fn pages_find_out_only_what_the_client_may() {
        let bench = Bench::on(Backend::Sqlite).await;
        let verification = PageOptions { mode: PageMode::Verification, ..PageOptions::default() };
        let identity = PageOptions { include_identity: true, ..PageOptions::default() };
        let (acme, _) = bench.user("acme", "U-1").await;
        for (options, feature) in [(verification, Feature::Verification), (identity, Feature::Identification)]
        {
            let whose = || Whose::Id("U-1".to_owned());
            assert!(bench.engine.create_page(&acme, whose(), options.clone()).await.is_ok());
            bench.clients().set_feature("acme", feature, false).await.unwrap();
            assert_eq!(refused(&bench, options).await, "The feature is not on for the client.");
        }
    }

    #[tokio::test]
    async fn an_address_is_for_a_user_of_the_client() {
        let bench = Bench::on(Backend::Sqlite).await;
        let (acme, user) = bench.user("acme", "U-1").await;
        let other = bench.partner("other").await;
        for (partner, whose, is_made) in [
            (&acme, Whose::Id("U-1".to_owned()), true),
            (&acme, Whose::Guid(user.guid.clone()), true),
            (&acme, Whose::Id("U-2".to_owned()), false),
            (&other, Whose::Id("U-1".to_owned()), false),
            (&other, Whose::Guid(user.guid.clone()), false),
        ] {
            let made = bench.engine.create_page(partner, whose.clone(), PageOptions::default()).await;
            match made {
                Ok(made) => {
                    assert!(is_made, "{whose:?}");
                    assert_eq!(made.user_id, "U-1");
                    assert!(made.url.starts_with("http://127.0.0.1:8040/connect/"), "{}", made.url);
                    assert_eq!(made.url.rsplit('/').next().unwrap().len(), 43);
                }
                Err(error) => assert!(matches!(error, CreatePageError::NoSuchUser) && !is_made, "{whose:?}"),
            }
        }
    }
}
