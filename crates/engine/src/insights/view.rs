//! An insight as answers show it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use riverbank_model::guid::{ClientGuid, Guid, InsightGuid};
use riverbank_model::insight::LinkKind;
use riverbank_store::insights::{Insight, Link};
use riverbank_store::users::User;

use super::wording::shortened;

/// Characters of a short heading (platform reference, insights).
const MICRO_TITLE: usize = 60;
/// Characters of a short text (platform reference, insights).
const MICRO_DESCRIPTION: usize = 300;

/// An insight with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsightView {
    /// The insight.
    pub insight: Insight,
    /// What it is about, by kind and position.
    pub links: Vec<Link>,
    /// The client of its user.
    pub client_guid: ClientGuid,
    /// The partner's own id of its user.
    pub user_id: String,
}

impl InsightView {
    pub(super) fn of(insight: Insight, links: Vec<Link>, user: &User) -> Self {
        Self { insight, links, client_guid: user.client_guid.clone(), user_id: user.partner_id.clone() }
    }

    /// Views of insights of a user, with their links, those of each in their order.
    pub(super) fn of_all(insights: Vec<Insight>, links: Vec<Link>, user: &User) -> Vec<Self> {
        let mut of_each: BTreeMap<InsightGuid, Vec<Link>> = BTreeMap::new();
        for link in links {
            of_each.entry(link.insight_guid.clone()).or_default().push(link);
        }
        let mut view = |insight: Insight| {
            let own = of_each.remove(&insight.guid).unwrap_or_default();
            Self::of(insight, own, user)
        };
        insights.into_iter().map(&mut view).collect()
    }

    /// Whether it was made about something of this kind.
    pub fn is_about(&self, kind: LinkKind) -> bool {
        self.links.iter().any(|link| link.kind == kind)
    }

    /// The ids of what it is about of one kind, in their order.
    pub fn guids<G: Guid>(&self, kind: LinkKind) -> Vec<G> {
        let of_kind = self.links.iter().filter(|link| link.kind == kind);
        of_kind.map(|link| G::trusted(link.object_guid.clone())).collect()
    }

    /// The digest of its fact in base64.
    pub fn digest(&self) -> String {
        STANDARD.encode(&self.insight.digest)
    }

    /// Its heading, where there is little room.
    pub fn micro_title(&self) -> String {
        shortened(&self.insight.title, MICRO_TITLE)
    }

    /// What it tells, where there is little room.
    pub fn micro_description(&self) -> String {
        shortened(&self.insight.description, MICRO_DESCRIPTION)
    }
}
