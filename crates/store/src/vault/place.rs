//! The places of sealed values: what each is bound to.

use riverbank_model::guid::{
    AccountNumberGuid, CredentialGuid, JobGuid, MemberGuid, OauthStateGuid, UserGuid, WebhookEndpointGuid,
};

use super::columns::{
    ACCOUNT_NUMBERS, ANSWERS, BANK_CONSENTS, CREDENTIALS, ENDPOINT_SECRETS, OAUTH_ATTEMPTS, OAUTH_TOKENS,
    OPERATOR_SECRETS, PROGRESS, RAW_ANSWERS, SNAPSHOT_KEYS,
};

/// The place of a sealed value: its column and its row. A value that is put into another place does not open there.
///
/// Each variant but the last is a row of the table in `columns.rs`, which says how the values of a column are found
/// and sealed anew.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// A stored credential, and a consent that was one until its member was deleted.
    Credential(&'a UserGuid, &'a MemberGuid, &'a CredentialGuid),
    /// An answer that waits for its job to be resumed.
    Answer(&'a UserGuid, &'a MemberGuid, &'a CredentialGuid),
    /// A connector's state and the answers given.
    Progress(&'a UserGuid, &'a JobGuid),
    /// The one-time token of an OAuth member.
    OauthToken(&'a UserGuid, &'a MemberGuid),
    /// What signs for a webhook endpoint, and what authenticates to it.
    EndpointSecrets(&'a WebhookEndpointGuid),
    /// What must be known when an end user comes back from an institution's own page.
    OauthAttempt(&'a UserGuid, &'a OauthStateGuid),
    /// What was typed and picked on the page of a test bank, by the id of the consent.
    BankConsent(&'a str),
    /// The numbers of an account.
    AccountNumbers(&'a UserGuid, &'a AccountNumberGuid),
    /// What an institution answered to the fetch of a job.
    RawAnswer(&'a UserGuid, &'a JobGuid),
    /// The keys of a snapshot, by its id.
    SnapshotKeys(&'a str),
    /// What makes the codes of an operator, by its name.
    OperatorSecret(&'a str),
    /// The key of the login fingerprints, a row of the settings.
    FingerprintKey,
}

/// The name under which the settings hold the sealed key of the login fingerprints, and its identity.
pub(super) const FINGERPRINT_KEY: &str = "login_fingerprint_key";

impl Place<'_> {
    pub(super) fn identity(&self) -> String {
        match self {
            Self::Credential(user, member, credential) => {
                CREDENTIALS.identity(&[user.as_str(), member.as_str(), credential.as_str()])
            }
            Self::Answer(user, member, challenge) => {
                ANSWERS.identity(&[user.as_str(), member.as_str(), challenge.as_str()])
            }
            Self::Progress(user, job) => PROGRESS.identity(&[user.as_str(), job.as_str()]),
            Self::OauthToken(user, member) => OAUTH_TOKENS.identity(&[user.as_str(), member.as_str()]),
            Self::EndpointSecrets(endpoint) => ENDPOINT_SECRETS.identity(&[endpoint.as_str()]),
            Self::OauthAttempt(user, state) => OAUTH_ATTEMPTS.identity(&[user.as_str(), state.as_str()]),
            Self::BankConsent(consent) => BANK_CONSENTS.identity(&[*consent]),
            Self::AccountNumbers(user, numbers) => {
                ACCOUNT_NUMBERS.identity(&[user.as_str(), numbers.as_str()])
            }
            Self::RawAnswer(user, job) => RAW_ANSWERS.identity(&[user.as_str(), job.as_str()]),
            Self::SnapshotKeys(snapshot) => SNAPSHOT_KEYS.identity(&[*snapshot]),
            Self::OperatorSecret(operator) => OPERATOR_SECRETS.identity(&[*operator]),
            Self::FingerprintKey => FINGERPRINT_KEY.to_owned(),
        }
    }
}
