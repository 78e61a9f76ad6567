//! A hunt with progress on the terminal; Ctrl-C ends it, and what was found until then is kept.

use std::path::PathBuf;

use harrier_detect::report::Outcome;
use harrier_detect::{Cancel, HuntOptions, HuntReport, hunt, with_functions};
use harrier_rules::Loaded;
use harrier_store::Store;

use crate::arguments::Limits;
use crate::failure::Failure;
use crate::{progress, running};

/// Runs rules over data.
pub(crate) fn run(
    store: &Store,
    loaded: &Loaded,
    options: HuntOptions,
    limits: Limits,
) -> Result<HuntReport, Failure> {
    let store = with_functions(store, loaded);
    let engine = running::engine(&store, limits)?;
    let options =
        HuntOptions { deadline: limits.timeout, parallel: running::threads(limits), ..options };
    let runtime = running::runtime(limits)?;
    let cancel = Cancel::default();
    let bar = progress::bar(loaded.entry_count(), "hunting");
    let tell = |progress: harrier_detect::HuntProgress<'_>| {
        bar.set_position(progress.done as u64);
        if let (Outcome::Hits(hits), Some(rule)) = (&progress.last.outcome, &progress.last.rule) {
            bar.set_message(format!("{}: {}", crate::screen::clean(&rule.name), hits.count));
        }
    };
    let switch = cancel.clone();
    runtime.spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            switch.cancel();
        }
    });
    let report = runtime.block_on(hunt(&store, &engine, loaded, &options, (&tell, &cancel)));
    bar.finish_and_clear();
    Ok(report)
}

/// Paths as the report names them.
pub(crate) fn names(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| path.display().to_string()).collect()
}
