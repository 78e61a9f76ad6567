//! Whether arguments are what their parameters take.

use kql_syntax::Identifier;

use super::Binder;
use super::term::{Meaning, Term};
use crate::shape::Conversion;
use crate::signatures::{
    Argument, ArgumentKind, Builtin, Fit, Ignore, NO_PARAMETER, Parameter, ParameterKind,
    Signature, common_argument_shape, fit, is_tilde,
};
use crate::{Shape, Type, Value, diagnostics};

impl Term {
    /// What matching asks of it.
    pub(crate) fn argument(&self) -> Argument<'_> {
        Argument {
            shape: &self.shape,
            is_table: self.is_table(),
            is_star: matches!(self.meaning, Meaning::Star),
            is_constant: self.is_constant,
            is_column: self.reference.column().is_some(),
            literal: if self.is_literal { self.constant.as_ref() } else { None },
            name: self.given.as_deref(),
        }
    }
}

impl<'a> Binder<'a> {
    /// Whether a builtin takes so many arguments; reports it where not.
    pub(crate) fn check_argument_count(
        &mut self,
        builtin: &Builtin,
        signature: &Signature,
        count: usize,
        name: &Identifier,
    ) -> bool {
        let (least, most) = (signature.least_arguments(), signature.most_arguments());
        let is_whole = signature.layout != crate::signatures::Layout::Block
            || count < least
            || is_whole_block(signature, count);
        if (least..=most).contains(&count) && is_whole {
            return true;
        }
        let at = self.at(name.span);
        let range = (least, most);
        self.report(if (least..=most).contains(&count) {
            diagnostics::incomplete_block(builtin.name, at)
        } else {
            diagnostics::wrong_argument_count(builtin.name, range, count, at)
        });
        false
    }

    /// Whether all arguments are what their parameters take; reports the first that is not.
    pub(crate) fn check_arguments(
        &mut self,
        signature: &Signature,
        places: &[usize],
        arguments: &[&Term],
    ) -> bool {
        let facts: Vec<Argument<'_>> = arguments.iter().map(|term| term.argument()).collect();
        let common = common_argument_shape(signature, places, &facts, Ignore::Nothing);
        if common.is_none() && self.lacks_common(signature, places, arguments) {
            return false;
        }
        for (index, term) in arguments.iter().enumerate() {
            let place = places.get(index).copied().unwrap_or(NO_PARAMETER);
            let Some(parameter) = signature.parameters.get(place) else { continue };
            let fits = fit(signature, places, &facts, index);
            let checked = Checked { parameter, fits, common: common.as_ref(), arguments };
            if !self.check_argument(&checked, term, &facts[index]) {
                return false;
            }
        }
        true
    }

    /// Whether parameters want a common type and the arguments have none.
    fn lacks_common(
        &mut self,
        signature: &Signature,
        places: &[usize],
        arguments: &[&Term],
    ) -> bool {
        let wants = |place: &usize| {
            signature.parameters.get(*place).is_some_and(|parameter| wants_common(&parameter.kind))
        };
        let mut wanting = arguments.iter().zip(places).filter(|(_, place)| wants(place));
        let Some((first, _)) = wanting.next() else { return false };
        if arguments.iter().all(|term| !term.is_open()) {
            let types: Vec<String> = arguments.iter().map(|term| term.describe()).collect();
            self.report(diagnostics::no_common_type(&types, self.at(first.span)));
        }
        true
    }

    fn check_argument(&mut self, checked: &Checked<'_>, term: &Term, fact: &Argument<'_>) -> bool {
        let parameter = checked.parameter;
        if fact.is_star {
            let takes_star =
                matches!(parameter.argument, ArgumentKind::StarOnly | ArgumentKind::StarAllowed);
            if !takes_star {
                self.report(diagnostics::star_not_allowed(self.at(term.span)));
            }
            return takes_star;
        }
        if is_tilde(parameter, fact) || term.is_open() {
            return true;
        }
        self.check_type(checked, term) && self.check_kind(parameter, term)
    }

    fn check_type(&mut self, checked: &Checked<'_>, term: &Term) -> bool {
        let is_right = match (&checked.parameter.kind, checked.common) {
            (kind, Some(common)) if wants_common(kind) => fits_common(kind, common, &term.shape),
            (ParameterKind::Parameter0, _) => is_like(checked.arguments.first(), term),
            (ParameterKind::Parameter1, _) => is_like(checked.arguments.get(1), term),
            _ => checked.fits != Fit::None,
        };
        if is_right {
            return true;
        }
        let at = self.at(term.span);
        let diagnostic =
            diagnostics::argument_type(checked.parameter, checked.common, &term.describe(), at);
        self.report(diagnostic);
        false
    }

