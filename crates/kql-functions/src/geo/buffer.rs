//! All that lies within a distance of points, lines and polygons.
//!
//! The border is walked as the real engine's library walks it, so that corners come in its number and order: arcs round corners
//! that are cut into as few edges as the tolerance allows, and arcs along edges. Where the walk turns inwards it comes back through
//! the corner itself; what it goes round at least once is the result.

use std::f64::consts::{PI, TAU};

use super::arrangement::{Arrangement, Edge};
use super::outline::{self, Rings};
use super::overlay;
use super::sphere::{EARTH_RADIUS, Vector};
use crate::KernelError;

/// How many corners a border may have before it is laid over itself.
const MOST_CORNERS: usize = 20_000;

/// The least tolerance, as a part of the radius.
const LEAST_TOLERANCE: f64 = 1e-6;

/// How far from their middle shapes and what lies round them may reach, in radians.
const WIDEST: f64 = 1.4;

/// A distance, and how closely its border is to be kept.
#[derive(Clone, Copy)]
pub struct Buffer {
    radius: f64,
    /// The angle between the corners of an arc round a corner, in radians.
    corner_step: f64,
    /// The distance between the corners of an arc along an edge, in radians.
    edge_step: f64,
}

impl Buffer {
    /// A radius and a tolerance, in metres; none where they make no sense.
    ///
    /// A tolerance beyond the radius counts as one just below it.
    #[must_use]
    pub fn new(radius: f64, tolerance: f64) -> Option<Self> {
        let is_one = radius > 0.0 && tolerance > 0.0 && tolerance >= LEAST_TOLERANCE * radius;
        let radians = radius / EARTH_RADIUS;
        if !is_one || radians >= WIDEST {
            return None;
        }
        let error = radians * (tolerance / radius).min(0.999_999);
        Some(Self {
            radius: radians,
            corner_step: longest_step(radians, error),
            edge_step: longest_step(PI / 2.0 - radians, error),
        })
    }

    /// A circle round a point, its border first.
    #[must_use]
    pub fn circle(&self, middle: Vector) -> Vec<Vector> {
        let count = (TAU / self.corner_step).ceil();
        let step = TAU / count + 1e-15;
        let mut start = beside(middle);
        let (mut angle, mut corners) = (0.0, Vec::new());
        // A quarter at a time, so that no error grows.
        for _ in 0..4 {
            let ahead = middle.cross(start).unit();
            while angle < PI / 2.0 {
                corners.push(on_ray(middle, on_ray(start, ahead, angle), self.radius));
                angle += step;
            }
            angle -= PI / 2.0;
            start = ahead;
        }
        corners
    }

    /// All that lies within the distance of lines, each of which is walked from one end to the other and back.
    ///
    /// **Errors**: they have too many corners.
    pub fn lines(&self, lines: &[Vec<Vector>]) -> Result<Vec<Rings>, KernelError> {
        let borders = lines.iter().map(|line| self.round_line(line));
        within(&borders.collect::<Result<Vec<_>, _>>()?)
    }

    fn round_line(&self, line: &[Vector]) -> Result<Vec<Vector>, KernelError> {
        let mut walk = Walk::new(*self);
        let (Some([first, second]), Some([before, last])) = (line.first_chunk(), line.last_chunk())
        else {
            return Ok(Vec::new());
        };
        let axis = side(*first, *second);
        walk.corner(*first, (axis.times(-1.0), axis));
        for three in line.windows(3) {
            if let [a, b, c] = three {
                walk.edge_and_corner(*a, *b, *c)?;
            }
        }
        walk.edge(*before, *last);
        let axis = side(*before, *last);
        walk.corner(*last, (axis, axis.times(-1.0)));
        let back: Vec<Vector> = line.iter().rev().copied().collect();
        for three in back.windows(3) {
            if let [a, b, c] = three {
                walk.edge_and_corner(*a, *b, *c)?;
            }
        }
        walk.edge(*second, *first);
        Ok(walk.border)
    }

    /// All that lies within the distance of polygons, and they themselves.
    ///
    /// **Errors**: they have too many corners.
    pub fn polygons(&self, polygons: &[Rings]) -> Result<Vec<Rings>, KernelError> {
        let mut borders = Vec::new();
        for ring in polygons.iter().flatten() {
            let mut walk = Walk::new(*self);
            let at =
                |index: usize| ring.get(index % ring.len().max(1)).copied().unwrap_or(Vector::ZERO);
            for index in 0..ring.len() {
                walk.edge_and_corner(at(index), at(index + 1), at(index + 2))?;
            }
            borders.push(walk.border);
        }
        within(&borders)
    }
}

/// How far along a circle the next corner may lie, so that its chord stays within an error, in radians.
fn longest_step(radius: f64, error: f64) -> f64 {
    let least = (radius - error).max(0.0);
    let third = TAU / 3.0 + 1e-15;
    third.min(2.0 * (least.tan() / radius.tan()).acos())
}

/// The point at a distance from another, in a direction across it.
fn on_ray(point: Vector, direction: Vector, distance: f64) -> Vector {
    point.times(distance.cos()).plus(direction.times(distance.sin())).unit()
}

