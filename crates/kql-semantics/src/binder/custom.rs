//! What builtins give whose result follows from their arguments in a way of their own.

use kql_syntax::Name;

use super::Binder;
use super::term::{Meaning, Term};
use crate::shape::{Conversion, common_of};
use crate::signatures::{Builtin, Returns, Signature};
use crate::{Dynamic, Shape, Type, Value};

impl<'a> Binder<'a> {
    /// The type that a builtin with code of its own gives.
    pub(crate) fn custom_shape(&mut self, function: &str, arguments: &[&Term]) -> Shape {
        let shapes: Vec<&Shape> = arguments.iter().map(|term| &term.shape).collect();
        let first = shapes.first().map_or(Shape::UNKNOWN, |shape| (*shape).clone());
        match function {
            "UnaryMinus" | "UnaryPlus" => first,
            "bin_auto" => first.promoted(),
            "array_concat" => common_of(shapes, Conversion::None).unwrap_or_else(Shape::array),
            "array_iff" | "array_iif" => array_iff(shapes.get(1).copied()),
            "pack" | "pack_dictionary" | "bag_pack" => packed(arguments),
            "bag_pack_columns" => packed_columns(arguments),
            "pack_all" => Shape::bag_of(
                self.row_columns()
                    .into_iter()
                    .map(|column| (column.name, self.shape_of(column.id)))
                    .collect(),
            ),
            "pack_array" => self.packed_array(arguments),
            "set_union" | "set_intersect" | "set_difference" => {
                match common_of(shapes, Conversion::Promotable) {
                    Some(set @ Shape::Array(_)) => set,
                    _ => Shape::array(),
                }
            }
            "bag_merge" => merged(&shapes),
            "bag_remove_keys" => without_keys(arguments),
            "bag_set_key" => with_key(arguments),
            "series_stats_dynamic" => bag(&STATS),
            "series_fit_line_dynamic" => bag(&LINE),
            "series_fit_2lines_dynamic" => bag(&TWO_LINES),
            "map" => shapes.get(1).map_or_else(Shape::array, |shape| Shape::array_of(shape)),
            _ => Shape::UNKNOWN,
        }
    }

    fn packed_array(&mut self, arguments: &[&Term]) -> Shape {
        let shapes: Vec<Shape> = match arguments {
            [only] if matches!(only.meaning, Meaning::Star) => {
                self.row_columns().into_iter().map(|column| self.shape_of(column.id)).collect()
            }
            _ => arguments.iter().map(|term| term.shape.clone()).collect(),
        };
        match common_of(&shapes, Conversion::Promotable) {
            Some(element) => Shape::array_of(&element),
            None => Shape::array(),
        }
    }

    /// The columns that a builtin with several results gives; none where it has but one.
    pub(crate) fn several_returned(
        &mut self,
        builtin: &Builtin,
        signature: &Signature,
        places: &[usize],
        arguments: &[&Term],
    ) -> Option<Vec<(Name, Shape)>> {
        if signature.returns != Returns::Custom {
            return None;
        }
        let _ = places;
        let columns: &[(&str, Part)] = match builtin.name {
            "array_sort_asc" | "array_sort_desc" => return Some(sorted_arrays(arguments)),
            "series_stats" => &STATS,
            "series_fft" | "series_ifft" => &[("real", Part::Reals), ("imag", Part::Reals)],
            "series_fit_poly" => &[
                ("rsquare", Part::Real),
                ("coefficients", Part::Reals),
                ("variance", Part::Real),
                ("rvariance", Part::Real),
                ("poly_fit", Part::Reals),
            ],
            "series_fit_line" => &LINE,
            "series_fit_2lines" => &TWO_LINES,
            "series_periods_detect" | "series_periods_validate" => {
                &[("periods", Part::Reals), ("scores", Part::Reals)]
            }
            "series_decompose" | "series_decompose_forecast" => &[
                ("baseline", Part::Array),
                ("seasonal", Part::Array),
                ("trend", Part::Array),
                ("residual", Part::Array),
            ],
            "series_decompose_anomalies" => {
                &[("ad_flag", Part::Array), ("ad_score", Part::Array), ("baseline", Part::Array)]
            }
            _ => return None,
        };
        let argument = arguments.first().and_then(|term| term.name.clone());
        let argument = argument.as_deref().unwrap_or("");
        let named = |(name, part): &(&str, Part)| {
            (Name::from(format!("{}_{argument}_{name}", builtin.name)), part.shape())
        };
        Some(columns.iter().map(named).collect())
    }
}

/// The type of one of several results.
#[derive(Clone, Copy)]
enum Part {
    Real,
    Long,
    Reals,
    Array,
}

