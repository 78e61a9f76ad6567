//! `evaluate plugin(arguments)`: one file a plugin; those without one are refused by name.

mod activity;
mod bag_unpack;
mod basket;
mod dcount_intersect;
mod geo_lookup;
pub(crate) mod http_request;
mod identity;
mod ip_lookup;
mod narrow;
mod pivot;
mod rolling_percentile;
mod rows_near;
mod schema_merge;
mod sequence_detect;
mod session_count;
mod sliding_window_counts;
mod table_lookup;
mod whole;

use kql_functions::Example;
use kql_semantics::bound::{AggregateCall, Evaluate, PluginArgument, Rowset, Scalar};
use kql_semantics::{Type, Value};
use kql_syntax::Name;

use crate::QueryError;
use crate::diagnostics::{constant_expected, not_supported, plugin_not_supported, refused};
use crate::lower::Lowering;
use crate::plan::{Plan, column, column_name};
use crate::run::Run;

/// A plugin that runs: everything about it, in one value.
pub struct Plugin {
    /// Its name.
    pub name: &'static str,
    /// The manual: a first sentence that stands alone, then options, and where we differ.
    pub help: &'static str,
    /// Shown in the manual, and run as tests.
    pub examples: &'static [Example],
    /// How it becomes a plan.
    lower: fn(&mut Lowering<'_>, &Call<'_>) -> Result<Plan, QueryError>,
}

static PLUGINS: &[&Plugin] = &[
    &activity::ACTIVE_USERS_COUNT,
    &activity::ACTIVITY_COUNTS_METRICS,
    &activity::ACTIVITY_ENGAGEMENT,
    &activity::ACTIVITY_METRICS,
    &bag_unpack::PLUGIN,
    &basket::PLUGIN,
    &dcount_intersect::PLUGIN,
    &geo_lookup::GEO_LINE_LOOKUP,
    &geo_lookup::GEO_POLYGON_LOOKUP,
    &http_request::HTTP_REQUEST,
    &http_request::HTTP_REQUEST_POST,
    &identity::IDENTITY,
    &identity::IDENTITY_V3,
    &ip_lookup::IPV4_LOOKUP,
    &ip_lookup::IPV6_LOOKUP,
    &narrow::PLUGIN,
    &activity::NEW_ACTIVITY_METRICS,
    &pivot::PLUGIN,
    &identity::PREVIEW,
    &rolling_percentile::PLUGIN,
    &rows_near::PLUGIN,
    &schema_merge::PLUGIN,
    &sequence_detect::PLUGIN,
    &session_count::PLUGIN,
    &sliding_window_counts::PLUGIN,
];

/// All plugins that run, by name.
pub fn plugins() -> impl Iterator<Item = &'static Plugin> {
    PLUGINS.iter().copied()
}

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    evaluate: &Evaluate,
) -> Result<Plan, QueryError> {
    let call = Call { rowset, evaluate };
    let name = &*evaluate.plugin;
    match plugins().find(|plugin| plugin.name == name) {
        Some(plugin) => (plugin.lower)(lowering, &call),
        None => Err(refused(plugin_not_supported(name, evaluate.span))),
    }
}

/// The result columns of a plugin whose schema depends on its rows.
pub(crate) async fn discover(
    run: &mut Run<'_>,
    evaluate: &Evaluate,
) -> Result<Vec<(Name, Type)>, QueryError> {
    match &*evaluate.plugin {
        "bag_unpack" => bag_unpack::discover(run, evaluate).await,
        "pivot" => pivot::discover(run, evaluate).await,
        plugin => Err(refused(plugin_not_supported(plugin, evaluate.span))),
    }
}

/// A call of a plugin, and the rows that it is to give.
pub(crate) struct Call<'a> {
    rowset: &'a Rowset,
    evaluate: &'a Evaluate,
}

impl<'a> Call<'a> {
    /// Its input.
    fn input(&self, lowering: &mut Lowering<'_>) -> Result<Plan, QueryError> {
        let what = format!("`evaluate {}`", self.evaluate.plugin);
        let Some(input) = &self.evaluate.input else {
            return Err(refused(not_supported(
                &format!("{what} without rows"),
                self.evaluate.span,
            )));
        };
        lowering.rowset(input)?.all_one(&what, self.evaluate.span)
    }

    /// The arguments that were given no name, in order.
    fn unnamed(&self) -> impl Iterator<Item = &'a PluginArgument> {
        let names = self.evaluate.argument_names.iter();
        let all = self.evaluate.arguments.iter().zip(names);
        all.filter(|(_, name)| name.is_none()).map(|(argument, _)| argument)
    }

    /// The scalar argument at a place among those that were given no name.
    fn scalar(&self, at: usize) -> Option<&'a Scalar> {
        self.unnamed().nth(at).and_then(scalar)
    }

    /// The argument of a parameter's name.
    fn named(&self, name: &str) -> Option<&'a Scalar> {
        let names = self.evaluate.argument_names.iter();
        let mut all = self.evaluate.arguments.iter().zip(names);
        all.find(|(_, given)| given.as_deref() == Some(name)).and_then(|(own, _)| scalar(own))
    }

    /// An argument that must be there.
    fn needed(&self, at: usize) -> Result<&'a Scalar, QueryError> {
        let what = format!("argument {} of `{}`", at + 1, self.evaluate.plugin);
        self.scalar(at).ok_or_else(|| refused(constant_expected(&what, self.evaluate.span)))
    }

    /// A whole number, or ticks, that must be there.
    fn long(&self, lowering: &Lowering<'_>, at: usize) -> Result<i64, QueryError> {
        let scalar = self.needed(at)?;
        let value = lowering.constant(scalar)?;
        let long = crate::cells::long(&value);
        long.ok_or_else(|| refused(constant_expected("this argument", scalar.span)))
    }

    /// The result columns, by name and type.
    fn makes(&self) -> Vec<(String, Type)> {
        self.rowset.columns.iter().map(|own| (column_name(own.id), own.ty)).collect()
    }

    /// Just the result columns of a plan.
    fn given(&self, plan: Plan) -> Result<Plan, QueryError> {
        let columns = self.rowset.columns.iter().map(|own| {
            let name = column_name(own.id);
            (column(&name), name)
        });
        plan.project(columns.collect())
    }
}

fn scalar(argument: &PluginArgument) -> Option<&Scalar> {
    match argument {
        PluginArgument::Scalar(scalar) => Some(scalar),
        PluginArgument::Aggregate(_) | PluginArgument::Table(_) | PluginArgument::Star => None,
    }
}

fn aggregate(argument: &PluginArgument) -> Option<&AggregateCall> {
    match argument {
        PluginArgument::Aggregate(call) => Some(call),
        PluginArgument::Scalar(_) | PluginArgument::Table(_) | PluginArgument::Star => None,
    }
}

/// A count of ticks, or another number, as a value of a type that an axis may have.
fn on_axis(number: i64, ty: Type) -> Value {
    match ty {
        Type::DateTime => Value::DateTime(number),
        Type::TimeSpan => Value::TimeSpan(number),
        #[expect(clippy::cast_possible_truncation, reason = "it came from such a number")]
        Type::Int => Value::Int(number as i32),
        #[expect(clippy::cast_precision_loss, reason = "what Kusto does when it widens")]
        Type::Real => Value::Real(number as f64),
        _ => Value::Long(number),
    }
}
