//! Harrier as a library: the demo and the report. No terminal here, and no HTTP.

pub mod demo;
pub mod report;
