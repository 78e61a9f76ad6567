//! `buildschema`: the least schema that all values fit.

use super::schema::Maker;
use crate::aggregate::Order;
use crate::aggregate::ours::{Keeper, Parts};
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "buildschema",
    aliases: &[],
    help: "The least schema that all values of the group fit: a type's name, a bag of its keys' schemas (those of an array's elements under `` `indexer` ``), or an array of several of these. Null where there is no value.",
    examples: &[Example {
        query: "datatable(v:dynamic)[dynamic({\"x\":1}), dynamic({\"x\":\"a\"})] | summarize x = buildschema(v)",
        answer: &["x:dynamic", "{\"x\":[\"long\",\"string\"]}"],
    }],
    meaning: AggregateMeaning::Ours(|types, _| {
        matches!(types, [Type::Dynamic | Type::Unknown]).then(|| {
            Parts {
                name: "buildschema",
                types: types.to_vec(),
                order: Order::Arrival,
                returns: DataType::Utf8,
                state: vec![DataType::Utf8],
                make: || Ok(Box::<Maker>::default() as Box<dyn Keeper>),
            }
            .udf()
        })
    }),
};

#[cfg(test)]
mod tests {
    use super::super::schema::Schema;

    #[test]
    fn merges_and_comes_back_from_its_text() {
        let mut schema = Schema::default();
        for text in [
            r#"{"x":1,"y":3.5}"#,
            r#"{"x":"somevalue","z":[1,2,3]}"#,
            r#"{"y":{"w":"zzz"},"t":["aa","bb"],"z":["foo"]}"#,
        ] {
            schema.add(&kql_semantics::Dynamic::parse(text).unwrap());
        }
        let text = r#"{"x":["long","string"],"y":[{"w":"string"},"double"],"z":{"`indexer`":["long","string"]},"t":{"`indexer`":"string"}}"#;
        assert_eq!(schema.to_text(), text);
        let mut again = Schema::default();
        again.merge(&kql_semantics::Dynamic::parse(text).unwrap());
        assert_eq!(again.to_text(), text);
    }
}
