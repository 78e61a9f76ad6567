//! The verbs.

pub(crate) mod bind;
pub(crate) mod check;
pub(crate) mod coverage;
pub(crate) mod demo;
pub(crate) mod explain;
pub(crate) mod feed;
pub(crate) mod fmt;
pub(crate) mod hunt;
pub(crate) mod query;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod shell;
pub(crate) mod test;

use crate::arguments::{Cli, Command};
use crate::failure::{Exit, Failure};

/// Does what was asked.
pub(crate) fn run(cli: &Cli) -> Result<Exit, Failure> {
    match &cli.command {
        Command::Hunt(arguments) => hunt::run(arguments, cli.limits),
        Command::Query(arguments) => query::run(arguments, cli.limits),
        Command::Schema(arguments) => schema::run(arguments, cli.limits),
        Command::Check(arguments) => check::run(arguments, cli.limits),
        Command::Explain(arguments) => explain::run(arguments, cli.limits),
        Command::Test(arguments) => test::run(arguments, cli.limits),
        Command::Rules(arguments) => rules::run(arguments, cli.limits),
        Command::Coverage(arguments) => coverage::run(arguments, cli.limits),
        Command::Feed(arguments) => feed::run(arguments, cli.limits),
        Command::Demo(arguments) => demo::run(arguments, cli.limits),
        Command::Fmt(arguments) => fmt::run(arguments),
        Command::Bind(arguments) => bind::run(arguments),
        Command::Shell(arguments) => shell::run(arguments, cli.limits),
        Command::Serve(arguments) => serve::run(arguments, cli.limits),
    }
}
