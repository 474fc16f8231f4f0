//! An OFX file as a tree: the SGML dialect of 1.x and the XML of 2.x alike, as banks write them rather than as the
//! specification has them.
//!
//! Tags may be left open, values may be empty, and aggregates that nobody knows may stand anywhere. Nodes lie in one
//! array in the order of the file, each with the place where it ends, so nothing recurses and memory is bounded.

mod aggregates;
mod charset;
mod header;
mod scan;
#[cfg(test)]
mod tests;
mod text;

use std::ops::Range;

use aggregates::Kind;
use charset::Charset;
pub use header::Header;
use scan::{Scanner, Token};

/// Larger files are refused: the statements of a whole bank customer over ten years have a tenth of it.
pub const SIZE_LIMIT: usize = 32 * 1024 * 1024;
/// Files of more elements are refused.
pub const NODE_LIMIT: usize = 2_000_000;
/// Deeper nesting is flattened; the specification stays under 12.
const DEPTH_LIMIT: usize = 64;
/// After so many warnings about form they are only counted.
const WARNING_LIMIT: usize = 100;

/// Why nothing at all can be read from a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// More than [`SIZE_LIMIT`] bytes.
    #[error("the file is larger than 32 MiB")]
    TooLarge,
    /// More than [`NODE_LIMIT`] elements.
    #[error("the file has more than two million elements")]
    TooManyElements,
    /// More than [`ACCOUNT_LIMIT`](super::read::ACCOUNT_LIMIT) statements and entries of account lists.
    #[error("the file tells of accounts more than 5,000 times")]
    TooManyAccounts,
    /// No `<OFX>` in it.
    #[error("this is not an OFX file: there is no <OFX> in it")]
    NotOfx,
}

/// A file, read as a tree.
#[derive(Debug)]
pub struct Document {
    bytes: Vec<u8>,
    header: Header,
    charset: Charset,
    nodes: Vec<Element>,
    is_whole: bool,
    was_utf16: bool,
    mark: usize,
    /// Bytes of the file that was given.
    length: usize,
    warnings: Vec<(usize, String)>,
}

/// One tag with what it holds. Places are indexes of bytes; 32 bits, since [`SIZE_LIMIT`] is below.
#[derive(Debug)]
struct Element {
    at: u32,
    name: Range<u32>,
    value: Range<u32>,
    /// One past the last node within.
    end: u32,
}

impl Document {
    /// Reads a file.
    pub fn parse(bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.len() > SIZE_LIMIT {
            return Err(Unreadable::TooLarge);
        }
        let length = bytes.len();
        let transcoded = charset::transcode(bytes);
        let bytes = transcoded.bytes.into_owned();
        if bytes.len() > SIZE_LIMIT {
            return Err(Unreadable::TooLarge);
        }
        let start = if transcoded.was_utf16 { 0 } else { transcoded.mark };
        let root = Scanner::new(&bytes, start)
            .find_map(|token| match token {
                Token::Open { at, name, .. } if bytes[name.clone()].eq_ignore_ascii_case(b"OFX") => Some(at),
                _ => None,
            })
            .ok_or(Unreadable::NotOfx)?;
        let header = Header::read(&String::from_utf8_lossy(&bytes[start..root]));
        let (charset, warning) =
            Charset::choose(&bytes, header.encoding.as_deref(), header.charset.as_deref());
        let mut builder = Builder::new(&bytes);
        builder.warnings.extend(warning.map(|warning| (0, warning)));
        for token in Scanner::new(&bytes, root) {
            builder.take(token)?;
        }
        let (nodes, is_whole, warnings) = builder.finish();
        Ok(Self {
            header,
            charset,
            nodes,
            is_whole,
            was_utf16: transcoded.was_utf16,
            mark: transcoded.mark,
            length,
            warnings,
            bytes,
        })
    }

