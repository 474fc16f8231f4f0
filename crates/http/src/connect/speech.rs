//! What the pages tell the site or the app that shows them (Connect guide, post messages).

use riverbank_engine::institutions::Institution;
use riverbank_engine::pages::{MessageVersion, Visit};
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use serde_json::{Value, json};

/// What a page tells, for its script.
pub(super) struct Speech {
    pub(super) version: u8,
    /// The one site that hears it; empty when none does.
    pub(super) target: String,
    /// The scheme of the app that hears it; empty when none does.
    pub(super) app: String,
    /// The step of the way that the page is.
    pub(super) step: &'static str,
    /// The messages of its loading, JSON. The first has no type: it holds what all of them have in common.
    pub(super) messages: String,
}

/// One message.
pub(super) struct Message {
    name: &'static str,
    metadata: Value,
}

impl Message {
    /// A message without metadata of its own.
    pub(super) fn bare(name: &'static str) -> Self {
        Self::new(name, json!({}))
    }

    /// A message with metadata, an object.
    pub(super) fn new(name: &'static str, metadata: Value) -> Self {
        Self { name, metadata }
    }

    /// A message about a member.
    pub(super) fn of_member(name: &'static str, member: &MemberGuid) -> Self {
        Self::new(name, json!({"member_guid": member}))
    }

    /// The status of a member.
    pub(super) fn status(member: &MemberGuid, status: ConnectionStatus) -> Self {
        let metadata = json!({"member_guid": member, "connection_status": status.id()});
        Self::new("mx/connect/memberStatusUpdate", metadata)
    }

    /// A member that needs something done.
    pub(super) fn error(member: &MemberGuid, status: ConnectionStatus) -> Self {
        let metadata = json!({"member": {"guid": member, "connection_status": status.id()}});
        Self::new("mx/connect/memberError", metadata)
    }

    /// An institution that was chosen.
    pub(super) fn selected(institution: &Institution) -> Self {
        let Institution { code, guid, name, url, .. } = institution;
        let metadata =
            json!({"code": code, "guid": guid, "name": name, "url": url.as_deref().unwrap_or_default()});
        Self::new("mx/connect/selectedInstitution", metadata)
    }

    fn into_json(self, ids: &Value) -> Value {
        let mut metadata = ids.clone();
        if let (Some(all), Value::Object(own)) = (metadata.as_object_mut(), self.metadata) {
            all.extend(own);
        }
        json!({"type": self.name, "metadata": metadata})
    }
}

/// Messages as JSON, for what someone may do on a page.
pub(super) fn on_doing(visit: &Visit, messages: impl IntoIterator<Item = Message>) -> String {
    let ids = ids(visit);
    Value::Array(messages.into_iter().map(|message| message.into_json(&ids)).collect()).to_string()
}

/// What a page tells when it is loaded.
pub(super) fn on_loading(
    visit: &Visit,
    step: &'static str,
    messages: impl IntoIterator<Item = Message>,
) -> Speech {
    let ids = ids(visit);
    let common = json!({"metadata": ids});
    let messages = messages.into_iter().map(|message| message.into_json(&ids));
    Speech {
        version: match visit.options.message_version {
            MessageVersion::Object => 4,
            MessageVersion::Text(version) => version,
        },
        target: visit.shown_by.clone().unwrap_or_default(),
        app: if visit.options.is_mobile_webview { visit.options.scheme().to_owned() } else { String::new() },
        step,
        messages: Value::Array([common].into_iter().chain(messages).collect()).to_string(),
    }
}

fn ids(visit: &Visit) -> Value {
    json!({"user_guid": visit.caller.user, "session_guid": visit.guid})
}
