//! The 22 connection statuses of a member: numbers, names, groups, messages and legal moves, in one table.
//!
//! Source: the Nexus reference, connection statuses (numbers, names, meanings); the messages are our own words.

use ConnectionStatus::{
    Challenged, Closed, Connected, Created, Degraded, Delayed, Denied, Disabled, Disconnected, Discontinued,
    Expired, Failed, Impaired, Impeded, Imported, Locked, Pending, Prevented, Reconnected, Rejected, Resumed,
    Updated,
};

/// How a client is to treat a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Keep polling: something is on its way.
    Processing,
    /// Questions wait for the end user, or were answered wrongly.
    Mfa,
    /// Authenticated.
    Connected,
    /// An end, until someone acts.
    Error,
}

/// Who may start an aggregation of a member in some status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Startable {
    /// A session that opens, aggregate-all and a single aggregate.
    ByAll,
    /// Only an aggregate of this very member.
    BySingle,
    /// Nobody: the stored credentials are not to be sent again as they are.
    No,
}

/// One row of the table.
struct Row {
    status: ConnectionStatus,
    id: i64,
    name: &'static str,
    group: Group,
    startable: Startable,
    /// `{}` stands for the institution's name.
    message: &'static str,
    /// Where a member's ordinary life may lead from here, besides the moves that [`ConnectionStatus::may_become`]
    /// grants to every status.
    moves: &'static [ConnectionStatus],
}

/// What a run against an institution can lead to.
const RUN: &[ConnectionStatus] = &[
    Connected,
    Challenged,
    Denied,
    Prevented,
    Rejected,
    Locked,
    Impeded,
    Failed,
    Delayed,
    Degraded,
    Disconnected,
    Discontinued,
    Impaired,
];

