//! Texts that an operator writes: the keyring, the address of the database, the settings of an institution.

use riverbank_connect::ofx::Settings;
use riverbank_store::{DatabaseUrl, Keyring};

/// What stands for a password in an address.
const PASSWORD: &str = "hunter2hunter2";

/// Any text as each of them. None of them shows a secret, whether it is right or wrong.
pub fn settings(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Keyring::parse(text) {
        Ok(keyring) => assert!(keyring.next_version() > 0),
        Err(error) => assert!(error.to_string().len() < 200, "{error}"),
    }
    let _ = Settings::parse(text);
    if let Ok(url) = text.parse::<DatabaseUrl>() {
        let again = url.to_string().parse::<DatabaseUrl>();
        assert_eq!(again.map(|again| again.to_string()), Ok(url.to_string()), "{text}");
    }
    let (user, rest) = text.split_once('\n').unwrap_or(("user", text));
    for address in [
        format!("postgres://{user}:{PASSWORD}@{rest}"),
        format!("postgres://{user}@{rest}?password={PASSWORD}"),
    ] {
        let shown = match address.parse::<DatabaseUrl>() {
            Ok(url) => format!("{url} {url:?}"),
            Err(error) => error.to_string(),
        };
        // What is no password to the address itself may be shown: behind a `@` or within another parameter.
        let is_hidden =
            !user.contains(['@', '/', '?', '#', ':']) && !rest.contains(['@', '/', '?', '#', '&', ',']);
        assert!(!is_hidden || !shown.contains(PASSWORD), "{address} is shown as {shown}");
    }
}
