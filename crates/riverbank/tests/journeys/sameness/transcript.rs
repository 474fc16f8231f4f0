//! What was answered, word for word, but for what is random or of this machine.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use riverbank_testkit::browser::Seen;
use riverbank_testkit::client::{Answer, Caller, Check};
use serde_json::Value;
use url::Url;
use url::form_urlencoded::byte_serialize;

/// Texts of answers that are random in a sandbox too, or of machine time: by the names of their fields.
const RANDOM_FIELDS: [&str; 7] =
    ["token", "oauth_window_uri", "secret", "kid", "x", "webhook-signature", "webhook-timestamp"];
/// Parameters of addresses that are random in a sandbox too.
const RANDOM_PARAMETERS: [&str; 5] = ["state", "nonce", "code", "code_challenge", "request_uri"];
/// Numbers of machine time.
const TIMINGS: [&str; 1] = ["latency_milliseconds"];
const MASK: &str = "***";

/// The lines of one run. Clones write into the same.
#[derive(Clone)]
pub(super) struct Transcript {
    base_url: String,
    notes: Arc<Mutex<Notes>>,
}

#[derive(Default)]
struct Notes {
    lines: Vec<String>,
    /// What is masked from now on.
    secrets: Vec<String>,
}

impl Transcript {
    pub(super) fn of(base_url: &str) -> Self {
        Self { base_url: base_url.to_owned(), notes: Arc::default() }
    }

    /// A caller whose answers are written down, in the place of any other check.
    pub(super) fn following(&self, caller: Caller) -> Caller {
        let transcript = self.clone();
        let check: Check = Arc::new(move |answer| transcript.answer(answer));
        caller.checked(check)
    }

    /// Writes down what a browser sees.
    pub(super) fn seen(&self, seen: &Seen) {
        let place = seen.left_to.as_deref().unwrap_or("-");
        let parameters = Url::parse(place).ok();
        let parameters = parameters.iter().flat_map(Url::query_pairs);
        let random = parameters.filter(|(name, _)| RANDOM_PARAMETERS.contains(&&**name));
        let random: Vec<String> = random
            .flat_map(|(_, value)| [byte_serialize(value.as_bytes()).collect(), value.into_owned()])
            .collect();
        self.notes().secrets.extend(random);
        self.write(&format!("BROWSER {}\n{} {place}\n{}", seen.url, seen.status.as_u16(), seen.html));
    }

    /// Writes down what came at a receiver of webhooks. Messages of different members have no order.
    pub(super) fn received(&self, sink: &Value) {
        let received = sink["received"].as_array().expect("a list").iter();
        let mut messages: Vec<_> = received
            .map(|one| {
                let headers = &one["headers"];
                let text = |field: &Value| field.as_str().unwrap_or("-").to_owned();
                let echo = text(&headers["x-callback-payload"]);
                let id = text(&headers["webhook-id"]);
                format!("WEBHOOK {id}\n{} {echo}\n{}", text(&one["at"]), text(&one["body"]))
            })
            .collect();
        messages.sort();
        for message in &messages {
            self.write(message);
        }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.notes().lines.clone()
    }

    fn answer(&self, answer: &Answer) {
        let text = String::from_utf8(answer.body.clone()).expect("text");
        if let Ok(json) = serde_json::from_str(&text) {
            let random = random_in(&json);
            self.notes().secrets.extend(random);
        }
        if let Some((_, rest)) = text.split_once("<token>")
            && let Some((token, _)) = rest.split_once("</token>")
        {
            self.notes().secrets.push(token.to_owned());
        }
        let pages = format!("{}/connect/", self.base_url);
        let addresses = text.split(&pages).skip(1);
        let secrets = addresses.filter_map(|rest| rest.split(['"', '<']).next()).map(str::to_owned);
        self.notes().secrets.extend(secrets);
        let media = answer.header("content-type").unwrap_or("-");
        self.write(&format!("{} {}\n{} {media}\n{text}", answer.method, answer.path, answer.status.as_u16()));
    }

    fn write(&self, line: &str) {
        let mut notes = self.notes();
        let mut line = line.to_owned();
        for secret in &notes.secrets {
            line = line.replace(secret, MASK);
        }
        for timing in TIMINGS {
            line = without_number(&line, &format!("\"{timing}\":"));
        }
        let encoded: String = byte_serialize(self.base_url.as_bytes()).collect();
        notes.lines.push(line.replace(&self.base_url, "BASE").replace(&encoded, "BASE"));
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The random texts of an answer.
fn random_in(json: &Value) -> Vec<String> {
    match json {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| match value {
                Value::String(text) if RANDOM_FIELDS.contains(&name.as_str()) => vec![text.clone()],
                other => random_in(other),
            })
            .collect(),
        Value::Array(entries) => entries.iter().flat_map(random_in).collect(),
        _ => Vec::new(),
    }
}

/// The text with the digits after each `mark` masked.
fn without_number(text: &str, mark: &str) -> String {
    let mut parts = text.split(mark);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| {
        let rest = part.trim_start_matches(|character: char| character.is_ascii_digit());
        format!("{before}{mark}{MASK}{rest}")
    })
}
