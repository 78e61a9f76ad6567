//! `inline_external_table (schema) kind=storage dataformat=csv (uris)`

use kql_syntax::Name;
use kql_syntax::tree::{InlineExternalTable, Operator};

use crate::binder::Binder;
use crate::bound::{ExternalSource, Rowset, RowsetKind};
use crate::{Type, Value};

impl<'a> Binder<'a> {
    pub(crate) fn inline_external_table_operator(
        &mut self,
        table: &'a InlineExternalTable,
        operator: &'a Operator,
    ) -> Rowset {
        let columns = table.schema.as_ref().map(|schema| self.declared_columns(schema));
        let is_open = columns.is_none();
        let mut uris = Vec::new();
        for uri in &table.uris {
            let term = self.without_rows(|binder| binder.value(uri));
            self.expect_type(&term, Type::String);
            uris.push(term.into_scalar());
        }
        let mut properties = Vec::new();
        // What only some tables have, so that whoever reads them can tell.
        let further = [
            ("kind", table.kind.name.eq_ignore_ascii_case("delta")),
            ("partition by", !table.partition_by.is_empty()),
            ("pathformat", !table.path_format.is_empty()),
        ];
        for (name, _) in further.into_iter().filter(|(_, is_there)| *is_there) {
            properties.push((Name::new(name), Value::string(&table.kind.name)));
        }
        if let Some(format) = &table.data_format {
            properties.push((Name::new("format"), Value::string(&format.name)));
        }
        for property in &table.properties {
            if let Some(value) = self.parameter_value(&property.value) {
                properties.push((property.name.name.clone(), value));
            }
        }
        let kind = RowsetKind::ExternalData(ExternalSource { uris, properties });
        let rowset = Rowset::new(kind, columns.unwrap_or_default(), self.at(operator.span));
        Rowset { is_open, ..rowset }
    }
}
