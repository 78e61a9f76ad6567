//! What `externaldata` names: addresses and paths, with keys behind them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kql_engine::outside::OutsideError;
use reqwest::Url;

use super::allow::host_of;
use super::{World, refused};

/// The bytes of a place.
pub(super) async fn bytes(world: &World, place: &str) -> Result<Arc<[u8]>, OutsideError> {
    let shown = without_keys(place);
    match Url::parse(address(place)) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => {
            if let Some(path) = mirrored(world, &url) {
                return read_file(world, path).await;
            }
            let fetch = world.client.fetch(&url, &world.allowed);
            world.cache.get(url.as_str(), fetch).await
        }
        Ok(url) if url.scheme() == "file" => match url.to_file_path() {
            Ok(path) => of_path(world, &path, shown).await,
            Err(()) => Err(not_understood(shown)),
        },
        // A scheme of one letter is a drive.
        Ok(url) if url.scheme().len() > 1 => Err(not_understood(shown)),
        _ => of_path(world, Path::new(address(place)), shown).await,
    }
}

/// A place without the key or token behind it: `https://account/container/list.csv;secret`.
fn address(place: &str) -> &str {
    place.split(';').next().unwrap_or(place).trim()
}

/// A place as it may be told of: what follows a `?` or `;` may be a key.
pub(super) fn without_keys(place: &str) -> &str {
    place.split(['?', ';']).next().unwrap_or(place).trim()
}

fn not_understood(shown: &str) -> OutsideError {
    refused(
        format!(
            "`externaldata` would read `{shown}`, and only `https:`, `http:` and files are read"
        ),
        "fetch it yourself, and name the file",
    )
}

/// The file that stands for an address in an allowed folder.
fn mirrored(world: &World, url: &Url) -> Option<PathBuf> {
    let host = host_of(url)?;
    let mut below = PathBuf::from(&host);
    for segment in url.path_segments()?.filter(|segment| !segment.is_empty()) {
        // As it is written in the address; what would lead elsewhere is none.
        if segment.contains(['\\', ':']) || segment == ".." {
            return None;
        }
        below.push(segment);
    }
    let decoded = below.to_string_lossy().replace("%20", " ");
    let candidates = [below.clone(), PathBuf::from(decoded)];
    let folders = world.allowed.folders.iter();
    let paths = folders.flat_map(|folder| candidates.iter().map(|path| folder.join(path)));
    paths.into_iter().find_map(|path| world.allowed.file(&path))
}

/// A file: one of a whole path, or one below an allowed folder.
async fn of_path(world: &World, path: &Path, shown: &str) -> Result<Arc<[u8]>, OutsideError> {
    let folders = world.allowed.folders.iter();
    let mut candidates = folders.map(|folder| folder.join(path));
    match candidates.find_map(|path| world.allowed.file(&path)) {
        Some(path) => read_file(world, path).await,
        None if world.allowed.folders.is_empty() => Err(refused(
            format!("`externaldata` would read the file `{shown}`, and no folder is allowed"),
            "allow its folder with --allow-folder DIR",
        )),
        None => Err(refused(
            format!("`externaldata` would read the file `{shown}`, which is in no allowed folder"),
            "put it there, or allow its folder with --allow-folder DIR",
        )),
    }
}

async fn read_file(world: &World, path: PathBuf) -> Result<Arc<[u8]>, OutsideError> {
    let limit = world.client.limits.bytes;
    let failed = |why: String| OutsideError::Failed(format!("{} {why}", path.display()));
    let length = std::fs::metadata(&path).map(|data| data.len());
    match length {
        Ok(length) if length > limit => {
            return Err(failed(format!("is longer than {limit} bytes")));
        }
        _ => {}
    }
    let task = {
        let path = path.clone();
        tokio::task::spawn_blocking(move || std::fs::read(path))
    };
    match task.await {
        Ok(Ok(bytes)) => Ok(Arc::from(bytes)),
        Ok(Err(error)) => Err(failed(format!("can not be read: {error}"))),
        Err(_) => Err(failed(String::from("was not read to its end"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_not_told() {
        assert_eq!(without_keys("https://a.test/b.csv?sig=secret"), "https://a.test/b.csv");
        assert_eq!(without_keys("https://a.test/b.csv;secret"), "https://a.test/b.csv");
        assert_eq!(address("https://a.test/b.csv?sig=1;impersonate"), "https://a.test/b.csv?sig=1");
    }
}
