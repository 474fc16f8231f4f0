//! Passwords of operators: argon2id, off the threads that serve requests.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use riverbank_model::{ExposeSecret, SecretText, Secrets, leaving_no_trace};
use tokio::sync::Semaphore;

use crate::{Engine, Fault};

/// Memory of one hash in KiB, its passes and its lanes (OWASP Password Storage Cheat Sheet, Argon2id: "a minimum
/// configuration of 19 MiB of memory, an iteration count of 2, and 1 degree of parallelism").
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Bytes of a salt (RFC 9106, 3.1: "16 bytes is RECOMMENDED for password hashing").
const SALT: usize = 16;
/// Characters of a password. Twelve keep guesses out for years; the upper end keeps a request small.
const SHORTEST: usize = 12;
const LONGEST: usize = 1024;

/// Seats for those whose password is being hashed, over the whole process, since each takes [`MEMORY`]: the logins of
/// strangers take no more than two.
static SEATS: Semaphore = Semaphore::const_new(2);

/// The hash of no password, with these parameters: who is nobody is made to wait as long as who is somebody.
pub(super) const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Whether a password may be one.
pub(super) fn is_lawful(password: &SecretText) -> bool {
    (SHORTEST..=LONGEST).contains(&password.expose_secret().chars().count())
}

impl Engine {
    /// The hash of a password, in PHC form.
    pub(super) async fn hash_password(&self, password: &SecretText) -> Result<String, Fault> {
        let (password, salt) = (password.clone(), fresh_salt(&*self.parts.secrets));
        off_the_threads(move || hashed(&password, &salt)).await?
    }
}

/// Whether a password is the one of this hash.
pub(super) async fn is_password(password: &SecretText, hash: &str) -> Result<bool, Fault> {
    let (password, hash) = (password.clone(), hash.to_owned());
    off_the_threads(move || is_right(&password, &hash)).await?
}

async fn off_the_threads<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    let _seat = SEATS.acquire().await.map_err(Fault::internal)?;
    let done = tokio::task::spawn_blocking(|| leaving_no_trace(work)).await;
    done.map_err(|died| Fault::Internal(Box::new(died)))
}

fn argon2() -> Result<Argon2<'static>, Fault> {
    let parameters = Params::new(MEMORY, PASSES, LANES, None).map_err(Fault::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

fn hashed(password: &SecretText, salt: &[u8]) -> Result<String, Fault> {
    let password = password.expose_secret().as_bytes();
    let hash: PasswordHash = argon2()?.hash_password_with_salt(password, salt).map_err(Fault::internal)?;
    Ok(hash.to_string())
}

fn is_right(password: &SecretText, hash: &str) -> Result<bool, Fault> {
    let hash = PasswordHash::new(hash).map_err(Fault::internal)?;
    Ok(argon2()?.verify_password(password.expose_secret().as_bytes(), &hash).is_ok())
}

fn fresh_salt(secrets: &dyn Secrets) -> [u8; SALT] {
    let mut salt = [0; SALT];
    secrets.fill(&mut salt);
    salt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash_and_no_other_is() {
        let hash = hashed(&"correct horse battery".into(), &[7; SALT]).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(is_right(&"correct horse battery".into(), &hash).unwrap());
        assert!(!is_right(&"correct horse batterz".into(), &hash).unwrap());
    }

    #[test]
    fn nobodys_hash_takes_as_long_as_anybodys_and_fits_no_password() {
        let hash = hashed(&"correct horse battery".into(), &[7; SALT]).unwrap();
        let parameters = |hash: &str| hash.rsplitn(3, '$').last().unwrap().to_owned();
        assert_eq!(parameters(NOBODYS), parameters(&hash));
        assert_eq!(NOBODYS.len(), hash.len());
        assert!(!is_right(&"".into(), NOBODYS).unwrap());
    }

    #[test]
    fn a_password_has_12_to_1024_characters() {
        for (length, lawful) in [(11, false), (12, true), (1024, true), (1025, false)] {
            assert_eq!(is_lawful(&"ä".repeat(length).into()), lawful, "{length}");
        }
    }
}
