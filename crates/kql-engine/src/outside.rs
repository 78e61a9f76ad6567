//! What queries may reach beyond their tables: nothing, unless whoever embeds the engine gives it.

use std::net::IpAddr;
use std::sync::Arc;

use arrow::array::RecordBatch;
use async_trait::async_trait;
use kql_semantics::{Type, Value};
use kql_syntax::Name;

use crate::TableSource;

/// What queries may reach beyond their tables. The engine itself knows no files and no network; each method refuses unless
/// it is written.
#[async_trait]
pub trait Outside: Send + Sync {
    /// The rows of `externaldata`, in the arrays of `kql_functions::physical`, a batch's columns in the order of the table's.
    async fn external_data(
        &self,
        _table: &ExternalTable,
    ) -> Result<Vec<RecordBatch>, OutsideError> {
        Err(OutsideError::NotGiven)
    }

    /// What a server answers: `evaluate http_request(...)`.
    async fn http(&self, _request: &HttpRequest) -> Result<HttpResponse, OutsideError> {
        Err(OutsideError::NotGiven)
    }

    /// Where internet addresses are: `geo_info_from_ip_address()`.
    fn locations(&self) -> Option<Arc<dyn Locations>> {
        None
    }

    /// The rows that a function without text gives, or looks its input up in (`FileProfile`); its scalar arguments are null
    /// where they were left out or depend on rows.
    fn called(&self, _function: &str, _arguments: &[Value]) -> Result<TableSource, OutsideError> {
        Err(OutsideError::NotGiven)
    }
}

/// Nothing beyond the tables.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Outside for Nothing {}

/// `externaldata(columns)[places] with (properties)`
#[derive(Clone, Debug, PartialEq)]
pub struct ExternalTable {
    /// The declared columns.
    pub columns: Vec<(Name, Type)>,
    /// Where the data lies: addresses and paths as written.
    pub places: Vec<String>,
    /// `format`, `ignoreFirstRecord`, ... as written.
    pub properties: Vec<(Name, Value)>,
}

/// A request to a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpRequest {
    /// Where to.
    pub address: String,
    /// Names and values, in order.
    pub headers: Vec<(String, String)>,
    /// What is sent; a request with a body is a `POST`, one without a `GET`.
    pub body: Option<String>,
}

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    /// Names and values, in order.
    pub headers: Vec<(String, String)>,
    /// As text.
    pub body: String,
}

/// Where internet addresses are.
pub trait Locations: Send + Sync {
    /// Where an address is, as far as that is known; none for one that is not.
    fn locate(&self, address: IpAddr) -> Option<Location>;
}

/// Where an internet address is. **Unit**: degrees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Location {
    /// The country's English name.
    pub country: Option<String>,
    /// The English name of its part: a state, a province.
    pub state: Option<String>,
    /// The city's English name.
    pub city: Option<String>,
    /// North of the equator.
    pub latitude: Option<f64>,
    /// East of Greenwich.
    pub longitude: Option<f64>,
}

/// Why something is not had from outside.
#[derive(Debug, thiserror::Error)]
pub enum OutsideError {
    /// Nobody gives such things here.
    #[error("nothing from outside is given")]
    NotGiven,
    /// It is not allowed, or not given: mend the query, or allow it.
    #[error("{message}")]
    Refused {
        /// What is missing, in the words of the query; no secret of its address.
        message: String,
        /// What would give it.
        help: String,
    },
    /// It is allowed, and could not be had.
    #[error("{0}")]
    Failed(String),
}
