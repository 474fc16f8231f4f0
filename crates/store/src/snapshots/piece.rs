//! A piece of a snapshot: rows of one table, the same on both engines.
//!
//! Numbers are big-endian. Compressed as zlib does (RFC 1950), whose checksum finds what was damaged:
//!
//! | bytes | what |
//! | --- | --- |
//! | 2 + n | length and name of the table |
//! | 2 | columns |
//! | 2 + n + 1, for each | length and name of a column; its kind: 0 number, 1 truth, 2 text, 3 bytes |
//! | 1, for each value | 0 null, 1 number, 2 false, 3 true, 4 text, 5 bytes; row after row, to the end |
//! | 8 | behind a number: itself |
//! | 4 + n | behind a text or bytes: their length and themselves |

use std::borrow::Cow;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use crate::db::{AnyRow, Kind, Table, TableColumn, Value};

/// A piece ends when it has so many bytes before it is compressed.
const FULL: usize = 1024 * 1024;
/// Bytes of a piece that is read, at most: a full one and the longest row.
const LONGEST: u64 = 16 * 1024 * 1024;

const KINDS: [Kind; 4] = [Kind::I64, Kind::Bool, Kind::Text, Kind::Bytes];

/// A piece that is being filled.
pub(super) struct Filling {
    head: Vec<u8>,
    bytes: Vec<u8>,
}

impl Filling {
    pub(super) fn of(table: &Table) -> Self {
        let mut head = Vec::new();
        put_name(&mut head, &table.name);
        head.extend_from_slice(&short(table.columns.len()).to_be_bytes());
        for column in &table.columns {
            put_name(&mut head, &column.name);
            let kind = KINDS.iter().zip(0..).find(|(kind, _)| **kind == column.kind);
            head.push(kind.map_or(u8::MAX, |(_, number)| number));
        }
        Self { bytes: head.clone(), head }
    }

    pub(super) fn add(&mut self, row: &AnyRow) {
        for value in row {
            match value {
                Value::Null => self.bytes.push(0),
                Value::I64(number) => {
                    self.bytes.push(1);
                    self.bytes.extend_from_slice(&number.to_be_bytes());
                }
                Value::Bool(truth) => self.bytes.push(2 + u8::from(*truth)),
                Value::Text(text) => self.put(4, text.as_bytes()),
                Value::Bytes(bytes) => self.put(5, bytes),
            }
        }
    }

    fn put(&mut self, kind: u8, bytes: &[u8]) {
        self.bytes.push(kind);
        self.bytes.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
        self.bytes.extend_from_slice(bytes);
    }

    /// The piece, compressed, if it is full; another one begins.
    pub(super) fn full(&mut self) -> Option<Vec<u8>> {
        if self.bytes.len() < FULL { None } else { self.rest() }
    }

    /// The piece, compressed, if it has a row.
    pub(super) fn rest(&mut self) -> Option<Vec<u8>> {
        if self.bytes.len() == self.head.len() {
            return None;
        }
        let bytes = std::mem::replace(&mut self.bytes, self.head.clone());
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        // To memory, which takes everything.
        encoder.write_all(&bytes).and_then(|()| encoder.finish()).ok()
    }
}

/// A piece that was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) table: Table,
    pub(super) rows: Vec<AnyRow>,
}

/// Reads a piece; none when it is not one.
pub(super) fn read(compressed: &[u8]) -> Option<Piece> {
    let mut bytes = Vec::new();
    let mut decoder = ZlibDecoder::new(compressed);
    let length = decoder.by_ref().take(LONGEST).read_to_end(&mut bytes).ok()?;
    // At the end, and with nothing behind it.
    let is_whole = (length as u64) < LONGEST && decoder.total_in() == compressed.len() as u64;
    let mut unread = Unread(is_whole.then_some(&bytes)?);
    let name = unread.name()?;
    let columns: Vec<TableColumn> = (0..unread.short()?)
        .map(|_| {
            let name = unread.name()?;
            Some(TableColumn { name, kind: *KINDS.get(usize::from(unread.byte()?))? })
        })
        .collect::<Option<_>>()?;
    let mut rows = Vec::new();
    while !unread.0.is_empty() && !columns.is_empty() {
        // A full piece has no further row, so that many short ones do not fill the memory.
        if bytes.len() - unread.0.len() >= FULL {
            return None;
        }
        rows.push(columns.iter().map(|column| unread.value(column.kind)).collect::<Option<AnyRow>>()?);
    }
    unread.0.is_empty().then_some(Piece { table: Table { name, columns }, rows })
}

