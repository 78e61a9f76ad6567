//! Shapes laid over each other: what they have in common, and what they are together.

use std::collections::BTreeMap;

use super::arrangement::{Arrangement, Edge, LAYERS};
use super::json::Place;
use super::outline::{self, Rings, Step};
use super::polygon::{Polygon, Ring};
use super::sphere::Vector;
use crate::KernelError;

/// What shapes have in common: points, lines and polygons.
#[derive(Default)]
pub struct Common {
    /// Points where they only touch.
    pub points: Vec<Vector>,
    /// Lines that lie on each other.
    pub lines: Vec<Vec<Vector>>,
    /// Regions.
    pub polygons: Vec<Rings>,
}

/// A polygon's rings, its outer one against the clock and its holes with it: the polygon lies to the left of each.
#[must_use]
pub fn rings_of(polygon: &Polygon) -> Rings {
    let own = polygon.rings().iter().enumerate();
    own.map(|(index, ring)| match index {
        0 => ring.corners.clone(),
        _ => ring.corners.iter().rev().copied().collect(),
    })
    .collect()
}

/// The edges of rings.
fn ring_edges(rings: &[Vec<Vector>], layer: usize) -> impl Iterator<Item = Edge> {
    rings.iter().flat_map(move |ring| {
        let next = ring.iter().skip(1).chain(ring.first());
        ring.iter().zip(next).map(move |(from, to)| Edge { from: *from, to: *to, layer })
    })
}

/// The edges of lines.
fn line_edges(lines: &[Vec<Place>], layer: usize) -> Vec<Edge> {
    let point = |place: &Place| Vector::unchecked(place.0, place.1);
    let of_line = |line: &Vec<Place>| {
        let two = line.iter().zip(line.iter().skip(1));
        two.map(|(a, b)| Edge { from: point(a), to: point(b), layer }).collect::<Vec<_>>()
    };
    lines.iter().flat_map(of_line).collect()
}

/// A point about a quarter of the way round from the middle of edges, on none of them.
#[must_use]
pub fn aside(edges: &[Edge]) -> Vector {
    let middle = edges.iter().fold(Vector::ZERO, |sum, edge| sum.plus(edge.from)).unit();
    // Any direction will do that is no likely one.
    let odd = Vector { x: 0.353_1, y: -0.587_3, z: 0.728_9 };
    let across = middle.cross(odd);
    if across.norm() < 1e-3 {
        Vector { x: 0.612_7, y: 0.790_2, z: 0.011_3 }.unit()
    } else {
        across.unit()
    }
}

/// How often polygons lie round a point.
fn rounds(polygons: &[Rings], point: Vector) -> i32 {
    let holds = |rings: &Rings| polygon_of(rings).holds(point);
    polygons.iter().map(|rings| i32::from(holds(rings))).sum()
}

/// Rings as a polygon.
#[must_use]
pub fn polygon_of(rings: &Rings) -> Polygon {
    let ring = |(index, ring): (usize, &Vec<Vector>)| match index {
        0 => Ring::around(ring.clone()),
        _ => Ring::around(ring.iter().rev().copied().collect()),
    };
    Polygon::of(rings.iter().enumerate().map(ring).collect())
}

/// Several polygons as rings; those that meet are united.
///
/// **Errors**: they have too many edges.
pub fn regions(polygons: &[Polygon]) -> Result<Vec<Rings>, KernelError> {
    let later = |index: usize| polygons.iter().skip(index + 1);
    let overlap = |(index, one): (usize, &Polygon)| later(index).any(|other| one.meets(other));
    if polygons.iter().enumerate().any(overlap) {
        return union(polygons.iter().map(|polygon| vec![rings_of(polygon)]).collect());
    }
    Ok(polygons.iter().map(rings_of).collect())
}

/// What several polygons are together.
///
/// The two of the fewest corners are united first, and so on, as the real engine's library does: the order of the corners depends
/// on it.
///
/// **Errors**: they have too many edges.
pub fn union(polygons: Vec<Vec<Rings>>) -> Result<Vec<Rings>, KernelError> {
    let corners = |polygons: &[Rings]| polygons.iter().flatten().map(Vec::len).sum::<usize>();
    let mut open: BTreeMap<(usize, usize), Vec<Rings>> = BTreeMap::new();
    let mut next = 0;
    for polygon in polygons {
        open.insert((corners(&polygon), next), polygon);
        next += 1;
    }
    loop {
        let Some(((size, _), one)) = open.pop_first() else { return Ok(Vec::new()) };
        let Some(((other_size, _), other)) = open.pop_first() else { return Ok(one) };
        open.insert((size + other_size, next), united(&one, &other)?);
        next += 1;
    }
}

