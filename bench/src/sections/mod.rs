//! What is measured, a file for each section of the document.

mod connection;
mod create;
mod growth;
mod member;
mod memory;
mod nodes;
mod search;
mod start;
mod transactions;

use crate::section::Section;

/// In the order of the document.
pub const SECTIONS: [Section; 10] = [
    member::SECTION,
    transactions::SECTION,
    search::SECTION,
    create::SQLITE,
    create::POSTGRES,
    connection::SECTION,
    nodes::SECTION,
    start::SECTION,
    memory::SECTION,
    growth::SECTION,
];
