//! Noise around a text, the same in every run.

/// Lengths that banks cut texts to: that of an ACH company name and entry, of a card network's name, and of an OFX name.
pub(super) const CUTS: [usize; 3] = [32, 25, 22];

/// A fixed sequence of numbers (`SplitMix64`).
pub(super) struct Sequence(u64);

impl Sequence {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u8) -> u8 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let [byte, ..] = (mixed ^ (mixed >> 31)).to_le_bytes();
        byte % limit
    }
}

/// A form filled in: `@` is the text, `9` some digit and `?` some capital.
pub(super) fn around(text: &str, form: &str, sequence: &mut Sequence) -> String {
    let mut filled = String::with_capacity(form.len() + text.len());
    for letter in form.chars() {
        match letter {
            '@' => filled.push_str(text),
            '9' => filled.push(char::from(b'0' + sequence.below(10))),
            '?' => filled.push(char::from(b'A' + sequence.below(26))),
            other => filled.push(other),
        }
    }
    filled
}

/// The beginning of a text, as long as a bank keeps it.
pub(super) fn cut(text: &str, length: usize) -> &str {
    &text[..text.floor_char_boundary(length)]
}
