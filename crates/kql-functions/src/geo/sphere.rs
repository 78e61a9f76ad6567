//! Points of the unit sphere, and the shortest lines between them.

use std::f64::consts::PI;

/// The radius that Kusto gives the earth, in metres.
pub const EARTH_RADIUS: f64 = 6_371_010.0;

/// A point, or any other vector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vector {
    /// Towards longitude 0 on the equator.
    pub x: f64,
    /// Towards longitude 90 on the equator.
    pub y: f64,
    /// Towards the north pole.
    pub z: f64,
}

impl Vector {
    /// No direction.
    pub const ZERO: Self = Self { x: 0.0, y: 0.0, z: 0.0 };

    /// The point at a longitude and latitude in degrees; none where they are out of range.
    #[must_use]
    pub fn at(longitude: f64, latitude: f64) -> Option<Self> {
        let is_place = (-180.0..=180.0).contains(&longitude) && (-90.0..=90.0).contains(&latitude);
        is_place.then(|| Self::unchecked(longitude, latitude))
    }

    /// The point at a longitude and latitude in degrees.
    #[must_use]
    pub fn unchecked(longitude: f64, latitude: f64) -> Self {
        let (theta, phi) = (PI / 180.0 * longitude, PI / 180.0 * latitude);
        let cos_phi = phi.cos();
        Self { x: theta.cos() * cos_phi, y: theta.sin() * cos_phi, z: phi.sin() }
    }

    /// Longitude and latitude in degrees.
    #[must_use]
    pub fn degrees(self) -> (f64, f64) {
        let longitude = self.y.atan2(self.x);
        let latitude = self.z.atan2((self.x * self.x + self.y * self.y).sqrt());
        (180.0 / PI * longitude, 180.0 / PI * latitude)
    }

    /// The inner product.
    #[must_use]
    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    /// The outer product.
    #[must_use]
    pub fn cross(self, other: Self) -> Self {
        Self {
            x: self.y * other.z - self.z * other.y,
            y: self.z * other.x - self.x * other.z,
            z: self.x * other.y - self.y * other.x,
        }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y, z: self.z + other.z }
    }

    /// The way from the other to this one.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(other.times(-1.0))
    }

    /// So many times as long.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { x: self.x * factor, y: self.y * factor, z: self.z * factor }
    }

    /// The length.
    #[must_use]
    pub fn norm(self) -> f64 {
        self.dot(self).sqrt()
    }

    /// The point of the sphere in its direction.
    #[must_use]
    pub fn unit(self) -> Self {
        let norm = self.norm();
        if norm == 0.0 { self } else { self.times(1.0 / norm) }
    }

    /// The angle between two vectors, in radians.
    #[must_use]
    pub fn angle(self, other: Self) -> f64 {
        self.cross(other).norm().atan2(self.dot(other))
    }

    /// A vector across the line between two points, exact where they lie close to each other.
    #[must_use]
    pub fn across(self, other: Self) -> Self {
        self.plus(other).cross(other.minus(self))
    }

    /// The point of the shortest line to another that lies so far along it, from 0 to 1.
    #[must_use]
    pub fn towards(self, other: Self, fraction: f64) -> Self {
        let whole = self.angle(other);
        if whole == 0.0 {
            return self;
        }
        let (a, b) = (((1.0 - fraction) * whole).sin(), (fraction * whole).sin());
        self.times(a).plus(other.times(b)).unit()
    }
}

/// The angle between two points given by longitude and latitude in radians, by the formula that Kusto uses.
#[must_use]
pub fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let radians = |degrees: f64| PI / 180.0 * degrees;
    let (latitude_a, latitude_b) = (radians(a.1), radians(b.1));
    let (by_latitude, by_longitude) =
        ((0.5 * (latitude_b - latitude_a)).sin(), (0.5 * (radians(b.0) - radians(a.0))).sin());
    let square = by_latitude * by_latitude
        + by_longitude * by_longitude * latitude_a.cos() * latitude_b.cos();
    2.0 * square.clamp(0.0, 1.0).sqrt().asin()
}

