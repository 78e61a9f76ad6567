//! `evaluate plugin(arguments) : (schema)`

use kql_syntax::Name;
use kql_syntax::tree::{Call, NamedExpr, Operator, OperatorParameter, RowSchema};

use super::plugins::{Made, Schema};
use crate::binder::Binder;
use crate::binder::parameters::{Allowed, Takes, allowed};
use crate::binder::term::{Meaning, Term};
use crate::bound::{
    AggregateCall, Column, Evaluate, PluginArgument, Rowset, RowsetKind, ScalarKind, Undiscovered,
};
use crate::signatures::{
    ArgumentKind, Builtin, Returns, Signature, Signatures, best_signatures, layout,
};
use crate::{Shape, Type, diagnostics, suggest};

const PARAMETERS: &[Allowed] = &[
    allowed("hint.distribution", Takes::Word(&["single", "per_node", "per_shard", "default"])),
    allowed("hint.remote", Takes::Word(&["auto", "local"])),
    allowed("hint.pass_filters", Takes::Any),
    allowed("hint.pass_filters_column", Takes::Any),
];

type Parts<'a> = (&'a [OperatorParameter], &'a Call, Option<&'a RowSchema>);

impl<'a> Binder<'a> {
    pub(crate) fn evaluate_operator(
        &mut self,
        input: Option<Rowset>,
        (parameters, call, schema): Parts<'a>,
        operator: &'a Operator,
    ) -> Term {
        let at = self.at(operator.span);
        self.check_parameters(parameters, PARAMETERS);
        let Some(plugin) = Signatures::get().plugin(&call.name.name) else {
            self.unknown_plugin(call);
            return Term::table(Rowset::wrong(at), operator.span);
        };
        let has_input = input.is_some();
        let rows =
            input.unwrap_or_else(|| Rowset::new(RowsetKind::Values(Vec::new()), Vec::new(), at));
        let (rows, ((arguments, argument_names), made)) =
            self.with_rows(rows, |binder| binder.plugin_call(plugin, call));
        let is_open_input = rows.is_open;
        let evaluate = Evaluate {
            plugin: Name::new(plugin.name),
            input: has_input.then_some(rows),
            arguments,
            argument_names,
            ordinal: None,
            span: at,
        };
        let rowset = self.evaluated(evaluate, made, schema, is_open_input);
        Term::table(rowset, operator.span)
    }

    fn unknown_plugin(&mut self, call: &'a Call) {
        let name = &call.name;
        if name.is_missing() {
            return;
        }
        let at = self.at(name.span);
        let signatures = Signatures::get();
        let is_function = signatures.scalar(&name.name).is_some()
            || signatures.aggregate(&name.name).is_some()
            || self.stored.get(self.catalog, &name.name).is_some();
        if is_function {
            self.report(diagnostics::not_a_plugin(&name.name, at));
            return;
        }
        let plugins = signatures.plugins().iter().filter(|plugin| !plugin.is_hidden);
        let nearest = suggest::nearest(&name.name, plugins.map(|plugin| plugin.name));
        self.report(diagnostics::unknown_plugin(&name.name, nearest.as_deref(), at));
    }

    /// Binds a plugin's arguments and finds what it gives.
    fn plugin_call(
        &mut self,
        plugin: &'static Builtin,
        call: &'a Call,
    ) -> ((Vec<PluginArgument>, Vec<Option<Name>>), Made) {
        let outer = std::mem::take(&mut self.aggregates);
        let terms = self.plugin_arguments(plugin, &call.arguments);
        let calls = std::mem::replace(&mut self.aggregates, outer);
        let facts: Vec<_> = terms.iter().map(Term::argument).collect();
        let best = best_signatures(&plugin.signatures, &facts, false);
        let made = match best.as_slice() {
            [signature] => {
                let places = layout(signature, &facts);
                drop(facts);
                // Options by name that the facts do not list are the plugin's own.
                let has_options = terms.iter().any(|term| is_option(plugin.name, term));
                if !has_options
                    && self.check_argument_count(plugin, signature, terms.len(), &call.name)
                {
                    let all: Vec<&Term> = terms.iter().collect();
                    self.check_arguments(signature, &places, &all);
                }
                self.plugin_schema(plugin, (signature, &places), &terms, calls.first())
            }
            _ => {
                drop(facts);
                if terms.iter().all(|term| !term.is_open()) {
                    let types: Vec<String> = terms.iter().map(Term::describe).collect();
                    let at = self.at(call.name.span);
                    self.report(diagnostics::no_matching_overload(plugin.name, &types, at));
                }
                Made::open()
            }
        };
        let mut calls = calls.into_iter();
        let names = terms.iter().map(|term| term.given.clone()).collect();
        let arguments = terms.into_iter().map(|term| plugin_argument(term, &mut calls)).collect();
        ((arguments, names), made)
    }

