//! How an operator's rows flow: batches pushed in, batches taken out, with pauses at which a query can be stopped.

use arrow::array::RecordBatch;
use arrow::compute::concat_batches;
use arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use datafusion::execution::memory_pool::MemoryReservation;

/// Batches computed one by one as they are taken. `None` is a pause in a long computation: there the query can be stopped.
pub(crate) type Batches = Box<dyn Iterator<Item = Result<Option<RecordBatch>>> + Send>;

/// An operator at work on one partition.
pub(crate) trait Process: Send {
    /// Takes a batch; gives what it makes of it.
    fn push(&mut self, batch: RecordBatch) -> Result<Batches>;

    /// No more batches come; gives what is left.
    fn finish(&mut self) -> Result<Batches> {
        Ok(no_batches())
    }
}

/// Nothing to give.
pub(crate) fn no_batches() -> Batches {
    Box::new(std::iter::empty())
}

/// One batch to give.
pub(crate) fn one_batch(batch: RecordBatch) -> Batches {
    Box::new(std::iter::once(Ok(Some(batch))))
}

/// Rows kept until all are there; the memory is accounted.
pub(crate) struct Rows {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    memory: MemoryReservation,
}

impl Rows {
    /// None yet.
    pub(crate) fn new(schema: SchemaRef, memory: MemoryReservation) -> Self {
        Self { schema, batches: Vec::new(), memory }
    }

    /// Keeps a batch.
    ///
    /// **Errors**: no memory is left.
    pub(crate) fn keep(&mut self, batch: RecordBatch) -> Result<()> {
        // Twice: once kept, once when all are put together.
        self.memory.try_grow(batch.get_array_memory_size().saturating_mul(2))?;
        self.batches.push(batch);
        Ok(())
    }

    /// All rows as one batch, and the memory that is taken for it.
    pub(crate) fn take(&mut self) -> Result<(RecordBatch, MemoryReservation)> {
        let batches = std::mem::take(&mut self.batches);
        let all = concat_batches(&self.schema, &batches)?;
        drop(batches);
        let memory = self.memory.take();
        memory.resize(all.get_array_memory_size());
        Ok((all, memory))
    }
}
