//! Why payments come back.

/// Codes of returns, and what they mean (Nacha Operating Rules, appendix four), in our words.
const REASONS: [(&str, &str); 33] = [
    ("R01", "The account does not have the money."),
    ("R02", "The account is closed."),
    ("R03", "There is no such account, or its holder has another name."),
    ("R04", "The account number is not one of the institution's."),
    ("R05", "A debit of a consumer's account was not allowed by its holder."),
    ("R06", "The originating bank has asked for the deposit back."),
    ("R07", "The account's holder has withdrawn their consent."),
    ("R08", "The account's holder has stopped the payment."),
    ("R09", "The account's money is not available yet."),
    ("R10", "The account's holder does not know who sends the deposit."),
    ("R11", "The deposit does not keep to what the account's holder has allowed."),
    ("R12", "The account's branch was sold to another institution."),
    ("R13", "The routing number is not one that takes part in the clearing house."),
    ("R14", "Who looks after the account's holder has died, or cannot go on."),
    ("R15", "The account's holder has died."),
    ("R16", "The account is frozen."),
    ("R17", "The institution could not make sense of the deposit."),
    ("R18", "The day of the deposit is not right."),
    ("R19", "The amount of the deposit is not right."),
    ("R20", "The account takes no deposits of this kind."),
    ("R21", "The sender is not known by this id."),
    ("R22", "The account's holder is not known by this id."),
    ("R23", "The account's holder has refused the deposit."),
    ("R24", "The institution has received the deposit twice."),
    ("R25", "What is told with the deposit is not right."),
    ("R26", "A field of the deposit is missing."),
    ("R27", "The trace number of the deposit is not right."),
    ("R28", "The check digit of the routing number is not right."),
    ("R29", "The company that has the account does not allow the deposit."),
    ("R30", "The institution takes no shortened checks."),
    ("R31", "The institution and the originating bank have agreed on the return."),
    ("R32", "The institution does not settle with the clearing house."),
    ("R34", "The institution may take part in the clearing house only in part."),
];

/// What the code of a return means, as far as it is known.
pub fn reason(code: &str) -> &'static str {
    let row = REASONS.iter().find(|(known, _)| *known == code);
    row.map_or("The institution has sent the deposit back.", |(_, reason)| reason)
}
