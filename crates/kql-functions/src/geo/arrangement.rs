//! Edges on the sphere, cut wherever they meet, and how often each layer of them goes round what lies beside the pieces.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::polygon::bounds;
use super::sphere::{Vector, closest, meet, turn};
use crate::KernelError;

/// How many edges may be laid over each other.
const MOST_EDGES: usize = 20_000;

/// How many pieces they may be cut into.
const MOST_PIECES: usize = 60_000;

/// Points closer than this are one: what two lines' crossing can be found to.
const SAME: f64 = 4e-15;

/// The side of the cells in which points are looked up, larger than `SAME`.
const CELL: f64 = 1e-14;

/// Where along a piece its sides are looked at; the next where the last lies on some line.
const LOOKS: [f64; 6] = [0.5, 0.31, 0.72, 0.43, 0.88, 0.13];

/// Two shapes, laid over each other.
pub const LAYERS: usize = 2;

/// An edge of a layer; its number is its place in the list.
#[derive(Clone, Copy)]
pub struct Edge {
    /// Where it begins.
    pub from: Vector,
    /// Where it ends.
    pub to: Vector,
    /// The shape that it belongs to.
    pub layer: usize,
}

/// A piece of one edge or of several that lie on each other, from one point to the next.
pub struct Piece {
    /// The places of its ends among the points.
    pub ends: (usize, usize),
    /// The least number of an edge that runs along it, and of one that runs against it.
    pub numbers: [Option<usize>; 2],
    /// For each layer, how many edges more run along it than against it.
    pub net: [i32; LAYERS],
    /// For each layer, whether an edge of it lies here.
    pub is_of: [bool; LAYERS],
    /// For each layer, how often its edges go round what lies to the left.
    pub left: [i32; LAYERS],
}

impl Piece {
    /// For each layer, how often its edges go round what lies to the right.
    #[must_use]
    pub fn right(&self) -> [i32; LAYERS] {
        std::array::from_fn(|layer| self.left[layer] - self.net[layer])
    }
}

/// Edges, cut.
pub struct Arrangement {
    /// The points where pieces begin and end.
    pub points: Vec<Vector>,
    /// The pieces.
    pub pieces: Vec<Piece>,
    /// Whether edges cross between their ends.
    pub has_crossings: bool,
}

impl Arrangement {
    /// Cuts edges, and finds what lies beside them. `around` is a point off all edges, with how often each layer goes round it.
    ///
    /// **Errors**: the edges are too many, or lie too close to each other to be told apart.
    pub fn new(edges: &[Edge], around: (Vector, [i32; LAYERS])) -> Result<Self, KernelError> {
        let mut arrangement = Self::cut(edges)?;
        arrangement.find_sides(around)?;
        Ok(arrangement)
    }

    /// Cuts edges; what lies beside them is not found.
    ///
    /// **Errors**: the edges are too many.
    pub fn cut(edges: &[Edge]) -> Result<Self, KernelError> {
        if edges.len() > MOST_EDGES {
            return Err(KernelError::new(
                "shapes of more than 20,000 edges can not be laid over each other",
            ));
        }
        let mut points = Points::default();
        let ends: Vec<(usize, usize)> =
            edges.iter().map(|edge| (points.place(edge.from), points.place(edge.to))).collect();
        let mut cuts: Vec<Vec<usize>> = ends.iter().map(|ends| vec![ends.0, ends.1]).collect();
        let mut has_crossings = false;
        for (one, other) in neighbours(edges) {
            has_crossings |= cut_both((one, other), &ends, &mut points, &mut cuts);
            if points.points.len() > MOST_PIECES {
                return Err(KernelError::new("the shapes cross each other too often"));
            }
        }
        let mut pieces = Pieces::default();
        for (number, edge) in edges.iter().enumerate() {
            let Some(places) = cuts.get_mut(number) else { continue };
            let along = |place: &usize| points.at(*place).minus(edge.from).norm();
            places.sort_by(|a, b| along(a).total_cmp(&along(b)));
            places.dedup();
            for two in places.windows(2) {
                if let [from, to] = two {
                    pieces.add((*from, *to), number, edge.layer);
                }
            }
        }
        Ok(Self { points: points.points, pieces: pieces.pieces, has_crossings })
    }

    fn at(&self, place: usize) -> Vector {
        self.points.get(place).copied().unwrap_or(Vector::ZERO)
    }

    /// The pieces that begin or end at each point.
    #[must_use]
    pub fn around_points(&self) -> Vec<Vec<usize>> {
        let mut around = vec![Vec::new(); self.points.len()];
        for (index, piece) in self.pieces.iter().enumerate() {
            for place in [piece.ends.0, piece.ends.1] {
                if let Some(own) = around.get_mut(place) {
                    own.push(index);
                }
            }
        }
        around
    }

