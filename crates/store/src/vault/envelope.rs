//! The form of a sealed value:
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | the format, 1 |
//! | 4 | the version of the master key, big-endian |
//! | 12 + 48 | nonce, and the data key sealed under the master key |
//! | 12 + n + 16 | nonce, and the value sealed under the data key |
//!
//! The master key's layer authenticates format, version and identity; the data key's layer format and identity, so
//! that a data key can be sealed anew under another master key without touching the value.

use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};
use riverbank_model::Secrets;
use zeroize::Zeroizing;

use super::{Key, Keyring, Sealed, VaultError, random_key};

const FORMAT: u8 = 1;
const HEADER: usize = 5;
const NONCE: usize = 12;
const WRAPPED_KEY: usize = 32 + 16;

pub(super) fn seal(
    keyring: &Keyring,
    identity: &str,
    value: &[u8],
    secrets: &dyn Secrets,
) -> Result<Sealed, VaultError> {
    let data_key = random_key(secrets);
    let mut sealed = wrap_key(keyring, identity, &data_key, secrets)?;
    let encrypted = encrypt(&data_key, &[&[FORMAT], identity.as_bytes()], value, secrets)?;
    sealed.extend_from_slice(&encrypted);
    Ok(Sealed(sealed))
}

pub(super) fn open(
    keyring: &Keyring,
    identity: &str,
    sealed: &Sealed,
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (data_key, encrypted) = unwrap_key(keyring, identity, sealed)?;
    decrypt(&data_key, &[&[FORMAT], identity.as_bytes()], encrypted)
}

/// The same value with its data key under the current master key. That the value itself opens is not looked at.
pub(super) fn rewrap(
    keyring: &Keyring,
    identity: &str,
    sealed: &Sealed,
    secrets: &dyn Secrets,
) -> Result<Sealed, VaultError> {
    rewrap_under(keyring, keyring, identity, sealed, secrets)
}

/// The same with its data key, which is under a key of `from`, under the current one of `to`.
pub(super) fn rewrap_under(
    from: &Keyring,
    to: &Keyring,
    identity: &str,
    sealed: &Sealed,
    secrets: &dyn Secrets,
) -> Result<Sealed, VaultError> {
    let (data_key, encrypted) = unwrap_key(from, identity, sealed)?;
    let mut renewed = wrap_key(to, identity, &data_key, secrets)?;
    renewed.extend_from_slice(encrypted);
    Ok(Sealed(renewed))
}

/// The version of the master key that a value names; its first five bytes are enough.
pub(crate) fn version(Sealed(sealed): &Sealed) -> Option<u32> {
    let [FORMAT, version @ ..] = *sealed.first_chunk::<HEADER>()? else { return None };
    Some(u32::from_be_bytes(version))
}

/// The header, and the data key under the current master key.
fn wrap_key(
    keyring: &Keyring,
    identity: &str,
    data_key: &Key,
    secrets: &dyn Secrets,
) -> Result<Vec<u8>, VaultError> {
    let (version, master) = keyring.current();
    let mut header = vec![FORMAT];
    header.extend_from_slice(&version.to_be_bytes());
    let wrapped = encrypt(master, &[&header, identity.as_bytes()], &**data_key, secrets)?;
    Ok([header, wrapped].concat())
}

/// The data key of a value, and what is sealed under it.
fn unwrap_key<'a>(
    keyring: &Keyring,
    identity: &str,
    sealed: &'a Sealed,
) -> Result<(Key, &'a [u8]), VaultError> {
    let version = version(sealed).ok_or(VaultError::Damaged)?;
    let (header, rest) = sealed.0.split_at(HEADER);
    let (wrapped, encrypted) = rest.split_at_checked(NONCE + WRAPPED_KEY).ok_or(VaultError::Damaged)?;
    let master = keyring.get(version).ok_or(VaultError::UnknownVersion(version))?;
    let data_key = decrypt(master, &[header, identity.as_bytes()], wrapped)?;
    let data_key = <[u8; 32]>::try_from(data_key.as_slice()).map_err(|_| VaultError::Damaged)?;
    Ok((Zeroizing::new(data_key), encrypted))
}

fn encrypt(key: &Key, bound: &[&[u8]], value: &[u8], secrets: &dyn Secrets) -> Result<Vec<u8>, VaultError> {
    let mut nonce = Nonce::default();
    secrets.fill(&mut nonce);
    let bound = bound.concat();
    let encrypted = cipher(key).encrypt(&nonce, Payload { msg: value, aad: &bound });
    let encrypted = encrypted.map_err(|_| VaultError::TooLong)?;
    Ok([nonce.as_slice(), &encrypted].concat())
}

fn decrypt(key: &Key, bound: &[&[u8]], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (nonce, encrypted) = sealed.split_first_chunk::<NONCE>().ok_or(VaultError::Damaged)?;
    let bound = bound.concat();
    let value = cipher(key).decrypt(&Nonce::from(*nonce), Payload { msg: encrypted, aad: &bound });
    value.map(Zeroizing::new).map_err(|_| VaultError::Damaged)
}

fn cipher(key: &Key) -> Aes256GcmSiv {
    Aes256GcmSiv::new((&**key).into())
}
