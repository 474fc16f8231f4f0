//! What ours is measured beside: other servers, and the bare limits of the machine.

pub mod mocks;
pub mod process;
