//! Names to addresses: one that leads into a private network is an error, unless that is allowed.

use std::net::{SocketAddr, ToSocketAddrs};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::is_public;

/// Finds addresses of the internet only.
#[derive(Debug)]
pub(super) struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::task::spawn_blocking({
                let host = host.clone();
                move || (host.as_str(), 0).to_socket_addrs().map(Iterator::collect::<Vec<_>>)
            });
            let found: Vec<SocketAddr> = found.await??;
            match found.iter().find(|address| !is_public(address.ip())) {
                None => Ok(Box::new(found.into_iter()) as Addrs),
                Some(own) => Err(Private { host, address: own.ip().to_string() }.into()),
            }
        })
    }
}

/// A name that leads into a private network.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{host}` is at {address}, an address of a private network (--allow-private lets it be asked)"
)]
pub(super) struct Private {
    host: String,
    address: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_of_this_machine_is_none_of_the_internet() {
        let found = PublicOnly.resolve("localhost".parse().unwrap()).await;
        let error = found.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("private network"), "{error}");
    }
}
