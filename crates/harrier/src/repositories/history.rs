//! A file's history along the first parents, followed through renames.

use std::collections::HashSet;
use std::sync::Arc;

use gix::bstr::ByteSlice;
use gix::object::tree::diff::ChangeDetached;
use harrier_rules::{Change, ChangeKind};
use kql_semantics::time::TICKS_PER_DAY;

use super::changes::Changes;
use super::{Repository, RepositoryError, error, fetch};

/// How many commits are looked at for one file.
const MAX_COMMITS: usize = 100_000;
/// How many commits are looked at for the last changes of all files.
const MAX_COMMITS_OF_ALL: usize = 5_000;
/// How many deleted files are looked at for one whose rule has the same id.
const MAX_DELETED: usize = 200;
const SECOND: i64 = TICKS_PER_DAY / 86_400;
/// 1970-01-01. **Unit**: ticks.
const EPOCH: i64 = 719_162 * TICKS_PER_DAY;

/// The versions of a file.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The newest first.
    pub versions: Vec<Version>,
    /// Whether there are older commits that are not here, or were not looked at.
    pub is_cut: bool,
}

/// A file as it was behind a change.
#[derive(Clone, Debug)]
pub struct Version {
    /// The change.
    pub change: Change,
    /// What it held; none where the change removed it.
    pub bytes: Option<Arc<[u8]>>,
}

/// One commit and its first parent.
struct Step<'r> {
    commit: gix::Commit<'r>,
    tree: gix::Tree<'r>,
    /// None where there is none, or it is not here.
    parent: Option<gix::Commit<'r>>,
    is_cut: bool,
}

fn step<'r>(git: &'r gix::Repository, commit: gix::Commit<'r>) -> gix::Result<Step<'r>> {
    let tree = commit.tree()?;
    let parent = commit.parent_ids().next().map(gix::Id::detach);
    let found = match parent {
        Some(id) => git.try_find_object(id)?.map(gix::Object::try_into_commit).transpose()?,
        None => None,
    };
    let is_cut = parent.is_some() && found.is_none();
    Ok(Step { commit, tree, parent: found, is_cut })
}

fn head<'r>(
    repository: &Repository,
    git: &'r gix::Repository,
) -> Result<gix::Commit<'r>, RepositoryError> {
    let commit = repository.commit.as_deref().unwrap_or("");
    let id = gix::ObjectId::from_hex(commit.as_bytes()).map_err(|e| error::git(repository, e))?;
    git.find_commit(id).map_err(|e| error::git(repository, e))
}

fn blob_at(tree: &gix::Tree<'_>, path: &str) -> gix::Result<Option<gix::ObjectId>> {
    let entry = tree.lookup_entry(path.split('/'))?;
    Ok(entry.filter(|entry| entry.mode().is_blob()).map(|entry| entry.object_id()))
}

fn bytes_of(git: &gix::Repository, id: gix::ObjectId) -> gix::Result<Arc<[u8]>> {
    Ok(git.find_object(id)?.detach().data.into())
}

fn change(commit: &gix::Commit<'_>, path: &str, kind: ChangeKind) -> gix::Result<Change> {
    let message = commit.message_raw_sloppy().to_str_lossy();
    let subject: String = message.lines().next().unwrap_or("").trim().chars().take(200).collect();
    let seconds = commit.time()?.seconds;
    Ok(Change {
        commit: commit.id.to_string(),
        time: seconds.saturating_mul(SECOND).saturating_add(EPOCH),
        subject,
        path: path.to_owned(),
        kind,
    })
}

/// The versions of a file, the newest first.
pub(super) fn of_file(
    repository: &Repository,
    path: &str,
    most: usize,
) -> Result<History, RepositoryError> {
    let Some(git) = fetch::open(repository)? else {
        return Err(RepositoryError::NoHistory(repository.name.clone()));
    };
    let head = head(repository, &git)?;
    follow(&git, head, path, most).map_err(|error| error::git(repository, fetch::chain(&error)))
}

fn follow<'r>(
    git: &'r gix::Repository,
    head: gix::Commit<'r>,
    path: &str,
    most: usize,
) -> gix::Result<History> {
    let mut history = History::default();
    let mut path = path.to_owned();
    let mut at = step(git, head)?;
    let mut here = blob_at(&at.tree, &path)?;
    for _ in 0..MAX_COMMITS {
        if history.versions.len() >= most {
            history.is_cut = true;
            return Ok(history);
        }
        let Some(parent) = at.parent.take() else {
            history.is_cut = at.is_cut;
            if let Some(here) = here {
                let kind = if at.is_cut { ChangeKind::AlreadyThere } else { ChangeKind::Added };
                let change = change(&at.commit, &path, kind)?;
                history.versions.push(Version { change, bytes: Some(bytes_of(git, here)?) });
            }
            return Ok(history);
        };
        let before_tree = parent.tree()?;
        let mut before = blob_at(&before_tree, &path)?;
        match (here, before) {
            (Some(now), None) => {
                let source = renamed_from(git, (&before_tree, &at.tree), &path, now)?;
                let kind = match &source {
                    Some((from, _)) => ChangeKind::Renamed { from: from.clone() },
                    None => ChangeKind::Added,
                };
                let change = change(&at.commit, &path, kind)?;
                history.versions.push(Version { change, bytes: Some(bytes_of(git, now)?) });
                let Some((from, id)) = source else { return Ok(history) };
                (path, before) = (from, Some(id));
            }
            (Some(now), Some(then)) if now != then => {
                let change = change(&at.commit, &path, ChangeKind::Changed)?;
                history.versions.push(Version { change, bytes: Some(bytes_of(git, now)?) });
            }
            (None, Some(_)) => {
                let change = change(&at.commit, &path, ChangeKind::Removed)?;
                history.versions.push(Version { change, bytes: None });
            }
            _ => {}
        }
        here = before;
        at = step(git, parent)?;
    }
    history.is_cut = true;
    Ok(history)
}

