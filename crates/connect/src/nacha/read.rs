//! From bytes to a file.

use std::mem;

use jiff::civil::{Date, Time};
use riverbank_model::money::Money;

use super::fields::{Fields, WIDTH};
use super::file::{Addenda, Batch, Entry, File, FileHeader, TransactionCode};
use super::write::Totals;

/// Why bytes are no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {flaw}")]
pub struct Unreadable {
    /// Where, from 1.
    pub line: usize,
    /// What is wrong there.
    pub flaw: Flaw,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Too long.
    #[error("has more than 94 characters")]
    TooLong,
    /// No line of a kind that may stand here.
    #[error("is of no kind that may stand here")]
    OutOfPlace,
    /// A field that is to be a number is none.
    #[error("{0} is no number")]
    NoNumber(&'static str),
    /// A field that is to be a day or a time is none.
    #[error("{0} is no day or time")]
    NoMoment(&'static str),
    /// A control tells something else than the lines before it.
    #[error("{0} is not that of the lines before")]
    NotSo(&'static str),
    /// The file ends before its control.
    #[error("the file ends here, before its control")]
    CutOff,
}

/// Reads a file, and holds its counts and sums against its payments. Lines may end in any way, or have no ends at all; the fill
/// may be missing. Addenda of kinds that are not known here are passed over.
pub fn read(bytes: &[u8]) -> Result<File, Unreadable> {
    let mut reader = Reader::default();
    let mut number = 0;
    for line in lines(bytes) {
        number += 1;
        let read = Fields::of(line).and_then(|fields| reader.line(&fields));
        read.map_err(|flaw| Unreadable { line: number, flaw })?;
    }
    reader.end().ok_or(Unreadable { line: number + 1, flaw: Flaw::CutOff })
}

/// The lines of a file; empty ones are none.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_unbroken = !bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
    let width = if is_unbroken { WIDTH } else { usize::MAX };
    bytes.split(|byte| matches!(byte, b'\n' | b'\r')).flat_map(move |line| line.chunks(width))
}

/// What was read so far.
#[derive(Default)]
struct Reader {
    header: Option<FileHeader>,
    batches: Vec<Batch>,
    /// The batch whose control is yet to come.
    open: Option<Batch>,
    of_batch: Totals,
    of_file: Totals,
    is_closed: bool,
}

impl Reader {
    fn line(&mut self, line: &Fields) -> Result<(), Flaw> {
        match line.kind() {
            "1" if self.header.is_none() => self.header = Some(header(line)?),
            "5" if self.header.is_some() && self.open.is_none() && !self.is_closed => {
                self.open = Some(batch_header(line)?);
            }
            "6" => self.entry(line)?,
            "7" => self.addenda(line)?,
            "8" => self.batch_control(line)?,
            "9" if self.is_closed && line.text(2, WIDTH).bytes().all(|byte| byte == b'9') => {}
            "9" => self.file_control(line)?,
            _ => return Err(Flaw::OutOfPlace),
        }
        Ok(())
    }

    fn entry(&mut self, line: &Fields) -> Result<(), Flaw> {
        let batch = self.open.as_mut().ok_or(Flaw::OutOfPlace)?;
        let code = line.number("the transaction code", 2, 3)?;
        let bank = line.number("the routing number", 4, 11)?;
        let check = line.number("the routing number", 12, 12)?;
        let cents = line.number("the amount", 30, 39)?;
        let entry = Entry {
            code: TransactionCode(u8::try_from(code).map_err(|_| Flaw::NoNumber("the transaction code"))?),
            routing_number: format!("{bank:08}{check}"),
            account_number: line.text(13, 29),
            amount: i64::try_from(cents)
                .map(|cents| Money::from_units(cents * 100))
                .map_err(|_| Flaw::NoNumber("the amount"))?,
            receiver_id: line.text(40, 54),
            receiver_name: line.text(55, 76),
            trace: line.number("the trace number", 80, 94)?,
            addenda: Vec::new(),
        };
        self.of_batch.see(&entry, cents, bank);
        batch.entries.push(entry);
        Ok(())
    }

    fn addenda(&mut self, line: &Fields) -> Result<(), Flaw> {
        let entry = self.open.as_mut().and_then(|batch| batch.entries.last_mut()).ok_or(Flaw::OutOfPlace)?;
        self.of_batch.lines += 1;
        let original_trace = || line.number("the original trace number", 7, 21);
        let addenda = match line.text(2, 3).as_str() {
            "05" => Addenda::Note(line.text(4, 83)),
            "98" => Addenda::Change {
                code: line.text(4, 6),
                original_trace: original_trace()?,
                corrected: line.text(36, 64),
            },
            "99" => Addenda::Return {
                code: line.text(4, 6),
                original_trace: original_trace()?,
                information: line.text(36, 79),
            },
            _ => return Ok(()),
        };
        entry.addenda.push(addenda);
        Ok(())
    }

    fn batch_control(&mut self, line: &Fields) -> Result<(), Flaw> {
        let batch = self.open.take().ok_or(Flaw::OutOfPlace)?;
        let totals = mem::take(&mut self.of_batch);
        hold(line, &totals, 5, 10)?;
        self.of_file.add(&totals);
        self.batches.push(batch);
        Ok(())
    }

    fn file_control(&mut self, line: &Fields) -> Result<(), Flaw> {
        if self.header.is_none() || self.open.is_some() || self.is_closed {
            return Err(Flaw::OutOfPlace);
        }
        let batches = line.number("the count of batches", 2, 7)?;
        if u64::try_from(self.batches.len()) != Ok(batches) {
            return Err(Flaw::NotSo("the count of batches"));
        }
        hold(line, &self.of_file, 14, 21)?;
        self.is_closed = true;
        Ok(())
    }

    fn end(self) -> Option<File> {
        let header = self.header.filter(|_| self.is_closed)?;
        Some(File { header, batches: self.batches })
    }
}

/// Holds what a control tells against what was counted. Its count stands at those places, the others behind it.
fn hold(control: &Fields, counted: &Totals, first: usize, last: usize) -> Result<(), Flaw> {
    let told = [
        ("the count of entries", counted.lines, (first, last)),
        ("the hash of entries", counted.hash, (last + 1, last + 10)),
        ("the sum of debits", counted.debits, (last + 11, last + 22)),
        ("the sum of credits", counted.credits, (last + 23, last + 34)),
    ];
    for (what, counted, (first, last)) in told {
        if control.number(what, first, last)? != counted {
            return Err(Flaw::NotSo(what));
        }
    }
    Ok(())
}

fn header(line: &Fields) -> Result<FileHeader, Flaw> {
    let made_at = line.text(30, 33);
    // The time of the making may be left out.
    let made_at = if made_at.is_empty() { Ok(Time::midnight()) } else { Time::strptime("%H%M", &made_at) };
    Ok(FileHeader {
        destination: line.text(4, 13),
        destination_name: line.text(41, 63),
        origin: line.text(14, 23),
        origin_name: line.text(64, 86),
        made_on: day(line, "the day of the making", 24)?,
        made_at: made_at.map_err(|_| Flaw::NoMoment("the time of the making"))?,
        modifier: line.text(34, 34).chars().next().unwrap_or(' '),
        reference: line.text(87, 94),
    })
}

fn batch_header(line: &Fields) -> Result<Batch, Flaw> {
    Ok(Batch {
        company_name: line.text(5, 20),
        company_id: line.text(41, 50),
        class: line.text(51, 53),
        description: line.text(54, 63),
        effective_on: day(line, "the effective day", 70)?,
        originating_dfi: line.number("the originating bank", 80, 87)?,
        number: line.number("the number of the batch", 88, 94)?,
        entries: Vec::new(),
    })
}

/// A day of this century, which begins at a place.
fn day(line: &Fields, what: &'static str, first: usize) -> Result<Date, Flaw> {
    let part = |place: usize| {
        let two = line.number(what, first + place, first + place + 1)?;
        i16::try_from(two).map_err(|_| Flaw::NoMoment(what))
    };
    let (year, month, day) = (part(0)?, part(2)?, part(4)?);
    let of_month = |number: i16| i8::try_from(number).map_err(|_| Flaw::NoMoment(what));
    Date::new(2000 + year, of_month(month)?, of_month(day)?).map_err(|_| Flaw::NoMoment(what))
}
