//! What becomes of files that hold no rule to run.

use harrier_rules::{LoadError, Loaded};

use super::problems::problem;
use crate::report::{Outcome, RuleOutcome};

/// The outcomes of all files but the rules.
pub(super) fn outcomes(loaded: &Loaded) -> Vec<RuleOutcome> {
    let functions = loaded.functions.iter().map(|function| {
        let names: Vec<&str> = function.names.iter().map(|name| &**name).collect();
        let reason = format!("a function, now loaded: {}", names.join(", "));
        (function.file.path.as_path(), Outcome::NotARule { reason })
    });
    let others = loaded
        .others
        .iter()
        .map(|other| (other.path.as_path(), Outcome::NotARule { reason: other.reason.clone() }));
    let errors = loaded.errors.iter().map(|error| match error {
        LoadError::Text { file, diagnostic } => {
            let problems = vec![problem(diagnostic, &file.source)];
            (file.path.as_path(), Outcome::CannotRun { problems })
        }
        LoadError::Unreadable { path, reason, .. } => {
            let message = format!("the file can not be read: {reason}");
            let help = String::from("check that it is there and that you may read it");
            (path.as_path(), Outcome::Failed { message, help })
        }
    });
    functions
        .chain(others)
        .chain(errors)
        .map(|(path, outcome)| RuleOutcome {
            path: path.to_string_lossy().into_owned(),
            rule: None,
            outcome,
            warnings: Vec::new(),
            elapsed_ms: 0,
        })
        .collect()
}
