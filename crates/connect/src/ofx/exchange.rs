//! One request and its answer over HTTP (OFX 2.2, 2.1).

use reqwest::Method;
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue, SET_COOKIE, USER_AGENT};

use super::read::{OfxFile, read};
use super::settings::Settings;
use super::verdict::failed;
use crate::connector::BankRefusal;
use crate::transport::{Client, Incoming, Outgoing, TransportError};

/// The media type of requests and answers.
pub const MEDIA_TYPE: &str = "application/x-ofx";
/// Cookies that are kept of one institution.
const COOKIE_LIMIT: usize = 20;

/// Posts a request; the bytes of the answer. Cookies, as `name=value`, are sent and kept.
pub(super) async fn exchange(
    client: &Client,
    settings: &Settings,
    request: Vec<u8>,
    cookies: &mut Vec<String>,
) -> Result<Vec<u8>, BankRefusal> {
    let answer = client
        .send(Outgoing {
            method: Method::POST,
            url: settings.url.clone(),
            headers: headers(settings, cookies)?,
            body: request,
        })
        .await
        .map_err(|error| unreachable(&error))?;
    keep_cookies(&answer, cookies);
    if !answer.status.is_success() {
        let code = i64::from(answer.status.as_u16());
        let refusal = failed(&format!("the institution answers with HTTP status {code}"));
        return Err(BankRefusal { code: Some(code), ..refusal });
    }
    Ok(answer.body)
}

fn headers(settings: &Settings, cookies: &[String]) -> Result<HeaderMap, BankRefusal> {
    let value =
        |text: &str| HeaderValue::from_str(text).map_err(|_| failed("a header of the request is not lawful"));
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(ACCEPT, HeaderValue::from_static("*/*, application/x-ofx"));
    headers.insert(USER_AGENT, value(&settings.user_agent)?);
    if !cookies.is_empty() {
        let mut cookies = value(&cookies.join("; "))?;
        cookies.set_sensitive(true);
        headers.insert(COOKIE, cookies);
    }
    Ok(headers)
}

fn keep_cookies(answer: &Incoming, cookies: &mut Vec<String>) {
    for cookie in answer.headers.get_all(SET_COOKIE) {
        let Some(pair) = cookie.to_str().ok().and_then(|text| text.split(';').next()) else {
            continue;
        };
        let Some((name, _)) = pair.split_once('=') else {
            continue;
        };
        cookies.retain(|kept| kept.split_once('=').is_none_or(|(kept, _)| kept != name));
        if cookies.len() < COOKIE_LIMIT {
            cookies.push(pair.trim().to_owned());
        }
    }
}

/// The answer as OFX. One that was cut off is none: its last transaction may be half there.
pub(super) fn understood(answer: &[u8]) -> Result<OfxFile, BankRefusal> {
    let file = read(answer)
        .map_err(|error| failed(&format!("the answer of the institution cannot be read: {error}")))?;
    if !file.is_whole {
        return Err(failed("the answer of the institution is cut off"));
    }
    Ok(file)
}

fn unreachable(error: &TransportError) -> BankRefusal {
    failed(&format!("the institution cannot be asked: {error}"))
}
