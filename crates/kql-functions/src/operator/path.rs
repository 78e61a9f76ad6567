//! `d.name`, `d["key"]`, `d[0]`, and chains of them read in one go.
//!
//! [`chain`] takes a bound expression apart into what the chain stands on and the constant steps; [`function`] is the
//! function that walks them over the JSON text. A step that differs by row (`d[key]`) is the function `[]`.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringArray, StringBuilder};
use arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue, internal_err};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use kql_semantics::bound::{Scalar, ScalarKind};
use kql_semantics::{Dynamic, Type, Value, dynamic};

use crate::json::{Path, Step};
use crate::{convert, physical};

mod element;

family![element];

/// What a chain of constant steps stands on, and the steps from the outside in; no steps where the expression is none.
///
/// `a.b[0].c` stands on `a`; `a[i].c` stands on `a[i]` where `i` differs by row.
#[must_use]
pub fn chain(scalar: &Scalar) -> (&Scalar, Vec<Step>) {
    let (mut base, mut steps) = (scalar, Vec::new());
    while let Some((inner, step)) = constant_step(base) {
        steps.push(step);
        base = inner;
    }
    steps.reverse();
    (base, steps)
}

fn constant_step(scalar: &Scalar) -> Option<(&Scalar, Step)> {
    match &scalar.kind {
        ScalarKind::Member { base, name } => Some((base, Step::Key(name.to_string()))),
        ScalarKind::Index { base, index } => Some((base, step_of(index.as_literal()?)?)),
        _ => None,
    }
}

/// The step that an index means.
fn step_of(index: &Value) -> Option<Step> {
    match index {
        Value::Int(position) => Some(Step::Position((*position).into())),
        Value::Long(position) => Some(Step::Position(*position)),
        Value::String(key) => Some(Step::Key(key.to_string())),
        Value::Dynamic(value) => match &**value {
            Dynamic::Long(position) => Some(Step::Position(*position)),
            Dynamic::String(key) => Some(Step::Key(key.to_string())),
            _ => None,
        },
        _ => None,
    }
}

/// The function that walks `steps` within a dynamic and gives what it finds as `to`: the dynamic itself, or what
/// `tostring`, `tolong` and their kin make of it, without a column of dynamics between.
#[must_use]
pub fn function(steps: &[Step], to: Type) -> Arc<ScalarUDF> {
    let path = Path::new(steps);
    Arc::new(ScalarUDF::new_from_impl(PathFunction {
        name: format!("path({path}):{to}"),
        path,
        to,
        signature: Signature::exact(vec![DataType::Utf8], Volatility::Immutable),
    }))
}

/// Walks a path within the JSON texts of a column.
#[derive(Debug)]
struct PathFunction {
    path: Path,
    to: Type,
    name: String,
    signature: Signature,
}

impl PartialEq for PathFunction {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.to == other.to
    }
}

impl Eq for PathFunction {}

impl Hash for PathFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl ScalarUDFImpl for PathFunction {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(physical::data_type(self.to))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        match args.args.as_slice() {
            [ColumnarValue::Array(array)] => Ok(ColumnarValue::Array(self.walk(array)?)),
            [ColumnarValue::Scalar(ScalarValue::Null)] => {
                Ok(ColumnarValue::Scalar(physical::null(self.to)))
            }
            [ColumnarValue::Scalar(scalar)] => {
                let answer = self.walk(&scalar.to_array()?)?;
                ScalarValue::try_from_array(&answer, 0).map(ColumnarValue::Scalar)
            }
            _ => internal_err!("{} has one argument", self.name),
        }
    }
}

impl PathFunction {
    fn walk(&self, array: &ArrayRef) -> Result<ArrayRef> {
        let Some(texts) = array.as_string_opt::<i32>() else {
            return internal_err!("{} is over dynamics, not {}", self.name, array.data_type());
        };
        match self.to {
            Type::String => Ok(Arc::new(self.strings(texts))),
            Type::Dynamic | Type::Unknown => Ok(Arc::new(self.dynamics(texts))),
            to => Ok(convert::array(Arc::new(self.dynamics(texts)), Type::Dynamic, to)?),
        }
    }

    fn dynamics(&self, texts: &StringArray) -> StringArray {
        let mut builder = StringBuilder::with_capacity(texts.len(), texts.len() * 16);
        for text in texts {
            builder.append_option(text.and_then(|text| self.path.get(text)));
        }
        builder.finish()
    }

    fn strings(&self, texts: &StringArray) -> StringArray {
        let mut builder = StringBuilder::with_capacity(texts.len(), texts.len() * 16);
        for text in texts {
            match text.and_then(|text| self.path.get(text)) {
                Some(value) => builder.append_value(dynamic::to_string(value)),
                None => builder.append_value(""),
            }
        }
        builder.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kql_syntax::{Name, Span};

    fn walk(steps: &[Step], to: Type, texts: Vec<Option<&str>>) -> Vec<Value> {
        let array: ArrayRef = Arc::new(StringArray::from(texts));
        let function = PathFunction {
            path: Path::new(steps),
            to,
            name: String::new(),
            signature: Signature::nullary(Volatility::Immutable),
        };
        let answer = function.walk(&array).unwrap();
        (0..answer.len()).map(|row| physical::value_at(&answer, row, to)).collect()
    }

    #[test]
    fn gives_values_of_any_type() {
        let steps = [Step::Key("a".to_owned()), Step::Position(-1)];
        let texts =
            vec![Some(r#"{"a":[1,"2"]}"#), Some(r#"{"a":{}}"#), None, Some(r#"{"a":[null]}"#)];
        let null = Value::Null;
        assert_eq!(
            walk(&steps, Type::String, texts.clone()),
            [Value::string("2"), Value::string(""), Value::string(""), Value::string("")]
        );
        assert_eq!(
            walk(&steps, Type::Long, texts.clone()),
            [Value::Long(2), null(Type::Long), null(Type::Long), null(Type::Long)]
        );
        let dynamics = walk(&steps, Type::Dynamic, texts);
        assert_eq!(dynamics[0], Value::Dynamic(Arc::new(Dynamic::string("2"))));
        assert!(dynamics[1..].iter().all(Value::is_null));
    }

    #[test]
    fn a_chain_is_one_path() {
        let at = Span::default();
        let scalar = |kind| Scalar::new(kind, Type::Dynamic, at);
        let base = Scalar::literal(Value::Null(Type::Dynamic), at);
        let member =
            scalar(ScalarKind::Member { base: Box::new(base.clone()), name: Name::new("a") });
        let index = Box::new(Scalar::literal(Value::Long(0), at));
        let element = scalar(ScalarKind::Index { base: Box::new(member), index });
        let (found, steps) = chain(&element);
        assert_eq!(*found, base);
        assert_eq!(steps, [Step::Key("a".to_owned()), Step::Position(0)]);
    }
}
