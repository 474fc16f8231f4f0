//! The settings of micro deposits by NACHA files: all of them, or none.

use std::path::PathBuf;

use riverbank_connect::nacha::Originator;

use super::error::ConfigError;
use super::setting::{self, Setting};
use super::sources::Sources;
use super::values;

/// Where files go, and in whose name.
#[derive(Debug, Clone)]
pub struct Nacha {
    pub directory: PathBuf,
    pub originator: Originator,
}

impl Nacha {
    pub(super) fn read(sources: &Sources) -> Result<Option<Self>, ConfigError> {
        let Some(directory) = sources.read(&setting::NACHA_DIRECTORY, values::path)? else {
            return without_directory(sources);
        };
        let text = |setting: &'static Setting, parse: fn(&str) -> Result<String, &'static str>| {
            sources.read(setting, parse)?.ok_or(ConfigError::HalfNacha { missing: setting.key })
        };
        let originator = Originator {
            routing_number: text(&setting::NACHA_ROUTING_NUMBER, values::routing_number)?,
            bank_name: text(&setting::NACHA_BANK_NAME, values::name_of_23)?,
            company_id: text(&setting::NACHA_COMPANY_ID, values::company_id)?,
            company_name: text(&setting::NACHA_COMPANY_NAME, values::name_of_16)?,
            settlement_account: text(&setting::NACHA_SETTLEMENT_ACCOUNT, values::account_number)?,
        };
        Ok(Some(Self { directory, originator }))
    }
}

/// None, unless something is set that is of no use without a directory.
fn without_directory(sources: &Sources) -> Result<Option<Nacha>, ConfigError> {
    let others = [
        &setting::NACHA_ROUTING_NUMBER,
        &setting::NACHA_BANK_NAME,
        &setting::NACHA_COMPANY_ID,
        &setting::NACHA_COMPANY_NAME,
        &setting::NACHA_SETTLEMENT_ACCOUNT,
    ];
    if others.into_iter().any(|other| sources.get(other).is_some()) {
        return Err(ConfigError::HalfNacha { missing: setting::NACHA_DIRECTORY.key });
    }
    Ok(None)
}
