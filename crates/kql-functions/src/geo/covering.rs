//! Shapes covered with S2 cells of one level.

use super::s2::Cell;
use super::sphere::{Vector, meet};

/// How many cells may cover a shape.
pub const MOST: usize = 65_536;

/// A line between two points.
type Edge = (Vector, Vector);

/// The cells of a level that have a point in common with a shape, along the curve; none where they are too many.
///
/// The shape is its edges, and `holds` tells whether a point that is on none of them lies within.
pub fn cover(edges: &[Edge], holds: &dyn Fn(Vector) -> bool, level: u32) -> Option<Vec<Cell>> {
    let mut cover = Cover { holds, level, cells: Vec::new() };
    Cell::faces().into_iter().try_for_each(|face| cover.descend(face, edges))?;
    Some(cover.cells)
}

struct Cover<'a> {
    holds: &'a dyn Fn(Vector) -> bool,
    level: u32,
    cells: Vec<Cell>,
}

impl Cover<'_> {
    /// Adds what lies within a cell, given the edges that may; there are at most 30 levels.
    fn descend(&mut self, cell: Cell, edges: &[Edge]) -> Option<()> {
        let corners = cell.corners();
        let near: Vec<Edge> =
            edges.iter().copied().filter(|edge| reaches(*edge, cell, &corners)).collect();
        if near.is_empty() {
            return if (self.holds)(cell.center()) { self.add_all(cell) } else { Some(()) };
        }
        if cell.level() == self.level {
            return self.add(cell);
        }
        cell.quarters().into_iter().try_for_each(|quarter| self.descend(quarter, &near))
    }

    fn add_all(&mut self, cell: Cell) -> Option<()> {
        if cell.level() == self.level {
            return self.add(cell);
        }
        cell.quarters().into_iter().try_for_each(|quarter| self.add_all(quarter))
    }

    fn add(&mut self, cell: Cell) -> Option<()> {
        self.cells.push(cell);
        (self.cells.len() <= MOST).then_some(())
    }
}

fn reaches((a, b): Edge, cell: Cell, corners: &[Vector; 4]) -> bool {
    let [w, x, y, z] = *corners;
    cell.holds(a)
        || cell.holds(b)
        || [(w, x), (x, y), (y, z), (z, w)].iter().any(|(c, d)| meet(a, b, *c, *d))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers_lines() {
        let point = |longitude, latitude| Vector::at(longitude, latitude).unwrap();
        let edges = [(point(1.0, 1.0), point(2.0, 2.0))];
        let cells = cover(&edges, &|_| false, 5).unwrap();
        assert!(cells.contains(&Cell::of(edges[0].0, 5)) && cells.len() < 4);
        assert_eq!(cover(&edges, &|_| false, 0).unwrap(), [Cell::of(edges[0].0, 0)]);
        assert!(cover(&edges, &|_| true, 12).is_none());
    }
}
