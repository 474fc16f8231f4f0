//! A password, typed unseen or read from standard input. Never an argument: other users of a machine see those.

use std::io::{self, BufRead, IsTerminal, Write};

use riverbank_model::SecretText;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use crate::failure::Failure;

/// The first line of standard input. At a terminal it is asked for, twice, and not shown.
pub fn password() -> Result<SecretText, Failure> {
    if !io::stdin().is_terminal() {
        return line().map_err(Failure::of);
    }
    let unseen = Unseen::begin().map_err(Failure::of)?;
    let typed = ask("Password: ").and_then(|first| Ok((first, ask("Again: ")?)));
    drop(unseen);
    let (first, again) = typed.map_err(Failure::of)?;
    if *first == *again { Ok(SecretText::from(first.as_str())) } else { Err(Failure::new("the two differ")) }
}

fn ask(question: &str) -> io::Result<Zeroizing<String>> {
    let mut terminal = io::stderr();
    write!(terminal, "{question}")?;
    terminal.flush()?;
    let typed = raw_line()?;
    writeln!(terminal)?;
    Ok(typed)
}

fn line() -> io::Result<SecretText> {
    Ok(SecretText::from(raw_line()?.as_str()))
}

fn raw_line() -> io::Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    io::stdin().lock().read_line(&mut text)?;
    let end = text.trim_end_matches(['\r', '\n']).len();
    text.truncate(end);
    Ok(text)
}

/// A terminal that does not show what is typed, until this goes.
struct Unseen(Termios);

impl Unseen {
    fn begin() -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut unseen = before.clone();
        unseen.local_modes.remove(LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Flush, &unseen)?;
        Ok(Self(before))
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        // A terminal that is gone shows nothing either.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.0);
    }
}
