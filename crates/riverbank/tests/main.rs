//! Journeys over HTTP against the built binary, on both databases.
#![expect(clippy::unwrap_used, reason = "a journey that cannot go on fails")]

mod commands;
mod journeys;
mod schemathesis;
