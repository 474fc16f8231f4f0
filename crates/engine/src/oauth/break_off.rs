//! Ways that a fault of ours breaks off.

use riverbank_model::oauth::{AuthStatus, OauthErrorReason};
use riverbank_store::oauth_states::{self, OauthState};

use super::{OauthEnd, Outcome};
use crate::{Engine, Fault};

impl Engine {
    /// The end of a way whose end could not be written. The database may have taken it, and only its answer was lost;
    /// else it is a server error, and the way ends by itself if that cannot be written either.
    pub(super) async fn break_off(&self, state: &OauthState, fault: &Fault) -> OauthEnd {
        fault.log("the end of a way to an institution could not be written");
        match self.known_success(state).await {
            Ok(Some(end)) => return end,
            Ok(None) => {}
            Err(fault) => fault.log("a way to an institution could not be looked at"),
        }
        let reason = OauthErrorReason::ServerError;
        self.end_in_error(state, reason)
            .await
            .unwrap_or_else(|_| OauthEnd::of(state, state.member_guid.clone(), Outcome::Error(reason)))
    }

    async fn known_success(&self, state: &OauthState) -> Result<Option<OauthEnd>, Fault> {
        let reader = self.store().read().await?;
        let known = oauth_states::find(&reader, &state.user_guid, &state.guid).await?;
        let inbound = known
            .filter(|known| known.auth_status == AuthStatus::Success)
            .and_then(|known| known.inbound_member_guid);
        Ok(inbound.map(|inbound| OauthEnd::of(state, inbound, Outcome::Success)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::members::CreateMember;
    use crate::oauth::Way;
    use crate::testing::{Backend, Bench, way_of};

    /// A way of a new member, as it was when its end user came back.
    async fn under_way(bench: &Bench) -> OauthState {
        let caller = bench.session("acme", "u").await.caller;
        let catalogue = bench.engine.catalogue().await.unwrap();
        let institution_guid = catalogue.by_code("mx_bank_oauth").unwrap().guid.to_string();
        let request = CreateMember { institution_guid, is_oauth: true, ..CreateMember::default() };
        let member = bench.engine.create_member(&caller, request).await.unwrap().member;
        way_of(member.user_guid, member.guid, bench.engine.now())
    }

    /// What the end user is told where the database holds the way as it is `known`, and what it then holds.
    async fn broken_off(backend: Backend, known: impl FnOnce(&mut OauthState)) -> (OauthEnd, OauthState) {
        let bench = Bench::with_test_banks(backend).await;
        let state = under_way(&bench).await;
        let mut row = state.clone();
        known(&mut row);
        let writing = bench.engine.store().write(async move |tx| oauth_states::insert(tx, &row).await);
        writing.await.unwrap();
        let end = bench.engine.break_off(&state, &Fault::internal("the database had enough")).await;
        assert_eq!(end.way, Way::Page);
        let reader = bench.engine.store().read().await.unwrap();
        let left = oauth_states::find(&reader, &state.user_guid, &state.guid).await.unwrap();
        (end, left.unwrap())
    }

    async fn a_way_that_breaks_off(backend: Backend) {
        let (end, left) = broken_off(backend, |_| {}).await;
        let reason = OauthErrorReason::ServerError;
        assert_eq!(end.outcome, Outcome::Error(reason));
        assert_eq!((left.auth_status, left.error_reason), (AuthStatus::Errored, Some(reason)));

        let (end, left) = broken_off(backend, |state| {
            state.auth_status = AuthStatus::Success;
            state.inbound_member_guid = Some(state.member_guid.clone());
        })
        .await;
        assert_eq!(end.outcome, Outcome::Success);
        assert_eq!(left.auth_status, AuthStatus::Success);
    }

    #[tokio::test]
    async fn a_way_that_breaks_off_is_a_server_error_unless_the_database_took_its_success_on_sqlite() {
        a_way_that_breaks_off(Backend::Sqlite).await;
    }

    #[tokio::test]
    async fn a_way_that_breaks_off_is_a_server_error_unless_the_database_took_its_success_on_postgres() {
        a_way_that_breaks_off(Backend::Postgres).await;
    }
}
