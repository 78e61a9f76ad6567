//! Tables from folders of logs; schemas known and found.
//!
//! What it holds, in the order of a load:
//!
//! * [`KnownSchemas`]: the columns of the tables that Sentinel, Defender XDR and Log Analytics have, and the signatures of
//!   the functions that they and their parsers provide, embedded as text (1.6 MB), searched as it lies there.
//! * [`Store::open`]: finds files, looks at each once (what it is, which table's, its columns and span of time), and gives
//!   the tables. [`Store::files`] tells what became of each file.
//! * The scan of a table: pieces of files read side by side, only the wanted columns decoded, files, row groups and pages
//!   left out that hold no wanted row.
//!
//! * What queries may reach beyond the logs ([`OutsideOptions`]): allowed hosts and folders, watchlists, what the product's
//!   functions look up, where internet addresses are.
//!
//! It knows nothing of rules.

mod arrays;
mod bytes;
mod cache;
mod csv;
mod discover;
mod error;
mod file;
mod heading;
mod instant;
mod json;
mod kinds;
mod known;
mod naming;
mod outside;
mod parquet;
mod probe;
mod report;
mod rows;
mod scan;
mod store;
mod summary;
mod table;
mod values;

pub use error::StoreError;
pub use known::{KnownSchemas, TableOrigin};
pub use outside::{FetchLimits, HostPattern, OutsideOptions};
pub use report::{Compression, FileReport, Format, Layout, Outcome, SetAside};
pub use store::{FoundColumn, IngestionTime, OpenOptions, Progress, Store, TableInfo};
