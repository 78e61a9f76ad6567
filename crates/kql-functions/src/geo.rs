//! Places on the earth: points, lines and polygons as GeoJSON writes them, on a sphere.

pub mod covering;
pub mod geohash;
pub mod json;
pub mod polygon;
pub mod s2;
pub mod sphere;
pub mod tessellate;
pub mod wkt;
