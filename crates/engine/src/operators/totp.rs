//! One-time codes by time (RFC 6238), in the form that every authenticator app knows: six digits, 30 seconds, SHA-1.

use jiff::Timestamp;
use ring::hmac;
use riverbank_model::{ExposeSecret, SecretText, Secrets};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Bytes of a secret (RFC 4226, 4: "RECOMMENDED" 160 bits).
pub(super) const SECRET: usize = 20;
/// Seconds of a time step (RFC 6238, 5.2).
const STEP: i64 = 30;
/// Steps before and after the present one whose codes are taken, for clocks that differ and fingers that are slow (RFC
/// 6238, 5.2: "at most one time step is allowed as the network delay").
const SLACK: i64 = 1;
/// Codes have six digits.
const CODES: u32 = 1_000_000;

/// What an authenticator app is told of whose code it makes.
const ISSUER: &str = "Riverbank";

/// A fresh secret.
pub(super) fn secret(secrets: &dyn Secrets) -> Zeroizing<[u8; SECRET]> {
    let mut secret = Zeroizing::new([0; SECRET]);
    secrets.fill(&mut *secret);
    secret
}

/// The step at which this is the code, if one near `at` has it.
pub(super) fn step_of(secret: &[u8], code: &SecretText, at: Timestamp) -> Option<i64> {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let given: String = code.expose_secret().chars().filter(|c| !c.is_whitespace()).collect();
    let present = at.as_second().div_euclid(STEP);
    let steps = present.saturating_sub(SLACK)..=present.saturating_add(SLACK);
    // Every step is looked at, so that the time tells nothing.
    steps.fold(None, |found, step| {
        let is_it = bool::from(code_at(&key, step).as_bytes().ct_eq(given.as_bytes()));
        if is_it { Some(step) } else { found }
    })
}

/// The code of a step (RFC 4226, 5.3).
fn code_at(key: &hmac::Key, step: i64) -> String {
    let tag = hmac::sign(key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let offset = usize::from(bytes.last().copied().unwrap_or(0) & 15);
    let four =
        bytes.get(offset..offset + 4).and_then(|four| <[u8; 4]>::try_from(four).ok()).unwrap_or_default();
    format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % CODES)
}

/// A secret as people type it: base32 (RFC 4648, 6) without padding.
pub(super) fn base32(secret: &[u8]) -> SecretText {
    const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut text, mut bits, mut held) = (String::new(), 0_u32, 0_u32);
    for byte in secret {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(DIGITS[((held >> bits) & 31) as usize]));
        }
    }
    if bits > 0 {
        text.push(char::from(DIGITS[((held << (5 - bits)) & 31) as usize]));
    }
    text.into()
}

/// The address from which an authenticator app takes a secret. The name needs no escape: see `accounts.rs`.
pub(super) fn address(name: &str, secret: &SecretText) -> SecretText {
    let secret = secret.expose_secret();
    format!(
        "otpauth://totp/{ISSUER}:{name}?secret={secret}&issuer={ISSUER}&algorithm=SHA1&digits=6&period={STEP}"
    )
    .into()
}

/// The code of now, as an authenticator app shows it.
#[cfg(any(test, feature = "testing"))]
pub(super) fn code(secret: &[u8], at: Timestamp) -> String {
    code_at(&hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret), at.as_second().div_euclid(STEP))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the RFC's own values.
    const RFC: &[u8] = b"12345678901234567890";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let rows = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ];
        for (second, expected) in rows {
            assert_eq!(code(RFC, at(second)), expected, "{second}");
        }
    }

    #[test]
    fn a_code_is_taken_one_step_early_and_late_and_no_more() {
        let code = SecretText::from(code(RFC, at(3000)));
        for (second, taken) in [(2969, false), (2970, true), (3000, true), (3059, true), (3060, false)] {
            assert_eq!(step_of(RFC, &code, at(second)).is_some(), taken, "{second}");
        }
        assert_eq!(step_of(RFC, &code, at(3059)), Some(100));
    }

    #[test]
    fn blanks_in_a_code_do_no_harm_and_anything_else_does() {
        let right = code(RFC, at(3000));
        let (first, last) = right.split_at(3);
        assert!(step_of(RFC, &format!(" {first} {last}").into(), at(3000)).is_some());
        for wrong in [String::new(), first.to_owned(), format!("{right}0"), format!("{first}-{last}")] {
            assert_eq!(step_of(RFC, &wrong.into(), at(3000)), None);
        }
    }

    #[test]
    fn secrets_are_written_as_rfc_4648_has_it() {
        for (bytes, text) in [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("fooba", "MZXW6YTB")]
        {
            assert_eq!(base32(bytes.as_bytes()).expose_secret(), text);
        }
        let address = address("ada", &"MZXW6".into());
        assert_eq!(
            address.expose_secret(),
            "otpauth://totp/Riverbank:ada?secret=MZXW6&issuer=Riverbank&algorithm=SHA1&digits=6&period=30"
        );
    }
}
