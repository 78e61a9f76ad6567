//! Lines that are straight on a map, made of ones that are straight on the sphere.

use super::json::Place;
use super::sphere::{EARTH_RADIUS, Vector};

/// How deep an edge may be halved.
const DEEPEST: u32 = 24;

/// How far a halved edge is looked at: where the distance between both lines is about the largest.
const NEAR: f64 = 0.312_156_910_822_483_12;

/// How much larger than what is seen there the distance may be.
const SCALE: f64 = 0.838_299_925_698_885_1;

/// The least tolerance that has a meaning, in radians.
const LEAST: f64 = 1e-13;

/// Adds the places between two, and the second, so that the line on the sphere stays within a tolerance, in metres, of the
/// line on the map.
pub fn add_edge(from: Place, to: Place, tolerance: f64, places: &mut Vec<Place>) {
    let tolerance = SCALE * (tolerance / EARTH_RADIUS).max(LEAST);
    // The shorter way round, as a map without edges has it.
    let turns = ((to.0 - from.0) / 360.0).round();
    halve(from, (to.0 - turns * 360.0, to.1), (tolerance, 0), places);
}

fn halve(from: Place, to: Place, (tolerance, depth): (f64, u32), places: &mut Vec<Place>) {
    let at = |place: Place| Vector::unchecked(place.0, place.1);
    if depth >= DEEPEST || error(from, to) <= tolerance {
        places.push(at(to).degrees());
        return;
    }
    let middle = between(from, to, 0.5);
    halve(from, middle, (tolerance, depth + 1), places);
    halve(middle, to, (tolerance, depth + 1), places);
}

fn between(from: Place, to: Place, fraction: f64) -> Place {
    let mix = |a: f64, b: f64| (1.0 - fraction) * a + fraction * b;
    (mix(from.0, to.0), mix(from.1, to.1))
}

/// How far both lines lie apart, in radians.
fn error(from: Place, to: Place) -> f64 {
    let at = |place: Place| Vector::unchecked(place.0, place.1);
    let (a, b) = (at(from), at(to));
    if a.dot(b) < -1e-14 {
        return f64::INFINITY;
    }
    let apart = |fraction| at(between(from, to, fraction)).angle(a.towards(b, fraction));
    apart(NEAR).max(apart(1.0 - NEAR))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_long_edges_only() {
        let mut places = Vec::new();
        add_edge((50.0, 50.0), (51.0, 51.0), 10.0, &mut places);
        assert_eq!(places.len(), 8);
        assert!((places[3].0 - 50.5).abs() < 1e-9 && (places[3].1 - 50.5).abs() < 1e-9);
        places.clear();
        add_edge((-73.949247, 40.79686), (-73.973017, 40.764323), 10.0, &mut places);
        assert_eq!(places.len(), 1);
    }
}
