//! `harrier demo`: a lake with planted attacks, hunted, and the report of it.

use std::path::PathBuf;

use clap::Args;
use harrier::demo::{self, DemoError};

use crate::arguments::Limits;
use crate::failure::{Exit, Failure};
use crate::screen;

/// Make a small lake of logs with attacks planted in it, hunt, and leave a report.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct DemoArguments {
    /// The folder for logs, rules and report; new, empty, or an older demo's.
    #[arg(long, value_name = "DIR", default_value = "harrier-demo")]
    out: PathBuf,
    /// Other logs for another seed.
    #[arg(long, value_name = "N", default_value_t = 7)]
    seed: u64,
}

const EXAMPLE: &str = "Example:
  harrier demo --out demo-out";

pub(crate) fn run(arguments: &DemoArguments, _limits: Limits) -> Result<Exit, Failure> {
    let demo = demo::make(&arguments.out, arguments.seed).map_err(|error| not_made(&error))?;
    screen::note(&format!("{} events in {}", demo.events, demo.logs.display()));
    Ok(Exit::Clean)
}

fn not_made(error: &DemoError) -> Failure {
    Failure::user(error.to_string())
}
