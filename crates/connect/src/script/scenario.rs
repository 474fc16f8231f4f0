//! A bank's script: how it answers logins and challenges, and the data it serves.
//!
//! This is the `[institution.script]` table of a catalogue file, described in `docs/scenarios.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use riverbank_model::challenge::{Challenge, ChallengeKind, ChallengeOption};
use riverbank_model::connection::ConnectionStatus;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use toml::Spanned;

use super::attempts::Attempts;
use super::authorization::Registration;
use super::data::Data;
use super::picture::Colour;
use crate::connector::BankRefusal;

/// The script of a bank.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// The first rule that fits a login decides. A login that fits none is DENIED.
    #[serde(default)]
    pub login: Vec<Spanned<LoginRule>>,
    /// The questions that steps ask, by the name that they ask them by.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub challenge: BTreeMap<String, Spanned<Question>>,
    /// The steps that an exact answer leads to, whatever was asked, unless the question itself has the answer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Vec<Act>>,
    /// Its authorisation server, where end users sign in on the bank's own page; [`Registration::default`] when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oauth: Option<Spanned<Registration>>,
    /// What a login that got through is served.
    #[serde(default)]
    pub data: Data,
}

/// What happens to some logins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoginRule {
    /// The exact values that a login must have, by field name; fields that are not named may have any.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub when: BTreeMap<String, String>,
    /// The attempts of a member that the rule holds for.
    #[serde(default, skip_serializing_if = "Attempts::is_all")]
    pub attempts: Attempts,
    /// What happens, in this order. After the last step the login is through.
    #[serde(default)]
    pub steps: Vec<Act>,
}

/// One step of a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Act {
    /// The login is through, whatever steps follow.
    Succeed,
    /// Goes on after so many seconds.
    Wait(u32),
    /// Asks these questions together.
    Ask(Vec<String>),
    /// Ends the attempt in DENIED, with this status of the bank's server.
    Deny(u16),
    /// Ends in REJECTED.
    Reject(u16),
    /// Ends in LOCKED.
    Lock(u16),
    /// Ends in IMPEDED.
    Impede(u16),
    /// Ends in FAILED.
    Fail(u16),
    /// Ends in DELAYED.
    Delay(u16),
    /// Ends in DEGRADED.
    Degrade(u16),
    /// Ends in DISCONNECTED.
    Disconnect(u16),
    /// Ends in DISCONTINUED.
    Discontinue(u16),
}

/// The status of a wrong answer and of a login that no rule fits.
const UNAUTHORISED: u16 = 401;

impl Act {
    /// What this step ends the attempt with, if it does.
    pub(super) fn refusal(&self) -> Option<BankRefusal> {
        use ConnectionStatus as To;
        let (status, code, message) = match *self {
            Self::Succeed | Self::Wait(_) | Self::Ask(_) => return None,
            Self::Deny(code) => (To::Denied, code, "the credentials are wrong"),
            Self::Reject(code) => (To::Rejected, code, "an answer is wrong"),
            Self::Lock(code) => (To::Locked, code, "the login is locked"),
            Self::Impede(code) => (To::Impeded, code, "the end user must act at the bank"),
            Self::Fail(code) => (To::Failed, code, "the bank could not answer"),
            Self::Delay(code) => (To::Delayed, code, "the bank takes longer than usual"),
            Self::Degrade(code) => (To::Degraded, code, "the bank answers badly"),
            Self::Disconnect(code) => (To::Disconnected, code, "the bank cannot be reached"),
            Self::Discontinue(code) => (To::Discontinued, code, "the bank is no longer served"),
        };
        Some(BankRefusal { status, code: Some(i64::from(code)), message: message.to_owned() })
    }
}

fn rejected() -> Vec<Act> {
    vec![Act::Reject(UNAUTHORISED)]
}

/// A question, and what its answers lead to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What form it has.
    pub kind: ChallengeKind,
    /// The text to show.
    pub label: String,
    /// IMAGE_DATA only: the colour of the picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Colour>,
    /// OPTIONS and IMAGE_OPTIONS only: the choices, in the order to show them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// The steps that an exact answer leads to, before the script goes on; none for a right answer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Vec<Act>>,
    /// The steps that any other answer leads to.
    #[serde(default = "rejected")]
    pub otherwise: Vec<Act>,
}

/// A choice of a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The text to show.
    pub label: String,
    /// The answer that choosing it gives.
    pub value: String,
    /// IMAGE_OPTIONS only: the colour of the picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Colour>,
}

impl Question {
    /// The question under its name, as it is shown.
    pub(super) fn challenge(&self, name: &str) -> Challenge {
        Challenge {
            kind: self.kind,
            field_name: name.to_owned(),
            label: self.label.clone(),
            image_data: self.image.map(Colour::picture),
            options: self
                .options
                .iter()
                .map(|choice| ChallengeOption {
                    label: choice.label.clone(),
                    value: choice.value.clone(),
                    data_uri: choice
                        .image
                        .map(|colour| format!("data:image/png;base64,{}", colour.picture())),
                })
                .collect(),
        }
    }

