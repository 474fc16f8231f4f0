//! The micro deposits of a sandbox: what becomes of them is read off the account's number.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_model::Secrets;
use riverbank_model::money::Money;

use crate::micro_deposits::{Deposit, MicroDepositProvider, NotMade, Returned, Step};

/// How long deposits are on their way (Nexus reference, micro deposits, testing: two minutes).
const ON_THE_WAY: Duration = Duration::from_mins(2);
/// What is sent: the pair of the reference's samples.
const AMOUNTS: [Money; 2] = [Money::from_units(900), Money::from_units(900)];
/// Routing numbers that no deposit can be sent to (Nexus reference, micro deposits, testing).
const OUT_OF_REACH: [&str; 2] = ["021000021", "222222226"];
/// The one that the reference's samples name, and their institution.
const KNOWN: (&str, &str) = ("091000019", "MX Bank");

/// What becomes of deposits to accounts whose numbers begin so. All others arrive, as those that begin with 3333 do in the
/// reference.
const OUTCOMES: [(&str, bool, &str, &str); 2] = [
    ("4444", false, "R03", "There is no such account."),
    ("5555", true, "R04", "The account number is not one of the institution's."),
];

/// Sends nothing anywhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScriptedDeposits;

#[async_trait]
impl MicroDepositProvider for ScriptedDeposits {
    fn reaches(&self, routing_number: &str) -> bool {
        !OUT_OF_REACH.contains(&routing_number)
    }

    fn institution_name(&self, routing_number: &str) -> Option<String> {
        let (known, name) = KNOWN;
        (routing_number == known).then(|| name.to_owned())
    }

    fn amounts(&self, _: &dyn Secrets) -> [Money; 2] {
        AMOUNTS
    }

    async fn order(&self, deposit: &Deposit<'_>, now: Timestamp) -> Result<Step, NotMade> {
        outcome(deposit, true)?;
        Ok(Step::Done(now.checked_add(ON_THE_WAY).unwrap_or(Timestamp::MAX)))
    }

    async fn follow(&self, deposit: &Deposit<'_>, now: Timestamp) -> Result<Step, NotMade> {
        outcome(deposit, false)?;
        Ok(Step::Done(now))
    }
}

/// Whether the deposits are refused, at the order or later.
fn outcome(deposit: &Deposit<'_>, at_order: bool) -> Result<(), Returned> {
    let row = OUTCOMES
        .iter()
        .find(|(begin, is_refused, ..)| deposit.account_number.starts_with(begin) && *is_refused == at_order);
    row.map_or(Ok(()), |(_, is_refused, code, message)| {
        Err(Returned { is_refused: *is_refused, code: (*code).to_owned(), message: (*message).to_owned() })
    })
}
