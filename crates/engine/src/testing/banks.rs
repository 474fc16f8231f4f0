//! Test banks on a bench, and members at them.

use std::sync::Arc;

use jiff::Timestamp;
use riverbank_connect::catalogue::parse;
use riverbank_connect::script::ScriptConnector;
use riverbank_model::guid::Guid;
#[cfg(test)]
use riverbank_model::guid::{MemberGuid, UserGuid};
#[cfg(test)]
use riverbank_model::limits::OAUTH_PENDING;
#[cfg(test)]
use riverbank_model::oauth::AuthStatus;
use riverbank_store::jobs::{self, Claim, ClaimTerms};
#[cfg(test)]
use riverbank_store::oauth_states::OauthState;
use tokio::sync::watch;

use super::{Backend, Bench};
use crate::aggregation::{Connectors, Steps};
use crate::institutions::load;
use crate::members::{CreateMember, GivenCredential, MemberView};
use crate::schedule::Patience;
use crate::{Caller, Engine};

impl Bench {
    /// A bench with the way to test banks, and no bank.
    pub async fn scripted(backend: Backend) -> Self {
        let connectors = Connectors::default().with("script", Arc::new(ScriptConnector::default()));
        Self::with(backend, connectors).await
    }

    /// A bench with the shipped test banks and the way to them.
    pub async fn with_test_banks(backend: Backend) -> Self {
        let bench = Self::scripted(backend).await;
        bench.engine.load_test_banks().await.expect("the test banks");
        bench
    }

    /// A bench with the banks of a catalogue file, which have scripts.
    pub async fn with_banks(backend: Backend, catalogue: &str) -> Self {
        let bench = Self::scripted(backend).await;
        let banks = parse(catalogue).expect("a catalogue file");
        load(bench.engine.store(), &banks, bench.engine.now()).await.expect("the banks");
        bench
    }

    /// A new member of a user at MX Bank, its first job waiting to be run. Test banks must be loaded.
    pub async fn mx_bank_member(&self, caller: &Caller, password: &str) -> MemberView {
        self.member_at("mxbank", caller, password).await
    }

    /// The same at the bank with this code, which asks for a login and a password.
    pub async fn member_at(&self, bank: &str, caller: &Caller, password: &str) -> MemberView {
        let catalogue = self.engine.catalogue().await.expect("a catalogue");
        let bank = catalogue.by_code(bank).expect("a bank");
        let values = ["mxuser", password];
        let credentials = bank.credentials.iter().zip(values).map(|(field, value)| GivenCredential {
            guid: field.guid.to_string(),
            value: value.to_owned().into(),
        });
        let request = CreateMember {
            institution_guid: bank.guid.to_string(),
            credentials: credentials.collect(),
            ..CreateMember::default()
        };
        self.engine.create_member(caller, request).await.expect("a member")
    }

    /// Runs the jobs that are due, and those that follow from them.
    pub async fn run_jobs(&self) {
        let (stop, stopped) = watch::channel(false);
        let workers =
            tokio::spawn(Engine::run_workers(self.engine.clone(), "bench".to_owned(), stopped.clone()));
        // What falls due is waited for, webhooks among it.
        let senders =
            tokio::spawn(Engine::run_deliveries(self.engine.clone(), "bench".to_owned(), stopped.clone()));
        let carrying = tokio::spawn(Engine::run_deliverables(self.engine.clone(), stopped));
        self.run_due().await;
        stop.send(true).expect("workers that listen");
        workers.await.expect("workers that end");
        senders.await.expect("senders that end");
        carrying.await.expect("senders that end");
    }

    /// Does all that is due now, and waits for the workers and senders that run.
    pub async fn run_due(&self) {
        let mut patience = Patience::of_a_test();
        self.engine.run_due_with(&mut patience).await.expect("what is due");
        assert!(!patience.is_lost(), "what is due is not done");
    }

    /// Takes the jobs that are due, as a worker does, and holds them.
    pub async fn take_jobs(&self) -> TakenJobs {
        let (now, lease) = (self.engine.now(), self.lease);
        let taking = self.engine.store().write(async move |tx| {
            let terms = ClaimTerms { owner: OWNER, limit: MOST_JOBS, per_institution: MOST_JOBS, lease, now };
            jobs::claim(tx, &terms).await
        });
        TakenJobs(taking.await.expect("the jobs"))
    }

    /// Walks jobs that were taken to where they stop.
    pub async fn finish_jobs(&self, taken: TakenJobs) {
        for claim in &taken.0 {
            self.engine.run_job(claim, OWNER, &Steps::default()).await.expect("a run");
        }
    }

    /// Does what is due without a job, such as expiries, purges, and the start of refreshes; how much that was.
    pub async fn sweep(&self) -> usize {
        self.engine.sweep().await.expect("a sweep")
    }

    /// The next moment at which something falls due.
    pub async fn next_due(&self) -> Option<Timestamp> {
        self.engine.next_due(self.engine.now()).await.expect("what is due")
    }
}

/// Who takes the jobs of a bench that runs no workers, and how many at once.
const OWNER: &str = "bench";
const MOST_JOBS: i64 = 100;

/// Jobs that a bench holds.
#[derive(Debug, Default)]
pub struct TakenJobs(Vec<Claim>);

impl TakenJobs {
    /// Holds these as well.
    pub fn add(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An id that nothing has.
pub fn nobodys<G: Guid>() -> G {
    G::trusted(format!("{}-00000000-0000-4000-8000-000000000000", G::PREFIX))
}

/// A way to an institution as it is when the end user comes back.
#[cfg(test)]
pub(crate) fn way_of(user_guid: UserGuid, member_guid: MemberGuid, now: Timestamp) -> OauthState {
    OauthState {
        user_guid,
        guid: nobodys(),
        member_guid,
        inbound_member_guid: None,
        auth_status: AuthStatus::Pending,
        error_reason: None,
        state_hash: None,
        browser_hash: None,
        attempt: None,
        client_redirect_url: None,
        referral_source: None,
        ui_message_webview_url_scheme: None,
        skip_aggregation: false,
        due_at: now.checked_add(OAUTH_PENDING).expect("a time in range"),
        first_retrieved_at: None,
        created_at: now,
        updated_at: now,
    }
}

#[cfg(test)]
mod tests {
    use riverbank_model::guid::AccountGuid;

    use super::*;

    #[tokio::test]
    async fn an_aggregation_at_mx_bank_brings_in_six_accounts() {
        let bench = Bench::with_test_banks(Backend::Sqlite).await;
        let caller = bench.session("acme", "u").await.caller;
        bench.mx_bank_member(&caller, "any").await;
        bench.run_jobs().await;
        let reader = bench.engine.store().read().await.unwrap();
        let filter = riverbank_store::accounts::AccountFilter::default();
        let page = riverbank_store::page::Page::ALL;
        let (accounts, _) =
            riverbank_store::accounts::list(&reader, &caller.user, filter, page).await.unwrap();
        assert_eq!(accounts.len(), 6);
        assert_ne!(accounts[0].guid, nobodys::<AccountGuid>());
    }
}
