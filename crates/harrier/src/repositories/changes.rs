//! The last change of each file, noted beside the index so that no history need be walked to tell it.

use std::collections::HashMap;
use std::fs;

use harrier_rules::Change;

use super::state::write_whole;
use super::{Repository, RepositoryError, error};

const CHANGES: &str = "changes.json";

/// Last changes by path.
pub(super) type Changes = HashMap<String, Change>;

pub(super) fn write(repository: &Repository, changes: &Changes) -> Result<(), RepositoryError> {
    let path = repository.home.join(CHANGES);
    let sorted: std::collections::BTreeMap<_, _> = changes.iter().collect();
    let text = serde_json::to_vec(&sorted).map_err(|error| RepositoryError::Damaged {
        path: path.clone(),
        reason: error.to_string(),
    })?;
    write_whole(&path, &text)
}

pub(super) fn read(repository: &Repository) -> Result<Changes, RepositoryError> {
    let path = repository.home.join(CHANGES);
    let text = fs::read(&path).map_err(|error| error::io(&path, error))?;
    serde_json::from_slice(&text)
        .map_err(|error| RepositoryError::Damaged { path, reason: error.to_string() })
}
