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
pub mod coverage;
mod document;
mod duration;
pub mod entities;
mod facts;
mod fields;
mod function;
mod graph;
mod header;
mod json;
mod lines;
mod lint;
mod lints;
mod load;
mod mappings;
mod markdown;
mod meaning;
mod mend;
mod offsets;
mod origin;
pub mod page;
mod relayout;
mod rule;
mod seen;
mod set;
mod suppress;
mod tactic;
mod testing;
mod text;
mod vocabulary;
mod write_yaml;
mod yaml;

pub use catalog::{RuleCatalog, stored_functions};
pub use check::{
    BoundText, CheckLine, Checked, DiagnosticLine, bind_function, bind_text, check, check_and_lint,
    check_error, check_function,
};
pub use document::Document;
pub use duration::Seconds;
pub use function::{FunctionFile, FunctionKind};
pub use lint::{Beside, Confidence, Lint, Persona};
pub use lints::{LINTS, lint};
pub use load::{FileBytes, LoadError, Loaded, NotARule, load, load_bytes, may_hold_rules};
pub use meaning::{Meaning, MeaningChange, compare};
pub use mend::mend;
pub use offsets::Offsets;
pub use origin::{Change, ChangeKind, Licence, Origin};
pub use relayout::with_query;
pub use rule::{
    Connector, EntityMapping, QueryText, Rule, RuleFile, RuleKind, Schedule, Severity,
    TriggerOperator,
};
pub use seen::{Seen, SeenValues};
pub use set::RuleSet;
pub use suppress::suppress;
pub use testing::skeleton::skeleton;
pub use testing::{
    Events, Expect, ExpectedEntity, TestCase, TestFile, find_tests, is_test_file, parse_tests,
    rule_beside, tests_beside,
};
pub use text::{Encoding, Place, SourceText};
