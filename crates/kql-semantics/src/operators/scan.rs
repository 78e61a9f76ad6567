//! `scan declare (...) with (steps)`

use kql_syntax::Name;
use kql_syntax::tree::{ExprNames, Operator, Parameter, ParameterKind, Scan, ScanStep};

use crate::binder::Binder;
use crate::binder::casts::{cell, convert};
use crate::binder::parameters::{Allowed, Takes, allowed, new_name};
use crate::binder::scope::Symbol;
use crate::binder::term::Row;
use crate::bound::{Column, ColumnId, Rowset, RowsetKind, ScanOutput, ScanRowset, ScanStepRowset};
use crate::{Shape, Type, Value, diagnostics, suggest};

const PARAMETERS: &[Allowed] = &[
    allowed("kind", Takes::Word(&["partial", "full"])),
    allowed("with_match_id", Takes::NewName),
    allowed("with_step_name", Takes::NewName),
];

impl<'a> Binder<'a> {
    pub(crate) fn scan_operator(
        &mut self,
        input: Rowset,
        scan: &'a Scan,
        operator: &'a Operator,
    ) -> Rowset {
        let at = self.at(operator.span);
        let outer = self.scope;
        let ordered = if scan.order_by.is_empty() {
            input
        } else {
            let (input, keys) = self.with_rows(input, |binder| binder.sort_keys(&scan.order_by));
            input.then(at, |input| RowsetKind::Sort { input, keys })
        };
        let (input, parts) = self.with_rows(ordered, |binder| {
            binder.check_parameters(&scan.parameters, PARAMETERS);
            let partition_by: Vec<_> =
                scan.partition_by.iter().map(|expr| binder.value(expr).into_scalar()).collect();
            let declared: Vec<(Column, Value)> =
                scan.declare.iter().map(|declared| binder.declared(declared)).collect();
            let states = binder.step_states(scan, &declared);
            let steps: Vec<ScanStepRowset> =
                scan.steps.iter().map(|step| binder.scan_step(step, &declared)).collect();
            (partition_by, declared, states, steps)
        });
        self.scope = outer;
        let (partition_by, declared, states, steps) = parts;
        let match_id = new_name(&scan.parameters, &["with_match_id"])
            .map(|name| self.column(name.name.clone(), &Shape::Plain(Type::Long)));
        let columns: Vec<Column> = input
            .columns
            .iter()
            .chain(declared.iter().map(|(column, _)| column))
            .chain(&match_id)
            .cloned()
            .collect();
        let kind = RowsetKind::Scan(ScanRowset {
            input: Box::new(input),
            partition_by,
            declared,
            match_id: match_id.map(|column| column.id),
            steps,
            states,
        });
        Rowset::new(kind, columns, at)
    }

    /// A declared column with its first value; it is in scope for the steps.
    fn declared(&mut self, declared: &'a Parameter) -> (Column, Value) {
        let name = &declared.name;
        let (ty, default) = match &declared.kind {
            ParameterKind::Scalar { ty, default } => (self.type_named(ty), default.as_ref()),
            ParameterKind::Table(_) => (Type::Unknown, None),
        };
        let column = self.column(name.name.clone(), &Shape::Plain(ty));
        let value = match default {
            Some(default) => {
                let term = self.without_rows(|binder| binder.value(default));
                match term.value() {
                    Some(value) => cell(value, ty),
                    None => {
                        if !term.is_open() {
                            self.report(diagnostics::literal_expected(self.at(term.span)));
                        }
                        Value::Null(ty)
                    }
                }
            }
            None if ty == Type::String => Value::string(""),
            None => Value::Null(ty),
        };
        let symbol = Symbol::Column(column.clone());
        self.scope = self.scopes.declare(self.scope, name.name.clone(), symbol, name.span);
        (column, value)
    }

    /// The columns of each step's state, which `step.column` names.
    fn step_states(&mut self, scan: &'a Scan, declared: &[(Column, Value)]) -> Vec<Vec<ColumnId>> {
        let mut states = Vec::with_capacity(scan.steps.len());
        for step in &scan.steps {
            let own = self.row_columns();
            let all = own.iter().chain(declared.iter().map(|(column, _)| column));
            let named: Vec<(Name, Shape)> =
                all.map(|column| (column.name.clone(), self.shape_of(column.id))).collect();
            let columns: Vec<(Name, ColumnId)> =
                named.into_iter().map(|(name, shape)| (name, self.new_column(&shape))).collect();
            states.push(columns.iter().map(|(_, id)| *id).collect());
            let symbol = Symbol::Row(std::rc::Rc::new(Row::Columns(columns)));
            let name = &step.name;
            self.scope = self.scopes.declare(self.scope, name.name.clone(), symbol, name.span);
        }
        states
    }

    fn scan_step(&mut self, step: &'a ScanStep, declared: &[(Column, Value)]) -> ScanStepRowset {
        let condition = self.value(&step.condition);
        self.expect_truth(&condition);
        let mut assignments = Vec::with_capacity(step.assignments.len());
        for assignment in &step.assignments {
            let term = self.value(&assignment.expr);
            let ExprNames::One(name) = &assignment.names else { continue };
            match declared.iter().find(|(column, _)| column.name == name.name) {
                Some((column, _)) => {
                    assignments.push((column.id, convert(term.into_scalar(), column.ty)));
                }
                None => {
                    let names = declared.iter().map(|(column, _)| &*column.name);
                    let nearest = suggest::nearest(&name.name, names);
                    let at = self.at(name.span);
                    self.report(diagnostics::not_declared(&name.name, nearest.as_deref(), at));
                }
            }
        }
        let output = match step.output.as_ref().map(|output| &*output.name) {
            Some("last") => ScanOutput::Last,
            Some("none") => ScanOutput::None,
            _ => ScanOutput::All,
        };
        ScanStepRowset {
            name: step.name.name.clone(),
            is_optional: step.is_optional,
            output,
            condition: condition.into_scalar(),
            assignments,
        }
    }
}