/// The file that one which came was before: by its text, else by the id of its rule.
fn renamed_from(
    git: &gix::Repository,
    (before, after): (&gix::Tree<'_>, &gix::Tree<'_>),
    path: &str,
    now: gix::ObjectId,
) -> gix::Result<Option<(String, gix::ObjectId)>> {
    let options = gix::diff::Options::default().with_rewrites(Some(gix::diff::Rewrites::default()));
    let changes = git.diff_tree_to_tree(before, after, options)?;
    let mut deleted = Vec::new();
    for change in changes {
        match change {
            ChangeDetached::Rewrite { source_location, source_id, location, .. }
                if location.as_slice() == path.as_bytes() =>
            {
                return Ok(Some((source_location.to_str_lossy().into_owned(), source_id)));
            }
            ChangeDetached::Deletion { location, id, entry_mode, .. } if entry_mode.is_blob() => {
                deleted.push((location.to_str_lossy().into_owned(), id));
            }
            _ => {}
        }
    }
    let Some(id) = rule_id(&bytes_of(git, now)?) else { return Ok(None) };
    for (path, blob) in deleted.into_iter().take(MAX_DELETED) {
        if rule_id(&bytes_of(git, blob)?).is_some_and(|other| other == id) {
            return Ok(Some((path, blob)));
        }
    }
    Ok(None)
}

/// The `id:` of a rule's YAML, in lower case.
fn rule_id(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let line = text
        .lines()
        .take(50)
        .find_map(|line| line.trim_start_matches('\u{feff}').strip_prefix("id:"))?;
    let id = line.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    (!id.is_empty()).then_some(id)
}

/// The last change of each file that there is.
pub(super) fn last_changes(repository: &Repository) -> Result<Changes, RepositoryError> {
    let Some(git) = fetch::open(repository)? else { return Ok(Changes::new()) };
    let head = head(repository, &git)?;
    newest(&git, head).map_err(|error| error::git(repository, fetch::chain(&error)))
}

fn newest<'r>(git: &'r gix::Repository, head: gix::Commit<'r>) -> gix::Result<Changes> {
    let mut changes = Changes::new();
    let files = head.tree()?.traverse().breadthfirst.files()?;
    let mut wanted: HashSet<String> = files
        .into_iter()
        .filter(|file| file.mode.is_blob())
        .map(|file| file.filepath.to_str_lossy().into_owned())
        .collect();
    let mut at = step(git, head)?;
    for _ in 0..MAX_COMMITS_OF_ALL {
        if wanted.is_empty() {
            break;
        }
        if at.is_cut {
            let paths: Vec<String> = wanted.drain().collect();
            for path in paths {
                let change = change(&at.commit, &path, ChangeKind::AlreadyThere)?;
                changes.insert(path, change);
            }
            break;
        }
        let parent = at.parent.take();
        let before = parent.as_ref().map(gix::Commit::tree).transpose()?;
        let options = gix::diff::Options::default();
        for one in git.diff_tree_to_tree(before.as_ref(), &at.tree, options)? {
            let (location, kind) = match one {
                ChangeDetached::Addition { location, .. } => (location, ChangeKind::Added),
                ChangeDetached::Modification { location, .. } => (location, ChangeKind::Changed),
                ChangeDetached::Deletion { .. } | ChangeDetached::Rewrite { .. } => continue,
            };
            let path = location.to_str_lossy().into_owned();
            if wanted.remove(&path) {
                let change = change(&at.commit, &path, kind)?;
                changes.insert(path, change);
            }
        }
        let Some(parent) = parent else { break };
        at = step(git, parent)?;
    }
    Ok(changes)
}

/// The bytes of a file at a commit.
pub(super) fn file_at(
    repository: &Repository,
    commit: &str,
    path: &str,
) -> Result<Option<Vec<u8>>, RepositoryError> {
    let Some(git) = fetch::open(repository)? else {
        return Err(RepositoryError::NoHistory(repository.name.clone()));
    };
    let none = || RepositoryError::NoCommit {
        name: repository.name.clone(),
        commit: commit.chars().take(80).collect(),
    };
    let is_id = commit.len() >= 4 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_id {
        return Err(none());
    }
    let id = git.rev_parse_single(commit).map_err(|_| none())?;
    let commit = git.find_commit(id).map_err(|_| none())?;
    let found = commit
        .tree()
        .and_then(|tree| blob_at(&tree, path))
        .map_err(|e| error::git(repository, e))?;
    let bytes = found.map(|id| bytes_of(&git, id)).transpose();
    Ok(bytes.map_err(|e| error::git(repository, e))?.map(|bytes| bytes.to_vec()))
}
