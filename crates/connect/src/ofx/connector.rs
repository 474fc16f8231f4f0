//! The connector: what is asked in which order, and what follows from the answers.

use async_trait::async_trait;
use riverbank_model::SecretText;
use riverbank_model::challenge::{Challenge, ChallengeKind};
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::feed::Feed;
use riverbank_model::secret::ExposeSecret as _;

use super::conversation::{Conversation, ListedAccount};
use super::exchange::{exchange, understood};
use super::questions;
use super::read::{OfxFile, Question};
use super::request::{Requests, SignOn, Uids};
use super::settings::Settings;
use super::statements;
use super::status::Verdict;
use super::verdict::{failed, log_warnings, refused_response, sign_on_verdict};
use crate::connector::{Answer, BankRefusal, Connector, Login, RawAnswer, Session, Step, Visit, Wanted};
use crate::transport::Client;

/// The credential that is sent as `USERID`.
pub const LOGIN_FIELD: &str = "LOGIN";
/// The credential that is sent as `USERPASS`.
pub const PASSWORD_FIELD: &str = "PASSWORD";
/// The name of the challenge for a one-time token.
const TOKEN_FIELD: &str = "AUTHTOKEN";
/// How often a sign-on may answer questions that are for the client itself before it is given up.
const ROUNDS: usize = 3;

/// Speaks OFX Direct Connect. Credentials: `LOGIN` and `PASSWORD`.
#[derive(Clone, Debug)]
pub struct OfxConnector {
    client: Client,
}

impl OfxConnector {
    /// A connector that goes out through that client.
    pub fn new(client: Client) -> Self {
        Self { client }
    }
}

/// One call of the connector.
struct Call<'a> {
    client: &'a Client,
    requests: Requests<'a>,
    institution: &'a str,
    user: &'a SecretText,
    password: &'a SecretText,
    client_uid: Option<String>,
    /// What the profile calls the one-time token.
    token_label: Option<String>,
    conversation: Conversation,
}

#[async_trait]
impl Connector for OfxConnector {
    async fn open(&self, visit: &Visit<'_>, login: &Login) -> Result<Step, BankRefusal> {
        let settings = settings(visit)?;
        let mut call = self.call(visit, login, &settings, "open", Conversation::default())?;
        if settings.profile_request {
            let request = call.requests.profile();
            call.token_label = call.exchange(request).await?.token_label;
        }
        call.sign_in().await
    }

    async fn resume(
        &self,
        visit: &Visit<'_>,
        login: &Login,
        state: &[u8],
        answers: &[Answer],
    ) -> Result<Step, BankRefusal> {
        let settings = settings(visit)?;
        let mut conversation = restored(state)?;
        for answer in answers {
            let text = answer.value.expose_secret().to_owned();
            if answer.field_name == TOKEN_FIELD {
                conversation.token = Some(text);
            } else {
                conversation.answers.push((answer.field_name.clone(), text));
            }
        }
        self.call(visit, login, &settings, "resume", conversation)?.sign_in().await
    }

    async fn fetch(
        &self,
        visit: &Visit<'_>,
        login: &Login,
        session: &Session,
        wanted: Wanted,
    ) -> Result<RawAnswer, BankRefusal> {
        let settings = settings(visit)?;
        let conversation = restored(&session.0)?;
        self.call(visit, login, &settings, "fetch", conversation)?.fetch(wanted).await
    }

    fn read(&self, answer: &RawAnswer) -> Result<Feed, BankRefusal> {
        statements::read(answer)
    }
}

impl OfxConnector {
    fn call<'a>(
        &'a self,
        visit: &Visit<'a>,
        login: &'a Login,
        settings: &'a Settings,
        step: &str,
        conversation: Conversation,
    ) -> Result<Call<'a>, BankRefusal> {
        let value = |field: &str| {
            login.value(field).ok_or_else(|| BankRefusal {
                status: ConnectionStatus::Failed,
                code: None,
                message: format!("there is no credential {field}"),
            })
        };
        let user = value(LOGIN_FIELD)?;
        let now = visit.now.to_string();
        let attempt = visit.attempt.to_string();
        let whose = [visit.seed, visit.user, &visit.bank.code, user.expose_secret()];
        let client_uid = settings.client_uid.then(|| Uids::new(&[&["client"], &whose[..]].concat()).next());
        Ok(Call {
            client: &self.client,
            requests: Requests {
                settings,
                now: visit.now,
                uids: Uids::new(&[&["request", &now, &attempt, step], &whose[..]].concat()),
            },
            institution: &visit.bank.code,
            user,
            password: value(PASSWORD_FIELD)?,
            client_uid,
            token_label: None,
            conversation,
        })
    }
}

fn settings(visit: &Visit<'_>) -> Result<Settings, BankRefusal> {
    Settings::parse(&visit.bank.settings).map_err(|error| BankRefusal {
        status: ConnectionStatus::Failed,
        code: None,
        message: format!("the settings of {} are wrong: {error}", visit.bank.code),
    })
}

fn restored(bytes: &[u8]) -> Result<Conversation, BankRefusal> {
    Conversation::restored(bytes).ok_or_else(|| failed("what was kept of the session cannot be read"))
}

