//! The memory of a running server: all that a core dump of it would hold.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use memchr::memmem;
use riverbank_testkit::server::Server;

/// A needle, and what it is.
pub type Needle = (String, Vec<u8>);

/// How much is read at once.
const CHUNK: usize = 1 << 20;
/// How much of what stands around a needle is shown, in bytes.
const AROUND: usize = 48;

/// Where in the memory of a server needles are: what each is, the region, and what stands around it.
pub fn found(server: &Server, needles: &[Needle]) -> Vec<String> {
    let process = format!("/proc/{}", server.pid().unwrap());
    let maps = fs::read_to_string(format!("{process}/maps")).unwrap();
    let memory = File::open(format!("{process}/mem")).unwrap();
    let (mut finds, mut read) = (Vec::new(), 0);
    for (region, start, end) in maps.lines().filter_map(region) {
        let (mut at, mut tail) = (start, Vec::new());
        while at < end {
            let mut bytes = vec![0; CHUNK.min(usize::try_from(end - at).unwrap())];
            // The kernel's own pages cannot be read, and are in no core dump.
            let count = memory.read_at(&mut bytes, at).unwrap_or(0);
            if count == 0 {
                break;
            }
            bytes.truncate(count);
            read += count;
            at += count as u64;
            let text = [tail, bytes].concat();
            for (name, needle) in needles {
                finds.extend(memmem::find_iter(&text, needle).map(|place| {
                    let around =
                        &text[place.saturating_sub(AROUND)..text.len().min(place + needle.len() + AROUND)];
                    format!("{name} in {region}: {}", around.escape_ascii())
                }));
            }
            // For a needle that lies across two chunks. One within the tail is found twice, which is no matter.
            tail = text[text.len().saturating_sub(128)..].to_vec();
        }
    }
    assert!(read > CHUNK, "the memory of the server could not be read");
    finds
}

/// The name and the bounds of a region that can be read.
fn region(line: &str) -> Option<(&str, u64, u64)> {
    let mut words = line.split_whitespace();
    let (start, end) = words.next()?.split_once('-')?;
    let is_readable = words.next()?.starts_with('r');
    let address = |text| u64::from_str_radix(text, 16).ok();
    is_readable.then_some((words.last().unwrap_or_default(), address(start)?, address(end)?))
}

/// How often a needle stands in a text.
pub fn occurrences(text: &[u8], needle: &[u8]) -> usize {
    memmem::find_iter(text, needle).count()
}
