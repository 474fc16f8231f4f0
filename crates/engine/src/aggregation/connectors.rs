//! The ways to institutions, by the name that the catalogue gives them.

use std::collections::HashMap;
use std::sync::Arc;

use riverbank_connect::Connector;

/// The connectors of a server.
#[derive(Clone, Default)]
pub struct Connectors(HashMap<String, Arc<dyn Connector>>);

impl Connectors {
    /// With one more.
    #[must_use]
    pub fn with(mut self, name: &str, connector: Arc<dyn Connector>) -> Self {
        self.0.insert(name.to_owned(), connector);
        self
    }

    /// The one of this name.
    pub fn get(&self, name: &str) -> Option<&Arc<dyn Connector>> {
        self.0.get(name)
    }
}
