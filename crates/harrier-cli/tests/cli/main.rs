//! The real binary: what it prints, where, and how it ends.

mod bind;
mod check;
mod fmt;
mod harrier;
mod help;
mod hostile;
mod hunt;
mod lints;
mod query;
mod schema;
mod serve;
