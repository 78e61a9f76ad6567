//! Which hosts and folders a person allowed.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use reqwest::Url;

use super::OutsideOptions;
use crate::StoreError;

/// Hosts that may be asked: `example.org`, `*.example.org` (those below it), `example.org:8443`, an address.
///
/// Without a port those of `http:` and `https:` are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPattern {
    /// In lower case, without brackets.
    host: String,
    /// Whether hosts below it are meant, and not itself.
    is_below: bool,
    port: Option<u16>,
}

/// What is no pattern of hosts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no host: write it as `example.org`, `*.example.org` or `example.org:8443`")]
pub struct NotAHost(String);

impl FromStr for HostPattern {
    type Err = NotAHost;

    fn from_str(text: &str) -> Result<Self, NotAHost> {
        let wrong = || NotAHost(text.to_owned());
        let (is_below, rest) = match text.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        // What an address's host may be is the business of who reads addresses.
        let url = Url::parse(&format!("foo://{rest}/")).map_err(|_| wrong())?;
        let host = url.host_str().unwrap_or("").to_ascii_lowercase();
        let is_bare = url.path() == "/" && url.query().is_none() && url.username().is_empty();
        let has_wildcard = host.contains('*');
        if host.is_empty() || !is_bare || has_wildcard || rest.contains(['/', '@', '?', '#']) {
            return Err(wrong());
        }
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Ok(Self { host, is_below, port: url.port() })
    }
}

impl HostPattern {
    /// Whether this names a place exactly, such as an address of a private network.
    fn is_named(&self, host: &str) -> bool {
        !self.is_below && self.host == host && (is_address(host) || host == "localhost")
    }

    fn matches(&self, host: &str, port: u16) -> bool {
        let is_host = match self.is_below {
            false => self.host == host,
            true => host.strip_suffix(&self.host).is_some_and(|below| below.ends_with('.')),
        };
        is_host && self.port.map_or(matches!(port, 80 | 443), |allowed| allowed == port)
    }
}

fn is_address(host: &str) -> bool {
    host.parse::<std::net::IpAddr>().is_ok()
}

/// What is allowed.
#[derive(Debug, Default)]
pub(super) struct Allowed {
    hosts: Vec<HostPattern>,
    /// Their true paths.
    pub(super) folders: Vec<PathBuf>,
}

/// Whether an address may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// No.
    No,
    /// Where its name leads to the internet.
    Public,
    /// Wherever it leads.
    Anywhere,
}

impl Allowed {
    pub(super) fn new(options: &OutsideOptions) -> Result<Self, StoreError> {
        let real = |folder: &PathBuf| match folder.canonicalize() {
            Ok(real) if real.is_dir() => Ok(real),
            _ => Err(StoreError::NotThere(folder.clone())),
        };
        let folders = options.folders.iter().map(real).collect::<Result<_, _>>()?;
        Ok(Self { hosts: options.hosts.clone(), folders })
    }

    /// Whether an address of `http:` or `https:` may be asked.
    pub(super) fn verdict(&self, url: &Url) -> Verdict {
        let (Some(host), Some(port)) = (host_of(url), url.port_or_known_default()) else {
            return Verdict::No;
        };
        if !matches!(url.scheme(), "http" | "https") {
            return Verdict::No;
        }
        let mut matching = self.hosts.iter().filter(|pattern| pattern.matches(&host, port));
        let Some(first) = matching.next() else { return Verdict::No };
        match first.is_named(&host) || matching.any(|pattern| pattern.is_named(&host)) {
            true => Verdict::Anywhere,
            // Only what was written as an address may be one.
            false if is_address(&host) => Verdict::No,
            false => Verdict::Public,
        }
    }

    /// The true path of a file, where it lies in an allowed folder.
    pub(super) fn file(&self, path: &Path) -> Option<PathBuf> {
        let real = path.canonicalize().ok()?;
        let is_allowed = self.folders.iter().any(|folder| real.starts_with(folder));
        (is_allowed && real.is_file()).then_some(real)
    }
}

/// A host in lower case, without brackets and the dot of the root.
pub(super) fn host_of(url: &Url) -> Option<String> {
    let host = url.host_str()?.to_ascii_lowercase();
    Some(host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(hosts: &[&str]) -> Allowed {
        let hosts = hosts.iter().map(|host| host.parse().unwrap()).collect();
        Allowed { hosts, folders: Vec::new() }
    }

    #[test]
    fn only_what_was_named_is_allowed() {
        let allowed = allowed(&["example.org", "*.intel.test", "10.0.0.7:8080", "localhost:9"]);
        let verdict = |url: &str| allowed.verdict(&Url::parse(url).unwrap());
        for url in [
            "https://example.org/a",
            "http://EXAMPLE.org./a",
            "https://a.intel.test/",
            "https://a.b.intel.test/",
        ] {
            assert_eq!(verdict(url), Verdict::Public, "{url}");
        }
        for url in ["http://10.0.0.7:8080/", "http://localhost:9/"] {
            assert_eq!(verdict(url), Verdict::Anywhere, "{url}");
        }
        for url in [
            "https://sub.example.org/",
            "https://example.org:8443/",
            "https://example.org.evil.test/",
            "https://notexample.org/",
            "https://intel.test/",
            "https://evilintel.test/",
            "http://10.0.0.7/",
            "http://10.0.0.8:8080/",
            "http://localhost/",
            "ftp://example.org/",
            "file:///etc/passwd",
            "https://example.org@evil.test/",
            // The same address, written as a number.
            "http://167772167:80/",
        ] {
            assert_eq!(verdict(url), Verdict::No, "{url}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused() {
        for text in ["", "*", "*.", "a/b", "https://a", "a?b", "u@h", "*.*", "a:x"] {
            assert!(text.parse::<HostPattern>().is_err(), "{text}");
        }
        assert!("[::1]:80".parse::<HostPattern>().is_ok());
    }
}
