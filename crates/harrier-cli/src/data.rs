//! The tables and functions that a command works with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use harrier::repositories::{Repositories, RepositoryError};
use harrier_rules::{LoadError, Loaded, load, stored_functions};
use harrier_store::{KnownSchemas, OpenOptions, Outcome, Store, StoreError};
use kql_semantics::catalog::StoredFunction;
use kql_syntax::Name;

use crate::arguments::{DataArguments, Limits};
use crate::failure::Failure;
use crate::home::HomeArguments;
use crate::{progress, running, screen};

/// Opens what is given as data; the known tables without rows where nothing is.
pub(crate) fn open(arguments: &DataArguments, limits: Limits) -> Result<Store, Failure> {
    if arguments.data.is_empty() {
        if let Some((name, _)) = arguments.table.first() {
            return Err(Failure::user_with(
                format!("--table {name}=… needs data to pick files from"),
                "name the folder with --data",
            ));
        }
        let store = arguments.outside.open(Store::known()).map_err(|error| not_opened(&error))?;
        return Ok(store.with_functions(functions(&arguments.functions)?));
    }
    warn_of_unknown_tables(arguments);
    let tables = arguments.table.iter();
    let options = OpenOptions {
        tables: tables.map(|(name, glob)| (Name::new(name), glob.clone())).collect(),
        threads: Some(running::threads(limits)),
        cache: cache_folder(arguments.cache.as_deref()),
        ..OpenOptions::default()
    };
    let bar = progress::bar(0, "reading");
    let store = Store::open(&arguments.data, &options, &|progress| {
        bar.set_length(progress.of_files as u64);
        bar.set_position(progress.files as u64);
    });
    bar.finish_and_clear();
    let store = store.map_err(|error| not_opened(&error))?;
    tell_of_files(&store);
    let store = arguments.outside.open(store).map_err(|error| not_opened(&error))?;
    Ok(store.with_functions(functions(&arguments.functions)?))
}

/// Where the first pass over files is remembered: as asked for, else in the user's cache folder.
fn cache_folder(asked: Option<&Path>) -> Option<PathBuf> {
    let of_user = || {
        let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
        let caches = folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")));
        caches.filter(|caches| caches.is_absolute()).map(|caches| caches.join("harrier"))
    };
    match asked {
        Some(folder) if folder == Path::new("none") => None,
        Some(folder) => Some(folder.to_owned()),
        None => of_user(),
    }
}

/// A table that nothing knows is a custom one, or a slip.
fn warn_of_unknown_tables(arguments: &DataArguments) {
    for (name, _) in &arguments.table {
        if KnownSchemas.table(name).is_some() {
            continue;
        }
        if let Some(nearest) = KnownSchemas.physical_ignoring_case(name) {
            screen::warning(&format!(
                "`{name}` is a table of its own here; did you mean `{nearest}`?"
            ));
        }
    }
}

/// The functions of files and folders.
pub(crate) fn functions(paths: &[PathBuf]) -> Result<Vec<Arc<StoredFunction>>, Failure> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    all_there(paths)?;
    let loaded = load(paths);
    if loaded.functions.is_empty() {
        screen::warning("no function is defined in what --functions names");
    }
    Ok(stored_functions(&loaded.functions, &KnownSchemas))
}

/// The rules of files, folders, globs and added repositories (`repo:NAME`); an error where there is none at all.
pub(crate) fn load_rules(paths: &[PathBuf]) -> Result<Loaded, Failure> {
    let (kept, files): (Vec<&PathBuf>, Vec<&PathBuf>) =
        paths.iter().partition(|path| path.to_string_lossy().starts_with(KEPT));
    let files: Vec<PathBuf> = files.into_iter().cloned().collect();
    all_there(&files)?;
    let mut loaded = load(&files);
    for name in kept {
        loaded.append(load_kept(&name.to_string_lossy())?);
    }
    if !loaded.rules.is_empty() || loaded.file_count() > loaded.others.len() {
        return Ok(loaded);
    }
    let names: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    let help = match loaded.others.first() {
        Some(other) => format!(
            "{} files are there; the first is {}: {}",
            loaded.others.len(),
            other.relative,
            other.reason
        ),
        None => String::from("a rule is a .yaml file with a `query`, or a .kql file"),
    };
    Err(Failure::user_with(format!("no rule in {}", names.join(", ")), help))
}

/// Begins the name of an added repository where rules are named.
const KEPT: &str = "repo:";

