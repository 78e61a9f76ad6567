//! Polygons on the sphere.

use std::f64::consts::PI;

use super::json::Place;
use super::sphere::{Vector, closest, meet, signed_area};

/// How many edges a polygon may have: that none crosses another costs the square.
const MOST_EDGES: usize = 20_000;

/// A polygon: an outer ring and its holes.
pub struct Polygon {
    rings: Vec<Ring>,
}

/// A closed line that does not meet itself, its corners against the clock round the smaller side of the earth.
pub struct Ring {
    /// The corners, the first not again at the end.
    pub corners: Vec<Vector>,
    /// The same as they were written.
    pub places: Vec<Place>,
    /// A cap that holds all: its middle, and the cosine of its radius.
    cap: (Vector, f64),
}

impl Ring {
    fn new(mut places: Vec<Place>) -> Option<Self> {
        if places.len() < 4 || places.len() > MOST_EDGES || places.first() != places.last() {
            return None;
        }
        places.pop();
        let mut corners: Vec<Vector> =
            places.iter().map(|place| Vector::unchecked(place.0, place.1)).collect();
        if !is_simple(&corners) {
            return None;
        }
        if area(&corners) < 0.0 {
            corners.reverse();
            places.reverse();
        }
        Some(Self::of(corners, places))
    }

    /// A ring of corners that are known to be one.
    #[must_use]
    pub fn around(corners: Vec<Vector>) -> Self {
        let places = corners.iter().map(|corner| corner.degrees()).collect();
        Self::of(corners, places)
    }

    fn of(corners: Vec<Vector>, places: Vec<Place>) -> Self {
        let middle = corners.iter().fold(Vector::ZERO, |a, b| a.plus(*b)).unit();
        let widest = corners.iter().map(|corner| middle.angle(*corner)).fold(0.0, f64::max);
        // Beyond a quarter of the way round, an edge may leave the cap that holds its ends.
        let reach = if widest < PI / 2.0 { (widest + 1e-9).cos() } else { -1.0 };
        Self { corners, places, cap: (middle, reach) }
    }

    /// Its edges.
    pub fn edges(&self) -> impl Iterator<Item = (Vector, Vector)> {
        let next = self.corners.iter().skip(1).chain(self.corners.first());
        self.corners.iter().copied().zip(next.copied())
    }

    /// Whether a point lies on its smaller side.
    #[must_use]
    pub fn holds(&self, point: Vector) -> bool {
        if point.dot(self.cap.0) < self.cap.1 {
            return false;
        }
        // How often the ring goes round the point.
        let turn = |(a, b): (Vector, Vector)| {
            let (a, b) = (point.cross(a), point.cross(b));
            point.dot(a.cross(b)).atan2(a.dot(b))
        };
        self.edges().map(turn).sum::<f64>() > PI
    }

    /// The area, of the whole sphere 4 pi.
    #[must_use]
    pub fn area(&self) -> f64 {
        area(&self.corners).abs()
    }

    /// A vector towards its centre of mass, as long as it is large.
    #[must_use]
    pub fn centroid(&self) -> Vector {
        let zero = Vector::ZERO;
        fan(&self.corners).fold(zero, |sum, (a, b, c)| sum.plus(triangle_centroid(a, b, c)))
    }
}

/// The triangles from the first corner to each edge.
fn fan(corners: &[Vector]) -> impl Iterator<Item = (Vector, Vector, Vector)> {
    let first = corners.first().copied();
    corners.windows(2).skip(1).filter_map(move |two| Some((first?, *two.first()?, *two.last()?)))
}

fn area(corners: &[Vector]) -> f64 {
    fan(corners).map(|(a, b, c)| signed_area(a, b, c)).sum()
}

/// The integral of all points of a triangle.
fn triangle_centroid(a: Vector, b: Vector, c: Vector) -> Vector {
    let ratio = |angle: f64| if angle == 0.0 { 1.0 } else { angle / angle.sin() };
    let (ra, rb, rc) = (ratio(b.angle(c)), ratio(c.angle(a)), ratio(a.angle(b)));
    let vector = |x, y, z| Vector { x, y, z };
    let x = vector(a.x, b.x - a.x, c.x - a.x);
    let y = vector(a.y, b.y - a.y, c.y - a.y);
    let z = vector(a.z, b.z - a.z, c.z - a.z);
    let r = vector(ra, rb - ra, rc - ra);
    vector(y.cross(z).dot(r), z.cross(x).dot(r), x.cross(y).dot(r)).times(0.5)
}

/// Whether no corner comes twice, and no edge meets another but its neighbours.
fn is_simple(corners: &[Vector]) -> bool {
    let count = corners.len();
    let edge = |index: usize| Some((*corners.get(index)?, *corners.get((index + 1) % count)?));
    let boxes: Vec<[f64; 6]> = (0..count).filter_map(edge).map(bounds).collect();
    let far = |i: usize, j: usize| match (boxes.get(i), boxes.get(j)) {
        (Some(a), Some(b)) => (0..3).any(|axis| a[axis] > b[axis + 3] || b[axis] > a[axis + 3]),
        _ => false,
    };
    for i in 0..count {
        let Some((a, b)) = edge(i) else { return false };
        if a == b {
            return false;
        }
        for j in i + 2..count {
            let is_neighbour = i == 0 && j == count - 1;
            let Some((c, d)) = edge(j).filter(|_| !is_neighbour && !far(i, j)) else { continue };
            if meet(a, b, c, d) {
                return false;
            }
        }
    }
    true
}

