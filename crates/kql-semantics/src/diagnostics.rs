//! What can be wrong with the meaning of a text: one function for each fault.
//!
//! Codes are words and are never changed. Messages are lower case, without a full stop, names in backticks; the help
//! says what to do.

mod calls;
mod columns;
mod graphs;
mod joins;
mod names;
mod operators;
mod query;
mod types;

pub(crate) use calls::*;
pub(crate) use columns::*;
pub(crate) use graphs::*;
pub(crate) use joins::*;
pub(crate) use names::*;
pub(crate) use operators::*;
pub(crate) use query::*;
pub(crate) use types::*;

/// "did you mean ...", where there is something near.
fn did_you_mean(nearest: Option<&str>) -> Option<String> {
    nearest.map(|nearest| format!("did you mean `{nearest}`?"))
}

/// `a`, `a or b`, `a, b or c`, each in backticks.
fn one_of<T: std::fmt::Display>(words: &[T]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}
