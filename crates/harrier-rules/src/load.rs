//! Files and folders to rules, functions, and what is neither. No file is silently skipped.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::Glob;
use kql_syntax::{Code, Diagnostic, Span};
use walkdir::WalkDir;

use crate::SourceText;
use crate::fields;
use crate::function::{self, FunctionFile};
use crate::rule::{Rule, RuleFile};
use crate::yaml::{self, Node, NodeKind};

/// What is larger is no rule file.
const MAX_BYTES: u64 = 4 << 20;

/// All files that were asked for, sorted by what they are; within each by path.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// Rules with a query.
    pub rules: Vec<Rule>,
    /// Functions that rules may call.
    pub functions: Vec<FunctionFile>,
    /// Files that are neither, and why.
    pub others: Vec<NotARule>,
    /// Files that may be rules and can not be understood.
    pub errors: Vec<LoadError>,
}

impl Loaded {
    /// How many files there are.
    #[must_use]
    pub fn file_count(&self) -> usize {
        self.rules.len() + self.functions.len() + self.others.len() + self.errors.len()
    }
}

/// A file that is neither rule nor function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotARule {
    /// Where it lies.
    pub path: PathBuf,
    /// The path below the folder that was asked for.
    pub relative: String,
    /// What it is instead, such as `a template`.
    pub reason: String,
}

/// A file that can not be understood.
#[derive(Clone, Debug)]
pub enum LoadError {
    /// It is no YAML, or too much of it.
    Text {
        /// The file.
        file: Arc<RuleFile>,
        /// What is wrong, at a place of the file.
        diagnostic: Diagnostic,
    },
    /// It can not be read.
    Unreadable {
        /// Where it lies, or was looked for.
        path: PathBuf,
        /// The path below the folder that was asked for.
        relative: String,
        /// What the system says.
        reason: String,
    },
}

/// A file that was found.
struct Found {
    path: PathBuf,
    relative: String,
}

/// Loads files, folders with all that lies below them, and globs. A path that is not there is an error among the others.
#[must_use]
pub fn load(paths: &[PathBuf]) -> Loaded {
    let mut loaded = Loaded::default();
    let mut seen = HashSet::new();
    for path in paths {
        for found in files_of(path, &mut loaded.errors) {
            if seen.insert(found.path.clone()) {
                load_file(found, &mut loaded);
            }
        }
    }
    loaded
}

fn files_of(path: &Path, errors: &mut Vec<LoadError>) -> Vec<Found> {
    if path.is_file() {
        let relative = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return vec![Found { path: path.to_owned(), relative }];
    }
    if path.is_dir() {
        return walk(path, errors);
    }
    let text = path.to_string_lossy();
    if !text.contains(['*', '?', '[', '{']) {
        errors.push(unreadable(path, String::from("there is no such file or folder")));
        return Vec::new();
    }
    matching(path, errors)
}

/// The files that a glob names.
fn matching(path: &Path, errors: &mut Vec<LoadError>) -> Vec<Found> {
    let matcher = match Glob::new(&path.to_string_lossy()) {
        Ok(glob) => glob.compile_matcher(),
        Err(error) => {
            errors.push(unreadable(path, format!("this is no glob: {error}")));
            return Vec::new();
        }
    };
    let is_pattern = |part: &std::path::Component<'_>| {
        part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{'])
    };
    let root: PathBuf = path.components().take_while(|part| !is_pattern(part)).collect();
    // A relative glob is matched against paths as they are walked, which begin with "./".
    let is_bare = root.as_os_str().is_empty();
    let start = if is_bare { Path::new(".") } else { &root };
    let mut found = walk(start, errors);
    found.retain(|found| {
        let whole = if is_bare { Path::new(&found.relative) } else { &found.path };
        matcher.is_match(whole)
    });
    if found.is_empty() {
        errors.push(unreadable(path, String::from("no file matches")));
    }
    found
}

/// All files below a folder, in the order of their paths; what is hidden (`.git`) left out.
fn walk(root: &Path, errors: &mut Vec<LoadError>) -> Vec<Found> {
    let is_shown = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let mut found = Vec::new();
    for entry in WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(is_shown) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let path = entry.into_path();
                let below = path.strip_prefix(root).unwrap_or(&path);
                let relative = below.to_string_lossy().replace('\\', "/");
                found.push(Found { path, relative });
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                errors.push(unreadable(&path, error.to_string()));
            }
        }
    }
    found
}

fn unreadable(path: &Path, reason: String) -> LoadError {
    let relative = path.to_string_lossy().into_owned();
    LoadError::Unreadable { path: path.to_owned(), relative, reason }
}

