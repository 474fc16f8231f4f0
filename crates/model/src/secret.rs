//! Secrets are types that do not print.

use std::hint::black_box;

use secrecy::SecretString;

/// Text that must not be shown: passwords, answers, tokens. Wiped from memory when dropped, and its `Debug`
/// form says only that it is there. Read it with [`secrecy::ExposeSecret`], as late as can be.
pub type SecretText = SecretString;

pub use secrecy::ExposeSecret;

/// What is overwritten of the stack after [`leaving_no_trace`], in bytes: more than hashing needs, unoptimised too.
const DEPTH: usize = 8 * 1024;

/// Runs `work`, then overwrites the part of the stack that it ran on: hashing leaves the last block of its input there.
/// Memory that it took from the heap is wiped as it is freed.
pub fn leaving_no_trace<T>(work: impl FnOnce() -> T) -> T {
    let result = apart(work);
    overwrite();
    result
}

/// A frame of its own, below the caller's.
#[inline(never)]
fn apart<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn overwrite() {
    black_box(&mut [0_u8; DEPTH]);
}

/// A source of unguessable bytes: session and one-time tokens, keys, nonces, OAuth states. Always the operating
/// system's, in a sandbox too.
pub trait Secrets: Send + Sync {
    /// Fills `buffer` with unguessable bytes.
    fn fill(&self, buffer: &mut [u8]);
}
