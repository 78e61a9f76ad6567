//! Where what a user keeps lies: repositories of rules and what is noted of them.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;
use kql_semantics::time::TICKS_PER_DAY;

use crate::failure::Failure;

/// Where what a user keeps lies.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct HomeArguments {
    /// The folder for what Harrier keeps [default: $HARRIER_HOME, else harrier in the user's folder of data].
    #[arg(long, value_name = "DIR", global = true)]
    home: Option<PathBuf>,
}

impl HomeArguments {
    /// The folder, which need not be there yet.
    pub(crate) fn folder(&self) -> Result<PathBuf, Failure> {
        let folder = |name: &str| {
            std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
        };
        let of_system = || {
            if cfg!(windows) {
                return folder("APPDATA").map(|data| data.join("harrier"));
            }
            if cfg!(target_os = "macos") {
                return folder("HOME").map(|home| home.join("Library/Application Support/harrier"));
            }
            let data = folder("XDG_DATA_HOME").filter(|data| data.is_absolute());
            let data = data.or_else(|| folder("HOME").map(|home| home.join(".local/share")));
            data.map(|data| data.join("harrier"))
        };
        let found = self.home.clone().or_else(|| folder("HARRIER_HOME")).or_else(of_system);
        found.ok_or_else(|| {
            Failure::user_with(
                "it is not known where your data lies",
                "name a folder with --home DIR",
            )
        })
    }
}

/// What the clock says. **Unit**: ticks.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let ticks = i64::try_from(since.as_nanos() / 100).unwrap_or(i64::MAX);
    // 1970-01-01.
    ticks.saturating_add(719_162 * TICKS_PER_DAY)
}
