//! What the console says. Names of the API – statuses, kinds, events, actions – and what the API itself says of a failure stay
//! as they are in every language: operators look for them in logs and in partners' letters.

mod day;
mod jobs;
mod list;
mod page;
mod partners;
mod people;
mod sandbox;

use riverbank_engine::pages::Language;
use riverbank_model::connection::ConnectionStatus;

use self::day::DayWords;
use self::jobs::JobWords;
use self::list::ListWords;
use self::page::{LogInWords, PageWords};
pub(super) use self::partners::ClientWords;
use self::partners::{AuditWords, InstitutionWords, WebhookWords};
pub(super) use self::people::SearchWords;
use self::people::{MemberWords, UserWords};
use self::sandbox::SandboxWords;

/// The words of one language, by where they stand.
pub(super) struct Words {
    pub(super) language: Language,
    pub(super) page: PageWords,
    pub(super) log_in: LogInWords,
    pub(super) list: ListWords,
    pub(super) day: DayWords,
    pub(super) search: SearchWords,
    pub(super) user: UserWords,
    pub(super) member: MemberWords,
    pub(super) jobs: JobWords,
    pub(super) institutions: InstitutionWords,
    pub(super) clients: ClientWords,
    pub(super) webhooks: WebhookWords,
    pub(super) audit: AuditWords,
    pub(super) sandbox: SandboxWords,
}

macro_rules! words {
    ($language:ident, $constant:ident) => {
        Words {
            language: Language::$language,
            page: PageWords::$constant,
            log_in: LogInWords::$constant,
            list: ListWords::$constant,
            day: DayWords::$constant,
            search: SearchWords::$constant,
            user: UserWords::$constant,
            member: MemberWords::$constant,
            jobs: JobWords::$constant,
            institutions: InstitutionWords::$constant,
            clients: ClientWords::$constant,
            webhooks: WebhookWords::$constant,
            audit: AuditWords::$constant,
            sandbox: SandboxWords::$constant,
        }
    };
}

static ENGLISH: Words = words!(English, ENGLISH);
static SPANISH: Words = words!(Spanish, SPANISH);
static FRENCH: Words = words!(CanadianFrench, FRENCH);

impl Words {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Spanish => &SPANISH,
            Language::CanadianFrench => &FRENCH,
        }
    }

    /// The name of a status; members that never connect have none.
    pub(super) fn status(&self, status: Option<ConnectionStatus>) -> &'static str {
        status.map_or(self.list.no_status.text(), ConnectionStatus::name)
    }

    /// What jobs left a member in.
    pub(super) fn outcome(&self, outcome: Option<ConnectionStatus>) -> &'static str {
        outcome.map_or(self.jobs.left_as_it_was.text(), ConnectionStatus::name)
    }
}

#[cfg(test)]
impl Words {
    /// All phrases, each in all languages, in the order of `Language::ALL`.
    pub(super) fn all() -> Vec<[&'static str; 3]> {
        let all = [
            PageWords::all(),
            LogInWords::all(),
            ListWords::all(),
            DayWords::all(),
            SearchWords::all(),
            UserWords::all(),
            MemberWords::all(),
            JobWords::all(),
            InstitutionWords::all(),
            ClientWords::all(),
            WebhookWords::all(),
            AuditWords::all(),
            SandboxWords::all(),
        ];
        all.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::testing::is_sound;

    #[test]
    fn every_language_says_all_once_and_with_the_same_gaps() {
        is_sound(&[Words::all()]);
    }

    #[test]
    fn words_are_of_the_language_that_is_asked_for() {
        for language in Language::ALL {
            assert_eq!(Words::of(language).language, language);
        }
    }
}
