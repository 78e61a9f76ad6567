//! Tables as DataFusion scans them.

mod assembly;
mod filter;
mod plan;
mod provider;
mod prune;
mod reader;
mod units;

pub(crate) use provider::LogTable;
