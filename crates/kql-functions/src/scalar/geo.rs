//! Functions of places on the earth. Longitude comes first, and both are degrees.

use std::ops::RangeInclusive;

use h3o::CellIndex;

use crate::arguments::{Bools, Dynamics, Reals};
use crate::geo::json::{self, Place};
use crate::geo::overlay;
use crate::geo::polygon::{self, Polygon};
use crate::geo::sphere::{EARTH_RADIUS, Vector};
use crate::geo::tessellate;
use crate::prelude::*;
use kql_semantics::dynamic::write_string;

mod buffers;
mod geo_angle;
mod geo_azimuth;
mod geo_closest_point_on_line;
mod geo_closest_point_on_polygon;
mod geo_distance_2points;
mod geo_distance_point_to_line;
mod geo_distance_point_to_polygon;
mod geo_from_wkt;
mod geo_geohash_neighbors;
mod geo_geohash_to_central_point;
mod geo_geohash_to_polygon;
mod geo_h3cell_children;
mod geo_h3cell_level;
mod geo_h3cell_neighbors;
mod geo_h3cell_parent;
mod geo_h3cell_rings;
mod geo_h3cell_to_central_point;
mod geo_h3cell_to_polygon;
mod geo_intersection_2lines;
mod geo_intersection_2polygons;
mod geo_intersection_line_with_polygon;
mod geo_intersects_2lines;
mod geo_intersects_2polygons;
mod geo_intersects_line_with_polygon;
mod geo_line_buffer;
mod geo_line_centroid;
mod geo_line_densify;
mod geo_line_interpolate_point;
mod geo_line_length;
mod geo_line_locate_point;
mod geo_line_simplify;
mod geo_line_to_s2cells;
mod geo_point_buffer;
mod geo_point_in_circle;
mod geo_point_in_polygon;
mod geo_point_to_geohash;
mod geo_point_to_h3cell;
mod geo_point_to_s2cell;
mod geo_polygon_area;
mod geo_polygon_buffer;
mod geo_polygon_centroid;
mod geo_polygon_densify;
mod geo_polygon_perimeter;
mod geo_polygon_simplify;
mod geo_polygon_to_h3cells;
mod geo_polygon_to_s2cells;
mod geo_s2cell_neighbors;
mod geo_s2cell_to_central_point;
mod geo_s2cell_to_polygon;
mod geo_simplify_polygons_array;
mod geo_union_lines_array;
mod geo_union_polygons_array;
mod s2cells;
mod shapes;
mod simplify;

family![
    geo_angle,
    geo_azimuth,
    geo_closest_point_on_line,
    geo_closest_point_on_polygon,
    geo_distance_2points,
    geo_distance_point_to_line,
    geo_distance_point_to_polygon,
    geo_from_wkt,
    geo_geohash_neighbors,
    geo_geohash_to_central_point,
    geo_geohash_to_polygon,
    geo_h3cell_children,
    geo_h3cell_level,
    geo_h3cell_neighbors,
    geo_h3cell_parent,
    geo_h3cell_rings,
    geo_h3cell_to_central_point,
    geo_h3cell_to_polygon,
    geo_intersection_2lines,
    geo_intersection_2polygons,
    geo_intersection_line_with_polygon,
    geo_intersects_2lines,
    geo_intersects_2polygons,
    geo_intersects_line_with_polygon,
    geo_line_buffer,
    geo_line_centroid,
    geo_line_densify,
    geo_line_interpolate_point,
    geo_line_length,
    geo_line_locate_point,
    geo_line_simplify,
    geo_line_to_s2cells,
    geo_point_buffer,
    geo_point_in_circle,
    geo_point_in_polygon,
    geo_point_to_geohash,
    geo_point_to_h3cell,
    geo_point_to_s2cell,
    geo_polygon_area,
    geo_polygon_buffer,
    geo_polygon_centroid,
    geo_polygon_densify,
    geo_polygon_perimeter,
    geo_polygon_simplify,
    geo_polygon_to_h3cells,
    geo_polygon_to_s2cells,
    geo_s2cell_neighbors,
    geo_s2cell_to_central_point,
    geo_s2cell_to_polygon,
    geo_simplify_polygons_array,
    geo_union_lines_array,
    geo_union_polygons_array,
];

