//! What a user names as a repository: a URL or a folder. Credentials are taken out of it at once.

use std::path::PathBuf;

use super::RepositoryError;

/// Where a repository is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Fetched from a URL, which holds no credentials.
    Url(String),
    /// A folder of this machine, read where it lies.
    Folder(PathBuf),
}

/// A repository as a user names it.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it is.
    pub place: Place,
    /// Name and password or token, which no message shows.
    pub(super) credentials: Option<(String, String)>,
}

/// Without credentials.
impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("place", &self.place).finish_non_exhaustive()
    }
}

const SCHEMES: [&str; 5] = ["https", "http", "ssh", "git", "file"];

impl Source {
    /// Reads a URL, `host:path` as ssh has it, or a folder.
    ///
    /// # Errors
    /// Where it is none of these.
    pub fn parse(text: &str) -> Result<Self, RepositoryError> {
        let folder = PathBuf::from(text);
        if let Some((scheme, rest)) = text.split_once("://") {
            let scheme = scheme.to_ascii_lowercase();
            if !SCHEMES.contains(&scheme.as_str()) {
                return Err(RepositoryError::Scheme(scheme));
            }
            return Self::of_url(&scheme, rest);
        }
        if folder.is_dir() {
            let folder = folder.canonicalize().map_err(|error| super::error::io(&folder, error))?;
            return Ok(Self { place: Place::Folder(folder), credentials: None });
        }
        // `git@host:path`
        let is_remote = text.split_once(':').is_some_and(|(host, path)| {
            host.len() > 1
                && !host.starts_with('-')
                && !host.contains(['/', '\\', ' '])
                && !path.is_empty()
        });
        if is_remote && !text.starts_with('-') {
            return Ok(Self { place: Place::Url(text.to_owned()), credentials: None });
        }
        Err(RepositoryError::NoSource(redacted(text)))
    }

    fn of_url(scheme: &str, rest: &str) -> Result<Self, RepositoryError> {
        let (host, path) = match rest.split_once('/') {
            Some((host, path)) => (host, format!("/{path}")),
            None => (rest, String::new()),
        };
        let is_web = matches!(scheme, "https" | "http");
        // The name in a ssh URL is no secret, and the server wants it.
        let Some((user, host)) = host.rsplit_once('@').filter(|_| is_web) else {
            return Ok(Self { place: Place::Url(format!("{scheme}://{rest}")), credentials: None });
        };
        let is_here =
            host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
        if scheme == "http" && !is_here {
            return Err(RepositoryError::ClearText);
        }
        let (name, password) = user.split_once(':').unwrap_or((user, ""));
        let credentials = Some((unescaped(name), unescaped(password)));
        Ok(Self { place: Place::Url(format!("{scheme}://{host}{path}")), credentials })
    }

    /// The place without credentials, as messages show it.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.place {
            Place::Url(url) => redacted(url),
            Place::Folder(folder) => folder.display().to_string(),
        }
    }

    /// The last part of its path.
    pub(super) fn default_name(&self) -> Result<String, RepositoryError> {
        let path = match &self.place {
            Place::Url(url) => url.split(['?', '#']).next().unwrap_or("").to_owned(),
            Place::Folder(folder) => folder.to_string_lossy().into_owned(),
        };
        let path = path.trim_end_matches(['/', '\\']);
        let path = path.strip_suffix(".git").unwrap_or(path).trim_end_matches('/');
        let last = path.rsplit(['/', '\\', ':']).next().unwrap_or("");
        let name: String = last
            .chars()
            .map(
                |c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' },
            )
            .collect();
        let name = name.trim_start_matches('.');
        checked_name(if name.is_empty() { "rules" } else { name })
    }
}

/// A name that can be a folder's on every system.
pub(super) fn checked_name(name: &str) -> Result<String, RepositoryError> {
    let is_right = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_name = !name.is_empty()
        && name.len() <= 100
        && !name.starts_with(['.', '-'])
        && !name.ends_with('.')
        && name.chars().all(is_right);
    if is_name { Ok(name.to_owned()) } else { Err(RepositoryError::Name(redacted(name))) }
}

/// `%40` is `@`.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let value = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        match (first, value) {
            (b'%', Some(value)) => {
                bytes.push(value);
                rest = behind.get(2..).unwrap_or(&[]);
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A text with the credentials of all URLs in it taken out: what stands before `@`, and what behind `?` and `#`.
#[must_use]
pub fn redacted(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, behind) = rest.split_at(at + 3);
        shown.push_str(before);
        let is_web = before.to_ascii_lowercase().ends_with("http://")
            || before.to_ascii_lowercase().ends_with("https://");
        let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>');
        let end = behind.find(is_end).unwrap_or(behind.len());
        let (url, more) = behind.split_at(end);
        // A password may hold a slash that should have been escaped: the last `@` of the whole counts.
        let host = url.rfind('@').map_or(0, |at| at + 1);
        let kept = match (is_web, url.get(host..)) {
            (true, Some(kept)) if host > 0 => {
                shown.push_str("***@");
                kept
            }
            (false, _) if host > 0 && url.get(..host).is_some_and(|user| user.contains(':')) => {
                shown.push_str("***@");
                url.get(host..).unwrap_or("")
            }
            _ => url,
        };
        match kept.find(['?', '#']) {
            Some(query) => {
                shown.push_str(kept.get(..=query).unwrap_or(""));
                shown.push_str("***");
            }
            None => shown.push_str(kept),
        }
        rest = more;
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_taken_out() {
        let source = Source::parse("https://me:p%40ss@example.com/a/rules.git").unwrap();
        assert_eq!(source.place, Place::Url(String::from("https://example.com/a/rules.git")));
        assert_eq!(source.credentials, Some((String::from("me"), String::from("p@ss"))));
        assert_eq!(source.default_name().unwrap(), "rules");
        assert!(!format!("{source:?}").contains("p@ss"));
        let token = Source::parse("https://ghp_secret@github.com/x/y").unwrap();
        assert_eq!(token.credentials.unwrap().0, "ghp_secret");
        let ssh = Source::parse("git@github.com:Azure/Azure-Sentinel.git").unwrap();
        assert_eq!(ssh.default_name().unwrap(), "Azure-Sentinel");
        let clear = Source::parse("http://me:secret@example.com/x");
        assert!(matches!(clear, Err(RepositoryError::ClearText)));
        assert!(matches!(Source::parse("ext::sh -c evil://x"), Err(RepositoryError::Scheme(_))));
        assert!(matches!(Source::parse("/no/such/folder"), Err(RepositoryError::NoSource(_))));
        assert!(matches!(Source::parse("-oProxyCommand=x:y"), Err(RepositoryError::NoSource(_))));
    }

    #[test]
    fn no_message_shows_them() {
        for (text, shown) in [
            (
                "error at https://a:b@h/x?t=1 and http://tok@h",
                "error at https://***@h/x?*** and http://***@h",
            ),
            ("https://a:p/w@h/x", "https://***@h/x"),
            ("ssh://git@h/x", "ssh://git@h/x"),
            ("ssh://git:pw@h/x", "ssh://***@h/x"),
            ("plain a@b", "plain a@b"),
        ] {
            assert_eq!(redacted(text), shown);
        }
    }

    #[test]
    fn names_are_folders() {
        for name in ["a", "a.b-c_1"] {
            assert!(checked_name(name).is_ok());
        }
        for name in ["", "..", ".git", "a/b", "a b", "-a", "é"] {
            assert!(checked_name(name).is_err(), "{name}");
        }
    }
}
