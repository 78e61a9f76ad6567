//! What columns each plugin gives.

use kql_syntax::Name;

use super::join::side_by_side;
use crate::binder::Binder;
use crate::binder::term::{Meaning, Term, TypeMeaning};
use crate::bound::{AggregateCall, Column, ScalarKind};
use crate::signatures::Signature;
use crate::{Shape, Type, Value};

/// The columns of a plugin's result.
pub(super) struct Made {
    pub(super) columns: Vec<Column>,
    pub(super) is_open: bool,
}

/// A call of a plugin.
pub(super) struct Schema<'s> {
    pub(super) plugin: &'s str,
    pub(super) signature: &'s Signature,
    pub(super) places: &'s [usize],
    pub(super) terms: &'s [Term],
    /// The first aggregate among the arguments.
    pub(super) aggregate: Option<&'s AggregateCall>,
}

impl Made {
    /// Nothing is known of the columns.
    pub(super) fn open() -> Self {
        Self { columns: Vec::new(), is_open: true }
    }

    fn closed(columns: Vec<Column>) -> Self {
        Self { columns, is_open: false }
    }
}

impl<'s> Schema<'s> {
    /// The arguments of a parameter.
    fn arguments(&self, parameter: &str) -> impl Iterator<Item = &'s Term> {
        let place = self.signature.position(parameter);
        let places = self.places.iter();
        let terms = self.terms.iter();
        terms.zip(places).filter(move |(_, own)| Some(**own) == place).map(|(term, _)| term)
    }

    fn argument(&self, parameter: &str) -> Option<&'s Term> {
        self.arguments(parameter).next()
    }
}

const LONG: Shape = Shape::Plain(Type::Long);
const REAL: Shape = Shape::Plain(Type::Real);
const STRING: Shape = Shape::Plain(Type::String);

impl<'a> Binder<'a> {
    /// The columns that a plugin with code of its own gives.
    pub(super) fn made_by(&mut self, schema: &Schema<'_>) -> Made {
        let columns = match schema.plugin {
            "active_users_count" => self.activity(schema, &[("dcount", LONG)]),
            "activity_counts_metrics" => self.activity(
                schema,
                &[
                    ("count", LONG),
                    ("dcount", LONG),
                    ("new_dcount", LONG),
                    ("aggregated_dcount", LONG),
                ],
            ),
            "activity_engagement" => self.activity(
                schema,
                &[
                    ("dcount_activities_inner", LONG),
                    ("dcount_activities_outer", LONG),
                    ("activity_ratio", REAL),
                ],
            ),
            "activity_metrics" => self.activity(
                schema,
                &[
                    ("dcount_values", LONG),
                    ("dcount_newvalues", LONG),
                    ("retention_rate", REAL),
                    ("churn_rate", REAL),
                ],
            ),
            "session_count" => self.activity(schema, &[("count_sessions", LONG)]),
            "sliding_window_counts" => self.activity(schema, &[("Count", LONG), ("Dcount", LONG)]),
            "new_activity_metrics" => self.new_activity(schema),
            "funnel_sequence" => self.funnel(schema),
            "funnel_sequence_completion" => self.funnel_completion(schema),
            "sequence_detect" => self.sequence(schema),
            "rolling_percentile" => self.rolling(schema),
            "autocluster" | "basket" => {
                self.before_all(&[("SegmentId", LONG), ("Count", LONG), ("Percent", REAL)])
            }
            "diffpatterns" => self.before_all(&[
                ("SegmentId", LONG),
                ("CountA", LONG),
                ("CountB", LONG),
                ("PercentA", REAL),
                ("PercentB", REAL),
                ("PercentDiffAB", REAL),
            ]),
            "dcount_intersect" => self.intersections(schema),
            "bag_unpack" => return Made { columns: self.but_first(schema), is_open: true },
            "pivot" => return Made { columns: self.pivoted(schema), is_open: true },
            "identity" | "identity_v3" | "rows_near" | "preview" => self.row_columns(),
            "ipv4_lookup" => self.looked_up(schema, Order::LeftFirst),
            "ipv6_lookup" => self.looked_up(schema, Order::TableFirst),
            "geo_polygon_lookup" | "geo_line_lookup" => self.geo_looked_up(schema),
            "estimate_rows_count" => self.new_columns(&[("EstimatedRowsCount", LONG)]),
            "python" | "r" | "csharp" => return self.of_schema(schema),
            "ai_embed_text" => self.with_answer(schema, ("Text", "embedding", Shape::DYNAMIC)),
            "ai_embeddings" => self.with_answer(schema, ("Text", "embeddings", Shape::DYNAMIC)),
            "ai_chat_completion" | "ai_chat_completion_prompt" => {
                self.with_answer(schema, ("Prompt", "completion", STRING))
            }
            _ => return Made::open(),
        };
        Made::closed(columns)
    }