/// The point of the line from `a` to `b` that lies closest to `point`.
#[must_use]
pub fn closest(point: Vector, a: Vector, b: Vector) -> Vector {
    let normal = a.across(b);
    if normal.norm() > 0.0 && normal.cross(a).dot(point) > 0.0 && b.cross(normal).dot(point) > 0.0 {
        let normal = normal.unit();
        return point.minus(normal.times(normal.dot(point))).unit();
    }
    if point.minus(a).norm() <= point.minus(b).norm() { a } else { b }
}

/// The area of a triangle on the sphere, positive where its corners go round against the clock.
#[must_use]
pub fn signed_area(a: Vector, b: Vector, c: Vector) -> f64 {
    let (side_a, side_b, side_c) = (b.angle(c), c.angle(a), a.angle(b));
    let half = 0.5 * (side_a + side_b + side_c);
    let tangents = (0.5 * half).tan()
        * (0.5 * (half - side_a)).tan()
        * (0.5 * (half - side_b)).tan()
        * (0.5 * (half - side_c)).tan();
    let area = 4.0 * tangents.max(0.0).sqrt().atan();
    if a.dot(b.cross(c)) < 0.0 { -area } else { area }
}

/// Whether a point lies to the left of the line from `a` to `b`, above zero, or to the right: the volume between the three,
/// exact where they lie close to each other.
#[must_use]
pub fn turn(a: Vector, b: Vector, point: Vector) -> f64 {
    a.dot(b.minus(a).cross(point.minus(a)))
}

/// Whether the lines from `a` to `b` and from `c` to `d` have a point in common.
#[must_use]
pub fn meet(a: Vector, b: Vector, c: Vector, d: Vector) -> bool {
    let (ab, cd) = (a.across(b), c.across(d));
    let (abc, abd) = (ab.dot(c), ab.dot(d));
    let (cda, cdb) = (cd.dot(a), cd.dot(b));
    if abc * abd < 0.0 && cda * cdb < 0.0 {
        // They cross, and not one of them on the other side of the sphere.
        return abc.signum() != cda.signum();
    }
    let lies_on = |point: Vector, from: Vector, to: Vector| {
        point.minus(closest(point, from, to)).norm() < 1e-15
    };
    lies_on(a, c, d) || lies_on(b, c, d) || lies_on(c, a, b) || lies_on(d, a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(longitude: f64, latitude: f64) -> Vector {
        Vector::at(longitude, latitude).unwrap()
    }

    #[test]
    fn measures() {
        let metres = distance((-122.407628, 47.578557), (-118.275287, 34.019056)) * EARTH_RADIUS;
        assert!((metres - 1546754.3519738095).abs() < 1e-6);
        assert_eq!(Vector::at(300.0, 0.0), None);
        let near = closest(point(5.0, 1.0), point(0.0, 0.0), point(10.0, 0.0)).degrees();
        assert!((near.0 - 5.0).abs() < 1e-9 && near.1.abs() < 1e-9);
        assert_eq!(closest(point(20.0, 1.0), point(0.0, 0.0), point(10.0, 0.0)), point(10.0, 0.0));
    }

    #[test]
    fn lines_meet() {
        let meets = |a, b, c, d| meet(a, b, c, d);
        let [a, b, c, d] =
            [(0.0, 0.0), (2.0, 2.0), (0.0, 2.0), (2.0, 0.0)].map(|(x, y)| point(x, y));
        assert!(meets(a, b, c, d) && !meets(a, c, b, d) && meets(a, b, b, c));
        assert!(!meets(a, b, point(-1.0, 1.0), point(-0.5, 0.5)));
        // The other side of the earth.
        assert!(!meets(a, b, point(180.0, -2.0), point(-178.0, 0.0)));
    }
}