/// The direction to the right of an edge.
fn side(from: Vector, to: Vector) -> Vector {
    to.across(from).unit()
}

/// A direction across a point: where circles begin.
fn beside(point: Vector) -> Vector {
    let axes = [point.x.abs(), point.y.abs(), point.z.abs()];
    let largest = (0..3).fold(0, |best, axis| if axes[axis] > axes[best] { axis } else { best });
    let mut odd = [0.012, 0.005_3, 0.004_57];
    odd[(largest + 2) % 3] = 1.0;
    point.cross(Vector { x: odd[0], y: odd[1], z: odd[2] }).unit()
}

/// A walk along the border of what lies near.
struct Walk {
    buffer: Buffer,
    border: Vec<Vector>,
}

impl Walk {
    fn new(buffer: Buffer) -> Self {
        Self { buffer, border: Vec::new() }
    }

    /// An arc round a corner, up to but without its end.
    fn corner(&mut self, corner: Vector, (start, end): (Vector, Vector)) {
        let ahead = corner.cross(start).unit();
        let (mut angle, span) = (0.0, start.angle(end));
        loop {
            self.border.push(on_ray(corner, on_ray(start, ahead, angle), self.buffer.radius));
            angle += self.buffer.corner_step;
            if angle >= span {
                break;
            }
        }
    }

    /// An arc along an edge, up to but without its end.
    fn edge(&mut self, from: Vector, to: Vector) {
        let side = side(from, to);
        let ahead = from.cross(side).unit();
        let (mut distance, span) = (0.0, from.angle(to));
        loop {
            self.border.push(on_ray(on_ray(from, ahead, distance), side, self.buffer.radius));
            distance += self.buffer.edge_step;
            if distance >= span {
                break;
            }
        }
    }

    /// An edge, and the corner at its end, from where the next edge goes to a third point.
    fn edge_and_corner(&mut self, a: Vector, b: Vector, c: Vector) -> Result<(), KernelError> {
        self.edge(a, b);
        if super::sphere::turn(a, b, c) >= 0.0 {
            self.corner(b, (side(a, b), side(b, c)));
        } else {
            // Inwards: back to the corner, so that every region is gone round as often as it should.
            self.border.push(on_ray(b, side(a, b), self.buffer.radius));
            self.border.push(b);
        }
        if self.border.len() > MOST_CORNERS {
            return Err(KernelError::new(
                "a border of more than 20,000 corners: allow a larger tolerance",
            ));
        }
        Ok(())
    }
}

/// What borders go round at least once.
fn within(borders: &[Vec<Vector>]) -> Result<Vec<Rings>, KernelError> {
    let of_border = |border: &Vec<Vector>| {
        let next = border.iter().skip(1).chain(border.first()).copied().collect::<Vec<_>>();
        border
            .iter()
            .zip(next)
            .map(|(from, to)| Edge { from: *from, to, layer: 0 })
            .collect::<Vec<_>>()
    };
    let edges: Vec<Edge> = borders.iter().flat_map(of_border).collect();
    let middle = edges.iter().fold(Vector::ZERO, |sum, edge| sum.plus(edge.from)).unit();
    if edges.iter().any(|edge| edge.from.angle(middle) > WIDEST) {
        return Err(KernelError::new(
            "buffers that reach a quarter of the way round the earth are not supported",
        ));
    }
    let arrangement = Arrangement::new(&edges, (overlay::aside(&edges), [0; 2]))?;
    Ok(outline::region(&arrangement, |sides| sides[0] > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_has_as_many_corners_as_its_tolerance_asks_for() {
        let middle = Vector::unchecked(-115.174_500_827_8, 36.149_725_127_7);
        let buffer = Buffer::new(20_000.0, 10.0).unwrap();
        let corners = buffer.circle(middle);
        assert_eq!(corners.len(), 100);
        let far = |corner: &Vector| (corner.angle(middle) * EARTH_RADIUS - 20_000.0).abs() < 1e-3;
        assert!(corners.iter().all(far));
        assert!(Buffer::new(-1.0, 10.0).is_none() && Buffer::new(1.0, 0.0).is_none());
    }

    #[test]
    fn a_bent_line_is_one_region() {
        let line: Vec<Vector> = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]
            .iter()
            .map(|at| Vector::unchecked(at.0, at.1))
            .collect();
        let around = Buffer::new(10_000.0, 100.0).unwrap().lines(&[line]).unwrap();
        assert_eq!(around.len(), 1);
        assert_eq!(around[0].len(), 1);
    }

    #[test]
    fn a_narrow_ring_keeps_its_hole_or_loses_it() {
        let line: Vec<Vector> = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
            .iter()
            .map(|at| Vector::unchecked(at.0, at.1))
            .collect();
        let rings = |radius| {
            Buffer::new(radius, 100.0).unwrap().lines(std::slice::from_ref(&line)).unwrap()[0].len()
        };
        assert_eq!((rings(10_000.0), rings(80_000.0)), (2, 1));
    }
}
