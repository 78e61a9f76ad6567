//! Files and folders to rules, functions, and what is neither. No file is silently skipped.

mod file;
pub(crate) mod form;
mod walk;

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kql_syntax::Diagnostic;

use crate::function::FunctionFile;
use crate::rule::{Rule, RuleFile};
use crate::{Origin, SourceText};
use form::Form;

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
        let rules = self.rules.iter().map(|rule| rule.file.path.as_path());
        let functions = self.functions.iter().map(|function| function.file.path.as_path());
        let of_files: HashSet<&Path> = rules.chain(functions).collect();
        of_files.len() + self.others.len() + self.errors.len()
    }

    /// How many rules, functions, other files and errors there are: more than files where a file holds several rules.
    #[must_use]
    pub fn entry_count(&self) -> usize {
        self.rules.len() + self.functions.len() + self.others.len() + self.errors.len()
    }

    /// Adds what another load gave.
    pub fn append(&mut self, mut other: Self) {
        self.rules.append(&mut other.rules);
        self.functions.append(&mut other.functions);
        self.others.append(&mut other.others);
        self.errors.append(&mut other.errors);
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

/// A file whose bytes are at hand, as those of a repository's commit are.
#[derive(Clone, Debug)]
pub struct FileBytes {
    /// What it is called in messages.
    pub path: PathBuf,
    /// Its path below its repository or folder, with `/` between the parts. Its ending and its folders tell what it is.
    pub relative: String,
    /// What it holds.
    pub bytes: Arc<[u8]>,
    /// Where it comes from.
    pub origin: Option<Arc<Origin>>,
}

/// Loads files, folders with all that lies below them, and globs. A path that is not there is an error among the others.
#[must_use]
pub fn load(paths: &[PathBuf]) -> Loaded {
    let mut loaded = Loaded::default();
    let mut seen = HashSet::new();
    for path in paths {
        for found in walk::files_of(path, &mut loaded) {
            if seen.insert(found.path.clone()) {
                load_file(found, &mut loaded);
            }
        }
    }
    loaded
}

/// Loads a file from its bytes.
#[must_use]
pub fn load_bytes(file: FileBytes) -> Loaded {
    let mut loaded = Loaded::default();
    let form = Form::of(Path::new(&file.relative));
    add(&form, file, &mut loaded);
    loaded
}

/// Whether the name of a file says that it may hold rules or functions: what else a repository holds need not be read.
#[must_use]
pub fn may_hold_rules(relative: &str) -> bool {
    !matches!(Form::of(Path::new(relative)), Form::Other(_))
}

fn load_file(found: Found, loaded: &mut Loaded) {
    let form = Form::of(&found.path);
    let Found { path, relative } = found;
    if let Form::Other(reason) = form {
        loaded.others.push(NotARule { path, relative, reason });
        return;
    }
    match read(&path, form.most()) {
        Ok(bytes) => {
            add(&form, FileBytes { path, relative, bytes: bytes.into(), origin: None }, loaded)
        }
        Err(error) => {
            let reason = error.to_string();
            loaded.errors.push(LoadError::Unreadable { path, relative, reason });
        }
    }
}

/// The bytes of a file, and one more than `most` where it is larger.
fn read(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn add(form: &Form, file: FileBytes, loaded: &mut Loaded) {
    let FileBytes { path, relative, bytes, origin } = file;
    let is_too_large = u64::try_from(bytes.len()).is_ok_and(|length| length > form.most());
    let source = match form {
        Form::Other(reason) => Err(reason.as_str()),
        _ if is_too_large => Err("a file too large to be a rule"),
        _ => SourceText::decode(&bytes).ok_or("a binary file"),
    };
    match source {
        Ok(source) => {
            file::load(form, Arc::new(RuleFile { path, relative, bytes, source, origin }), loaded);
        }
        Err(reason) => loaded.others.push(NotARule { path, relative, reason: reason.to_owned() }),
    }
}
