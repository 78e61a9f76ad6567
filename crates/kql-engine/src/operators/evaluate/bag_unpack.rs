//! `bag_unpack(bag, prefix, columnsConflict, ignoredProperties)`: a column for each key of a bag.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use arrow::array::{Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field};
use datafusion::common::Result;
use datafusion::functions::core::expr_fn::coalesce;
use datafusion::logical_expr::{Expr, lit, when};
use kql_functions::Example;
use kql_functions::physical;
use kql_semantics::bound::{ColumnId, Evaluate, Scalar, ScalarKind};
use kql_semantics::{Dynamic, Type, Value};
use kql_syntax::{Code, Diagnostic, Name};

use super::{Call, Plugin};
use crate::QueryError;
use crate::cells::{self, Cells};
use crate::diagnostics::refused;
use crate::lower::Lowering;
use crate::node::{Batches, Columns, Operator, Process, Run, Spread, no_batches, one_batch};
use crate::operators::elements::{Elements, elements};
use crate::plan::{Plan, column, column_name};
use crate::run;

pub(super) static PLUGIN: Plugin = Plugin {
    name: "bag_unpack",
    help: "The input without a column of bags, and behind it a column for each of their keys, in alphabetical order; a key has the type that all its values have. Options: a prefix of the new columns' names, `columnsConflict` (`error`, `replace_source`, `keep_source`) for names that are there already, `ignoredProperties`.",
    examples: &[Example {
        query: "datatable(d:dynamic)[dynamic({'a':1,'b':'x'}), dynamic({'a':2})] | evaluate bag_unpack(d)",
        answer: &["a:long, b:string", "1, x", "2, "],
    }],
    lower,
};

/// How many columns may be found.
const MOST_COLUMNS: usize = 10_000;

/// The options of a call.
struct Options {
    prefix: String,
    conflict: Conflict,
    ignored: HashSet<String>,
}

/// What becomes of a column of the input that a key has the name of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Conflict {
    Error,
    ReplaceSource,
    KeepSource,
}

impl Options {
    fn new(lowering: &Lowering<'_>, call: &Call<'_>) -> Result<Self, QueryError> {
        let option = |name: &str, at: usize| -> Result<Option<Value>, QueryError> {
            let written = call.named(name).or_else(|| call.scalar(at));
            written.map(|own| lowering.constant(own)).transpose()
        };
        let prefix = match option("OutputColumnPrefix", 1)? {
            Some(Value::String(prefix)) => prefix.to_string(),
            _ => String::new(),
        };
        let conflict = match option("columnsConflict", 2)? {
            Some(Value::String(text)) if &*text == "replace_source" => Conflict::ReplaceSource,
            Some(Value::String(text)) if &*text == "keep_source" => Conflict::KeepSource,
            _ => Conflict::Error,
        };
        let ignored = match option("ignoredProperties", 3)? {
            Some(Value::Dynamic(value)) => match &*value {
                Dynamic::Array(names) => names.iter().filter_map(text).collect(),
                _ => HashSet::new(),
            },
            _ => HashSet::new(),
        };
        Ok(Self { prefix, conflict, ignored })
    }
}

fn text(value: &Dynamic) -> Option<String> {
    match value {
        Dynamic::String(text) => Some(text.to_string()),
        _ => None,
    }
}

/// The result columns: the input's but the bag, then a column for each key, in the order of their names.
pub(super) async fn discover(
    run: &mut run::Run<'_>,
    evaluate: &Evaluate,
) -> Result<Vec<(Name, Type)>, QueryError> {
    let Some(input) = &evaluate.input else { return Ok(Vec::new()) };
    let call = Call { rowset: input, evaluate };
    let bag = call.needed(0)?;
    let keys = |lowering: &Lowering<'_>, plan: Plan| {
        let (plan, source) = bag_column(lowering, plan, bag)?;
        Ok(Plan::unordered(plan.operator(Arc::new(Keys { source }))?.plan))
    };
    let found = run.made(input, MOST_COLUMNS, &keys).await?;
    let mut types: BTreeMap<String, Option<Type>> = BTreeMap::new();
    for batch in &found {
        let (names, kinds) = (cells::texts(batch, "key")?, cells::texts(batch, "type")?);
        for row in 0..batch.num_rows() {
            let known = types.entry(names.value(row).to_owned()).or_insert(None);
            *known = common(*known, kinds.value(row).parse().ok());
        }
    }
    let options = run.with_lowering(|lowering| Options::new(lowering, &call))?;
    result_columns(&call, bag, options, types)
}