impl<'a> Call<'a> {
    async fn exchange(&mut self, request: Vec<u8>) -> Result<OfxFile, BankRefusal> {
        let answer = self.send(request).await?;
        let file = understood(&answer)?;
        log_warnings(&file, self.institution);
        if let Some(sign_on) = &file.sign_on {
            let kept = &mut self.conversation;
            keep(&mut kept.user_key, sign_on.user_key.as_ref());
            keep(&mut kept.session_cookie, sign_on.session_cookie.as_ref());
            keep(&mut kept.access_key, sign_on.access_key.as_ref());
        }
        Ok(file)
    }

    async fn send(&mut self, request: Vec<u8>) -> Result<Vec<u8>, BankRefusal> {
        exchange(self.client, self.requests.settings, request, &mut self.conversation.cookies).await
    }

    /// Builds a request with the sign-on as it stands now.
    fn signed(&mut self, build: impl FnOnce(&mut Requests<'a>, &SignOn<'_>) -> Vec<u8>) -> Vec<u8> {
        let kept = &self.conversation;
        let sign_on = SignOn {
            user: self.user,
            password: self.password,
            user_key: kept.user_key.as_deref(),
            session_cookie: kept.session_cookie.as_deref(),
            client_uid: self.client_uid.as_deref(),
            token: kept.token.as_deref(),
            access_key: kept.access_key.as_deref(),
            answers: if kept.access_key.is_none() { &kept.answers } else { &[] },
        };
        build(&mut self.requests, &sign_on)
    }

    /// Signs on and asks for the accounts; asks the end user where the institution wants to know more.
    async fn sign_in(&mut self) -> Result<Step, BankRefusal> {
        for _ in 0..ROUNDS {
            let request = self.signed(Requests::accounts);
            let file = self.exchange(request).await?;
            match sign_on_verdict(&file)? {
                None => return self.opened(file),
                Some(Verdict::Token) => {
                    let label = file
                        .token_label
                        .or(self.token_label.take())
                        .unwrap_or_else(|| "The one-time token of your bank".to_owned());
                    return self.challenge(vec![challenge(ChallengeKind::Token, TOKEN_FIELD, label)]);
                }
                Some(Verdict::Questions) => {
                    let for_user = self.questions().await?;
                    if !for_user.is_empty() {
                        return self.challenge(for_user);
                    }
                }
                Some(Verdict::Refused(_)) => {}
            }
        }
        Err(failed("the institution asks the same questions again and again"))
    }

    /// Fetches the questions; answers those that are for the client and gives back the others.
    async fn questions(&mut self) -> Result<Vec<Challenge>, BankRefusal> {
        let request = self.signed(Requests::questions);
        let file = self.exchange(request).await?;
        if file.questions.is_empty() {
            return Err(failed("the institution has further questions and tells none"));
        }
        // These are all that it wants to know now; earlier answers are spent.
        self.conversation.answers.clear();
        self.conversation.access_key = None;
        let mut for_user = Vec::new();
        for Question { id, label } in file.questions {
            let now = self.requests.now;
            if let Some(answer) = questions::own_answer(&id, now, &self.requests.settings.user_agent) {
                self.conversation.answers.push((id, answer));
            } else {
                let label = label.unwrap_or_else(|| questions::label(&id).to_owned());
                for_user.push(challenge(ChallengeKind::Text, &id, label));
            }
        }
        Ok(for_user)
    }

    fn challenge(&self, challenges: Vec<Challenge>) -> Result<Step, BankRefusal> {
        Ok(Step::Challenge { challenges, state: self.kept()? })
    }

    fn opened(&mut self, file: OfxFile) -> Result<Step, BankRefusal> {
        refused_response(&file, "ACCTINFOTRNRS")?;
        // The token is good for one sign-on.
        self.conversation.token = None;
        self.conversation.accounts = file.accounts.into_iter().map(ListedAccount::from).collect();
        Ok(Step::Open(Session(self.kept()?)))
    }

    fn kept(&self) -> Result<Vec<u8>, BankRefusal> {
        self.conversation.kept().ok_or_else(|| failed("the session cannot be kept"))
    }

    async fn fetch(&mut self, wanted: Wanted) -> Result<RawAnswer, BankRefusal> {
        let listed = std::mem::take(&mut self.conversation.accounts);
        let mut body = Vec::new();
        if listed.iter().any(|account| account.can_download) {
            let keys = listed.iter().filter(|account| account.can_download).map(|account| &account.key);
            let request = self.signed(|requests, sign_on| {
                requests.statements(sign_on, keys, wanted.transactions_from, wanted.holdings)
            });
            body = self.send(request).await?;
        }
        statements::kept(body, self.institution, listed, wanted)
    }
}

/// Takes over what was given anew.
fn keep(kept: &mut Option<String>, given: Option<&SecretText>) {
    if let Some(given) = given {
        *kept = Some(given.expose_secret().to_owned());
    }
}

fn challenge(kind: ChallengeKind, field_name: &str, label: String) -> Challenge {
    Challenge { kind, field_name: field_name.to_owned(), label, image_data: None, options: Vec::new() }
}
