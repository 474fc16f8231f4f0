//! What the pages say: one catalogue, in which each language is a value of the same type, so that none can lack a word.

mod accounts;
mod deposits;
mod english;
mod french;
mod spanish;

pub(super) use accounts::AccountWords;
pub(super) use deposits::DepositWords;
use riverbank_engine::pages::Language;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::oauth::OauthErrorReason;

/// What stands in a text for the name of an institution.
const NAME: &str = "{}";

/// What a status means to an end user: what has happened, and what there is to do. `{}` is the institution.
pub(super) struct Told {
    pub(super) title: &'static str,
    pub(super) text: &'static str,
}

const fn told(title: &'static str, text: &'static str) -> Told {
    Told { title, text }
}

/// The words of one language.
pub(super) struct Words {
    /// The title of every page in the browser.
    pub(super) product: &'static str,
    pub(super) search_title: &'static str,
    pub(super) search_label: &'static str,
    pub(super) search_button: &'static str,
    pub(super) popular: &'static str,
    pub(super) found: &'static str,
    pub(super) nothing_found: &'static str,
    pub(super) more: &'static str,
    pub(super) sign_in_title: &'static str,
    pub(super) update_title: &'static str,
    pub(super) private: &'static str,
    pub(super) required: &'static str,
    pub(super) optional: &'static str,
    pub(super) connect: &'static str,
    pub(super) save: &'static str,
    pub(super) forgot_password: &'static str,
    pub(super) forgot_username: &'static str,
    pub(super) trouble: &'static str,
    pub(super) other_institution: &'static str,
    pub(super) oauth_title: &'static str,
    pub(super) oauth_text: &'static str,
    pub(super) oauth_waiting: &'static str,
    pub(super) continue_to: &'static str,
    pub(super) start_again: &'static str,
    pub(super) new_window: &'static str,
    pub(super) challenge_title: &'static str,
    pub(super) challenge_text: &'static str,
    pub(super) picture: &'static str,
    pub(super) send_answer: &'static str,
    pub(super) please_wait: &'static str,
    pub(super) checked_by_itself: &'static str,
    pub(super) collecting: Told,
    pub(super) connected_title: &'static str,
    pub(super) connected_text: &'static str,
    pub(super) verified_text: &'static str,
    pub(super) identified_text: &'static str,
    /// The institution does not tell account numbers.
    pub(super) not_verifiable: Told,
    /// The institution does not tell owners.
    pub(super) not_identifiable: Told,
    /// There is neither a checking nor a savings account.
    pub(super) no_eligible: Told,
    pub(super) still_collecting: &'static str,
    pub(super) done: &'static str,
    pub(super) try_again: &'static str,
    pub(super) visit: &'static str,
    pub(super) enter_again: &'static str,
    pub(super) connections_title: &'static str,
    pub(super) no_connections: &'static str,
    pub(super) add_connection: &'static str,
    pub(super) repair: &'static str,
    pub(super) remove: &'static str,
    pub(super) remove_title: &'static str,
    pub(super) remove_text: &'static str,
    pub(super) keep: &'static str,
    pub(super) removed: &'static str,
    pub(super) by_hand: &'static str,
    /// Faults of what was typed.
    pub(super) incomplete: &'static str,
    pub(super) same_login: &'static str,
    pub(super) not_offered: &'static str,
    pub(super) too_late: &'static str,
    pub(super) busy: &'static str,
    /// Of accounts that are kept by hand.
    pub(super) accounts: &'static AccountWords,
    /// Of small deposits.
    pub(super) deposits: &'static DepositWords,
    pub(super) ended_title: &'static str,
    pub(super) ended_text: &'static str,
    pub(super) missing_title: &'static str,
    pub(super) missing_text: &'static str,
    /// The server does not answer a page that waits.
    pub(super) lost: &'static str,
    pub(super) away_title: &'static str,
    pub(super) away_text: &'static str,
    pub(super) broken_title: &'static str,
    pub(super) broken_text: &'static str,
    /// By the number of the status.
    pub(super) statuses: [Told; 22],
    /// By the number of the reason.
    pub(super) reasons: [&'static str; 7],
}

impl Words {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &english::WORDS,
            Language::Spanish => &spanish::WORDS,
            Language::CanadianFrench => &french::WORDS,
        }
    }

    /// What a status means.
    pub(super) fn status(&self, status: ConnectionStatus) -> &Told {
        let place = usize::try_from(status.id()).unwrap_or_default();
        self.statuses.get(place).unwrap_or(&self.statuses[0])
    }

    /// Why an end user did not come back from an institution with a consent.
    pub(super) fn reason(&self, reason: OauthErrorReason) -> &'static str {
        let place = usize::try_from(reason.id()).unwrap_or_default();
        self.reasons.get(place).copied().unwrap_or(self.reasons[0])
    }
}

/// A text with the name of an institution in its place.
pub(super) fn with_name(text: &str, name: &str) -> String {
    text.replace(NAME, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_words_of_its_own_in_every_language() {
        for language in Language::ALL {
            let words = Words::of(language);
            let mut titles: Vec<_> = words.statuses.iter().map(|told| (told.title, told.text)).collect();
            assert!(titles.iter().all(|(title, text)| !title.is_empty() && !text.is_empty()));
            titles.sort_unstable();
            titles.dedup();
            assert_eq!(titles.len(), words.statuses.len(), "{language:?}");
        }
    }

    #[test]
    fn names_stand_where_they_stand_in_english() {
        let english = Words::of(Language::English);
        for language in Language::ALL {
            let words = Words::of(language);
            let counts = |words: &Words| {
                let mut counts: Vec<usize> = Vec::new();
                for told in words.statuses.iter().chain([
                    &words.collecting,
                    &words.not_verifiable,
                    &words.not_identifiable,
                    &words.no_eligible,
                ]) {
                    counts.push(told.text.matches(NAME).count() + told.title.matches(NAME).count());
                }
                for text in [
                    words.sign_in_title,
                    words.update_title,
                    words.oauth_title,
                    words.oauth_text,
                    words.continue_to,
                    words.challenge_title,
                    words.connected_title,
                    words.visit,
                    words.remove_title,
                    words.remove_text,
                    words.removed,
                    words.accounts.added_title,
                    words.deposits.wrong_amounts,
                    words.deposits.go_on,
                ] {
                    counts.push(text.matches(NAME).count());
                }
                counts.into_iter().map(|count| count > 0).collect::<Vec<_>>()
            };
            assert_eq!(counts(words), counts(english), "{language:?}");
        }
    }
}
