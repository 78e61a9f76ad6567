//! A detection rule as text and meaning: load, bind, check.
//!
//! In the order of a load: a file's bytes become a [`SourceText`]; its YAML becomes a [`Rule`] or a [`FunctionFile`],
//! whose query knows by [`Offsets`] where in the file it stands; [`stored_functions`] makes of the functions what the
//! binder calls; [`check`] parses and binds.
//!
//! It knows nothing of how rules are run.

mod alias;
mod arm;
pub mod attack;
mod catalog;
mod check;
pub mod connectors;
mod document;
mod duration;
pub mod entities;
mod fields;
mod function;
mod graph;
mod header;
mod json;
mod lines;
mod load;
mod markdown;
mod offsets;
mod origin;
mod relayout;
mod rule;
mod tactic;
mod text;
mod write_yaml;
mod yaml;

pub use catalog::{RuleCatalog, stored_functions};
pub use check::{
    BoundText, CheckLine, Checked, DiagnosticLine, bind_function, bind_text, check, check_error,
    check_function,
};
pub use document::Document;
pub use duration::Seconds;
pub use function::{FunctionFile, FunctionKind};
pub use load::{FileBytes, LoadError, Loaded, NotARule, load, load_bytes, may_hold_rules};
pub use offsets::Offsets;
pub use origin::{Change, ChangeKind, Licence, Origin};
pub use relayout::with_query;
pub use rule::{
    Connector, EntityMapping, QueryText, Rule, RuleFile, RuleKind, Schedule, Severity,
    TriggerOperator,
};
pub use text::{Encoding, Place, SourceText};
