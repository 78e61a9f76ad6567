//! Cells of S2: the six faces of a cube around the earth, each cut into quarters up to 30 times, along a Hilbert curve.

use super::sphere::Vector;

/// How often a face can be quartered.
pub const DEEPEST: u32 = 30;

/// How many of the smallest cells stand side by side on a face.
const SIDE: i64 = 1 << DEEPEST;

/// By how the curve runs: the place on it of a quarter, which is twice its column and its row.
const PLACE: [[u64; 4]; 4] = [[0, 1, 3, 2], [0, 3, 1, 2], [2, 3, 1, 0], [2, 1, 3, 0]];

/// By how the curve runs: the quarter at a place on it.
const QUARTER: [[usize; 4]; 4] = [[0, 1, 3, 2], [0, 2, 3, 1], [3, 2, 0, 1], [3, 1, 0, 2]];

/// How the curve runs otherwise within the quarter at a place.
const TURN: [usize; 4] = [1, 0, 0, 3];

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell(u64);

impl Cell {
    /// The cell of a level that holds a point.
    #[must_use]
    pub fn of(point: Vector, level: u32) -> Self {
        let (face, u, v) = face_and_uv(point);
        Self::on_face(face, index(uv_to_st(u)), index(uv_to_st(v))).parent(level)
    }

    /// One of the smallest cells, by column and row.
    fn on_face(face: u64, i: i64, j: i64) -> Self {
        let mut curve = usize::from(face & 1 == 1);
        let mut id = face;
        for bit in (0..DEEPEST).rev() {
            let quarter = usize::from(i >> bit & 1 == 1) * 2 + usize::from(j >> bit & 1 == 1);
            let place = PLACE[curve & 3][quarter & 3];
            id = id << 2 | place;
            curve ^= TURN[(place & 3) as usize];
        }
        Self(id << 1 | 1)
    }

    /// The cell of a level that holds this one.
    fn parent(self, level: u32) -> Self {
        let last = 1_u64 << (2 * (DEEPEST - level.min(DEEPEST)));
        Self(self.0 & last.wrapping_neg() | last)
    }

    /// Reads a token: hexadecimal digits without the zeros at the end.
    #[must_use]
    pub fn parse(token: &str) -> Option<Self> {
        let is_token =
            (1..=16).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_token {
            return None;
        }
        let id = u64::from_str_radix(&format!("{token:0<16}"), 16).ok()?;
        // Six faces, and the last bit set at an even place.
        let is_cell = id >> 61 < 6 && id & id.wrapping_neg() & 0x1555_5555_5555_5555 != 0;
        is_cell.then_some(Self(id))
    }

    /// The token.
    #[must_use]
    pub fn token(self) -> String {
        format!("{:016x}", self.0).trim_end_matches('0').to_owned()
    }

    /// The six cells that are whole faces.
    #[must_use]
    pub fn faces() -> [Self; 6] {
        [0, 1, 2, 3, 4, 5].map(|face: u64| Self(face << 61 | 1 << 60))
    }

    /// Its quarters, along the curve; there are none of the smallest cells.
    #[must_use]
    pub fn quarters(self) -> [Self; 4] {
        let last = self.0 & self.0.wrapping_neg();
        [1, 3, 5, 7].map(|odd| Self(self.0 - last + odd * (last >> 2)))
    }

    /// Whether a point lies in it.
    #[must_use]
    pub fn holds(self, point: Vector) -> bool {
        Self::of(point, self.level()) == self
    }

    /// How often its face was quartered.
    #[must_use]
    pub fn level(self) -> u32 {
        DEEPEST - self.0.trailing_zeros() / 2
    }

    /// Face, column and row among the cells of its level.
    fn place(self) -> (u64, i64, i64) {
        let face = self.0 >> 61;
        let (mut i, mut j, mut curve) = (0, 0, usize::from(face & 1 == 1));
        for step in 0..self.level() {
            let place = (self.0 >> (59 - 2 * step) & 3) as usize;
            let quarter = QUARTER[curve & 3][place];
            i = i << 1 | i64::from(quarter >> 1 == 1);
            j = j << 1 | i64::from(quarter & 1 == 1);
            curve ^= TURN[place];
        }
        (face, i, j)
    }

    /// Its middle.
    #[must_use]
    pub fn center(self) -> Vector {
        self.corner(0.5, 0.5).unit()
    }

    /// Its corners, against the clock.
    #[must_use]
    pub fn corners(self) -> [Vector; 4] {
        [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(s, t)| self.corner(s, t).unit())
    }

    #[expect(clippy::cast_precision_loss, reason = "below 2^30")]
    fn corner(self, s: f64, t: f64) -> Vector {
        let (face, i, j) = self.place();
        let side = (1_i64 << self.level()) as f64;
        uv_to_vector(face, st_to_uv((i as f64 + s) / side), st_to_uv((j as f64 + t) / side))
    }

