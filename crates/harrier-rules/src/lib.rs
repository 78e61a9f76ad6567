//! A detection rule as text and meaning: load, bind, check.
//!
//! In the order of a load: a file's bytes become a [`SourceText`]; its YAML becomes a [`Rule`] or a [`FunctionFile`],
//! whose query knows by [`Offsets`] where in the file it stands; [`stored_functions`] makes of the functions what the
//! binder calls; [`check`] parses and binds.
//!
//! It knows nothing of how rules are run.

mod alias;
pub mod attack;
mod catalog;
mod check;
pub mod connectors;
mod duration;
pub mod entities;

mod fields;
mod function;
mod lines;
mod load;
mod offsets;
mod rule;
mod text;
mod yaml;

pub use catalog::{RuleCatalog, stored_functions};
pub use check::{
    BoundText, CheckLine, Checked, DiagnosticLine, bind_function, bind_text, check, check_error,
    check_function,
};
pub use duration::Seconds;
pub use function::{FunctionFile, FunctionKind};
pub use load::{LoadError, Loaded, NotARule, load};
pub use offsets::Offsets;
pub use rule::{
    Connector, EntityMapping, QueryText, Rule, RuleFile, RuleKind, Schedule, Severity,
    TriggerOperator,
};
pub use text::{Encoding, Place, SourceText};
