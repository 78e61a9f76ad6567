//! What queries may reach beyond the logs: only the hosts, folders and files that a person named.

mod address;
mod allow;
mod cache;
mod fetch;
mod given;
mod locations;
mod places;
mod read;
mod resolve;
mod unpack;
mod watchlists;
mod zip;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arrow::array::RecordBatch;
use async_trait::async_trait;
use kql_engine::TableSource;
use kql_engine::outside::{
    ExternalTable, HttpRequest, HttpResponse, Locations, Outside, OutsideError,
};
use kql_semantics::bound::Scalar;
use kql_semantics::{Type, Value};
use kql_syntax::Name;

use crate::StoreError;
use allow::Allowed;
use cache::Cache;
use fetch::Client;
use given::GivenTables;
use locations::Database;
use watchlists::Watchlists;

pub use allow::HostPattern;

/// What queries may reach beyond the logs. **Default**: nothing.
#[derive(Clone, Debug, Default)]
pub struct OutsideOptions {
    /// Hosts that `externaldata` and `http_request` may ask.
    pub hosts: Vec<HostPattern>,
    /// Whether an allowed name may lead to a private address; one that is written as an address always may.
    pub allow_private: bool,
    /// Folders whose files `externaldata` may read. A folder may also hold what is at an address: what
    /// `https://example.org/a/list.csv` has is read from `example.org/a/list.csv` below it, and not asked for.
    pub folders: Vec<PathBuf>,
    /// A folder of watchlists: `VIPs.csv` is `_GetWatchlist('VIPs')`.
    pub watchlists: Option<PathBuf>,
    /// A folder of what the product's functions look up: `FileProfile.csv`, `SeenBy.csv`, `DeviceFromIP.csv`.
    pub lookups: Option<PathBuf>,
    /// A database of where addresses are, in MaxMind's format.
    pub locations: Option<PathBuf>,
    /// What is fetched for queries.
    pub limits: FetchLimits,
}

/// How much may be fetched.
#[derive(Clone, Copy, Debug)]
pub struct FetchLimits {
    /// The longest file, unpacked. **Unit**: bytes. **Default**: 100 MB, as the service's own.
    pub bytes: u64,
    /// How long one file may take. **Default**: a minute.
    pub time: Duration,
    /// How often a server may send elsewhere, to an allowed host. **Default**: 5.
    pub redirects: usize,
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self { bytes: 100_000_000, time: Duration::from_secs(60), redirects: 5 }
    }
}

/// What a store may reach.
#[derive(Debug)]
pub(crate) struct World {
    allowed: Allowed,
    client: Client,
    cache: Cache,
    watchlists: Watchlists,
    lookups: GivenTables,
    locations: Option<Arc<Database>>,
}

impl Default for World {
    fn default() -> Self {
        let options = OutsideOptions::default();
        Self {
            allowed: Allowed::default(),
            client: Client::new(&options),
            cache: Cache::default(),
            watchlists: Watchlists::default(),
            lookups: GivenTables::default(),
            locations: None,
        }
    }
}

impl World {
    /// Opens what the options name.
    ///
    /// **Errors**: where a file or a folder is not there, or can not be understood.
    pub(crate) fn open(options: &OutsideOptions) -> Result<Self, StoreError> {
        Ok(Self {
            allowed: Allowed::new(options)?,
            client: Client::new(options),
            cache: Cache::default(),
            watchlists: Watchlists::open(options.watchlists.as_deref())?,
            lookups: GivenTables::open(options.lookups.as_deref())?,
            locations: options.locations.as_deref().map(Database::open).transpose()?.map(Arc::new),
        })
    }

    /// The columns of what a function gives for these arguments, where that is known.
    pub(crate) fn called_columns(
        &self,
        function: &str,
        arguments: &[Scalar],
    ) -> Option<Vec<(Name, Type)>> {
        match function {
            "_GetWatchlist" => self.watchlists.columns(&text(arguments.first()?.as_literal()?)?),
            _ => None,
        }
    }
}

#[async_trait]
impl Outside for World {
    async fn external_data(&self, table: &ExternalTable) -> Result<Vec<RecordBatch>, OutsideError> {
        let reading = read::Reading::new(table)?;
        let mut batches = Vec::new();
        for place in &table.places {
            let bytes = places::bytes(self, place).await?;
            batches.extend(reading.batches(place, &bytes, self.client.limits.bytes)?);
        }
        Ok(batches)
    }

    async fn http(&self, request: &HttpRequest) -> Result<HttpResponse, OutsideError> {
        self.client.ask(request, &self.allowed).await
    }

    fn locations(&self) -> Option<Arc<dyn Locations>> {
        self.locations.clone().map(|database| -> Arc<dyn Locations> { database })
    }

    fn called(&self, function: &str, arguments: &[Value]) -> Result<TableSource, OutsideError> {
        match function {
            "_GetWatchlist" => self.watchlists.rows(arguments),
            "_GetWatchlistAlias" => self.watchlists.aliases(),
            _ => self.lookups.rows(function),
        }
    }
}

/// The text that a value is; none where it is another.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_string()),
        _ => None,
    }
}

/// Something that is not allowed or not given.
fn refused(message: impl Into<String>, help: impl Into<String>) -> OutsideError {
    OutsideError::Refused { message: message.into(), help: help.into() }
}
