//! Carriers on a bench, and the delivery of what is due to go out to users.

use std::sync::Arc;
use std::time::Duration;

use riverbank_store::deliverables;
use tokio::sync::watch;

use super::Bench;
use crate::Engine;
use crate::deliverables::Carriers;

impl Bench {
    /// Another process on the same database, with these carriers, which takes addresses and numbers as verified or not.
    pub async fn carrying_node(&self, carriers: Carriers, contacts_are_verified: bool) -> Engine {
        let mut engine = self.another_node().await;
        let parts = Arc::get_mut(&mut engine.parts).expect("parts that nobody else has");
        parts.carriers = carriers;
        parts.settings.contacts_are_verified = contacts_are_verified;
        engine
    }
}

/// Runs the senders of an engine until nothing is due to go out to users.
pub async fn deliver_to_users(engine: Engine) {
    let (stop, stopped) = watch::channel(false);
    let sending = tokio::spawn(Engine::run_deliverables(engine.clone(), stopped));
    loop {
        let reader = engine.store().read().await.expect("a reader");
        if !deliverables::is_due(&reader, engine.now()).await.expect("what is due") {
            break;
        }
        drop(reader);
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    stop.send(true).expect("senders that listen");
    sending.await.expect("senders that end");
}
