//! A graph made of rows: a node for each id that the tables of nodes and the edges name.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::interleave;
use arrow::datatypes::SchemaRef;
use arrow::row::{RowConverter, SortField};
use datafusion::common::Result;
use datafusion::execution::memory_pool::MemoryReservation;
use kql_functions::physical;
use kql_semantics::Type;
use kql_semantics::bound::ColumnId;

use super::data::{GraphData, NONE, Table, internal, number};
use crate::cells;
use crate::node::{Rows, value_error};
use crate::plan::column_name;

/// What a graph is made of. Columns of inputs by their names there, those of the graph by their ids.
#[derive(Debug)]
pub(super) struct Sources {
    /// The columns of the edges' rows that hold the ids of their nodes.
    pub(super) ends: [String; 2],
    /// The type of the ids.
    pub(super) id_type: Type,
    pub(super) partition: Option<String>,
    /// The column of the nodes that holds their ids.
    pub(super) node_id: Option<ColumnId>,
    /// The columns of nodes and edges that are asked for.
    pub(super) nodes: Vec<(ColumnId, Type)>,
    pub(super) edges: Vec<(ColumnId, Type)>,
    pub(super) tables: Vec<NodeSource>,
}

/// A table of nodes.
#[derive(Debug)]
pub(super) struct NodeSource {
    pub(super) id: String,
    pub(super) partition: Option<String>,
    /// For each column of the nodes that is asked for its own, and whether that holds the id.
    pub(super) columns: Vec<Option<String>>,
    pub(super) is_id: Vec<bool>,
}

/// What a node takes beside its id and properties. **Unit**: bytes.
const NODE: usize = 64;

/// A graph in the making.
pub(super) struct Builder {
    sources: Arc<Sources>,
    tables: Vec<RecordBatch>,
    edges: Rows,
    memory: MemoryReservation,
    converter: Option<RowConverter>,
    known: HashMap<Box<[u8]>, u32>,
    /// Arrays of ids, and where in them each node's stands.
    ids: Vec<ArrayRef>,
    id_places: Vec<(usize, usize)>,
    partition_converter: Option<RowConverter>,
    known_partitions: HashMap<Box<[u8]>, u32>,
    partitions: Vec<u32>,
    /// For each table the row of each node that it was the first to have.
    rows: Vec<Vec<u32>>,
    ends: Vec<[u32; 2]>,
}

impl Builder {
    /// With the nodes of the tables.
    pub(super) fn new(
        sources: Arc<Sources>,
        edges: SchemaRef,
        tables: Vec<RecordBatch>,
        memory: MemoryReservation,
    ) -> Result<Self> {
        let rows = vec![Vec::new(); tables.len()];
        let mut builder = Self {
            sources,
            tables: Vec::with_capacity(tables.len()),
            edges: Rows::new(edges, memory.new_empty()),
            memory,
            converter: None,
            known: HashMap::new(),
            ids: Vec::new(),
            id_places: Vec::new(),
            partition_converter: None,
            known_partitions: HashMap::new(),
            partitions: Vec::new(),
            rows,
            ends: Vec::new(),
        };
        let sources = Arc::clone(&builder.sources);
        for (at, (source, batch)) in sources.tables.iter().zip(tables).enumerate() {
            let nodes = builder.nodes(&batch, &source.id, source.partition.as_deref())?;
            for (row, node) in nodes.into_iter().enumerate() {
                builder.first_row(at, node, row);
            }
            builder.tables.push(batch);
        }
        Ok(builder)
    }

    /// Takes edges.
    pub(super) fn push(&mut self, batch: RecordBatch) -> Result<()> {
        let sources = Arc::clone(&self.sources);
        let [source, target] = &sources.ends;
        let partition = sources.partition.as_deref();
        self.memory.try_grow(batch.num_rows() * size_of::<[u32; 2]>())?;
        let columns = [source, target].map(|name| cells::column(&batch, name).cloned());
        let [source, target] = columns;
        let columns = [source?, target?];
        let keys = columns.clone().map(|ids| self.keys(&batch, &ids, partition));
        let [sources, targets] = keys;
        let (sources, targets) = (sources?, targets?);
        let parts = self.partition_numbers(&batch, partition)?;
        let first = self.ids.len();
        self.ids.extend(columns);
        // An edge's nodes come into being in the order of the edges, the source first.
        for row in 0..batch.num_rows() {
            let part = parts.as_ref().and_then(|parts| parts.get(row).copied());
            let source = self.node(sources.row(row).as_ref(), (first, row), part)?;
            let target = self.node(targets.row(row).as_ref(), (first + 1, row), part)?;
            self.ends.push([source, target]);
        }
        self.edges.keep(batch)
    }

    /// The graph, and the memory that it takes.
    pub(super) fn finish(mut self) -> Result<(GraphData, MemoryReservation)> {
        let (edges, kept) = self.edges.take()?;
        let count = self.id_places.len();
        let ids = self.interleaved_ids()?;
        let mut nodes = Table { rows: count, ..Table::default() };
        let sources = Arc::clone(&self.sources);
        for (at, (id, ty)) in sources.nodes.iter().enumerate() {
            let is_id = sources.node_id == Some(*id)
                || sources.tables.iter().any(|table| table.is_id.get(at) == Some(&true));
            let array = if is_id { Arc::clone(&ids) } else { self.property(at, *ty)? };
            self.memory.try_grow(array.get_array_memory_size())?;
            nodes.columns.insert(*id, array);
        }
        let mut edge_table = Table { rows: edges.num_rows(), ..Table::default() };
        for (id, _) in &sources.edges {
            let array = cells::column(&edges, &column_name(*id))?;
            edge_table.columns.insert(*id, Arc::clone(array));
        }
        self.memory.grow(kept.size());
        let partitions = sources.partition.is_some().then_some(self.partitions);
        let data = GraphData { ids, partitions, nodes, edges: edge_table, ends: self.ends };
        Ok((data, self.memory))
    }

