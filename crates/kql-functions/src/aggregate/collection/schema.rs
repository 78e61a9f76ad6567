//! Schemas of dynamics, as `buildschema` writes them.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray};
use datafusion::common::{Result, internal_datafusion_err};
use datafusion::logical_expr::EmitTo;
use kql_semantics::Dynamic;

use crate::aggregate::keep::texts::Column;
use crate::aggregate::ours::{Keeper, emitted};

/// The key that stands for all elements of an array.
const INDEXER: &str = "`indexer`";

/// What is known of some values.
#[derive(Default)]
pub(super) struct Schema {
    scalars: BTreeSet<Arc<str>>,
    keys: Vec<(Arc<str>, Schema)>,
    is_bag: bool,
}

impl Schema {
    /// Takes a value.
    pub(super) fn add(&mut self, value: &Dynamic) {
        let scalar = match value {
            Dynamic::Null => "null",
            Dynamic::Bool(_) => "bool",
            Dynamic::Long(_) => "long",
            Dynamic::Real(_) => "double",
            Dynamic::Decimal(_) => "decimal",
            Dynamic::String(_) => "string",
            Dynamic::DateTime(_) => "datetime",
            Dynamic::TimeSpan(_) => "timespan",
            Dynamic::Guid(_) => "guid",
            Dynamic::Array(elements) => {
                self.is_bag = true;
                let of_elements = self.key(INDEXER);
                elements.iter().for_each(|element| of_elements.add(element));
                return;
            }
            Dynamic::Bag(entries) => {
                self.is_bag = true;
                entries.iter().for_each(|(key, value)| self.key(key).add(value));
                return;
            }
        };
        if !self.scalars.contains(scalar) {
            self.scalars.insert(Arc::from(scalar));
        }
    }

    /// Takes what another schema wrote.
    pub(super) fn merge(&mut self, written: &Dynamic) {
        match written {
            Dynamic::String(scalar) => {
                self.scalars.insert(scalar.clone());
            }
            Dynamic::Array(several) => several.iter().for_each(|one| self.merge(one)),
            Dynamic::Bag(entries) => {
                self.is_bag = true;
                entries.iter().for_each(|(key, value)| self.key(key).merge(value));
            }
            _ => {}
        }
    }

    fn key(&mut self, key: &str) -> &mut Self {
        let at = self.keys.iter().position(|(known, _)| &**known == key);
        let at = at.unwrap_or_else(|| {
            self.keys.push((Arc::from(key), Self::default()));
            self.keys.len() - 1
        });
        &mut self.keys[at].1
    }

    fn written(&self) -> Dynamic {
        let mut several = Vec::new();
        if self.is_bag {
            let keys = self.keys.iter().map(|(key, schema)| (key.clone(), schema.written()));
            several.push(Dynamic::Bag(keys.collect()));
        }
        several.extend(self.scalars.iter().map(|scalar| Dynamic::String(scalar.clone())));
        match <[Dynamic; 1]>::try_from(several) {
            Ok([one]) => one,
            Err(several) => Dynamic::Array(several),
        }
    }

    /// As `buildschema` writes it.
    pub(super) fn to_text(&self) -> String {
        self.written().to_text()
    }

    fn is_empty(&self) -> bool {
        self.scalars.is_empty() && !self.is_bag
    }

    fn size(&self) -> usize {
        let keys = self.keys.iter().map(|(key, schema)| key.len() + schema.size());
        size_of::<Self>() + self.scalars.len() * 32 + keys.sum::<usize>()
    }
}

/// The schemas of groups.
#[derive(Default)]
pub(super) struct Maker {
    groups: Vec<Schema>,
}

impl Maker {
    fn each(
        &mut self,
        texts: Option<&ArrayRef>,
        groups: &[usize],
        take: impl Fn(&mut Schema, &Dynamic),
    ) -> Result<()> {
        let Some(texts) = texts.and_then(|array| array.as_string_opt::<i32>()) else {
            return Err(internal_datafusion_err!("`buildschema` got no dynamics"));
        };
        for (text, group) in texts.iter().zip(groups) {
            if let Some(Ok(value)) = text.map(Dynamic::parse) {
                take(&mut self.groups[*group], &value);
            }
        }
        Ok(())
    }
}

impl Keeper for Maker {
    fn resize(&mut self, groups: usize) {
        if self.groups.len() < groups {
            self.groups.resize_with(groups, Schema::default);
        }
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        self.each(values.first(), groups, Schema::add)
    }

    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()> {
        self.each(states.first(), groups, Schema::merge)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.evaluate(emit_to)?])
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let count = emitted(emit_to, self.groups.len());
        let mut column = Column::default();
        for schema in self.groups.drain(..count) {
            if schema.is_empty() {
                column.push_null();
            } else {
                column.push(&schema.to_text())?;
            }
        }
        Ok(column.finish())
    }

    fn size(&self) -> usize {
        self.groups.iter().map(Schema::size).sum()
    }
}
