//! Harrier as a library: demo, reports.
