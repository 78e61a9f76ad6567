//! The words of the command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

use crate::commands::bind::BindArguments;
use crate::commands::check::CheckArguments;
use crate::commands::coverage::CoverageArguments;
use crate::commands::demo::DemoArguments;
use crate::commands::explain::ExplainArguments;
use crate::commands::feed::FeedArguments;
use crate::commands::fmt::FmtArguments;
use crate::commands::hunt::HuntArguments;
use crate::commands::query::QueryArguments;
use crate::commands::rules::RulesArguments;
use crate::commands::schema::SchemaArguments;
use crate::commands::serve::ServeArguments;
use crate::commands::shell::ShellArguments;
use crate::commands::test::TestArguments;
use crate::outside::OutsideArguments;
use crate::values;

/// Runs detection rules (KQL) over logs, anywhere.
#[derive(Debug, Parser)]
#[command(name = "harrier", version, max_term_width = 100, after_help = AFTER_HELP)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// What it may use.
    #[command(flatten)]
    pub(crate) limits: Limits,
}

const AFTER_HELP: &str = "\
Results go to standard output, everything else to standard error.
Exit codes: 0 nothing wrong, 1 found something, 2 your mistake, 3 a failure of Harrier's own.

Start with:  harrier demo";

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(DemoArguments),
    Hunt(HuntArguments),
    Query(QueryArguments),
    Shell(ShellArguments),
    Check(CheckArguments),
    Fmt(FmtArguments),
    Explain(ExplainArguments),
    Test(TestArguments),
    Rules(RulesArguments),
    Coverage(CoverageArguments),
    Feed(FeedArguments),
    Schema(SchemaArguments),
    Bind(BindArguments),
    Serve(ServeArguments),
}

/// What a command may use.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many threads work side by side [default: the machine's cores].
    #[arg(long, global = true, value_name = "N", value_parser = values::threads, help_heading = "Limits")]
    pub(crate) threads: Option<usize>,
    /// How much memory queries may hold before they spill to disk.
    #[arg(long, global = true, value_name = "SIZE", default_value = "2GiB", value_parser = values::size, help_heading = "Limits")]
    pub(crate) memory: usize,
    /// How long one query may take.
    #[arg(long, global = true, value_name = "TIME", default_value = "10m", value_parser = values::duration, help_heading = "Limits")]
    pub(crate) timeout: Duration,
}

/// Where tables and functions come from.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct DataArguments {
    /// A folder of logs, or one file of them; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Vec<PathBuf>,
    /// Files of a table whose name does not say so: `SigninLogs=exports/signin*.json`.
    #[arg(long, value_name = "NAME=GLOB", value_parser = values::table_glob)]
    pub(crate) table: Vec<(String, String)>,
    /// Files and folders of functions that queries call (parsers).
    #[arg(long, value_name = "PATH")]
    pub(crate) functions: Vec<PathBuf>,
    /// Where what the first pass over large files finds is kept for the next time; `none` keeps nothing
    /// [default: harrier in the user's cache folder].
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
    /// What queries may reach beyond the logs.
    #[command(flatten)]
    pub(crate) outside: OutsideArguments,
}
