//! Rules over data: hunt, replaying time windows.

pub mod report;

pub use report::HuntReport;
