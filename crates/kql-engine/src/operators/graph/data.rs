//! A graph in memory.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::RecordBatchOptions;
use arrow::array::{ArrayRef, AsArray, BooleanArray, Int64Array, RecordBatch, UInt32Array};
use arrow::compute::{filter, take};
use arrow::datatypes::SchemaRef;
use datafusion::common::{DataFusionError, Result};
use datafusion::physical_expr::PhysicalExpr;
use kql_semantics::bound::{ColumnId, ElementColumn, ElementValue};

/// No node, no edge.
pub(super) const NONE: u32 = u32::MAX;

/// Columns of one length.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: usize,
    pub(super) columns: HashMap<ColumnId, ArrayRef>,
}

/// Nodes, and edges between them.
#[derive(Debug)]
pub(super) struct GraphData {
    /// The ids of the nodes.
    pub(super) ids: ArrayRef,
    /// The partitions of the nodes, where the graph has several.
    pub(super) partitions: Option<Vec<u32>>,
    pub(super) nodes: Table,
    pub(super) edges: Table,
    /// Where each edge starts and ends.
    pub(super) ends: Vec<[u32; 2]>,
}

/// Which elements of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Elements {
    Nodes,
    Edges,
}

/// Something computed for elements of a graph.
#[derive(Clone, Debug)]
pub(super) struct Computed {
    pub(super) expression: Arc<dyn PhysicalExpr>,
    /// What the expression is over.
    pub(super) schema: SchemaRef,
    /// What each of the schema's columns holds.
    pub(super) columns: Vec<ElementColumn>,
}

impl Table {
    fn filter(&mut self, mask: &BooleanArray) -> Result<()> {
        for array in self.columns.values_mut() {
            *array = filter(array, mask)?;
        }
        self.rows = mask.true_count();
        Ok(())
    }
}

impl GraphData {
    /// How many elements there are.
    pub(super) fn count(&self, of: Elements) -> usize {
        match of {
            Elements::Nodes => self.nodes.rows,
            Elements::Edges => self.edges.rows,
        }
    }

    /// Something of all nodes or edges; `hash` is over the ids.
    pub(super) fn array(
        &self,
        of: Elements,
        value: ElementValue,
        hash: &Computed,
    ) -> Result<ArrayRef> {
        let table = match of {
            Elements::Nodes => &self.nodes,
            Elements::Edges => &self.edges,
        };
        Ok(match value {
            ElementValue::Property(id) => {
                let array = table.columns.get(&id).cloned();
                array.ok_or_else(|| internal("an element of a graph lacks a property"))?
            }
            ElementValue::NodeId => Arc::clone(&self.ids),
            ElementValue::NodeHash => hash.evaluate(&[Arc::clone(&self.ids)], self.nodes.rows)?,
            ElementValue::SourceHash | ElementValue::TargetHash => {
                let hashes = hash.evaluate(&[Arc::clone(&self.ids)], self.nodes.rows)?;
                let nodes = self.ends.iter().map(|[source, target]| match value {
                    ElementValue::SourceHash => *source,
                    _ => *target,
                });
                take(&hashes, &UInt32Array::from_iter_values(nodes), None)?
            }
            ElementValue::DegreeIn => self.degrees(|[_, target]| target),
            ElementValue::DegreeOut => self.degrees(|[source, _]| source),
        })
    }

    fn degrees(&self, end: impl Fn([u32; 2]) -> u32) -> ArrayRef {
        let mut degrees = vec![0_i64; self.nodes.rows];
        for ends in &self.ends {
            if let Some(degree) = degrees.get_mut(place(end(*ends))) {
                *degree += 1;
            }
        }
        Arc::new(Int64Array::from(degrees))
    }

    /// What is computed for each node or edge.
    pub(super) fn computed(
        &self,
        of: Elements,
        computed: &Computed,
        hash: &Computed,
    ) -> Result<ArrayRef> {
        let arrays = computed.columns.iter().map(|column| self.array(of, column.value, hash));
        computed.evaluate(&arrays.collect::<Result<Vec<_>>>()?, self.count(of))
    }

    /// Whether a condition is true, for each node or edge.
    pub(super) fn truths(
        &self,
        of: Elements,
        condition: &Computed,
        hash: &Computed,
    ) -> Result<Vec<bool>> {
        let array = self.computed(of, condition, hash)?;
        let flags = array.as_boolean_opt();
        let flags = flags.ok_or_else(|| internal("a condition of a graph is no truth value"))?;
        Ok(flags.iter().map(|flag| flag == Some(true)).collect())
    }

    /// Only these nodes, and the edges between them.
    pub(super) fn keep_nodes(&mut self, kept: &[bool]) -> Result<()> {
        let mut places = vec![NONE; kept.len()];
        let mut next = 0;
        for (place, kept) in places.iter_mut().zip(kept) {
            if *kept {
                *place = next;
                next += 1;
            }
        }
        let moved = |node: u32| places.get(place(node)).copied().unwrap_or(NONE);
        let edges: Vec<bool> =
            self.ends.iter().map(|ends| ends.iter().all(|node| moved(*node) != NONE)).collect();
        self.keep_edges(&edges)?;
        for ends in &mut self.ends {
            *ends = ends.map(moved);
        }
        let mask = BooleanArray::from(kept.to_vec());
        self.nodes.filter(&mask)?;
        self.ids = filter(&self.ids, &mask)?;
        if let Some(partitions) = &mut self.partitions {
            let mut kept = kept.iter();
            partitions.retain(|_| kept.next() == Some(&true));
        }
        Ok(())
    }

    /// Only these edges.
    pub(super) fn keep_edges(&mut self, kept: &[bool]) -> Result<()> {
        self.edges.filter(&BooleanArray::from(kept.to_vec()))?;
        let mut kept = kept.iter();
        self.ends.retain(|_| kept.next() == Some(&true));
        Ok(())
    }
}

impl Computed {
    /// Its values over arrays of the schema's columns.
    pub(super) fn evaluate(&self, arrays: &[ArrayRef], rows: usize) -> Result<ArrayRef> {
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let schema = Arc::clone(&self.schema);
        let batch = RecordBatch::try_new_with_options(schema, arrays.to_vec(), &options)?;
        self.expression.evaluate(&batch)?.into_array(rows)
    }
}

/// A node's or an edge's number as a place.
pub(super) fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A place as a number.
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}

pub(super) fn internal(what: &str) -> DataFusionError {
    DataFusionError::Internal(what.to_owned())
}
