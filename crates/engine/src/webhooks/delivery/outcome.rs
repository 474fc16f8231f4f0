//! What a try makes of its message and its endpoint.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use riverbank_connect::transport::StatusCode;
use riverbank_model::guid::WebhookEndpointGuid;
use riverbank_store::webhook_attempts::{self, WebhookAttempt};
use riverbank_store::webhook_messages::{self, Message, MessageState};
use riverbank_store::{StoreError, Tx, webhook_endpoints};

use super::Tried;
use super::tries::Try;
use crate::Engine;
use crate::webhooks::endpoints::disable;
use crate::webhooks::retries::{IN_ORDER_TRIES, gap, pause};

/// What an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// The endpoint has it.
    Received,
    /// It is to be tried again, not before so long.
    NotReceived(Duration),
    /// The endpoint wants no more messages.
    Gone,
}

impl Verdict {
    fn of(attempt: &Try) -> Self {
        match &attempt.answer {
            Ok(answer) if answer.status.is_success() => Self::Received,
            Ok(answer) if answer.status == StatusCode::GONE => Self::Gone,
            Ok(answer) => Self::NotReceived(answer.retry_after.unwrap_or_default()),
            Err(_) => Self::NotReceived(Duration::ZERO),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::NotReceived(_) => "not_received",
            Self::Gone => "gone",
        }
    }
}

/// What some tries tell of their endpoint.
#[derive(Default)]
struct Impression {
    received: bool,
    gone: bool,
    failures: i64,
}

impl Engine {
    /// Writes down what `owner` has tried. What is no longer in its hands is left to who has it.
    pub(in crate::webhooks) async fn write_tries(
        &self,
        tx: &Tx,
        tried: &[Arc<Tried>],
        owner: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        // In the order of their ids, so that two nodes never wait for each other.
        let mut impressions: BTreeMap<&WebhookEndpointGuid, Impression> = BTreeMap::new();
        for one in tried {
            let (message, verdict) = (&one.message, Verdict::of(&one.attempt));
            let next = after(message, verdict, now);
            if !webhook_messages::tried(tx, message, owner, &next).await? {
                tracing::warn!(message = %message.guid, "a message was taken over while it was sent");
                continue;
            }
            webhook_attempts::insert(tx, &row(message, &one.attempt)).await?;
            if next.state == MessageState::Ready && message.attempts + 1 < IN_ORDER_TRIES {
                webhook_messages::hold_back(tx, message, next.due_at).await?;
            }
            metrics::counter!("webhook_attempts_total", "outcome" => verdict.name()).increment(1);
            let impression = impressions.entry(&message.endpoint_guid).or_default();
            match verdict {
                Verdict::Received => impression.received = true,
                Verdict::Gone => impression.gone = true,
                Verdict::NotReceived(_) => impression.failures += 1,
            }
        }
        for (endpoint, impression) in impressions {
            judge(tx, endpoint, &impression, now).await?;
        }
        Ok(())
    }
}

/// What becomes of a message.
fn after(message: &Message, verdict: Verdict, now: Timestamp) -> webhook_messages::Tried {
    let tries_left = message.tries_left - 1;
    let ended = |state| webhook_messages::Tried { state, tries_left, due_at: now, ended_at: Some(now) };
    match verdict {
        Verdict::Received => ended(MessageState::Delivered),
        Verdict::Gone => ended(MessageState::Failed),
        Verdict::NotReceived(_) if tries_left <= 0 => ended(MessageState::Failed),
        Verdict::NotReceived(not_before) => {
            let wait = gap(&message.guid, tries_left).max(not_before);
            // However long an endpoint wants to be left in peace, there is a last try.
            let due_at = now.checked_add(wait).unwrap_or(Timestamp::MAX).min(message.expires_at);
            if due_at <= now {
                return ended(MessageState::Failed);
            }
            webhook_messages::Tried { state: MessageState::Ready, tries_left, due_at, ended_at: None }
        }
    }
}

/// What becomes of an endpoint.
async fn judge(
    tx: &Tx,
    endpoint: &WebhookEndpointGuid,
    impression: &Impression,
    now: Timestamp,
) -> Result<(), StoreError> {
    if impression.gone {
        return disable(tx, endpoint, "it answered 410", now).await;
    }
    if impression.received {
        webhook_endpoints::revive(tx, endpoint).await?;
    }
    if impression.failures > 0
        && let Some(failing) = webhook_endpoints::note_failed(tx, endpoint, impression.failures).await?
    {
        if failing.disabled_at.is_some() {
            // It was disabled while these were on their way.
            webhook_messages::give_up(tx, endpoint, now).await?;
        } else if let Some(until) = pause(failing.failures, now) {
            webhook_endpoints::pause(tx, endpoint, until).await?;
            webhook_messages::give_up_expired(tx, endpoint, now).await?;
        }
    }
    Ok(())
}

fn row(message: &Message, attempt: &Try) -> WebhookAttempt {
    let answer = attempt.answer.as_ref();
    WebhookAttempt {
        message_guid: message.guid.clone(),
        number: message.attempts + 1,
        at: attempt.at,
        latency: i64::try_from(attempt.latency.as_micros()).unwrap_or(i64::MAX),
        status: answer.ok().map(|answer| i64::from(answer.status.as_u16())),
        failure: answer.err().cloned(),
        answer: answer.ok().map(|answer| answer.beginning.clone()),
    }
}
