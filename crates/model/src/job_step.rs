//! The steps of a job: what is asked of its connector, and what is done with the answer.

/// What a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Logging in.
    Open = 1,
    /// Going on after a challenge or a wait.
    Resume = 2,
    /// Fetching the data.
    Fetch = 3,
    /// Reading what was fetched.
    Read = 4,
    /// Bringing in what was read.
    Import = 5,
    /// Renewing the consent of an OAuth member.
    Refresh = 6,
}

impl StepKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Open, Self::Resume, Self::Fetch, Self::Read, Self::Import, Self::Refresh];

    /// The number by which it is kept.
    pub fn id(self) -> i64 {
        self as i64
    }

    /// The kind with this number.
    pub fn from_id(id: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepEnding {
    /// It did what it was for.
    Well = 1,
    /// The end user is asked first.
    Asked = 2,
    /// The institution wants to be asked again later.
    PutOff = 3,
    /// The institution refused, or could not be reached.
    Refused = 4,
    /// It failed for a reason of ours.
    Fault = 5,
    /// Nobody waited for its end: it took too long, panicked, or the server stopped.
    CutShort = 6,
}

impl StepEnding {
    /// Every ending.
    pub const ALL: [Self; 6] =
        [Self::Well, Self::Asked, Self::PutOff, Self::Refused, Self::Fault, Self::CutShort];

    /// The number by which it is kept.
    pub fn id(self) -> i64 {
        self as i64
    }

    /// The ending with this number.
    pub fn from_id(id: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|ending| ending.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_back_to_what_they_stand_for() {
        for kind in StepKind::ALL {
            assert_eq!(StepKind::from_id(kind.id()), Some(kind));
        }
        for ending in StepEnding::ALL {
            assert_eq!(StepEnding::from_id(ending.id()), Some(ending));
        }
        assert_eq!((StepKind::from_id(0), StepEnding::from_id(7)), (None, None));
    }
}
