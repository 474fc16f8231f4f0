//! What must be known of an institution to ask it: the `[ofx]` table of its catalogue entry.

use serde::{Deserialize, Serialize};
use url::Url;

use super::write::Form;

/// The settings of one institution. Defaults are those of the clients that banks know best.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the file")]
pub struct Settings {
    /// Where requests are posted.
    pub url: Url,
    /// `ORG` of the institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<String>,
    /// `FID` of the institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fid: Option<String>,
    /// `BANKID` where the account list lacks it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank_id: Option<String>,
    /// `BROKERID` where the account list lacks it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broker_id: Option<String>,
    /// `APPID`: what the client says it is.
    #[serde(default = "app_id")]
    pub app_id: String,
    /// `APPVER`.
    #[serde(default = "app_version")]
    pub app_version: String,
    /// The header `User-Agent`.
    #[serde(default = "user_agent")]
    pub user_agent: String,
    /// The version of the format: 102, 103, 151, 160, or 200 to 299.
    #[serde(default = "version")]
    pub version: u16,
    /// Whether a `CLIENTUID` is sent, derived for each login. In the format from 103 on.
    #[serde(default)]
    pub client_uid: bool,
    /// Whether the institution's profile is asked for before signing on.
    #[serde(default)]
    pub profile_request: bool,
    /// Whether values have closing tags in versions below 200.
    #[serde(default)]
    pub close_tags: bool,
    /// Whether each tag starts a line.
    #[serde(default)]
    pub pretty: bool,
}

fn app_id() -> String {
    "QWIN".to_owned()
}

fn app_version() -> String {
    "2700".to_owned()
}

fn user_agent() -> String {
    "InetClntApp/3.0".to_owned()
}

fn version() -> u16 {
    102
}

/// The settings cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Not the table that is expected.
    #[error("{0}")]
    Toml(String),
    /// No such version of the format.
    #[error("version {0} of OFX is not one of 102, 103, 151, 160, or 200 to 299")]
    Version(u16),
}

impl Settings {
    /// Reads the table.
    pub fn parse(toml: &str) -> Result<Self, SettingsError> {
        let settings: Self = toml::from_str(toml).map_err(|error| SettingsError::Toml(error.to_string()))?;
        match settings.version {
            102 | 103 | 151 | 160 | 200..=299 => Ok(settings),
            other => Err(SettingsError::Version(other)),
        }
    }

    /// How requests are written.
    pub fn form(&self) -> Form {
        Form { version: self.version, close_tags: self.close_tags, pretty: self.pretty }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_address_is_needed_and_what_is_unknown_is_refused() {
        let settings = Settings::parse("url = \"https://ofx.bank.example/\"").unwrap();
        assert_eq!((settings.version, settings.app_id.as_str()), (102, "QWIN"));
        assert!(Settings::parse("").is_err());
        let error = Settings::parse("url = \"https://x/\"\nverison = 103").unwrap_err();
        assert!(error.to_string().contains("verison"), "{error}");
        assert_eq!(Settings::parse("url = \"https://x/\"\nversion = 104"), Err(SettingsError::Version(104)));
        assert!(Settings::parse("url = \"bank\"").is_err());
    }
}
