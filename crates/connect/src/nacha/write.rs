//! From a file to its bytes.

use jiff::civil::Date;
use riverbank_model::money::Money;

use super::fields::{BLOCK, Line, WIDTH};
use super::file::{Addenda, Batch, Entry, File, FileHeader};

/// What the seven digits of a trace number that follow its bank count up to.
const SEQUENCES: u64 = 10_000_000;

/// A number does not fit into its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} does not fit into a NACHA file")]
pub struct Unwritable {
    /// What it is.
    pub field: &'static str,
}

/// The bytes of a file. The same file has the same bytes.
pub fn write(file: &File) -> Result<String, Unwritable> {
    let mut lines = vec![header(&file.header)?];
    let mut whole = Totals::default();
    for batch in &file.batches {
        let totals = Totals::of(batch)?;
        lines.push(batch_header(batch, &totals)?);
        for entry in &batch.entries {
            write_entry(entry, &mut lines)?;
        }
        lines.push(batch_control(batch, &totals)?);
        whole.add(&totals);
    }
    let blocks = (lines.len() + 1).div_ceil(BLOCK);
    let control = Line::of('9').number("the count of batches", count(file.batches.len()), 6)?.number(
        "the count of blocks",
        count(blocks),
        6,
    )?;
    lines.push(whole.write(control, 8)?.end());
    lines.resize_with(blocks * BLOCK, || format!("{}\n", "9".repeat(WIDTH)));
    Ok(lines.concat())
}

/// What controls tell of the payments before them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    /// Lines of payments and of what is told with them.
    pub(super) lines: u64,
    /// The sum of the first eight digits of all routing numbers, of which the last ten digits count.
    pub(super) hash: u64,
    pub(super) debits: u64,
    pub(super) credits: u64,
}

impl Totals {
    fn of(batch: &Batch) -> Result<Self, Unwritable> {
        let mut totals = Self::default();
        for entry in &batch.entries {
            totals.see(entry, cents(entry.amount)?, bank(&entry.routing_number)?.0);
            totals.lines += count(entry.addenda.len());
        }
        Ok(totals)
    }

    /// Counts a payment, without what is told with it.
    pub(super) fn see(&mut self, entry: &Entry, cents: u64, bank: u64) {
        self.lines += 1;
        self.hash = (self.hash + bank) % 10_u64.pow(10);
        let side = if entry.code.is_credit() { &mut self.credits } else { &mut self.debits };
        *side = side.saturating_add(cents);
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.lines += other.lines;
        self.hash = (self.hash + other.hash) % 10_u64.pow(10);
        self.debits = self.debits.saturating_add(other.debits);
        self.credits = self.credits.saturating_add(other.credits);
    }

    /// The class of service: payments both ways, to receivers, or from them.
    fn class(&self) -> u64 {
        match (self.debits, self.credits) {
            (0, _) => 220,
            (_, 0) => 225,
            _ => 200,
        }
    }

    fn write(&self, control: Line, width_of_count: usize) -> Result<Line, Unwritable> {
        control
            .number("the count of entries", self.lines, width_of_count)?
            .number("the hash of entries", self.hash, 10)?
            .number("the sum of debits", self.debits, 12)?
            .number("the sum of credits", self.credits, 12)
    }
}

fn header(header: &FileHeader) -> Result<String, Unwritable> {
    let line = Line::of('1')
        .number("the priority", 1, 2)?
        .text(&format!(" {}", header.destination), 10)
        .text(&format!("{:>10}", header.origin), 10)
        .text(&day(header.made_on), 6)
        .text(&header.made_at.strftime("%H%M").to_string(), 4)
        .text(&header.modifier.to_string(), 1)
        .text("094101", 6)
        .text(&header.destination_name, 23)
        .text(&header.origin_name, 23)
        .text(&header.reference, 8);
    Ok(line.end())
}

