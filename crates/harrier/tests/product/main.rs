//! The product as a library.

mod demo;
mod report;
mod rules;
