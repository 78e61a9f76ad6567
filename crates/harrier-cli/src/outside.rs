//! What queries may reach beyond the logs: nothing, unless it is named here.

use std::path::PathBuf;

use clap::Args;
use harrier_store::{HostPattern, IngestionTime, OutsideOptions, Store, StoreError};
use kql_syntax::Name;

use crate::values;

/// What queries may reach beyond the logs. Each is off unless it is named.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Beyond the logs (each off unless it is named)")]
pub(crate) struct OutsideArguments {
    /// A host that `externaldata` and `http_request` may ask: `example.org`, `*.example.org`, `example.org:8443`.
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<HostPattern>,
    /// Let an allowed name lead to an address of a private network.
    #[arg(long)]
    allow_private: bool,
    /// A folder whose files `externaldata` may read; what lies below it as HOST/PATH stands for that address.
    #[arg(long, value_name = "DIR")]
    allow_folder: Vec<PathBuf>,
    /// The most that is fetched from one place, unpacked [default: 100MB].
    #[arg(long, value_name = "SIZE", value_parser = values::size)]
    fetch_size: Option<usize>,
    /// How long one place may take [default: 60s].
    #[arg(long, value_name = "TIME", value_parser = values::duration)]
    fetch_time: Option<std::time::Duration>,
    /// A folder of watchlists: VIPs.csv is `_GetWatchlist('VIPs')`.
    #[arg(long, value_name = "DIR")]
    watchlists: Option<PathBuf>,
    /// A folder of FileProfile.csv, SeenBy.csv and DeviceFromIP.csv, which those functions look up.
    #[arg(long, value_name = "DIR")]
    lookups: Option<PathBuf>,
    /// A database of where addresses are, in MaxMind's format, for `geo_info_from_ip_address()`.
    #[arg(long, value_name = "FILE")]
    maxmind: Option<PathBuf>,
    /// What `ingestion_time()` is of rows without `_TimeReceived`: a column, `as-event`, or `unknown` [default: as-event].
    #[arg(long, value_name = "COLUMN")]
    ingestion_time: Option<String>,
}

impl OutsideArguments {
    /// A store whose queries may reach what is named.
    pub(crate) fn open(&self, store: Store) -> Result<Store, StoreError> {
        let mut options = OutsideOptions {
            hosts: self.allow_host.clone(),
            allow_private: self.allow_private,
            folders: self.allow_folder.clone(),
            watchlists: self.watchlists.clone(),
            lookups: self.lookups.clone(),
            locations: self.maxmind.clone(),
            ..OutsideOptions::default()
        };
        if let Some(bytes) = self.fetch_size {
            options.limits.bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        }
        if let Some(time) = self.fetch_time {
            options.limits.time = time;
        }
        let ingestion = match self.ingestion_time.as_deref() {
            None | Some("as-event") => IngestionTime::AsEvent,
            Some("unknown") => IngestionTime::Unknown,
            Some(column) => IngestionTime::Column(Name::new(column)),
        };
        Ok(store.with_outside(&options)?.with_ingestion_time(ingestion))
    }
}
