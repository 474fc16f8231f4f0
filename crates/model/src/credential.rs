//! Credential fields of institutions.

macro_rules! field_types {
    ($($id:literal $variant:ident $name:literal;)*) => {
        /// The kind of a credential field; numbers and names are those of MX's front ends.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the names are all that the reference has")]
        pub enum FieldType {
            $($variant = $id,)*
        }

        impl FieldType {
            /// Every kind, by number.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The documented name.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

field_types! {
    0 Text "TEXT";
    1 Password "PASSWORD";
    2 Options "OPTIONS";
    3 Login "LOGIN";
    4 Checkbox "CHECKBOX";
    5 Radio "RADIO";
    6 Url "URL";
    7 Hidden "HIDDEN";
    8 ImageUrl "IMAGE_URL";
    9 ContentUrl "CONTENT_URL";
    10 Custom "CUSTOM";
    11 Cludge "CLUDGE";
    12 Token "TOKEN";
    13 ImageData "IMAGE_DATA";
    14 ImageOptions "IMAGE_OPTIONS";
    15 UserKey "USERKEY";
    16 OauthUrl "OAUTH2_URL";
    17 OauthAccessToken "OAUTH_ACCESS_TOKEN";
    18 OauthRefreshToken "OAUTH_REFRESH_TOKEN";
}

impl FieldType {
    /// The documented number.
    pub fn id(self) -> i64 {
        self as i64
    }

    /// The kind with this number.
    pub fn from_id(id: i64) -> Option<Self> {
        usize::try_from(id).ok().and_then(|index| Self::ALL.get(index)).copied()
    }

    /// The kind of this exact name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether the value says who signs in. "The same login" is told by these fields and not by the secret ones.
    pub fn identifies(self) -> bool {
        self != Self::Password
    }
}
