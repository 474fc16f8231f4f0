//! What securities are called (`SECLIST`, OFX 2.2, 13.8.4).

use std::collections::HashMap;

use crate::ofx::document::Node;

/// The name of a security, as positions and transactions carry it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct SecurityId {
    /// `UNIQUEID`.
    pub(super) id: String,
    /// `UNIQUEIDTYPE` in capitals.
    pub(super) scheme: String,
}

impl SecurityId {
    /// The `SECID` within `parent`.
    pub(super) fn read(parent: Node<'_>) -> Option<Self> {
        let node = parent.child("SECID")?;
        Some(Self {
            id: node.value("UNIQUEID")?,
            scheme: node.value("UNIQUEIDTYPE").unwrap_or_default().to_ascii_uppercase(),
        })
    }

    /// The id where it is a CUSIP.
    pub(super) fn cusip(&self) -> Option<String> {
        (self.scheme == "CUSIP").then(|| self.id.clone())
    }
}

/// What is told of a security.
#[derive(Clone, Debug, Default)]
pub(super) struct Security {
    pub(super) name: Option<String>,
    pub(super) ticker: Option<String>,
}

/// The securities that a file tells of, wherever they stand.
pub(super) fn read(root: Node<'_>) -> HashMap<SecurityId, Security> {
    root.descendants()
        .filter(|node| node.is("SECINFO"))
        .filter_map(|info| {
            let security = Security { name: info.value("SECNAME"), ticker: info.value("TICKER") };
            Some((SecurityId::read(info)?, security))
        })
        .collect()
}
