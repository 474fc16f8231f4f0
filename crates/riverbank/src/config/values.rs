//! How the text of each setting is read. A reader that cannot says what the text must be.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use jiff::SignedDuration;
use riverbank_connect::transport::Network;
use riverbank_model::SecretText;
use riverbank_model::micro_deposit::is_routing_number;
use tracing_subscriber::EnvFilter;
use url::Url;

use super::LogFormat;

type Read<T> = Result<T, &'static str>;

/// The most jobs at once that a setting may ask for: far beyond what one machine's connections carry.
const MOST_WORKERS: usize = 1_000;
/// The longest that a challenge may be told to wait.
const LONGEST_CHALLENGE: Duration = Duration::from_hours(24);
/// The longest that something may be told to be kept: ten years.
const MOST_DAYS: u64 = 3650;

pub fn switch(text: &str) -> Read<bool> {
    match text {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err("must be true or false"),
    }
}

pub fn text(text: &str) -> Read<String> {
    if text.is_empty() { Err("must be a text that is not empty") } else { Ok(text.to_owned()) }
}

pub fn secret(text: &str) -> Read<SecretText> {
    if text.trim().is_empty() { Err("must be a key that is not empty") } else { Ok(text.into()) }
}

pub fn control_key(text: &str) -> Read<SecretText> {
    let printable = text.bytes().all(|byte| byte.is_ascii_graphic());
    if printable && !text.is_empty() {
        Ok(text.into())
    } else {
        Err("must be printable ASCII characters without blanks")
    }
}

pub fn path(text: &str) -> Read<PathBuf> {
    if text.is_empty() { Err("must be a path") } else { Ok(PathBuf::from(text)) }
}

pub fn address(text: &str) -> Read<SocketAddr> {
    text.parse().map_err(|_| "must be an IP address and a port, such as 127.0.0.1:8040")
}

pub fn public_url(text: &str) -> Read<Url> {
    const EXPECTED: &str = "must be an http or https address without user, query and fragment, such as https://feeds.example.com";
    let url = Url::parse(text).map_err(|_| EXPECTED)?;
    let plain = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if matches!(url.scheme(), "http" | "https") && url.has_host() && plain { Ok(url) } else { Err(EXPECTED) }
}

pub fn gateway_url(text: &str) -> Read<Url> {
    Url::parse(text).map_err(|_| "must be an https address, such as https://messages.example.com/riverbank")
}

pub fn log_filter(text: &str) -> Read<String> {
    match EnvFilter::try_new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("must be a level, or levels by module, as in info,riverbank_engine=debug"),
    }
}

pub fn log_format(text: &str) -> Read<LogFormat> {
    match text {
        "json" => Ok(LogFormat::Json),
        "pretty" => Ok(LogFormat::Pretty),
        _ => Err("must be json or pretty"),
    }
}

pub fn workers(text: &str) -> Read<usize> {
    match text.parse() {
        Ok(number) if (1..=MOST_WORKERS).contains(&number) => Ok(number),
        _ => Err("must be a whole number from 1 to 1000"),
    }
}

pub fn request_limit(text: &str) -> Read<Option<NonZeroU32>> {
    match text {
        "off" => Ok(None),
        number => {
            number.parse().map(Some).map_err(|_| "must be a whole number of requests per second, or off")
        }
    }
}

pub fn duration(text: &str) -> Read<Duration> {
    const EXPECTED: &str = "must be a duration from 1 second to 24 hours, such as 90s or 10m";
    let signed: SignedDuration = text.parse().map_err(|_| EXPECTED)?;
    let duration = Duration::try_from(signed).map_err(|_| EXPECTED)?;
    if (Duration::from_secs(1)..=LONGEST_CHALLENGE).contains(&duration) {
        Ok(duration)
    } else {
        Err(EXPECTED)
    }
}

pub fn days(text: &str) -> Read<Duration> {
    match text.parse() {
        Ok(days) if (1..=MOST_DAYS).contains(&days) => Ok(Duration::from_hours(24 * days)),
        _ => Err("must be a whole number of days from 1 to 3650"),
    }
}

/// Days, of which there may be none.
pub fn days_if_any(text: &str) -> Read<Duration> {
    if text == "0" {
        Ok(Duration::ZERO)
    } else {
        days(text).map_err(|_| "must be a whole number of days from 0 to 3650")
    }
}

pub fn networks(text: &str) -> Read<Vec<Network>> {
    let networks: Result<_, _> = text.split(',').map(|network| network.trim().parse()).collect();
    networks.map_err(|_| "must be networks separated by commas, such as 10.2.0.0/16")
}

pub fn routing_number(text: &str) -> Read<String> {
    if is_routing_number(text) {
        Ok(text.to_owned())
    } else {
        Err("must be a routing number of nine digits with a right check digit")
    }
}

pub fn name_of_16(text: &str) -> Read<String> {
    printed(text, 1, 16).ok_or("must have 1 to 16 printable ASCII characters")
}

pub fn name_of_23(text: &str) -> Read<String> {
    printed(text, 1, 23).ok_or("must have 1 to 23 printable ASCII characters")
}

pub fn company_id(text: &str) -> Read<String> {
    printed(text, 10, 10).ok_or("must have 10 printable ASCII characters")
}

pub fn account_number(text: &str) -> Read<String> {
    printed(text, 1, 17).ok_or("must have 1 to 17 printable ASCII characters")
}

/// A text that a field of a NACHA file holds as it is.
fn printed(text: &str, least: usize, most: usize) -> Option<String> {
    let is_printed = text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.trim().is_empty();
    (is_printed && (least..=most).contains(&text.len())).then(|| text.to_owned())
}