fn result_columns(
    call: &Call<'_>,
    bag: &Scalar,
    options: Options,
    types: BTreeMap<String, Option<Type>>,
) -> Result<Vec<(Name, Type)>, QueryError> {
    let source = column_id(bag);
    let mut found: BTreeMap<String, Type> = types
        .into_iter()
        .filter(|(name, _)| !options.ignored.contains(name))
        .map(|(name, ty)| (format!("{}{name}", options.prefix), ty.unwrap_or(Type::Dynamic)))
        .collect();
    let mut columns = Vec::new();
    for own in &call.rowset.columns {
        let is_bag = Some(own.id) == source;
        match found.get(&*own.name) {
            None if is_bag => {}
            None => columns.push((own.name.clone(), own.ty)),
            Some(ty) if is_bag || options.conflict == Conflict::ReplaceSource => {
                columns.push((own.name.clone(), *ty));
            }
            Some(_) if options.conflict == Conflict::KeepSource => {
                columns.push((own.name.clone(), own.ty));
            }
            Some(_) => return Err(refused(conflict(&own.name, call.evaluate))),
        }
        found.remove(&*own.name);
    }
    columns.extend(found.into_iter().map(|(name, ty)| (Name::from(name), ty)));
    Ok(columns)
}

fn column_id(scalar: &Scalar) -> Option<ColumnId> {
    match scalar.kind {
        ScalarKind::Column(id) => Some(id),
        _ => None,
    }
}

fn conflict(name: &Name, evaluate: &Evaluate) -> Diagnostic {
    let message = format!("the bag has a key `{name}`, which is a column already");
    Diagnostic::error(Code("column-conflict"), message)
        .mark(evaluate.span, "unpacked here")
        .help("say `columnsConflict='replace_source'` or `'keep_source'`, or give a prefix")
}

/// The type that holds values of both.
fn common(known: Option<Type>, other: Option<Type>) -> Option<Type> {
    match (known, other) {
        (None, ty) | (ty, None) => ty,
        (Some(a), Some(b)) if a == b => Some(a),
        (Some(Type::Long | Type::Real), Some(Type::Long | Type::Real)) => Some(Type::Real),
        _ => Some(Type::Dynamic),
    }
}

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let plan = call.input(lowering)?;
    let bag = call.needed(0)?;
    let options = Options::new(lowering, call)?;
    let (plan, source) = bag_column(lowering, plan, bag)?;
    let input = call.evaluate.input.as_ref();
    let bag_id = column_id(bag);
    // A result column is the input's, or holds the values of a key.
    let mut keys = Vec::new();
    let mut columns = Vec::new();
    for made in &call.rowset.columns {
        let own = input.and_then(|input| input.column(&made.name));
        let own = own.filter(|own| Some(own.id) != bag_id && own.ty == made.ty);
        let source = own.map(|own| column(&column_name(own.id)));
        let name = column_name(made.id);
        let value = match source {
            Some(source) if options.conflict != Conflict::ReplaceSource => source,
            source => {
                let held = lowering.fresh("u");
                let key = made.name.strip_prefix(&*options.prefix).unwrap_or(&made.name);
                keys.push((key.to_owned(), held.clone(), made.ty));
                match source {
                    Some(source) => replaced(column(&held), source, made.ty)?,
                    None => column(&held),
                }
            }
        };
        columns.push((value, name));
    }
    plan.operator(Arc::new(Unpack { source, keys }))?.project(columns)
}

/// A key's value; the column of its name where the bag does not have the key.
fn replaced(value: Expr, source: Expr, ty: Type) -> Result<Expr, QueryError> {
    match ty {
        Type::String => Ok(when(value.clone().not_eq(lit("")), value).otherwise(source)?),
        _ => Ok(coalesce(vec![value, source])),
    }
}

fn bag_column(
    lowering: &Lowering<'_>,
    plan: Plan,
    bag: &Scalar,
) -> Result<(Plan, String), QueryError> {
    let plan = lowering.prepared(plan, &[bag])?;
    let name = lowering.fresh("x");
    let value = lowering.scalar(bag)?;
    let value = lowering.converted(value, bag.ty, Type::Dynamic, bag.span)?;
    Ok((plan.extend(vec![(value, name.clone())])?, name))
}

/// The keys of a column of bags, each with the types of its values.
#[derive(Debug)]
struct Keys {
    source: String,
}

