//! Many lives at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use riverbank_testkit::client::{Caller, Credentials, Partner};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::life::live;
use super::pace::Pace;
use crate::Outcome;
use crate::scripted_bank::ScriptedBank;
use crate::stopwatch::Stopwatch;

/// Users that live at once.
const LANES: usize = 16;

/// Whom the load is put on.
#[derive(Clone)]
pub struct Loaded {
    partner: Partner,
    client_id: String,
    bank: ScriptedBank,
    /// Users ever made, so that each has an id of its own.
    users: Arc<AtomicU64>,
}

impl Loaded {
    /// A server, through one of its clients.
    pub async fn prepare(base_url: &str, credentials: &Credentials) -> Outcome<Self> {
        let partner = Partner::new(Caller::new(base_url), credentials);
        partner.create_user("soak").await;
        let bank = ScriptedBank::find(&partner.session("soak").await).await?;
        let client_id = credentials.client_id.clone();
        Ok(Self { partner, client_id, bank, users: Arc::default() })
    }

    /// Starts a life after another in every lane for so long; the lives that have begun are lived to their end.
    /// Gives the requests that were made in a second.
    pub async fn load(&self, pace: Pace, length: Duration) -> Outcome<f64> {
        let pace = Arc::new(pace);
        let (stop, stopping) = watch::channel(false);
        let mut lanes = JoinSet::new();
        for _ in 0..LANES {
            lanes.spawn(self.clone().lane(Arc::clone(&pace), stopping.clone()));
        }
        let watch = Stopwatch::start();
        let rate = tokio::select! {
            () = tokio::time::sleep(length) => turns(&pace) / watch.elapsed().as_secs_f64(),
            Some(ended) = lanes.join_next() => {
                ended??;
                return Err("a lane of the load ended before its time".into());
            }
        };
        stop.send_replace(true);
        while let Some(ended) = lanes.join_next().await {
            ended??;
        }
        Ok(rate)
    }

    async fn lane(self, pace: Arc<Pace>, stopping: watch::Receiver<bool>) -> Outcome {
        while !*stopping.borrow() {
            let id = format!("user-{}", self.users.fetch_add(1, Ordering::Relaxed));
            live(&self.partner, &self.client_id, &self.bank, &pace, &id).await?;
        }
        Ok(())
    }
}

fn turns(pace: &Pace) -> f64 {
    u32::try_from(pace.turns()).map_or(f64::INFINITY, f64::from)
}
