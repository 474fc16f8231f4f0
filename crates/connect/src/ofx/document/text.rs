//! Values: entities, CDATA, white space.

use crate::entities::entities;

/// The value as it is meant: CDATA and entities undone, control characters dropped, line ends and the white space
/// around them as one space, trimmed.
pub(super) fn plain(raw: &str) -> String {
    // Nearly every value has nothing to undo.
    if raw.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<')) {
        return raw.trim_ascii().to_owned();
    }
    let mut decoded = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once("<![CDATA[") {
        let Some((literal, behind)) = after.split_once("]]>") else {
            break;
        };
        entities(before, &mut decoded);
        decoded.push_str(literal);
        rest = behind;
    }
    entities(rest, &mut decoded);
    if !decoded.contains(char::is_control) {
        return decoded.trim().to_owned();
    }
    let lines: Vec<String> = decoded
        .split(['\r', '\n'])
        .map(|line| {
            let line = line.replace('\t', " ").replace(char::is_control, "");
            line.trim().to_owned()
        })
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_undone_and_bare_ampersands_stay() {
        let cases = [
            ("S&amp;P 500", "S&P 500"),
            ("A & B", "A & B"),
            ("AT&T;", "AT&T;"),
            ("R&D &AMP; more", "R&D & more"),
            ("caf&eacute; &Eacute;&#233;&#xE9;", "café Ééé"),
            ("5 &euro; &lt;b&gt;", "5 € <b>"),
            ("&amp;amp;", "&amp;"),
            ("&#0;&#1114112;x&", "&#1114112;x&"),
            ("<![CDATA[a & <b> &amp;]]> &amp;", "a & <b> &amp; &"),
            ("  JOHN\r\n   DOE \u{7}\n", "JOHN DOE"),
            ("TWO  SPACES", "TWO  SPACES"),
            ("&nbsp;x&yuml;", "x\u{ff}"),
        ];
        for (raw, expected) in cases {
            assert_eq!(plain(raw), expected, "{raw:?}");
        }
    }
}
