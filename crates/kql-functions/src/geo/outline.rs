//! Pieces of edges put together again: into rings round a region, into polygons with holes, into lines.

use super::arrangement::{Arrangement, LAYERS};
use super::polygon::Ring;
use super::sphere::Vector;

/// A polygon as its rings, the outer one first, each without its first point again at the end.
pub type Rings = Vec<Vec<Vector>>;

/// A piece with a direction, and the number of the edge that it is of.
#[derive(Clone, Copy)]
pub struct Step {
    /// The place of its first point.
    pub from: usize,
    /// The place of its last point.
    pub to: usize,
    /// The least number of an edge that it is of.
    pub number: usize,
}

/// The region of an arrangement whose sides `is_inside` tells, as polygons: its rings begin where the edges that they are made of
/// began, and come in their order.
pub fn region(arrangement: &Arrangement, is_inside: impl Fn([i32; LAYERS]) -> bool) -> Vec<Rings> {
    let steps = border(arrangement, is_inside);
    nest(rings(arrangement, &steps))
}

/// The steps round a region, which lies to their left.
pub fn border(arrangement: &Arrangement, is_inside: impl Fn([i32; LAYERS]) -> bool) -> Vec<Step> {
    let mut steps = Vec::new();
    for piece in &arrangement.pieces {
        let [along, against] = piece.numbers;
        let (from, to) = piece.ends;
        match (is_inside(piece.left), is_inside(piece.right())) {
            (true, false) => {
                steps.push(Step { from, to, number: along.or(against).unwrap_or(0) });
            }
            (false, true) => {
                steps.push(Step { from: to, to: from, number: against.or(along).unwrap_or(0) });
            }
            _ => (),
        }
    }
    steps.sort_by_key(|step| step.number);
    steps
}

/// The steps that begin at each point.
fn leaving(points: usize, steps: &[Step]) -> Vec<Vec<usize>> {
    let mut leaving = vec![Vec::new(); points];
    for (index, step) in steps.iter().enumerate() {
        if let Some(own) = leaving.get_mut(step.from) {
            own.push(index);
        }
    }
    leaving
}

/// Rings of steps, none of which comes to a point twice.
fn rings(arrangement: &Arrangement, steps: &[Step]) -> Vec<Vec<Vector>> {
    let leaving = leaving(arrangement.points.len(), steps);
    let mut is_used = vec![false; steps.len()];
    let mut rings: Vec<Vec<Step>> = Vec::new();
    for start in 0..steps.len() {
        let mut path: Vec<Step> = Vec::new();
        let mut next = Some(start).filter(|start| is_used.get(*start) == Some(&false));
        while let Some(index) = next.take() {
            let (Some(step), Some(used)) = (steps.get(index), is_used.get_mut(index)) else {
                break;
            };
            *used = true;
            path.push(*step);
            if let Some(at) = path.iter().position(|earlier| earlier.from == step.to) {
                rings.push(path.split_off(at));
            }
            let open = leaving.get(step.to).into_iter().flatten().copied();
            let open = open.filter(|index| is_used.get(*index) == Some(&false));
            next = leftmost(arrangement, steps, *step, open);
        }
    }
    rings.iter_mut().for_each(|ring| turn_round(ring));
    rings.sort_by_key(|ring| ring.first().map(|step| step.number));
    let point = |step: &Step| arrangement.points.get(step.from).copied();
    rings.iter().map(|ring| ring.iter().filter_map(point).collect()).collect()
}

/// Of steps that go on from another, the one that turns to the left most.
fn leftmost(
    arrangement: &Arrangement,
    steps: &[Step],
    step: Step,
    open: impl Iterator<Item = usize>,
) -> Option<usize> {
    let at = |place: usize| arrangement.points.get(place).copied().unwrap_or(Vector::ZERO);
    let here = at(step.to);
    let back = at(step.from).minus(here);
    let back = back.minus(here.times(here.dot(back)));
    let angle = |index: usize| {
        let ahead = steps.get(index).map_or(here, |next| at(next.to)).minus(here);
        let ahead = ahead.minus(here.times(here.dot(ahead)));
        let angle = here.dot(back.cross(ahead)).atan2(back.dot(ahead));
        if angle <= 0.0 { angle + std::f64::consts::TAU } else { angle }
    };
    open.max_by(|a, b| angle(*a).total_cmp(&angle(*b)))
}

