//! Harrier as a library: the demo, the report, charts, repositories of rules. No terminal here, and no HTTP server.

pub mod chart;
pub mod demo;
pub mod feed;
pub mod pages;
pub mod report;
pub mod repositories;
