//! `rows_near(condition, before, after)`: the rows that satisfy a condition, and their neighbours.

use std::sync::Arc;

use arrow::array::{Array, BooleanArray, RecordBatch};
use arrow::compute::filter_record_batch;
use datafusion::common::Result;

use kql_functions::Example;

use super::{Call, Plugin};
use crate::QueryError;
use crate::cells;
use crate::lower::Lowering;
use crate::node::{Batches, Columns, Operator, Process, Rows, Run, Spread, no_batches, one_batch};
use crate::plan::Plan;

pub(super) static PLUGIN: Plugin = Plugin {
    name: "rows_near",
    help: "The rows for which a condition holds, with so many before and after each, in the input's order.",
    examples: &[Example {
        query: "range x from 1 to 9 step 1 | sort by x asc | evaluate rows_near(x == 5, 1)",
        answer: &["x:long", "4", "5", "6"],
    }],
    lower,
};

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let plan = call.input(lowering)?;
    let condition = call.needed(0)?;
    let plan = lowering.prepared(plan, &[condition])?;
    let flags = lowering.fresh("x");
    let plan = plan.extend(vec![(lowering.scalar(condition)?, flags.clone())])?;
    let count = |at: usize| call.long(lowering, at).map(|rows| usize::try_from(rows).unwrap_or(0));
    let before = count(1)?;
    let after = if call.scalar(2).is_some() { count(2)? } else { before };
    plan.in_order(Arc::new(RowsNear { flags, before, after }))
}

/// Keeps rows near those that are marked.
#[derive(Debug)]
struct RowsNear {
    flags: String,
    before: usize,
    after: usize,
}

impl Operator for RowsNear {
    fn name(&self) -> &'static str {
        "RowsNear"
    }

    fn columns(&self) -> Columns {
        Columns::Added { fields: Vec::new(), reads: vec![self.flags.clone()] }
    }

    fn spread(&self) -> Spread {
        Spread::Single
    }

    fn keeps_order(&self) -> bool {
        true
    }

    fn start(self: Arc<Self>, mut run: Run) -> Result<Box<dyn Process>> {
        let rows = Rows::new(Arc::clone(&run.input), run.memory.take());
        Ok(Box::new(Gathering { operator: self, run, rows }))
    }
}

struct Gathering {
    operator: Arc<RowsNear>,
    run: Run,
    rows: Rows,
}

impl Process for Gathering {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        self.rows.keep(batch)?;
        Ok(no_batches())
    }

    fn finish(&mut self) -> Result<Batches> {
        let (rows, _memory) = self.rows.take()?;
        let flags = cells::flags(&rows, &self.operator.flags)?;
        let marked: Vec<bool> =
            (0..flags.len()).map(|row| flags.is_valid(row) && flags.value(row)).collect();
        let kept = near(&marked, self.operator.before, self.operator.after);
        let rows = RecordBatch::try_new(Arc::clone(&self.run.output), rows.columns().to_vec())?;
        Ok(one_batch(filter_record_batch(&rows, &BooleanArray::from(kept))?))
    }
}

fn near(marked: &[bool], before: usize, after: usize) -> Vec<bool> {
    let mut kept = vec![false; marked.len()];
    let mut done = 0;
    for (at, _) in marked.iter().enumerate().filter(|(_, is_marked)| **is_marked) {
        let from = at.saturating_sub(before).max(done);
        let to = at.saturating_add(after).saturating_add(1).min(marked.len());
        if let Some(range) = kept.get_mut(from..to) {
            range.fill(true);
        }
        done = done.max(to);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn keeps_neighbours() {
        let marked = [false, false, true, false, false, false, true];
        assert_eq!(near(&marked, 1, 1), [false, true, true, true, false, true, true]);
        assert_eq!(near(&marked, 0, 2), [false, false, true, true, true, false, true]);
        assert_eq!(near(&marked, 9, 9), [true; 7]);
    }
}
