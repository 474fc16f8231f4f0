//! Creating a member: `POST /members`, and held members of the partner face.

use std::sync::Arc;

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{InstitutionGuid, MemberGuid};
use riverbank_model::limits::{OAUTH_PENDING, THROTTLE};
use riverbank_model::use_case::UseCases;
use riverbank_model::webhook::Action;
use riverbank_store::member_credentials::{self, StoredCredential};
use riverbank_store::members::{self, Member};
use riverbank_store::{StoreError, Tx, jobs};

use super::forced::{forced_challenge, forced_status};
use super::login::LoginValues;
use super::{CredentialsError, ForcedStatusError, GivenCredential, JobRequest, MemberView, record};
use crate::fault::faults;
use crate::institutions::Institution;
use crate::oauth::{OauthError, Window, WindowRequest};
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// What a member is made of.
#[derive(Clone, Debug, Default)]
pub struct CreateMember {
    /// Where it leads to, as sent.
    pub institution_guid: String,
    /// The values of the institution's credentials.
    pub credentials: Vec<GivenCredential>,
    /// Signs in through OAuth.
    pub is_oauth: bool,
    /// The status to put it in; test institutions only.
    pub connection_status: Option<String>,
    /// The partner's id, unique within the client.
    pub external_guid: Option<String>,
    /// The institution's name when absent.
    pub name: Option<String>,
    /// Free text of the partner.
    pub metadata: Option<String>,
    /// What it is for; PFM when absent.
    pub use_cases: Option<UseCases>,
    /// Left out of background aggregation.
    pub background_aggregation_is_disabled: bool,
    /// No aggregation after creation.
    pub skip_aggregation: bool,
    /// No webhook for this creation.
    pub skip_webhook: bool,
    /// How the end user is to come back from OAuth.
    pub window: WindowRequest,
    /// Makes it a held member, under this id of the partner's.
    pub held_as: Option<String>,
}