macro_rules! statuses {
    ($($(#[$doc:meta])* $id:literal $variant:ident $name:literal $group:ident $startable:ident $moves:expr, $message:literal;)*) => {
        /// The state of a member's connection.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ConnectionStatus {
            $($(#[$doc])* $variant = $id,)*
        }

        impl ConnectionStatus {
            /// Every status, by number.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
        }

        static TABLE: &[Row] = &[$(Row {
            status: ConnectionStatus::$variant,
            id: $id,
            name: $name,
            group: Group::$group,
            startable: Startable::$startable,
            message: $message,
            moves: $moves,
        },)*];
    };
}

statuses! {
    /// New, never aggregated.
    0 Created "CREATED" Processing ByAll RUN, "Connecting to {}.";
    /// Denied three times in a row; the stored credentials are not tried again.
    1 Prevented "PREVENTED" Error No &[], "The last attempts to sign in to {} failed. Please enter the credentials again.";
    /// The institution refused the credentials.
    2 Denied "DENIED" Error BySingle RUN, "The credentials do not match those at {}. Please enter them again.";
    /// Waiting for the answers of the end user.
    3 Challenged "CHALLENGED" Mfa No &[Resumed, Expired], "Please answer the questions of {} to connect.";
    /// An answer was wrong.
    4 Rejected "REJECTED" Mfa BySingle RUN, "An answer was not the one that {} expected. Please try again.";
    /// The institution blocks the login.
    5 Locked "LOCKED" Error BySingle RUN, "The login is locked. Please sign in at {} and unlock it.";
    /// Authenticated; data is in or on its way.
    6 Connected "CONNECTED" Connected ByAll RUN, "Connected to {}.";
    /// The end user must do something at the institution.
    7 Impeded "IMPEDED" Error BySingle RUN, "{} needs your attention. Please sign in there and follow its messages.";
    /// Moved to another source; being connected again.
    8 Reconnected "RECONNECTED" Processing BySingle RUN, "Connecting to {} again.";
    /// Several failures in a short time.
    9 Degraded "DEGRADED" Error ByAll RUN, "The connection to {} is being worked on. Please try again later.";
    /// Failures and no success for two weeks.
    10 Disconnected "DISCONNECTED" Error ByAll RUN, "Data of {} cannot be imported at present.";
    /// The institution is no longer supported.
    11 Discontinued "DISCONTINUED" Error No &[], "{} is no longer supported.";
    /// Closed by the end user, the partner or the operator.
    12 Closed "CLOSED" Error No &[], "The connection to {} is closed.";
    /// Takes longer than usual.
    13 Delayed "DELAYED" Error ByAll RUN, "Importing from {} takes longer than usual. Please come back later.";
    /// The attempt failed for another reason.
    14 Failed "FAILED" Error ByAll RUN, "There was a problem connecting to {}. Please try again later.";
    /// New credentials, not yet tried.
    15 Updated "UPDATED" Processing ByAll RUN, "Connecting to {}.";
    /// Importing is paused.
    16 Disabled "DISABLED" Error No &[], "Importing from {} is switched off. Please contact support.";
    /// Carried over from elsewhere, to be confirmed.
    17 Imported "IMPORTED" Error No &[], "Please enter the credentials for {} again.";
    /// Answers received, the job runs on.
    18 Resumed "RESUMED" Processing No RUN, "Connecting to {}.";
    /// The answers did not come in time.
    19 Expired "EXPIRED" Error BySingle RUN, "The answers for {} did not come in time. Please try again.";
    /// Some or all credentials are missing.
    20 Impaired "IMPAIRED" Error No &[], "Credentials for {} are missing. Please enter them again.";
    /// An OAuth member waiting for the end user.
    21 Pending "PENDING" Processing No &[Created, Denied, Impeded, Failed], "Waiting for you to sign in at {}.";
}

impl ConnectionStatus {
    fn row(self) -> &'static Row {
        let row = &TABLE[self as usize];
        debug_assert!(row.status == self);
        row
    }

    /// The documented number.
    pub fn id(self) -> i64 {
        self.row().id
    }

    /// The status with this number.
    pub fn from_id(id: i64) -> Option<Self> {
        usize::try_from(id).ok().and_then(|index| Self::ALL.get(index)).copied()
    }

    /// The documented name.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The status of this exact name.
    pub fn from_name(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.status)
    }

    /// How a client is to treat it.
    pub fn group(self) -> Group {
        self.row().group
    }

    /// Who may start an aggregation in this status.
    pub fn startable(self) -> Startable {
        self.row().startable
    }

    /// A sentence for the end user, with the institution's name in it.
    pub fn message(self, institution: &str) -> String {
        self.row().message.replace("{}", institution)
    }

    /// Whether the end user must enter credentials (again) before anything goes on.
    pub fn needs_updated_credentials(self) -> bool {
        matches!(self, Prevented | Denied | Imported | Impaired)
    }

    /// Whether a member's ordinary life may lead from here to `next`: by a run, an answer, an expiry, new
    /// credentials (UPDATED, from anywhere but PENDING), or an operator (CLOSED, DISABLED, DISCONTINUED,
    /// RECONNECTED, IMPORTED). At a test institution a caller may besides put a member in any status.
    pub fn may_become(self, next: Self) -> bool {
        self == next
            || self.row().moves.contains(&next)
            || matches!(next, Closed | Disabled | Discontinued | Reconnected | Imported)
            || (next == Updated && self != Pending)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_lead_back_to_their_status() {
        assert_eq!(ConnectionStatus::ALL.len(), 22);
        for (index, &status) in ConnectionStatus::ALL.iter().enumerate() {
            assert_eq!(status.id(), i64::try_from(index).unwrap());
            assert_eq!(ConnectionStatus::from_id(status.id()), Some(status));
            assert_eq!(ConnectionStatus::from_name(status.name()), Some(status));
            assert!(status.message("X").contains('X'));
        }
        assert_eq!(ConnectionStatus::from_id(22), None);
        assert_eq!(ConnectionStatus::from_id(-1), None);
        assert_eq!(ConnectionStatus::from_name("connected"), None);
    }

    #[test]
    fn a_status_from_which_a_run_may_start_allows_what_a_run_may_end_in() {
        for &status in ConnectionStatus::ALL {
            let runs = status.startable() != Startable::No || status == Resumed;
            assert_eq!(runs, status.may_become(Connected) || status == Connected, "{status:?}");
        }
    }

    #[test]
    fn after_prevented_only_new_credentials_or_an_operator_lead_on() {
        let ways: Vec<_> = ConnectionStatus::ALL
            .iter()
            .filter(|&&next| Prevented.may_become(next) && next != Prevented)
            .collect();
        assert_eq!(ways, [&Reconnected, &Discontinued, &Closed, &Updated, &Disabled, &Imported]);
    }
}