    fn new_columns(&mut self, columns: &[(&str, Shape)]) -> Vec<Column> {
        columns.iter().map(|(name, shape)| self.column(*name, shape)).collect()
    }

    /// The columns that the arguments of a parameter name.
    fn argument_columns(&mut self, schema: &Schema<'_>, parameter: &str) -> Vec<Column> {
        let ids: Vec<_> =
            schema.arguments(parameter).filter_map(|term| term.reference.column()).collect();
        let all = self.row_columns();
        ids.into_iter()
            .filter_map(|id| all.iter().find(|column| column.id == id).cloned())
            .map(|column| {
                let shape = self.shape_of(column.id);
                self.column(column.name, &shape)
            })
            .collect()
    }

    /// The time, the dimensions, and what is counted.
    fn activity(&mut self, schema: &Schema<'_>, counts: &[(&str, Shape)]) -> Vec<Column> {
        let mut columns = self.argument_columns(schema, "TimelineColumn");
        columns.extend(self.argument_columns(schema, "Dimension"));
        columns.extend(self.new_columns(counts));
        columns
    }

    fn new_activity(&mut self, schema: &Schema<'_>) -> Vec<Column> {
        let mut columns = Vec::new();
        if let Some(time) = schema.argument("TimelineColumn") {
            let name = time.name.as_deref().unwrap_or("");
            let shape = time.shape.clone();
            columns.push(self.column(format!("from_{name}"), &shape));
            columns.push(self.column(format!("to_{name}"), &shape));
        }
        columns.extend(self.argument_columns(schema, "Dimension"));
        columns.extend(self.new_columns(&[
            ("dcount_new_values", LONG),
            ("dcount_retained_values", LONG),
            ("dcount_churn_values", LONG),
            ("retention_rate", REAL),
            ("churn_rate", REAL),
        ]));
        columns
    }

    fn funnel(&mut self, schema: &Schema<'_>) -> Vec<Column> {
        let mut columns = self.argument_columns(schema, "TimelineColumn");
        if let Some(state) = schema.argument("StateColumn") {
            let shape = state.shape.clone();
            columns.extend(self.new_columns(&[("prev", shape.clone()), ("next", shape)]));
        }
        columns.extend(self.new_columns(&[("dcount", LONG), ("samples", Shape::array())]));
        columns
    }

    fn funnel_completion(&mut self, schema: &Schema<'_>) -> Vec<Column> {
        let mut columns = self.argument_columns(schema, "TimelineColumn");
        if let Some(state) = schema.argument("StateColumn") {
            let name = state.name.clone().unwrap_or_else(|| "".into());
            columns.push(self.column(name, &STRING));
        }
        let period = Shape::Plain(Type::TimeSpan);
        columns.extend(self.new_columns(&[("Period", period), ("dcount", LONG)]));
        columns
    }

    fn sequence(&mut self, schema: &Schema<'_>) -> Vec<Column> {
        let mut columns = self.argument_columns(schema, "Dimension");
        if let Some(time) = schema.argument("TimelineColumn") {
            let time_name = time.name.clone().unwrap_or_else(|| "".into());
            for step in schema.arguments("Expr") {
                let name = step.given.as_ref().or(step.name.as_ref());
                let name = format!("{}_{time_name}", name.map_or("", |name| &**name));
                columns.push(self.column(name, &time.shape));
            }
        }
        columns.extend(self.new_columns(&[("Duration", Shape::Plain(Type::TimeSpan))]));
        columns
    }

    fn rolling(&mut self, schema: &Schema<'_>) -> Vec<Column> {
        let mut columns = self.argument_columns(schema, "IndexColumn");
        columns.extend(self.argument_columns(schema, "Dimension"));
        let number = |parameter: &str| match schema.argument(parameter).and_then(Term::value) {
            Some(Value::Long(number)) => number.to_string(),
            Some(Value::Int(number)) => number.to_string(),
            Some(Value::Real(number)) => number.to_string(),
            _ => "0".to_owned(),
        };
        let value = schema.argument("ValueColumn");
        let name = value.and_then(|value| value.name.as_deref()).unwrap_or("value");
        let name = format!(
            "rolling_{}_percentile_{name}_{}",
            number("BinsPerWindow"),
            number("Percentile")
        );
        let shape = value.map_or(LONG, |value| value.shape.clone());
        columns.push(self.column(name, &shape));
        columns
    }