    fn flaw(&self) -> Option<&'static str> {
        let pictures = self.options.iter().filter(|choice| choice.image.is_some()).count();
        let values: BTreeSet<_> = self.options.iter().map(|choice| &choice.value).collect();
        match self.kind {
            ChallengeKind::Options | ChallengeKind::ImageOptions if self.options.is_empty() => {
                Some("needs `options`")
            }
            ChallengeKind::Text | ChallengeKind::Token | ChallengeKind::ImageData
                if !self.options.is_empty() =>
            {
                Some("has `options`, which are for OPTIONS and IMAGE_OPTIONS")
            }
            ChallengeKind::ImageData if self.image.is_none() => Some("needs an `image`"),
            kind if kind != ChallengeKind::ImageData && self.image.is_some() => {
                Some("has an `image`, which is for IMAGE_DATA")
            }
            ChallengeKind::ImageOptions if pictures < self.options.len() => {
                Some("needs an `image` for each option")
            }
            ChallengeKind::Options if pictures > 0 => {
                Some("has an `image` on an option, which is for IMAGE_OPTIONS")
            }
            _ if values.len() < self.options.len() => Some("has two options of the same value"),
            _ => None,
        }
    }
}

/// A flaw of a script that has the right form.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct ScriptFlaw {
    /// Which part is at fault, and why.
    pub message: String,
    /// The bytes of the part in the file, where it is known.
    pub span: Option<Range<usize>>,
}

impl ScriptFlaw {
    fn of<T>(part: &Spanned<T>, message: String) -> Self {
        Self { message, span: Some(part.span()) }
    }
}

impl Script {
    /// Finds what the form alone does not forbid: questions that nobody wrote, fields that are no credentials,
    /// choices on the wrong kind of question, flawed data. `fields` are the names of the login form's fields.
    pub fn check(&self, fields: &BTreeSet<&str>) -> Result<(), ScriptFlaw> {
        if self.login.is_empty() {
            return Err(ScriptFlaw {
                message: "the script has no `login` rule, so that every login would be denied".to_owned(),
                span: None,
            });
        }
        for rule in &self.login {
            if let Some(field) = rule.as_ref().when.keys().find(|field| !fields.contains(field.as_str())) {
                let message = format!("`when` names the field `{field}`, which is no credential of the bank");
                return Err(ScriptFlaw::of(rule, message));
            }
            self.check_steps(&rule.as_ref().steps).map_err(|message| ScriptFlaw::of(rule, message))?;
        }
        for (name, question) in &self.challenge {
            let flaw = |what: &str| ScriptFlaw::of(question, format!("the challenge `{name}` {what}"));
            if let Some(what) = question.as_ref().flaw() {
                return Err(flaw(what));
            }
            let followed = question.as_ref().answers.values().chain([&question.as_ref().otherwise]);
            for steps in followed {
                self.check_steps(steps).map_err(|what| flaw(&format!("leads to {what}")))?;
            }
        }
        for (answer, steps) in &self.answers {
            self.check_steps(steps).map_err(|what| ScriptFlaw {
                message: format!("the answer `{answer}` leads to {what}"),
                span: None,
            })?;
        }
        if let Some(oauth) = &self.oauth
            && let Some(message) = oauth.as_ref().flaw()
        {
            return Err(ScriptFlaw::of(oauth, message.to_owned()));
        }
        self.data.check(fields).map_err(|(message, span)| ScriptFlaw { message, span })
    }

    /// The client that is registered at its authorisation server.
    pub fn registration(&self) -> Registration {
        self.oauth.as_ref().map(|oauth| oauth.as_ref().clone()).unwrap_or_default()
    }

    fn check_steps(&self, steps: &[Act]) -> Result<(), String> {
        for step in steps {
            let Act::Ask(names) = step else { continue };
            if names.is_empty() {
                return Err("a step that asks nothing".to_owned());
            }
            if let Some(name) = names.iter().find(|name| !self.challenge.contains_key(*name)) {
                return Err(format!("a step that asks `{name}`, which is no challenge of the script"));
            }
            if names.iter().collect::<BTreeSet<_>>().len() < names.len() {
                return Err("a step that asks the same challenge twice".to_owned());
            }
        }
        Ok(())
    }

    /// The steps that an answer to a question leads to.
    pub(super) fn follow_up<'a>(&'a self, question: &'a Question, answer: Option<&str>) -> &'a [Act] {
        answer
            .and_then(|answer| question.answers.get(answer).or_else(|| self.answers.get(answer)))
            .unwrap_or(&question.otherwise)
    }

    /// The steps for a login, of which `value` tells the value of a field.
    pub(super) fn steps<'a>(&self, attempt: i64, value: impl Fn(&str) -> Option<&'a str>) -> Vec<Act> {
        self.login
            .iter()
            .map(Spanned::as_ref)
            .find(|rule| {
                rule.attempts.contains(attempt)
                    && rule.when.iter().all(|(field, expected)| value(field) == Some(expected.as_str()))
            })
            .map_or_else(|| vec![Act::Deny(UNAUTHORISED)], |rule| rule.steps.clone())
    }
}
