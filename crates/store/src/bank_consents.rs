//! What the authorisation servers of test banks keep: consents, and what was handed out for them.

use jiff::Timestamp;

use crate::db::{
    FromValue, Kind, StoreError, ToRow, ToValue, Tx, Unreadable, Value, params, row, statements,
};

row! {
    /// A consent as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct BankConsent {
        /// Its id.
        pub guid: String,
        /// At which bank.
        pub institution_code: String,
        /// Who has it.
        pub client_id: String,
        /// Who gave it.
        pub subject: String,
        /// What for, separated by spaces.
        pub scopes: String,
        /// What was typed, and the accounts that were picked, sealed.
        pub granted: Vec<u8>,
        /// The newest generation of its tokens.
        pub generation: i64,
        /// One of them was used.
        pub is_confirmed: bool,
        /// It was taken back.
        pub is_revoked: bool,
        /// When it runs out.
        pub expires_at: Timestamp,
    }
}

row! {
    /// Something that was handed out, as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Ticket {
        /// Its hash.
        pub hash: Vec<u8>,
        /// By which bank.
        pub institution_code: String,
        /// What it is.
        pub kind: TicketKind,
        /// The consent that it is for; none for a request that was pushed.
        pub consent_guid: Option<String>,
        /// The generation of tokens that it belongs to.
        pub generation: i64,
        /// Requests and codes: the request, JSON.
        pub request: Option<String>,
        /// It was used, and is not to be used again.
        pub is_spent: bool,
        /// When it dies.
        pub expires_at: Timestamp,
    }
}

/// The kinds of what is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketKind {
    /// A request that was pushed.
    Pushed = 1,
    /// An authorisation code.
    Code = 2,
    /// An access token.
    Access = 3,
    /// A refresh token.
    Refresh = 4,
}

impl ToValue for TicketKind {
    fn to_value(&self) -> Value<'_> {
        Value::I64(*self as i64)
    }
}

impl FromValue for TicketKind {
    const KIND: Kind = Kind::I64;
    fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
        match i64::from_value(value)? {
            1 => Ok(Self::Pushed),
            2 => Ok(Self::Code),
            3 => Ok(Self::Access),
            4 => Ok(Self::Refresh),
            _ => Err(Unreadable("no number of a TicketKind")),
        }
    }
}

statements! {
    INSERT_CONSENT for BankConsent = "insert into bank_consents ({columns}) values ({values})";
    INSERT_TICKET for Ticket = "insert into bank_tickets ({columns}) values ({values})";
    LOCK_CONSENT: BankConsent = {
        sqlite: "select {columns} from bank_consents where guid = $1",
        postgres: "select {columns} from bank_consents where guid = $1 for update",
    };
    SAVE_CONSENT = "update bank_consents set generation = $1, is_confirmed = $2, is_revoked = $3 where guid = $4";
    TICKET: Ticket = "select {columns} from bank_tickets where hash = $1";
    SPEND = "update bank_tickets set is_spent = true where hash = $1 and not is_spent";
}

/// Writes a new consent.
pub async fn insert_consent(tx: &Tx, consent: &BankConsent) -> Result<(), StoreError> {
    tx.execute(&INSERT_CONSENT, &consent.values()).await.map(drop)
}

/// Writes what is handed out.
pub async fn insert_tickets(tx: &Tx, tickets: &[Ticket]) -> Result<(), StoreError> {
    tx.execute_many(&INSERT_TICKET, tickets.iter().map(ToRow::values)).await.map(drop)
}

/// A consent that nobody else may change before this unit of work ends.
pub async fn lock_consent(tx: &Tx, guid: &str) -> Result<Option<BankConsent>, StoreError> {
    tx.query_opt(&LOCK_CONSENT, params![guid]).await
}

/// Writes what can change of a consent.
pub async fn save_consent(tx: &Tx, consent: &BankConsent) -> Result<(), StoreError> {
    let c = consent;
    tx.execute(&SAVE_CONSENT, params![c.generation, c.is_confirmed, c.is_revoked, c.guid]).await.map(drop)
}

/// What was handed out; the caller looks at bank, kind and expiry.
pub async fn ticket(tx: &Tx, hash: &[u8]) -> Result<Option<Ticket>, StoreError> {
    tx.query_opt(&TICKET, params![hash]).await
}

/// Marks as used; false when it was already.
pub async fn spend(tx: &Tx, hash: &[u8]) -> Result<bool, StoreError> {
    tx.execute(&SPEND, params![hash]).await.map(|spent| spent > 0)
}