/// Two arguments that are longitude and latitude.
struct Places<'a> {
    longitude: Reals<'a>,
    latitude: Reals<'a>,
}

impl<'a> Places<'a> {
    fn new(arguments: &Arguments<'a>, first: usize) -> Result<Self, KernelError> {
        Ok(Self { longitude: arguments.reals(first)?, latitude: arguments.reals(first + 1)? })
    }

    /// The place of a row; none where it is null or out of range.
    fn at(&self, row: usize) -> Option<Place> {
        let place = (self.longitude.at(row)?, self.latitude.at(row)?);
        Vector::at(place.0, place.1).map(|_| place)
    }
}

/// An argument that is a level, a resolution or a length.
struct Depths<'a> {
    numbers: Option<Reals<'a>>,
    usual: u32,
}

impl<'a> Depths<'a> {
    fn new(arguments: &Arguments<'a>, index: usize, usual: u32) -> Result<Self, KernelError> {
        let is_given = index < arguments.len();
        let numbers = if is_given { Some(arguments.reals(index)?) } else { None };
        Ok(Self { numbers, usual })
    }

    /// The number of a row; none where it is null or out of range.
    #[expect(clippy::cast_possible_truncation, reason = "out of range is refused either way")]
    fn at<T: TryFrom<i64> + PartialOrd>(&self, row: usize, range: RangeInclusive<T>) -> Option<T> {
        let number = match &self.numbers {
            Some(numbers) => numbers.at(row)? as i64,
            None => i64::from(self.usual),
        };
        T::try_from(number).ok().filter(|number| range.contains(number))
    }
}

/// An argument that is how far lines may lie apart, in metres.
struct Tolerances<'a>(Option<Reals<'a>>);

impl<'a> Tolerances<'a> {
    fn new(arguments: &Arguments<'a>, index: usize) -> Result<Self, KernelError> {
        if index + 1 < arguments.len() {
            return Err(KernelError::new("an argument that keeps crossings is not supported"));
        }
        let is_given = index < arguments.len();
        Ok(Self(if is_given { Some(arguments.reals(index)?) } else { None }))
    }

    fn at(&self, row: usize) -> Option<f64> {
        match &self.0 {
            Some(numbers) => numbers.at(row).filter(|tolerance| *tolerance >= 0.1),
            None => Some(10.0),
        }
    }
}

/// An argument that is a shape: read once where it is constant.
struct Shapes<'a, T> {
    texts: Dynamics<'a>,
    parse: fn(&str) -> Option<T>,
    constant: Option<Option<Arc<T>>>,
}

impl<'a, T: Send + Sync + 'static> Shapes<'a, T> {
    fn new(
        arguments: &Arguments<'a>,
        index: usize,
        parse: fn(&str) -> Option<T>,
    ) -> Result<Self, KernelError> {
        let texts = arguments.dynamics(index)?;
        let constant = if arguments.is_constant(index) {
            let make = || Ok(texts.at(0).and_then(parse).map(Arc::new));
            Some(arguments.prepared(&[index], make)?.as_ref().clone())
        } else {
            None
        };
        Ok(Self { texts, parse, constant })
    }

    /// The shape of a row; none where it is none.
    fn at(&self, row: usize) -> Option<Arc<T>> {
        match &self.constant {
            Some(shape) => shape.clone(),
            None => self.texts.at(row).and_then(self.parse).map(Arc::new),
        }
    }
}

/// The edges of lines.
fn edges(lines: &[Vec<Place>]) -> impl Iterator<Item = (Vector, Vector)> {
    lines.iter().flat_map(|line| legs(line))
}

