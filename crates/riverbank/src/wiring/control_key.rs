//! The key of the control calls.

use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riverbank_model::{SecretText, Secrets};
use zeroize::Zeroizing;

use super::secret_file::{beside, read_or_make};
use crate::config::Config;
use crate::failure::Failure;

/// Random bytes of a key that is made here.
const BYTES: usize = 32;

/// Where a key that was not set is kept.
pub fn path(config: &Config) -> PathBuf {
    beside(&config.database_url, "control-key")
}

/// A new key.
pub fn make(secrets: &dyn Secrets) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0; BYTES]);
    secrets.fill(bytes.as_mut());
    Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes))
}

/// The key that was set, else one made at the first start in a file whose path is logged.
pub fn load(config: &Config, secrets: &dyn Secrets) -> Result<SecretText, Failure> {
    if let Some(key) = &config.control_key {
        return Ok(key.clone());
    }
    let path = path(config);
    let text = read_or_make(&path, || make(secrets));
    let hint = || format!("the control key is {} (RIVERBANK_CONTROL_KEY)", path.display());
    let text = text.map_err(|error| Failure::of(error).hint(hint()))?;
    tracing::info!(path = %path.display(), "the control key, for the header MD-CONTROL-KEY");
    Ok(text.trim().into())
}
