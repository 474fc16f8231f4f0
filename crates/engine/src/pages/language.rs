//! The languages that pages speak.

use serde::{Deserialize, Serialize};

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English, for whoever asks for none that is known.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
    /// French as in Canada.
    #[serde(rename = "fr-CA")]
    CanadianFrench,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::Spanish, Self::CanadianFrench];

    /// Its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::CanadianFrench => "fr-CA",
        }
    }

    /// The language that a tag asks for. All French is taken for that of Canada, and so on.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let known = |language: &Self| language.tag()[..2].eq_ignore_ascii_case(primary);
        Self::ALL.into_iter().find(known)
    }

    /// The most wanted language of an `Accept-Language` that is known; none when none of them is.
    pub fn from_accept(accept: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        for range in accept.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default();
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>);
            let (Some(language), Ok(weight)) = (Self::from_tag(tag), weight) else { continue };
            if weight > best.map_or(0.0, |(_, heaviest)| heaviest) {
                best = Some((language, weight));
            }
        }
        best.map(|(language, _)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_wanted_language_that_is_known_is_spoken() {
        for (accept, language) in [
            ("en-US,en;q=0.9", Some(Language::English)),
            ("de, es-419;q=0.8, en;q=0.5", Some(Language::Spanish)),
            ("fr-ca", Some(Language::CanadianFrench)),
            ("fr", Some(Language::CanadianFrench)),
            ("en;q=0.2, fr;q=0.7", Some(Language::CanadianFrench)),
            ("es;q=0, en", Some(Language::English)),
            ("es;q=x, en", Some(Language::English)),
            ("de, *;q=0.1", None),
            ("", None),
        ] {
            assert_eq!(Language::from_accept(accept), language, "{accept}");
        }
    }
}
