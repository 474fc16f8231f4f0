//! Jobs that gather more than an aggregation does: `POST /members/{member_guid}/identify`, `verify`, `extend_history` and
//! `check_balance`. They neither heed nor open the throttle window.

use riverbank_model::feature::Feature;
use riverbank_model::guid::MemberGuid;
use riverbank_model::job::JobKind;
use riverbank_model::use_case::UseCase;
use riverbank_store::Tx;
use riverbank_store::members::{self, Member};

use super::{Aggregated, JobRequest, StartJobError};
use crate::institutions::Institution;
use crate::{Caller, Engine, Fault};

/// What a kind of job asks of client and institution.
struct Terms {
    kind: JobKind,
    /// What must be on for the client.
    feature: Option<Feature>,
    /// Whether the institution has it.
    is_supported: fn(&Institution) -> bool,
    /// What the institution lacks otherwise, as the reference words it.
    what: &'static str,
    /// What the audit calls it.
    action: &'static str,
}

static IDENTIFICATION: Terms = Terms {
    kind: JobKind::Identification,
    feature: Some(Feature::Identification),
    is_supported: |institution| institution.supports_account_identification,
    what: "instant account identification",
    action: "members.identify",
};

static VERIFICATION: Terms = Terms {
    kind: JobKind::Verification,
    feature: Some(Feature::Verification),
    is_supported: |institution| institution.supports_account_verification,
    what: "instant account verification",
    action: "members.verify",
};

static HISTORY: Terms = Terms {
    kind: JobKind::History,
    feature: Some(Feature::ExtendedHistory),
    is_supported: |institution| institution.supports_transaction_history,
    what: "extended transaction history",
    action: "members.extend_history",
};

static BALANCE: Terms = Terms {
    kind: JobKind::Balance,
    feature: None,
    is_supported: |_| true,
    what: "balance checks",
    action: "members.check_balance",
};

impl Engine {
    /// Starts a job that finds out who owns the accounts of a member, and brings in transactions if they are wanted.
    pub async fn identify_member(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
        include_transactions: bool,
    ) -> Result<Aggregated, StartJobError> {
        self.gather(caller, guid, &IDENTIFICATION, include_transactions).await
    }

    /// Starts a job that finds out the numbers of the accounts of a member, and brings in transactions if they are wanted.
    pub async fn verify_member(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
        include_transactions: bool,
    ) -> Result<Aggregated, StartJobError> {
        self.gather(caller, guid, &VERIFICATION, include_transactions).await
    }

    /// Starts a job that brings in the transactions of up to 24 months.
    pub async fn extend_history(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
    ) -> Result<Aggregated, StartJobError> {
        self.gather(caller, guid, &HISTORY, true).await
    }

    /// Starts a job that looks up what the accounts of a member hold.
    pub async fn check_balance(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
    ) -> Result<Aggregated, StartJobError> {
        self.gather(caller, guid, &BALANCE, false).await
    }

    /// Whether a job of this kind may follow by itself for a locked member without a live one; what the audit calls it then.
    pub(crate) async fn may_follow(
        &self,
        tx: &Tx,
        member: &Member,
        kind: JobKind,
    ) -> Result<Option<&'static str>, Fault> {
        let institution = self.known_catalogue().get(&member.institution_guid).cloned();
        let Some(institution) = institution.filter(|institution| !institution.is_stopped) else {
            return Ok(None);
        };
        let Some(terms) = [&IDENTIFICATION, &VERIFICATION].into_iter().find(|terms| terms.kind == kind)
        else {
            let may = member.use_cases.has(UseCase::Pfm) && self.is_free(member, &institution);
            return Ok(may.then_some("members.aggregate"));
        };
        let is_on = match terms.feature {
            Some(feature) => self.has_feature(tx, &member.client_guid, feature).await?,
            None => true,
        };
        Ok((is_on && terms.check(member, &institution).is_ok()).then_some(terms.action))
    }

    async fn gather(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
        terms: &'static Terms,
        include_transactions: bool,
    ) -> Result<Aggregated, StartJobError> {
        // Before the lock: the institution may have to be read.
        self.catalogue().await?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.parts.store.write(async move |tx| {
            let member = members::lock(tx, &caller.user, &guid).await?;
            let mut member = member.ok_or(StartJobError::NoSuchMember)?;
            if let Some(feature) = terms.feature
                && !engine.has_feature(tx, &caller.client, feature).await?
            {
                return Err(StartJobError::FeatureOff);
            }
            let institution = engine.institution_of(&member)?;
            terms.check(&member, &institution)?;
            let request = JobRequest {
                kind: terms.kind,
                transactions: include_transactions,
                holdings: false,
                is_background: false,
                callback_payload: caller.callback_payload.clone(),
            };
            let changed =
                engine.start_if_it_may(tx, &mut member, &institution, request, terms.action).await?;
            Ok((member, changed))
        });
        let (member, changed) = writing.await?;
        self.started(member, changed).await
    }
}

impl Terms {
    fn check(&self, member: &Member, institution: &Institution) -> Result<(), StartJobError> {
        // Without PFM there are no transactions, of however many months.
        if self.kind == JobKind::History && !member.use_cases.has(UseCase::Pfm) {
            return Err(StartJobError::NotPfm);
        }
        if (self.is_supported)(institution) { Ok(()) } else { Err(StartJobError::NotSupported(self.what)) }
    }
}

#[cfg(test)]
mod tests;