    fn interleaved_ids(&self) -> Result<ArrayRef> {
        match self.ids.first() {
            None => Ok(physical::nulls(self.sources.id_type, 0)),
            Some(_) => {
                let ids: Vec<&dyn Array> = self.ids.iter().map(AsRef::as_ref).collect();
                Ok(interleave(&ids, &self.id_places)?)
            }
        }
    }

    /// The nodes of a table's rows.
    fn nodes(
        &mut self,
        batch: &RecordBatch,
        id: &str,
        partition: Option<&str>,
    ) -> Result<Vec<u32>> {
        let ids = Arc::clone(cells::column(batch, id)?);
        let keys = self.keys(batch, &ids, partition)?;
        let parts = self.partition_numbers(batch, partition)?;
        let first = self.ids.len();
        self.ids.push(ids);
        let mut nodes = Vec::with_capacity(batch.num_rows());
        for row in 0..batch.num_rows() {
            let part = parts.as_ref().and_then(|parts| parts.get(row).copied());
            nodes.push(self.node(keys.row(row).as_ref(), (first, row), part)?);
        }
        Ok(nodes)
    }

    /// What nodes are told apart by: the partition and the id.
    fn keys(
        &mut self,
        batch: &RecordBatch,
        ids: &ArrayRef,
        partition: Option<&str>,
    ) -> Result<arrow::row::Rows> {
        let mut columns = vec![Arc::clone(ids)];
        if let Some(partition) = partition {
            columns.push(Arc::clone(cells::column(batch, partition)?));
        }
        rows_of(&mut self.converter, &columns)
    }

    fn partition_numbers(
        &mut self,
        batch: &RecordBatch,
        partition: Option<&str>,
    ) -> Result<Option<Vec<u32>>> {
        let Some(partition) = partition else { return Ok(None) };
        let column = Arc::clone(cells::column(batch, partition)?);
        let rows = rows_of(&mut self.partition_converter, &[column])?;
        let known = &mut self.known_partitions;
        let numbers = rows.iter().map(|row| {
            let next = number(known.len());
            *known.entry(row.as_ref().into()).or_insert(next)
        });
        Ok(Some(numbers.collect()))
    }

    /// The node of a key; a new one where there is none.
    fn node(&mut self, key: &[u8], at: (usize, usize), part: Option<u32>) -> Result<u32> {
        if let Some(node) = self.known.get(key) {
            return Ok(*node);
        }
        let node = number(self.id_places.len());
        if node == NONE {
            return Err(value_error("the graph has more nodes than 4,294,967,295"));
        }
        self.memory.try_grow(key.len() + NODE + self.rows.len() * size_of::<u32>())?;
        self.known.insert(key.into(), node);
        self.id_places.push(at);
        self.partitions.extend(part);
        Ok(node)
    }

    fn first_row(&mut self, table: usize, node: u32, row: usize) {
        let Some(rows) = self.rows.get_mut(table) else { return };
        let at = super::data::place(node);
        if rows.len() <= at {
            rows.resize(at + 1, NONE);
        }
        if let Some(known) = rows.get_mut(at).filter(|known| **known == NONE) {
            *known = number(row);
        }
    }

    /// A property of all nodes: of the first table that has one, null where none has.
    fn property(&self, at: usize, ty: Type) -> Result<ArrayRef> {
        let nothing = physical::nulls(ty, 1);
        let mut arrays: Vec<&dyn Array> = vec![&*nothing];
        let mut given: Vec<(usize, &Vec<u32>)> = Vec::new();
        for ((source, batch), rows) in self.sources.tables.iter().zip(&self.tables).zip(&self.rows)
        {
            if let Some(name) = source.columns.get(at).and_then(Option::as_ref) {
                given.push((arrays.len(), rows));
                arrays.push(&**cells::column(batch, name)?);
            }
        }
        let places = (0..self.id_places.len()).map(|node| {
            let mut places = given.iter().filter_map(|(array, rows)| {
                let row = rows.get(node).copied().filter(|row| *row != NONE)?;
                Some((*array, super::data::place(row)))
            });
            let has_value = |(array, row): &(usize, usize)| {
                arrays.get(*array).is_some_and(|array| !is_nothing(*array, *row))
            };
            places.find(has_value).unwrap_or((0, 0))
        });
        let places: Vec<(usize, usize)> = places.collect();
        Ok(interleave(&arrays, &places)?)
    }
}

/// Whether a cell is null, or an empty text.
fn is_nothing(array: &dyn Array, row: usize) -> bool {
    array.is_null(row)
        || array.as_string_opt::<i32>().is_some_and(|texts| texts.value(row).is_empty())
}

fn rows_of(converter: &mut Option<RowConverter>, columns: &[ArrayRef]) -> Result<arrow::row::Rows> {
    if converter.is_none() {
        let fields = columns.iter().map(|column| SortField::new(column.data_type().clone()));
        *converter = Some(RowConverter::new(fields.collect())?);
    }
    let converter = converter.as_mut().ok_or_else(|| internal("no converter of rows"))?;
    Ok(converter.convert_columns(columns)?)
}
