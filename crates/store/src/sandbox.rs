//! What only the control face of a sandbox asks, across users.

use riverbank_model::guid::InstitutionGuid;

use crate::db::{Each, StoreError, Tx, params, statements};
use crate::due::MemberKey;

statements! {
    MEMBERS_AT: (String, i64) = "select institution_guid, count(*) from members
        where institution_guid in {each $1} and deleted_at is null group by institution_guid";
    DELETED_AT: MemberKey = "select {columns} from members
        where institution_guid = $1 and deleted_at is not null limit 100";
}

/// How many live members institutions have; none is left out.
pub async fn members_at(tx: &Tx, institutions: &[InstitutionGuid]) -> Result<Vec<(String, i64)>, StoreError> {
    tx.query(&MEMBERS_AT, params![Each::of(institutions)]).await
}

/// Deleted members of an institution that are not purged yet, a hundred at most.
pub async fn deleted_members_at(
    tx: &Tx,
    institution: &InstitutionGuid,
) -> Result<Vec<MemberKey>, StoreError> {
    tx.query(&DELETED_AT, params![institution]).await
}
