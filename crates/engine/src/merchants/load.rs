//! Loading merchants from a file, and writing them back: `merchants load`, `merchants export`.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;

use jiff::Timestamp;
use riverbank_enrich::Merchant;
use riverbank_enrich::catalogue::LineError;
use riverbank_store::merchants::{self as table, MerchantRow};
use riverbank_store::{Store, institutions};

use crate::{Fault, Loaded};

/// The lines of a file that are wrong.
#[derive(Debug)]
pub struct FlawedFile(Vec<LineError>);

impl fmt::Display for FlawedFile {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        out.write_str(&lines.join("\n"))
    }
}

impl Error for FlawedFile {}

/// Reads a catalogue file of this name; its form stands in `docs/merchants.md`.
pub fn parse(name: &str, text: &str) -> Result<Vec<Merchant>, FlawedFile> {
    let (merchants, errors) = riverbank_enrich::catalogue::read(name, text);
    if errors.is_empty() { Ok(merchants) } else { Err(FlawedFile(errors)) }
}

/// Writes merchants over those of the same name, all or none; the others stay. What was imported before is not
/// described anew.
pub async fn load(store: &Store, merchants: &[Merchant], now: Timestamp) -> Result<Loaded, Fault> {
    let told = merchants.iter().map(|merchant| (merchant.guid.clone(), merchant.to_string()));
    let told: Vec<_> = told.collect();
    let writing = store.write(async move |tx| {
        institutions::lock(tx).await?;
        let known = table::all(tx).await?.into_iter().map(|row| (row.guid.clone(), row));
        let mut known: HashMap<_, _> = known.collect();
        let mut loaded = Loaded::default();
        let mut rows = Vec::new();
        for (guid, entry) in told {
            let created_at = match known.remove(&guid) {
                Some(old) if old.entry == entry => {
                    loaded.unchanged += 1;
                    continue;
                }
                Some(old) => {
                    loaded.updated += 1;
                    old.created_at
                }
                None => {
                    loaded.created += 1;
                    now
                }
            };
            rows.push(MerchantRow { guid, entry, created_at, updated_at: now });
        }
        if !rows.is_empty() {
            table::store(tx, &rows).await?;
            institutions::raise_version(tx).await?;
        }
        Ok::<_, Fault>(loaded)
    });
    writing.await
}

/// The merchants that were added, as the text of a file.
pub async fn export(store: &Store) -> Result<String, Fault> {
    let entries = table::all(&*store.read().await?).await?.into_iter().map(|row| row.entry);
    Ok(entries.collect::<Vec<_>>().join("\n"))
}
