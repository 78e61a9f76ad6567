//! Rules beside one another: ids and file names that are used twice.

use std::collections::{HashMap, HashSet};

use crate::function::FunctionFile;
use crate::rule::Rule;

/// What rules of one source have in common, by id and by file name.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    by_id: HashMap<String, Vec<String>>,
    by_file_name: HashMap<String, Vec<String>>,
    functions: HashSet<String>,
}

impl RuleSet {
    /// These rules, and the functions beside them.
    #[must_use]
    pub fn new(rules: &[Rule], functions: &[FunctionFile]) -> Self {
        let names = functions.iter().flat_map(|file| &file.names).map(ToString::to_string);
        let mut set = Self { functions: names.collect(), ..Self::default() };
        for rule in rules {
            let path = rule.file.path.to_string_lossy().replace('\\', "/");
            if let Some(id) = &rule.id {
                set.by_id.entry(id.clone()).or_default().push(path.clone());
            }
            if rule.document.is_some() {
                set.by_file_name
                    .entry(file_name(&path).to_ascii_lowercase())
                    .or_default()
                    .push(path);
            }
        }
        set
    }

    /// Whether a file defines this function, whether its text can be used or not.
    pub(crate) fn defines(&self, function: &str) -> bool {
        self.functions.contains(function)
    }

    /// The other files with this rule's id.
    pub(crate) fn with_id(&self, rule: &Rule) -> Vec<&str> {
        let all = rule.id.as_ref().and_then(|id| self.by_id.get(id));
        others(all, &rule.file.path.to_string_lossy().replace('\\', "/"))
    }

    /// The other files with this rule's file name.
    pub(crate) fn with_file_name(&self, rule: &Rule) -> Vec<&str> {
        let all = self.by_file_name.get(
            &file_name(&rule.file.path.to_string_lossy().replace('\\', "/")).to_ascii_lowercase(),
        );
        others(all, &rule.file.path.to_string_lossy().replace('\\', "/"))
    }
}

fn others<'s>(all: Option<&'s Vec<String>>, own: &str) -> Vec<&'s str> {
    let all: Vec<&str> = all.into_iter().flatten().map(String::as_str).collect();
    // A rule that is there twice under one path was asked for twice.
    all.into_iter().filter(|path| *path != own).collect()
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