    fn check_kind(&mut self, parameter: &Parameter, term: &Term) -> bool {
        let at = self.at(term.span);
        match parameter.argument {
            ArgumentKind::Column | ArgumentKind::ColumnOfFirst | ArgumentKind::ColumnOfBoth => {
                self.expect_column(term)
            }
            ArgumentKind::Constant if !term.is_constant => {
                self.report(diagnostics::constant_expected(at));
                false
            }
            ArgumentKind::Literal | ArgumentKind::LiteralNotEmpty if !term.is_literal => {
                self.report(diagnostics::literal_expected(at));
                false
            }
            ArgumentKind::LiteralNotEmpty if term.text() == Some("") => {
                self.report(diagnostics::empty_text(at));
                false
            }
            ArgumentKind::Literal if !is_among(&parameter.values, term) => {
                self.report(diagnostics::value_not_among(&parameter.values, at));
                false
            }
            _ => true,
        }
    }

    /// Whether `term` names a column; reports it where not.
    pub(crate) fn expect_column(&mut self, term: &Term) -> bool {
        let is_column = term.reference.column().is_some();
        if !is_column && !term.is_wrong() {
            self.report(diagnostics::column_expected(self.at(term.span)));
        }
        is_column
    }
}

/// An argument's parameter and what is known beside it.
struct Checked<'c> {
    parameter: &'c Parameter,
    fits: Fit,
    common: Option<&'c Shape>,
    arguments: &'c [&'c Term],
}

fn wants_common(kind: &ParameterKind) -> bool {
    matches!(
        kind,
        ParameterKind::CommonScalar
            | ParameterKind::CommonScalarOrDynamic
            | ParameterKind::CommonNumber
            | ParameterKind::CommonSummable
            | ParameterKind::CommonOrderable
    )
}

fn fits_common(kind: &ParameterKind, common: &Shape, shape: &Shape) -> bool {
    let is_of_kind = match kind {
        ParameterKind::CommonNumber => shape.is_numeric(),
        ParameterKind::CommonSummable => shape.is_summable(),
        ParameterKind::CommonOrderable => shape.is_orderable(),
        _ => !shape.is_wrong(),
    };
    let is_common = common.accepts(shape, Conversion::Promotable)
        || *kind == ParameterKind::CommonScalarOrDynamic
            && Shape::DYNAMIC.accepts(shape, Conversion::Dynamic);
    is_of_kind && is_common
}

fn is_like(other: Option<&&Term>, term: &Term) -> bool {
    other.is_some_and(|other| {
        other.is_open()
            || if other.shape == Shape::DYNAMIC {
                term.shape.is_dynamic()
            } else {
                other.shape.accepts(&term.shape, Conversion::None)
            }
    })
}

fn is_among(values: &[&str], term: &Term) -> bool {
    values.is_empty()
        || match &term.constant {
            Some(Value::String(text)) => {
                values.iter().any(|value| value.eq_ignore_ascii_case(text))
            }
            Some(Value::Bool(value)) => values.contains(&if *value { "true" } else { "false" }),
            Some(Value::Long(value)) => values.iter().any(|known| *known == value.to_string()),
            _ => true,
        }
}

/// Whether the arguments of the block that repeats are complete.
fn is_whole_block(signature: &Signature, count: usize) -> bool {
    let repeated =
        signature.parameters.iter().filter(|parameter| parameter.is_repeatable()).count();
    let others = signature.parameters.len() - repeated;
    repeated == 0 || count.saturating_sub(others).is_multiple_of(repeated)
}

impl<'a> Binder<'a> {
    /// Whether `term` is of this type; reports it where not.
    pub(crate) fn expect_type(&mut self, term: &Term, ty: Type) -> bool {
        let is_right = term.is_open()
            || if ty == Type::Dynamic {
                term.shape.is_dynamic()
            } else {
                Shape::Plain(ty).accepts(&term.shape, Conversion::None)
            };
        if !is_right {
            let at = self.at(term.span);
            self.report(diagnostics::type_wanted(ty.name(), &term.describe(), at));
        }
        is_right
    }
}