impl Part {
    fn shape(self) -> Shape {
        match self {
            Self::Real => Shape::Plain(Type::Real),
            Self::Long => Shape::Plain(Type::Long),
            Self::Reals => Shape::array_of(&Shape::Plain(Type::Real)),
            Self::Array => Shape::array(),
        }
    }
}

const STATS: [(&str, Part); 7] = [
    ("min", Part::Real),
    ("min_idx", Part::Long),
    ("max", Part::Real),
    ("max_idx", Part::Long),
    ("avg", Part::Real),
    ("stdev", Part::Real),
    ("variance", Part::Real),
];
const LINE: [(&str, Part); 6] = [
    ("rsquare", Part::Real),
    ("slope", Part::Real),
    ("variance", Part::Real),
    ("rvariance", Part::Real),
    ("interception", Part::Real),
    ("line_fit", Part::Reals),
];
const TWO_LINES: [(&str, Part); 15] = [
    ("rsquare", Part::Real),
    ("split_idx", Part::Long),
    ("variance", Part::Real),
    ("rvariance", Part::Real),
    ("line_fit", Part::Reals),
    ("right_rsquare", Part::Real),
    ("right_slope", Part::Real),
    ("right_interception", Part::Real),
    ("right_variance", Part::Real),
    ("right_rvariance", Part::Real),
    ("left_rsquare", Part::Real),
    ("left_slope", Part::Real),
    ("left_interception", Part::Real),
    ("left_variance", Part::Real),
    ("left_rvariance", Part::Real),
];

fn bag(parts: &[(&str, Part)]) -> Shape {
    Shape::bag_of(parts.iter().map(|(name, part)| (Name::new(name), part.shape())).collect())
}

fn array_iff(when_true: Option<&Shape>) -> Shape {
    match when_true {
        Some(shape) if shape.is_dynamic() => shape.clone(),
        Some(shape) => Shape::array_of(shape),
        None => Shape::array(),
    }
}

/// `bag_pack(key, value, ...)`
fn packed(arguments: &[&Term]) -> Shape {
    let entries = arguments.chunks(2).filter_map(|pair| match pair {
        [key, value] => Some((Name::new(key.text()?), value.shape.clone())),
        _ => None,
    });
    Shape::bag_of(entries.collect())
}

fn packed_columns(arguments: &[&Term]) -> Shape {
    let entries = arguments.iter().filter_map(|term| {
        term.reference.column()?;
        Some((term.name.clone()?, term.shape.clone()))
    });
    Shape::bag_of(entries.collect())
}

fn merged(shapes: &[&Shape]) -> Shape {
    let mut entries: Vec<(Name, Shape)> = Vec::new();
    if !matches!(shapes.first(), Some(Shape::Bag(_))) {
        return Shape::bag();
    }
    for shape in shapes {
        let Shape::Bag(own) = shape else { continue };
        for (name, shape) in own.iter() {
            if !entries.iter().any(|(known, _)| known == name) {
                entries.push((name.clone(), shape.clone()));
            }
        }
    }
    Shape::bag_of(entries)
}

fn without_keys(arguments: &[&Term]) -> Shape {
    let [bag, keys] = arguments else { return Shape::bag() };
    let (Shape::Bag(entries), Some(Value::Dynamic(keys))) = (&bag.shape, keys.value()) else {
        return Shape::bag();
    };
    let Dynamic::Array(keys) = &**keys else { return Shape::bag() };
    let is_removed =
        |name: &Name| keys.iter().any(|key| matches!(key, Dynamic::String(key) if **key == **name));
    Shape::bag_of(entries.iter().filter(|(name, _)| !is_removed(name)).cloned().collect())
}

fn with_key(arguments: &[&Term]) -> Shape {
    let [bag, key, value] = arguments else { return Shape::bag() };
    let Some(key) = key.text().filter(|key| !key.contains(['$', '.', '[', ']'])) else {
        return if bag.shape.is_dynamic() { bag.shape.clone() } else { Shape::bag() };
    };
    let mut entries = match &bag.shape {
        Shape::Bag(entries) => entries.to_vec(),
        _ => Vec::new(),
    };
    entries.retain(|(name, _)| &**name != key);
    entries.push((Name::new(key), value.shape.clone()));
    Shape::bag_of(entries)
}

fn sorted_arrays(arguments: &[&Term]) -> Vec<(Name, Shape)> {
    arguments
        .iter()
        .take_while(|term| term.shape.may_be_array())
        .enumerate()
        .map(|(index, term)| {
            let name = match &term.name {
                Some(name) if !name.is_empty() => format!("{name}_sorted"),
                _ => format!("array{index}_sorted"),
            };
            (Name::from(name), term.shape.clone())
        })
        .collect()
}