fn batch_header(batch: &Batch, totals: &Totals) -> Result<String, Unwritable> {
    let line = Line::of('5')
        .number("the class of service", totals.class(), 3)?
        .text(&batch.company_name, 16)
        .text("", 20)
        .text(&batch.company_id, 10)
        .text(&batch.class, 3)
        .text(&batch.description, 10)
        .text("", 6)
        .text(&day(batch.effective_on), 6)
        // The clearing house writes the day of settlement here.
        .text("", 3)
        // The sender is a bank that is bound by the rules.
        .text("1", 1)
        .number("the originating bank", batch.originating_dfi, 8)?
        .number("the number of the batch", batch.number, 7)?;
    Ok(line.end())
}

fn write_entry(entry: &Entry, lines: &mut Vec<String>) -> Result<(), Unwritable> {
    let (bank, check) = bank(&entry.routing_number)?;
    let line = Line::of('6')
        .number("the transaction code", entry.code.0.into(), 2)?
        .number("the routing number", bank, 8)?
        .number("the routing number", check, 1)?
        .text(&entry.account_number, 17)
        .number("the amount", cents(entry.amount)?, 10)?
        .text(&entry.receiver_id, 15)
        .text(&entry.receiver_name, 22)
        .text("", 2)
        .number("the count of addenda", u64::from(!entry.addenda.is_empty()), 1)?
        .number("the trace number", entry.trace, 15)?;
    lines.push(line.end());
    for (place, addenda) in (1..).zip(&entry.addenda) {
        lines.push(write_addenda(addenda, place, entry.trace)?);
    }
    Ok(())
}

fn write_addenda(addenda: &Addenda, place: u64, trace: u64) -> Result<String, Unwritable> {
    let line = match addenda {
        Addenda::Note(note) => addenda_of(5)?
            .text(note, 80)
            .number("the count of addenda", place, 4)?
            .number("the trace number", trace % SEQUENCES, 7)?,
        Addenda::Change { code, original_trace, corrected } => back(98, code, *original_trace, trace)?
            .text(corrected, 44)
            .number("the trace number", trace, 15)?,
        Addenda::Return { code, original_trace, information } => back(99, code, *original_trace, trace)?
            .text(information, 44)
            .number("the trace number", trace, 15)?,
    };
    Ok(line.end())
}

fn addenda_of(kind: u64) -> Result<Line, Unwritable> {
    Line::of('7').number("the kind of addenda", kind, 2)
}

/// What a payment that comes back begins its addenda with. The bank that brings it back is the one that numbers it.
fn back(kind: u64, code: &str, original_trace: u64, trace: u64) -> Result<Line, Unwritable> {
    addenda_of(kind)?.text(code, 3).number("the trace number", original_trace, 15)?.text("", 6).number(
        "the receiving bank",
        trace / SEQUENCES,
        8,
    )
}

fn batch_control(batch: &Batch, totals: &Totals) -> Result<String, Unwritable> {
    let control = Line::of('8').number("the class of service", totals.class(), 3)?;
    let line = totals
        .write(control, 6)?
        .text(&batch.company_id, 10)
        .text("", 25)
        .number("the originating bank", batch.originating_dfi, 8)?
        .number("the number of the batch", batch.number, 7)?;
    Ok(line.end())
}

/// A day as files have it: the last two digits of the year first.
fn day(date: Date) -> String {
    date.strftime("%y%m%d").to_string()
}

/// The first eight digits of a routing number, and the ninth, which checks them.
fn bank(routing_number: &str) -> Result<(u64, u64), Unwritable> {
    let digits =
        Some(routing_number).filter(|text| text.len() == 9 && text.bytes().all(|byte| byte.is_ascii_digit()));
    let number: Option<u64> = digits.and_then(|digits| digits.parse().ok());
    number.map(|number| (number / 10, number % 10)).ok_or(Unwritable { field: "the routing number" })
}

/// An amount in cents, if it is a whole number of them.
fn cents(amount: Money) -> Result<u64, Unwritable> {
    let units = u64::try_from(amount.units()).ok().filter(|units| units % 100 == 0);
    units.map(|units| units / 100).ok_or(Unwritable { field: "the amount" })
}

fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}
