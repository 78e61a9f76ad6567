//! Where internet addresses are, by a database in MaxMind's format.

use std::net::IpAddr;
use std::path::Path;

use kql_engine::outside::{Location, Locations};
use maxminddb::{Reader, geoip2};

use crate::StoreError;

/// A database.
pub(super) struct Database {
    reader: Reader<Vec<u8>>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Database({})", self.reader.metadata().database_type)
    }
}

impl Database {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::NotThere(path.to_owned()));
        }
        let reader = Reader::open_readfile(path).map_err(|error| StoreError::Given {
            path: path.to_owned(),
            why: format!("is no database in MaxMind's format: {error}"),
        })?;
        Ok(Self { reader })
    }
}

impl Locations for Database {
    fn locate(&self, address: IpAddr) -> Option<Location> {
        let found = self.reader.lookup(address).ok()?;
        let city: geoip2::City<'_> = found.decode().ok()??;
        let own = |name: Option<&str>| name.map(str::to_owned);
        Some(Location {
            country: own(city.country.names.english),
            state: own(city.subdivisions.first().and_then(|part| part.names.english)),
            city: own(city.city.names.english),
            latitude: city.location.latitude,
            longitude: city.location.longitude,
        })
    }
}
