//! Parquet files: what their footers tell, and their rows.

pub(crate) mod bounds;
pub(crate) mod rows;
mod summary;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::errors::ParquetError;
use parquet::file::metadata::PageIndexPolicy;

/// The footer of a Parquet file.
#[derive(Clone, Debug)]
pub(crate) struct ParquetFile {
    pub(crate) path: PathBuf,
    /// Its schema has plain strings where the file's has dictionaries or views.
    pub(crate) metadata: ArrowReaderMetadata,
}

impl ParquetFile {
    /// Reads the footer.
    ///
    /// **Errors**: when it is no Parquet file, is cut, or can not be read.
    pub(crate) fn open(path: &Path) -> Result<Self, ParquetError> {
        let file = File::open(path)?;
        let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
        let metadata = ArrowReaderMetadata::load(&file, options.clone())?;
        let plain = plain_schema(metadata.schema());
        let metadata = if plain == **metadata.schema() {
            metadata
        } else {
            ArrowReaderMetadata::try_new(
                Arc::clone(metadata.metadata()),
                options.with_schema(Arc::new(plain)),
            )?
        };
        Ok(Self { path: path.to_path_buf(), metadata })
    }

    /// Where a column lies among the file's top-level fields, and what it holds.
    pub(crate) fn field(&self, name: &str) -> Option<(usize, &Field)> {
        let fields = self.metadata.schema().fields();
        let found = fields
            .iter()
            .position(|field| crate::heading::parse_heading(field.name()).column == name)?;
        fields.get(found).map(|field| (found, &**field))
    }
}

/// A schema without dictionaries and views, which the reader decodes straight to plain arrays.
fn plain_schema(schema: &Schema) -> Schema {
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .map(|field| {
            let plain = plain_type(field.data_type());
            field.as_ref().clone().with_data_type(plain)
        })
        .collect();
    Schema::new_with_metadata(fields, schema.metadata().clone())
}

fn plain_type(data_type: &DataType) -> DataType {
    match data_type {
        DataType::Dictionary(_, value) => plain_type(value),
        DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8,
        DataType::LargeBinary | DataType::BinaryView => DataType::Binary,
        other => other.clone(),
    }
}
