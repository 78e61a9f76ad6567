//! Reading parts of JSON text where they stand: no tree is built, and what is not asked for is skipped.
//!
//! The texts are those of `dynamic` columns: JSON already, so nothing is checked here beyond what is needed to go on.
//! Of equal keys the last counts, as everywhere.

mod canonical;
mod key;
mod path;
mod scan;
mod validate;

pub use canonical::canonical;
pub use path::{Path, Step};
pub use scan::{elements, entries};
pub use validate::{Form, form};

pub(crate) use key::unescaped;
