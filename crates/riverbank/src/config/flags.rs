//! The flags, made from the table of settings.

use clap::builder::NonEmptyStringValueParser;
use clap::error::Error;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use super::setting::{SETTINGS, Scope, Secrecy, Setting};
use super::sources::Values;

/// The flags that every command takes.
#[derive(Debug, Clone, Default)]
pub struct GeneralFlags(pub Values);

/// The flags of `serve`.
#[derive(Debug, Clone, Default)]
pub struct ServingFlags(pub Values);

fn flags_of(scope: Scope) -> impl Iterator<Item = &'static Setting> {
    SETTINGS.into_iter().filter(move |setting| setting.scope == scope && setting.secrecy != Secrecy::Secret)
}

fn argument(setting: &Setting) -> Arg {
    let argument = Arg::new(setting.key)
        .long(setting.key.replace('_', "-"))
        .help(format!(
            "{} [env: {}] [default: {}]",
            setting.meaning,
            setting.variable(),
            setting.default.unwrap_or(setting.default_in_words),
        ))
        .action(ArgAction::Set)
        .value_parser(NonEmptyStringValueParser::new());
    if setting.is_switch() {
        argument
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_name("true|false")
            .hide_possible_values(true)
    } else {
        argument.value_name(setting.value_name)
    }
}

fn augment(command: Command, scope: Scope) -> Command {
    let (heading, global) = match scope {
        Scope::Everywhere => ("Settings of every command", true),
        Scope::Serving => ("Settings of the server", false),
    };
    flags_of(scope)
        .fold(command, |command, setting| command.arg(argument(setting).help_heading(heading).global(global)))
}

fn values_of(matches: &ArgMatches, scope: Scope) -> Values {
    flags_of(scope)
        .filter_map(|setting| Some((setting.key, matches.get_one::<String>(setting.key)?.clone())))
        .collect()
}

macro_rules! flags {
    ($name:ident, $scope:expr) => {
        impl Args for $name {
            fn augment_args(command: Command) -> Command {
                augment(command, $scope)
            }

            fn augment_args_for_update(command: Command) -> Command {
                augment(command, $scope)
            }
        }

        impl FromArgMatches for $name {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
                Ok(Self(values_of(matches, $scope)))
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
                self.0.extend(values_of(matches, $scope));
                Ok(())
            }
        }
    };
}

flags!(GeneralFlags, Scope::Everywhere);
flags!(ServingFlags, Scope::Serving);