/// Turns a ring so that the last of its steps of the highest number comes last: it begins where its edges began.
fn turn_round(ring: &mut [Step]) {
    let (mut last, mut saw_gap) = (0, false);
    let mut highest = ring.first().map_or(0, |step| step.number);
    for (at, step) in ring.iter().enumerate().skip(1) {
        if step.number < highest {
            saw_gap = true;
        } else if step.number > highest || !saw_gap {
            (last, saw_gap, highest) = (at, false, step.number);
        }
    }
    if !ring.is_empty() {
        let count = ring.len();
        ring.rotate_left((last + 1) % count);
    }
}

/// Rings as polygons: those within others are their holes, and those within holes polygons again.
fn nest(rings: Vec<Vec<Vector>>) -> Vec<Rings> {
    let shapes: Vec<Ring> = rings.iter().map(|ring| Ring::around(ring.clone())).collect();
    let areas: Vec<f64> = shapes.iter().map(Ring::area).collect();
    let parents: Vec<Option<usize>> = (0..shapes.len())
        .map(|index| {
            let edge = shapes.get(index)?.edges().next()?;
            let point = edge.0.towards(edge.1, 0.5);
            let holding = (0..shapes.len()).filter(|other| {
                let is_larger = areas.get(*other) > areas.get(index);
                *other != index
                    && is_larger
                    && shapes.get(*other).is_some_and(|ring| ring.holds(point))
            });
            holding.min_by(|a, b| {
                areas.get(*a).partial_cmp(&areas.get(*b)).unwrap_or(std::cmp::Ordering::Equal)
            })
        })
        .collect();
    let mut children = vec![Vec::new(); shapes.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, parent) in parents.iter().enumerate().rev() {
        match parent.and_then(|parent| children.get_mut(parent)) {
            Some(own) => own.push(index),
            None => open.push(index),
        }
    }
    // Both lists are backwards: what comes first is taken from the end.
    let mut polygons = Vec::new();
    while let Some(outer) = open.pop() {
        let holes: Vec<usize> = children.get(outer).into_iter().flatten().rev().copied().collect();
        let own = std::iter::once(&outer).chain(&holes);
        polygons.push(own.filter_map(|index| rings.get(*index).cloned()).collect());
        for hole in holes.iter().rev() {
            open.extend(children.get(*hole).into_iter().flatten());
        }
    }
    polygons
}

/// Lines of steps: each goes on until it comes to a point where others end or begin.
pub fn lines(arrangement: &Arrangement, mut steps: Vec<Step>) -> Vec<Vec<Vector>> {
    steps.sort_by_key(|step| step.number);
    let leaving = leaving(arrangement.points.len(), &steps);
    let mut arriving = vec![0_usize; arrangement.points.len()];
    for step in &steps {
        if let Some(count) = arriving.get_mut(step.to) {
            *count += 1;
        }
    }
    let goes_on = |place: usize| {
        arriving.get(place) == Some(&1) && leaving.get(place).map(Vec::len) == Some(1)
    };
    let mut is_used = vec![false; steps.len()];
    let mut paths: Vec<Vec<Step>> = Vec::new();
    // Those that begin where no line can go on; what then is left are rings.
    for is_ring in [false, true] {
        for start in 0..steps.len() {
            let Some(first) = steps.get(start).filter(|first| is_ring || !goes_on(first.from))
            else {
                continue;
            };
            let mut path = Vec::new();
            let mut next = Some(start);
            while let Some(index) = next.take() {
                let (Some(step), Some(used)) = (steps.get(index), is_used.get_mut(index)) else {
                    break;
                };
                if std::mem::replace(used, true) {
                    break;
                }
                path.push(*step);
                if goes_on(step.to) && step.to != first.from {
                    next = leaving.get(step.to).and_then(|own| own.first()).copied();
                }
            }
            if is_ring {
                turn_round(&mut path);
            }
            if !path.is_empty() {
                paths.push(path);
            }
        }
    }
    paths.sort_by_key(|path| path.first().map(|step| step.number));
    let point = |place: usize| arrangement.points.get(place).copied();
    let whole = |path: &Vec<Step>| {
        let first = path.first().map(|step| step.from);
        first.into_iter().chain(path.iter().map(|step| step.to)).filter_map(point).collect()
    };
    paths.iter().map(whole).collect()
}
