//! The `harrier` command: one file a verb in `commands/`.

mod arguments;
mod commands;
mod diagnostics;
mod failure;
mod output;
mod screen;
mod values;

use std::process::ExitCode;

use clap::Parser;

use arguments::Cli;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match commands::run(&cli) {
        Ok(exit) => exit.into(),
        Err(failure) => failure.tell(),
    }
}
