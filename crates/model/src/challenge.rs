//! Questions that an institution asks before it lets a connection go on.

use serde::{Deserialize, Serialize};

use crate::credential::FieldType;

/// The five kinds of challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChallengeKind {
    /// A question with a typed answer.
    Text,
    /// A one-time code that is typed.
    Token,
    /// A choice of texts.
    Options,
    /// A picture with a typed answer.
    ImageData,
    /// A choice of pictures.
    ImageOptions,
}

impl ChallengeKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Text, Self::Token, Self::Options, Self::ImageData, Self::ImageOptions];

    /// The same kind as a credential field.
    pub fn field_type(self) -> FieldType {
        match self {
            Self::Text => FieldType::Text,
            Self::Token => FieldType::Token,
            Self::Options => FieldType::Options,
            Self::ImageData => FieldType::ImageData,
            Self::ImageOptions => FieldType::ImageOptions,
        }
    }

    /// The documented name.
    pub fn name(self) -> &'static str {
        self.field_type().name()
    }
}

/// One question, as an institution asks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// What form it has.
    pub kind: ChallengeKind,
    /// The connector's own name of the question; unique among those asked together.
    pub field_name: String,
    /// The text to show.
    pub label: String,
    /// IMAGE_DATA only: the picture, base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_data: Option<String>,
    /// OPTIONS and IMAGE_OPTIONS only: the choices, in the order to show them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<ChallengeOption>,
}

/// One choice of a challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeOption {
    /// The text to show, such as `IMAGE_1` beside a picture.
    pub label: String,
    /// What goes back to the institution when it is chosen.
    pub value: String,
    /// IMAGE_OPTIONS only: the picture as a data URI.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_uri: Option<String>,
}
