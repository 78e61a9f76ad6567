//! JSON as logs hold it: records one after another, read without ever holding a file whole.

mod frames;
mod keys;
mod records;
pub(crate) mod rows;
pub(crate) mod summary;
mod text;
pub(crate) mod value;

pub(crate) use frames::{Form, Frames};
pub(crate) use records::{Field, Place, Sink, each_record, fields, first_record};
pub(crate) use text::unescape;
pub(crate) use value::{Flaw, Kind, end_of_value};