    /// Finds what lies beside each piece: by a line from the point that is known, and on from there while no other piece meets.
    fn find_sides(&mut self, around: (Vector, [i32; LAYERS])) -> Result<(), KernelError> {
        let touching = self.around_points();
        let mut is_found = vec![false; self.pieces.len()];
        for start in 0..self.pieces.len() {
            if is_found.get(start).is_none_or(|found| *found) {
                continue;
            }
            let left = self.left_of(start, around)?;
            let mut open = vec![(start, left)];
            while let Some((index, left)) = open.pop() {
                let (Some(found), Some(piece)) =
                    (is_found.get_mut(index), self.pieces.get_mut(index))
                else {
                    continue;
                };
                if std::mem::replace(found, true) {
                    continue;
                }
                piece.left = left;
                let (ends, right) = (piece.ends, piece.right());
                for place in [ends.0, ends.1] {
                    let two = touching.get(place).map_or(&[][..], Vec::as_slice);
                    let [a, b] = two else { continue };
                    let next = if *a == index { *b } else { *a };
                    let Some(neighbour) = self.pieces.get(next) else { continue };
                    // The line goes on in the same direction where one ends and the other begins.
                    let goes_on = (neighbour.ends.0 == place) == (ends.1 == place);
                    open.push((next, if goes_on { left } else { right }));
                }
            }
        }
        Ok(())
    }

    /// How often each layer goes round what lies to the left of a piece.
    fn left_of(
        &self,
        index: usize,
        (known, rounds): (Vector, [i32; LAYERS]),
    ) -> Result<[i32; LAYERS], KernelError> {
        let Some(piece) = self.pieces.get(index) else { return Ok(rounds) };
        let (from, to) = (self.at(piece.ends.0), self.at(piece.ends.1));
        for fraction in LOOKS {
            let middle = from.towards(to, fraction);
            let Some(changes) = self.crossed(index, known, middle) else { continue };
            let reached: [i32; LAYERS] =
                std::array::from_fn(|layer| rounds[layer] + changes[layer]);
            let is_left = turn(from, to, known) > 0.0;
            return Ok(std::array::from_fn(|layer| {
                reached[layer] + if is_left { 0 } else { piece.net[layer] }
            }));
        }
        Err(KernelError::new("edges of the shapes lie too close to each other to be told apart"))
    }

    /// How the rounds change on the way from one point to another, on a piece; none where the way touches a point.
    fn crossed(&self, but: usize, from: Vector, to: Vector) -> Option<[i32; LAYERS]> {
        let mut changes = [0; LAYERS];
        for (index, piece) in self.pieces.iter().enumerate() {
            if index == but || piece.net == [0; LAYERS] {
                continue;
            }
            let (a, b) = (self.at(piece.ends.0), self.at(piece.ends.1));
            let (side_a, side_b) = (turn(from, to, a), turn(from, to, b));
            if side_a.abs() < 1e-15 || side_b.abs() < 1e-15 {
                // Too close to tell, unless it lies behind both.
                let is_far = from.dot(a) < -0.5 || to.dot(a) < -0.5;
                if is_far {
                    continue;
                }
                return None;
            }
            if (side_a > 0.0) == (side_b > 0.0) {
                continue;
            }
            let (side_from, side_to) = (turn(a, b, from), turn(a, b, to));
            if side_to.abs() <= 4e-16 * a.minus(b).norm() {
                return None;
            }
            let is_crossed = (side_from > 0.0) != (side_to > 0.0)
                // Not on the other side of the sphere.
                && (side_a > 0.0) != (side_from > 0.0);
            if is_crossed {
                let sign = if side_from > 0.0 { -1 } else { 1 };
                changes.iter_mut().zip(piece.net).for_each(|(change, net)| *change += sign * net);
            }
        }
        Some(changes)
    }
}

/// The pairs of edges that may meet.
fn neighbours(edges: &[Edge]) -> Vec<(usize, usize)> {
    let boxes: Vec<[f64; 6]> = edges.iter().map(|edge| bounds((edge.from, edge.to))).collect();
    let mut order: Vec<usize> = (0..edges.len()).collect();
    let least = |index: &usize| boxes.get(*index).map_or(0.0, |own| own[0]);
    order.sort_by(|a, b| least(a).total_cmp(&least(b)));
    let mut pairs = Vec::new();
    for (at, one) in order.iter().enumerate() {
        let Some(own) = boxes.get(*one) else { continue };
        for other in order.iter().skip(at + 1) {
            let Some(next) = boxes.get(*other) else { continue };
            if next[0] > own[3] {
                break;
            }
            if (1..3).all(|axis| own[axis] <= next[axis + 3] && next[axis] <= own[axis + 3]) {
                pairs.push(((*one).min(*other), (*one).max(*other)));
            }
        }
    }
    pairs
}

