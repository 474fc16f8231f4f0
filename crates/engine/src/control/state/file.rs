//! The file that a snapshot is written to, piece by piece, and read from.
//!
//! | what | bytes |
//! | --- | --- |
//! | `riverbank snapshot 1` and a line feed | 21 |
//! | the head, in JSON on one line | up to a line feed |
//! | each piece: its length, big-endian, and itself | 4 + n |
//! | a length of 0 | 4 |
//! | SHA-256 of all before | 32 |

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const MAGIC: &[u8] = b"riverbank snapshot 1\n";
/// Bytes of the longest head.
const LONGEST_HEAD: usize = 4096;
/// Bytes of the longest piece.
const LONGEST_PIECE: usize = 16 * 1024 * 1024;
const CHECKSUM: usize = 32;

/// What stands before the pieces.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Head {
    /// The newest step of the schema.
    pub(super) schema: String,
    /// Microseconds since 1970.
    pub(super) taken_at: i64,
    /// How the clock ran, as it is kept.
    pub(super) pace: String,
    pub(super) pieces: i64,
    pub(super) rows: i64,
    /// The keys of the snapshot, in base64.
    keys: String,
}

impl Head {
    pub(super) fn new(
        (schema, taken_at, pace): (String, i64, String),
        (pieces, rows): (i64, i64),
        keys: &[u8],
    ) -> Self {
        Self { schema, taken_at, pace, pieces, rows, keys: STANDARD.encode(keys) }
    }

    pub(super) fn keys(&self) -> Option<Zeroizing<Vec<u8>>> {
        STANDARD.decode(&self.keys).ok().map(Zeroizing::new)
    }
}

/// Makes the parts of a file, one after the other.
pub(super) struct Writing(Sha256);

impl Writing {
    /// The beginning of a file.
    pub(super) fn begin(head: &Head) -> Result<(Self, Vec<u8>), serde_json::Error> {
        let mut part = MAGIC.to_vec();
        serde_json::to_writer(&mut part, head)?;
        part.push(b'\n');
        let mut writing = Self(Sha256::new());
        writing.0.update(&part);
        Ok((writing, part))
    }

    /// A piece as it stands in the file.
    pub(super) fn piece(&mut self, content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
        let part = [&length.to_be_bytes(), content].concat();
        self.0.update(&part);
        part
    }

    /// The end of the file.
    pub(super) fn end(mut self) -> Vec<u8> {
        let mut part = self.piece(&[]);
        part.extend_from_slice(&self.0.finalize());
        part
    }
}

/// A part of a file that was read.
pub(super) enum Part {
    Head(Head),
    Piece(Vec<u8>),
    /// The file is whole, and nothing of it was changed.
    End,
}

/// Why a file is not read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It is something else.
    #[error("The file is not a snapshot of this form.")]
    NotASnapshot,
    /// It ends too early.
    #[error("The file breaks off.")]
    Cut,
    /// It was changed.
    #[error("The file is damaged.")]
    Damaged,
}

/// Reads a file as its bytes come.
pub(super) struct Reading {
    /// Come, and not read yet.
    bytes: Vec<u8>,
    hash: Sha256,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Head,
    Pieces,
    Checksum,
    End,
}

impl Reading {
    pub(super) fn begin() -> Self {
        Self { bytes: Vec::new(), hash: Sha256::new(), place: Place::Head }
    }

    /// Takes bytes that have come.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next part, if all of it has come.
    pub(super) fn next(&mut self) -> Result<Option<Part>, Flaw> {
        match self.place {
            Place::Head => self.head(),
            Place::Pieces => self.piece(),
            Place::Checksum => self.checksum(),
            Place::End if self.bytes.is_empty() => Ok(None),
            Place::End => Err(Flaw::Damaged),
        }
    }

    /// Says that no more bytes come: the file must be at its end.
    pub(super) fn finish(&self) -> Result<(), Flaw> {
        if self.place == Place::End { Ok(()) } else { Err(Flaw::Cut) }
    }

