#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| riverbank_fuzzing::sealed(bytes));
