//! `scan`

mod machine;
mod node;

use std::collections::HashSet;
use std::sync::Arc;

use arrow::datatypes::Schema;
use datafusion::common::DFSchema;
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::execution_props::ExecutionProps;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::physical_expr::{PhysicalExpr, create_physical_expr};
use kql_functions::physical;
use kql_semantics::Type;
use kql_semantics::bound::{Column, ColumnId, Rowset, Scalar, ScalarKind, ScanRowset};

use crate::QueryError;
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::plan::{Plan, column_name};
use node::{Condition, Scan, Source, Step};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    scan: &ScanRowset,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(&scan.input)?;
    let used = used(scan);
    refuse_windows(scan)?;
    // What asks for no state is computed for all rows at once, below.
    let mut below: Vec<&Scalar> = scan.partition_by.iter().collect();
    below.extend(stateless(scan).map(|step| &step.condition));
    let plan = lowering.prepared(plan, &below)?;
    let mut columns = Vec::new();
    let mut partition_by = Vec::with_capacity(scan.partition_by.len() + 1);
    for key in &scan.partition_by {
        let name = lowering.fresh("x");
        columns.push((lowering.scalar(key)?, name.clone()));
        partition_by.push(name);
    }
    partition_by.extend(plan.apart.as_ref().map(|apart| apart.key.clone()));
    let place = Places::new(scan, &used);
    let mut steps = Vec::with_capacity(scan.steps.len());
    for step in &scan.steps {
        let condition = if is_stateless(&step.condition, scan) {
            let name = lowering.fresh("x");
            columns.push((truth(lowering, &step.condition)?, name.clone()));
            Condition::Column(name)
        } else {
            Condition::Expression(place.physical(truth(lowering, &step.condition)?)?)
        };
        let mut assignments = Vec::with_capacity(step.assignments.len());
        for (id, value) in &step.assignments {
            let declared = scan.declared.iter().position(|(column, _)| column.id == *id);
            let declared = declared.ok_or_else(|| {
                QueryError::Internal(String::from("a step of scan sets what is not declared"))
            })?;
            assignments.push((declared, place.physical(lowering.scalar(value)?)?));
        }
        let (is_optional, output) = (step.is_optional, step.output);
        steps.push(Step { is_optional, output, condition, assignments });
    }
    if plan.apart.as_ref().is_some_and(|apart| apart.ghost.is_some()) {
        return Err(refused(not_supported(
            "`scan` before a `summarize` in a subquery",
            rowset.span,
        )));
    }
    let plan = plan.extend(columns)?;
    let declared = scan.declared.iter();
    let declared =
        declared.map(|(column, value)| (column_name(column.id), column.ty, value.clone()));
    let operator = Scan {
        partition_by,
        declared: declared.collect(),
        match_id: scan.match_id.map(column_name),
        steps,
        schema: place.schema,
        sources: place.sources,
        remembered: place.remembered,
    };
    plan.in_order(Arc::new(operator))
}

fn truth(lowering: &Lowering<'_>, condition: &Scalar) -> Result<Expr, QueryError> {
    let value = lowering.scalar(condition)?;
    lowering.converted(value, condition.ty, Type::Bool, condition.span)
}

/// The columns that conditions and assignments name.
fn used(scan: &ScanRowset) -> HashSet<ColumnId> {
    let mut used = HashSet::new();
    for step in &scan.steps {
        let values = step.assignments.iter().map(|(_, value)| value);
        for scalar in values.chain([&step.condition]) {
            scalar.walk(&mut |inner| {
                if let ScalarKind::Column(id) = inner.kind {
                    used.insert(id);
                }
            });
        }
    }
    used
}

fn refuse_windows(scan: &ScanRowset) -> Result<(), QueryError> {
    let mut found = None;
    for step in &scan.steps {
        let values = step.assignments.iter().map(|(_, value)| value);
        for scalar in values.chain([&step.condition]) {
            scalar.walk(&mut |inner| {
                if let ScalarKind::Call(call) = &inner.kind
                    && super::windows::is_window(&call.function)
                {
                    found = Some((call.function.clone(), inner.span));
                }
            });
        }
    }
    match found {
        Some((name, at)) => Err(refused(not_supported(&format!("`{name}` in a step of scan"), at))),
        None => Ok(()),
    }
}

fn stateless(scan: &ScanRowset) -> impl Iterator<Item = &kql_semantics::bound::ScanStepRowset> {
    scan.steps.iter().filter(|step| is_stateless(&step.condition, scan))
}

/// Whether a condition names neither states nor declared columns.
fn is_stateless(condition: &Scalar, scan: &ScanRowset) -> bool {
    let mut all_own = true;
    condition.walk(&mut |inner| {
        if let ScalarKind::Column(id) = inner.kind {
            all_own &= scan.input.columns.iter().any(|column| column.id == id);
        }
    });
    all_own
}

/// The columns that expressions are computed over, and where they come from.
struct Places {
    schema: arrow::datatypes::SchemaRef,
    sources: Vec<Source>,
    remembered: Vec<String>,
}

impl Places {
    fn new(scan: &ScanRowset, used: &HashSet<ColumnId>) -> Self {
        let input = &scan.input.columns;
        let mut fields = Vec::new();
        let mut sources = Vec::new();
        let mut remembered = Vec::new();
        let mut add = |id: ColumnId, ty: Type, source: Source| {
            if used.contains(&id) {
                fields.push(physical::field(&column_name(id), ty));
                sources.push(source);
            }
        };
        for column in input {
            add(column.id, column.ty, Source::Record(column_name(column.id)));
        }
        for (at, (column, _)) in scan.declared.iter().enumerate() {
            add(column.id, column.ty, Source::Declared(at));
        }
        // Only those of the input's columns are remembered that some state is asked for.
        let is_remembered = |at: usize| {
            scan.states.iter().any(|state| state.get(at).is_some_and(|id| used.contains(id)))
        };
        let places: Vec<usize> = (0..input.len()).filter(|at| is_remembered(*at)).collect();
        let kept = places.iter().filter_map(|at| input.get(*at));
        remembered.extend(kept.map(|column| column_name(column.id)));
        for (step, state) in scan.states.iter().enumerate() {
            for (at, id) in state.iter().enumerate() {
                let (place, ty) = match at.checked_sub(input.len()) {
                    None => (
                        places.iter().position(|kept| *kept == at),
                        input.get(at).map(|own| own.ty),
                    ),
                    Some(declared) => (
                        Some(places.len() + declared),
                        scan.declared.get(declared).map(|(own, _): &(Column, _)| own.ty),
                    ),
                };
                if let (Some(place), Some(ty)) = (place, ty) {
                    add(*id, ty, Source::State(step, place));
                }
            }
        }
        Self { schema: Arc::new(Schema::new(fields)), sources, remembered }
    }

    fn physical(&self, expression: Expr) -> Result<Arc<dyn PhysicalExpr>, QueryError> {
        let schema = DFSchema::try_from(Schema::clone(&self.schema))?;
        Ok(create_physical_expr(
            &expression,
            &schema,
            &ExecutionProps::new(),
            &PhysicalPlanningContext::default(),
        )?)
    }
}
