//! The demo: two weeks of a company's logs with attacks planted in them, and the rules that find them.

mod attacks;
mod event;
mod lake;
mod rules;
mod tables;
pub mod verdict;
mod world;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use fastrand::Rng;

pub use attacks::Planted;
pub use rules::{FUNCTIONS, LESSONS, RULES, STORY};

use event::Event;
use world::World;

/// How many service principals the first rule's story attacks.
pub const STORY_PRINCIPALS: usize = 8;

/// A demo on disk.
#[derive(Clone, Debug)]
pub struct Demo {
    /// The logs, as people export them: a folder for `--data`.
    pub logs: PathBuf,
    /// The rules that find what is planted.
    pub rules: PathBuf,
    /// One rule in three states: as first written, and twice mended.
    pub story: PathBuf,
    /// What each rule must find, all and only that.
    pub planted: Vec<Planted>,
    /// How many events the logs hold.
    pub events: usize,
}

/// Why a demo could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Something else lies where the demo was to go.
    #[error("`{}` holds something that is no demo of Harrier's; name a folder that is new or empty", .0.display())]
    Occupied(PathBuf),
    /// A file could not be written.
    #[error("`{}` can not be written: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A Parquet file could not be made.
    #[error("`{}` can not be written: {message}", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// Why.
        message: String,
    },
}

impl DemoError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

/// Marks a folder as a demo's, so that the next one may replace it.
const MARK: &str = ".harrier-demo";

/// Writes a demo into `folder`, in place of an older one. The same seed gives the same logs.
///
/// # Errors
/// Where the folder holds something else, or can not be written.
pub fn make(folder: &Path, seed: u64) -> Result<Demo, DemoError> {
    clear(folder)?;
    let (logs, rules, story) = (folder.join("logs"), folder.join("rules"), folder.join("story"));
    write_texts(&rules, RULES.iter().chain(LESSONS).chain(FUNCTIONS))?;
    write_texts(&story, STORY)?;
    let (events, planted) = events(seed);
    let count = events.len();
    lake::write(&logs, events)?;
    Ok(Demo { logs, rules, story, planted, events: count })
}

/// Two weeks with everything in them, and what is planted.
fn events(seed: u64) -> (Vec<Event>, Vec<Planted>) {
    let mut rng = Rng::with_seed(seed);
    let world = World::new(&mut rng);
    let mut events = tables::ordinary_weeks(&world, &mut rng);
    let planted = attacks::plant(&world, &mut rng, &mut events);
    // Events of one time stay in the order they were made.
    events.sort_by_key(|event| event.time);
    (events, planted)
}

/// Makes room for a demo.
fn clear(folder: &Path) -> Result<(), DemoError> {
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if !is_empty && !folder.join(MARK).exists() {
        return Err(DemoError::Occupied(folder.to_owned()));
    }
    for name in ["logs", "rules", "story"] {
        let old = folder.join(name);
        if old.is_dir() {
            fs::remove_dir_all(&old).map_err(DemoError::io(&old))?;
        }
    }
    write(&folder.join(MARK), b"Made by `harrier demo`, which may write here again.\n")
}

fn write_texts<'t>(
    folder: &Path,
    texts: impl IntoIterator<Item = &'t (&'static str, &'static str)>,
) -> Result<(), DemoError> {
    for (name, text) in texts {
        write(&folder.join(format!("{name}.yaml")), text.as_bytes())?;
    }
    Ok(())
}

/// Writes a file, and the folders above it.
fn write(path: &Path, bytes: &[u8]) -> Result<(), DemoError> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(DemoError::io(parent))?;
    }
    fs::write(path, bytes).map_err(DemoError::io(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_events() {
        let (first, planted) = events(7);
        let (second, again) = events(7);
        assert_eq!(format!("{first:?}"), format!("{second:?}"));
        assert_eq!(planted, again);
        assert!(first.len() > 40_000, "{}", first.len());
        let (other, _) = events(8);
        assert_ne!(format!("{:?}", first.first()), format!("{:?}", other.first()));
    }

    #[test]
    fn every_rule_has_its_attack_and_every_attack_its_rule() {
        let (_, planted) = events(7);
        let mut attacked: Vec<&str> = planted.iter().map(|planted| planted.rule).collect();
        let mut rules: Vec<&str> = RULES.iter().map(|(name, _)| *name).collect();
        attacked.sort_unstable();
        rules.sort_unstable();
        assert_eq!(attacked, rules);
        assert!(rules.len() >= 20);
    }

    #[test]
    fn nothing_else_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "mine").unwrap();
        assert!(matches!(clear(folder.path()), Err(DemoError::Occupied(_))));
        let new = folder.path().join("new");
        clear(&new).unwrap();
        clear(&new).unwrap();
    }
}
