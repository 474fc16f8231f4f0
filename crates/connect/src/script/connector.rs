//! The connector of scripted banks.

use async_trait::async_trait;
use jiff::SignedDuration;
use riverbank_model::ExposeSecret;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::feed::Feed;
use serde::{Deserialize, Serialize};

use super::authorization::Addresses;
use super::consent::Consent;
use super::scenario::{Act, Script};
use crate::connector::{
    Answer, Bank, BankRefusal, Connector, Login, RawAnswer, Session, Step, Visit, Wanted,
};
use crate::oauth::OauthProvider;
use crate::transport::Client;

/// Serves banks that are described by a script. The same visit gives the same bytes; nothing is remembered.
#[derive(Clone, Debug, Default)]
pub struct ScriptConnector {
    client: Option<Client>,
}

impl ScriptConnector {
    /// One that reaches the authorisation servers of test banks too, for logins with a consent.
    pub fn reaching(client: Client) -> Self {
        Self { client: Some(client) }
    }

    /// The consent of a login that has one.
    async fn consent(&self, login: &Login) -> Result<Option<Consent>, BankRefusal> {
        match (&login.authorization, &self.client) {
            (None, _) => Ok(None),
            (Some(authorization), Some(client)) => Consent::read(client, authorization).await.map(Some),
            (Some(_), None) => Err(failed("this server reaches no authorisation server".to_owned())),
        }
    }
}

/// What survives between two steps: the questions that wait for an answer, and the steps still to come. Holds
/// no secret.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Progress {
    asked: Vec<String>,
    rest: Vec<Act>,
}

/// A flaw on our side of the connection, told as the bank's refusal so that the attempt ends.
pub(super) fn failed(message: String) -> BankRefusal {
    BankRefusal { status: ConnectionStatus::Failed, code: None, message }
}

fn script(bank: &Bank) -> Result<Script, BankRefusal> {
    toml::from_str(&bank.settings)
        .map_err(|error| failed(format!("the script of {} cannot be read: {}", bank.name, error.message())))
}

impl Progress {
    fn bytes(asked: &[String], rest: &[Act]) -> Result<Vec<u8>, BankRefusal> {
        let progress = Self { asked: asked.to_vec(), rest: rest.to_vec() };
        toml::to_string(&progress)
            .map(String::into_bytes)
            .map_err(|error| failed(format!("the state of the script cannot be kept: {error}")))
    }

    fn read(state: &[u8]) -> Result<Self, BankRefusal> {
        std::str::from_utf8(state)
            .ok()
            .and_then(|text| toml::from_str(text).ok())
            .ok_or_else(|| failed("the kept state is not one of a script".to_owned()))
    }
}

/// Follows the steps up to the first that ends, asks or waits.
fn follow(visit: &Visit<'_>, script: &Script, steps: &[Act]) -> Result<Step, BankRefusal> {
    for (index, step) in steps.iter().enumerate() {
        let rest = &steps[index + 1..];
        match step {
            Act::Succeed => break,
            Act::Wait(seconds) => {
                let until = visit
                    .now
                    .checked_add(SignedDuration::from_secs(i64::from(*seconds)))
                    .map_err(|error| failed(format!("the wait ends beyond the calendar: {error}")))?;
                return Ok(Step::Wait { until, state: Progress::bytes(&[], rest)? });
            }
            Act::Ask(names) => {
                let challenges = names
                    .iter()
                    .map(|name| match script.challenge.get(name) {
                        Some(question) => Ok(question.as_ref().challenge(name)),
                        None => Err(failed(format!("the script has no challenge `{name}`"))),
                    })
                    .collect::<Result<_, _>>()?;
                return Ok(Step::Challenge { challenges, state: Progress::bytes(names, rest)? });
            }
            refusal => {
                if let Some(refusal) = refusal.refusal() {
                    return Err(refusal);
                }
            }
        }
    }
    Ok(Step::Open(Session(Vec::new())))
}

#[async_trait]
impl Connector for ScriptConnector {
    fn oauth(&self, bank: &Bank, public_url: &str) -> Result<Option<OauthProvider>, BankRefusal> {
        let registration = script(bank)?.registration();
        Ok(Some(OauthProvider {
            issuer: Addresses::of(public_url, &bank.code).issuer,
            scopes: registration.scopes(),
            client_id: registration.client_id,
            client_secret: registration.client_secret.map(Into::into),
        }))
    }

    async fn open(&self, visit: &Visit<'_>, login: &Login) -> Result<Step, BankRefusal> {
        let script = script(visit.bank)?;
        let consent = self.consent(login).await?;
        let login = consent.as_ref().map_or(login, |consent| &consent.login);
        let steps = script.steps(visit.attempt, |field| login.value(field).map(ExposeSecret::expose_secret));
        follow(visit, &script, &steps)
    }

    async fn resume(
        &self,
        visit: &Visit<'_>,
        _login: &Login,
        state: &[u8],
        answers: &[Answer],
    ) -> Result<Step, BankRefusal> {
        let script = script(visit.bank)?;
        let progress = Progress::read(state)?;
        let mut steps = Vec::new();
        for name in &progress.asked {
            let Some(question) = script.challenge.get(name) else {
                return Err(failed(format!("the script has no challenge `{name}` any more")));
            };
            let answer = answers.iter().find(|answer| answer.field_name == *name);
            let answer = answer.map(|answer| answer.value.expose_secret());
            steps.extend_from_slice(script.follow_up(question.as_ref(), answer));
        }
        steps.extend(progress.rest);
        follow(visit, &script, &steps)
    }

    async fn fetch(
        &self,
        visit: &Visit<'_>,
        login: &Login,
        _session: &Session,
        wanted: Wanted,
    ) -> Result<RawAnswer, BankRefusal> {
        let script = script(visit.bank)?;
        let consent = self.consent(login).await?;
        let login = consent.as_ref().map_or(login, |consent| &consent.login);
        let mut feed = script.data.feed(visit, login, wanted).map_err(failed)?;
        if let Some(consent) = &consent {
            feed.accounts.retain(|account| consent.accounts.contains(&account.id));
        }
        let body = serde_json::to_vec(&feed).map_err(|error| failed(error.to_string()))?;
        Ok(RawAnswer { body, context: Vec::new() })
    }

    fn read(&self, answer: &RawAnswer) -> Result<Feed, BankRefusal> {
        serde_json::from_slice(&answer.body).map_err(|error| failed(error.to_string()))
    }
}
