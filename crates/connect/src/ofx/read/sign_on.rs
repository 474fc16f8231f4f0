//! The answer to the sign-on, the statuses of the other answers, and the questions of a second factor.

use riverbank_model::SecretText;
use serde::Serialize;

use crate::ofx::document::Node;

/// A `STATUS` (OFX 2.2, 3.1.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// 0 is success.
    pub code: i64,
    /// Whether the severity is `ERROR`; a code with `INFO` or `WARN` goes with an answer.
    pub is_error: bool,
    /// The institution's own words.
    pub message: Option<String>,
}

impl Status {
    fn read(parent: Node<'_>) -> Option<Self> {
        let status = parent.child("STATUS")?;
        let code: i64 = status.value("CODE")?.parse().ok()?;
        let severity = status.value("SEVERITY");
        Some(Self {
            code,
            is_error: severity.map_or(code != 0, |severity| severity.eq_ignore_ascii_case("ERROR")),
            message: status.value("MESSAGE"),
        })
    }
}

/// `SONRS` (OFX 2.2, 2.5.1.3).
#[derive(Clone, Debug, Serialize)]
pub struct SignOn {
    /// Whether the institution let us in.
    pub status: Option<Status>,
    /// The institution's name of itself.
    pub org: Option<String>,
    /// Its number.
    pub fid: Option<String>,
    /// Stands for the password in the next requests.
    #[serde(skip)]
    pub user_key: Option<SecretText>,
    /// To be sent back with the next request.
    #[serde(skip)]
    pub session_cookie: Option<SecretText>,
    /// To be sent with the next sign-on, so that no questions are asked again.
    #[serde(skip)]
    pub access_key: Option<SecretText>,
}

impl SignOn {
    pub(super) fn read(node: Node<'_>) -> Self {
        let institution = node.child("FI");
        let secret = |name| node.value(name).map(SecretText::from);
        let of_institution = |name| institution.and_then(|node| node.value(name));
        Self {
            status: Status::read(node),
            org: of_institution("ORG"),
            fid: of_institution("FID"),
            user_key: secret("USERKEY"),
            session_cookie: secret("SESSCOOKIE"),
            access_key: secret("ACCESSKEY"),
        }
    }
}

/// The wrapper of one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Response {
    /// The name of the wrapper, such as `STMTTRNRS`.
    pub name: String,
    /// The id that was sent with the request.
    pub transaction_uid: Option<String>,
    /// Whether it was granted.
    pub status: Option<Status>,
}

impl Response {
    pub(super) fn read(node: Node<'_>) -> Self {
        Self { name: node.name(), transaction_uid: node.value("TRNUID"), status: Status::read(node) }
    }
}

/// One question of a second factor (`MFACHALLENGE`, OFX 2.2, 2.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// `MFAPHRASEID`; goes back with the answer.
    pub id: String,
    /// `MFAPHRASELABEL`: the question's text.
    pub label: Option<String>,
}

impl Question {
    pub(super) fn read(node: Node<'_>) -> Option<Self> {
        Some(Self { id: node.value("MFAPHRASEID")?, label: node.value("MFAPHRASELABEL") })
    }
}
