//! Which bytes stand for which characters. What a file says of itself is often wrong, so it is believed last.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How values are decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Charset {
    /// For values that are not UTF-8.
    fallback: &'static Encoding,
}

/// A file that is UTF-16 becomes UTF-8; every other charset that is let in keeps ASCII as it is.
pub(super) struct Transcoded<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// Whether places must be counted in UTF-16.
    pub(super) was_utf16: bool,
    /// Bytes of the mark in front.
    pub(super) mark: usize,
}

/// Undoes UTF-16, told by its mark or by its zero bytes.
pub(super) fn transcode(bytes: &[u8]) -> Transcoded<'_> {
    let (encoding, mark) = match bytes {
        [0xFF, 0xFE, ..] => (Some(UTF_16LE), 2),
        [0xFE, 0xFF, ..] => (Some(UTF_16BE), 2),
        [0xEF, 0xBB, 0xBF, ..] => (None, 3),
        [low, 0, second, 0, ..] if *low != 0 && *second != 0 => (Some(UTF_16LE), 0),
        [0, high, 0, second, ..] if *high != 0 && *second != 0 => (Some(UTF_16BE), 0),
        _ => (None, 0),
    };
    match encoding {
        Some(encoding) => {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
            Transcoded { bytes: Cow::Owned(text.into_owned().into_bytes()), was_utf16: true, mark }
        }
        None => Transcoded { bytes: Cow::Borrowed(bytes), was_utf16: false, mark },
    }
}

impl Charset {
    /// The charset of a file with this header; the text is a warning.
    pub(super) fn choose(
        bytes: &[u8],
        encoding: Option<&str>,
        charset: Option<&str>,
    ) -> (Self, Option<String>) {
        let told = [charset, encoding]
            .into_iter()
            .flatten()
            .find(|name| !matches!(name.to_ascii_uppercase().as_str(), "" | "NONE" | "USASCII" | "US-ASCII"));
        let named = told.and_then(lookup);
        let fallback = named.filter(|named| *named != UTF_8).unwrap_or(WINDOWS_1252);
        let warning = match (told, named) {
            (Some(name), None) => Some(format!("the charset {name:?} is not known")),
            (Some(name), Some(named)) if named == UTF_8 && std::str::from_utf8(bytes).is_err() => Some(
                format!("not everything is in {name} as the file says; the rest is read as windows-1252"),
            ),
            _ => None,
        };
        (Self { fallback }, warning)
    }

    /// Text that is valid UTF-8 is UTF-8: text of other charsets hardly ever is by accident.
    pub(super) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => self.fallback.decode_without_bom_handling(bytes).0,
        }
    }
}

/// The encoding of a name as OFX headers write it: `1252`, `ISO-8859-1`, `UTF-8`, `UNICODE`.
fn lookup(name: &str) -> Option<&'static Encoding> {
    let name = name.to_ascii_lowercase();
    let label = match name.as_str() {
        "unicode" | "65001" => "utf-8".to_owned(),
        "932" => "shift_jis".to_owned(),
        "936" => "gbk".to_owned(),
        "949" => "euc-kr".to_owned(),
        "950" => "big5".to_owned(),
        digits if digits.starts_with("125") => format!("windows-{digits}"),
        digits if digits.starts_with("8859") => format!("iso-{digits}"),
        other => other.to_owned(),
    };
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_not_true_gives_way_to_what_is_there() {
        let utf_8 = "été".as_bytes();
        let cases = [
            (&b"\xe9t\xe9"[..], Some("USASCII"), Some("1252"), "été", false),
            (b"\xe9t\xe9", Some("USASCII"), Some("NONE"), "été", false),
            (b"\xe9t\xe9", None, None, "été", false),
            (utf_8, Some("USASCII"), Some("1252"), "été", false),
            (b"\xe9t\xe9", Some("UTF-8"), Some("NONE"), "été", true),
            (b"\xaa", Some("USASCII"), Some("ISO-8859-5"), "Њ", false),
            (b"\xe9", Some("USASCII"), Some("KLINGON"), "é", true),
        ];
        for (bytes, encoding, charset, expected, warned) in cases {
            let (chosen, warning) = Charset::choose(bytes, encoding, charset);
            assert_eq!(chosen.decode(bytes), expected, "{encoding:?} {charset:?}");
            assert_eq!(warning.is_some(), warned, "{encoding:?} {charset:?}");
        }
    }

    #[test]
    fn utf_16_is_told_with_and_without_its_mark() {
        for (bytes, mark) in [
            (&b"\xff\xfe<\0O\0"[..], 2),
            (&b"\xfe\xff\0<\0O"[..], 2),
            (&b"<\0O\0"[..], 0),
            (&b"\0<\0O"[..], 0),
        ] {
            let transcoded = transcode(bytes);
            assert_eq!(&*transcoded.bytes, b"<O");
            assert_eq!((transcoded.was_utf16, transcoded.mark), (true, mark));
        }
    }
}