/// The edges of a line.
fn legs(line: &[Place]) -> impl Iterator<Item = (Vector, Vector)> {
    let point = |place: &Place| Vector::unchecked(place.0, place.1);
    line.iter().zip(line.iter().skip(1)).map(move |(a, b)| (point(a), point(b)))
}

/// For a row: how far its place lies from the point that `find` finds for it, in metres, and that point.
fn closest<'a>(
    places: &'a Places<'_>,
    find: impl Fn(usize, Vector) -> Option<Vector> + 'a,
) -> impl Fn(usize) -> Option<(f64, Vector)> + 'a {
    move |row| {
        let (longitude, latitude) = places.at(row)?;
        let point = Vector::at(longitude, latitude)?;
        let found = find(row, point)?;
        Some((EARTH_RADIUS * point.angle(found), found))
    }
}

/// The point of polygons that lies closest to a point: itself within them.
fn closest_in(polygons: &[Polygon], point: Vector) -> Option<Vector> {
    if polygon::any_holds(polygons, point) {
        return Some(point);
    }
    polygon::closest_of(polygons.iter().flat_map(Polygon::edges), point)
}

/// For each row, what is computed of the first argument's polygons, united where they meet.
fn of_polygons<T>(
    arguments: &Arguments<'_>,
    compute: impl Fn(&[Polygon]) -> T,
) -> Result<Vec<Option<T>>, KernelError> {
    let shapes = Shapes::new(arguments, 0, json::polygons)?;
    let computed = |row| {
        let Some(polygons) = shapes.at(row) else { return Ok(None) };
        if polygons.len() < 2 {
            return Ok(Some(compute(&polygons)));
        }
        let united: Vec<Polygon> =
            overlay::regions(&polygons)?.iter().map(overlay::polygon_of).collect();
        Ok(Some(compute(&united)))
    };
    (0..arguments.rows()).map(computed).collect()
}

/// The places of a line, with more of them where two lie far apart.
fn densified(line: &[Place], tolerance: f64) -> Vec<Place> {
    let mut places = Vec::new();
    places.extend(line.first().map(|place| Vector::unchecked(place.0, place.1).degrees()));
    for two in line.windows(2) {
        if let [from, to] = two {
            tessellate::add_edge(*from, *to, tolerance, &mut places);
        }
    }
    places
}

/// Refuses to measure on a spheroid, where an argument asks for it.
fn refuse_spheroid(arguments: &Arguments<'_>, index: usize) -> Result<(), KernelError> {
    if index >= arguments.len() {
        return Ok(());
    }
    let is_asked = |row: usize| -> Result<bool, KernelError> {
        Ok(match arguments.ty(index) {
            Type::Bool => {
                arguments.bools(index).map(|bools: Bools<'_>| bools.at(row))? == Some(true)
            }
            _ => arguments.reals(index)?.at(row).is_some_and(|number| number != 0.0),
        })
    };
    for row in 0..arguments.rows() {
        if is_asked(row)? {
            return Err(KernelError::new(
                "measuring on a spheroid is not supported: only on a sphere",
            ));
        }
    }
    Ok(())
}

/// Writes a point as GeoJSON; gives false where there is none.
fn write_point(point: Option<Vector>, text: &mut String) -> bool {
    match point {
        Some(point) => {
            json::write_point(point.degrees(), text);
            true
        }
        None => false,
    }
}

/// Writes an array of strings; always true.
fn write_strings(strings: &[String], text: &mut String) -> bool {
    text.push('[');
    for (index, string) in strings.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write_string(string, text);
    }
    text.push(']');
    true
}

/// The H3 cells at a distance from one.
fn ring(cell: CellIndex, distance: u32) -> Vec<String> {
    let cells = cell.grid_disk_distances::<Vec<_>>(distance);
    let ring = cells.into_iter().filter(|(_, far)| *far == distance);
    ring.map(|(cell, _)| cell.to_string()).collect()
}
