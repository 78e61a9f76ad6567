//! `ingestion_time`: when a row was ingested

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ingestion_time",
    aliases: &[],
    help: "When a row of a table was ingested: as the rows say themselves (`_TimeReceived`), else, where whoever opened the logs \
           did not say otherwise, at the time of their event, and then the answer has a warning. Null for rows of no table and \
           behind `summarize` and `join`.",
    examples: &[Example { query: "print v = ingestion_time()", answer: &["v:datetime", ""] }],
    meaning: Meaning::Resolved,
};
