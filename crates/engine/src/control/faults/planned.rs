//! A fault as it stands in the database.

use jiff::Timestamp;
use riverbank_model::guid::{InstitutionGuid, MemberGuid};
use riverbank_store::faults::{self as table, FaultFilter};
use sha2::{Digest, Sha256};

use super::{Call, Effect};
use crate::{Engine, Fault};

/// How many attempts of a million a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance(i64);

impl Chance {
    /// Every attempt.
    pub const ALWAYS: Self = Self(1_000_000);

    /// The chance of this probability, at least a millionth; none when it is not over 0 and at most 1.
    pub fn of(probability: f64) -> Option<Self> {
        let is_lawful = probability > 0.0 && probability <= 1.0;
        #[expect(clippy::cast_possible_truncation, reason = "it is in range")]
        is_lawful.then_some(Self((probability * 1_000_000.0).round().max(1.0) as i64))
    }

    /// As a probability.
    pub fn probability(self) -> f64 {
        f64::from(i32::try_from(self.0).unwrap_or(0)) / 1_000_000.0
    }

    /// As it is stored.
    pub(super) fn millionths(self) -> i64 {
        self.0
    }

    /// Whether it comes out, where it follows from `parts`.
    fn comes_out(self, parts: &[&str]) -> bool {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let drawn = digest.iter().take(7).fold(0, |number, byte| number << 8 | i64::from(*byte));
        drawn % Self::ALWAYS.0 < self.0
    }
}

/// What is planned to go wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedFault {
    /// Its number.
    pub number: i64,
    /// Where.
    pub institution_guid: InstitutionGuid,
    /// The one member that it is for.
    pub member_guid: Option<MemberGuid>,
    /// The call that it strikes; none strikes any.
    pub call: Option<Call>,
    /// What it does.
    pub effect: Effect,
    /// Attempts that it has yet to strike; none is no limit.
    pub remaining: Option<i64>,
    /// How many of those that it may strike it does.
    pub chance: Chance,
    /// Attempts that it has struck.
    pub struck: i64,
    /// When it was planned.
    pub created_at: Timestamp,
}

impl PlannedFault {
    /// Reads what the database holds.
    pub(crate) fn read(row: table::Fault) -> Result<Self, Fault> {
        let call = row
            .call
            .as_deref()
            .map(|name| Call::from_name(name).ok_or_else(|| Fault::internal("a fault has an unknown call")));
        Ok(Self {
            number: row.number,
            institution_guid: row.institution_guid,
            member_guid: row.member_guid,
            call: call.transpose()?,
            effect: serde_json::from_str(&row.effect).map_err(Fault::internal)?,
            remaining: row.remaining,
            chance: Chance(row.chance),
            struck: row.struck,
            created_at: row.created_at,
        })
    }

    /// Whether it strikes calls of this kind.
    pub(crate) fn is_for(&self, call: Call) -> bool {
        self.call.is_none_or(|own| own == call)
    }

    /// Whether it strikes what it has not struck yet: an attempt, by its member and number, or a way.
    pub(super) fn strikes(&self, seed: &str, whose: &[&str]) -> bool {
        let number = self.number.to_string();
        self.remaining != Some(0) && self.chance.comes_out(&[&[seed, &number], whose].concat())
    }
}

impl Engine {
    /// What is planned, by number.
    pub async fn planned_faults(&self) -> Result<Vec<PlannedFault>, Fault> {
        self.planned(&FaultFilter::default()).await
    }

    pub(in crate::control) async fn planned(
        &self,
        filter: &FaultFilter<'_>,
    ) -> Result<Vec<PlannedFault>, Fault> {
        let rows = table::list(&*self.store().read().await?, filter).await?;
        rows.into_iter().map(PlannedFault::read).collect()
    }
}