    fn before_all(&mut self, columns: &[(&str, Shape)]) -> Vec<Column> {
        let mut made = self.new_columns(columns);
        // A segment's values are patterns of the column's values, not the column.
        for column in self.row_columns() {
            let shape = self.shape_of(column.id);
            made.push(self.column(column.name, &shape));
        }
        made
    }

    fn intersections(&mut self, schema: &Schema<'_>) -> Vec<Column> {
        let mut columns = self.row_columns();
        for index in 0..schema.terms.len() {
            columns.push(self.column(format!("s{index}"), &LONG));
        }
        columns
    }

    fn but_first(&mut self, schema: &Schema<'_>) -> Vec<Column> {
        let unpacked = schema.terms.first().and_then(|term| term.reference.column());
        self.row_columns().into_iter().filter(|column| Some(column.id) != unpacked).collect()
    }

    fn pivoted(&mut self, schema: &Schema<'_>) -> Vec<Column> {
        let kept = self.named_in_place(schema, "columnName");
        if !kept.is_empty() {
            return kept;
        }
        let pivot = schema.terms.first().and_then(|term| term.reference.column());
        let counted = Self::aggregated_column(schema.aggregate);
        self.row_columns()
            .into_iter()
            .filter(|column| Some(column.id) != pivot && Some(column.id) != counted)
            .collect()
    }

    fn named_in_place(&mut self, schema: &Schema<'_>, parameter: &str) -> Vec<Column> {
        let all = self.row_columns();
        schema
            .arguments(parameter)
            .filter_map(|term| term.reference.column())
            .filter_map(|id| all.iter().find(|column| column.id == id).cloned())
            .collect()
    }

    /// The column that an aggregate is over.
    fn aggregated_column(aggregate: Option<&AggregateCall>) -> Option<crate::bound::ColumnId> {
        match aggregate?.arguments.first()?.kind {
            ScalarKind::Column(id) => Some(id),
            _ => None,
        }
    }

    fn looked_up(&mut self, schema: &Schema<'_>, order: Order) -> Vec<Column> {
        let own = self.row_columns();
        let Some(Meaning::Table(table)) = schema.argument("LookupTable").map(|term| &term.meaning)
        else {
            return own;
        };
        let keys: Vec<&Name> =
            schema.arguments("ExtraKey").filter_map(|term| term.name.as_ref()).collect();
        let added: Vec<Column> =
            table.columns.iter().filter(|column| !keys.contains(&&column.name)).cloned().collect();
        match order {
            Order::LeftFirst => side_by_side(&own, &added),
            Order::TableFirst => side_by_side(&added, &own),
        }
    }

    fn geo_looked_up(&mut self, schema: &Schema<'_>) -> Vec<Column> {
        let own = self.row_columns();
        let Some(Meaning::Table(table)) = schema.argument("LookupTable").map(|term| &term.meaning)
        else {
            return own;
        };
        let returns_key = schema
            .argument("return_lookup_key")
            .is_some_and(|term| matches!(term.value(), Some(Value::Bool(true))));
        let key = schema.terms.get(1).and_then(|term| term.name.clone());
        let added: Vec<Column> = table
            .columns
            .iter()
            .filter(|column| returns_key || Some(&column.name) != key.as_ref())
            .cloned()
            .collect();
        side_by_side(&own, &added)
    }

    /// The columns that `typeof(...)` asks for.
    fn of_schema(&mut self, schema: &Schema<'_>) -> Made {
        match schema.terms.first().map(|term| &term.meaning) {
            Some(Meaning::Type(TypeMeaning::Row(columns))) => {
                let columns = columns
                    .iter()
                    .map(|(name, ty)| self.column(name.clone(), &Shape::Plain(*ty)))
                    .collect();
                Made::closed(columns)
            }
            _ => Made::open(),
        }
    }

    fn with_answer(
        &mut self,
        schema: &Schema<'_>,
        (parameter, suffix, shape): (&str, &str, Shape),
    ) -> Vec<Column> {
        let mut columns = self.row_columns();
        let argument = schema.argument(parameter);
        let name = argument.and_then(|term| term.name.as_deref()).unwrap_or("").to_owned();
        columns.push(self.column(format!("{name}_{suffix}"), &shape));
        let with_errors = schema
            .argument("IncludeErrorMessages")
            .is_some_and(|term| matches!(term.value(), Some(Value::Bool(true))));
        if with_errors {
            columns.push(self.column(format!("{name}_{suffix}_error"), &STRING));
        }
        columns
    }
}

/// Which columns of a lookup come first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    LeftFirst,
    TableFirst,
}
