//! `harrier explain`: what a rule means, and what a code of `harrier check` means.

mod code;
mod rule;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::arguments::{DataArguments, Limits};
use crate::failure::{Exit, Failure};
use crate::output::Output;
use code::page;
use rule::PageFormat;

/// Say what a rule means, needs and covers, and what is wrong with it; or what a finding's code means.
///
/// The page of a rule says what its query supposes, which data it needs, where it stands in ATT&CK, what makes it fire
/// without an attack, what may be changed, and how far it can be relied on; each statement with what shows it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct ExplainArguments {
    /// A rule's file, or a folder of rules; or a code (`HR401`, `KS142`, `unknown-column`) or a lint's name (`dead-literal`).
    #[arg(required = true, value_name = "RULE|CODE")]
    what: String,
    #[command(flatten)]
    data: DataArguments,
    /// The form of a rule's page [default: by the ending of --out, else text].
    #[arg(long, value_enum)]
    format: Option<PageFormat>,
    /// Write to a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

const EXAMPLE: &str = "Examples:
  harrier explain demo-out/rules/identity/guessed-password.yaml
  harrier explain rule.yaml --data logs --out page.html
  harrier explain HR401
  harrier explain unknown-column";

pub(crate) fn run(arguments: &ExplainArguments, limits: Limits) -> Result<Exit, Failure> {
    let what = arguments.what.trim();
    let looks_like_path = what.contains(['/', '\\', '.', '*']);
    if looks_like_path || Path::new(what).exists() {
        let form = (arguments.format, arguments.out.as_ref());
        return rule::run(Path::new(what), &arguments.data, form, limits);
    }
    let Some(page) = page(what) else {
        return Err(Failure::user_with(
            format!("no finding has the code `{what}`, and there is no such file"),
            "codes stand in brackets in what `harrier check` says; a rule is named by its file",
        ));
    };
    let mut output = Output::open(arguments.out.as_deref())?;
    output.write_all(page.as_bytes())?;
    output.finish()?;
    Ok(Exit::Clean)
}
