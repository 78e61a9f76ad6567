//! The logical node.

use std::collections::HashSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::datatypes::FieldRef;
use datafusion::common::{DFSchema, DFSchemaRef, Result, TableReference, internal_err};
use datafusion::logical_expr::{Expr, LogicalPlan, UserDefinedLogicalNodeCore};

use super::{Columns, Operator};
use crate::plan::OrderKey;

/// An operator of ours over its inputs.
#[derive(Clone)]
pub(crate) struct OperatorNode {
    operator: Arc<dyn Operator>,
    order: Vec<OrderKey>,
    inputs: Vec<LogicalPlan>,
    schema: DFSchemaRef,
}

impl OperatorNode {
    /// Over inputs, of which it has at least one.
    pub(crate) fn try_new(
        operator: Arc<dyn Operator>,
        order: Vec<OrderKey>,
        inputs: Vec<LogicalPlan>,
    ) -> Result<Self> {
        let Some(first) = inputs.first() else {
            return internal_err!("{} has no input", operator.name());
        };
        let (passed, fields) = match operator.columns() {
            Columns::Added { fields, .. } => {
                let drops = operator.drops();
                let passed = first.schema().iter();
                let passed = passed.filter(|(_, field)| !drops.contains(field.name()));
                (passed.map(|(table, field)| (table.cloned(), Arc::clone(field))).collect(), fields)
            }
            Columns::Made(fields) => (Vec::new(), fields),
        };
        let mut all: Vec<(Option<TableReference>, FieldRef)> = passed;
        all.extend(fields.into_iter().map(|field| (None, Arc::new(field))));
        let schema = DFSchema::new_with_metadata(all, std::collections::HashMap::new())?;
        Ok(Self { operator, order, inputs, schema: Arc::new(schema) })
    }

    pub(super) fn operator(&self) -> &Arc<dyn Operator> {
        &self.operator
    }

    pub(super) fn order(&self) -> &[OrderKey] {
        &self.order
    }

    /// How many of its columns are the first input's.
    fn passed(&self) -> usize {
        match self.operator.columns() {
            Columns::Added { fields, .. } => self.schema.fields().len() - fields.len(),
            Columns::Made(_) => 0,
        }
    }
}

impl fmt::Debug for OperatorNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.operator)
    }
}

impl PartialEq for OperatorNode {
    fn eq(&self, other: &Self) -> bool {
        // An operator is a value made once for its place in the text.
        Arc::ptr_eq(&self.operator, &other.operator)
            && self.order == other.order
            && self.inputs == other.inputs
    }
}

impl Eq for OperatorNode {}

impl PartialOrd for OperatorNode {
    fn partial_cmp(&self, _other: &Self) -> Option<std::cmp::Ordering> {
        None
    }
}

impl Hash for OperatorNode {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.operator.name().hash(state);
        self.inputs.hash(state);
    }
}

impl UserDefinedLogicalNodeCore for OperatorNode {
    fn name(&self) -> &str {
        self.operator.name()
    }

    fn inputs(&self) -> Vec<&LogicalPlan> {
        self.inputs.iter().collect()
    }

    fn schema(&self) -> &DFSchemaRef {
        &self.schema
    }

    fn expressions(&self) -> Vec<Expr> {
        Vec::new()
    }

    /// A filter on columns that are passed on may as well stand below, where each row stands for itself.
    fn prevent_predicate_push_down_columns(&self) -> HashSet<String> {
        let passed = match self.operator.spread() {
            super::Spread::EachPartition => self.passed(),
            super::Spread::Single => 0,
        };
        self.schema.fields().iter().skip(passed).map(|field| field.name().clone()).collect()
    }

    fn fmt_for_explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operator.name())
    }

    fn with_exprs_and_inputs(&self, _exprs: Vec<Expr>, inputs: Vec<LogicalPlan>) -> Result<Self> {
        Self::try_new(Arc::clone(&self.operator), self.order.clone(), inputs)
    }

    fn necessary_children_exprs(&self, output_columns: &[usize]) -> Option<Vec<Vec<usize>>> {
        let [input] = self.inputs.as_slice() else { return None };
        let Columns::Added { reads, .. } = self.operator.columns() else { return None };
        let passed = self.passed();
        let wanted: HashSet<&String> = output_columns
            .iter()
            .filter(|at| **at < passed)
            .map(|at| self.schema.field(*at).name())
            .collect();
        let is_read = |name: &String| {
            reads.contains(name) || self.order.iter().any(|key| key.column == *name)
        };
        let fields = input.schema().fields().iter().enumerate();
        let needed = fields
            .filter(|(_, field)| wanted.contains(field.name()) || is_read(field.name()))
            .map(|(place, _)| place)
            .collect();
        Some(vec![needed])
    }
}