    /// What stands in front of the root.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Whether the root was closed; a file that was cut off is not whole.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The `<OFX>` node.
    pub fn root(&self) -> Node<'_> {
        Node { document: self, index: 0 }
    }

    /// What was odd about the form, with the place of each.
    pub(super) fn warnings(&self) -> &[(usize, String)] {
        &self.warnings
    }

    /// Line and byte of each place, lines from 1, bytes from 0 and as in the file that was given. The places must
    /// come in order.
    pub(super) fn places(&self, offsets: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
        let mut line = 1;
        let mut position = 0;
        let mut utf16_units = 0;
        offsets
            .map(|offset| {
                let passed = &self.bytes[position..offset.max(position)];
                line += passed.split(|byte| *byte == b'\n').skip(1).count();
                position = offset.max(position);
                if !self.was_utf16 {
                    return (line, offset);
                }
                utf16_units += String::from_utf8_lossy(passed).encode_utf16().count();
                // Half a unit at the end reads as a whole one.
                (line, (self.mark + 2 * utf16_units).min(self.length))
            })
            .collect()
    }
}

/// One element of a [`Document`].
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    document: &'a Document,
    index: usize,
}

impl<'a> Node<'a> {
    fn element(self) -> &'a Element {
        &self.document.nodes[self.index]
    }

    fn nodes(self, range: Range<usize>, step: impl Fn(usize) -> usize) -> impl Iterator<Item = Node<'a>> {
        let document = self.document;
        let first = (!range.is_empty()).then_some(range.start);
        std::iter::successors(first, move |&index| {
            let next = step(index);
            (next < range.end).then_some(next)
        })
        .map(move |index| Node { document, index })
    }

    /// The tag's name in capitals.
    pub fn name(self) -> String {
        String::from_utf8_lossy(&self.document.bytes[range(&self.element().name)]).to_ascii_uppercase()
    }

    /// Whether that is the tag's name, in any case.
    pub fn is(self, name: &str) -> bool {
        self.document.bytes[range(&self.element().name)].eq_ignore_ascii_case(name.as_bytes())
    }

    /// Whether the tag's name ends so, in any case.
    pub(super) fn ends_with(self, ending: &str) -> bool {
        let name = &self.document.bytes[range(&self.element().name)];
        let behind = name.len().checked_sub(ending.len()).and_then(|start| name.get(start..));
        behind.is_some_and(|behind| behind.eq_ignore_ascii_case(ending.as_bytes()))
    }

    /// The byte where it starts.
    pub(super) fn at(self) -> usize {
        self.element().at as usize
    }

    /// The nodes right within.
    pub fn children(self) -> impl Iterator<Item = Node<'a>> {
        let document = self.document;
        let within = self.index + 1..self.element().end as usize;
        self.nodes(within, move |index| document.nodes[index].end as usize)
    }

    /// All nodes within, in the order of the file.
    pub fn descendants(self) -> impl Iterator<Item = Node<'a>> {
        self.nodes(self.index + 1..self.element().end as usize, |index| index + 1)
    }

    /// The first child of that name.
    pub fn child(self, name: &str) -> Option<Node<'a>> {
        self.children().find(|node| node.is(name))
    }

    /// The first node of that name anywhere within.
    pub fn find(self, name: &str) -> Option<Node<'a>> {
        self.descendants().find(|node| node.is(name))
    }

    /// The value, if there is one.
    pub fn text(self) -> Option<String> {
        let value = range(&self.element().value);
        let raw = self.document.charset.decode(&self.document.bytes[value]);
        let text = text::plain(&raw);
        (!text.is_empty()).then_some(text)
    }

    /// The value of the first child of that name, if there is one.
    pub fn value(self, name: &str) -> Option<String> {
        self.child(name).and_then(Node::text)
    }
}

fn range(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// Puts tokens into nodes.
struct Builder<'a> {
    bytes: &'a [u8],
    nodes: Vec<Element>,
    /// The open nodes, outermost first, with what their names are to the nesting.
    open: Vec<(usize, Kind)>,
    /// The node that text would belong to.
    current: Option<(usize, Kind)>,
    /// A value that its own closing tag may still follow.
    closable: Option<usize>,
    is_whole: bool,
    warnings: Vec<(usize, String)>,
}

