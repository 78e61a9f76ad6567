//! Places on the earth: points, lines and polygons as GeoJSON writes them, on a sphere.

pub mod arrangement;
pub mod buffer;
pub mod covering;
pub mod digits;
pub mod geohash;
pub mod json;
pub mod outline;
pub mod overlay;
pub mod polygon;
pub mod s2;
pub mod sphere;
pub mod tessellate;
pub mod wkt;
