//! Jobs: one run against an institution.

/// What a job is for. The numbers are those of MX's own front ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// Accounts, transactions and holdings.
    Aggregation = 0,
    /// The numbers by which money is moved to and from accounts.
    Verification = 1,
    /// The owners of accounts.
    Identification = 2,
    /// Transactions of up to 24 months.
    History = 3,
    /// What accounts hold.
    Balance = 7,
}

impl JobKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Aggregation, Self::Verification, Self::Identification, Self::History, Self::Balance];

    /// The documented number.
    pub fn id(self) -> i64 {
        self as i64
    }

    /// The kind with this number.
    pub fn from_id(id: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// What an operator reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aggregation => "aggregation",
            Self::Verification => "verification",
            Self::Identification => "identification",
            Self::History => "history",
            Self::Balance => "balance",
        }
    }
}

macro_rules! job_statuses {
    ($($(#[$doc:meta])* $id:literal $variant:ident $name:literal;)*) => {
        /// How far a job has come. Numbers 0, 1, 2 and 6 are documented, the others follow the order of the names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum JobStatus {
            $($(#[$doc])* $variant = $id,)*
        }

        impl JobStatus {
            /// Every status, by number.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The documented name.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

job_statuses! {
    /// Made, not yet taken up.
    0 Initiated "INITIATED";
    /// The institution has been asked.
    1 Requested "REQUESTED";
    /// Waiting for answers of the end user.
    2 Challenged "CHALLENGED";
    /// Authenticated, data is arriving.
    3 Received "RECEIVED";
    /// The data has arrived whole.
    4 Transferred "TRANSFERRED";
    /// The data is stored.
    5 Processed "PROCESSED";
    /// Ended well.
    6 Completed "COMPLETED";
    /// Ended: denied three times in a row.
    7 Prevented "PREVENTED";
    /// Ended: credentials refused.
    8 Denied "DENIED";
    /// Ended for another reason.
    9 Halted "HALTED";
}

impl JobStatus {
    /// The documented number.
    pub fn id(self) -> i64 {
        self as i64
    }

    /// The status with this number.
    pub fn from_id(id: i64) -> Option<Self> {
        usize::try_from(id).ok().and_then(|index| Self::ALL.get(index)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_back_to_their_kind() {
        for kind in JobKind::ALL {
            assert_eq!(JobKind::from_id(kind.id()), Some(kind));
        }
        assert_eq!(JobKind::from_id(4), None);
    }

    #[test]
    fn numbers_lead_back_to_their_status() {
        for &status in JobStatus::ALL {
            assert_eq!(JobStatus::from_id(status.id()), Some(status));
        }
        assert_eq!(JobStatus::from_id(6), Some(JobStatus::Completed));
        assert_eq!(JobStatus::from_id(10), None);
    }
}
