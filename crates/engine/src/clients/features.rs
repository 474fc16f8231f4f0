//! What a client may use beside aggregation: `riverbank client features`.

use riverbank_model::feature::Feature;
use riverbank_model::guid::ClientGuid;
use riverbank_store::{StoreError, Tx, client_features};

use super::{ClientError, Clients, existing, record};
use crate::{Engine, Mode};

impl Clients {
    /// Switches a feature of a client on or off.
    pub async fn set_feature(
        &self,
        client_id: &str,
        feature: Feature,
        is_on: bool,
    ) -> Result<(), ClientError> {
        let now = self.clock.now();
        let client_id = client_id.to_owned();
        let written = self.store.write(async move |tx| {
            let client = existing(tx, &client_id).await?;
            client_features::set(tx, &client.guid, feature, is_on, now).await?;
            let action = if is_on { "clients.feature_on" } else { "clients.feature_off" };
            Ok::<_, ClientError>(record(tx, &client.guid, action, feature.name(), now).await?)
        });
        written.await
    }

    /// Every feature, and whether a client has it on a server of this mode.
    pub async fn features(&self, client_id: &str, mode: Mode) -> Result<Vec<(Feature, bool)>, ClientError> {
        let reader = self.store.read().await?;
        let client = existing(&reader, client_id).await?;
        let mut features = Vec::new();
        for feature in Feature::ALL {
            features.push((feature, is_on(&reader, &client.guid, feature, mode).await?));
        }
        Ok(features)
    }
}

impl Engine {
    /// Whether a client has a feature.
    pub(crate) async fn has_feature(
        &self,
        tx: &Tx,
        client: &ClientGuid,
        feature: Feature,
    ) -> Result<bool, StoreError> {
        is_on(tx, client, feature, self.mode()).await
    }
}

async fn is_on(tx: &Tx, client: &ClientGuid, feature: Feature, mode: Mode) -> Result<bool, StoreError> {
    let said = client_features::find(tx, client, feature).await?;
    Ok(said.unwrap_or(feature.is_on_at_first(mode == Mode::Sandbox)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, on_both_engines};

    on_both_engines! {
        async fn a_feature_is_as_it_was_switched_last_else_as_the_mode_has_it(bench: &Bench) {
            let clients = bench.clients();
            clients.create("acme").await.unwrap();
            clients.create("other").await.unwrap();
            let verification = async |client: &str, mode| {
                let features = clients.features(client, mode).await.unwrap();
                features.into_iter().find(|(feature, _)| *feature == Feature::Verification).unwrap().1
            };
            assert!(verification("acme", Mode::Sandbox).await && !verification("acme", Mode::Production).await);
            for is_on in [true, false, false, true] {
                clients.set_feature("acme", Feature::Verification, is_on).await.unwrap();
                for mode in [Mode::Sandbox, Mode::Production] {
                    assert_eq!(verification("acme", mode).await, is_on);
                }
                assert!(verification("other", Mode::Sandbox).await);
            }
            let unknown = clients.set_feature("nobody", Feature::Verification, true).await.unwrap_err();
            assert!(matches!(unknown, ClientError::NoSuchClient(_)));
        }
    }
}
