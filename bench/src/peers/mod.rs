//! What ours is measured beside: other servers, and the bare limits of the machine.

mod answer;
pub mod bare;
pub mod bulk_insert;
pub mod copy_in;
pub mod group_commit;
pub mod mocks;
pub mod pgbench;
pub mod process;
mod rows;
