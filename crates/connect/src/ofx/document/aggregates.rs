//! What is known of nesting: where closing tags are missing, it says what a new tag ends.

/// Every aggregate that is read, and its level where it stands at one level only: opening it ends what is open at
/// the same level or below. The others end nothing. No aggregate of OFX contains itself.
const AGGREGATES: [(&str, Option<u8>); 66] = [
    ("OFX", Some(0)),
    ("SONRQ", Some(2)),
    ("SONRS", Some(2)),
    ("SECLIST", Some(3)),
    ("STMTRQ", Some(3)),
    ("STMTRS", Some(3)),
    ("CCSTMTRQ", Some(3)),
    ("CCSTMTRS", Some(3)),
    ("INVSTMTRQ", Some(3)),
    ("INVSTMTRS", Some(3)),
    ("ACCTINFORQ", Some(3)),
    ("ACCTINFORS", Some(3)),
    ("PROFRQ", Some(3)),
    ("PROFRS", Some(3)),
    ("MFACHALLENGERQ", Some(3)),
    ("MFACHALLENGERS", Some(3)),
    ("BANKTRANLIST", Some(4)),
    ("BANKTRANLISTP", Some(4)),
    ("INVTRANLIST", Some(4)),
    ("INVPOSLIST", Some(4)),
    ("INVOOLIST", Some(4)),
    ("INVBAL", Some(4)),
    ("INV401K", Some(4)),
    ("INV401KBAL", Some(4)),
    ("LEDGERBAL", Some(4)),
    ("AVAILBAL", Some(4)),
    ("ACCTINFO", Some(4)),
    ("MFACHALLENGE", Some(4)),
    ("BUYDEBT", Some(5)),
    ("BUYMF", Some(5)),
    ("BUYOPT", Some(5)),
    ("BUYOTHER", Some(5)),
    ("BUYSTOCK", Some(5)),
    ("CLOSUREOPT", Some(5)),
    ("INCOME", Some(5)),
    ("INVEXPENSE", Some(5)),
    ("JRNLFUND", Some(5)),
    ("JRNLSEC", Some(5)),
    ("MARGININTEREST", Some(5)),
    ("REINVEST", Some(5)),
    ("RETOFCAP", Some(5)),
    ("SELLDEBT", Some(5)),
    ("SELLMF", Some(5)),
    ("SELLOPT", Some(5)),
    ("SELLOTHER", Some(5)),
    ("SELLSTOCK", Some(5)),
    ("SPLIT", Some(5)),
    ("TRANSFER", Some(5)),
    ("INVBANKTRAN", Some(5)),
    ("POSDEBT", Some(5)),
    ("POSMF", Some(5)),
    ("POSOPT", Some(5)),
    ("POSOTHER", Some(5)),
    ("POSSTOCK", Some(5)),
    ("STMTTRN", Some(6)),
    ("STMTTRNP", Some(6)),
    ("STATUS", None),
    ("BANKACCTFROM", None),
    ("CCACCTFROM", None),
    ("INVACCTFROM", None),
    ("INVBUY", None),
    ("INVSELL", None),
    ("INVTRAN", None),
    ("INVPOS", None),
    ("SECINFO", None),
    ("SECID", None),
];

/// Message sets of all versions, such as `BANKMSGSRSV1`.
const MESSAGE_SET_LEVEL: u8 = 1;
/// The wrapper of one answer, such as `STMTTRNRS`.
const WRAPPER_LEVEL: u8 = 2;

/// What a name is to the nesting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It holds others; opening it ends what is open at this level or below.
    Aggregate(Option<u8>),
    /// A value, or an aggregate of which nothing is known.
    Other,
}

/// The level of what an investment statement lists. Some of these names, such as `SPLIT` and `TRANSFER`, are values of
/// banks' own elsewhere, so they count only within [`INVESTMENTS`].
pub(super) const INVESTMENT_LEVEL: u8 = 5;
/// The statement that lists them.
pub(super) const INVESTMENTS: &[u8] = b"INVSTMTRS";

/// Looks a name up, in any case.
pub(super) fn kind(name: &[u8]) -> Kind {
    let ends_with = |suffix: &[u8]| {
        name.len() > suffix.len() && name[name.len() - suffix.len()..].eq_ignore_ascii_case(suffix)
    };
    if ends_with(b"MSGSRSV1") || ends_with(b"MSGSRQV1") || ends_with(b"MSGSRSV2") {
        return Kind::Aggregate(Some(MESSAGE_SET_LEVEL));
    }
    if ends_with(b"TRNRS") || ends_with(b"TRNRQ") {
        return Kind::Aggregate(Some(WRAPPER_LEVEL));
    }
    AGGREGATES
        .iter()
        .find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(name))
        .map_or(Kind::Other, |(_, level)| Kind::Aggregate(*level))
}
