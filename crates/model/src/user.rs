//! Words about users.

/// As a partner told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// Shown as `MALE` on the partner face and as 0 on the Nexus face.
    Male,
    /// Shown as `FEMALE` on the partner face and as 1 on the Nexus face.
    Female,
}

impl Gender {
    /// Its number (Nexus reference, user).
    pub const fn id(self) -> i64 {
        match self {
            Self::Male => 0,
            Self::Female => 1,
        }
    }

    /// The gender with this number.
    pub const fn from_id(id: i64) -> Option<Self> {
        match id {
            0 => Some(Self::Male),
            1 => Some(Self::Female),
            _ => None,
        }
    }
}
