//! What is measured, a file for each section of the document.

mod budgets;
mod connection;
mod create;
mod days;
mod growth;
mod history;
mod instructions;
mod ledger;
mod member;
mod memory;
mod nodes;
pub mod ofx;
mod pages;
mod rule;
mod search;
mod soak;
mod start;
mod transactions;
mod webhooks;

use crate::section::Section;

/// In the order of the document.
pub const SECTIONS: [Section; 19] = [
    member::SECTION,
    transactions::SECTION,
    ledger::SECTION,
    budgets::SECTION,
    search::SECTION,
    create::SQLITE,
    create::POSTGRES,
    connection::SECTION,
    history::SECTION,
    rule::SECTION,
    days::SECTION,
    webhooks::SECTION,
    nodes::SECTION,
    pages::SECTION,
    start::SECTION,
    memory::SECTION,
    growth::SECTION,
    ofx::SECTION,
    instructions::SECTION,
];

/// What takes so long that it is measured only when it is named; behind the others in the document.
pub const SOAKS: [Section; 2] = [soak::ON_SQLITE, soak::ON_POSTGRES];
