//! Running one bound query: the tables inside it first, then its results.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::{Array, RecordBatch, RecordBatchOptions};
use arrow::datatypes::Schema;
use datafusion::datasource::MemTable;
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryReservation};
use datafusion::execution::runtime_env::RuntimeEnv;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use futures::StreamExt;
use kql_functions::physical;
use kql_semantics::bound::{BoundQuery, PartitionRowset, Rowset, Scalar, SharedRowset};
use kql_semantics::{Dynamic, Value};

use crate::ingestion;
use crate::lower::list::dynamic;
use crate::lower::unread::unread;
use crate::lower::{Kept, KeptRows, Lowering};
use crate::operators::partition::{self, Around, MOST_VALUES};
use crate::plan::{Order, Plan, Strength, column, column_name};
use crate::session::{Joins, session};
use crate::steps::{Step, steps};
use crate::stop::Stop;
use crate::{EngineOptions, QueryError, QueryOptions, Tables, operators};

/// Values of one `in (table)`.
const MOST_LISTED: usize = 1_000_000;

/// Our own stack while lowering: bound queries nest as deep as the binder lets them, and debug builds take much for each level.
const STACK: usize = 128 << 20;

/// One query while it runs.
pub(crate) struct Run<'a> {
    pub(crate) tables: &'a dyn Tables,
    pub(crate) engine: &'a EngineOptions,
    pub(crate) runtime: &'a Arc<RuntimeEnv>,
    pub(crate) options: &'a QueryOptions,
    /// Scalar `let`s that depend on rows.
    pub(crate) shared: &'a [Scalar],
    /// Whether it asks when rows were ingested.
    pub(crate) reads_ingestion: bool,
    /// Whether nobody waits any more.
    stop: Stop,
    kept: Kept,
    /// Holds the memory of what is kept.
    held: MemoryReservation,
}

/// How many rows are wanted, and whether in their order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted {
    /// All.
    All,
    /// Not more than these: what is beyond is an error that says so.
    AtMost(usize),
    /// The first ones, and whether there are more.
    First(usize),
}

/// Rows that were computed.
pub(crate) struct Rows {
    /// In the rowset's columns, in order.
    pub(crate) batches: Vec<RecordBatch>,
    /// Whether there were more than wanted.
    pub(crate) is_cut: bool,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        tables: &'a dyn Tables,
        (engine, runtime): (&'a EngineOptions, &'a Arc<RuntimeEnv>),
        options: &'a QueryOptions,
        (query, stop): (&'a BoundQuery, Stop),
    ) -> Self {
        let held = MemoryConsumer::new("kept rows").register(&runtime.memory_pool);
        let (shared, kept) = (query.shared.as_slice(), Kept::default());
        let reads_ingestion = stacker::grow(STACK, || ingestion::is_read(query));
        Self { tables, engine, runtime, options, shared, reads_ingestion, stop, kept, held }
    }

    /// Holds the memory of rows that are kept to the end of the query.
    pub(crate) fn hold(&self, batches: &[RecordBatch]) -> Result<(), QueryError> {
        let bytes = batches.iter().map(RecordBatch::get_array_memory_size).sum();
        Ok(self.held.try_grow(bytes)?)
    }

