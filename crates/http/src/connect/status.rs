//! A page that says what is so and what there is to do.

use std::fmt::Display;

use askama::Template;

use super::frame::Frame;
use crate::words::Phrase;

/// A page that says what is so and what there is to do.
#[derive(Template)]
#[template(path = "connect/status.html")]
pub(super) struct StatusPage {
    pub(super) frame: Frame,
    pub(super) title: String,
    pub(super) alert: Option<String>,
    pub(super) text: String,
    /// The institution's own site, and what leads there.
    pub(super) site: Option<(String, String)>,
    /// Where trying once more is sent.
    pub(super) retry: Option<String>,
    /// Where the page leads on, and by which word.
    pub(super) next: Option<(String, Phrase)>,
    /// Other ways, each with its word.
    pub(super) links: Vec<(String, Phrase)>,
    /// What the main button tells.
    pub(super) say: String,
    /// The way to another institution.
    pub(super) other: Option<String>,
    /// What that tells.
    pub(super) back_say: String,
    pub(super) poll: String,
    /// What would make another page; none when nothing is looked for.
    pub(super) state: Option<String>,
}

impl StatusPage {
    /// One that only says something.
    pub(super) fn new(frame: Frame, title: impl Display, text: impl Display) -> Self {
        Self {
            frame,
            title: title.to_string(),
            text: text.to_string(),
            alert: None,
            site: None,
            retry: None,
            next: None,
            links: Vec::new(),
            say: String::new(),
            other: None,
            back_say: String::new(),
            poll: String::new(),
            state: None,
        }
    }
}
