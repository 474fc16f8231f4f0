//! Tags and text in the order of the bytes, without an opinion on their nesting.

use std::ops::Range;

/// Names longer than this are text: the longest of the specification has 32 characters.
const NAME_LIMIT: usize = 80;

/// A piece of the file, as ranges of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `<NAME>`, or `<NAME/>` when `closed`.
    Open { at: usize, name: Range<usize>, closed: bool },
    /// `</NAME>`.
    Close { name: Range<usize> },
    /// What stands between, CDATA sections and stray `<` included.
    Text(Range<usize>),
}

/// Walks over the bytes once; comments, processing instructions and declarations are skipped.
pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    position: usize,
    /// The tag that ended the text before it, and where it ends itself.
    ahead: Option<(Token, usize)>,
    /// No `]]>` stands ahead, so that the search for one is not repeated.
    cdata_exhausted: bool,
    /// No `-->` stands ahead.
    comments_exhausted: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(bytes: &'a [u8], position: usize) -> Self {
        Self { bytes, position, ahead: None, cdata_exhausted: false, comments_exhausted: false }
    }

    /// The end of the comment, instruction or declaration that starts at `at`.
    fn end_of_skipped(&mut self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at..];
        if rest.starts_with(b"<!--") && !self.comments_exhausted {
            let end = find(&self.bytes[at + 4..], b"-->").map(|found| at + 4 + found + 3);
            self.comments_exhausted = end.is_none();
            return end;
        }
        if rest.starts_with(b"<![CDATA[") || !(rest.starts_with(b"<!") || rest.starts_with(b"<?")) {
            return None;
        }
        end_of_markup(self.bytes, at)
    }

    /// The end of the CDATA section that starts at `at`.
    fn end_of_cdata(&mut self, at: usize) -> Option<usize> {
        if self.cdata_exhausted || !self.bytes[at..].starts_with(b"<![CDATA[") {
            return None;
        }
        let end = find(&self.bytes[at + 9..], b"]]>").map(|found| at + 9 + found + 3);
        self.cdata_exhausted = end.is_none();
        end
    }
}

impl Iterator for Scanner<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if let Some((token, end)) = self.ahead.take() {
            self.position = end;
            return Some(token);
        }
        while self.bytes.get(self.position) == Some(&b'<') {
            let at = self.position;
            if let Some(end) = self.end_of_skipped(at) {
                self.position = end;
            } else if let Some((token, end)) = tag(self.bytes, at) {
                self.position = end;
                return Some(token);
            } else {
                break;
            }
        }
        let start = self.position;
        let mut end = start;
        while end < self.bytes.len() {
            if self.bytes[end] != b'<' {
                end += 1;
            } else if let Some(after) = self.end_of_cdata(end) {
                end = after;
            } else if let Some(found) = tag(self.bytes, end) {
                self.ahead = Some(found);
                break;
            } else if self.end_of_skipped(end).is_some() {
                break;
            } else {
                end += 1;
            }
        }
        self.position = end;
        (start < end).then_some(Token::Text(start..end))
    }
}

/// Where the markup that starts at `at` ends: behind the next `>`, if no `<` stands before it.
fn end_of_markup(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at + 1..];
    let stop = rest.iter().position(|byte| matches!(byte, b'<' | b'>'))?;
    (rest[stop] == b'>').then_some(at + 1 + stop + 1)
}

/// The tag that starts at `at` and where it ends; none where the `<` is only text.
fn tag(bytes: &[u8], at: usize) -> Option<(Token, usize)> {
    let closing = bytes.get(at + 1) == Some(&b'/');
    let start = at + 1 + usize::from(closing);
    let length = bytes[start.min(bytes.len())..]
        .iter()
        .take(NAME_LIMIT + 1)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b':'))
        .count();
    if length == 0 || length > NAME_LIMIT || !bytes[start].is_ascii_alphabetic() {
        return None;
    }
    let name = start..start + length;
    let end = end_of_markup(bytes, at)?;
    let rest = bytes[name.end..end - 1].trim_ascii();
    let closed = rest.last() == Some(&b'/');
    let attributes = &rest[..rest.len() - usize::from(closed)];
    // OFX has no attributes, but XML writers put a namespace on the root.
    if !attributes.is_empty() && !attributes.contains(&b'=') {
        return None;
    }
    let token = if closing { Token::Close { name } } else { Token::Open { at, name, closed } };
    Some((token, end))
}

/// The first place of `needle`.
pub(super) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(text: &str) -> Vec<String> {
        Scanner::new(text.as_bytes(), 0)
            .map(|token| match token {
                Token::Open { name, closed, .. } => {
                    format!("<{}{}>", &text[name], if closed { "/" } else { "" })
                }
                Token::Close { name } => format!("</{}>", &text[name]),
                Token::Text(range) => text[range].to_owned(),
            })
            .collect()
    }

    #[test]
    fn tags_and_text_come_in_order() {
        assert_eq!(
            scanned("<OFX><NAME>A & B</NAME><MEMO/>\n</OFX>"),
            ["<OFX>", "<NAME>", "A & B", "</NAME>", "<MEMO/>", "\n", "</OFX>"]
        );
    }

    #[test]
    fn a_stray_angle_is_text() {
        assert_eq!(scanned("<NAME>1 < 2 <"), ["<NAME>", "1 < 2 <"]);
        assert_eq!(scanned("<NAME>a <b c> d</NAME>"), ["<NAME>", "a <b c> d", "</NAME>"]);
        assert_eq!(scanned("<NAME>x</"), ["<NAME>", "x</"]);
    }

    #[test]
    fn comments_and_instructions_are_skipped_and_cdata_is_text() {
        assert_eq!(
            scanned("<?xml version=\"1.0\"?><!-- <X> --><A xmlns=\"y\"><![CDATA[<B>]]></A>"),
            ["<A>", "<![CDATA[<B>]]>", "</A>"]
        );
        assert_eq!(scanned("<A><![CDATA[ open<B>c"), ["<A>", "<![CDATA[ open", "<B>", "c"]);
        assert_eq!(scanned("<A><!-- open<B>c"), ["<A>", "<!-- open", "<B>", "c"]);
    }
}