impl Operator for Keys {
    fn name(&self) -> &'static str {
        "BagKeys"
    }

    fn columns(&self) -> Columns {
        Columns::Made(vec![
            Field::new("key", DataType::Utf8, true),
            Field::new("type", DataType::Utf8, true),
        ])
    }

    fn spread(&self) -> Spread {
        Spread::EachPartition
    }

    fn keeps_order(&self) -> bool {
        false
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        Ok(Box::new(Finding { operator: self, run, found: HashMap::new() }))
    }
}

struct Finding {
    operator: Arc<Keys>,
    run: Run,
    found: HashMap<String, Option<Type>>,
}

impl Process for Finding {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let bags = cells::texts(&batch, &self.operator.source)?;
        for text in bags.iter().flatten() {
            let Elements::Bag(entries) = elements(text) else { continue };
            for (key, value) in entries {
                let key = kql_semantics::dynamic::to_string(key);
                let ty = type_of(value);
                match self.found.get_mut(&*key) {
                    Some(known) => *known = common(*known, ty),
                    None => {
                        self.run.memory.try_grow(key.len() + 64)?;
                        self.found.insert(key.into_owned(), ty);
                    }
                }
            }
        }
        Ok(no_batches())
    }

    fn finish(&mut self) -> Result<Batches> {
        let keys = StringArray::from_iter_values(self.found.keys());
        let types = self.found.values().map(|ty| ty.map_or("", Type::name));
        let types = StringArray::from_iter_values(types);
        let columns: Vec<arrow::array::ArrayRef> = vec![Arc::new(keys), Arc::new(types)];
        Ok(one_batch(RecordBatch::try_new(Arc::clone(&self.run.output), columns)?))
    }
}

/// The type of a value in a bag; none for null.
fn type_of(value: &str) -> Option<Type> {
    match Dynamic::parse(value).ok()? {
        Dynamic::Null => None,
        Dynamic::Bool(_) => Some(Type::Bool),
        Dynamic::Long(_) => Some(Type::Long),
        Dynamic::Real(_) => Some(Type::Real),
        Dynamic::Decimal(_) => Some(Type::Decimal),
        Dynamic::String(_) => Some(Type::String),
        Dynamic::DateTime(_) => Some(Type::DateTime),
        Dynamic::TimeSpan(_) => Some(Type::TimeSpan),
        Dynamic::Guid(_) => Some(Type::Guid),
        Dynamic::Array(_) | Dynamic::Bag(_) => Some(Type::Dynamic),
    }
}

/// Makes a column of each key.
#[derive(Debug)]
struct Unpack {
    source: String,
    /// The key, the column, its type.
    keys: Vec<(String, String, Type)>,
}

impl Operator for Unpack {
    fn name(&self) -> &'static str {
        "BagUnpack"
    }

    fn columns(&self) -> Columns {
        let keys = self.keys.iter();
        let fields = keys.map(|(_, name, ty)| Field::new(name, physical::data_type(*ty), true));
        Columns::Added { fields: fields.collect(), reads: vec![self.source.clone()] }
    }

    fn spread(&self) -> Spread {
        Spread::EachPartition
    }

    fn keeps_order(&self) -> bool {
        true
    }

    fn start(self: Arc<Self>, run: Run) -> Result<Box<dyn Process>> {
        let keys = self.keys.iter().enumerate().map(|(at, (key, ..))| (key.clone(), at)).collect();
        Ok(Box::new(Unpacking { operator: self, run, keys }))
    }
}

struct Unpacking {
    operator: Arc<Unpack>,
    run: Run,
    keys: HashMap<String, usize>,
}

impl Process for Unpacking {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let bags = cells::texts(&batch, &self.operator.source)?;
        let keys = &self.operator.keys;
        let mut made: Vec<Cells> = keys.iter().map(|(_, _, ty)| Cells::new(*ty)).collect();
        let mut values: Vec<Option<&str>> = vec![None; keys.len()];
        for row in 0..bags.len() {
            values.fill(None);
            if bags.is_valid(row)
                && let Elements::Bag(entries) = elements(bags.value(row))
            {
                for (key, value) in entries {
                    let key = kql_semantics::dynamic::to_string(key);
                    if let Some(place) = self.keys.get(&*key).and_then(|at| values.get_mut(*at)) {
                        *place = Some(value);
                    }
                }
            }
            made.iter_mut().zip(&values).for_each(|(made, value)| made.element(*value));
        }
        let mut columns = batch.columns().to_vec();
        columns.extend(made.iter_mut().map(Cells::finish));
        Ok(one_batch(RecordBatch::try_new(Arc::clone(&self.run.output), columns)?))
    }
}