/// What has not been read yet.
struct Unread<'a>(&'a [u8]);

impl<'a> Unread<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn short(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_be_bytes)
    }

    fn name(&mut self) -> Option<String> {
        let length = self.short()?;
        String::from_utf8(self.take(usize::from(length))?.to_vec()).ok()
    }

    fn long(&mut self) -> Option<&'a [u8]> {
        let length = u32::from_be_bytes(self.take(4)?.try_into().ok()?);
        self.take(usize::try_from(length).ok()?)
    }

    fn value(&mut self, kind: Kind) -> Option<Value<'static>> {
        Some(match (self.byte()?, kind) {
            (0, _) => Value::Null,
            (1, Kind::I64) => Value::I64(i64::from_be_bytes(self.take(8)?.try_into().ok()?)),
            (truth @ (2 | 3), Kind::Bool) => Value::Bool(truth == 3),
            (4, Kind::Text) => Value::Text(Cow::Owned(String::from_utf8(self.long()?.to_vec()).ok()?)),
            (5, Kind::Bytes) => Value::Bytes(Cow::Owned(self.long()?.to_vec())),
            _ => return None,
        })
    }
}

fn put_name(bytes: &mut Vec<u8>, name: &str) {
    bytes.extend_from_slice(&short(name.len()).to_be_bytes());
    bytes.extend_from_slice(name.as_bytes());
}

/// Names and columns are few and short: those of our own schema.
fn short(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let kinds = KINDS.iter().zip(["number", "truth", "text", "bytes"]);
        let columns = kinds.map(|(kind, name)| TableColumn { name: name.to_owned(), kind: *kind });
        Table { name: "things".to_owned(), columns: columns.collect() }
    }

    fn rows() -> Vec<AnyRow> {
        vec![
            vec![
                Value::I64(i64::MIN),
                Value::Bool(true),
                Value::Text("Zoë\0".into()),
                Value::Bytes(vec![0, 255].into()),
            ],
            vec![Value::Null, Value::Null, Value::Null, Value::Null],
            vec![Value::I64(0), Value::Bool(false), Value::Text("".into()), Value::Bytes(Vec::new().into())],
        ]
    }

    fn written() -> Vec<u8> {
        let mut filling = Filling::of(&table());
        for row in &rows() {
            filling.add(row);
        }
        filling.rest().unwrap()
    }

    #[test]
    fn what_was_written_is_read() {
        assert_eq!(read(&written()), Some(Piece { table: table(), rows: rows() }));
        let mut filling = Filling::of(&table());
        assert_eq!(filling.rest(), None);
        filling.add(&rows()[1]);
        assert_eq!(filling.full(), None);
        assert!(filling.rest().is_some());
        assert_eq!(filling.rest(), None);
    }

    #[test]
    fn a_piece_is_cut_when_it_is_full() {
        let mut filling = Filling::of(&table());
        let long = Value::Text("x".repeat(FULL / 4).into());
        let mut pieces = Vec::new();
        for number in 0..10 {
            filling.add(&vec![Value::I64(number), Value::Null, long.clone(), Value::Null]);
            pieces.extend(filling.full());
        }
        pieces.extend(filling.rest());
        let counts: Vec<usize> = pieces.iter().map(|piece| read(piece).unwrap().rows.len()).collect();
        assert_eq!(counts, [4, 4, 2]);
    }

    #[test]
    fn what_is_cut_or_changed_is_no_piece() {
        let whole = written();
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]), None, "cut at {end}");
        }
        for place in 0..whole.len() {
            let mut changed = whole.clone();
            changed[place] ^= 0x11;
            assert!(read(&changed).is_none(), "changed at {place}");
        }
        assert_eq!(read(&[&whole[..], &[0]].concat()), None);
    }

    #[test]
    fn what_grows_without_end_is_no_piece() {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![0; usize::try_from(LONGEST).unwrap() + 1]).unwrap();
        let bomb = encoder.finish().unwrap();
        assert!(bomb.len() < 100_000);
        assert_eq!(read(&bomb), None);
    }
}
