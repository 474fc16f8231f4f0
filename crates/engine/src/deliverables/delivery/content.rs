//! What goes out, made safe for its channel.

use std::borrow::Cow;

use riverbank_model::notification::Channel;

/// Characters of a line; mail programs show fewer.
const LINE: usize = 200;
/// Characters of a text message: three parts of 160, as the GSM alphabet has them.
const SMS: usize = 480;
/// Characters that are pushed to a device, which shows fewer.
const PUSH: usize = 1000;
/// Stands where something was cut.
const CUT: char = '…';

/// A text on one line, such as a subject: nothing of it can begin a header.
pub(super) fn line(text: &str) -> String {
    cut(one_line(text), LINE)
}

/// What goes out over a channel: HTML stays as it is, text is freed of what is no text.
pub(super) fn content(channel: Channel, text: &str) -> Cow<'_, str> {
    let limit = match channel {
        Channel::Email | Channel::InApp => return Cow::Borrowed(text),
        Channel::Sms => SMS,
        Channel::Push => PUSH,
    };
    let lines: Vec<String> = text.lines().map(one_line).collect();
    Cow::Owned(cut(lines.join("\n").trim().to_owned(), limit))
}

/// Words with a blank between them. What is no text is left out: control characters, and those that turn the direction of
/// what follows, by which a name of a merchant could seem to be another.
fn one_line(text: &str) -> String {
    let turns = |one: char| matches!(one, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let spaced: String =
        text.chars().filter(|one| !turns(*one)).map(|one| if one.is_control() { ' ' } else { one }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: String, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text;
    }
    let mut kept: String = text.chars().take(limit - 1).collect();
    kept.truncate(kept.trim_end().len());
    kept.push(CUT);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_subject_begins_a_header() {
        for (text, line) in [
            ("Fee at SHOP\r\nBcc: all@example.com", "Fee at SHOP Bcc: all@example.com"),
            ("a\u{2028}b\u{85}c\0d", "a b c d"),
            ("pay \u{202e}evil", "pay evil"),
            ("  much \t blank ", "much blank"),
        ] {
            assert_eq!(super::line(text), line);
        }
        let long = line(&"word ".repeat(100));
        assert!(long.chars().count() <= LINE && long.ends_with("word…"), "{long}");
    }

    #[test]
    fn text_is_freed_of_what_is_none_and_cut_where_its_channel_ends() {
        assert_eq!(content(Channel::Sms, " one\r\n\u{1b}[2Jtwo\n"), "one\n[2Jtwo");
        assert_eq!(content(Channel::Email, "<p>\r\n</p>"), "<p>\r\n</p>");
        for (channel, limit) in [(Channel::Sms, SMS), (Channel::Push, PUSH)] {
            assert_eq!(content(channel, &"ü".repeat(limit)), "ü".repeat(limit));
            let long = content(channel, &"ü".repeat(limit + 1)).into_owned();
            assert_eq!((long.chars().count(), long.ends_with(CUT)), (limit, true));
        }
    }
}