/// The position as it is stored; positions are below [`SIZE_LIMIT`] and counts below [`NODE_LIMIT`].
fn stored(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

impl<'a> Builder<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            nodes: Vec::new(),
            open: Vec::new(),
            current: None,
            closable: None,
            is_whole: false,
            warnings: Vec::new(),
        }
    }

    fn warn(&mut self, at: usize, text: impl Into<String>) {
        if self.warnings.len() < WARNING_LIMIT {
            self.warnings.push((at, text.into()));
        }
    }

    fn name(&self, index: usize) -> &'a [u8] {
        &self.bytes[range(&self.nodes[index].name)]
    }

    fn take(&mut self, token: Token) -> Result<(), Unreadable> {
        if self.is_whole {
            return Ok(());
        }
        match token {
            Token::Open { at, name, closed } => self.open(at, name, closed),
            Token::Close { name } => {
                self.close(name);
                Ok(())
            }
            Token::Text(text) => {
                self.text(text);
                Ok(())
            }
        }
    }

    /// What a name is to the nesting at this place.
    fn kind(&self, name: &[u8]) -> Kind {
        let is_within_investments = || {
            self.open.iter().any(|(open, _)| self.name(*open).eq_ignore_ascii_case(aggregates::INVESTMENTS))
        };
        match aggregates::kind(name) {
            Kind::Aggregate(Some(aggregates::INVESTMENT_LEVEL)) if !is_within_investments() => Kind::Other,
            kind => kind,
        }
    }

    fn open(&mut self, at: usize, name: Range<usize>, closed: bool) -> Result<(), Unreadable> {
        if self.nodes.len() == NODE_LIMIT {
            return Err(Unreadable::TooManyElements);
        }
        let kind = self.kind(&self.bytes[name.clone()]);
        if let Kind::Aggregate(Some(level)) = kind {
            // The root stays open whatever comes.
            let ended = self
                .open
                .iter()
                .skip(1)
                .position(|(_, open)| matches!(open, Kind::Aggregate(Some(other)) if *other >= level));
            if let Some(ended) = ended {
                self.end_from(ended + 1);
            }
        }
        let index = self.nodes.len();
        self.nodes.push(Element {
            at: stored(at),
            name: stored(name.start)..stored(name.end),
            value: 0..0,
            end: stored(index + 1),
        });
        self.closable = None;
        self.current = (!closed).then_some((index, kind));
        if !closed && self.open.len() < DEPTH_LIMIT {
            self.open.push((index, kind));
        }
        Ok(())
    }

    fn text(&mut self, text: Range<usize>) {
        let bytes = &self.bytes[text.clone()];
        let leading = bytes.len() - bytes.trim_ascii_start().len();
        let trimmed = text.start + leading..text.start + leading + bytes.trim_ascii().len();
        if trimmed.is_empty() {
            return;
        }
        let owner = self.current.take().filter(|(_, kind)| *kind == Kind::Other);
        match owner {
            Some((owner, _)) => {
                self.nodes[owner].value = stored(trimmed.start)..stored(trimmed.end);
                if self.open.last().is_some_and(|(open, _)| *open == owner) {
                    self.open.pop();
                }
                self.closable = Some(owner);
            }
            None => self.warn(trimmed.start, "text that belongs to no element"),
        }
    }

    fn close(&mut self, name: Range<usize>) {
        let name = &self.bytes[name];
        self.current = None;
        let closable = self.closable.take();
        if closable.is_some_and(|closable| self.name(closable).eq_ignore_ascii_case(name)) {
            return;
        }
        let opened = self.open.iter().rposition(|(open, _)| self.name(*open).eq_ignore_ascii_case(name));
        if let Some(position) = opened {
            self.end_from(position + 1);
            let (index, _) = self.open[position];
            self.open.truncate(position);
            self.nodes[index].end = stored(self.nodes.len());
            self.is_whole = position == 0;
        }
    }

    /// Ends what is open from this depth on. Of an aggregate the closing tag is missing; anything else was an empty
    /// value, and what seemed to stand within stands behind it.
    fn end_from(&mut self, depth: usize) {
        for position in (depth..self.open.len()).rev() {
            let (index, kind) = self.open[position];
            if kind != Kind::Other {
                self.nodes[index].end = stored(self.nodes.len());
            }
        }
        self.open.truncate(depth);
    }

    fn finish(mut self) -> (Vec<Element>, bool, Vec<(usize, String)>) {
        self.end_from(0);
        if !self.is_whole {
            self.warn(self.bytes.len(), "the file ends before </OFX>");
        }
        (self.nodes, self.is_whole, self.warnings)
    }
}
