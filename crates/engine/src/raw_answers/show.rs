//! Looking at a raw answer: `riverbank raw show`.

use riverbank_model::guid::JobGuid;

use super::RawAnswerError;
use crate::Engine;

impl Engine {
    /// The bytes of an answer as they came. They may hold secrets of the end user.
    pub async fn show_raw_answer(&self, job: &JobGuid) -> Result<Vec<u8>, RawAnswerError> {
        Ok(self.raw_answer(job).await?.1.body)
    }
}
