//! What goes out to users: e-mail, text messages and pushes.

use super::{SETTING, Secrecy, Setting};

pub const SMTP_URL: Setting = Setting {
    key: "smtp_url",
    value_name: "URL",
    default_in_words: "none: nothing is delivered by e-mail",
    meaning: "The relay that e-mail to users is handed to: `smtps://USER:PASSWORD@HOST` (TLS, port 465), `smtp://USER:PASSWORD@HOST` \
              (STARTTLS, port 587), or `smtp+plain://HOST` (neither TLS nor login, port 25); another port as in `HOST:2525`. Special \
              characters of name and password are written as `%XX`.",
    secrecy: Secrecy::Secret,
    ..SETTING
};

pub const MAIL_FROM: Setting = Setting {
    key: "mail_from",
    value_name: "ADDRESS",
    meaning: "Who e-mail to users is from: `alerts@example.com` or `Alerts <alerts@example.com>`. Must be given with `smtp_url`.",
    ..SETTING
};

pub const MESSAGE_GATEWAY_URL: Setting = Setting {
    key: "message_gateway_url",
    value_name: "URL",
    default_in_words: "none: nothing is delivered by text message or push",
    meaning: "The address that text messages and pushes to users are posted to, as signed JSON. Must be https; in a private network it \
              must be one of `open_networks`.",
    ..SETTING
};

pub const MESSAGE_GATEWAY_SECRET: Setting = Setting {
    key: "message_gateway_secret",
    value_name: "SECRET",
    meaning: "What those posts are signed with: `whsec_` and 24 to 64 random bytes in base64. Must be given with `message_gateway_url`.",
    secrecy: Secrecy::Secret,
    ..SETTING
};

pub const CONTACTS_ARE_VERIFIED: Setting = Setting {
    key: "contacts_are_verified",
    default: Some("false"),
    meaning: "Take the e-mail addresses and telephone numbers that partners give for their users as verified. Without it nothing goes \
              out by e-mail or text message.",
    ..SETTING
};
