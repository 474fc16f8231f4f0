//! HTML as plain text, for those who read no HTML.

use riverbank_model::html::escaped;

use crate::entities::entities;

/// Elements that begin and end a line.
const BLOCKS: [&str; 20] = [
    "address",
    "blockquote",
    "br",
    "div",
    "dd",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "table",
    "tr",
    "ul",
    "body",
];
/// Elements whose text is not for readers.
const UNREAD: [&str; 4] = ["head", "script", "style", "title"];

/// The text of a document: tags and comments left out, entities undone, one line for each block.
pub(super) fn alternative(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        // White space is one blank, wherever the source breaks its lines.
        entities(&before.replace(char::is_whitespace, " "), &mut text);
        rest = if let Some(comment) = after.strip_prefix("!--") {
            comment.split_once("-->").map_or("", |(_, behind)| behind)
        } else if after
            .starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '/' | '!' | '?'))
        {
            let (tag, behind) = after.split_once('>').unwrap_or((after, ""));
            let end = tag.trim_start_matches('/').find(|one: char| !one.is_ascii_alphanumeric());
            let name = tag.trim_start_matches('/');
            let name = name[..end.unwrap_or(name.len())].to_ascii_lowercase();
            if BLOCKS.contains(&name.as_str()) {
                text.push('\n');
            }
            if UNREAD.contains(&name.as_str()) && !tag.starts_with('/') {
                behind_end(behind, &name)
            } else {
                behind
            }
        } else {
            text.push('<');
            after
        };
    }
    entities(&rest.replace(char::is_whitespace, " "), &mut text);
    let lines = text.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A sentence as a document.
pub fn as_html(text: &str) -> String {
    format!("<html><body><p>{}</p></body></html>", escaped(text))
}

/// What stands behind the end of an element that was begun; nothing where it does not end.
fn behind_end<'a>(html: &'a str, name: &str) -> &'a str {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once("</") {
        if after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return after.split_once('>').map_or("", |(_, behind)| behind);
        }
        rest = after;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_read_as_it_was_written() {
        let hostile = "5 < 6 & <script>alert('x')</script> \"y\"";
        assert!(!as_html(hostile).contains("<script"));
        assert_eq!(alternative(&as_html(hostile)), hostile);
    }

    #[test]
    fn a_document_is_read_without_its_markup() {
        for (html, text) in [
            (
                "<html><head><title>t</title><style>p {}</style></head><body><p>Hello,\n  you</p><p>5 &lt; 6</p></body></html>",
                "Hello, you\n5 < 6",
            ),
            ("<b>bold</b> and <a href='x'>linked</a>", "bold and linked"),
            ("one<br>two<BR/>three", "one\ntwo\nthree"),
            ("a<!-- <p>no</p> -->b", "ab"),
            ("1 < 2 &amp; 3 > 2", "1 < 2 & 3 > 2"),
            ("<script>alert('</b>')</SCRIPT >after", "after"),
            ("<style>never ends", ""),
            ("cut <p", "cut"),
            ("<", "<"),
            ("&lt;script&gt;", "<script>"),
            ("", ""),
        ] {
            assert_eq!(alternative(html), text, "{html}");
        }
    }
}
