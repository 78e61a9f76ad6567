//! Well-known text of shapes, to GeoJSON.

use kql_semantics::number::RealText;

use crate::prelude::*;

/// How deep collections may nest.
const DEEPEST: usize = 16;

/// Writes what a text says as GeoJSON; none where it says nothing of the kind.
pub fn write(text: &str, json: &mut String) -> Option<()> {
    let mut reader = Reader { rest: text };
    reader.shape(json, 0)?;
    reader.is_at_end().then_some(())
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn is_at_end(&mut self) -> bool {
        self.rest = self.rest.trim_start();
        self.rest.is_empty()
    }

    fn opt(&mut self, sign: char) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, sign: char) -> Option<()> {
        self.opt(sign).then_some(())
    }

    fn while_chars(&mut self, is_part: fn(char) -> bool) -> &'a str {
        let rest = self.rest.trim_start();
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (part, rest) = rest.split_at(end);
        self.rest = rest;
        part
    }

    fn shape(&mut self, json: &mut String, depth: usize) -> Option<()> {
        let word = self.while_chars(|c| c.is_ascii_alphabetic()).to_ascii_uppercase();
        let (name, levels) = match word.as_str() {
            "POINT" => ("Point", 0),
            "LINESTRING" => ("LineString", 1),
            "POLYGON" => ("Polygon", 2),
            "MULTIPOINT" => ("MultiPoint", 1),
            "MULTILINESTRING" => ("MultiLineString", 2),
            "MULTIPOLYGON" => ("MultiPolygon", 3),
            "GEOMETRYCOLLECTION" if depth < DEEPEST => return self.collection(json, depth),
            _ => return None,
        };
        let _ = write!(json, "{{\"type\":\"{name}\",\"coordinates\":");
        match levels {
            0 => self.bracketed_position(json)?,
            _ => self.list(json, levels)?,
        }
        json.push('}');
        Some(())
    }

    fn collection(&mut self, json: &mut String, depth: usize) -> Option<()> {
        json.push_str("{\"type\":\"GeometryCollection\",\"geometries\":[");
        self.expect('(')?;
        self.shape(json, depth + 1)?;
        while self.opt(',') {
            json.push(',');
            self.shape(json, depth + 1)?;
        }
        self.expect(')')?;
        json.push_str("]}");
        Some(())
    }

    /// Lists within lists, down to positions.
    fn list(&mut self, json: &mut String, levels: usize) -> Option<()> {
        self.expect('(')?;
        json.push('[');
        loop {
            match levels {
                1 if self.rest.trim_start().starts_with('(') => self.bracketed_position(json)?,
                1 => self.position(json)?,
                _ => self.list(json, levels - 1)?,
            }
            if !self.opt(',') {
                break;
            }
            json.push(',');
        }
        json.push(']');
        self.expect(')')
    }

    fn bracketed_position(&mut self, json: &mut String) -> Option<()> {
        self.expect('(')?;
        self.position(json)?;
        self.expect(')')
    }

    fn position(&mut self, json: &mut String) -> Option<()> {
        let (x, y) = (self.number()?, self.number()?);
        let _ = write!(json, "[{},{}]", RealText(x), RealText(y));
        Some(())
    }

    fn number(&mut self) -> Option<f64> {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
        self.while_chars(is_part).parse().ok().filter(|number: &f64| number.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Option<String> {
        let mut json = String::new();
        write(text, &mut json).map(|()| json)
    }

    #[test]
    fn reads_shapes() {
        for (text, expected) in [
            ("POINT (1 2)", r#"{"type":"Point","coordinates":[1.0,2.0]}"#),
            (
                "linestring(1 2, 3 4)",
                r#"{"type":"LineString","coordinates":[[1.0,2.0],[3.0,4.0]]}"#,
            ),
            (
                "MULTIPOINT ((1 1), (2 2))",
                r#"{"type":"MultiPoint","coordinates":[[1.0,1.0],[2.0,2.0]]}"#,
            ),
            (
                "GEOMETRYCOLLECTION (POINT (1 1),POLYGON ((10 10, 12 10, 12 12, 10 10)))",
                r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1.0,1.0]},{"type":"Polygon","coordinates":[[[10.0,10.0],[12.0,10.0],[12.0,12.0],[10.0,10.0]]]}]}"#,
            ),
        ] {
            assert_eq!(json(text).as_deref(), Some(expected));
        }
        for text in ["LINESTRING", "POINT (1)", "POINT (1 2) x", "", "POINT EMPTY"] {
            assert_eq!(json(text), None, "{text}");
        }
        assert_eq!(json(&"GEOMETRYCOLLECTION (".repeat(10_000)), None);
    }
}
