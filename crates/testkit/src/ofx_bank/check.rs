//! What a bank's server would stumble over: media type, header block, nesting, who asks, ids that repeat.

use riverbank_connect::ofx::MEDIA_TYPE;
use riverbank_connect::ofx::document::{Document, Node};

use super::{Entries, FID, ORG};

/// The keys of a 1.x header with their values, in their order (OFX 1.0.2, 2.2); `None` is checked elsewhere.
const HEADER: [(&str, Option<&str>); 9] = [
    ("OFXHEADER", Some("100")),
    ("DATA", Some("OFXSGML")),
    ("VERSION", None),
    ("SECURITY", Some("NONE")),
    ("ENCODING", Some("USASCII")),
    ("CHARSET", Some("1252")),
    ("COMPRESSION", Some("NONE")),
    ("OLDFILEUID", Some("NONE")),
    ("NEWFILEUID", None),
];

/// Values that every sign-on has.
const SIGN_ON: [(&str, Option<&str>); 4] =
    [("LANGUAGE", Some("ENG")), ("APPID", Some("QWIN")), ("APPVER", Some("2700")), ("DTCLIENT", None)];

/// Writes down what is wrong with a request.
pub(super) fn check(method: &str, media_type: &str, body: &[u8], entries: &mut Entries) {
    let mut wrong = Vec::new();
    if method != "POST" {
        wrong.push(format!("the method is {method}"));
    }
    if media_type != MEDIA_TYPE {
        wrong.push(format!("the media type is {media_type:?}"));
    }
    let text = String::from_utf8_lossy(body);
    match Document::parse(body) {
        Ok(document) => document_faults(&document, &text, entries, &mut wrong),
        Err(error) => wrong.push(error.to_string()),
    }
    entries.violations.extend(wrong);
}

fn document_faults(document: &Document, text: &str, entries: &mut Entries, wrong: &mut Vec<String>) {
    let header = document.header();
    let version: u16 = header.version.as_deref().and_then(|version| version.parse().ok()).unwrap_or(0);
    let is_xml = version >= 200;
    if is_xml {
        if !text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"")
            || !text.contains("<?OFX OFXHEADER=\"200\"")
        {
            wrong.push("the declarations of 2.x are missing".to_owned());
        }
    } else {
        wrong.extend(header_faults(text));
    }
    if let Err(fault) = well_formed(&text[text.find("<OFX>").unwrap_or(0)..], is_xml) {
        wrong.push(fault);
    }
    let root = document.root();
    let sign_on = root.child("SIGNONMSGSRQV1").and_then(|set| set.child("SONRQ"));
    match sign_on {
        Some(sign_on) => {
            for (name, expected) in SIGN_ON {
                let value = sign_on.value(name);
                let is_right = match expected {
                    Some(expected) => value.as_deref() == Some(expected),
                    None => value
                        .as_deref()
                        .is_some_and(|at| at.len() == 14 && at.bytes().all(|digit| digit.is_ascii_digit())),
                };
                if !is_right {
                    wrong.push(format!("{name} is {value:?}"));
                }
            }
            let institution = sign_on.child("FI");
            let told = |name| institution.and_then(|node| node.value(name));
            if told("ORG").as_deref() != Some(ORG) || told("FID").as_deref() != Some(FID) {
                wrong.push(format!("FI is {:?} {:?}", told("ORG"), told("FID")));
            }
            if version < 103 && (sign_on.child("CLIENTUID").is_some() || sign_on.child("AUTHTOKEN").is_some())
            {
                wrong.push("the sign-on has what version 102 does not know".to_owned());
            }
        }
        None => wrong.push("there is no SONRQ first in SIGNONMSGSRQV1".to_owned()),
    }
    let uids = root
        .descendants()
        .filter(|node| node.is("TRNUID"))
        .filter_map(Node::text)
        .chain(header.new_file_uid.clone());
    for uid in uids {
        if uid.len() > 36 || uid == "NONE" {
            wrong.push(format!("the id {uid:?} is not lawful"));
        }
        if !entries.uids.insert(uid.clone()) {
            wrong.push(format!("the id {uid:?} came before"));
        }
    }
}

fn header_faults(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut lines = text.split("\r\n");
    for (key, expected) in HEADER {
        let line = lines.next().unwrap_or_default();
        let value = line.strip_prefix(key).and_then(|rest| rest.strip_prefix(':'));
        if value.is_none_or(|value| value.is_empty() || expected.is_some_and(|expected| expected != value)) {
            wrong.push(format!("the header has {line:?} where {key} belongs"));
        }
    }
    if lines.next() != Some("") {
        wrong.push("no blank line follows the header".to_owned());
    }
    wrong
}

/// Whether tags nest; in SGML a value may stay open.
fn well_formed(body: &str, is_xml: bool) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = body.trim();
    while let Some(tag_and_rest) = rest.strip_prefix('<') {
        let (tag, behind) = tag_and_rest.split_once('>').ok_or("a tag is not closed")?;
        let (text, next) = behind.split_at(behind.find('<').unwrap_or(behind.len()));
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            if !text.trim().is_empty() {
                return Err(format!("text follows </{name}>"));
            }
        } else if text.trim().is_empty() || next.starts_with(&format!("</{tag}>")) {
            open.push(tag);
        } else if is_xml {
            return Err(format!("the value {tag} is not closed"));
        }
        rest = next;
    }
    if open.is_empty() && rest.is_empty() { Ok(()) } else { Err(format!("{open:?} is not closed")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(media_type: &str, body: &str) -> Vec<String> {
        let mut entries = Entries::default();
        check("POST", media_type, body.as_bytes(), &mut entries);
        check("POST", media_type, body.as_bytes(), &mut entries);
        entries.violations
    }

    #[test]
    fn each_fault_is_seen() {
        let good = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:f\r\n\r\n<OFX><SIGNONMSGSRQV1><SONRQ><DTCLIENT>20260302083000<USERID>a<LANGUAGE>ENG<FI><ORG>Millrace Savings Bank<FID>90210</FI><APPID>QWIN<APPVER>2700</SONRQ></SIGNONMSGSRQV1></OFX>";
        assert_eq!(faults(MEDIA_TYPE, good), ["the id \"f\" came before"]);
        for (from, to) in [
            ("DATA:OFXSGML\r\n", ""),
            ("NEWFILEUID:f\r\n\r\n", "NEWFILEUID:f\r\n"),
            ("NEWFILEUID:f", "NEWFILEUID:NONE"),
            ("<FID>90210", "<FID>1"),
            ("<APPID>QWIN", ""),
            ("20260302083000", "2026"),
            ("</FI>", ""),
            ("<USERID>a", "<USERID>a<CLIENTUID>b"),
            ("VERSION:102", "VERSION:203"),
            ("</OFX>", ""),
        ] {
            assert!(faults(MEDIA_TYPE, &good.replace(from, to)).len() > 1, "{from:?}");
        }
        assert!(faults("text/plain", good).len() > 1);
    }
}