fn united(one: &[Rings], other: &[Rings]) -> Result<Vec<Rings>, KernelError> {
    let arrangement = of_polygons(one, other)?;
    Ok(outline::region(&arrangement, |sides| sides.iter().any(|rounds| *rounds > 0)))
}

fn of_polygons(one: &[Rings], other: &[Rings]) -> Result<Arrangement, KernelError> {
    let of = |polygons: &[Rings], layer| {
        polygons.iter().flat_map(|rings| ring_edges(rings, layer)).collect::<Vec<_>>()
    };
    let mut edges = of(one, 0);
    edges.extend(of(other, 1));
    let known = aside(&edges);
    Arrangement::new(&edges, (known, [rounds(one, known), rounds(other, known)]))
}

/// What two shapes of polygons have in common; their borders belong to them.
///
/// **Errors**: they have too many edges.
pub fn common_of_polygons(one: &[Rings], other: &[Rings]) -> Result<Common, KernelError> {
    let arrangement = of_polygons(one, other)?;
    let is_both = |sides: [i32; LAYERS]| sides.iter().all(|rounds| *rounds > 0);
    let border = outline::border(&arrangement, is_both);
    // An edge that both have, with one to the left and the other to the right.
    let shared = arrangement.pieces.iter().filter(|piece| {
        piece.is_of == [true; LAYERS] && !is_both(piece.left) && !is_both(piece.right())
    });
    let shared: Vec<Step> = shared
        .map(|piece| {
            let (from, to) =
                if piece.net[0] < 0 { (piece.ends.1, piece.ends.0) } else { piece.ends };
            let number = piece.numbers.iter().flatten().min().copied().unwrap_or(0);
            Step { from, to, number }
        })
        .collect();
    let points = touched(&arrangement, border.iter().chain(&shared));
    let polygons = outline::region(&arrangement, is_both);
    Ok(Common { points, lines: outline::lines(&arrangement, shared), polygons })
}

/// What lines have in common with others.
///
/// **Errors**: they have too many edges.
pub fn common_of_lines(one: &[Vec<Place>], other: &[Vec<Place>]) -> Result<Common, KernelError> {
    let mut edges = line_edges(one, 0);
    edges.extend(line_edges(other, 1));
    let arrangement = Arrangement::cut(&edges)?;
    let steps = steps_where(&arrangement, |is_of, _| is_of == [true; LAYERS]);
    let points = touched(&arrangement, steps.iter());
    Ok(Common { points, lines: outline::lines(&arrangement, steps), polygons: Vec::new() })
}

/// What lines have in common with polygons, whose borders belong to them.
///
/// **Errors**: they have too many edges.
pub fn common_of_lines_and_polygons(
    lines: &[Vec<Place>],
    polygons: &[Rings],
) -> Result<Common, KernelError> {
    let mut edges = line_edges(lines, 0);
    edges.extend(polygons.iter().flat_map(|rings| ring_edges(rings, 1)));
    let known = aside(&edges);
    let arrangement = Arrangement::new(&edges, (known, [0, rounds(polygons, known)]))?;
    let steps = steps_where(&arrangement, |is_of, sides| {
        is_of[0] && sides.iter().any(|rounds| *rounds > 0)
    });
    let points = touched(&arrangement, steps.iter());
    Ok(Common { points, lines: outline::lines(&arrangement, steps), polygons: Vec::new() })
}

/// What several lines are together, each edge once.
///
/// **Errors**: two cross, and the real engine does not say whether both are cut there.
pub fn union_of_lines(lines: &[Vec<Place>]) -> Result<Vec<Vec<Vector>>, KernelError> {
    let arrangement = Arrangement::cut(&line_edges(lines, 0))?;
    if arrangement.has_crossings {
        return Err(KernelError::new("lines that cross each other are not united by this engine"));
    }
    let steps = steps_where(&arrangement, |_, _| true);
    Ok(outline::lines(&arrangement, steps))
}

/// The pieces of lines, by the layers that they are of and how often the second one goes round either side.
fn steps_where(
    arrangement: &Arrangement,
    is_wanted: impl Fn([bool; LAYERS], [i32; 2]) -> bool,
) -> Vec<Step> {
    let wanted = arrangement
        .pieces
        .iter()
        .filter(|piece| is_wanted(piece.is_of, [piece.left[1], piece.right()[1]]));
    wanted
        .map(|piece| {
            let [along, against] = piece.numbers;
            let is_along = along.is_some_and(|along| against.is_none_or(|against| along < against));
            let (from, to) = if is_along { piece.ends } else { (piece.ends.1, piece.ends.0) };
            Step { from, to, number: along.into_iter().chain(against).min().unwrap_or(0) }
        })
        .collect()
}

