//! An answer in the form in which it is sealed: the length of its context in eight bytes, the context, the body; all of it
//! compressed as zlib does (RFC 1950), whose checksum finds what was damaged.

use std::io::{self, Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use riverbank_connect::RawAnswer;
use zeroize::Zeroizing;

/// Bytes of the longest answer: four times what the guarded client takes in.
const LONGEST: u64 = 64 * 1024 * 1024;
/// Bytes of the longest packed one: a row of that length goes into a piece of a snapshot.
const LONGEST_PACKED: usize = 4 * 1024 * 1024;

/// The answer, packed; an error when it is too long to be kept.
pub(super) fn pack(answer: &RawAnswer) -> io::Result<Zeroizing<Vec<u8>>> {
    let head = (answer.context.len() as u64).to_be_bytes();
    if (head.len() + answer.context.len() + answer.body.len()) as u64 > LONGEST {
        return Err(io::Error::other(format!("it is longer than {LONGEST} bytes")));
    }
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    for part in [&head, answer.context.as_slice(), &answer.body] {
        packed.write_all(part)?;
    }
    let packed = Zeroizing::new(packed.finish()?);
    if packed.len() > LONGEST_PACKED {
        return Err(io::Error::other(format!("it is longer than {LONGEST_PACKED} bytes when compressed")));
    }
    Ok(packed)
}

/// The answer that was packed so.
pub(super) fn unpack(packed: &[u8]) -> io::Result<RawAnswer> {
    let broken =
        |what: &str| io::Error::new(io::ErrorKind::InvalidData, format!("what is kept of it {what}"));
    let mut whole = Vec::new();
    let unpacked = ZlibDecoder::new(packed).take(LONGEST + 1).read_to_end(&mut whole);
    unpacked.map_err(|error| broken(&format!("does not unpack: {error}")))?;
    if whole.len() as u64 > LONGEST {
        return Err(broken("unpacks to more than is ever kept"));
    }
    let (length, rest) = whole.split_first_chunk().ok_or_else(|| broken("breaks off"))?;
    let length = usize::try_from(u64::from_be_bytes(*length)).unwrap_or(usize::MAX);
    let (context, body) = rest.split_at_checked(length).ok_or_else(|| broken("breaks off"))?;
    Ok(RawAnswer { body: body.to_vec(), context: context.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &[u8], context: &[u8]) -> RawAnswer {
        RawAnswer { body: body.to_vec(), context: context.to_vec() }
    }

    #[test]
    fn what_is_packed_is_unpacked_as_it_was_and_what_breaks_off_is_refused() {
        let zeros = vec![0; 100_000];
        let cases: [(&[u8], &[u8]); 4] = [(b"", b""), (b"body", b""), (b"", b"context"), (&zeros, b"\0\xff")];
        for (body, context) in cases {
            let packed = pack(&answer(body, context)).unwrap();
            let unpacked = unpack(&packed).unwrap();
            assert_eq!((unpacked.body.as_slice(), unpacked.context.as_slice()), (body, context));
            for length in 0..packed.len() {
                assert!(unpack(&packed[..length]).is_err(), "{length}");
            }
        }
    }

    #[test]
    fn a_length_that_is_not_there_is_no_answer() {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&u64::MAX.to_be_bytes()).unwrap();
        assert!(unpack(&packed.finish().unwrap()).is_err());
    }

    #[test]
    fn what_is_too_long_is_refused_and_never_cut() {
        let longest = usize::try_from(LONGEST).unwrap() - 8;
        assert_eq!(unpack(&pack(&answer(&vec![0; longest], b"")).unwrap()).unwrap().body.len(), longest);
        assert!(pack(&answer(&vec![0; longest], b"1")).is_err());
        let mut bomb = ZlibEncoder::new(Vec::new(), Compression::fast());
        bomb.write_all(&vec![0; longest + 9]).unwrap();
        let refused = unpack(&bomb.finish().unwrap()).unwrap_err().to_string();
        assert_eq!(refused, "what is kept of it unpacks to more than is ever kept");
        // Noise does not get shorter.
        let mut state = 1_u64;
        let noise = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        });
        assert!(pack(&answer(&noise.take(LONGEST_PACKED).collect::<Vec<_>>(), b"")).is_err());
    }
}
