//! Micro deposits: two small amounts that an account's holder reads off a statement, to show that the account is theirs.

use crate::account::numbered;
use crate::routing;

numbered! {
    /// How far a verification has come (Nexus reference, micro deposits; numbers from 4 on are those of MX's own front
    /// ends).
    MicroDepositStatus {
        0 Initiated "INITIATED";
        1 Requested "REQUESTED";
        2 Deposited "DEPOSITED";
        3 Verified "VERIFIED";
        4 Errored "ERRORED";
        5 Denied "DENIED";
        6 Prevented "PREVENTED";
        7 Conflicted "CONFLICTED";
        8 Rejected "REJECTED";
        9 Preinitiated "PREINITIATED";
    }
}

impl MicroDepositStatus {
    /// Whether amounts may be handed in: they are in the account, and the last ones were at most wrong.
    pub fn takes_amounts(self) -> bool {
        matches!(self, Self::Deposited | Self::Denied)
    }

    /// Whether the way from the order to the holder's statement is still being gone. Left so, it ends after
    /// [`MICRO_DEPOSIT_LIFE`](crate::limits::MICRO_DEPOSIT_LIFE).
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Initiated | Self::Requested | Self::Deposited)
    }

    /// Whether its account is taken: a second verification of it is CONFLICTED.
    pub fn holds_account(self) -> bool {
        self.is_under_way() || matches!(self, Self::Verified | Self::Denied)
    }
}

/// Whether a text is a routing number to which deposits can be sent: one whose prefix is given out (ABA routing number
/// policy).
pub fn is_routing_number(text: &str) -> bool {
    let prefix = text.get(..2).and_then(|prefix| prefix.parse().ok());
    routing::is_routing_number(text) && matches!(prefix, Some(1..=12 | 21..=32 | 61..=72 | 80))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_routing_number_has_nine_digits_its_check_digit_and_a_prefix_that_is_given_out() {
        for lawful in ["091000019", "021000021", "122105155", "316713272", "222222226"] {
            assert!(is_routing_number(lawful), "{lawful}");
        }
        for unlawful in
            ["", "91000019", "091000018", "0910000190", "09100001X", "999999992", "000000000", "091 00019"]
        {
            assert!(!is_routing_number(unlawful), "{unlawful}");
        }
    }

    #[test]
    fn numbers_and_names_are_those_of_the_reference() {
        let table: Vec<_> =
            MicroDepositStatus::ALL.iter().map(|status| (status.id(), status.name())).collect();
        assert_eq!(table[2], (2, "DEPOSITED"));
        assert_eq!(table[9], (9, "PREINITIATED"));
        assert_eq!(table.len(), 10);
    }
}