/// The points that both layers come to, and none of these steps does.
fn touched<'a>(arrangement: &Arrangement, steps: impl Iterator<Item = &'a Step>) -> Vec<Vector> {
    let mut is_of = vec![[false; LAYERS]; arrangement.points.len()];
    for piece in &arrangement.pieces {
        for place in [piece.ends.0, piece.ends.1] {
            if let Some(own) = is_of.get_mut(place) {
                own.iter_mut().zip(piece.is_of).for_each(|(own, is)| *own |= is);
            }
        }
    }
    for step in steps {
        for place in [step.from, step.to] {
            if let Some(own) = is_of.get_mut(place) {
                *own = [false; LAYERS];
            }
        }
    }
    let both = arrangement.points.iter().zip(is_of).filter(|(_, is_of)| *is_of == [true; LAYERS]);
    both.map(|(point, _)| *point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(from: f64, to: f64) -> Vec<Rings> {
        let corners = [(from, from), (to, from), (to, to), (from, to)];
        vec![vec![corners.iter().map(|place| Vector::unchecked(place.0, place.1)).collect()]]
    }

    #[test]
    fn squares_together() {
        let corners = |polygons: Vec<Rings>| -> Vec<Vec<usize>> {
            polygons.iter().map(|rings| rings.iter().map(Vec::len).collect()).collect()
        };
        let together = |squares| corners(union(squares).unwrap());
        assert_eq!(together(vec![square(0.0, 2.0), square(1.0, 3.0)]), [[8]]);
        assert_eq!(together(vec![square(0.0, 1.0), square(2.0, 3.0)]), [[4], [4]]);
        assert_eq!(together(vec![square(0.0, 9.0), square(2.0, 3.0)]), [[4]]);
        // Those that touch in a corner stay two; the same one twice is one.
        assert_eq!(together(vec![square(0.0, 1.0), square(1.0, 2.0)]), [[4], [4]]);
        assert_eq!(together(vec![square(0.0, 1.0), square(0.0, 1.0)]), [[4]]);
    }

    #[test]
    fn holes_stay_holes() {
        let outer = square(0.0, 9.0).remove(0).remove(0);
        let hole: Vec<Vector> = square(2.0, 4.0).remove(0).remove(0).into_iter().rev().collect();
        let shape = vec![vec![outer, hole]];
        let whole = union(vec![shape.clone(), square(3.0, 5.0)]).unwrap();
        assert_eq!(whole.len(), 1);
        assert_eq!(whole[0].len(), 2);
        let common = common_of_polygons(&shape, &square(3.0, 3.5)).unwrap();
        assert!(common.polygons.is_empty() && common.lines.is_empty() && common.points.is_empty());
    }

    #[test]
    fn what_only_touches_is_a_point_or_a_line() {
        let common = common_of_polygons(&square(0.0, 1.0), &square(1.0, 2.0)).unwrap();
        assert_eq!((common.points.len(), common.lines.len(), common.polygons.len()), (1, 0, 0));
        let right: Vec<Vector> = [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0)]
            .iter()
            .map(|place| Vector::unchecked(place.0, place.1))
            .collect();
        let common = common_of_polygons(&square(0.0, 1.0), &[vec![right]]).unwrap();
        assert_eq!((common.points.len(), common.lines.len(), common.polygons.len()), (0, 1, 0));
    }

    #[test]
    fn lines_go_on_where_others_end() {
        let line = |places: &[Place]| places.to_vec();
        let both = [
            line(&[(0.0, 0.0), (1.0, 0.0), (2.0, 1.0)]),
            line(&[(1.0, 0.0), (2.0, 1.0), (3.0, 3.0)]),
        ];
        let union = union_of_lines(&both).unwrap();
        assert_eq!(union.iter().map(Vec::len).collect::<Vec<_>>(), [4]);
        let crossing = [line(&[(0.0, 0.0), (2.0, 2.0)]), line(&[(0.0, 2.0), (2.0, 0.0)])];
        assert!(union_of_lines(&crossing).is_err());
        let common = common_of_lines(&crossing[..1], &crossing[1..]).unwrap();
        assert_eq!(common.points.len(), 1);
        let within = common_of_lines_and_polygons(&crossing[..1], &square(0.5, 1.5)).unwrap();
        assert_eq!(within.lines.iter().map(Vec::len).collect::<Vec<_>>(), [2]);
    }
}
