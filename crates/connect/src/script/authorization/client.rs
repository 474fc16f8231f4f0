//! Who a client says it is, and how it shows it (RFC 6749, 2.3.1).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq;
use url::form_urlencoded;

use super::token::{TokenError, TokenRefusal};
use super::{Parameters, Registration};

/// Checks the client of a request: by the header `Authorization` or by its form, never by both.
pub fn authenticate(
    registration: &Registration,
    authorization: Option<&str>,
    form: &Parameters,
) -> Result<(), TokenRefusal> {
    let refuse = |why| Err(TokenRefusal::new(TokenError::InvalidClient, why));
    let in_form = form.get("client_secret");
    let (id, secret) = match authorization {
        Some(_) if in_form.is_some() => return refuse("The client shows itself in two ways."),
        Some(header) => match basic(header) {
            Some((id, secret)) => (id, Some(secret)),
            None => return refuse("The header Authorization cannot be read."),
        },
        None => (form.get("client_id").unwrap_or_default().to_owned(), in_form.map(str::to_owned)),
    };
    let is_known = id == registration.client_id
        && match (&registration.client_secret, secret) {
            (None, None) => true,
            (Some(known), Some(given)) => known.as_bytes().ct_eq(given.as_bytes()).into(),
            _ => false,
        };
    if is_known { Ok(()) } else { refuse("The client is not known, or its secret is wrong.") }
}

/// Name and secret of a header.
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = pair.split_once(':')?;
    Some((decoded(id)?, decoded(secret)?))
}

/// A text that was encoded as the value of a form is.
fn decoded(text: &str) -> Option<String> {
    form_urlencoded::parse(format!("x={}", text.replace(['&', '='], "")).as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Parameters {
        Parameters::read(text.as_bytes())
    }

    #[test]
    fn a_client_with_a_secret_must_show_it_in_one_of_two_ways() {
        let registration =
            Registration { client_secret: Some("s%1:x".to_owned()), ..Registration::default() };
        let header = format!("Basic {}", STANDARD.encode("riverbank:s%251%3Ax"));
        let wrong = format!("Basic {}", STANDARD.encode("riverbank:s"));
        let rows = [
            (Some(header.as_str()), "", true),
            (None, "client_id=riverbank&client_secret=s%251%3Ax", true),
            (Some(&header), "client_secret=s%251%3Ax", false),
            (Some(&wrong), "", false),
            (Some("Bearer x"), "", false),
            (Some("Basic !"), "", false),
            (None, "client_id=riverbank", false),
            (None, "client_id=other&client_secret=s%251%3Ax", false),
            (None, "", false),
        ];
        for (authorization, text, is_right) in rows {
            let found = authenticate(&registration, authorization, &form(text));
            assert_eq!(found.is_ok(), is_right, "{authorization:?} {text}");
        }
    }

    #[test]
    fn a_public_client_has_no_secret_to_show() {
        let registration = Registration::default();
        assert!(authenticate(&registration, None, &form("client_id=riverbank")).is_ok());
        assert!(authenticate(&registration, None, &form("client_id=riverbank&client_secret=x")).is_err());
    }
}
