//! The questions that OFX has numbers for: what to show where an institution sends only the number, and which ones are
//! for the client itself (phrase ids of OFX 2.2, 2.5).

use jiff::Timestamp;

use super::request::date_time;

/// Questions for the end user, in our words.
const LABELS: [(&str, &str); 23] = [
    ("MFA1", "City where you were born"),
    ("MFA2", "Your date of birth (MM/DD/YYYY)"),
    ("MFA3", "Number of your debit card"),
    ("MFA4", "Middle name of your father"),
    ("MFA5", "Your favorite color"),
    ("MFA6", "Name of your first pet"),
    ("MFA7", "Your ZIP code (five digits)"),
    ("MFA8", "Maiden name of your father's mother"),
    ("MFA9", "Maiden name of your mother's mother"),
    ("MFA10", "Last four digits of your cell phone number"),
    ("MFA11", "Last four digits of your daytime phone number"),
    ("MFA12", "Last four digits of your home phone number"),
    ("MFA13", "Last four digits of your social security number"),
    ("MFA14", "Last four digits of your tax number"),
    ("MFA15", "Month in which your youngest sibling was born (in full)"),
    ("MFA16", "Maiden name of your mother"),
    ("MFA17", "Middle name of your mother"),
    ("MFA18", "Company where you had your first job"),
    ("MFA19", "Maker of your first car"),
    ("MFA20", "Street where you grew up"),
    ("MFA21", "Name of your high school's football team (without the school's)"),
    ("MFA22", "Amount of a recent deposit or withdrawal"),
    ("MFA23", "Your year of birth (YYYY)"),
];

/// The text of a question that came without one.
pub(super) fn label(id: &str) -> &'static str {
    LABELS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(id))
        .map_or("A question of your bank", |(_, label)| label)
}

/// The answer to a question that is for the client, as those above MFA100 are. What would tell of the machine is not
/// answered here; the end user decides.
pub(super) fn own_answer(id: &str, now: Timestamp, user_agent: &str) -> Option<String> {
    match id {
        "MFA101" => Some(date_time(now)),
        "MFA107" => Some(user_agent.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_answers_for_itself_only_what_does_not_tell_of_the_machine() {
        let now = "2026-03-02T08:30:00Z".parse().unwrap();
        assert_eq!(own_answer("MFA101", now, "agent").as_deref(), Some("20260302083000"));
        assert_eq!(own_answer("MFA107", now, "agent").as_deref(), Some("agent"));
        assert_eq!(own_answer("MFA104", now, "agent"), None);
        assert_eq!(own_answer("MFA5", now, "agent"), None);
        assert_eq!(label("mfa5"), "Your favorite color");
        assert_eq!(label("BANK7"), "A question of your bank");
    }
}
