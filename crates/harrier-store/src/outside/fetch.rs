//! Files and answers of servers.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use kql_engine::outside::{HttpRequest, HttpResponse, OutsideError};
use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder, Response, Url};

use super::allow::{Allowed, Verdict, host_of};
use super::resolve::PublicOnly;
use super::{FetchLimits, OutsideOptions, refused};

/// Asks servers.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) limits: FetchLimits,
    allow_private: bool,
    /// Asks hosts of the internet, and any.
    clients: std::sync::OnceLock<Result<[reqwest::Client; 2], String>>,
}

impl Client {
    pub(super) fn new(options: &OutsideOptions) -> Self {
        let (limits, allow_private) = (options.limits, options.allow_private);
        Self { limits, allow_private, clients: std::sync::OnceLock::new() }
    }

    /// The bytes of a file.
    pub(super) async fn fetch(
        &self,
        url: &Url,
        allowed: &Allowed,
    ) -> Result<Vec<u8>, OutsideError> {
        let (url, response) =
            self.send((Method::GET, url.clone()), &|asked| asked, allowed).await?;
        self.body(&url, response).await
    }

    /// What a server answers.
    pub(super) async fn ask(
        &self,
        request: &HttpRequest,
        allowed: &Allowed,
    ) -> Result<HttpResponse, OutsideError> {
        let shown = super::places::without_keys(&request.address);
        let wrong =
            |what: &str| OutsideError::Failed(format!("`{shown}` can not be asked: {what}"));
        let url = Url::parse(&request.address).map_err(|error| wrong(&error.to_string()))?;
        let mut headers = reqwest::header::HeaderMap::new();
        if request.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        for (name, value) in &request.headers {
            let name: HeaderName =
                name.parse().map_err(|_| wrong(&format!("`{name}` is no name of a header")))?;
            let value = HeaderValue::from_str(value)
                .map_err(|_| wrong(&format!("`{name}` has no value that a header may have")))?;
            headers.insert(name, value);
        }
        let dress = |asked: RequestBuilder| {
            let asked = asked.headers(headers.clone());
            match &request.body {
                Some(body) => asked.body(body.clone()),
                None => asked,
            }
        };
        let method = if request.body.is_some() { Method::POST } else { Method::GET };
        let (url, response) = self.send((method, url), &dress, allowed).await?;
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), text(value))).collect();
        let body = self.body(&url, response).await?;
        Ok(HttpResponse { headers, body: String::from_utf8_lossy(&body).into_owned() })
    }

    /// Sends a request, and follows to where a server sends it while that is allowed.
    async fn send(
        &self,
        (method, mut url): (Method, Url),
        dress: &(dyn Fn(RequestBuilder) -> RequestBuilder + Sync),
        allowed: &Allowed,
    ) -> Result<(Url, Response), OutsideError> {
        let first = url.clone();
        for _ in 0..=self.limits.redirects {
            let client = self.client_for(&url, &first, allowed)?;
            let asked = client.request(method.clone(), url.clone());
            // What a person wrote for one host is not told to another.
            let asked = if host_of(&url) == host_of(&first) { dress(asked) } else { asked };
            let response = asked.send().await.map_err(|error| failed(&url, &error))?;
            let status = response.status();
            let next = response.headers().get(LOCATION).and_then(|next| next.to_str().ok());
            match next {
                Some(next) if status.is_redirection() => {
                    if method != Method::GET {
                        return Err(answered(&url, "sends elsewhere what was to be posted"));
                    }
                    let next =
                        url.join(next).map_err(|error| answered(&url, &error.to_string()))?;
                    if url.scheme() == "https" && next.scheme() != "https" {
                        return Err(answered(&url, "sends to an address that is not encrypted"));
                    }
                    url = next;
                }
                _ if status.is_success() => return Ok((url, response)),
                _ => return Err(answered(&url, &format!("answers {status}"))),
            }
        }
        let what = format!("sends elsewhere more than {} times", self.limits.redirects);
        Err(answered(&first, &what))
    }

    /// What asks this address, if that is allowed.
    fn client_for(
        &self,
        url: &Url,
        first: &Url,
        allowed: &Allowed,
    ) -> Result<&reqwest::Client, OutsideError> {
        let verdict = allowed.verdict(url);
        let clients = self.clients.get_or_init(|| {
            let client = |is_public: bool| self.build(is_public).map_err(|error| error.to_string());
            Ok([client(true)?, client(false)?])
        });
        let [public, any] = clients
            .as_ref()
            .map_err(|error| OutsideError::Failed(format!("no connection can be made: {error}")))?;
        match verdict {
            Verdict::No => Err(not_allowed(url, first)),
            Verdict::Public if !self.allow_private => Ok(public),
            Verdict::Public | Verdict::Anywhere => Ok(any),
        }
    }

    fn build(&self, is_public: bool) -> reqwest::Result<reqwest::Client> {
        let builder = reqwest::Client::builder()
            .user_agent(concat!("Harrier/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            // A proxy of the environment would be asked in place of the host that is allowed.
            .no_proxy()
            .connect_timeout(self.limits.time.min(Duration::from_secs(15)))
            .timeout(self.limits.time);
        match is_public {
            true => builder.dns_resolver(Arc::new(PublicOnly)).build(),
            false => builder.build(),
        }
    }

    async fn body(&self, url: &Url, response: Response) -> Result<Vec<u8>, OutsideError> {
        let too_long = || answered(url, &format!("gives more than {} bytes", self.limits.bytes));
        if response.content_length().is_some_and(|length| length > self.limits.bytes) {
            return Err(too_long());
        }
        let mut bytes = Vec::new();
        let mut stream = response.bytes_stream();
        while let Some(piece) = stream.next().await {
            let piece = piece.map_err(|error| failed(url, &error))?;
            bytes.extend_from_slice(&piece);
            if bytes.len() as u64 > self.limits.bytes {
                return Err(too_long());
            }
        }
        Ok(bytes)
    }
}

/// An address without what may be a key.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    let _ = url.set_password(None);
    let _ = url.set_username("");
    url.to_string()
}

fn not_allowed(url: &Url, first: &Url) -> OutsideError {
    let host = host_of(url).unwrap_or_default();
    let host = match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host,
    };
    let help = format!(
        "allow it with --allow-host {host}, or save the file below a folder under its host and path, and give that folder with --allow-folder"
    );
    match url == first {
        true => {
            refused(format!("`{}` would be read, and its host is not allowed", shown(url)), help)
        }
        false => refused(
            format!("`{}` sends to `{}`, whose host is not allowed", shown(first), shown(url)),
            help,
        ),
    }
}

fn answered(url: &Url, what: &str) -> OutsideError {
    OutsideError::Failed(format!("`{}` {what}", shown(url)))
}

/// What went wrong, down to its ground: the outermost error says little, and repeats the address with its keys.
fn failed(url: &Url, error: &reqwest::Error) -> OutsideError {
    let mut ground: &dyn Error = error;
    while let Some(source) = ground.source() {
        ground = source;
    }
    let why = match error.is_timeout() {
        true => String::from("it took too long"),
        false if ground.source().is_none() && std::ptr::addr_eq(ground, error) => {
            String::from("the connection failed")
        }
        false => ground.to_string(),
    };
    OutsideError::Failed(format!("`{}` can not be read: {why}", shown(url)))
}
