//! Saved inputs with changes.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use riverbank_fuzzing::Target;

/// Words that the forms know.
const WORDS: &[(&str, &[&str])] = &[
    (
        "catalogue",
        &[
            "[[institution]]\n",
            "[institution.script]\n",
            "=",
            "[",
            "]",
            "{",
            "}",
            "\"",
            "'''",
            "nan",
            "2026-01-01",
            "18446744073709551616",
            "login",
            "steps",
            "ask",
            "wait",
            "attempts",
            "\"..2\"",
            "data",
            "account",
            "facts",
            "\n",
        ],
    ),
    (
        "ofx",
        &[
            "<OFX>",
            "</OFX>",
            "<STMTRS>",
            "</STMTRS>",
            "<CCSTMTRS>",
            "<INVSTMTRS>",
            "<STMTTRN>",
            "</STMTTRN>",
            "<STMTTRNP>",
            "<BANKTRANLIST>",
            "<BANKACCTFROM>",
            "<BANKID>1:",
            "<ACCTID>1",
            "<ACCTTYPE>CHECKING",
            "<TRNAMT>",
            "<FITID>",
            "1",
            "<FITID>1#20260101",
            "<DTPOSTED>20260101",
            "<NAME>",
            "&amp;",
            "&#233;",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<SPLIT>",
            "<INVTRAN>",
            "<BUYDEBT>",
            "<SECID><UNIQUEID>a",
            "<INVPOS>",
            "<POSSTOCK>",
            "<ACCTINFO>",
            "<BANKACCTINFO>",
            "<X>",
            "</X>",
            "<",
            ">",
            "-1,5",
            "1e9",
            "99999999999",
            "é",
            "\u{a0}",
            "\n",
            "<STATUS>",
            "<CODE>0",
            "<MFACHALLENGE><MFAPHRASEID>MFA1",
        ],
    ),
    (
        "requests",
        &[
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "null",
            "true",
            "1e400",
            "-0",
            "\\u0000",
            "\\ud800",
            "/",
            "?",
            "&",
            "=",
            "%00",
            "%ff",
            ".json",
            "$member",
            "$user",
            "\n",
            "accept: ",
            "application/xml",
            "*/*;q=0",
            "content-type: ",
        ],
    ),
    (
        "settings",
        &[
            "1 ",
            "=",
            "\n",
            "#",
            "@",
            ":",
            "/",
            "?",
            "&",
            "sslmode=require",
            "%",
            "postgres://",
            "sqlite://",
            "[",
            "]",
        ],
    ),
    (
        "transaction",
        &[
            "\n",
            "-",
            "(",
            ")",
            ",",
            ".",
            "e",
            "E+",
            "0",
            "9999",
            "€",
            "20260101",
            "[",
            ":EST]",
            "SQ *",
            "#",
            "DES:",
            "ref ",
            "İ",
            "ß",
            "\u{1e9e}",
            "*",
            "www.a.com",
        ],
    ),
];

/// The words of the form of a target's inputs.
pub fn words(target: &Target) -> Vec<&'static str> {
    let form = target.name.split('_').next().unwrap_or_default();
    WORDS.iter().find(|(name, _)| *name == form).map_or(vec!["\0", "\n", "a"], |(_, words)| words.to_vec())
}

/// A change to a saved input.
#[derive(Clone, Debug)]
pub enum Change {
    Byte(Index, u8),
    Word(Index, &'static str),
    WithoutLine(Index),
    LineAgain(Index),
    Cut(Index),
    Repeat(Index, Index, u8),
}

/// Any change; `words` are put in.
pub fn change(words: Vec<&'static str>) -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (at(), select(words)).prop_map(|(at, word)| Change::Word(at, word)),
        at().prop_map(Change::WithoutLine),
        at().prop_map(Change::LineAgain),
        at().prop_map(Change::Cut),
        (at(), at(), 1..60_u8).prop_map(|(from, to, times)| Change::Repeat(from, to, times)),
    ]
}

/// The input with the changes.
pub fn changed(mut bytes: Vec<u8>, changes: Vec<Change>) -> Vec<u8> {
    for change in changes {
        let length = bytes.len();
        if length == 0 {
            break;
        }
        let lines = || bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
        match change {
            Change::Byte(at, byte) => bytes[at.index(length)] = byte,
            Change::Word(at, word) => {
                let at = at.index(length);
                bytes.splice(at..at, word.bytes());
            }
            Change::WithoutLine(at) => {
                let mut lines = lines();
                lines.remove(at.index(lines.len()));
                bytes = lines.concat();
            }
            Change::LineAgain(at) => {
                let mut lines = lines();
                let line = lines[at.index(lines.len())].clone();
                lines.push(line);
                bytes = lines.concat();
            }
            Change::Cut(at) => bytes.truncate(at.index(length)),
            Change::Repeat(one, other, times) => {
                let (one, other) = (one.index(length), other.index(length));
                let part = bytes[one.min(other)..one.max(other)].to_vec();
                if part.len() < 200 {
                    bytes.splice(one..one, part.repeat(usize::from(times)));
                }
            }
        }
    }
    bytes
}
