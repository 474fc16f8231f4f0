//! The test bank that users of a measurement are connected to.

use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use crate::Outcome;

/// A bank that serves the generated household: six accounts, about 900 transactions.
const NAME: &str = "MX Bank";
/// The login that it knows, at the password that connects at once.
pub const KNOWN_LOGIN: &str = "mxuser";
const PASSWORD: &str = "correct";

/// What a member is made of.
#[derive(Clone, Debug)]
pub struct ScriptedBank {
    institution: Value,
    credentials: Vec<Value>,
}

impl ScriptedBank {
    /// Looks it up, as a partner does.
    pub async fn find(session: &Caller) -> Outcome<Self> {
        let search = json!({"institution": {"name": NAME}});
        let found = session.post("/institutions/search", &search).await.root("institutions");
        let bank = found.as_array().and_then(|all| all.iter().find(|bank| bank["name"] == NAME));
        let institution = bank.ok_or_else(|| format!("there is no {NAME}"))?["guid"].clone();
        let path = format!("/institutions/{}/credentials", institution.as_str().unwrap_or_default());
        let asked = session.get(&path).await.root("credentials");
        Ok(Self { institution, credentials: asked.as_array().cloned().unwrap_or_default() })
    }

    /// The body of `POST /members` for a login there.
    pub fn member(&self, login: &str, skip_aggregation: bool) -> Value {
        let value = |asked: &Value| if asked["field_name"] == "LOGIN" { login } else { PASSWORD };
        let credentials: Vec<_> = self
            .credentials
            .iter()
            .map(|asked| json!({"credential_guid": asked["guid"], "value": value(asked)}))
            .collect();
        json!({"member": {
            "institution_guid": self.institution,
            "credentials": credentials,
            "skip_aggregation": skip_aggregation,
        }})
    }
}
