//! The catalogue in memory, read again when it was changed.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Mutex;

use super::snapshot::Catalogue;
use crate::{Engine, Fault};

/// The newest snapshot that this process has read.
#[derive(Default)]
pub struct CatalogueCache {
    known: RwLock<Arc<Catalogue>>,
    /// Held while the catalogue is read, so that many requests read it once.
    reading: Mutex<()>,
}

impl CatalogueCache {
    fn known(&self) -> Arc<Catalogue> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Engine {
    /// The catalogue as it is now. Costs one read of one row while nothing is changed.
    pub async fn catalogue(&self) -> Result<Arc<Catalogue>, Fault> {
        let known = self.known_catalogue();
        if known.is_current(&*self.store().read().await?).await? {
            return Ok(known);
        }
        let _reading = self.catalogue.reading.lock().await;
        let reader = self.store().read().await?;
        // Another request may have read it in the meantime.
        let known = self.known_catalogue();
        if known.is_current(&reader).await? {
            return Ok(known);
        }
        let fresh = Arc::new(Catalogue::read(&reader).await?);
        *self.catalogue.known.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&fresh);
        Ok(fresh)
    }

    /// The catalogue as it was when it was last asked for with [`Engine::catalogue`]: empty before that. Asks the
    /// database nothing.
    pub fn known_catalogue(&self) -> Arc<Catalogue> {
        self.catalogue.known()
    }
}
