//! `geo_info_from_ip_address` over a database that was given.

use std::hash::{Hash, Hasher};
use std::net::IpAddr;
use std::sync::Arc;

use arrow::array::{Array, AsArray, StringBuilder};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use kql_semantics::Dynamic;

use crate::outside::{Location, Locations};

/// The function over these locations.
pub(super) fn function(locations: Arc<dyn Locations>) -> ScalarUDF {
    let signature = Signature::exact(vec![DataType::Utf8], Volatility::Immutable);
    ScalarUDF::new_from_impl(Locate { locations, signature })
}

struct Locate {
    locations: Arc<dyn Locations>,
    signature: Signature,
}

impl std::fmt::Debug for Locate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialEq for Locate {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.locations, &other.locations)
    }
}

impl Eq for Locate {}

impl Hash for Locate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl ScalarUDFImpl for Locate {
    fn name(&self) -> &'static str {
        "geo_info_from_ip_address"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&args.args)?;
        let mut texts = StringBuilder::new();
        for address in arrays.first().into_iter().flat_map(|array| array.as_string::<i32>()) {
            let address = address.and_then(|text| text.trim().parse::<IpAddr>().ok());
            match address.and_then(|address| self.locations.locate(address)) {
                Some(location) => texts.append_value(bag(&location)),
                None => texts.append_null(),
            }
        }
        let texts = texts.finish();
        if texts.len() == 1 && args.args.iter().all(|arg| matches!(arg, ColumnarValue::Scalar(_))) {
            return datafusion::common::ScalarValue::try_from_array(&texts, 0)
                .map(ColumnarValue::Scalar);
        }
        Ok(ColumnarValue::Array(Arc::new(texts)))
    }
}

/// What is known of a place, as a bag; what is not known is left out.
fn bag(location: &Location) -> String {
    let text = |value: &Option<String>| value.as_deref().map(Dynamic::string);
    let fields = [
        ("country", text(&location.country)),
        ("state", text(&location.state)),
        ("city", text(&location.city)),
        ("latitude", location.latitude.map(Dynamic::Real)),
        ("longitude", location.longitude.map(Dynamic::Real)),
    ];
    let known = fields.into_iter().filter_map(|(name, value)| Some((name.into(), value?)));
    Dynamic::Bag(known.collect()).to_text()
}
