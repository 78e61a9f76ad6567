//! Builtin functions as DataFusion calls them.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue, internal_err};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, TypeSignature,
};
use kql_semantics::Type;

use crate::arguments::{Arguments, arrays};
use crate::function::{Function, Kernel, Meaning};
use crate::physical;
use crate::prepared::Prepared;

/// A function of ours over arguments of given types.
///
/// DataFusion sees arrays only, and a datetime and a long are one array type: the Kusto types are part of the function,
/// and of its name, by which a plan that was sent elsewhere finds it again.
pub struct KqlFunction {
    function: &'static Function,
    kernel: Kernel,
    types: Vec<Type>,
    result: Type,
    name: String,
    signature: Signature,
    prepared: Prepared,
}

/// The DataFusion function that computes `function` over arguments of `types`; none where it has no kernel.
#[must_use]
pub fn scalar_udf(
    function: &'static Function,
    types: Vec<Type>,
    result: Type,
) -> Option<Arc<ScalarUDF>> {
    let (Meaning::Kernel(kernel) | Meaning::VolatileKernel(kernel)) = function.meaning else {
        return None;
    };
    let names: Vec<&str> = types.iter().map(|ty| ty.name()).collect();
    let name = format!("{}({}):{result}", function.name, names.join(","));
    let arrays = types.iter().map(|ty| physical::data_type(*ty)).collect();
    let signature =
        if types.is_empty() { TypeSignature::Nullary } else { TypeSignature::Exact(arrays) };
    let signature = Signature::new(signature, function.meaning.volatility());
    Some(Arc::new(ScalarUDF::new_from_impl(KqlFunction {
        function,
        kernel,
        types,
        result,
        name,
        signature,
        prepared: Prepared::default(),
    })))
}

impl std::fmt::Debug for KqlFunction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

impl PartialEq for KqlFunction {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.function, other.function)
            && self.types == other.types
            && self.result == other.result
    }
}

impl Eq for KqlFunction {}

impl Hash for KqlFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl ScalarUDFImpl for KqlFunction {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(physical::data_type(self.result))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let (arrays, is_constant) = arrays(&args.args, &self.types)?;
        let is_volatile = matches!(self.function.meaning, Meaning::VolatileKernel(_));
        let all_constant = !is_volatile && is_constant.iter().all(|is_constant| *is_constant);
        let rows = if all_constant { 1 } else { args.number_rows };
        let arguments =
            Arguments::new(&arrays, &is_constant, &self.types, self.result, rows, &self.prepared);
        let answer = (self.kernel)(&arguments)?;
        if answer.len() != rows || *answer.data_type() != physical::data_type(self.result) {
            return internal_err!(
                "{} gave {} rows of {}",
                self.name,
                answer.len(),
                answer.data_type()
            );
        }
        if all_constant {
            return ScalarValue::try_from_array(&answer, 0).map(ColumnarValue::Scalar);
        }
        Ok(ColumnarValue::Array(answer))
    }
}
