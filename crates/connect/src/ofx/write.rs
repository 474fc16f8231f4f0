//! OFX as bytes: a header and nested aggregates, in SGML or XML.

use encoding_rs::WINDOWS_1252;

/// An aggregate, to be filled in the order that the specification has. May hold passwords, so it does not print.
#[derive(Clone, Default)]
pub struct Aggregate {
    name: String,
    items: Vec<Item>,
}

#[derive(Clone)]
enum Item {
    Value(&'static str, String),
    Aggregate(Aggregate),
}

impl Aggregate {
    /// An empty one.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), items: Vec::new() }
    }

    /// With one more value.
    #[must_use]
    pub fn value(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.items.push(Item::Value(name, value.into()));
        self
    }

    /// With one more value, if there is one.
    #[must_use]
    pub fn maybe(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.value(name, value),
            None => self,
        }
    }

    /// With one more aggregate.
    #[must_use]
    pub fn with(mut self, aggregate: Self) -> Self {
        self.items.push(Item::Aggregate(aggregate));
        self
    }

    /// With more aggregates.
    #[must_use]
    pub fn with_all(mut self, aggregates: impl IntoIterator<Item = Self>) -> Self {
        self.items.extend(aggregates.into_iter().map(Item::Aggregate));
        self
    }
}

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// `102`, `103`, `203` and so on: SGML below 200, XML from there on.
    pub version: u16,
    /// Whether values have closing tags in SGML; XML always has them.
    pub close_tags: bool,
    /// Whether each tag starts a line.
    pub pretty: bool,
}

impl Form {
    /// Whether it is XML.
    pub fn is_xml(self) -> bool {
        self.version >= 200
    }
}

/// The document with its header.
pub fn write(form: Form, file_uid: &str, root: &Aggregate) -> Vec<u8> {
    let version = form.version;
    let mut text = if form.is_xml() {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\r\n<?OFX OFXHEADER=\"200\" VERSION=\"{version}\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"{file_uid}\"?>\r\n"
        )
    } else {
        format!(
            "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:{version}\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:{file_uid}\r\n\r\n"
        )
    };
    write_aggregate(form, root, &mut text);
    if form.is_xml() {
        text.into_bytes()
    } else {
        // What the charset lacks becomes a numeric reference.
        WINDOWS_1252.encode(&text).0.into_owned()
    }
}

fn write_aggregate(form: Form, aggregate: &Aggregate, text: &mut String) {
    let line_end = if form.pretty { "\r\n" } else { "" };
    let name = &aggregate.name;
    text.extend(["<", name, ">", line_end]);
    for item in &aggregate.items {
        match item {
            Item::Value(name, value) => {
                text.extend(["<", name, ">"]);
                escape(value, text);
                if form.is_xml() || form.close_tags {
                    text.extend(["</", name, ">"]);
                }
                text.push_str(line_end);
            }
            Item::Aggregate(inner) => write_aggregate(form, inner, text),
        }
    }
    text.extend(["</", name, ">", line_end]);
}

/// Text as a value: the three characters that are markup, and no control characters, since a line ends a value.
fn escape(value: &str, text: &mut String) {
    for character in value.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            _ if character.is_control() => text.push(' '),
            _ => text.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::Document;
    use super::*;

    const SGML: Form = Form { version: 102, close_tags: false, pretty: false };

    fn root() -> Aggregate {
        Aggregate::new("OFX")
            .with(Aggregate::new("FI").value("ORG", "A & <B>").maybe("FID", None).value("NOTE", "é€\nž"))
    }

    fn body(form: Form) -> String {
        let text = String::from_utf8_lossy(&write(form, "u", &root())).into_owned();
        text[text.find("<OFX>").unwrap()..].to_owned()
    }

    #[test]
    fn sgml_leaves_values_open_unless_told_and_xml_never_does() {
        assert!(body(SGML).starts_with("<OFX><FI><ORG>A &amp; &lt;B&gt;<NOTE>"));
        let closed = Form { close_tags: true, ..SGML };
        assert!(body(closed).starts_with("<OFX><FI><ORG>A &amp; &lt;B&gt;</ORG><NOTE>"));
        let xml = Form { version: 203, ..SGML };
        assert_eq!(body(xml), "<OFX><FI><ORG>A &amp; &lt;B&gt;</ORG><NOTE>é€ ž</NOTE></FI></OFX>");
        let pretty = Form { pretty: true, ..SGML };
        assert!(body(pretty).starts_with("<OFX>\r\n<FI>\r\n<ORG>A &amp; &lt;B&gt;\r\n"));
    }

    #[test]
    fn what_is_written_is_read_back_in_every_form() {
        for version in [102, 103, 200, 203] {
            for (close_tags, pretty) in [(false, false), (false, true), (true, false), (true, true)] {
                let form = Form { version, close_tags, pretty };
                let document = Document::parse(&write(form, "file-uid", &root())).unwrap();
                assert_eq!(document.header().version, Some(version.to_string()));
                assert_eq!(document.header().new_file_uid.as_deref(), Some("file-uid"));
                let institution = document.root().child("FI").unwrap();
                assert_eq!(institution.value("ORG").as_deref(), Some("A & <B>"));
                assert_eq!(institution.value("NOTE").as_deref(), Some("é€ ž"));
            }
        }
    }
}
