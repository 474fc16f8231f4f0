//! Sending micro deposits by NACHA files.

use super::{SETTING, Setting};

pub const NACHA_DIRECTORY: Setting = Setting {
    key: "nacha_directory",
    value_name: "DIRECTORY",
    default_in_words: "none: a sandbox plays micro deposits, another server sends none",
    meaning: "Where micro deposits are sent from in NACHA files: `outgoing/` is what the bank is to take, `returns/` what it \
              brings back. The settings that follow must be given with it.",
    ..SETTING
};

pub const NACHA_ROUTING_NUMBER: Setting = Setting {
    key: "nacha_routing_number",
    value_name: "NUMBER",
    meaning: "The routing number of the bank that takes the files.",
    ..SETTING
};

pub const NACHA_BANK_NAME: Setting = Setting {
    key: "nacha_bank_name",
    value_name: "NAME",
    meaning: "The name of that bank, of 23 characters at most.",
    ..SETTING
};

pub const NACHA_COMPANY_ID: Setting = Setting {
    key: "nacha_company_id",
    value_name: "ID",
    meaning: "What that bank knows the company by, of 10 characters.",
    ..SETTING
};

pub const NACHA_COMPANY_NAME: Setting = Setting {
    key: "nacha_company_name",
    value_name: "NAME",
    meaning: "The name that receivers of deposits see, of 16 characters at most.",
    ..SETTING
};

pub const NACHA_SETTLEMENT_ACCOUNT: Setting = Setting {
    key: "nacha_settlement_account",
    value_name: "NUMBER",
    meaning: "The company's checking account at that bank, which deposits are taken from.",
    ..SETTING
};
