//! Sealed values, as they come back from the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use riverbank_model::guid::{Guid, JobGuid, UserGuid};
use riverbank_model::{MachineClock, Secrets};
use riverbank_store::{DatabaseUrl, Keyring, OpenOptions, Place, Sealed, Store, Vault};
use tokio::runtime::Builder;

/// The user and the job whose progress is sealed.
const USER: &str = "USR-1";
const JOB: &str = "JOB-1";

thread_local! {
    static VAULT: Vault = vault();
}

/// The first line is a value, what follows are changes to its sealed form: a place and a mask of bits. What was changed
/// does not open, nor does it open in another place; all of it as a sealed value does not open either.
pub fn sealed(bytes: &[u8]) {
    VAULT.with(|vault| {
        let (user, job) = (UserGuid::trusted(USER.to_owned()), JobGuid::trusted(JOB.to_owned()));
        let place = Place::Progress(&user, &job);
        assert!(vault.open(&place, &Sealed::from(bytes.to_vec())).is_err(), "what nobody sealed opens");
        let (value, changes) = bytes
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or((bytes, &[][..]), |end| (&bytes[..end], &bytes[end + 1..]));
        let sealed = vault.seal(&place, value, &Counting(AtomicU8::new(1))).expect("a value is sealed");
        let opened = vault.open(&place, &sealed).expect("what was sealed opens");
        assert_eq!(&opened[..], value);
        let other = std::str::from_utf8(changes).unwrap_or_default();
        if other != USER {
            let other = UserGuid::trusted(other.to_owned());
            assert!(
                vault.open(&Place::Progress(&other, &job), &sealed).is_err(),
                "a value opens in another place"
            );
        }
        let intact = sealed.into_bytes();
        let mut damaged = intact.clone();
        for change in changes.chunks_exact(2) {
            let place = usize::from(change[0]) % damaged.len();
            damaged[place] ^= change[1];
        }
        if changes.len() % 2 == 1 {
            damaged.truncate(usize::from(changes[changes.len() - 1]) % (intact.len() + 1));
        }
        if damaged != intact {
            assert!(vault.open(&place, &Sealed::from(damaged)).is_err(), "a changed value opens");
        }
    });
}

fn vault() -> Vault {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url: DatabaseUrl =
        format!("sqlite://{}", folder.path().join("vault.db").display()).parse().expect("an address");
    let secrets = Counting(AtomicU8::new(100));
    let keyring = Keyring::parse(&Keyring::generate_line(1, &secrets)).expect("a keyring");
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let store = Store::open(&url, OpenOptions::new(Arc::new(Standing))).await.expect("a database");
        store.migrate().await.expect("a database of this version");
        Vault::unlock(&store, keyring, &secrets).await.expect("a vault")
    })
}

/// Differs with every call, and is the same with every run.
struct Counting(AtomicU8);

impl Secrets for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0.fetch_add(1, Ordering::Relaxed));
    }
}

/// A clock that stands still.
struct Standing;

impl MachineClock for Standing {
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn wall(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }
}
