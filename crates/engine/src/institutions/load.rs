//! Loading the catalogue from a file's entries, and writing it back: `institutions load`, `institutions export`.

use std::collections::HashMap;

use jiff::Timestamp;
use riverbank_connect::catalogue::{CatalogueEntry, parse};
use riverbank_connect::script::SHIPPED;
use riverbank_model::guid::{CredentialGuid, InstitutionGuid};
use riverbank_store::institutions::{self as table, InstitutionCredentialRow, InstitutionRow};
use riverbank_store::{Store, Tx};

use super::MANUAL;
use super::entry::{of_rows, rows_of};
use crate::fault::faults;
use crate::{Engine, Fault, Loaded, Mode};

/// Why a catalogue cannot be loaded; nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A code belongs to another institution of the database.
    #[error("the code `{code}` of {guid} belongs to {holder} already")]
    CodeTaken {
        /// The code.
        code: String,
        /// The institution that was to have it.
        guid: InstitutionGuid,
        /// The one that has it.
        holder: InstitutionGuid,
    },
    /// Not the file's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(LoadError);

/// Writes institutions over those with the same guid, all or none. Credential fields that an entry no longer has are
/// removed; institutions that are not among the entries stay. What is there already is not touched.
pub async fn load(store: &Store, entries: &[CatalogueEntry], now: Timestamp) -> Result<Loaded, LoadError> {
    let entries = entries.iter().map(|entry| rows_of(entry, now)).collect::<Result<Vec<_>, _>>()?;
    store.write(async move |tx| write(tx, entries, now).await.map(|(loaded, _)| loaded)).await
}

/// The same for what came by the control face: an institution that it brings goes when the sandbox is put back to its
/// beginning.
pub(crate) async fn upload(
    store: &Store,
    entries: &[CatalogueEntry],
    now: Timestamp,
) -> Result<Loaded, LoadError> {
    let entries = entries.iter().map(|entry| rows_of(entry, now)).collect::<Result<Vec<_>, _>>()?;
    let writing = store.write(async move |tx| {
        let (loaded, created) = write(tx, entries, now).await?;
        for guid in &created {
            table::mark_uploaded(tx, guid).await?;
        }
        Ok(loaded)
    });
    writing.await
}

/// What was done, and the institutions that were not there before.
async fn write(
    tx: &Tx,
    entries: Vec<(InstitutionRow, Vec<InstitutionCredentialRow>)>,
    now: Timestamp,
) -> Result<(Loaded, Vec<InstitutionGuid>), LoadError> {
    table::lock(tx).await?;
    let mut forms = forms(tx).await?;
    let mut known: HashMap<_, _> =
        table::all(tx).await?.into_iter().map(|row| (row.guid.clone(), row)).collect();
    let holders: HashMap<_, _> = known.values().map(|row| (row.code.clone(), row.guid.clone())).collect();

    let (mut loaded, mut created) = (Loaded::default(), Vec::new());
    let (mut institutions, mut fields, mut removed) = (Vec::new(), Vec::new(), Vec::new());
    for (mut institution, form) in entries {
        let holder = holders.get(&institution.code);
        if let Some(holder) = holder.filter(|holder| **holder != institution.guid) {
            let (code, guid) = (institution.code, institution.guid);
            return Err(LoadError::CodeTaken { code, guid, holder: holder.clone() });
        }
        let old_form = forms.remove(&institution.guid).unwrap_or_default();
        let form = form_changes(old_form, form);
        if let Some(old) = known.remove(&institution.guid) {
            (institution.created_at, institution.updated_at) = (old.created_at, old.updated_at);
            if institution == old && form.changed.is_empty() && form.removed.is_empty() {
                loaded.unchanged += 1;
                continue;
            }
            institution.updated_at = now;
            loaded.updated += 1;
        } else {
            loaded.created += 1;
            created.push(institution.guid.clone());
        }
        removed.extend(form.removed.into_iter().map(|field| (institution.guid.clone(), field)));
        fields.extend(form.changed);
        institutions.push(institution);
    }
    if !institutions.is_empty() {
        table::store(tx, &institutions).await?;
        table::delete_credentials(tx, &removed).await?;
        table::store_credentials(tx, &fields).await?;
        table::raise_version(tx).await?;
    }
    Ok((loaded, created))
}

