//! Text messages and what is pushed: an address of the operator's own that is posted signed JSON, as webhooks are, and knows
//! how to reach telephones and devices.

use std::sync::Arc;

use async_trait::async_trait;
use riverbank_connect::carrier::{Carrier, NotCarried, Parcel};
use riverbank_connect::transport::{Client, StatusCode, Url};
use riverbank_model::limits::WEBHOOK_ANSWER;
use riverbank_model::{MachineClock, SecretText};
use serde::Serialize;

use crate::webhooks::{Post, Signer, retry_after};

/// An address that carries text messages and pushes.
pub struct Gateway {
    url: Url,
    client: Client,
    signer: Signer,
    machine: Arc<dyn MachineClock>,
}

#[derive(Serialize)]
struct Body<'a> {
    channel: &'static str,
    content: &'a str,
    guid: &'a str,
    notification_guid: &'a str,
    notification_type_name: &'static str,
    subject: &'a str,
    /// The telephone number; null for pushes.
    to: Option<&'a str>,
    user_guid: &'a str,
    user_id: &'a str,
}

impl Gateway {
    /// Posts to an address, signed with a secret of the form of webhooks' secrets; none where the secret has another form.
    pub fn new(
        url: Url,
        secret: &SecretText,
        client: Client,
        machine: Arc<dyn MachineClock>,
    ) -> Option<Self> {
        Some(Self { url, client, signer: Signer::new(secret)?, machine })
    }
}

#[async_trait]
impl Carrier for Gateway {
    async fn carry(&self, parcel: &Parcel<'_>) -> Result<(), NotCarried> {
        let body = Body {
            channel: parcel.channel.name(),
            content: parcel.content,
            guid: parcel.guid.as_str(),
            notification_guid: parcel.notification_guid.as_str(),
            notification_type_name: parcel.notification_type.name(),
            subject: parcel.subject,
            to: parcel.to,
            user_guid: parcel.user_guid.as_str(),
            user_id: parcel.user_id,
        };
        let body = serde_json::to_string(&body).map_err(|error| NotCarried::for_now(error.to_string()))?;
        let timestamp = self.machine.wall().as_second();
        let signature = self.signer.sign(parcel.guid.as_str(), timestamp, &body);
        let post = Post { id: parcel.guid.as_str(), timestamp, signature: &signature, body: &body };
        let request = post.request(&self.url).map_err(NotCarried::for_now)?;
        let answer = self.client.send_for_beginning(request, WEBHOOK_ANSWER).await;
        let answer = answer.map_err(|error| NotCarried::for_now(error.to_string()))?;
        if answer.status.is_success() {
            return Ok(());
        }
        let why = format!("the gateway answered {}", answer.status);
        // What it says of itself (401, 404) can be mended; that it will not have this one cannot.
        if matches!(answer.status, StatusCode::GONE | StatusCode::UNPROCESSABLE_ENTITY) {
            return Err(NotCarried::ForGood(why));
        }
        let not_before = retry_after(&answer.headers, self.machine.wall()).unwrap_or_default();
        Err(NotCarried::ForNow { why, not_before })
    }
}