/// Why a member cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateMemberError {
    /// The institution does not exist.
    #[error("institution_guid does not exist.")]
    UnknownInstitution,
    /// An operator lets nobody connect to it.
    #[error("Connections to this institution are stopped at present.")]
    Stopped,
    /// Neither credentials nor another way to connect.
    #[error("credentials are required unless is_oauth is true.")]
    CredentialsMissing,
    /// Credentials that are not those the institution asks for.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// A status that may not be set.
    #[error(transparent)]
    Status(#[from] ForcedStatusError),
    /// OAuth where it cannot be.
    #[error(transparent)]
    Oauth(#[from] OauthError),
    /// An empty list of use cases.
    #[error("use_cases must hold at least one use case.")]
    NoUseCases,
    /// The user has a member on the same login.
    #[error("The user already has a member at this institution with the same login.")]
    SameLogin,
    /// A member of the client has the same external id.
    #[error("external_guid is already used by another member.")]
    ExternalGuidTaken,
    /// A held member of the user has the same id.
    #[error("A member with this id already exists.")]
    IdTaken,
    /// The user has gone in the meantime.
    #[error("The user does not exist.")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateMemberError);

/// What a new member starts as.
enum Start {
    /// With credentials, and a job unless skipped.
    Credentials { fingerprint: Option<Vec<u8>> },
    /// Waiting for OAuth.
    Oauth(Window),
    /// In a status that the caller chose.
    Forced(ConnectionStatus),
}

impl Engine {
    /// Makes a member, and starts its first job unless that is skipped.
    pub async fn create_member(
        &self,
        caller: &Caller,
        request: CreateMember,
    ) -> Result<MemberView, CreateMemberError> {
        let institution = self.institution_asked_for(&request).await?;
        let start = self.check(caller, &institution, &request).await?;
        let now = self.now();
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.parts.store.write(async move |tx| {
            engine.write_new_member(tx, &caller, &institution, &request, start, now).await
        });
        let member = writing.await.map_err(|error| match error {
            CreateMemberError::Fault(Fault::Conflict(index)) if index == "members_by_login" => {
                CreateMemberError::SameLogin
            }
            other => other,
        })?;
        Ok(self.view(member).await?)
    }

    /// The institution that a new member is to lead to.
    pub(super) async fn institution_asked_for(
        &self,
        request: &CreateMember,
    ) -> Result<Arc<Institution>, CreateMemberError> {
        let guid = request.institution_guid.parse::<InstitutionGuid>();
        let guid = guid.map_err(|_| CreateMemberError::UnknownInstitution)?;
        self.catalogue().await?.get(&guid).cloned().ok_or(CreateMemberError::UnknownInstitution)
    }

    /// The status in which a member would start, by the rules that need no lock.
    pub(super) async fn first_status(
        &self,
        caller: &Caller,
        institution: &Institution,
        request: &CreateMember,
    ) -> Result<ConnectionStatus, CreateMemberError> {
        Ok(match self.check(caller, institution, request).await? {
            Start::Credentials { .. } => ConnectionStatus::Created,
            Start::Oauth(_) => ConnectionStatus::Pending,
            Start::Forced(status) => status,
        })
    }

    /// The rules that need no lock.
    async fn check(
        &self,
        caller: &Caller,
        institution: &Institution,
        request: &CreateMember,
    ) -> Result<Start, CreateMemberError> {
        if institution.is_stopped {
            return Err(CreateMemberError::Stopped);
        }
        let has_credentials = !request.credentials.is_empty();
        let status = request.connection_status.as_deref();
        let forced = forced_status(institution, status, has_credentials, request.is_oauth)?;
        if request.use_cases.is_some_and(UseCases::is_empty) {
            return Err(CreateMemberError::NoUseCases);
        }
        self.check_window(&caller.client, &request.window).await?;
        if request.is_oauth {
            if has_credentials {
                return Err(OauthError::WithCredentials.into());
            }
            if !self.offers_oauth(institution) {
                return Err(OauthError::NotSupported.into());
            }
            return Ok(Start::Oauth(Window::new(&*self.parts.secrets)));
        }
        if let Some(status) = forced {
            return Ok(Start::Forced(status));
        }
        if !has_credentials {
            return Err(CreateMemberError::CredentialsMissing);
        }
        let login = LoginValues::new(institution, &request.credentials, &[])?;
        Ok(Start::Credentials { fingerprint: login.fingerprint(self) })
    }

    /// One unit of work: the member, its credentials, its job, the audit.
    async fn write_new_member(
        &self,
        tx: &Tx,
        caller: &Caller,
        institution: &Institution,
        request: &CreateMember,
        start: Start,
        now: Timestamp,
    ) -> Result<Member, CreateMemberError> {
        // This locks the user, so that what is looked at now stays so.
        let number = members::next_number(tx, &caller.user).await?.ok_or(CreateMemberError::NoUser)?;
        if let Some(id) = &request.held_as
            && members::find_held(tx, &caller.user, id).await?.is_some()
        {
            return Err(CreateMemberError::IdTaken);
        }
        let guid: MemberGuid = self.guid_of(&caller.user, number);
        let mut member =
            new_member(caller, (&institution.guid, &institution.name), request, guid, number, now);
        if let Some(external) = &request.external_guid
            && !members::claim_external_guid(tx, &member, external).await?
        {
            return Err(CreateMemberError::ExternalGuidTaken);
        }
        let mut credentials: Vec<StoredCredential> = Vec::new();
        let mut job = None;
        match start {
            Start::Oauth(window) => {
                member.connection_status = Some(ConnectionStatus::Pending);
                member.pending_expires_at = now.checked_add(OAUTH_PENDING).ok();
                window.enter(self, &mut member)?;
            }
            Start::Forced(status) => member.connection_status = Some(status),
            Start::Credentials { fingerprint } => {
                let login = LoginValues::new(institution, &request.credentials, &[])?;
                credentials = login.sealed(self, &caller.user, &member.guid, now)?;
                if let Some(fingerprint) = fingerprint {
                    let skipped = request.skip_aggregation;
                    inherit(tx, &mut member, institution, &fingerprint, skipped, now).await?;
                    member.login_fingerprint = Some(fingerprint);
                }
                if !request.skip_aggregation {
                    job = Some(self.new_job(&mut member, JobRequest::of(caller), 1, now));
                }
            }
        }
        members::insert(tx, &member).await.map_err(|error| match error {
            // A sandbox has taken the institution away since it was looked up.
            StoreError::MissingReference => CreateMemberError::UnknownInstitution,
            other => other.into(),
        })?;
        member_credentials::store(tx, &credentials).await?;
        if let Some(job) = job {
            jobs::insert(tx, &job).await?;
            tx.wake_workers();
        }
        if member.connection_status == Some(ConnectionStatus::Challenged) {
            self.ask(tx, &mut member, None, &[forced_challenge()], now).await?;
            members::save(tx, &member).await?;
        }
        record(tx, &member, "members.create", request.skip_webhook).await?;
        let mut news = News::of_member(self, tx, &member).await?.echoing(caller.callback_payload.as_deref());
        if !request.skip_webhook {
            news.member(&member, Action::Created)?;
        }
        news.status(&member, None)?;
        news.write().await?;
        Ok(member)
    }
}

/// Takes over what a deleted member with the same login had, and has that one purged.
async fn inherit(
    tx: &Tx,
    member: &mut Member,
    institution: &Institution,
    fingerprint: &[u8],
    skipped: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (user, guid) = (&member.user_guid, &institution.guid);
    let Some(twin) = members::deleted_twin(tx, user, guid, fingerprint).await? else { return Ok(()) };
    members::purge_deleted_twins(tx, user, guid, fingerprint, now).await?;
    if skipped || (!institution.is_test && is_throttled(&twin, now)) {
        member.aggregated_at = twin.aggregated_at;
    }
    Ok(())
}

/// Whether the last success is less than the throttle window ago.
pub(super) fn is_throttled(member: &Member, now: Timestamp) -> bool {
    member.successfully_aggregated_at.is_some_and(|at| at.checked_add(THROTTLE).is_ok_and(|end| now < end))
}

pub(super) fn new_member(
    caller: &Caller,
    (institution, name): (&InstitutionGuid, &str),
    request: &CreateMember,
    guid: MemberGuid,
    number: i64,
    now: Timestamp,
) -> Member {
    Member {
        user_guid: caller.user.clone(),
        guid,
        client_guid: caller.client.clone(),
        institution_guid: institution.clone(),
        number,
        partner_id: request.held_as.clone(),
        external_guid: request.external_guid.clone(),
        name: request.name.clone().unwrap_or_else(|| name.to_owned()),
        metadata: request.metadata.clone(),
        use_cases: request.use_cases.unwrap_or(UseCases::PFM),
        background_aggregation_is_disabled: request.background_aggregation_is_disabled,
        is_oauth: request.is_oauth,
        is_managed_by_user: request.held_as.is_none(),
        connection_status: Some(ConnectionStatus::Created),
        aggregated_at: None,
        successfully_aggregated_at: None,
        most_recent_job_guid: None,
        live_job_guid: None,
        denials: 0,
        login_fingerprint: None,
        client_redirect_url: request.window.client_redirect_url.clone(),
        referral_source: request.window.referral_source.clone(),
        ui_message_webview_url_scheme: request.window.ui_message_webview_url_scheme.clone(),
        oauth_token_hash: None,
        oauth_token: None,
        oauth_skip_aggregation: request.skip_aggregation,
        challenge_expires_at: None,
        pending_expires_at: None,
        purge_at: None,
        next_refresh_at: None,
        revision: 0,
        children_made: 0,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    }
}