/// The rules of a repository that was added, or of a folder in it: `repo:NAME`, `repo:NAME/Detections`.
fn load_kept(text: &str) -> Result<Loaded, Failure> {
    let name = text.strip_prefix(KEPT).unwrap_or(text);
    let (name, folder) = name.split_once('/').unwrap_or((name, ""));
    let repositories = Repositories::new(&HomeArguments::default().folder()?);
    let failed = |error: &RepositoryError| crate::commands::rules::failure(error);
    let repository = repositories.get(name).map_err(|error| failed(&error))?;
    let mut loaded = repository.load().map_err(|error| failed(&error))?;
    let is_within = |relative: &str| {
        relative.strip_prefix(folder).is_some_and(|rest| {
            folder.is_empty() || rest.is_empty() || rest.starts_with('/') || folder.ends_with('/')
        })
    };
    // Functions stay, wherever they are: rules call them.
    loaded.rules.retain(|rule| is_within(&rule.file.relative));
    loaded.others.retain(|other| is_within(&other.relative));
    loaded.errors.retain(|error| match error {
        LoadError::Text { file, .. } => is_within(&file.relative),
        LoadError::Unreadable { relative, .. } => is_within(relative),
    });
    Ok(loaded)
}

/// An error for the first path that leads nowhere; globs are asked later.
fn all_there(paths: &[PathBuf]) -> Result<(), Failure> {
    let is_glob = |path: &Path| path.to_string_lossy().contains(['*', '?', '[', '{']);
    match paths.iter().find(|path| !path.exists() && !is_glob(path)) {
        Some(path) => Err(not_there(path)),
        None => Ok(()),
    }
}

fn not_opened(error: &StoreError) -> Failure {
    match error {
        StoreError::NotThere(path) => not_there(path),
        StoreError::Folder { .. } | StoreError::Pattern { .. } | StoreError::Given { .. } => {
            Failure::user(error.to_string())
        }
    }
}

/// What to say where a path leads nowhere: the nearest that does.
pub(crate) fn not_there(path: &Path) -> Failure {
    let message = format!("no such file or folder: {}", path.display());
    match nearest_path(path) {
        Some(nearest) => {
            Failure::user_with(message, format!("did you mean {}?", nearest.display()))
        }
        None => Failure::user(message),
    }
}

/// The sibling whose name is most alike.
pub(crate) fn nearest_path(path: &Path) -> Option<PathBuf> {
    let wanted = path.file_name()?.to_string_lossy().to_lowercase();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let siblings = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?.flatten().take(10_000);
    let most = (wanted.chars().count() / 3).max(1);
    let near = siblings.filter_map(|entry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let stem = name.split('.').next().unwrap_or(&name);
        let distance = distance(&wanted, &name).min(distance(&wanted, stem));
        (distance <= most).then(|| (distance, path.with_file_name(entry.file_name())))
    });
    near.min_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1))).map(|(_, path)| path)
}

/// How many letters must be changed, added or dropped.
pub(crate) fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().take(128).collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, letter) in from.chars().take(128).enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (place, other) in to.iter().enumerate() {
            let change = diagonal + usize::from(letter != *other);
            diagonal = row[place + 1];
            row[place + 1] = change.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// How many files are told of one by one.
const MOST_TOLD: usize = 10;

/// Says what could not be read, so that nothing is missing in silence.
fn tell_of_files(store: &Store) {
    let unread = store
        .files()
        .iter()
        .filter(|file| matches!(file.outcome, Outcome::Unreadable(_) | Outcome::NotReadYet(_)));
    let unread: Vec<_> = unread.collect();
    for file in unread.iter().take(MOST_TOLD) {
        let why = file.outcome.why_not().unwrap_or_default();
        screen::warning(&format!("{} is not read: {why}", file.path.display()));
    }
    let more = unread.len().saturating_sub(MOST_TOLD);
    if more > 0 {
        screen::warning(&format!(
            "{more} more files are not read; `harrier schema list --data … --files` names all"
        ));
    }
    let set_aside = store.files().iter().filter(|file| file.rows_set_aside > 0);
    let mut told = 0;
    let mut rows = 0;
    for file in set_aside {
        rows += file.rows_set_aside;
        if told < MOST_TOLD {
            let first = file
                .set_aside
                .first()
                .map(|one| format!(", first at line {}: {}", one.line, one.reason));
            let first = first.unwrap_or_default();
            screen::warning(&format!(
                "{}: {} rows set aside{first}",
                file.path.display(),
                file.rows_set_aside
            ));
        }
        told += 1;
    }
    if told > MOST_TOLD {
        screen::warning(&format!("{told} files have rows set aside, {rows} in all"));
    }
    if store.tables_with_data().is_empty() {
        screen::warning("no file of the data holds a table's rows");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_is_as_asked() {
        assert_eq!(cache_folder(Some(Path::new("none"))), None);
        assert_eq!(cache_folder(Some(Path::new("kept"))), Some(PathBuf::from("kept")));
    }

    #[test]
    fn the_nearest_sibling_is_offered() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("logs")).unwrap();
        std::fs::write(folder.path().join("rules.yaml"), "").unwrap();
        let near = |name: &str| nearest_path(&folder.path().join(name));
        assert_eq!(near("lgos"), None);
        assert_eq!(near("log"), Some(folder.path().join("logs")));
        assert_eq!(near("rules"), Some(folder.path().join("rules.yaml")));
        assert_eq!(near("unlike"), None);
    }
}
