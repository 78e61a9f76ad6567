//! GeoJSON in and out: points, lines and polygons, singly and several together.

use super::digits::Degrees;
use super::polygon::Polygon;
use super::sphere::Vector;
use crate::convert::dynamic;
use crate::prelude::*;

/// Longitude and latitude, in degrees.
pub type Place = (f64, f64);

/// A field of a bag.
fn field<'a>(value: &'a Dynamic, name: &str) -> Option<&'a Dynamic> {
    match value {
        Dynamic::Bag(entries) => {
            entries.iter().find(|(key, _)| **key == *name).map(|(_, value)| value)
        }
        _ => None,
    }
}

fn array(value: &Dynamic) -> Option<&[Dynamic]> {
    match value {
        Dynamic::Array(values) => Some(values),
        _ => None,
    }
}

fn type_and_coordinates(value: &Dynamic) -> Option<(&str, &[Dynamic])> {
    match field(value, "type")? {
        Dynamic::String(ty) => Some((ty, array(field(value, "coordinates")?)?)),
        _ => None,
    }
}

fn place(value: &Dynamic) -> Option<Place> {
    let [longitude, latitude, ..] = array(value)? else { return None };
    let place = (dynamic::real(longitude)?, dynamic::real(latitude)?);
    Vector::at(place.0, place.1).map(|_| place)
}

fn places(value: &[Dynamic]) -> Option<Vec<Place>> {
    value.iter().map(place).collect()
}

/// A line: two places at least, none followed by itself.
fn line(value: &[Dynamic]) -> Option<Vec<Place>> {
    let line = places(value)?;
    let is_line = line.len() >= 2 && line.windows(2).all(|two| two.first() != two.last());
    is_line.then_some(line)
}

/// Reads a `LineString`.
#[must_use]
pub fn single_line(text: &str) -> Option<Vec<Place>> {
    let value = Dynamic::parse(text).ok()?;
    match type_and_coordinates(&value)? {
        ("LineString", coordinates) => line(coordinates),
        _ => None,
    }
}

/// Reads a `LineString` or `MultiLineString`.
#[must_use]
pub fn lines(text: &str) -> Option<Vec<Vec<Place>>> {
    lines_of(&Dynamic::parse(text).ok()?)
}

fn lines_of(value: &Dynamic) -> Option<Vec<Vec<Place>>> {
    match type_and_coordinates(value)? {
        ("LineString", coordinates) => Some(vec![line(coordinates)?]),
        ("MultiLineString", coordinates) => {
            let lines = coordinates.iter().map(|value| line(array(value)?));
            lines.collect::<Option<Vec<_>>>().filter(|lines| !lines.is_empty())
        }
        _ => None,
    }
}

/// Reads a `Polygon` or `MultiPolygon`.
#[must_use]
pub fn polygons(text: &str) -> Option<Vec<Polygon>> {
    polygons_of(&Dynamic::parse(text).ok()?)
}

fn polygons_of(value: &Dynamic) -> Option<Vec<Polygon>> {
    let polygon = |coordinates: &[Dynamic]| {
        let rings = coordinates.iter().map(|ring| places(array(ring)?));
        Polygon::new(rings.collect::<Option<Vec<_>>>()?)
    };
    match type_and_coordinates(value)? {
        ("Polygon", coordinates) => Some(vec![polygon(coordinates)?]),
        ("MultiPolygon", coordinates) => {
            let polygons = coordinates.iter().map(|value| polygon(array(value)?));
            polygons.collect::<Option<Vec<_>>>().filter(|polygons| !polygons.is_empty())
        }
        _ => None,
    }
}

/// Reads an array of `LineString` and `MultiLineString`.
#[must_use]
pub fn lines_array(text: &str) -> Option<Vec<Vec<Place>>> {
    let value = Dynamic::parse(text).ok()?;
    let each = array(&value)?.iter().map(lines_of);
    Some(each.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
}

/// Reads an array of `Polygon` and `MultiPolygon`.
#[must_use]
pub fn polygons_array(text: &str) -> Option<Vec<Vec<Polygon>>> {
    let value = Dynamic::parse(text).ok()?;
    array(&value)?.iter().map(polygons_of).collect()
}

/// Writes points, lines and polygons: as one geometry where they are of one kind, else as a collection.
pub fn write_shapes(
    points: &[Place],
    lines: &[Vec<Place>],
    polygons: &[Vec<Vec<Place>>],
    text: &mut String,
) {
    let kinds = [!points.is_empty(), !lines.is_empty(), !polygons.is_empty()];
    let is_collection = kinds.iter().filter(|is| **is).count() != 1;
    if is_collection {
        text.push_str("{\"type\":\"GeometryCollection\",\"geometries\":[");
    }
    let start = text.len();
    match points {
        [] => (),
        [one] => write_point(*one, text),
        several => {
            text.push_str("{\"type\":\"MultiPoint\",\"coordinates\":");
            write_places(several, text);
            text.push('}');
        }
    }
    let comma = |text: &mut String, is_there: bool| {
        if is_there && text.len() > start {
            text.push(',');
        }
    };
    comma(text, !lines.is_empty());
    match lines {
        [] => (),
        [one] => write_line(one, text),
        several => {
            text.push_str("{\"type\":\"MultiLineString\",\"coordinates\":");
            write_rings(several, text);
            text.push('}');
        }
    }
    comma(text, !polygons.is_empty());
    match polygons {
        [] => (),
        [one] => write_polygon(one, text),
        several => write_polygons(several, text),
    }
    if is_collection {
        text.push_str("]}");
    }
}

/// Writes a `Point`.
pub fn write_point(place: Place, text: &mut String) {
    text.push_str("{\"type\":\"Point\",\"coordinates\":");
    write_place(place, text);
    text.push('}');
}

/// Writes a `LineString`.
pub fn write_line(places: &[Place], text: &mut String) {
    text.push_str("{\"type\":\"LineString\",\"coordinates\":");
    write_places(places, text);
    text.push('}');
}

/// Writes a `Polygon` of these rings, which end where they begin.
pub fn write_polygon(rings: &[Vec<Place>], text: &mut String) {
    text.push_str("{\"type\":\"Polygon\",\"coordinates\":");
    write_rings(rings, text);
    text.push('}');
}

/// Writes a `MultiPolygon`.
pub fn write_polygons(polygons: &[Vec<Vec<Place>>], text: &mut String) {
    text.push_str("{\"type\":\"MultiPolygon\",\"coordinates\":[");
    for (index, rings) in polygons.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write_rings(rings, text);
    }
    text.push_str("]}");
}

fn write_rings(rings: &[Vec<Place>], text: &mut String) {
    text.push('[');
    for (index, ring) in rings.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write_places(ring, text);
    }
    text.push(']');
}

fn write_places(places: &[Place], text: &mut String) {
    text.push('[');
    for (index, place) in places.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write_place(*place, text);
    }
    text.push(']');
}

fn write_place((longitude, latitude): Place, text: &mut String) {
    let _ = write!(text, "[{},{}]", Degrees(longitude), Degrees(latitude));
}