/// What is to be done to a form.
struct FormChanges {
    /// Fields that are new or no longer what they were.
    changed: Vec<InstitutionCredentialRow>,
    /// Fields that are gone.
    removed: Vec<CredentialGuid>,
}

fn form_changes(old: Vec<InstitutionCredentialRow>, new: Vec<InstitutionCredentialRow>) -> FormChanges {
    let mut old: HashMap<_, _> = old.into_iter().map(|field| (field.guid.clone(), field)).collect();
    let is_changed = |field: &InstitutionCredentialRow| {
        old.remove(&field.guid).is_none_or(|old| {
            let (created_at, updated_at) = (old.created_at, old.updated_at);
            InstitutionCredentialRow { created_at, updated_at, ..field.clone() } != old
        })
    };
    FormChanges { changed: new.into_iter().filter(is_changed).collect(), removed: old.into_keys().collect() }
}

/// The fields of every institution, each form in display order.
async fn forms(tx: &Tx) -> Result<HashMap<InstitutionGuid, Vec<InstitutionCredentialRow>>, Fault> {
    let mut forms: HashMap<_, Vec<_>> = HashMap::new();
    for field in table::all_credentials(tx).await? {
        forms.entry(field.institution_guid.clone()).or_default().push(field);
    }
    Ok(forms)
}

/// The whole catalogue, ordered by code, without the institution of what is made by hand.
pub async fn export(store: &Store) -> Result<Vec<CatalogueEntry>, Fault> {
    let reader = store.read().await?;
    let mut forms = forms(&reader).await?;
    let mut institutions = table::all(&reader).await?;
    drop(reader);
    institutions.retain(|row| row.guid.as_str() != MANUAL);
    institutions.sort_unstable_by(|a, b| a.code.cmp(&b.code));
    let entries = institutions.into_iter().map(|row| {
        let form = forms.remove(&row.guid).unwrap_or_default();
        of_rows(row, form)
    });
    entries.collect()
}

/// One institution of the catalogue as an entry; none when there is none of this id.
pub(crate) async fn export_one(
    store: &Store,
    guid: &InstitutionGuid,
) -> Result<Option<CatalogueEntry>, Fault> {
    if guid.as_str() == MANUAL {
        return Ok(None);
    }
    let reader = store.read().await?;
    let Some(row) = table::find(&reader, guid).await? else { return Ok(None) };
    let form = table::credentials_of(&reader, guid).await?;
    drop(reader);
    of_rows(row, form).map(Some)
}

/// The test banks that come with the program.
pub(crate) fn shipped_banks() -> Result<Vec<CatalogueEntry>, Fault> {
    let files = SHIPPED.iter().map(|(_, text)| parse(text));
    let banks: Result<Vec<_>, _> = files.collect();
    banks.map(|banks| banks.concat()).map_err(|error| Fault::Internal(Box::new(error)))
}

/// When the shipped test banks were made, whenever a server first loads them: a sandbox that is told the same shows
/// the same. 2026-01-01T00:00:00Z.
const SHIPPED_AT: Timestamp = Timestamp::constant(1_767_225_600, 0);

impl Engine {
    /// Loads the test banks that come with the program; outside a sandbox it does nothing.
    pub async fn load_test_banks(&self) -> Result<Loaded, LoadError> {
        match self.mode() {
            Mode::Sandbox => load(self.store(), &shipped_banks()?, SHIPPED_AT).await,
            Mode::Production => Ok(Loaded::default()),
        }
    }
}

#[cfg(test)]
mod tests;
