//! Jobs as the API shows them.

mod fixed;
mod mfa_credentials;
mod read;
mod resume;

pub use resume::ResumeJobError;
pub use riverbank_store::jobs::Job;