/// The least and greatest of each axis that a line can reach.
pub(super) fn bounds((a, b): (Vector, Vector)) -> [f64; 6] {
    // A line bulges out of the chord by no more than an eighth of the square of its length, generously.
    let bulge = a.minus(b).dot(a.minus(b)) / 4.0 + 1e-14;
    [
        a.x.min(b.x) - bulge,
        a.y.min(b.y) - bulge,
        a.z.min(b.z) - bulge,
        a.x.max(b.x) + bulge,
        a.y.max(b.y) + bulge,
        a.z.max(b.z) + bulge,
    ]
}

impl Polygon {
    /// Of rings that end where they begin, the first one the outer one.
    ///
    /// None where a ring has too few corners, the same one twice in a row, or meets itself.
    #[must_use]
    pub fn new(rings: Vec<Vec<Place>>) -> Option<Self> {
        let rings: Vec<Ring> = rings.into_iter().map(Ring::new).collect::<Option<_>>()?;
        (!rings.is_empty()).then_some(Self { rings })
    }

    /// Of rings that are known to be a polygon's, the outer one first.
    #[must_use]
    pub fn of(rings: Vec<Ring>) -> Self {
        Self { rings }
    }

    /// The outer ring and the holes.
    #[must_use]
    pub fn rings(&self) -> &[Ring] {
        &self.rings
    }

    /// Whether a point lies in it.
    #[must_use]
    pub fn holds(&self, point: Vector) -> bool {
        let mut rings = self.rings.iter();
        rings.next().is_some_and(|outer| outer.holds(point)) && !rings.any(|hole| hole.holds(point))
    }

    /// The edges of all rings.
    pub fn edges(&self) -> impl Iterator<Item = (Vector, Vector)> {
        self.rings.iter().flat_map(Ring::edges)
    }

    /// The area, of the whole sphere 4 pi.
    #[must_use]
    pub fn area(&self) -> f64 {
        let holes: f64 = self.rings.iter().skip(1).map(Ring::area).sum();
        self.rings.first().map_or(0.0, Ring::area) - holes
    }

    /// A vector towards its centre of mass, as long as it is large.
    #[must_use]
    pub fn centroid(&self) -> Vector {
        let zero = Vector::ZERO;
        let holes = self.rings.iter().skip(1).fold(zero, |sum, hole| sum.plus(hole.centroid()));
        self.rings.first().map_or(zero, Ring::centroid).minus(holes)
    }

    /// Whether it has a point in common with another.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let first = |polygon: &Self| polygon.edges().next().map(|edge| edge.0);
        first(self).is_some_and(|point| other.holds(point))
            || first(other).is_some_and(|point| self.holds(point))
            || self.edges().any(|(a, b)| other.edges().any(|(c, d)| meet(a, b, c, d)))
    }
}

/// Whether a point lies in one of several polygons.
#[must_use]
pub fn any_holds(polygons: &[Polygon], point: Vector) -> bool {
    polygons.iter().any(|polygon| polygon.holds(point))
}

/// The point of several lines that lies closest to another.
pub fn closest_of(edges: impl Iterator<Item = (Vector, Vector)>, point: Vector) -> Option<Vector> {
    let mut best: Option<(f64, Vector)> = None;
    for (a, b) in edges {
        let candidate = closest(point, a, b);
        let distance = point.minus(candidate).norm();
        if best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, point)| point)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(from: f64, to: f64) -> Vec<Place> {
        vec![(from, from), (from, to), (to, to), (to, from), (from, from)]
    }

    #[test]
    fn holds_points() {
        let polygon = Polygon::new(vec![square(0.0, 10.0), square(4.0, 6.0)]).unwrap();
        let holds = |x, y| polygon.holds(Vector::at(x, y).unwrap());
        assert!(holds(1.0, 1.0) && holds(9.0, 5.0));
        assert!(!holds(5.0, 5.0) && !holds(11.0, 1.0) && !holds(-179.0, -1.0));
    }

    #[test]
    fn wrong_rings_are_none() {
        assert!(Polygon::new(vec![]).is_none());
        let wrong = |ring: &[Place]| Polygon::new(vec![ring.to_vec()]).is_none();
        assert!(wrong(&[(0.0, 0.0), (10.0, 10.0), (10.0, 10.0), (0.0, 0.0)]));
        assert!(wrong(&[(0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0), (0.0, 0.0)]));
        assert!(wrong(&[(0.0, 0.0), (1.0, 1.0), (0.0, 1.0)]));
    }

    #[test]
    fn polygons_meet() {
        let polygon = |from, to| Polygon::new(vec![square(from, to)]).unwrap();
        assert!(polygon(0.0, 10.0).meets(&polygon(2.0, 3.0)));
        assert!(polygon(2.0, 3.0).meets(&polygon(0.0, 10.0)));
        assert!(polygon(0.0, 2.0).meets(&polygon(1.0, 3.0)));
        assert!(!polygon(0.0, 1.0).meets(&polygon(2.0, 3.0)));
    }
}
