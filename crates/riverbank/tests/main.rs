//! Journeys over HTTP against the built binary, on both databases.

mod commands;
mod journeys;
