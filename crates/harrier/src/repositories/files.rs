//! The rules of a repository at the commit that was fetched, read from git's objects.

use std::path::PathBuf;
use std::sync::Arc;

use gix::bstr::ByteSlice;
use gix::object::tree::EntryKind;
use harrier_rules::{
    FileBytes, Licence, Loaded, NotARule, Origin, load as load_paths, load_bytes, may_hold_rules,
};

use super::changes::Changes;
use super::licence::{identified, is_licence};
use super::{Repository, RepositoryError, error, fetch};

/// How deep folders may stand in one another.
const MAX_DEPTH: usize = 64;
/// How many files a repository may have.
const MAX_FILES: usize = 500_000;
/// A larger file is not read: no rule is so large.
const MAX_BYTES: u64 = 32 << 20;

/// A file of a commit.
struct Blob {
    path: String,
    id: gix::ObjectId,
    is_link: bool,
}

/// All rules and functions. Each file knows where it comes from and when it changed last.
pub(super) fn load(repository: &Repository, changes: &Changes) -> Result<Loaded, RepositoryError> {
    let Some(git) = fetch::open(repository)? else {
        return Ok(of_folder(repository));
    };
    let mut loaded = Loaded::default();
    for blob in blobs(repository, &git)? {
        let path = PathBuf::from(format!("{}/{}", repository.name, blob.path));
        let skipped = |reason: &str| NotARule {
            path: path.clone(),
            relative: blob.path.clone(),
            reason: reason.to_owned(),
        };
        if blob.is_link {
            loaded.others.push(skipped("a link, which is not followed"));
            continue;
        }
        if !may_hold_rules(&blob.path) {
            let bytes: Arc<[u8]> = Arc::from([].as_slice());
            let file = FileBytes { path, relative: blob.path, bytes, origin: None };
            loaded.append(load_bytes(file));
            continue;
        }
        let header = git
            .find_header(blob.id)
            .map_err(|error| error::git(repository, fetch::chain(&error)))?;
        if header.size() > MAX_BYTES {
            loaded.others.push(skipped("a file too large to be a rule"));
            continue;
        }
        let object = git
            .find_object(blob.id)
            .map_err(|error| error::git(repository, fetch::chain(&error)))?;
        let bytes = object.detach().data.into();
        let origin = Some(Arc::new(origin(repository, &blob.path, changes)));
        loaded.append(load_bytes(FileBytes { path, relative: blob.path, bytes, origin }));
    }
    Ok(loaded)
}

/// The rules and functions of one file.
pub(super) fn load_file(repository: &Repository, path: &str) -> Result<Loaded, RepositoryError> {
    let origin = origin(repository, path, &super::changes::read(repository)?);
    let bytes = match (&repository.commit, &repository.folder) {
        (Some(commit), _) => super::history::file_at(repository, commit, path)?,
        (None, Some(folder)) => {
            let path = folder.join(path);
            Some(std::fs::read(&path).map_err(|error| error::io(&path, error))?)
        }
        (None, None) => None,
    };
    let Some(bytes) = bytes else { return Ok(Loaded::default()) };
    Ok(load_bytes(FileBytes {
        path: PathBuf::from(format!("{}/{path}", repository.name)),
        relative: path.to_owned(),
        bytes: bytes.into(),
        origin: Some(Arc::new(origin)),
    }))
}

fn origin(repository: &Repository, path: &str, changes: &Changes) -> Origin {
    Origin {
        repository: repository.name.clone(),
        url: repository.shown_source(),
        commit: repository.commit.clone(),
        path: path.to_owned(),
        licence: repository.licence.clone(),
        changed: changes.get(path).cloned(),
        retrieved: Some(repository.retrieved),
    }
}

/// The rules of a folder without git.
fn of_folder(repository: &Repository) -> Loaded {
    let folder = repository.folder.clone().unwrap_or_default();
    let mut loaded = load_paths(&[folder]);
    let with_origin = |file: &mut Arc<harrier_rules::RuleFile>| {
        let origin = origin(repository, &file.relative, &Changes::new());
        let mut own = (**file).clone();
        own.origin = Some(Arc::new(origin));
        *file = Arc::new(own);
    };
    loaded.rules.iter_mut().for_each(|rule| with_origin(&mut rule.file));
    loaded.functions.iter_mut().for_each(|function| with_origin(&mut function.file));
    loaded
}

/// The files of the fetched commit, in the order of their paths.
fn blobs(repository: &Repository, git: &gix::Repository) -> Result<Vec<Blob>, RepositoryError> {
    let failed = |reason: &dyn std::fmt::Display| error::git(repository, reason);
    let Some(commit) = &repository.commit else { return Ok(Vec::new()) };
    let id = gix::ObjectId::from_hex(commit.as_bytes()).map_err(|error| failed(&error))?;
    let commit = git.find_commit(id).map_err(|error| failed(&error))?;
    let root = commit.tree_id().map_err(|error| failed(&error))?.detach();
    let mut blobs = Vec::new();
    let mut waiting = vec![(String::new(), root, 0)];
    while let Some((folder, tree, depth)) = waiting.pop() {
        let tree = git.find_tree(tree).map_err(|error| failed(&error))?;
        for entry in tree.iter() {
            let entry = entry.map_err(|error| failed(&error))?;
            let name = entry.filename().to_str_lossy();
            // What is hidden is no rule (`.github`), as in folders.
            if name.starts_with('.') {
                continue;
            }
            let path = format!("{folder}{name}");
            let id = entry.object_id();
            match entry.kind() {
                EntryKind::Tree if depth < MAX_DEPTH => waiting.push((path + "/", id, depth + 1)),
                EntryKind::Blob | EntryKind::BlobExecutable => {
                    blobs.push(Blob { path, id, is_link: false });
                }
                EntryKind::Link => blobs.push(Blob { path, id, is_link: true }),
                // Another repository, or a folder too deep.
                EntryKind::Tree | EntryKind::Commit => {}
            }
            if blobs.len() > MAX_FILES {
                return Err(failed(&format!("it has more than {MAX_FILES} files")));
            }
        }
    }
    blobs.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(blobs)
}

/// The licence that a file in the repository's root is.
pub(super) fn licence(repository: &Repository) -> Result<Option<Licence>, RepositoryError> {
    let Some((path, text)) = licence_text(repository)? else { return Ok(None) };
    Ok(Some(Licence { id: identified(&text).map(str::to_owned), path }))
}

fn licence_text(repository: &Repository) -> Result<Option<(String, String)>, RepositoryError> {
    let Some(git) = fetch::open(repository)? else {
        let folder = repository.folder.clone().unwrap_or_default();
        let mut names: Vec<String> = std::fs::read_dir(&folder)
            .map_err(|error| error::io(&folder, error))?
            .flatten()
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| is_licence(name))
            .collect();
        names.sort();
        let text = |name: &String| std::fs::read(folder.join(name)).ok();
        return Ok(names.into_iter().find_map(|name| {
            let bytes = text(&name)?;
            Some((name, String::from_utf8_lossy(&bytes).into_owned()))
        }));
    };
    let found = blobs(repository, &git)?
        .into_iter()
        .find(|blob| !blob.is_link && !blob.path.contains('/') && is_licence(&blob.path));
    let Some(blob) = found else { return Ok(None) };
    let object =
        git.find_object(blob.id).map_err(|error| error::git(repository, fetch::chain(&error)))?;
    Ok(Some((blob.path, String::from_utf8_lossy(&object.data).into_owned())))
}
