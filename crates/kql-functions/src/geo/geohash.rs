//! Geohashes: cells of longitude and latitude, halved in turn, five halvings a character.

const DIGITS: &[u8; 32] = b"0123456789bcdefghjkmnpqrstuvwxyz";

/// How many characters one may have.
pub const LONGEST: usize = 18;

/// A cell: how far from its south-west corner it reaches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The least longitude.
    pub west: f64,
    /// The greatest longitude.
    pub east: f64,
    /// The least latitude.
    pub south: f64,
    /// The greatest latitude.
    pub north: f64,
}

impl Cell {
    const WORLD: Self = Self { west: -180.0, east: 180.0, south: -90.0, north: 90.0 };

    /// The cell of a geohash; none where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        let mut cell = Self::WORLD;
        let mut is_longitude = true;
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|digit| *digit == byte.to_ascii_lowercase())?;
            for bit in (0..5).rev() {
                cell.halve(is_longitude, digit >> bit & 1 == 1);
                is_longitude = !is_longitude;
            }
        }
        Some(cell)
    }

    fn halve(&mut self, is_longitude: bool, is_upper: bool) {
        let (longitude, latitude) = self.center();
        match (is_longitude, is_upper) {
            (true, true) => self.west = longitude,
            (true, false) => self.east = longitude,
            (false, true) => self.south = latitude,
            (false, false) => self.north = latitude,
        }
    }

    /// Longitude and latitude of its middle.
    #[must_use]
    pub fn center(self) -> (f64, f64) {
        ((self.west + self.east) / 2.0, (self.south + self.north) / 2.0)
    }
}

/// Writes the geohash of so many characters of a place.
pub fn write(longitude: f64, latitude: f64, length: usize, text: &mut String) {
    let mut cell = Cell::WORLD;
    let mut is_longitude = true;
    for _ in 0..length {
        let mut digit = 0;
        for _ in 0..5 {
            let center = cell.center();
            let is_upper = if is_longitude { longitude >= center.0 } else { latitude >= center.1 };
            digit = digit << 1 | usize::from(is_upper);
            cell.halve(is_longitude, is_upper);
            is_longitude = !is_longitude;
        }
        text.push(DIGITS.get(digit).copied().map_or('0', char::from));
    }
}

/// The geohashes around one, in the order that Kusto gives them; those beyond the poles are left out.
#[must_use]
pub fn neighbors(text: &str) -> Option<Vec<String>> {
    let cell = Cell::parse(text)?;
    let (longitude, latitude) = cell.center();
    let (width, height) = (cell.east - cell.west, cell.north - cell.south);
    const STEPS: [(f64, f64); 8] = [
        (-1.0, 0.0),
        (-1.0, -1.0),
        (0.0, -1.0),
        (1.0, -1.0),
        (1.0, 1.0),
        (1.0, 0.0),
        (0.0, 1.0),
        (-1.0, 1.0),
    ];
    let neighbors = STEPS.iter().filter_map(|(x, y)| {
        let (mut longitude, latitude) = (longitude + x * width, latitude + y * height);
        if longitude > 180.0 {
            longitude -= 360.0;
        } else if longitude < -180.0 {
            longitude += 360.0;
        }
        if !(-90.0..=90.0).contains(&latitude) {
            return None;
        }
        let mut neighbor = String::new();
        write(longitude, latitude, text.len(), &mut neighbor);
        Some(neighbor)
    });
    Some(neighbors.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_both_ways() {
        let mut text = String::new();
        write(-80.195829, 25.802215, 8, &mut text);
        assert_eq!(text, "dhwfz15h");
        let cell = Cell::parse("sunny").unwrap();
        assert_eq!(cell.center(), (42.47314453125, 23.70849609375));
        assert_eq!(
            Cell::parse("sv8wzvy7").unwrap().center(),
            (34.80245590209961, 32.15620994567871)
        );
        assert_eq!(Cell::parse("a"), None);
    }

    #[test]
    fn knows_its_neighbors() {
        let expected = ["sunnv", "sunnt", "sunnw", "sunnx", "sunpp", "sunnz", "sunpn", "sunpj"];
        assert_eq!(neighbors("sunny").unwrap(), expected);
        assert_eq!(neighbors("b").unwrap().len(), 5);
    }
}
