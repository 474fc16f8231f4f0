//! What the pages of Connect say.

mod accounts;
mod deposits;
mod page;
mod statuses;
mod steps;

pub(super) use accounts::AccountWords;
use accounts::{KindWords, PropertyWords};
pub(super) use deposits::DepositWords;
use page::{FailureWords, PageWords};
use riverbank_engine::pages::Language;
use statuses::StatusWords;
use steps::{ConnectionWords, OauthWords, ProgressWords, QuestionWords, SearchWords, SignInWords};

use crate::words::Phrase;

/// What has happened, and what there is to do.
#[derive(Clone, Copy)]
pub(super) struct Told {
    pub(super) title: Phrase,
    pub(super) text: Phrase,
}

/// The words of one language, by where they stand.
pub(super) struct Words {
    pub(super) page: PageWords,
    pub(super) failure: FailureWords,
    pub(super) search: SearchWords,
    pub(super) sign_in: SignInWords,
    pub(super) question: QuestionWords,
    pub(super) oauth: OauthWords,
    pub(super) progress: ProgressWords,
    pub(super) connections: ConnectionWords,
    pub(super) status: StatusWords,
    pub(super) accounts: AccountWords,
    pub(super) kinds: KindWords,
    pub(super) properties: PropertyWords,
    pub(super) deposits: DepositWords,
}

macro_rules! words {
    ($constant:ident) => {
        Words {
            page: PageWords::$constant,
            failure: FailureWords::$constant,
            search: SearchWords::$constant,
            sign_in: SignInWords::$constant,
            question: QuestionWords::$constant,
            oauth: OauthWords::$constant,
            progress: ProgressWords::$constant,
            connections: ConnectionWords::$constant,
            status: StatusWords::$constant,
            accounts: AccountWords::$constant,
            kinds: KindWords::$constant,
            properties: PropertyWords::$constant,
            deposits: DepositWords::$constant,
        }
    };
}

static ENGLISH: Words = words!(ENGLISH);
static SPANISH: Words = words!(SPANISH);
static FRENCH: Words = words!(FRENCH);

impl Words {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Spanish => &SPANISH,
            Language::CanadianFrench => &FRENCH,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use riverbank_model::connection::ConnectionStatus;

    use super::*;
    use crate::words::testing::is_sound;

    #[test]
    fn every_language_says_all_once_and_with_the_same_gaps() {
        is_sound(&[
            PageWords::all(),
            FailureWords::all(),
            SearchWords::all(),
            SignInWords::all(),
            QuestionWords::all(),
            OauthWords::all(),
            ProgressWords::all(),
            ConnectionWords::all(),
            StatusWords::all(),
            AccountWords::all(),
            KindWords::all(),
            PropertyWords::all(),
            DepositWords::all(),
        ]);
    }

    #[test]
    fn each_status_has_words_of_its_own_in_every_language() {
        for language in Language::ALL {
            let told = ConnectionStatus::ALL.iter().map(|status| Words::of(language).status.told(*status));
            let told: HashSet<_> = told.map(|told| (told.title.text(), told.text.text())).collect();
            assert_eq!(told.len(), ConnectionStatus::ALL.len(), "{language:?}");
        }
    }
}