fn load_file(found: Found, loaded: &mut Loaded) {
    let form = Form::of(&found);
    if let Form::Other(reason) = form {
        return not_a_rule(found, reason, loaded);
    }
    let bytes = match read(&found.path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            return not_a_rule(found, "a file too large to be a rule".to_owned(), loaded);
        }
        Err(error) => {
            let Found { path, relative } = found;
            let reason = error.to_string();
            loaded.errors.push(LoadError::Unreadable { path, relative, reason });
            return;
        }
    };
    let Some(source) = SourceText::decode(&bytes) else {
        return not_a_rule(found, "a binary file".to_owned(), loaded);
    };
    let Found { path, relative } = found;
    let file = Arc::new(RuleFile { path, relative, bytes: bytes.into(), source });
    match form {
        Form::Yaml => load_yaml(file, loaded),
        Form::Function => {
            let function = function::of_text(file.clone());
            // What has no name to be called by is read as a query.
            match function.names.is_empty() {
                true => loaded.rules.push(fields::bare_query(file)),
                false => loaded.functions.push(function),
            }
        }
        Form::Query => loaded.rules.push(fields::bare_query(file)),
        Form::Text if is_query(&file.source.text) => loaded.rules.push(fields::bare_query(file)),
        Form::Text | Form::Other(_) => skip(&file, "a text that is no query", loaded),
    }
}

/// The bytes of a file; none where it is too large.
fn read(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    if std::fs::metadata(path)?.len() > MAX_BYTES {
        return Ok(None);
    }
    std::fs::read(path).map(Some)
}

fn not_a_rule(found: Found, reason: String, loaded: &mut Loaded) {
    let Found { path, relative } = found;
    loaded.others.push(NotARule { path, relative, reason });
}

fn skip(file: &RuleFile, reason: &str, loaded: &mut Loaded) {
    let (path, relative) = (file.path.clone(), file.relative.clone());
    loaded.others.push(NotARule { path, relative, reason: reason.to_owned() });
}

fn load_yaml(file: Arc<RuleFile>, loaded: &mut Loaded) {
    let (root, diagnostics) = match yaml::parse(&file.source.text) {
        Ok(parsed) => parsed,
        Err(diagnostic) => {
            loaded.errors.push(LoadError::Text { file, diagnostic: *diagnostic });
            return;
        }
    };
    if !matches!(root.kind, NodeKind::Mapping(_)) {
        return skip(&file, "YAML that describes no rule", loaded);
    }
    for key in ["ParserQuery", "FunctionQuery"] {
        if let Some(query) = root.get(key).filter(|query| is_text(query)) {
            let function = function::of_yaml(file.clone(), &root, query, diagnostics);
            // Without a name that could be called it is a form to be filled in.
            if function.names.is_empty() {
                return skip(&file, "a template", loaded);
            }
            loaded.functions.push(function);
            return;
        }
    }
    match root.get("query").or_else(|| root.get("BaseQuery")) {
        Some(query) if is_text(query) => {
            loaded.rules.push(fields::rule(file, &root, query, diagnostics));
        }
        Some(query) if matches!(query.kind, NodeKind::Sequence(_) | NodeKind::Mapping(_)) => {
            let diagnostic = query_is_no_text(query.span);
            loaded.errors.push(LoadError::Text { file, diagnostic });
        }
        _ if root.get("name").is_some() && root.get("id").is_some() => {
            skip(&file, "a rule without a query (retired)", loaded);
        }
        _ => skip(&file, "YAML that describes no rule", loaded),
    }
}

fn is_text(node: &Node) -> bool {
    node.text().is_some_and(|text| !text.trim().is_empty())
}

fn query_is_no_text(span: Span) -> Diagnostic {
    Diagnostic::error(Code("not-a-query"), "`query` is a list or a mapping")
        .mark(span, "")
        .help("write the query as a text behind `query: |`")
}

/// What a file's name and place say of it.
enum Form {
    Yaml,
    /// The text of a function.
    Function,
    /// A query on its own.
    Query,
    /// A text, which may be a query.
    Text,
    Other(String),
}

impl Form {
    fn of(found: &Found) -> Self {
        let extension = found.path.extension().unwrap_or_default().to_string_lossy();
        match extension.to_ascii_lowercase().as_str() {
            "yaml" | "yml" => Self::Yaml,
            "kql" | "csl" | "txt" | "kusto" | ""
                if is_in_folder(&found.path, &["parser", "parsers", "asim"]) =>
            {
                Self::Function
            }
            // In a folder of functions a `.kql` is as a rule a query that defines one and shows a call of it.
            "csl" | "txt" | "" if is_in_folder(&found.path, &["function", "functions"]) => {
                Self::Function
            }
            "kql" | "csl" | "kusto" => Self::Query,
            "txt" => Self::Text,
            "json" => {
                Self::Other(String::from("JSON (ARM templates and exports are not read yet)"))
            }
            "md" => Self::Other(String::from("Markdown (queries in it are not read yet)")),
            "" => Self::Other(String::from("a file of another kind")),
            other => Self::Other(format!("a file of another kind (.{other})")),
        }
    }
}

/// Whether one of the folders around a file is called so.
fn is_in_folder(path: &Path, names: &[&str]) -> bool {
    let folders = path.parent().map(Path::components).into_iter().flatten();
    folders.into_iter().any(|part| {
        let folder = part.as_os_str().to_string_lossy().to_ascii_lowercase();
        names.contains(&folder.as_str())
    })
}

/// Whether a text is KQL rather than prose.
fn is_query(text: &str) -> bool {
    text.contains('|') && !kql_syntax::parse(text).has_errors()
}
