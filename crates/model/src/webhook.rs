//! Webhooks: what a partner's endpoint can be told of.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

macro_rules! event_kinds {
    ($($(#[$doc:meta])* $id:literal $variant:ident $name:literal;)*) => {
        /// What an event is about. A resource that comes to be told of is one more line here, and a builder of its
        /// payload in the engine.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum EventKind {
            $($(#[$doc])* $variant = $id,)*
        }

        impl EventKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name: of a resource, the root of the payload; of what a job causes, the `type`, in small letters.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Its number in the database.
            pub fn id(self) -> i64 {
                self as i64
            }

            /// The kind with this number.
            pub fn from_id(id: i64) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.id() == id)
            }

            /// The kind with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.name() == name)
            }
        }
    };
}

event_kinds! {
    /// A user was made, changed or deleted by the partner.
    0 User "user";
    /// A member was made, changed or deleted.
    1 Member "member";
    /// An account was brought in, changed or deleted.
    2 Account "account";
    /// A transaction was brought in, changed or deleted.
    3 Transaction "transaction";
    /// A job was challenged or has ended.
    4 Job "job";
    /// An aggregation has brought in what there was.
    5 Aggregation "aggregation";
    /// A connection came into a status that somebody must do something about.
    6 ConnectionStatus "connection_status";
    /// A category was made, changed or deleted by its user.
    7 Category "category";
    /// A micro deposit was made, or its status has changed.
    8 MicroDeposit "micro_deposit";
    /// A tag was made, changed or deleted by its user.
    9 Tag "tag";
    /// A tag was put on a transaction, exchanged for another or taken off.
    10 Tagging "tagging";
    /// A position was brought in, changed or sold.
    11 Holding "holding";
    /// An extended history has brought in what there was.
    12 History "history";
    /// A verification has brought in numbers of accounts.
    13 Verification "verification";
    /// What accounts hold was looked up.
    14 Balance "balance";
    /// A budget was made, changed or deleted.
    15 Budget "budget";
    /// A goal was made, changed, completed or deleted.
    16 Goal "goal";
    /// An insight was made, or what is so of it has changed.
    17 Insight "insight";
    /// The same, as the deprecated beat.
    18 Beat "beat";
    /// A user was notified of something.
    20 Notification "notification";
    /// A spending plan was made or deleted, or has come into its next month.
    19 SpendingPlan "spending_plan";
}

/// What happened to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It was made.
    Created,
    /// It was changed.
    Updated,
    /// It was deleted.
    Deleted,
}

impl Action {
    /// The documented name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
        }
    }
}

/// The kinds of events that an endpoint is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventKinds(i64);

/// What stands for every kind.
const EVERY: &str = "every";

impl EventKinds {
    /// Every kind, those to come among them.
    pub const EVERY: Self = Self(-1);

    /// Whether a kind is one of them.
    pub fn has(self, kind: EventKind) -> bool {
        self.0 & 1 << kind.id() != 0
    }

    /// One bit for each kind.
    pub fn bits(self) -> i64 {
        self.0
    }

    /// The kinds of these bits.
    pub fn from_bits(bits: i64) -> Self {
        Self(bits)
    }
}

impl FromIterator<EventKind> for EventKinds {
    fn from_iter<T: IntoIterator<Item = EventKind>>(kinds: T) -> Self {
        Self(kinds.into_iter().fold(0, |bits, kind| bits | 1 << kind.id()))
    }
}

/// `every`, or names separated by commas.
impl fmt::Display for EventKinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::EVERY {
            return f.write_str(EVERY);
        }
        let names = EventKind::ALL.iter().filter(|kind| self.has(**kind)).map(|kind| kind.name());
        f.write_str(&names.collect::<Vec<_>>().join(","))
    }
}

/// The text names no kinds of events.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("must be \"{EVERY}\" or kinds of events separated by commas: {}", names())]
pub struct NotEventKinds;

fn names() -> String {
    EventKind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ")
}

impl FromStr for EventKinds {
    type Err = NotEventKinds;

    fn from_str(text: &str) -> Result<Self, NotEventKinds> {
        if text == EVERY {
            return Ok(Self::EVERY);
        }
        text.split(',').map(|name| EventKind::from_name(name.trim()).ok_or(NotEventKinds)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_written_as_they_are_read() {
        for text in ["every", "member", "user,transaction,connection_status"] {
            assert_eq!(text.parse::<EventKinds>().unwrap().to_string(), text);
        }
        for text in ["", "members", "member,", "every,member", "AGGREGATION"] {
            assert_eq!(text.parse::<EventKinds>(), Err(NotEventKinds), "{text:?}");
        }
    }

    #[test]
    fn every_kind_has_a_bit_of_its_own_and_every_means_those_to_come_too() {
        for &kind in EventKind::ALL {
            let alone = EventKinds::from_iter([kind]);
            assert!(EventKind::ALL.iter().all(|other| alone.has(*other) == (*other == kind)));
            assert!(EventKinds::EVERY.has(kind));
            assert_eq!(EventKind::from_id(kind.id()), Some(kind));
        }
        let all: EventKinds = EventKind::ALL.iter().copied().collect();
        assert_ne!(all, EventKinds::EVERY);
    }
}
