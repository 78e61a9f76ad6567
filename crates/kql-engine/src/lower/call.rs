//! Calls of builtins, and conversions.

use arrow::datatypes::DataType;
use datafusion::logical_expr::{Expr, cast, lit, not};
use kql_functions::Meaning;
use kql_functions::{physical, scalar, udf};
use kql_semantics::Type;
use kql_semantics::bound::{Scalar, ScalarCall, ScalarKind};
use kql_syntax::Span;

use super::{Lowering, locate};
use crate::QueryError;
use crate::diagnostics::{function_not_supported, no_locations, refused};

impl Lowering<'_> {
    /// A call of a builtin.
    pub(super) fn call(&self, scalar: &Scalar, call: &ScalarCall) -> Result<Expr, QueryError> {
        if let Some(column) = self.window(call) {
            return Ok(crate::plan::column(&column));
        }
        match &*call.function {
            "ingestion_time" => return Ok(self.ingestion_time()),
            "geo_info_from_ip_address" => return self.location(call, scalar.span),
            _ => {}
        }
        if let (
            "tostring",
            [
                inside @ Scalar {
                    ty: Type::Dynamic,
                    kind: ScalarKind::Member { .. } | ScalarKind::Index { .. },
                    ..
                },
            ],
        ) = (&*call.function, call.arguments.as_slice())
        {
            return self.path_as(inside, Type::String);
        }
        let mut arguments = Vec::with_capacity(call.arguments.len());
        let mut types = Vec::with_capacity(call.arguments.len());
        for (index, argument) in call.arguments.iter().enumerate() {
            if let Some(name) = name_beside(call, index) {
                arguments.push(lit(name));
                types.push(Type::String);
            }
            arguments.push(self.scalar(argument)?);
            types.push(argument.ty);
        }
        if &*call.function == "not"
            && let Some(operand) = arguments.pop()
        {
            return Ok(not(operand));
        }
        self.function(&call.function, arguments, &types, scalar)
    }

    /// When the rows at hand were ingested.
    fn ingestion_time(&self) -> Expr {
        let known = self.ingested.borrow();
        known.as_deref().map_or_else(|| lit(physical::null(Type::DateTime)), crate::plan::column)
    }

    /// `geo_info_from_ip_address(address)`
    fn location(&self, call: &ScalarCall, at: Span) -> Result<Expr, QueryError> {
        let locations = self.tables.outside().locations();
        let locations = locations.ok_or_else(|| refused(no_locations(at)))?;
        let mut arguments = Vec::with_capacity(1);
        for argument in &call.arguments {
            let address = self.scalar(argument)?;
            arguments.push(self.converted(address, argument.ty, Type::String, argument.span)?);
        }
        Ok(locate::function(locations).call(arguments))
    }

    /// A builtin or an operator, by name, over lowered arguments.
    pub(super) fn function(
        &self,
        name: &str,
        arguments: Vec<Expr>,
        types: &[Type],
        scalar: &Scalar,
    ) -> Result<Expr, QueryError> {
        let refuse = || refused(function_not_supported(name, scalar.span));
        let function = scalar::scalar_function(name).ok_or_else(refuse)?;
        match function.meaning {
            Meaning::Kernel(_) | Meaning::VolatileKernel(_) => {
                let udf = udf::scalar_udf(function, types.to_vec(), scalar.ty);
                Ok(udf.ok_or_else(refuse)?.call(arguments))
            }
            Meaning::Expr(build) => Ok(build(arguments, types)),
            Meaning::Kql(text) => self.said_in_kql(text, arguments, types, scalar),
            Meaning::Resolved => Err(refuse()),
        }
    }

    /// A builtin by name over one lowered argument.
    pub(crate) fn function_of(
        &self,
        name: &str,
        (argument, ty): (Expr, Type),
        result: Type,
        at: Span,
    ) -> Result<Expr, QueryError> {
        let null = ScalarKind::Literal(kql_semantics::Value::Null(result));
        self.function(name, vec![argument], &[ty], &Scalar::new(null, result, at))
    }

    /// A value as another type, as Kusto converts it unasked.
    pub(crate) fn converted(
        &self,
        value: Expr,
        from: Type,
        to: Type,
        at: Span,
    ) -> Result<Expr, QueryError> {
        match (from, to) {
            (from, to) if from == to => Ok(value),
            (Type::Unknown, Type::Dynamic) | (Type::Dynamic, Type::Unknown) => Ok(value),
            (Type::Int, Type::Long) => Ok(widened(value)),
            (Type::Int | Type::Long, Type::Real) => Ok(cast(value, DataType::Float64)),
            _ => {
                let scalar =
                    Scalar::new(ScalarKind::Literal(kql_semantics::Value::Null(to)), to, at);
                self.function("$convert", vec![value], &[from], &scalar)
            }
        }
    }
}

/// The name that a function takes before an argument: those that pack columns take each behind its name.
fn name_beside(call: &ScalarCall, index: usize) -> Option<&str> {
    let first = match &*call.function {
        "bag_pack_columns" => 0,
        "pack_all" => 1,
        _ => return None,
    };
    if index < first { None } else { call.argument_names.get(index).map(|name| &**name) }
}

/// An `int` as a `long`; a constant becomes another constant, which statistics can be compared with.
fn widened(value: Expr) -> Expr {
    use datafusion::common::ScalarValue::{Int32, Int64};
    match value {
        Expr::Literal(Int32(constant), _) => lit(Int64(constant.map(i64::from))),
        value => cast(value, physical::data_type(Type::Long)),
    }
}
