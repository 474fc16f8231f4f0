//! What is measured, a file for each section of the document.

mod start;

use crate::section::Section;

/// In the order of the document.
pub const SECTIONS: [Section; 1] = [start::SECTION];
