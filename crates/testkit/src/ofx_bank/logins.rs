//! Who may sign on, and what happens then.

/// The password of every login.
pub const PASSWORD: &str = "weir-and-lock";
/// The right answer to every question.
pub const ANSWER: &str = "otter";
/// The right one-time token.
pub const TOKEN: &str = "314159";
/// What the bank's profile calls the one-time token.
pub const TOKEN_LABEL: &str = "Number on your Millrace key fob";

/// What the bank does when a login signs on with the right password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Login {
    /// Lets in.
    Serves,
    /// Lets in, gives a key and cookies, and wants them back.
    GivesKeys,
    /// Lets in those that have answered two questions; gives an access key then.
    AsksQuestions,
    /// Lets in those that have the one-time token, which is good for one sign-on; gives a key then.
    AsksToken,
    /// Refuses with this status.
    Refuses(i64),
    /// Answers with this HTTP status.
    Http(u16),
    /// Answers after a minute.
    Slow,
    /// Answers, and cuts the answer off in the middle of a transaction list.
    CutOff,
    /// Answers with a web page.
    WebPage,
    /// Sends away to another address.
    Redirects,
}

/// Every login; any other, and a wrong password, is refused with status 15500.
pub const LOGINS: [(&str, Login); 16] = [
    ("anna", Login::Serves),
    ("keys", Login::GivesKeys),
    ("questions", Login::AsksQuestions),
    ("token", Login::AsksToken),
    ("general-error", Login::Refuses(2000)),
    ("must-change", Login::Refuses(15000)),
    ("in-use", Login::Refuses(15501)),
    ("locked", Login::Refuses(15502)),
    ("not-allowed", Login::Refuses(15508)),
    ("unapproved", Login::Refuses(15510)),
    ("down", Login::Http(500)),
    ("forbidden", Login::Http(403)),
    ("slow", Login::Slow),
    ("cut-off", Login::CutOff),
    ("web-page", Login::WebPage),
    ("redirect", Login::Redirects),
];

/// The behaviour of a login, or none for a stranger.
pub(super) fn find(user: &str) -> Option<Login> {
    LOGINS.iter().find(|(name, _)| *name == user).map(|(_, login)| *login)
}