    fn lowering(&self) -> Lowering<'_> {
        let window = self.options.window;
        let mut lowering = Lowering::new(self.tables, self.shared, &self.kept, window);
        lowering.reads_ingestion = self.reads_ingestion;
        lowering.stop = self.stop.clone();
        lowering
    }

    /// The rows of a rowset, in its order where it is written.
    pub(crate) async fn rows(
        &mut self,
        rowset: &Rowset,
        wanted: Wanted,
    ) -> Result<Rows, QueryError> {
        self.prepare(rowset, &[]).await?;
        let plan = self.lower(rowset, &[])?;
        let names: Vec<String> =
            rowset.columns.iter().map(|column| column_name(column.id)).collect();
        let mut seen = HashSet::new();
        let columns = names
            .iter()
            .filter(|name| seen.insert(*name))
            .map(|name| (column(name), name.clone()))
            .collect();
        let mut plan = plan.project(columns)?;
        if plan.order.strength >= Strength::Written {
            plan = plan.sorted(None);
        }
        let rows = self.execute(&plan.plan, wanted).await?;
        let batches = rows.batches.iter().map(|batch| picked(batch, &names)).collect();
        Ok(Rows { batches: Result::<_, QueryError>::from_iter::<Vec<_>>(batches)?, ..rows })
    }

    /// The rows of what `make` makes of a rowset's plan; more than `most` of them are an error.
    pub(crate) async fn made(
        &mut self,
        rowset: &Rowset,
        most: usize,
        make: &(dyn Fn(&Lowering<'_>, Plan) -> Result<Plan, QueryError> + Sync),
    ) -> Result<Vec<RecordBatch>, QueryError> {
        self.prepare(rowset, &[]).await?;
        let plan = stacker::grow(STACK, || {
            let mut lowering = self.lowering();
            let plan = lowering.rowset(rowset)?;
            make(&lowering, plan)
        })?;
        let rows = self.execute(&plan.plan, Wanted::First(most)).await?;
        match rows.is_cut {
            true => Err(QueryError::Value(format!(
                "a plugin would give more than {most} columns: write its schema behind a colon, or narrow its input"
            ))),
            false => Ok(rows.batches),
        }
    }

    /// What `make` makes of constants.
    pub(crate) fn with_lowering<T>(&self, make: impl FnOnce(&Lowering<'_>) -> T) -> T {
        make(&self.lowering())
    }

    /// The plan of a rowset whose inner tables were run.
    pub(crate) fn lower(&self, rowset: &Rowset, around: &[Around<'_>]) -> Result<Plan, QueryError> {
        self.lower_with(around, |lowering| {
            lowering.unread = unread(rowset);
            lowering.rowset(rowset)
        })
    }

    /// What `make` makes, within the values that subqueries around are run for.
    fn lower_with<T>(
        &self,
        around: &[Around<'_>],
        make: impl FnOnce(&mut Lowering<'_>) -> Result<T, QueryError>,
    ) -> Result<T, QueryError> {
        stacker::grow(STACK, || {
            let mut lowering = self.lowering();
            for around in around {
                around.enter(&mut lowering)?;
            }
            make(&mut lowering)
        })
    }

    /// Runs the tables inside a rowset that it needs the answers of.
    async fn prepare(&mut self, rowset: &Rowset, around: &[Around<'_>]) -> Result<(), QueryError> {
        let shared = self.shared;
        for step in stacker::grow(STACK, || steps(rowset, shared)) {
            match step {
                Step::Scalar(table) => {
                    if self.kept.scalar(table).is_none() {
                        let value = self.first_value(table, around).await?;
                        self.kept.keep_scalar(table, value);
                    }
                }
                Step::List(table) => {
                    if self.kept.scalar(table).is_none() {
                        let values = self.values(table, around).await?;
                        self.kept.keep_scalar(table, values);
                    }
                }
                Step::External(rowset, source) => {
                    if self.kept.rows(rowset).is_none() {
                        let rows = operators::external_data::fetch(self, rowset, source).await?;
                        self.kept.keep_rows(rowset, rows);
                    }
                }
                Step::Request(rowset, evaluate) => {
                    if self.kept.rows(rowset).is_none() {
                        let request =
                            operators::evaluate::http_request::ask(self, rowset, evaluate);
                        let rows = request.await?;
                        self.kept.keep_rows(rowset, rows);
                    }
                }
                Step::Table(definition) => {
                    if self.kept.table(definition).is_none() {
                        let held = self.held.size();
                        match self.materialized(definition, around).await {
                            Ok(rows) => self.kept.keep_table(definition, rows),
                            // It stands where it is used, then.
                            Err(QueryError::Memory { .. }) if definition.may_be_read_again => {
                                self.held.try_resize(held)?;
                            }
                            Err(error) => return Err(error),
                        }
                    }
                }
                Step::Partition(rowset, partition) => {
                    if self.kept.rows(rowset).is_none() {
                        let rows = Box::pin(self.partitioned(partition, around)).await?;
                        self.kept.keep_rows(rowset, rows);
                    }
                }
            }
        }
        Ok(())
    }

    /// The first column of the first row.
    async fn first_value(
        &self,
        table: &Rowset,
        around: &[Around<'_>],
    ) -> Result<Value, QueryError> {
        let Some(first) = table.columns.first() else {
            return Err(QueryError::Internal(String::from("a table without columns as a value")));
        };
        let name = column_name(first.id);
        let plan = self.lower(table, around)?;
        let mut plan = plan.project(vec![(column(&name), name.clone())])?;
        plan = if plan.order.strength == Strength::Natural {
            plan.limited(Some(1))
        } else {
            plan.sorted(Some(1))
        };
        let rows = self.execute(&plan.plan, Wanted::First(1)).await?;
        let batch = rows.batches.iter().find(|batch| batch.num_rows() > 0);
        let array = batch.and_then(|batch| batch.column_by_name(&name));
        Ok(match array {
            Some(array) => physical::value_at(array, 0, first.ty),
            None if first.ty == kql_semantics::Type::String => Value::string(""),
            None => Value::Null(first.ty),
        })
    }

    /// The distinct values of the first column, as a dynamic array.
    async fn values(&mut self, table: &Rowset, around: &[Around<'_>]) -> Result<Value, QueryError> {
        let Some(first) = table.columns.first() else {
            return Err(QueryError::Internal(String::from("a table without columns as a list")));
        };
        let name = column_name(first.id);
        let plan = self.lower(table, around)?;
        let keys = vec![column(&name)];
        let plan =
            datafusion::logical_expr::Aggregate::try_new(Arc::new(plan.plan), keys, Vec::new())?;
        let plan = LogicalPlan::Aggregate(plan);
        let rows = self.execute(&plan, Wanted::AtMost(MOST_LISTED)).await?;
        let mut values = Vec::new();
        for batch in &rows.batches {
            let Some(array) = batch.column_by_name(&name) else { continue };
            for row in 0..batch.num_rows() {
                match dynamic(&physical::value_at(array, row, first.ty)) {
                    // A dynamic array among the values stands for its elements.
                    Dynamic::Array(elements) => values.extend(elements),
                    value => values.push(value),
                }
            }
            self.held.try_grow(array.get_array_memory_size() * 4)?;
        }
        Ok(Value::Dynamic(Arc::new(Dynamic::Array(values))))
    }

    /// The rows of a `materialize`, in memory.
    async fn materialized(
        &mut self,
        definition: &SharedRowset,
        around: &[Around<'_>],
    ) -> Result<KeptRows, QueryError> {
        let plan = self.lower(&definition.rowset, around)?;
        let schema = Arc::new(Schema::clone(plan.schema().as_arrow()));
        let rows = self.execute(&plan.plan, Wanted::All).await?;
        let mut batches = Vec::with_capacity(rows.batches.len());
        for batch in rows.batches {
            self.held.try_grow(batch.get_array_memory_size())?;
            batches.push(RecordBatch::try_new(Arc::clone(&schema), batch.columns().to_vec())?);
        }
        let provider = Arc::new(MemTable::try_new(schema, vec![batches])?);
        Ok(KeptRows { provider, order: plan.order, ingested: plan.ingested })
    }

    /// The rows of a `partition` whose body is run for each value.
    async fn partitioned(
        &mut self,
        partition: &PartitionRowset,
        around: &[Around<'_>],
    ) -> Result<KeptRows, QueryError> {
        let (plan, name) =
            self.lower_with(around, |lowering| partition::values(lowering, partition))?;
        let rows = self.execute(&plan, Wanted::First(MOST_VALUES)).await?;
        if rows.is_cut {
            return Err(QueryError::Value(format!(
                "the subquery of `partition` is run for at most {MOST_VALUES} values, and there are more: use `summarize`, `join` or `top-nested`"
            )));
        }
        let mut values = Vec::new();
        for batch in &rows.batches {
            let Some(array) = batch.column_by_name(&name) else { continue };
            values.extend(
                (0..array.len()).map(|row| physical::value_at(array, row, partition.by.ty)),
            );
        }
        let columns = &partition.body.columns;
        let names: Vec<String> = columns.iter().map(|own| column_name(own.id)).collect();
        let fields = columns.iter().map(|own| physical::field(&column_name(own.id), own.ty));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let outer = self.kept.clone();
        let mut batches = Vec::new();
        for value in &values {
            // What is inside the body is another for each value.
            self.kept = outer.clone();
            let mut around = around.to_vec();
            around.push(Around { partition, value });
            Box::pin(self.prepare(&partition.body, &around)).await?;
            let plan = self.lower(&partition.body, &around)?;
            let plan =
                plan.project(names.iter().map(|name| (column(name), name.clone())).collect())?;
            for batch in self.execute(&plan.plan, Wanted::All).await?.batches {
                self.held.try_grow(batch.get_array_memory_size())?;
                let arrays = picked(&batch, &names)?.columns().to_vec();
                let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
                let schema = Arc::clone(&schema);
                batches.push(RecordBatch::try_new_with_options(schema, arrays, &options)?);
            }
        }
        self.kept = outer;
        let provider = Arc::new(MemTable::try_new(schema, vec![batches])?);
        Ok(KeptRows { provider, order: Order::default(), ingested: None })
    }

    /// Computes a plan. What a hash join has no memory for is tried again with joins that can spill.
    async fn execute(&self, plan: &LogicalPlan, wanted: Wanted) -> Result<Rows, QueryError> {
        let (first, has_joins) = self.attempt(plan, wanted, Joins::Hash).await;
        match first {
            Err(QueryError::Memory { .. }) if has_joins => {
                tracing::debug!("out of memory, joins by sorting now");
                self.attempt(plan, wanted, Joins::SortMerge).await.0
            }
            result => result,
        }
    }

    async fn attempt(
        &self,
        plan: &LogicalPlan,
        wanted: Wanted,
        joins: Joins,
    ) -> (Result<Rows, QueryError>, bool) {
        let state = session(self.engine, self.runtime, joins, &self.stop);
        let physical = match state.create_physical_plan(plan).await {
            Ok(physical) => physical,
            Err(error) => return (Err(self.error(error.into())), false),
        };
        let has_joins = has_hash_join(physical.as_ref());
        let rows = self.collect(&physical, state.task_ctx(), wanted).await;
        (rows.map_err(|error| self.error(error)), has_joins)
    }

    async fn collect(
        &self,
        plan: &Arc<dyn ExecutionPlan>,
        context: Arc<datafusion::execution::TaskContext>,
        wanted: Wanted,
    ) -> Result<Rows, QueryError> {
        let held = MemoryConsumer::new("answer").register(&self.runtime.memory_pool);
        let mut stream = execute_stream(Arc::clone(plan), context)?;
        let (limit, is_error) = match wanted {
            Wanted::All => (usize::MAX, false),
            Wanted::AtMost(limit) => (limit, true),
            Wanted::First(limit) => (limit, false),
        };
        let (mut batches, mut count) = (Vec::new(), 0_usize);
        while let Some(batch) = stream.next().await {
            let batch = batch?;
            let room = limit - count;
            if batch.num_rows() > room {
                if is_error {
                    return Err(QueryError::Value(format!(
                        "a table inside `in (...)` has more than {limit} values: narrow it, or use `join`"
                    )));
                }
                batches.push(batch.slice(0, room));
                return Ok(Rows { batches, is_cut: true });
            }
            count += batch.num_rows();
            if batch.num_rows() > 0 {
                held.try_grow(batch.get_array_memory_size())?;
                batches.push(batch);
            }
        }
        Ok(Rows { batches, is_cut: false })
    }

    /// The error with the limit that was met.
    fn error(&self, error: QueryError) -> QueryError {
        match error {
            QueryError::Memory { detail, .. } => {
                QueryError::Memory { limit: self.engine.memory, detail }
            }
            error => error,
        }
    }
}

/// A batch with just these columns.
fn picked(batch: &RecordBatch, names: &[String]) -> Result<RecordBatch, QueryError> {
    let schema = batch.schema();
    let indices = names.iter().map(|name| schema.index_of(name)).collect::<Result<Vec<_>, _>>()?;
    Ok(batch.project(&indices)?)
}

fn has_hash_join(plan: &dyn ExecutionPlan) -> bool {
    plan.name() == "HashJoinExec"
        || plan.children().into_iter().any(|child| has_hash_join(child.as_ref()))
}