    /// The cells of its level around it, those at its corners too.
    #[must_use]
    pub fn neighbors(self) -> [Self; 8] {
        const STEPS: [(i64, i64); 8] =
            [(-1, -1), (1, -1), (0, -1), (0, 1), (-1, 0), (1, 0), (-1, 1), (1, 1)];
        let (face, i, j) = self.place();
        let level = self.level();
        let size = 1_i64 << (DEEPEST - level);
        STEPS.map(|(x, y)| {
            let (i, j) = ((i + x) * size, (j + y) * size);
            let is_on_face = (0..SIDE).contains(&i) && (0..SIDE).contains(&j);
            let leaf = if is_on_face { Self::on_face(face, i, j) } else { beyond(face, i, j) };
            leaf.parent(level)
        })
    }
}

/// The smallest cell at a column and row that lie beyond the edge of a face.
#[expect(clippy::cast_precision_loss, reason = "close to 2^30")]
fn beyond(face: u64, i: i64, j: i64) -> Cell {
    // Just beyond the edge: further out the grid of the next face runs otherwise.
    let clamped = |index: i64| index.clamp(-1, SIDE);
    let linear = |index: i64| {
        let place = (2 * (clamped(index) - SIDE / 2) + 1) as f64 / SIDE as f64;
        place.clamp(-1.0 - f64::EPSILON, 1.0 + f64::EPSILON)
    };
    let (face, u, v) = face_and_uv(uv_to_vector(face, linear(i), linear(j)));
    Cell::on_face(face, index(0.5 * (u + 1.0)), index(0.5 * (v + 1.0)))
}

fn face_and_uv(point: Vector) -> (u64, f64, f64) {
    let Vector { x, y, z } = point;
    let axis = if x.abs() > y.abs() {
        if x.abs() > z.abs() { 0 } else { 2 }
    } else if y.abs() > z.abs() {
        1
    } else {
        2
    };
    match axis {
        0 if x >= 0.0 => (0, y / x, z / x),
        0 => (3, z / x, y / x),
        1 if y >= 0.0 => (1, -x / y, z / y),
        1 => (4, z / y, -x / y),
        _ if z >= 0.0 => (2, -x / z, -y / z),
        _ => (5, -y / z, -x / z),
    }
}

fn uv_to_vector(face: u64, u: f64, v: f64) -> Vector {
    let (x, y, z) = match face {
        0 => (1.0, u, v),
        1 => (-u, 1.0, v),
        2 => (-u, -v, 1.0),
        3 => (-1.0, -v, -u),
        4 => (v, -1.0, -u),
        _ => (v, u, -1.0),
    };
    Vector { x, y, z }
}

/// The projection that makes cells of one level nearly as large as each other.
fn st_to_uv(s: f64) -> f64 {
    if s >= 0.5 { (4.0 * s * s - 1.0) / 3.0 } else { (1.0 - 4.0 * (1.0 - s) * (1.0 - s)) / 3.0 }
}

fn uv_to_st(u: f64) -> f64 {
    if u >= 0.0 { 0.5 * (1.0 + 3.0 * u).sqrt() } else { 1.0 - 0.5 * (1.0 - 3.0 * u).sqrt() }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "clamped")]
fn index(s: f64) -> i64 {
    ((SIDE as f64 * s).floor() as i64).clamp(0, SIDE - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_cells() {
        let token =
            |longitude, latitude| Cell::of(Vector::at(longitude, latitude).unwrap(), 8).token();
        assert_eq!(token(-80.195829, 25.802215), "88d9b");
        assert_eq!(token(10.6842, 53.0), "47ae3");
        let cell = Cell::parse("1234567").unwrap();
        let (longitude, latitude) = cell.center().degrees();
        assert!((longitude - 9.86830731850408).abs() < 1e-9);
        assert!((latitude - 27.468392925827605).abs() < 1e-9);
        assert_eq!(Cell::parse("a"), None);
        assert_eq!(Cell::parse(""), None);
    }

    #[test]
    fn knows_corners_and_neighbors() {
        let cell = Cell::parse("89c259").unwrap();
        let (longitude, latitude) = cell.corners()[0].degrees();
        assert!((longitude + 74.03001224983848).abs() < 1e-9);
        assert!((latitude - 40.8012684339439).abs() < 1e-9);
        let expected =
            ["89c2f9", "89c251", "89c257", "89c25f", "89c2f7", "89c25b", "89c2f5", "89c25d"];
        assert_eq!(cell.neighbors().map(Cell::token), expected);
        // Across the edges of the cube.
        for point in [(45.0, 0.0), (-135.0, 35.0), (0.0, 90.0)] {
            let cell = Cell::of(Vector::at(point.0, point.1).unwrap(), 10);
            for neighbor in cell.neighbors() {
                assert!(cell.center().angle(neighbor.center()) < 0.01, "{point:?}");
            }
        }
    }
}