/// Cuts two edges where they meet; gives whether they cross between their ends.
fn cut_both(
    (one, other): (usize, usize),
    ends: &[(usize, usize)],
    points: &mut Points,
    cuts: &mut [Vec<usize>],
) -> bool {
    let (Some((a, b)), Some((c, d))) = (ends.get(one).copied(), ends.get(other).copied()) else {
        return false;
    };
    let (pa, pb, pc, pd) = (points.at(a), points.at(b), points.at(c), points.at(d));
    let mut is_touched = false;
    let mut touch = |edge: usize,
                     (from, to): (usize, usize),
                     (p, q): (Vector, Vector),
                     place: usize,
                     point: Vector| {
        if place == from || place == to {
            is_touched = true;
        } else if point.minus(closest(point, p, q)).norm() < SAME {
            is_touched = true;
            if let Some(own) = cuts.get_mut(edge) {
                own.push(place);
            }
        }
    };
    touch(one, (a, b), (pa, pb), c, pc);
    touch(one, (a, b), (pa, pb), d, pd);
    touch(other, (c, d), (pc, pd), a, pa);
    touch(other, (c, d), (pc, pd), b, pb);
    if is_touched || !meet(pa, pb, pc, pd) {
        return false;
    }
    let crossing = pa.across(pb).unit().cross(pc.across(pd).unit()).unit();
    let middle = pa.plus(pb).plus(pc).plus(pd);
    let crossing = if crossing.dot(middle) < 0.0 { crossing.times(-1.0) } else { crossing };
    let place = points.place(crossing);
    for edge in [one, other] {
        if let Some(own) = cuts.get_mut(edge) {
            own.push(place);
        }
    }
    true
}

/// Points, each once.
#[derive(Default)]
struct Points {
    points: Vec<Vector>,
    cells: HashMap<[i64; 3], Vec<usize>, RandomState>,
}

impl Points {
    fn at(&self, place: usize) -> Vector {
        self.points.get(place).copied().unwrap_or(Vector::ZERO)
    }

    /// The place of a point; the one of another that lies as good as there.
    fn place(&mut self, point: Vector) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "a coordinate is at most 1")]
        let cell = [point.x, point.y, point.z].map(|axis| (axis / CELL).round() as i64);
        for near in 0..27_i64 {
            let beside =
                [cell[0] + near % 3 - 1, cell[1] + near / 3 % 3 - 1, cell[2] + near / 9 - 1];
            let own = self.cells.get(&beside).into_iter().flatten();
            for place in own {
                if self.at(*place).minus(point).norm() < SAME {
                    return *place;
                }
            }
        }
        self.points.push(point);
        let place = self.points.len() - 1;
        self.cells.entry(cell).or_default().push(place);
        place
    }
}

/// Pieces, each once.
#[derive(Default)]
struct Pieces {
    pieces: Vec<Piece>,
    by_ends: HashMap<(usize, usize), usize, RandomState>,
}

impl Pieces {
    fn add(&mut self, (from, to): (usize, usize), number: usize, layer: usize) {
        let ends = (from.min(to), from.max(to));
        let place = *self.by_ends.entry(ends).or_insert_with(|| {
            let (net, left) = ([0; LAYERS], [0; LAYERS]);
            let (numbers, is_of) = ([None; 2], [false; LAYERS]);
            self.pieces.push(Piece { ends, numbers, net, is_of, left });
            self.pieces.len() - 1
        });
        let Some(piece) = self.pieces.get_mut(place) else { return };
        let (direction, sign) = if from == ends.0 { (0, 1) } else { (1, -1) };
        piece.net[layer % LAYERS] += sign;
        piece.is_of[layer % LAYERS] = true;
        let least = &mut piece.numbers[direction];
        *least = Some(least.map_or(number, |least| least.min(number)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(places: &[(f64, f64)], layer: usize) -> Vec<Edge> {
        let points: Vec<Vector> =
            places.iter().map(|place| Vector::unchecked(place.0, place.1)).collect();
        let next = points.iter().skip(1).chain(points.first());
        points.iter().zip(next).map(|(from, to)| Edge { from: *from, to: *to, layer }).collect()
    }

    #[test]
    fn squares_that_cross_are_cut_and_know_their_sides() {
        let mut edges = ring(&[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)], 0);
        edges.extend(ring(&[(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0)], 1));
        let known = (Vector::unchecked(91.0, 3.0), [0; LAYERS]);
        let arrangement = Arrangement::new(&edges, known).unwrap();
        assert!(arrangement.has_crossings);
        assert_eq!((arrangement.points.len(), arrangement.pieces.len()), (10, 12));
        let within = |sides: [i32; LAYERS]| sides == [1, 1];
        let inner = arrangement.pieces.iter();
        let inner = inner.filter(|piece| within(piece.left) != within(piece.right()));
        assert_eq!(inner.count(), 4);
    }

    #[test]
    fn edges_on_each_other_are_one_piece() {
        let mut edges = ring(&[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0)], 0);
        edges.extend(ring(&[(2.0, 2.0), (2.0, 0.0), (4.0, 1.0)], 1));
        let arrangement = Arrangement::cut(&edges).unwrap();
        assert!(!arrangement.has_crossings);
        assert_eq!((arrangement.points.len(), arrangement.pieces.len()), (4, 5));
        let shared = arrangement.pieces.iter().find(|piece| piece.is_of == [true, true]).unwrap();
        assert_eq!(shared.net.iter().sum::<i32>(), 0);
    }
}
