//! The members of the static test endpoints, and what calls seem to make of them.

use riverbank_model::ExposeSecret;
use riverbank_model::connection::{ConnectionStatus, Group, Startable};
use riverbank_model::guid;
use riverbank_model::use_case::UseCases;
use riverbank_store::challenges::OpenChallenge;
use riverbank_store::jobs::Job;
use riverbank_store::members::Member;

use super::create::new_member;
use super::forced::{forced_challenge, forced_status};
use super::login::check_given;
use super::resume::check;
use super::update::set_plain_fields;
use super::{
    Aggregated, ChallengeView, CreateCredentialError, CreateMember, CreateMemberError, GivenAnswer,
    GivenCredential, JobRequest, MemberView, OpenQuestion, ResumeError, StoredCredentialView, UpdateMember,
    UpdateMemberError,
};
use crate::fixed::{AT, FixedMember, caller};
use crate::institutions::Institution;
use crate::{Engine, Fault};

impl FixedMember {
    /// Its one question, while it is CHALLENGED.
    fn question(self) -> Option<OpenQuestion> {
        let row = OpenChallenge {
            user_guid: caller().user,
            member_guid: self.guid(),
            guid: self.challenge_guid(),
            job_guid: Some(self.job_guid()),
            position: 1,
            question: String::new(),
            answer: None,
            created_at: AT,
        };
        let open = OpenQuestion { row, challenge: forced_challenge() };
        (self.status() == ConnectionStatus::Challenged).then_some(open)
    }

    /// Its questions, while it is CHALLENGED.
    pub fn challenges(self) -> Option<Vec<ChallengeView>> {
        self.question().map(|open| vec![open.view()])
    }
}

impl Engine {
    /// A member as reads show it.
    pub async fn fixed_member(&self, fixed: FixedMember) -> Result<MemberView, Fault> {
        self.view(self.fixed_row(fixed).await?.0).await
    }

    /// A member and its newest job.
    pub(crate) async fn fixed_row(&self, fixed: FixedMember) -> Result<(Member, Job), Fault> {
        let institution = self.fixed_institution().await?;
        Ok(self.dressed(fixed, &institution, &CreateMember::default()))
    }

    fn dressed(
        &self,
        fixed: FixedMember,
        institution: &Institution,
        request: &CreateMember,
    ) -> (Member, Job) {
        let mut member =
            new_member(&caller(), (&institution.guid, &institution.name), request, fixed.guid(), 1, AT);
        let job = Job { guid: fixed.job_guid(), ..self.new_job(&mut member, JobRequest::default(), 1, AT) };
        member.most_recent_job_guid = Some(fixed.job_guid());
        member.live_job_guid = fixed.is_being_aggregated().then(|| fixed.job_guid());
        member.connection_status = Some(fixed.status());
        member.aggregated_at = (fixed.status() != ConnectionStatus::Created).then_some(AT);
        member.successfully_aggregated_at = (fixed.status().group() == Group::Connected).then_some(AT);
        (member, job)
    }

    /// The member that a request would have made, under the id of `test_member`.
    pub async fn create_fixed_member(&self, request: CreateMember) -> Result<MemberView, CreateMemberError> {
        let institution = self.institution_asked_for(&request).await?;
        let status = self.first_status(&caller(), &institution, &request).await?;
        let made = FixedMember::TEST_MEMBER.moved_to(status);
        let (mut member, _) = self.dressed(made, &institution, &request);
        member.aggregated_at = None;
        member.successfully_aggregated_at = None;
        let starts = status == ConnectionStatus::Created && !request.skip_aggregation;
        if !starts {
            member.live_job_guid = None;
            member.most_recent_job_guid = None;
        }
        Ok(self.view(member).await?)
    }

    /// The member that an update would have made of a member.
    pub async fn update_fixed_member(
        &self,
        fixed: FixedMember,
        request: UpdateMember,
    ) -> Result<MemberView, UpdateMemberError> {
        if request.use_cases.is_some_and(UseCases::is_empty) {
            return Err(UpdateMemberError::NoUseCases);
        }
        let institution = self.fixed_institution().await?;
        let has_credentials = !request.credentials.is_empty();
        let forced =
            forced_status(&institution, request.connection_status.as_deref(), has_credentials, false)?;
        let status = match (&request.credentials[..], fixed.question()) {
            ([], _) => forced.unwrap_or(fixed.status()),
            ([given], Some(open)) if open.row.guid.as_str() == given.guid => ConnectionStatus::Resumed,
            (given, _) => {
                check_given(&institution, given)?;
                ConnectionStatus::Updated
            }
        };
        let (mut member, _) = self.dressed(fixed.moved_to(status), &institution, &CreateMember::default());
        set_plain_fields(&mut member, &request);
        if request.external_guid.is_some() {
            member.external_guid = request.external_guid;
        }
        if request.skip_aggregation && status == ConnectionStatus::Updated {
            member.live_job_guid = None;
        }
        member.revision += 1;
        Ok(self.view(member).await?)
    }

    /// The member that the answers to its question would have made of a member.
    pub async fn resume_fixed_member(
        &self,
        fixed: FixedMember,
        answers: &[GivenAnswer],
    ) -> Result<MemberView, ResumeError> {
        let open = fixed.question().ok_or(ResumeError::NotChallenged)?;
        check(std::slice::from_ref(&open), answers)?;
        if answers.is_empty() {
            return Err(ResumeError::Unanswered(format!("{} ({})", open.challenge.label, open.row.guid)));
        }
        Ok(self.fixed_member(fixed.moved_to(ConnectionStatus::Resumed)).await?)
    }

    /// The member that an aggregation would have made of a member.
    pub async fn aggregate_fixed_member(&self, fixed: FixedMember) -> Result<Aggregated, Fault> {
        let (mut member, _) = self.fixed_row(fixed).await?;
        if fixed.is_being_aggregated() || fixed.status().startable() == Startable::No {
            return Ok(Aggregated::Unchanged(self.view(member).await?));
        }
        member.live_job_guid = Some(fixed.job_guid());
        Ok(Aggregated::Changed(self.view(member).await?))
    }

    /// The value that would have been stored for a member.
    pub async fn create_fixed_credential(
        &self,
        fixed: FixedMember,
        given: &GivenCredential,
    ) -> Result<StoredCredentialView, CreateCredentialError> {
        if given.value.expose_secret().is_empty() {
            return Err(CreateCredentialError::Empty);
        }
        let institution = self.fixed_institution().await?;
        let asked = fixed.question().map(|open| open.row.guid).filter(|guid| guid.as_str() == given.guid);
        if asked.is_none() {
            check_given(&institution, std::slice::from_ref(given))?;
        }
        let mut fields = institution.credentials.iter().map(|field| &field.guid);
        let credential_guid = asked.or_else(|| fields.find(|guid| guid.as_str() == given.guid).cloned());
        let credential_guid =
            credential_guid.ok_or_else(|| Fault::internal("a checked credential is not there"))?;
        Ok(StoredCredentialView {
            guid: guid::fixed(&[fixed.guid().as_str(), credential_guid.as_str()]),
            credential_guid,
            member_guid: fixed.guid(),
            created_at: AT,
            updated_at: AT,
        })
    }
}
