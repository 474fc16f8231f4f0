//! What the binary puts together from the configuration before the engine can run.

pub mod banks;
pub mod carriers;
pub mod control_key;
pub mod engine;
pub mod keyring;
pub mod mode;
pub mod routers;
pub mod secret_file;

use riverbank_model::Guids;

use crate::config::Config;
use crate::system::random_uuid;

/// Ids are derived from the seed in a sandbox, and random elsewhere.
pub fn guids(config: &Config) -> Guids {
    if config.sandbox { Guids::Derived(config.seed.clone()) } else { Guids::Random(random_uuid) }
}
