//! What was fetched once is not fetched again: the runs of a rule read the same list.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use kql_engine::outside::OutsideError;
use tokio::sync::{Mutex, OnceCell};

/// More than this is not kept. **Unit**: bytes.
const MOST_BYTES: usize = 256 << 20;

type Cell = Arc<OnceCell<Arc<[u8]>>>;

/// What was fetched, by its address.
#[derive(Debug, Default)]
pub(super) struct Cache {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    cells: HashMap<String, Cell>,
    bytes: usize,
}

impl Cache {
    /// What is at an address: as it was fetched before, else as `fetch` fetches it. A failure is not kept.
    pub(super) async fn get(
        &self,
        address: &str,
        fetch: impl Future<Output = Result<Vec<u8>, OutsideError>>,
    ) -> Result<Arc<[u8]>, OutsideError> {
        let cell = Arc::clone(self.kept.lock().await.cells.entry(address.to_owned()).or_default());
        let was_there = cell.initialized();
        let bytes = cell.get_or_try_init(|| async { fetch.await.map(Arc::from) }).await.cloned();
        let mut kept = self.kept.lock().await;
        match &bytes {
            Ok(bytes) if !was_there && kept.cells.contains_key(address) => {
                kept.bytes += bytes.len();
                if kept.bytes > MOST_BYTES {
                    *kept = Kept::default();
                }
            }
            Ok(_) => {}
            Err(_) => drop(kept.cells.remove(address)),
        }
        bytes
    }
}
