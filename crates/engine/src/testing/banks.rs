//! Test banks on a bench, and members at them.

use std::sync::Arc;

use riverbank_connect::script::ScriptConnector;
use riverbank_model::guid::Guid;
use tokio::sync::watch;

use super::{Backend, Bench};
use crate::aggregation::Connectors;
use crate::members::{CreateMember, GivenCredential, MemberView};
use crate::{Caller, Engine};

impl Bench {
    /// A bench with the shipped test banks and the way to them.
    pub async fn with_test_banks(backend: Backend) -> Self {
        let connectors = Connectors::default().with("script", Arc::new(ScriptConnector));
        let bench = Self::with(backend, connectors).await;
        bench.engine.load_test_banks().await.expect("the test banks");
        bench
    }

    /// A new member of a user at MX Bank, its first job waiting to be run. Test banks must be loaded.
    pub async fn mx_bank_member(&self, caller: &Caller, password: &str) -> MemberView {
        let catalogue = self.engine.catalogue().await.expect("a catalogue");
        let bank = catalogue.by_code("mxbank").expect("MX Bank");
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
        let workers = tokio::spawn(Engine::run_workers(self.engine.clone(), "bench".to_owned(), stopped));
        self.engine.run_due().await.expect("the jobs");
        stop.send(true).expect("workers that listen");
        workers.await.expect("workers that end");
    }
}

/// An id that nothing has.
pub fn nobodys<G: Guid>() -> G {
    G::trusted(format!("{}-00000000-0000-4000-8000-000000000000", G::PREFIX))
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