    /// Each argument in the scope that its parameter asks for.
    fn plugin_arguments(
        &mut self,
        plugin: &'static Builtin,
        written: &'a [NamedExpr],
    ) -> Vec<Term> {
        let mut terms: Vec<Term> = Vec::with_capacity(written.len());
        for (index, argument) in written.iter().enumerate() {
            let kind = argument_kind(plugin, index);
            let term = match (kind, terms.first().map(|first| &first.meaning)) {
                (Some(ArgumentKind::Aggregate), _) => {
                    self.in_aggregates(|binder| binder.argument(argument))
                }
                (Some(ArgumentKind::ColumnOfFirst), Some(Meaning::Table(table)))
                    if !is_literal(argument) =>
                {
                    let table = table.clone();
                    self.with_rows(table, |binder| binder.argument(argument)).1
                }
                _ => self.argument(argument),
            };
            terms.push(term);
        }
        terms
    }

    fn plugin_schema(
        &mut self,
        plugin: &'static Builtin,
        (signature, places): (&Signature, &[usize]),
        terms: &[Term],
        aggregate: Option<&AggregateCall>,
    ) -> Made {
        if let Returns::Table(columns) = &signature.returns {
            let columns = columns.iter().map(|(name, shape)| self.column(*name, shape)).collect();
            return Made { columns, is_open: false };
        }
        let schema = Schema { plugin: plugin.name, signature, places, terms, aggregate };
        self.made_by(&schema)
    }

    /// The rows that a plugin gives: of the written schema, of the one that was discovered, or of its own.
    fn evaluated(
        &mut self,
        mut evaluate: Evaluate,
        made: Made,
        schema: Option<&'a RowSchema>,
        is_open_input: bool,
    ) -> Rowset {
        let span = evaluate.span;
        let depends_on_data = matches!(&*evaluate.plugin, "bag_unpack" | "pivot" | "narrow_unpack");
        if let Some(schema) = schema {
            let mut columns = Vec::new();
            let written = self.declared_columns(schema);
            if schema.is_open {
                columns.extend(
                    made.columns.into_iter().filter(|column| {
                        !written.iter().any(|written| written.name == column.name)
                    }),
                );
            }
            columns.extend(written);
            return Rowset::new(RowsetKind::Evaluate(Box::new(evaluate)), columns, span);
        }
        if !depends_on_data || self.is_rehearsal {
            let is_open = made.is_open || is_open_input && keeps_input(&evaluate.plugin);
            let rowset = Rowset::new(RowsetKind::Evaluate(Box::new(evaluate)), made.columns, span);
            return Rowset { is_open, ..rowset };
        }
        let ordinal = self.undiscovered.len();
        evaluate.ordinal = Some(ordinal);
        self.undiscovered.push(Undiscovered { ordinal, plugin: Box::new(evaluate.clone()) });
        let discovered = self.options.discovered.get(&ordinal).cloned();
        let (columns, is_open) = match discovered {
            Some(found) => (self.discovered_columns(&found, &made.columns), false),
            None => (made.columns, true),
        };
        let rowset = Rowset::new(RowsetKind::Evaluate(Box::new(evaluate)), columns, span);
        Rowset { is_open, ..rowset }
    }

    /// The columns that were found; one that the input had keeps being that one.
    fn discovered_columns(&mut self, found: &[(Name, Type)], known: &[Column]) -> Vec<Column> {
        found
            .iter()
            .map(|(name, ty)| {
                let same = known.iter().find(|column| column.name == *name && column.ty == *ty);
                match same {
                    Some(column) => column.clone(),
                    None => self.column(name.clone(), &Shape::Plain(*ty)),
                }
            })
            .collect()
    }
}

/// Whether an argument is one of the options of `bag_unpack` that go by name.
fn is_option(plugin: &str, term: &Term) -> bool {
    let names = ["OutputColumnPrefix", "columnsConflict", "ignoredProperties"];
    plugin == "bag_unpack" && term.given.as_deref().is_some_and(|name| names.contains(&name))
}

/// Whether a plugin passes columns of its input on.
fn keeps_input(plugin: &str) -> bool {
    matches!(
        plugin,
        "autocluster" | "basket" | "diffpatterns" | "identity" | "rows_near" | "dcount_intersect"
    )
}

fn argument_kind(plugin: &Builtin, index: usize) -> Option<ArgumentKind> {
    let [signature] = plugin.signatures.as_slice() else { return None };
    let parameters = &signature.parameters;
    let last_repeats = parameters.last().is_some_and(crate::signatures::Parameter::is_repeatable);
    let at = if last_repeats { index.min(parameters.len().saturating_sub(1)) } else { index };
    parameters.get(at).map(|parameter| parameter.argument)
}

fn is_literal(argument: &NamedExpr) -> bool {
    matches!(argument.expr.kind, kql_syntax::tree::ExprKind::Literal(_))
}

fn plugin_argument(term: Term, calls: &mut impl Iterator<Item = AggregateCall>) -> PluginArgument {
    match &term.meaning {
        Meaning::Table(_) => match term.meaning {
            Meaning::Table(table) => PluginArgument::Table(table),
            _ => PluginArgument::Star,
        },
        Meaning::Star => PluginArgument::Star,
        Meaning::Scalar(scalar)
            if matches!(scalar.kind, ScalarKind::Column(_))
                && crate::binder::aggregates::own_column(&term).is_some() =>
        {
            match calls.next() {
                Some(call) => PluginArgument::Aggregate(call),
                None => PluginArgument::Scalar(term.into_scalar()),
            }
        }
        _ => PluginArgument::Scalar(term.into_scalar()),
    }
}
