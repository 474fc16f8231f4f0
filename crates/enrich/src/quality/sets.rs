//! The held-out files.

use std::collections::HashMap;

use crate::catalogue::{Catalogue, LineError, Merchant};
use crate::labelled::{self, Labelled};

const CATALOGUE: &str = include_str!("../../labelled/heldout_catalogue.txt");
const UNKNOWN: &str = include_str!("../../labelled/heldout_unknown.txt");
const NOISE: &str = include_str!("../../labelled/noise.txt");

/// A text and the merchant of the catalogue that it is of.
pub(super) struct Named {
    pub text: &'static str,
    pub merchant: &'static Merchant,
}

/// Texts of merchants of the catalogue.
pub(super) fn catalogue() -> Vec<Named> {
    read_catalogue().0
}

pub(super) fn read_catalogue() -> (Vec<Named>, Vec<LineError>) {
    let merchants = Catalogue::shipped().merchants().iter();
    let by_name: HashMap<_, _> = merchants.map(|merchant| (&*merchant.name, merchant)).collect();
    let mut rows = Vec::new();
    let mut errors = Vec::new();
    for (index, line) in CATALOGUE.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let found =
            line.rsplit_once('|').and_then(|(text, name)| Some((text.trim(), by_name.get(name.trim())?)));
        match found {
            Some((text, merchant)) => rows.push(Named { text, merchant }),
            None => errors.push(LineError {
                file: "heldout_catalogue.txt".to_owned(),
                line: index + 1,
                reason: "it names no merchant of the catalogue".to_owned(),
            }),
        }
    }
    (rows, errors)
}

/// Texts of merchants that are nowhere else.
pub(super) fn unknown() -> Vec<Labelled> {
    read_unknown().0
}

pub(super) fn read_unknown() -> (Vec<Labelled>, Vec<LineError>) {
    labelled::read("heldout_unknown.txt", UNKNOWN)
}

/// Forms of noise; see [`super::noise::around`].
pub(super) fn noise() -> Vec<&'static str> {
    NOISE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}
