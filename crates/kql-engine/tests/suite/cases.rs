//! The shared cases: which there are, and which are asked for.

use std::path::Path;

use regex::Regex;
use serde_json::Value as Json;

use crate::shared;

/// One case.
pub(crate) struct Case {
    /// The file it stands in.
    pub(crate) file: String,
    /// All of it.
    pub(crate) json: Json,
}

impl Case {
    /// A field that is text.
    pub(crate) fn text(&self, field: &str) -> &str {
        self.json[field].as_str().unwrap_or("")
    }

    /// Whether its id, or an operator or function in it, matches: `| mv-expand`, `bin()`, `count() [agg]`.
    fn matches(&self, wanted: &Regex) -> bool {
        wanted.is_match(self.text("id")) || self.names().iter().any(|name| wanted.is_match(name))
    }

    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut add = |field: &str, before: &str, behind: &str| {
            for name in self.json[field].as_array().into_iter().flatten() {
                names.push(format!("{before}{}{behind}", name.as_str().unwrap_or("")));
            }
        };
        add("operators", "| ", "");
        add("functions", "", "()");
        add("aggregates", "", "() [agg]");
        add("plugins", "", " [plugin]");
        add("scalar_operators", "op ", "");
        names
    }
}

/// The cases of these files that the environment's `CASES` asks for; all without it.
pub(crate) fn wanted(folder: &Path, files: &[&str]) -> Vec<Case> {
    let wanted = std::env::var("CASES").ok().map(|text| Regex::new(&text).unwrap());
    let mut cases = Vec::new();
    for file in files {
        for json in shared::lines(&folder.join("conformance").join(file)) {
            let case = Case { file: (*file).to_owned(), json };
            if wanted.as_ref().is_none_or(|wanted| case.matches(wanted)) {
                cases.push(case);
            }
        }
    }
    cases
}
