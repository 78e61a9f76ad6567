//! The `harrier` command: one file a verb in `commands/`.

mod arguments;
mod baseline;
mod checking;
mod commands;
mod data;
mod diagnostics;
mod failure;
mod formats;
mod home;
mod hunting;
mod output;
mod outside;
mod pages;
mod progress;
mod running;
mod screen;
mod seen;
mod settings;
mod shell;
mod values;

use std::process::ExitCode;

use clap::Parser;

use arguments::Cli;

/// Room for texts that nest as deep as the parser lets them. **Unit**: bytes, of which only those used are taken.
const STACK: usize = 256 << 20;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let work = std::thread::Builder::new().name(String::from("harrier")).stack_size(STACK);
    let work = work.spawn(move || match commands::run(&cli) {
        Ok(exit) => exit.into(),
        Err(failure) => failure.tell(),
    });
    match work.map(std::thread::JoinHandle::join) {
        Ok(Ok(exit)) => exit,
        // A panic has told of itself.
        Ok(Err(_)) => ExitCode::from(3),
        Err(error) => {
            screen::error(&format!("no thread can be started: {error}"));
            ExitCode::from(3)
        }
    }
}
