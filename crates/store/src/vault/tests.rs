use std::sync::Mutex;
use std::sync::atomic::{AtomicU8, Ordering};

use super::*;
use crate::db::conformance::{Bench, rules};

/// Differs with every call, and is the same with every run.
pub(super) struct Counting(AtomicU8);

impl Secrets for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0.fetch_add(1, Ordering::Relaxed));
    }
}

pub(super) fn secrets() -> Counting {
    Counting(AtomicU8::new(1))
}

pub(super) fn line(version: u32, byte: u8) -> String {
    Keyring::generate_line(version, &Counting(AtomicU8::new(byte))).to_string()
}

pub(super) fn keyring(text: &str) -> Keyring {
    Keyring::parse(text).unwrap()
}

#[test]
fn a_value_opens_only_in_its_own_place() {
    let keyring = keyring(&line(1, 100));
    let sealed = envelope::seal(&keyring, "member/1", b"secret", &secrets()).unwrap();
    assert_eq!(*envelope::open(&keyring, "member/1", &sealed).unwrap(), b"secret");
    for other in ["member/2", "member/", "member/11", ""] {
        assert!(matches!(envelope::open(&keyring, other, &sealed), Err(VaultError::Damaged)), "{other}");
    }
}

#[test]
fn a_flipped_bit_or_a_missing_byte_is_noticed() {
    let keyring = keyring(&line(1, 100));
    let Sealed(bytes) = envelope::seal(&keyring, "member/1", b"secret", &secrets()).unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(envelope::open(&keyring, "member/1", &Sealed(flipped)).is_err(), "bit {bit}");
    }
    for length in 0..bytes.len() {
        assert!(
            envelope::open(&keyring, "member/1", &Sealed(bytes[..length].to_vec())).is_err(),
            "{length} bytes"
        );
    }
}

#[test]
fn parts_of_two_records_cannot_be_joined() {
    let (keyring, secrets) = (keyring(&line(1, 100)), secrets());
    let Sealed(one) = envelope::seal(&keyring, "member/1", b"secret", &secrets).unwrap();
    let Sealed(two) = envelope::seal(&keyring, "member/1", b"public", &secrets).unwrap();
    let joined = Sealed([&one[..65], &two[65..]].concat());
    assert!(matches!(envelope::open(&keyring, "member/1", &joined), Err(VaultError::Damaged)));
}

#[test]
fn the_last_line_seals_and_the_others_still_open() {
    let (old, new) = (line(1, 100), line(2, 101));
    let sealed = envelope::seal(&keyring(&old), "a", b"secret", &secrets()).unwrap();
    let both = keyring(&format!("# the keys\n\n{old}\n  {new}\n"));
    assert_eq!(*envelope::open(&both, "a", &sealed).unwrap(), b"secret");
    let renewed = envelope::seal(&both, "a", b"secret", &secrets()).unwrap();
    assert!(matches!(envelope::open(&keyring(&old), "a", &renewed), Err(VaultError::UnknownVersion(2))));
    assert_eq!(both.next_version(), 3);
    // A different key under the same version.
    assert!(matches!(envelope::open(&keyring(&line(1, 102)), "a", &sealed), Err(VaultError::Damaged)));
}

#[test]
fn a_keyring_that_cannot_be_read_says_where_and_never_what() {
    let good = line(1, 100);
    let short = "2 c2hvcnQ=";
    let cases = [
        (String::new(), KeyringError::Empty),
        ("# nothing\n".to_owned(), KeyringError::Empty),
        (format!("{good}\n{short}"), KeyringError::Malformed(2)),
        (good.replacen('1', "one", 1), KeyringError::Malformed(1)),
        (format!("{good}\n{}", line(1, 101)), KeyringError::Twice(1)),
    ];
    for (text, expected) in cases {
        assert_eq!(Keyring::parse(&text).unwrap_err(), expected);
    }
    assert!(!KeyringError::Malformed(2).to_string().contains("c2hvcnQ"));
}

/// A keyring that the test can change.
#[derive(Clone, Default)]
pub(super) struct Changing(pub(super) Arc<Mutex<String>>);

impl Changing {
    pub(super) fn set(&self, text: &str) {
        text.clone_into(&mut self.0.lock().unwrap());
    }
}

impl KeyringSource for Changing {
    fn read(&self) -> Result<Keyring, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Keyring::parse(&self.0.lock().unwrap())?)
    }
}

#[test]
fn a_worse_keyring_does_not_take_the_place_of_a_good_one() {
    let (one, two, three) = (line(1, 100), line(2, 101), line(3, 102));
    let source = Changing::default();
    let held = HeldKeyring::new(Arc::new(keyring(&format!("{one}\n{two}"))), Some(Box::new(source.clone())));
    for worse in ["", "2 cut", &one, &format!("{one}\n{}", line(2, 103)), &format!("{}\n{two}", line(1, 103))]
    {
        source.set(worse);
        held.renew();
        assert_eq!(*held.now(), keyring(&format!("{one}\n{two}")), "{worse}");
    }
    // The line that is gone may still be needed until the next start.
    source.set(&format!("{two}\n{three}"));
    held.renew();
    assert_eq!(*held.now(), keyring(&format!("{one}\n{two}\n{three}")));
}

#[test]
fn nothing_here_prints_a_secret() {
    let text = line(7, 100);
    assert_eq!(format!("{:?}", keyring(&text)), "{7}");
    let sealed = envelope::seal(&keyring(&text), "a", b"secret", &secrets()).unwrap();
    assert_eq!(format!("{sealed:?}"), "Sealed");
}

rules! {
    async fn fingerprints_stay_the_same_for_a_database_and_differ_between_two(bench: Bench) {
        let text = line(1, 100);
        let first = Vault::unlock(&bench.store, keyring(&text), &Counting(AtomicU8::new(1))).await.unwrap();
        let again = Vault::unlock(&bench.store, keyring(&text), &Counting(AtomicU8::new(50))).await.unwrap();
        assert_eq!(first.login_fingerprint(&["ab", "c"]), again.login_fingerprint(&["ab", "c"]));
        for other in [&["a", "bc"][..], &["ab", "c", ""], &["abc"], &["c", "ab"], &["AB", "c"]] {
            assert_ne!(first.login_fingerprint(&["ab", "c"]), first.login_fingerprint(other), "{other:?}");
        }
        let elsewhere = Bench::on_sqlite().await;
        let elsewhere = Vault::unlock(&elsewhere.store, keyring(&text), &Counting(AtomicU8::new(60))).await.unwrap();
        assert_ne!(first.login_fingerprint(&["ab", "c"]), elsewhere.login_fingerprint(&["ab", "c"]));
    }

    async fn another_master_key_does_not_unlock_the_database(bench: Bench) {
        Vault::unlock(&bench.store, keyring(&line(1, 100)), &secrets()).await.unwrap();
        let wrong = Vault::unlock(&bench.store, keyring(&line(1, 101)), &secrets()).await;
        assert!(matches!(wrong, Err(VaultError::WrongKey(1))));
        let later = Vault::unlock(&bench.store, keyring(&line(2, 101)), &secrets()).await;
        assert!(matches!(later, Err(VaultError::UnknownVersion(1))));
    }
}
