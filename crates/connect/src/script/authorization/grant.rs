//! A consent as the bank keeps it, and the family of tokens that descends from it.

use jiff::Timestamp;
use riverbank_model::SecretText;

/// What an end user agreed to.
pub struct Granted {
    /// The values of the bank's login page, by field name.
    pub login: Vec<(String, SecretText)>,
    /// The ids of the accounts that were picked.
    pub accounts: Vec<String>,
}

/// How far the tokens of a consent have come. With each refresh a new generation begins.
///
/// The refresh token of a generation is spent by a refresh, but works again until one of the new tokens has been used:
/// an answer that was lost on its way loses nobody. After that its use means that someone else has it (RFC 9700, 4.14.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// The newest generation, from 1.
    pub generation: i64,
    /// One of its tokens was used.
    pub is_confirmed: bool,
    /// The end user, the client or the bank took it back.
    pub is_revoked: bool,
    /// When the consent runs out.
    pub expires_at: Timestamp,
}

/// A refresh token was used that someone had used before: the consent is revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replayed;

impl Lineage {
    /// That of a new consent.
    pub fn new(expires_at: Timestamp) -> Self {
        Self { generation: 1, is_confirmed: false, is_revoked: false, expires_at }
    }

    /// Whether its tokens are worth anything.
    pub fn is_live(&self, now: Timestamp) -> bool {
        !self.is_revoked && now < self.expires_at
    }

    /// A token of this generation was used for resources.
    pub fn confirm(&mut self, generation: i64) {
        self.is_confirmed |= generation == self.generation;
    }

    /// The refresh token of this generation is used; new tokens are of the newest generation then.
    pub fn refresh(&mut self, generation: i64) -> Result<(), Replayed> {
        if generation == self.generation {
            self.generation += 1;
            self.is_confirmed = false;
            return Ok(());
        }
        if generation + 1 == self.generation && !self.is_confirmed {
            return Ok(());
        }
        self.is_revoked = true;
        Err(Replayed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refresh_token_is_spent_once_its_successor_is_used() {
        let mut lineage = Lineage::new(Timestamp::MAX);
        assert_eq!(lineage.refresh(1), Ok(()));
        // The answer was lost: the same again.
        assert_eq!((lineage.refresh(1), lineage.generation), (Ok(()), 2));
        lineage.confirm(1);
        assert!(!lineage.is_confirmed);
        lineage.confirm(2);
        assert_eq!(lineage.refresh(1), Err(Replayed));
        assert!(!lineage.is_live(Timestamp::UNIX_EPOCH));
    }

    #[test]
    fn a_refresh_uses_the_token_that_it_is_asked_with() {
        let mut lineage = Lineage::new(Timestamp::MAX);
        assert_eq!((lineage.refresh(1), lineage.refresh(2)), (Ok(()), Ok(())));
        assert_eq!(lineage.refresh(1), Err(Replayed));
    }

    #[test]
    fn a_consent_runs_out() {
        let end = Timestamp::from_second(10).unwrap();
        let lineage = Lineage::new(end);
        assert!(lineage.is_live(Timestamp::from_second(9).unwrap()) && !lineage.is_live(end));
    }
}
