//! Tables from folders of logs; schemas known and found.
//!
//! What it holds, in the order of a load:
//!
//! * [`KnownSchemas`]: the columns of the tables that Sentinel, Defender XDR and Log Analytics have, and the signatures of
//!   the functions that they and their parsers provide, embedded as text (1.6 MB), searched as it lies there.
//!
//! It knows nothing of rules.

mod known;

pub use known::{KnownSchemas, TableOrigin};
