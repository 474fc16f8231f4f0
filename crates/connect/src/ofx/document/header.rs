//! The lines in front of `<OFX>`: `KEY:VALUE` in 1.x, an `<?OFX ...?>` instruction in 2.x. All may be missing.

/// What the header tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The version of the format: `102`, `203`.
    pub version: Option<String>,
    /// `ENCODING` of 1.x, `encoding` of the XML declaration.
    pub encoding: Option<String>,
    /// `CHARSET` of 1.x.
    pub charset: Option<String>,
    /// The id of this file.
    pub new_file_uid: Option<String>,
}

/// Every key of a 1.x header. A value ends where the next key starts, since some banks write no line ends.
const KEYS: [&str; 9] = [
    "OFXHEADER",
    "DATA",
    "VERSION",
    "SECURITY",
    "ENCODING",
    "CHARSET",
    "COMPRESSION",
    "OLDFILEUID",
    "NEWFILEUID",
];

impl Header {
    /// Reads what stands in front of the root.
    pub(super) fn read(text: &str) -> Self {
        let value = |key| block_value(text, key).or_else(|| attribute(text, key));
        Self {
            version: block_value(text, "VERSION")
                .or_else(|| attribute(text.split_once("<?OFX").map_or("", |(_, rest)| rest), "VERSION")),
            encoding: value("ENCODING").or_else(|| attribute(text, "encoding")),
            charset: value("CHARSET"),
            new_file_uid: value("NEWFILEUID"),
        }
    }
}

/// The value of `KEY:value`.
fn block_value(text: &str, key: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("{key}:"))?;
    let line = rest.lines().next().unwrap_or_default();
    let end = KEYS.iter().filter_map(|next| line.find(&format!("{next}:"))).min().unwrap_or(line.len());
    non_empty(&line[..end])
}

/// The value of `key="value"`.
fn attribute(text: &str, key: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("{key}="))?;
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    non_empty(rest[1..].split(quote).next()?)
}

fn non_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_read_with_or_without_line_ends() {
        let lines = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nENCODING:USASCII\r\nCHARSET:1252\r\n";
        let one_line = lines.replace("\r\n", "");
        for text in [lines, &one_line] {
            let header = Header::read(text);
            assert_eq!(header.version.as_deref(), Some("102"));
            assert_eq!(header.encoding.as_deref(), Some("USASCII"));
            assert_eq!(header.charset.as_deref(), Some("1252"));
        }
    }

    #[test]
    fn the_instruction_of_2_x_is_read_and_not_the_version_of_xml() {
        let header = Header::read(
            "<?xml version=\"1.0\" encoding='UTF-8'?>\n<?OFX OFXHEADER=\"200\" VERSION=\"203\" NEWFILEUID=\"a\"?>",
        );
        assert_eq!(header.version.as_deref(), Some("203"));
        assert_eq!(header.encoding.as_deref(), Some("UTF-8"));
        assert_eq!(header.new_file_uid.as_deref(), Some("a"));
        assert_eq!(Header::read("\n\n"), Header::default());
    }
}
