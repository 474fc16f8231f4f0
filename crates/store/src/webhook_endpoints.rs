//! The addresses of partners that are told of events.

use jiff::{SignedDuration, Timestamp};
use riverbank_model::guid::{ClientGuid, WebhookEndpointGuid};
use riverbank_model::webhook::EventKinds;

use crate::db::{
    FromValue, Kind, StoreError, ToRow, ToValue, Tx, Unreadable, Value, params, row, statements,
};

row! {
    /// An endpoint as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct WebhookEndpoint {
        /// Its id.
        pub guid: WebhookEndpointGuid,
        /// Whose it is.
        pub client_guid: ClientGuid,
        /// The how-manieth child of its client it is.
        pub number: i64,
        /// Where messages go.
        pub url: String,
        /// What it is told of.
        pub events: EventKinds,
        /// What signs and what authenticates, sealed.
        pub secrets: Vec<u8>,
        /// Tries in a row that came to nothing.
        pub failures: i64,
        /// Not tried before, when it is found to be dead; business time.
        pub paused_until: Option<Timestamp>,
        /// When it was disabled.
        pub disabled_at: Option<Timestamp>,
        /// Why.
        pub disabled_because: Option<String>,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

row! {
    /// Who listens, and to what.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Listener {
        /// The endpoint.
        pub guid: WebhookEndpointGuid,
        /// What it is told of.
        pub events: EventKinds,
    }
}

row! {
    /// An endpoint that has just failed.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Failing {
        /// Tries in a row that came to nothing.
        pub failures: i64,
        /// When it was disabled.
        pub disabled_at: Option<Timestamp>,
    }
}

impl ToValue for EventKinds {
    fn to_value(&self) -> Value<'_> {
        Value::I64(self.bits())
    }
}

impl FromValue for EventKinds {
    const KIND: Kind = Kind::I64;
    fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
        i64::from_value(value).map(Self::from_bits)
    }
}

statements! {
    INSERT for WebhookEndpoint = "insert into webhook_endpoints ({columns}) values ({values})";
    FIND: WebhookEndpoint = "select {columns} from webhook_endpoints where guid = $1";
    LIST: WebhookEndpoint = "select {columns} from webhook_endpoints order by created_at, number, guid";
    LIST_OF_CLIENT: WebhookEndpoint = "select {columns} from webhook_endpoints where client_guid = $1 order by number";
    PAGE_OF_CLIENT: WebhookEndpoint = "select {columns} from webhook_endpoints where client_guid = $1 and number > $2
        order by number limit $3";
    LISTENERS: Listener = "select {columns} from webhook_endpoints
        where client_guid = $1 and disabled_at is null order by number";
    SET_SECRETS = "update webhook_endpoints set secrets = $1, updated_at = $2 where guid = $3";
    DISABLE = "update webhook_endpoints set disabled_at = $1, disabled_because = $2, updated_at = $1
        where guid = $3 and disabled_at is null";
    ENABLE = "update webhook_endpoints set disabled_at = null, disabled_because = null, failures = 0,
        paused_until = null, updated_at = $1 where guid = $2 and disabled_at is not null";
    REMOVE = "delete from webhook_endpoints where guid = $1";
    REVIVE = "update webhook_endpoints set failures = 0, paused_until = null
        where guid = $1 and (failures <> 0 or paused_until is not null)";
    FAILED: Failing = "update webhook_endpoints set failures = failures + $1 where guid = $2 returning {columns}";
    BRING_FORWARD = "update webhook_endpoints set paused_until = paused_until - $1 where paused_until > $2";
    PAUSE = "update webhook_endpoints set paused_until = $1 where guid = $2";
}

/// Writes a new endpoint.
pub async fn insert(tx: &Tx, endpoint: &WebhookEndpoint) -> Result<(), StoreError> {
    tx.execute(&INSERT, &endpoint.values()).await.map(drop)
}

/// An endpoint by its id.
pub async fn find(tx: &Tx, guid: &WebhookEndpointGuid) -> Result<Option<WebhookEndpoint>, StoreError> {
    tx.query_opt(&FIND, params![guid]).await
}

/// Every endpoint, in the order in which they were made.
pub async fn list(tx: &Tx) -> Result<Vec<WebhookEndpoint>, StoreError> {
    tx.query(&LIST, params![]).await
}

/// The endpoints of a client, in the order in which they were made.
pub async fn list_of_client(tx: &Tx, client: &ClientGuid) -> Result<Vec<WebhookEndpoint>, StoreError> {
    tx.query(&LIST_OF_CLIENT, params![client]).await
}

/// The same after the one with this number, `limit` at most.
pub async fn page_of_client(
    tx: &Tx,
    client: &ClientGuid,
    after: i64,
    limit: i64,
) -> Result<Vec<WebhookEndpoint>, StoreError> {
    tx.query(&PAGE_OF_CLIENT, params![client, after, limit]).await
}

/// The endpoints of a client that are not disabled.
pub async fn listeners(tx: &Tx, client: &ClientGuid) -> Result<Vec<Listener>, StoreError> {
    tx.query(&LISTENERS, params![client]).await
}

/// Writes other secrets.
pub async fn set_secrets(
    tx: &Tx,
    guid: &WebhookEndpointGuid,
    secrets: &[u8],
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(&SET_SECRETS, params![secrets, at, guid]).await.map(drop)
}

/// Sends nothing more; false when it was disabled already.
pub async fn disable(
    tx: &Tx,
    guid: &WebhookEndpointGuid,
    because: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    tx.execute(&DISABLE, params![at, because, guid]).await.map(|disabled| disabled > 0)
}

/// Sends again what is new from now on; false when it was not disabled.
pub async fn enable(tx: &Tx, guid: &WebhookEndpointGuid, at: Timestamp) -> Result<bool, StoreError> {
    tx.execute(&ENABLE, params![at, guid]).await.map(|enabled| enabled > 0)
}

/// Removes an endpoint with its messages; false when there is none.
pub async fn remove(tx: &Tx, guid: &WebhookEndpointGuid) -> Result<bool, StoreError> {
    tx.execute(&REMOVE, params![guid]).await.map(|removed| removed > 0)
}

/// It counts as alive: it has taken a message, or an operator says so.
pub async fn revive(tx: &Tx, guid: &WebhookEndpointGuid) -> Result<(), StoreError> {
    tx.execute(&REVIVE, params![guid]).await.map(drop)
}

/// So many tries more came to nothing; what that makes of it. None when it is gone.
pub async fn note_failed(
    tx: &Tx,
    guid: &WebhookEndpointGuid,
    tries: i64,
) -> Result<Option<Failing>, StoreError> {
    tx.query_opt(&FAILED, params![tries, guid]).await
}

/// It is not tried before `until`.
pub async fn pause(tx: &Tx, guid: &WebhookEndpointGuid, until: Timestamp) -> Result<(), StoreError> {
    tx.execute(&PAUSE, params![until, guid]).await.map(drop)
}

/// Ends the pauses that last beyond `now` so much earlier: for a business clock that was set back by as much.
pub async fn bring_forward(tx: &Tx, by: SignedDuration, now: Timestamp) -> Result<(), StoreError> {
    let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
    tx.execute(&BRING_FORWARD, params![by, now]).await.map(drop)
}
