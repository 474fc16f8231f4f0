//! The answer to the request for statements, read beside the list of accounts that the request was made from.

use riverbank_model::feed::Feed;
use serde::{Deserialize, Serialize};

use super::conversation::ListedAccount;
use super::exchange::understood;
use super::read::{OfxAccount, OfxFile};
use super::verdict::{failed, log_warnings, refused_response, sign_on_verdict};
use crate::connector::{BankRefusal, RawAnswer, Wanted};

/// What an answer to a sign-on may hold that lets whoever has it go on with the session.
const KEYS: [&[u8]; 3] = [b"<USERKEY>", b"<SESSCOOKIE>", b"<ACCESSKEY>"];

/// What must be known to read an answer.
#[derive(Serialize, Deserialize)]
struct Context {
    institution: String,
    listed: Vec<ListedAccount>,
    wanted: Wanted,
}

/// The answer to a request for what is `wanted` of the `listed` accounts; empty when there was nothing to ask for.
pub(super) fn kept(
    mut body: Vec<u8>,
    institution: &str,
    listed: Vec<ListedAccount>,
    wanted: Wanted,
) -> Result<RawAnswer, BankRefusal> {
    blank_keys(&mut body);
    let context = Context { institution: institution.to_owned(), listed, wanted };
    let context = serde_json::to_vec(&context).map_err(|_| failed("the list of accounts cannot be kept"))?;
    Ok(RawAnswer { body, context })
}

/// Writes asterisks over the values of [`KEYS`], which nothing is read from any more. Those of a file in UTF-16, which no
/// bank is known to answer with, are not found.
fn blank_keys(body: &mut [u8]) {
    let mut at = 0;
    while let Some(next) = body[at..].iter().position(|byte| *byte == b'<') {
        at += next;
        let is_key =
            |key: &&&[u8]| body[at..].get(..key.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(key));
        let Some(length) = KEYS.iter().find(is_key).map(|key| key.len()) else {
            at += 1;
            continue;
        };
        at += length;
        let value = body[at..].iter_mut().take_while(|byte| !matches!(**byte, b'<' | b'\r' | b'\n'));
        value.for_each(|byte| *byte = b'*');
    }
}

/// The accounts of the list with what their statements tell, then those that are not on it.
pub(super) fn read(answer: &RawAnswer) -> Result<Feed, BankRefusal> {
    let Context { institution, listed, wanted } = serde_json::from_slice(&answer.context)
        .map_err(|_| failed("what was kept of the list of accounts cannot be read"))?;
    let mut told = if answer.body.is_empty() { Vec::new() } else { told(&answer.body, &institution)? };
    let mut accounts = Vec::new();
    for account in listed {
        let statement = account.position_in(&told).map(|position| told.swap_remove(position));
        accounts.push(account.feed(statement, wanted));
    }
    for unlisted in told {
        tracing::warn!(institution, "a statement of an account that is not listed");
        accounts.push(unlisted.account);
    }
    Ok(Feed { accounts })
}

/// The accounts that an answer has statements of.
fn told(body: &[u8], institution: &str) -> Result<Vec<OfxAccount>, BankRefusal> {
    let file = understood(body)?;
    log_warnings(&file, institution);
    if sign_on_verdict(&file)?.is_some() {
        return Err(failed("the institution asks questions again in the middle of a session"));
    }
    if file.accounts.is_empty() {
        for name in ["STMTTRNRS", "CCSTMTTRNRS", "INVSTMTTRNRS"] {
            refused_response(&file, name)?;
        }
    }
    log_refused(&file, institution);
    Ok(file.accounts)
}

/// Tells the log of statements that were refused beside others that were not.
fn log_refused(file: &OfxFile, institution: &str) {
    for response in &file.responses {
        if let Some(status) = response.status.as_ref().filter(|status| status.is_error) {
            tracing::warn!(institution, code = status.code, "a statement was refused: {}", response.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_the_session_are_blanked_and_nothing_else() {
        for (came, kept) in [
            ("<SONRS><USERKEY>abc</USERKEY><LANGUAGE>ENG", "<SONRS><USERKEY>***</USERKEY><LANGUAGE>ENG"),
            ("<sesscookie>a\r\n<ACCESSKEY>b", "<sesscookie>*\r\n<ACCESSKEY>*"),
            ("<USERKEY><MEMO>USERKEY", "<USERKEY><MEMO>USERKEY"),
            ("<USERKEY", "<USERKEY"),
            ("", ""),
        ] {
            let mut body = came.as_bytes().to_vec();
            blank_keys(&mut body);
            assert_eq!(String::from_utf8(body).unwrap(), kept);
        }
    }
}
