//! `dcount_intersect(hll, hll, ...)`: how many values the first sketch has, how many the first two share, and so on.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, Int64Array, RecordBatch};
use arrow::datatypes::Field;
use datafusion::common::Result;
use kql_functions::Example;
use kql_functions::physical;
use kql_functions::sketch::hll::{self, Hll};
use kql_semantics::Type;

use super::{Call, Plugin};
use crate::QueryError;
use crate::cells;
use crate::lower::Lowering;
use crate::node::{Batches, Columns, Operator, Process, Run, Spread, one_batch};
use crate::plan::{Plan, column_name};

pub(super) static PLUGIN: Plugin = Plugin {
    name: "dcount_intersect",
    help: "Behind the input's columns, for each of its sketches of `hll` how many values it shares with all before it: `s0` the values of the first, `s1` those of the first two, and so on.",
    examples: &[Example {
        query: "range x from 1 to 100 step 1 | summarize a = hll(x), b = hll(iff(x % 2 == 0, x, 2)) | evaluate dcount_intersect(a, b) | project s0, s1",
        answer: &["s0:long, s1:long", "100, 50"],
    }],
    lower,
};

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let plan = call.input(lowering)?;
    let sketches: Vec<_> = call.unnamed().filter_map(super::scalar).collect();
    let plan = lowering.prepared(plan, &sketches)?;
    let mut reads = Vec::with_capacity(sketches.len());
    let mut columns = Vec::with_capacity(sketches.len());
    for sketch in sketches {
        let name = lowering.fresh("x");
        columns.push((lowering.scalar(sketch)?, name.clone()));
        reads.push(name);
    }
    let plan = plan.extend(columns)?;
    // The counts come behind the input's columns.
    let all = &call.rowset.columns;
    let counts = all.iter().skip(all.len().saturating_sub(reads.len()));
    let makes = counts.map(|own| column_name(own.id)).collect();
    call.given(plan.operator(Arc::new(DcountIntersect { reads, makes }))?)
}

/// Counts what sketches share.
#[derive(Debug)]
struct DcountIntersect {
    reads: Vec<String>,
    makes: Vec<String>,
}

impl Operator for DcountIntersect {
    fn name(&self) -> &'static str {
        "DcountIntersect"
    }

    fn columns(&self) -> Columns {
        let field = |name: &String| Field::new(name, physical::data_type(Type::Long), true);
        Columns::Added { fields: self.makes.iter().map(field).collect(), reads: self.reads.clone() }
    }

    fn spread(&self) -> Spread {
        Spread::EachPartition
    }

    fn keeps_order(&self) -> bool {
        true
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        Ok(Box::new(Counting { operator: self, run }))
    }
}

struct Counting {
    operator: Arc<DcountIntersect>,
    run: Run,
}

impl Process for Counting {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let reads = &self.operator.reads;
        let texts =
            reads.iter().map(|name| cells::texts(&batch, name)).collect::<Result<Vec<_>>>()?;
        let mut counts: Vec<Vec<Option<i64>>> = vec![Vec::new(); texts.len()];
        for row in 0..batch.num_rows() {
            // Behind one that is no sketch nothing is known.
            let mut sketches = Some(Vec::new());
            for (column, array) in counts.iter_mut().zip(&texts) {
                let text = if array.is_null(row) { "" } else { array.value(row) };
                sketches = sketches.zip(Hll::parse(text)).map(|(mut sketches, sketch)| {
                    sketches.push(sketch);
                    sketches
                });
                column.push(sketches.as_deref().map(hll::common).transpose()?);
            }
        }
        let mut columns = batch.columns().to_vec();
        columns.extend(counts.into_iter().map(|own| Arc::new(Int64Array::from(own)) as ArrayRef));
        Ok(one_batch(RecordBatch::try_new(Arc::clone(&self.run.output), columns)?))
    }
}
