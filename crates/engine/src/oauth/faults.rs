//! The exchange of a code, and what a test author has planned to go wrong with it.

use riverbank_connect::BankRefusal;
use riverbank_connect::oauth::OauthFailure;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::InstitutionGuid;
use riverbank_model::oauth::OauthErrorReason;
use riverbank_store::faults;
use riverbank_store::oauth_states::OauthState;

use super::start::reason_of;
use crate::control::{Call, Effect, Struck, befall};
use crate::{Engine, Fault, Mode};

impl Engine {
    /// Waits for what a code is worth. In a sandbox, what is planned happens to the exchange.
    pub(super) async fn exchange_code<T>(
        &self,
        state: &OauthState,
        institution: &InstitutionGuid,
        answer: impl Future<Output = Result<T, OauthFailure>>,
    ) -> Result<T, OauthErrorReason> {
        let planned = match self.mode() {
            Mode::Sandbox => self.exchange_struck_by(state, institution).await,
            Mode::Production => Ok(Vec::new()),
        };
        let planned = planned.map_err(|fault| {
            fault.log("a code could not be exchanged");
            OauthErrorReason::ServerError
        })?;
        match befall(planned, async { Ok(answer.await) }).await {
            Ok(Ok(worth)) => Ok(worth),
            Ok(Err(failure)) => {
                tracing::warn!(member = %state.member_guid, %failure, "a code could not be exchanged");
                Err(reason_of(&failure))
            }
            Err(BankRefusal { status: ConnectionStatus::Denied, .. }) => Err(OauthErrorReason::Denied),
            Err(BankRefusal { status: ConnectionStatus::Impeded, .. }) => Err(OauthErrorReason::Impeded),
            Err(_) => Err(OauthErrorReason::ProviderError),
        }
    }

    async fn exchange_struck_by(
        &self,
        state: &OauthState,
        institution: &InstitutionGuid,
    ) -> Result<Vec<Effect>, Fault> {
        let possible =
            faults::of_visit(&*self.store().read().await?, institution, &state.member_guid).await?;
        if possible.is_empty() {
            return Ok(Vec::new());
        }
        let (engine, institution) = (self.clone(), institution.clone());
        let (member, way) = (state.member_guid.clone(), state.guid.clone());
        let write = self.store().write(async move |tx| {
            engine.strike(tx, &institution, &member, Call::Exchange, &Struck::Way(&way)).await
        });
        write.await
    }
}
