//! The members behind a user's accounts and transactions.

use riverbank_model::guid::{MemberGuid, UserGuid};
use riverbank_model::use_case::UseCase;
use riverbank_store::accounts::{self, Origin};
use riverbank_store::{StoreError, Tx};

/// The live members of a user, read once for a whole list. A user has a handful of them, and a list many rows.
pub(crate) struct Origins(Vec<Origin>);

impl Origins {
    /// Reads them.
    pub(crate) async fn read(tx: &Tx, user: &UserGuid) -> Result<Self, StoreError> {
        accounts::origins(tx, user).await.map(Self)
    }

    /// The member with this id.
    pub(crate) fn get(&self, guid: &MemberGuid) -> Option<&Origin> {
        let place = self.0.binary_search_by(|origin| origin.guid.cmp(guid));
        place.ok().and_then(|place| self.0.get(place))
    }

    /// Those that a list is narrowed to; none when that is no narrowing, since all of them fit.
    pub(crate) fn narrowed(
        &self,
        use_case: Option<UseCase>,
        is_managed_by_user: Option<bool>,
        is_manual: Option<bool>,
    ) -> Option<Vec<MemberGuid>> {
        let fits = |origin: &&Origin| {
            use_case.is_none_or(|case| origin.use_cases.has(case))
                && is_managed_by_user.is_none_or(|managed| origin.is_managed_by_user == managed)
                && is_manual.is_none_or(|manual| origin.is_manual == manual)
        };
        let fitting: Vec<_> = self.0.iter().filter(fits).map(|origin| origin.guid.clone()).collect();
        (fitting.len() < self.0.len()).then_some(fitting)
    }
}
