//! The product as a library.

mod demo;
mod git_server;
mod report;
mod repositories;
mod rules;
