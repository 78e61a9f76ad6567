//! `avg`: the mean.

use crate::aggregate::keep::means::mean;
use crate::aggregate::prelude::*;

pub(super) static AGGREGATE: Aggregate = Aggregate {
    name: "avg",
    aliases: &[],
    help: "The mean of the values; NaN where there are none, null for datetimes and timespans. The sum of whole numbers wraps around.",
    examples: &[Example {
        query: "datatable(v:long, b:bool)[1, true, 2, false, 4, true] | summarize x = avg(v)",
        answer: &["x:real", "2.3333333333333335"],
    }],
    meaning: AggregateMeaning::Ours(|types, _| mean(*types.first()?)),
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::testing::check;
    use crate::testing::{datetime, decimal};

    #[test]
    fn means() {
        let ten = Value::DateTime(10);
        for (ty, result, values, mean) in [
            (Type::Long, Type::Real, [Value::Long(1), Value::Long(2)], Value::Real(1.5)),
            (
                Type::Long,
                Type::Real,
                [Value::Long(i64::MAX), Value::Long(1)],
                Value::Real(i64::MIN as f64 / 2.0),
            ),
            (Type::Int, Type::Real, [Value::Int(1), Value::Null(Type::Int)], Value::Real(1.0)),
            (
                Type::Real,
                Type::Real,
                [Value::Real(1.0), Value::Real(f64::NAN)],
                Value::Real(f64::NAN),
            ),
            (Type::Decimal, Type::Decimal, [decimal("1.5"), decimal("2")], decimal("1.75")),
            (
                Type::DateTime,
                Type::DateTime,
                [ten.clone(), Value::DateTime(13)],
                Value::DateTime(11),
            ),
        ] {
            let rows: Vec<&[Value]> = values.iter().map(std::slice::from_ref).collect();
            check("avg", &[ty], &[result], &rows, &[mean]);
        }
        // More ticks than 64 bits hold.
        let day = [datetime("2020-01-01")];
        check("avg", &[Type::DateTime], &[Type::DateTime], &[day.as_slice(); 100], &day);
        check("avg", &[Type::Long], &[Type::Real], &[], &[Value::Real(f64::NAN)]);
        check("avg", &[Type::TimeSpan], &[Type::TimeSpan], &[], &[Value::Null(Type::TimeSpan)]);
    }
}
