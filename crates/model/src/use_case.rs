//! What a member is for.

/// One purpose of a member (member use cases).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UseCase {
    /// Money movement: no transactions are fetched for a member that has only this one.
    MoneyMovement = 1,
    /// Personal finance management.
    Pfm = 2,
}

impl UseCase {
    /// Both, in the order in which answers list them.
    pub const ALL: [Self; 2] = [Self::MoneyMovement, Self::Pfm];

    /// The documented name.
    pub fn name(self) -> &'static str {
        match self {
            Self::MoneyMovement => "MONEY_MOVEMENT",
            Self::Pfm => "PFM",
        }
    }

    /// The use case of this exact name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.name() == name)
    }
}

/// A set of use cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UseCases(i64);

impl UseCases {
    /// Only personal finance: what a member has when none were given.
    pub const PFM: Self = Self(UseCase::Pfm as i64);
    const NONE: Self = Self(0);

    /// The set as one number, a bit for each.
    pub fn bits(self) -> i64 {
        self.0
    }

    /// The set of those bits; unknown bits are dropped.
    pub fn from_bits(bits: i64) -> Self {
        Self(bits & (UseCase::MoneyMovement as i64 | UseCase::Pfm as i64))
    }

    /// Whether `case` is in the set.
    pub fn has(self, case: UseCase) -> bool {
        self.0 & case as i64 != 0
    }

    /// Whether nothing is in the set.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// What is in the set.
    pub fn iter(self) -> impl Iterator<Item = UseCase> {
        UseCase::ALL.into_iter().filter(move |&case| self.has(case))
    }
}

impl FromIterator<UseCase> for UseCases {
    fn from_iter<I: IntoIterator<Item = UseCase>>(cases: I) -> Self {
        Self(cases.into_iter().fold(0, |bits, case| bits | case as i64))
    }
}
