//! CSV as exports hold it: a heading, then a row a record, read without ever holding a file whole.

mod limited;
mod records;
pub(crate) mod rows;
pub(crate) mod summary;

pub(crate) use records::Records;
