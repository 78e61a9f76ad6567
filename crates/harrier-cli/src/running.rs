//! Running futures: threads, and what Ctrl-C does.

use std::future::Future;

use kql_engine::{Engine, EngineOptions, QueryError};
use tokio::runtime::{Builder, Runtime};

use crate::arguments::Limits;
use crate::diagnostics::{self, Source};
use crate::failure::{Exit, Failure};

/// How many threads work side by side.
pub(crate) fn threads(limits: Limits) -> usize {
    limits
        .threads
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get))
}

/// What futures run on.
pub(crate) fn runtime(limits: Limits) -> Result<Runtime, Failure> {
    Builder::new_multi_thread()
        .worker_threads(threads(limits))
        .thread_stack_size(32 << 20)
        .enable_all()
        .build()
        .map_err(|error| Failure::Own(format!("no threads can be started: {error}")))
}

/// An engine over tables, within the limits.
pub(crate) fn engine(store: &harrier_store::Store, limits: Limits) -> Result<Engine, Failure> {
    let options = EngineOptions { threads: threads(limits), memory: limits.memory };
    let tables = std::sync::Arc::new(store.clone());
    Engine::new(tables, options).map_err(|error| Failure::Own(error.to_string()))
}

/// Runs a future to its end, or until Ctrl-C, which drops it.
pub(crate) fn until_interrupted<T>(
    runtime: &Runtime,
    work: impl Future<Output = T>,
) -> Result<T, Failure> {
    runtime.block_on(async {
        tokio::select! {
            done = work => Ok(done),
            _ = tokio::signal::ctrl_c() => Err(Failure::Interrupted),
        }
    })
}

/// Says why a query has no answer.
pub(crate) fn tell(error: &QueryError, source: Source<'_>) -> Result<Exit, Failure> {
    match error {
        QueryError::Refused(problems) => {
            diagnostics::tell(source, problems);
            Ok(Exit::Refused)
        }
        QueryError::Deadline(_) => Err(Failure::user_with(
            error.to_string(),
            "give it longer with --timeout, or narrow its window with a condition on its time column",
        )),
        QueryError::Memory { .. } => Err(Failure::user_with(
            error.to_string(),
            "give it more with --memory, or let it read fewer columns and a narrower window",
        )),
        QueryError::Value(_) | QueryError::Io(_) => Err(Failure::user(error.to_string())),
        QueryError::Cancelled => Err(Failure::Interrupted),
        QueryError::Internal(_) => Err(Failure::Own(error.to_string())),
    }
}
