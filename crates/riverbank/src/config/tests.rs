use std::collections::BTreeMap;

use super::*;

fn flags(values: &[(&'static str, &str)]) -> Values {
    values.iter().map(|(key, value)| (*key, (*value).to_owned())).collect()
}

fn environment(values: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
    let values: BTreeMap<String, String> =
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    move |name| values.get(name).cloned()
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

fn from_file(text: &str) -> Result<Config, ConfigError> {
    Config::load(&Values::new(), |_| None, Some(file(text).path()))
}

fn sandbox(values: &[(&'static str, &str)]) -> Config {
    let mut flags = flags(values);
    flags.insert("sandbox", "true".to_owned());
    Config::load(&flags, |_| None, None).unwrap()
}

fn in_force(config: &Config, key: &str) -> InForce {
    config.in_force().find(|setting| setting.key == key).unwrap()
}

#[test]
fn without_anything_the_defaults_hold() {
    let config = Config::load(&Values::new(), |_| None, None).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8040");
    assert_eq!(config.database_url.to_string(), "sqlite://riverbank.db");
    assert_eq!(config.challenge_timeout, riverbank_model::limits::CHALLENGE_LIFE);
    assert_eq!(config.request_limit, Some(REQUEST_LIMIT));
    assert!(config.in_force().all(|setting| setting.origin == Origin::Default));
}

#[test]
fn a_flag_stands_over_the_environment_over_the_file_and_each_is_remembered() {
    let file = file("listen = '127.0.0.1:1'\nworkers = 3\nseed = 'file'\n");
    let variable = environment(&[("RIVERBANK_LISTEN", "127.0.0.1:2"), ("RIVERBANK_WORKERS", "4")]);
    let config = Config::load(&flags(&[("listen", "127.0.0.1:3")]), variable, Some(file.path())).unwrap();
    assert_eq!(config.listen.port(), 3);
    assert_eq!(config.workers, 4);
    assert_eq!(config.seed, "file");
    assert_eq!(in_force(&config, "listen").origin, Origin::Flag("--listen".into()));
    assert_eq!(in_force(&config, "workers").origin, Origin::Environment("RIVERBANK_WORKERS".into()));
    assert_eq!(in_force(&config, "seed").origin, Origin::File(file.path().to_path_buf()));
}

#[test]
fn an_empty_environment_variable_is_not_set() {
    let config = Config::load(&Values::new(), environment(&[("RIVERBANK_LISTEN", "")]), None).unwrap();
    assert_eq!(config.listen.port(), 8040);
}

#[test]
fn an_unknown_key_of_the_file_is_named_with_the_near_match() {
    let error = from_file("databse_url = 'sqlite://x.db'").unwrap_err();
    assert!(error.to_string().ends_with("has a key that is no setting: `databse_url`"), "{error}");
    assert_eq!(error.hint().unwrap(), "did you mean `database_url`?");
    let error = from_file("zzz = 1").unwrap_err();
    assert_eq!(error.hint().unwrap(), "`riverbank serve --help` lists the settings");
}

#[test]
fn a_file_that_is_not_toml_is_reported_with_its_line() {
    let error = from_file("workers = 3\nlisten 127\n").unwrap_err().to_string();
    assert!(error.contains("is not TOML: line 2:"), "{error}");
    let error = from_file("listen = [1]").unwrap_err().to_string();
    assert!(error.contains("`listen` must be a text"), "{error}");
}

#[test]
fn a_wrong_value_is_named_with_its_place_and_what_is_expected() {
    for (key, text, message) in [
        (
            "listen",
            "8040",
            "listen (from --listen): must be an IP address and a port, such as 127.0.0.1:8040, not `8040`",
        ),
        ("workers", "0", "workers (from --workers): must be a whole number from 1 to 1000, not `0`"),
        ("sandbox", "yes", "sandbox (from --sandbox): must be true or false, not `yes`"),
        (
            "log",
            "a=b=c",
            "log (from --log): must be a level, or levels by module, as in info,riverbank_engine=debug, not `a=b=c`",
        ),
        (
            "open_networks",
            "10.0.0.0/8 and more",
            "open_networks (from --open-networks): must be networks separated by commas, such as 10.2.0.0/16, \
             not `10.0.0.0/8 and more`",
        ),
        (
            "request_limit",
            "0",
            "request_limit (from --request-limit): must be a whole number of requests per second, or off, not `0`",
        ),
        (
            "challenge_timeout",
            "2 days",
            "challenge_timeout (from --challenge-timeout): must be a duration from 1 second to 24 hours, such as 90s or 10m, not `2 days`",
        ),
    ] {
        let error = Config::load(&flags(&[(key, text)]), |_| None, None).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn no_message_and_no_report_shows_a_secret() {
    let variable = environment(&[
        ("RIVERBANK_CONTROL_KEY", "sixteen-letters-or-more"),
        ("RIVERBANK_MASTER_KEY", "1 hunter2"),
        ("RIVERBANK_DATABASE_URL", "postgres://bank:hunter2@localhost/bank"),
    ]);
    let config = Config::load(&Values::new(), variable, None).unwrap();
    let mut shown = format!("{config:?}");
    shown.extend(config.in_force().map(|setting| format!("{} = {}\n", setting.key, setting.value)));
    assert!(!shown.contains("hunter2") && !shown.contains("sixteen"), "{shown}");
    assert_eq!(in_force(&config, "database_url").value, "postgres://bank@localhost:5432/bank");

    let error = Config::load(&Values::new(), environment(&[("RIVERBANK_CONTROL_KEY", "hunter 2")]), None)
        .unwrap_err();
    assert!(!error.to_string().contains("hunter"), "{error}");
    let error =
        Config::load(&flags(&[("database_url", "mysql://a:hunter2@b/c")]), |_| None, None).unwrap_err();
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

#[test]
fn outside_a_sandbox_a_server_needs_a_master_key_and_an_https_address() {
    let load = |values: &[(&'static str, &str)]| Config::load(&flags(values), |_| None, None).unwrap();
    let error = load(&[]).check_serving().unwrap_err();
    assert!(matches!(error, ConfigError::MasterKeyMissing));
    let hint = error.hint().unwrap();
    assert!(
        hint.contains("`riverbank keys generate > riverbank.key`")
            && hint.contains("RIVERBANK_MASTER_KEY_FILE")
    );
    let error = load(&[("scenarios", "banks")]).check_serving().unwrap_err();
    assert!(matches!(error, ConfigError::ScenariosOutsideSandbox));
    let error = load(&[("master_key_file", "k")]).check_serving().unwrap_err();
    assert!(matches!(error, ConfigError::PublicUrlMissing));
    let error =
        load(&[("master_key_file", "k"), ("public_url", "http://a.example")]).check_serving().unwrap_err();
    assert!(matches!(error, ConfigError::PublicUrlNotHttps { .. }));
    load(&[("master_key_file", "k"), ("public_url", "https://a.example")]).check_serving().unwrap();
}

#[test]
fn a_sandbox_needs_nothing_on_loopback_and_a_word_outside_it() {
    sandbox(&[]).check_serving().unwrap();
    let error = sandbox(&[("listen", "0.0.0.0:8040")]).check_serving().unwrap_err();
    assert!(matches!(error, ConfigError::SandboxExposed { .. }));
    sandbox(&[("listen", "0.0.0.0:8040"), ("sandbox_public", "true")]).check_serving().unwrap();
    assert_eq!(sandbox(&[]).request_limit, None);
    assert_eq!(sandbox(&[("request_limit", "7")]).request_limit.map(NonZeroU32::get), Some(7));
}

#[test]
fn the_upper_of_two_master_keys_is_taken_and_two_in_one_place_are_refused() {
    let both = environment(&[("RIVERBANK_MASTER_KEY", "1 a"), ("RIVERBANK_MASTER_KEY_FILE", "k")]);
    let error = Config::load(&Values::new(), both, None).unwrap_err();
    assert_eq!(
        error.to_string(),
        "RIVERBANK_MASTER_KEY and RIVERBANK_MASTER_KEY_FILE both give a master key"
    );

    let line = || environment(&[("RIVERBANK_MASTER_KEY", "1 a")]);
    let config = Config::load(&flags(&[("master_key_file", "k")]), line(), None).unwrap();
    assert!(matches!(config.master_key, Some(MasterKey::File(_))));
    let config = Config::load(&Values::new(), line(), Some(file("master_key_file = 'k'").path())).unwrap();
    assert!(matches!(config.master_key, Some(MasterKey::Line(_))));
}

#[test]
fn a_public_address_has_no_query_and_no_user() {
    for text in [
        "ftp://a.example",
        "https://u:p@a.example",
        "https://a.example/?q",
        "https://a.example/#f",
        "a.example",
    ] {
        assert!(values::public_url(text).is_err(), "{text}");
    }
    assert!(values::public_url("https://a.example/feeds").is_ok());
}

#[test]
fn micro_deposits_by_files_need_all_their_settings_and_each_in_its_form() {
    const ALL: [(&str, &str); 6] = [
        ("nacha_directory", "/srv/ach"),
        ("nacha_routing_number", "122105155"),
        ("nacha_bank_name", "Our Bank"),
        ("nacha_company_id", "1123456789"),
        ("nacha_company_name", "Riverbank"),
        ("nacha_settlement_account", "000777"),
    ];
    assert!(sandbox(&[]).nacha.is_none());
    assert_eq!(sandbox(&ALL).nacha.unwrap().originator.company_id, "1123456789");
    for left_out in 0..ALL.len() {
        let mut some = ALL.to_vec();
        let (missing, _) = some.remove(left_out);
        let error = Config::load(&flags(&some), |_| None, None).unwrap_err();
        assert!(matches!(error, ConfigError::HalfNacha { missing: named } if named == missing), "{error}");
    }
    let wrong = [
        ("nacha_routing_number", "122105156"),
        ("nacha_company_id", "1"),
        ("nacha_company_name", "A name that is too long"),
    ];
    for (key, value) in wrong {
        let mut values = flags(&ALL);
        values.insert(key, value.to_owned());
        assert!(Config::load(&values, |_| None, None).is_err(), "{key}");
    }
}

#[test]
fn mail_and_the_gateway_are_set_up_whole_or_not_at_all() {
    let load = |values: &[(&'static str, &str)]| Config::load(&flags(values), |_| None, None);
    let relay = ("smtp_url", "smtps://ada:secret@mail.example.com");
    let mail = load(&[relay, ("mail_from", "Alerts <alerts@example.com>")]).unwrap().mail.unwrap();
    assert_eq!(mail.relay.to_string(), "mail.example.com:465 (TLS)");
    for half in [
        [relay].as_slice(),
        &[("mail_from", "alerts@example.com")],
        &[("message_gateway_url", "https://messages.example.com")],
        &[("message_gateway_secret", "whsec_BwcH")],
    ] {
        assert!(matches!(load(half), Err(ConfigError::Half { .. })), "{half:?}");
    }
    let wrong =
        load(&[("smtp_url", "smtp+plain://ada:secret@mail.example.com"), ("mail_from", "a@b.example")]);
    assert!(!wrong.unwrap_err().to_string().contains("secret@"));
    for (key, value) in [("mail_from", "nobody"), ("message_gateway_url", "nowhere"), ("smtp_url", "mail")] {
        assert!(matches!(load(&[(key, value)]), Err(ConfigError::Invalid { .. })), "{key}");
    }
}
