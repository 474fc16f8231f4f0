//! What a job must remember between its steps, sealed with it so that any process can go on.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use riverbank_connect::Answer;
use riverbank_model::ExposeSecret;
use riverbank_model::SecretText;
use riverbank_store::Place;
use riverbank_store::jobs::Job;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{Engine, Fault};

/// How far a job has come.
pub(crate) struct Progress {
    /// Who asked.
    pub(crate) asker: Asker,
    /// The answers given, none while they are waited for.
    pub(crate) answers: Vec<Answer>,
}

/// Who a job's questions came from.
pub(crate) enum Asker {
    /// A connector, with the state that it wants back.
    Connector(Vec<u8>),
    /// A caller that put a member in CHALLENGED.
    Caller,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    /// Base64; absent when a caller asked.
    state: Option<String>,
    answers: Vec<(String, String)>,
}

impl Engine {
    /// Seals progress for its job.
    pub(crate) fn seal_progress(&self, job: &Job, progress: &Progress) -> Result<Vec<u8>, Fault> {
        let plain = |answer: &Answer| (answer.field_name.clone(), answer.value.expose_secret().to_owned());
        let stored = Stored {
            state: match &progress.asker {
                Asker::Connector(state) => Some(STANDARD.encode(state)),
                Asker::Caller => None,
            },
            answers: progress.answers.iter().map(plain).collect(),
        };
        let bytes = Zeroizing::new(serde_json::to_vec(&stored).map_err(Fault::internal)?);
        self.seal(&Place::Progress(&job.user_guid, &job.guid), &bytes)
    }

    /// Opens the progress of a job, if it has any.
    pub(crate) fn open_progress(&self, job: &Job) -> Result<Option<Progress>, Fault> {
        let Some(sealed) = &job.progress else { return Ok(None) };
        let bytes = self.unseal(&Place::Progress(&job.user_guid, &job.guid), sealed)?;
        let stored: Stored = serde_json::from_slice(&bytes).map_err(Fault::internal)?;
        let secret = |(field_name, value)| Answer { field_name, value: SecretText::from(value) };
        Ok(Some(Progress {
            asker: match stored.state {
                Some(state) => Asker::Connector(STANDARD.decode(state).map_err(Fault::internal)?),
                None => Asker::Caller,
            },
            answers: stored.answers.into_iter().map(secret).collect(),
        }))
    }
}