    fn head(&mut self) -> Result<Option<Part>, Flaw> {
        let begun = self.bytes.len().min(MAGIC.len());
        if self.bytes[..begun] != MAGIC[..begun] {
            return Err(Flaw::NotASnapshot);
        }
        let rest = self.bytes.get(MAGIC.len()..).unwrap_or_default();
        let Some(length) = rest.iter().position(|byte| *byte == b'\n') else {
            return if rest.len() > LONGEST_HEAD { Err(Flaw::NotASnapshot) } else { Ok(None) };
        };
        let head = serde_json::from_slice(&rest[..length]).map_err(|_| Flaw::NotASnapshot)?;
        self.hash(MAGIC.len() + length + 1);
        self.place = Place::Pieces;
        Ok(Some(Part::Head(head)))
    }

    fn piece(&mut self) -> Result<Option<Part>, Flaw> {
        let Some(length) = self.bytes.first_chunk() else { return Ok(None) };
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Flaw::Damaged)?;
        if length > LONGEST_PIECE {
            return Err(Flaw::Damaged);
        }
        let end = size_of::<u32>() + length;
        if self.bytes.len() < end {
            return Ok(None);
        }
        let piece = self.hash(end).split_off(size_of::<u32>());
        if piece.is_empty() {
            self.place = Place::Checksum;
            return self.checksum();
        }
        Ok(Some(Part::Piece(piece)))
    }

    fn checksum(&mut self) -> Result<Option<Part>, Flaw> {
        if self.bytes.len() < CHECKSUM {
            return Ok(None);
        }
        let told: Vec<u8> = self.bytes.drain(..CHECKSUM).collect();
        self.place = Place::End;
        let is_right = *self.hash.clone().finalize() == *told;
        if is_right && self.bytes.is_empty() { Ok(Some(Part::End)) } else { Err(Flaw::Damaged) }
    }

    /// Takes the first bytes, which were looked at.
    fn hash(&mut self, length: usize) -> Vec<u8> {
        let rest = self.bytes.split_off(length);
        let read = std::mem::replace(&mut self.bytes, rest);
        self.hash.update(&read);
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        Head::new(("0001_first".to_owned(), 7, "{}".to_owned()), (2, 3), &[1; 64])
    }

    fn written() -> Vec<u8> {
        let (mut writing, mut file) = Writing::begin(&head()).unwrap();
        file.extend(writing.piece(b"one"));
        file.extend(writing.piece(&[0; 1000]));
        file.extend(writing.end());
        file
    }

    /// The pieces of a file that comes so many bytes at a time.
    fn read(file: &[u8], at_once: usize) -> Result<Vec<Vec<u8>>, Flaw> {
        let (mut reading, mut pieces, mut is_whole) = (Reading::begin(), Vec::new(), false);
        for bytes in file.chunks(at_once) {
            reading.take(bytes);
            while let Some(part) = reading.next()? {
                match part {
                    Part::Head(_) => {}
                    Part::Piece(piece) => pieces.push(piece),
                    Part::End => is_whole = true,
                }
            }
        }
        reading.finish()?;
        assert!(is_whole);
        Ok(pieces)
    }

    #[test]
    fn what_was_written_is_read_however_it_comes() {
        let mut reading = Reading::begin();
        reading.take(&written());
        let Ok(Some(Part::Head(head))) = reading.next() else { panic!("no head") };
        assert_eq!((head.schema.as_str(), head.taken_at, head.pieces, head.rows), ("0001_first", 7, 2, 3));
        assert_eq!(*head.keys().unwrap(), [1; 64]);
        for at_once in [1, 3, 50, 10_000] {
            assert_eq!(read(&written(), at_once), Ok(vec![b"one".to_vec(), vec![0; 1000]]));
        }
    }

    #[test]
    fn a_file_that_breaks_off_is_refused_wherever_it_does() {
        let file = written();
        for end in 0..file.len() {
            assert_eq!(read(&file[..end], 64), Err(Flaw::Cut), "at {end}");
        }
    }

    #[test]
    fn a_file_that_was_changed_is_refused_wherever_it_was() {
        for place in 0..written().len() {
            let mut file = written();
            file[place] ^= 1;
            assert!(read(&file, 64).is_err(), "at {place}");
        }
        assert_eq!(read(&[&written()[..], b"x"].concat(), 64), Err(Flaw::Damaged));
        assert_eq!(read(b"PK\x03\x04", 64), Err(Flaw::NotASnapshot));
    }
}
