//! Who calls the partner face: the client in the address must show its own key.

use riverbank_model::SecretText;
use riverbank_store::clients;
use subtle::ConstantTimeEq;

use super::Partner;
use crate::{Engine, Fault, tokens};

impl Engine {
    /// The client with this id, if the key is its own and it is not disabled. An unknown client, another client's
    /// key and a wrong one are not told apart.
    pub async fn authenticate_client(
        &self,
        client_id: &str,
        api_key: &SecretText,
    ) -> Result<Option<Partner>, Fault> {
        let reader = self.store().read().await?;
        let client = clients::find_by_id(&reader, client_id).await?;
        let stored: &[u8] = client.as_ref().map_or(&[], |client| &client.api_key_hash);
        let matches = bool::from(tokens::hash(api_key).ct_eq(stored));
        Ok(client
            .filter(|client| matches && !client.is_disabled)
            .map(|client| Partner { guid: client.guid, client_id: client.client_id }))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Bench, on_both_engines};

    on_both_engines! {
        async fn a_client_is_known_by_its_own_key_only(bench: &Bench) {
            let clients = bench.clients();
            let acme = clients.create("acme").await.unwrap();
            let other = clients.create("other").await.unwrap();
            let engine = &bench.engine;
            let known = engine.authenticate_client("acme", &acme.api_key).await.unwrap().unwrap();
            assert_eq!((known.guid, known.client_id.as_str()), (acme.guid, "acme"));
            assert_eq!(engine.authenticate_client("acme", &other.api_key).await.unwrap(), None);
            assert_eq!(engine.authenticate_client("acme", &"".into()).await.unwrap(), None);
            assert_eq!(engine.authenticate_client("nobody", &acme.api_key).await.unwrap(), None);
        }

        async fn a_rotated_key_takes_the_place_of_the_old_one(bench: &Bench) {
            let clients = bench.clients();
            let old = clients.create("acme").await.unwrap().api_key;
            let new = clients.rotate_key("acme").await.unwrap();
            assert_eq!(bench.engine.authenticate_client("acme", &old).await.unwrap(), None);
            assert!(bench.engine.authenticate_client("acme", &new).await.unwrap().is_some());
        }

        async fn a_disabled_client_is_refused(bench: &Bench) {
            let clients = bench.clients();
            let key = clients.create("acme").await.unwrap().api_key;
            clients.disable("acme").await.unwrap();
            assert_eq!(bench.engine.authenticate_client("acme", &key).await.unwrap(), None);
            assert!(clients.list().await.unwrap()[0].is_disabled);
        }
    }
}
