//! The verbs.

pub(crate) mod bind;

use crate::arguments::{Cli, Command};
use crate::failure::{Exit, Failure};

/// Does what was asked.
pub(crate) fn run(cli: &Cli) -> Result<Exit, Failure> {
    match &cli.command {
        Command::Bind(arguments) => bind::run(arguments),
    }
}
