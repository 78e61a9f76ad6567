//! What a file's name and place say of it.

use std::path::Path;

/// What a file is read as.
pub(super) enum Form {
    Yaml,
    Json,
    Markdown,
    /// The text of a function.
    Function,
    /// A query on its own.
    Query,
    /// A text, which may be a query.
    Text,
    Other(String),
}

impl Form {
    pub(super) fn of(path: &Path) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        match extension.to_ascii_lowercase().as_str() {
            "yaml" | "yml" if is_test(&name) => Self::Other(String::from("tests of a rule")),
            "yaml" | "yml" => Self::Yaml,
            "kql" | "csl" | "txt" | "kusto" | ""
                if is_in_folder(path, &["parser", "parsers", "asim"]) =>
            {
                Self::Function
            }
            // In a folder of functions a `.kql` is as a rule a query that defines one and shows a call of it.
            "csl" | "txt" | "" if is_in_folder(path, &["function", "functions"]) => Self::Function,
            "kql" | "csl" | "kusto" => Self::Query,
            "txt" => Self::Text,
            "json" => Self::Json,
            "md" | "markdown" if is_about_the_folder(&name) => {
                Self::Other(String::from("Markdown about its folder"))
            }
            "md" | "markdown" => Self::Markdown,
            "bicep" => Self::Other(String::from(
                "Bicep, which is not read: `bicep build` makes the JSON that is",
            )),
            "" => Self::Other(String::from("a file of another kind")),
            other => Self::Other(format!("a file of another kind (.{other})")),
        }
    }

    /// How large a file of the form may be. **Unit**: bytes.
    pub(super) const fn most(&self) -> u64 {
        // A content package holds all rules of a solution.
        if matches!(self, Self::Json) { 32 << 20 } else { 4 << 20 }
    }
}

/// Whether a file of this name holds tests.
pub(crate) fn is_test(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".test.yaml") || name.ends_with(".test.yml")
}

fn is_about_the_folder(name: &str) -> bool {
    let about = [
        "readme",
        "contributing",
        "changelog",
        "releasenotes",
        "license",
        "licence",
        "security",
        "code_of_conduct",
    ];
    about.contains(&name.split('.').next().unwrap_or(""))
}

/// Whether one of the folders around a file is called so.
fn is_in_folder(path: &Path, names: &[&str]) -> bool {
    let folders = path.parent().map(Path::components).into_iter().flatten();
    folders.into_iter().any(|part| {
        let folder = part.as_os_str().to_string_lossy().to_ascii_lowercase();
        names.contains(&folder.as_str())
    })
}
