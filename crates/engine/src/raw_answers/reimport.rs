//! Importing a raw answer again: `riverbank raw reimport`.

use riverbank_model::guid::JobGuid;
use riverbank_store::members::{self, Member};
use riverbank_store::raw_answers::{self, RawAnswer};

use super::RawAnswerError;
use crate::Engine;

/// What a re-import has changed; nothing, where the answer is read as it was the first time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reimported {
    /// Accounts that are new or tell something else.
    pub accounts: usize,
    /// Transactions that are new, tell something else, or are gone.
    pub transactions: usize,
    /// Holdings that are new, tell something else, or are gone.
    pub holdings: usize,
}

impl Engine {
    /// Reads an answer anew and brings in what it tells, as the job that fetched it did. Only the newest of a member: an
    /// older one would put back what has changed since.
    pub async fn reimport_raw_answer(&self, job: &JobGuid) -> Result<Reimported, RawAnswerError> {
        let (row, answer) = self.raw_answer(job).await?;
        self.catalogue().await?;
        let member = self.member_to_import_for(&row).await?;
        let institution = self.institution_of(&member)?;
        let connector = self.parts.connectors.get(&institution.connector).ok_or_else(|| {
            RawAnswerError::Unreadable("this server has no connector for the institution".to_owned())
        })?;
        let feed = connector.read(&answer).map_err(|refusal| RawAnswerError::Unreadable(refusal.message))?;
        let Some(imported) = self.import_again(&row, feed).await? else {
            // Something came between, which can have passed by now.
            self.member_to_import_for(&row).await?;
            return Err(RawAnswerError::JobRuns);
        };
        Ok(Reimported {
            accounts: imported.accounts_created + imported.accounts_updated,
            transactions: imported.transactions_created
                + imported.transactions_updated
                + imported.transactions_deleted,
            holdings: imported.holdings,
        })
    }

    /// The member of an answer that is the last word of its institution, while nobody asks for the next.
    async fn member_to_import_for(&self, row: &RawAnswer) -> Result<Member, RawAnswerError> {
        let gone = || RawAnswerError::NoSuchAnswer(row.job_guid.clone());
        let reader = self.store().read().await?;
        let member = members::find(&reader, &row.user_guid, &row.member_guid).await?.ok_or_else(gone)?;
        let newest = raw_answers::newest(&reader, &row.user_guid, &row.member_guid).await?;
        let newest = newest.ok_or_else(gone)?;
        if newest != row.job_guid {
            return Err(RawAnswerError::NotTheNewest(newest));
        }
        if member.live_job_guid.is_some() {
            return Err(RawAnswerError::JobRuns);
        }
        Ok(member)
    }
}
