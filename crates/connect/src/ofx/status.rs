//! What the status codes of OFX mean to a connection, in one table.

use riverbank_model::connection::ConnectionStatus::{self, Denied, Failed, Impeded, Locked, Rejected};

use super::read::Status;
use crate::connector::BankRefusal;

/// What follows from the answer to a sign-on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The member ends in this status.
    Refused(ConnectionStatus),
    /// Questions are to be asked for, and answered.
    Questions,
    /// A one-time token is to be sent.
    Token,
}

use Verdict::{Questions, Refused, Token};

/// Codes of `SONRS` (OFX 2.2, 2.5.1; from 3000 to 3001 and from 15510 on since OFX 1.0.3 and 2.0.3) and of any answer (3.1.5). A code
/// of severity ERROR that is not here is FAILED.
const CODES: [(i64, Verdict, &str); 17] = [
    (2000, Refused(Failed), "the institution reports a general error"),
    (2021, Refused(Failed), "the institution does not take this version of its messages"),
    (3000, Questions, "the institution asks further questions"),
    (3001, Refused(Rejected), "an answer was not the one that was expected"),
    (13504, Refused(Failed), "the institution does not know itself by this ORG and FID"),
    (15000, Refused(Impeded), "the password must be changed at the institution"),
    (15500, Refused(Denied), "the login or the password is wrong"),
    (15501, Refused(Impeded), "the login is in use elsewhere"),
    (15502, Refused(Locked), "the login is locked"),
    (15503, Refused(Failed), "the password could not be changed"),
    (15505, Refused(Failed), "the institution does not serve this country"),
    (15507, Refused(Impeded), "the password must be changed at the institution"),
    (15508, Refused(Impeded), "the login may not use this service"),
    (15510, Refused(Impeded), "this client must be approved at the institution"),
    (15511, Refused(Impeded), "the institution wants to be called by the end user"),
    (15512, Token, "the institution asks for a one-time token"),
    (15513, Refused(Rejected), "the one-time token was not the one that was expected"),
];

/// What a status means; none where it is no obstacle.
pub(super) fn verdict(status: &Status) -> Option<Verdict> {
    match CODES.iter().find(|(code, ..)| *code == status.code) {
        // A changed password is demanded with severity INFO.
        Some((_, verdict, _)) => Some(*verdict),
        None => status.is_error.then_some(Refused(Failed)),
    }
}

/// How many characters of an institution's own words are kept.
const WORDS_LIMIT: usize = 200;

/// The end of an attempt, for this status of the connection.
pub(super) fn refusal(connection: ConnectionStatus, status: &Status) -> BankRefusal {
    let meaning = CODES
        .iter()
        .find(|(code, ..)| *code == status.code)
        .map_or("the institution refused", |(_, _, meaning)| meaning);
    let code = status.code;
    let message = match &status.message {
        Some(words) => {
            let words: String = words.chars().take(WORDS_LIMIT).collect();
            format!("{meaning} (OFX status {code}: {words})")
        }
        None => format!("{meaning} (OFX status {code})"),
    };
    BankRefusal { status: connection, code: Some(code), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(code: i64, is_error: bool) -> Status {
        Status { code, is_error, message: None }
    }

    #[test]
    fn codes_lead_to_their_statuses() {
        for (code, expected) in [
            (15500, Denied),
            (15502, Locked),
            (15000, Impeded),
            (15510, Impeded),
            (3001, Rejected),
            (2000, Failed),
            (99_999, Failed),
        ] {
            assert_eq!(verdict(&status(code, true)), Some(Refused(expected)), "{code}");
        }
        assert_eq!(verdict(&status(3000, true)), Some(Questions));
        assert_eq!(verdict(&status(15512, true)), Some(Token));
    }

    #[test]
    fn success_and_remarks_are_no_obstacle_but_a_password_to_change_is() {
        assert_eq!(verdict(&status(0, false)), None);
        assert_eq!(verdict(&status(1, false)), None);
        assert_eq!(verdict(&status(15000, false)), Some(Refused(Impeded)));
    }

    #[test]
    fn every_code_stands_once_and_in_order() {
        assert!(CODES.is_sorted_by(|left, right| left.0 < right.0));
    }

    #[test]
    fn a_refusal_tells_the_code_and_the_institutions_words_in_moderation() {
        let long = Status { message: Some("x".repeat(1000)), ..status(15500, true) };
        let refusal = refusal(Denied, &long);
        assert_eq!((refusal.status, refusal.code), (Denied, Some(15500)));
        assert!(refusal.message.len() < 300);
    }
}
