//! Commits from where a repository is to where we keep it.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, Ordering};

use base64::Engine;
use gix::credentials::helper::Action;
use gix::remote::Direction;
use gix::remote::fetch::{Shallow, Tags};

use super::source::{Place, Source, redacted};
use super::{DEFAULT_DEPTH, Depth, FetchOptions, Repository, RepositoryError, error};

/// What our copy of the followed branch is called.
const HEAD: &str = "refs/heads/followed";

/// The newest commit that there is now; none where the repository is a folder without git.
pub(super) fn fetch(
    repository: &Repository,
    source: &Source,
    options: &FetchOptions,
    interrupt: &AtomicBool,
) -> Result<Option<String>, RepositoryError> {
    match &source.place {
        Place::Folder(folder) => {
            if !folder.is_dir() {
                let gone = std::io::Error::from(std::io::ErrorKind::NotFound);
                return Err(error::io(folder, gone));
            }
            match open(repository)? {
                Some(git) => head_of_folder(repository, &git).map(Some),
                None => Ok(None),
            }
        }
        Place::Url(url) => fetch_url(repository, (url, source), options, interrupt).map(Some),
    }
}

/// The git repository that rules are read from: our copy, or the user's own folder. None where the folder has no git.
pub(super) fn open(repository: &Repository) -> Result<Option<gix::Repository>, RepositoryError> {
    let folder = match &repository.folder {
        // A folder inside a work tree is a folder: its own history would be another's.
        Some(folder) if !folder.join(".git").exists() && !folder.join("objects").is_dir() => {
            return Ok(None);
        }
        Some(folder) => folder.clone(),
        None => repository.git_folder(),
    };
    let git = gix::open(folder).map_err(|error| error::git(repository, chain(&error)))?;
    Ok(Some(git))
}

fn head_of_folder(
    repository: &Repository,
    git: &gix::Repository,
) -> Result<String, RepositoryError> {
    let commit = match &repository.branch {
        Some(branch) => git
            .find_reference(branch.as_str())
            .map_err(|error| error::git(repository, chain(&error)))?
            .into_fully_peeled_id()
            .map_err(|error| error::git(repository, chain(&error)))?
            .detach(),
        None => git.head_id().map_err(|error| error::git(repository, chain(&error)))?.detach(),
    };
    Ok(commit.to_string())
}

fn fetch_url(
    repository: &Repository,
    (url, source): (&str, &Source),
    options: &FetchOptions,
    interrupt: &AtomicBool,
) -> Result<String, RepositoryError> {
    let folder = repository.git_folder();
    let is_new = !folder.exists();
    let failed = |reason: String| fetch_error(source, &reason, interrupt);
    let git = match is_new {
        true => gix::init_bare(&folder),
        false => gix::open(&folder),
    };
    let mut git = git.map_err(|error| error::git(repository, chain(&error)))?;
    configure(&mut git, source).map_err(|error| error::git(repository, chain(&error)))?;
    let from = match &repository.branch {
        Some(branch) if branch.starts_with("refs/") => branch.clone(),
        Some(branch) => format!("refs/heads/{branch}"),
        None => String::from("HEAD"),
    };
    let shallow = match (options.depth, is_new) {
        (Depth::Usual, true) => at_depth(DEFAULT_DEPTH),
        (Depth::Usual, false) => Shallow::NoChange,
        (Depth::Commits(depth), _) => at_depth(depth),
        (Depth::Everything, true) => Shallow::NoChange,
        (Depth::Everything, false) => Shallow::undo(),
    };
    let told = |error: &gix::Error| failed(chain(error));
    let remote = git
        .remote_at_without_url_rewrite(url)
        .map_err(|error| told(&error))?
        .with_fetch_tags(Tags::None)
        .with_refspecs([format!("+{from}:{HEAD}").as_str()], Direction::Fetch)
        .map_err(|error| told(&error))?;
    let connection = remote.connect(Direction::Fetch).map_err(|error| told(&error))?;
    let mut configured = connection.configured_credentials_for_current_url();
    let mut is_refused = false;
    let received = {
        let connection = connection.with_credentials(|action| {
            let outcome = match &action {
                // What was given has been sent, and is not taken.
                Action::Get(_) if source.credentials.is_some() => Ok(None),
                // Git's own helpers may know who we are. They ask nobody.
                _ => configured(action.clone()),
            };
            is_refused |= match action {
                Action::Get(_) => !matches!(outcome, Ok(Some(_))),
                Action::Erase(_) => true,
                Action::Store(_) => false,
            };
            outcome
        });
        let options = gix::remote::ref_map::Options::default();
        connection.prepare_fetch(gix::progress::Discard, options).and_then(|prepared| {
            prepared.with_shallow(shallow).receive(gix::progress::Discard, interrupt)
        })
    };
    let outcome = match received {
        Ok(outcome) => outcome,
        Err(_) if is_refused => return Err(RepositoryError::Credentials { url: source.shown() }),
        Err(error) => return Err(told(&error)),
    };
    let wanted = outcome.ref_map.mappings.first().and_then(|mapping| mapping.remote.as_id());
    let Some(commit) = wanted.map(gix::oid::to_owned) else {
        return Err(failed(match &repository.branch {
            Some(branch) => format!("it has no branch `{branch}`"),
            None => String::from("it is empty"),
        }));
    };
    let object = git.find_object(commit).map_err(|error| told(&error))?;
    let commit = object.peel_to_commit().map_err(|error| told(&error))?;
    Ok(commit.id.to_string())
}

/// Nobody is asked at a terminal, and a server that sends nothing is given up. All this is told to git and written nowhere.
fn configure(git: &mut gix::Repository, source: &Source) -> gix::Result<()> {
    let mut config = git.config_snapshot_mut();
    let settings = [
        ("gitoxide.credentials.terminalPrompt", "false"),
        ("core.askPass", ""),
        ("http.lowSpeedLimit", "1"),
        ("http.lowSpeedTime", "60"),
        ("gitoxide.http.connectTimeout", "30000"),
    ];
    for (key, value) in settings {
        config.set_raw_value(key, value)?;
    }
    if let Some((name, password)) = &source.credentials {
        let encoded =
            base64::engine::general_purpose::STANDARD.encode(format!("{name}:{password}"));
        config.set_raw_value(
            "http.extraHeader",
            format!("Authorization: Basic {encoded}").as_str(),
        )?;
    }
    config.commit().map(|_| ())
}

/// An error with what caused it.
pub(super) fn chain(error: &gix::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for one in error.iter_errors() {
        let text = one.to_string();
        if !parts.iter().any(|known| known.contains(&text)) {
            parts.push(text);
        }
    }
    parts.join(": ")
}

fn at_depth(depth: u32) -> Shallow {
    Shallow::DepthAtRemote(NonZeroU32::new(depth).unwrap_or(NonZeroU32::MIN))
}

fn fetch_error(source: &Source, reason: &str, interrupt: &AtomicBool) -> RepositoryError {
    if interrupt.load(Ordering::Relaxed) {
        return RepositoryError::Interrupted;
    }
    let mut reason = redacted(reason);
    // What a server says may hold what it was told.
    if let Some((name, password)) = &source.credentials {
        let sent = base64::engine::general_purpose::STANDARD.encode(format!("{name}:{password}"));
        for secret in [name, password, &sent] {
            if secret.len() > 3 {
                reason = reason.replace(secret.as_str(), "***");
            }
        }
    }
    RepositoryError::Fetch { url: source.shown(), reason }
}
