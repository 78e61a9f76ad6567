//! `render chart with (properties)`: says how a result is to be drawn; the rows stay the same.

use kql_syntax::Identifier;
use kql_syntax::tree::{Operator, OperatorParameter, ParameterValue};

use crate::binder::Binder;
use crate::bound::{Render, Rowset};
use crate::{Value, diagnostics, suggest};

const CHARTS: &[&str] = &[
    "table",
    "list",
    "barchart",
    "piechart",
    "ladderchart",
    "timechart",
    "linechart",
    "anomalychart",
    "pivotchart",
    "areachart",
    "stackedareachart",
    "scatterchart",
    "timepivot",
    "columnchart",
    "timeline",
    "3Dchart",
    "card",
    "treemap",
    "plotly",
    "graph",
    "sankey",
];
const PROPERTIES: &[&str] = &[
    "kind",
    "title",
    "accumulate",
    "with",
    "by",
    "xcolumn",
    "ycolumns",
    "anomalycolumns",
    "series",
    "xtitle",
    "ytitle",
    "xaxis",
    "yaxis",
    "legend",
    "ysplit",
    "ymin",
    "ymax",
    "xmin",
    "xmax",
];

impl<'a> Binder<'a> {
    pub(crate) fn render_operator(
        &mut self,
        input: Rowset,
        chart: &'a Identifier,
        properties: &'a [OperatorParameter],
        operator: &'a Operator,
    ) -> Rowset {
        self.render_as(chart, properties, operator);
        input
    }

    /// Notes how what the query gives is to be drawn.
    pub(crate) fn render_as(
        &mut self,
        chart: &'a Identifier,
        properties: &'a [OperatorParameter],
        operator: &'a Operator,
    ) {
        if !chart.is_missing() && !CHARTS.contains(&&*chart.name) {
            let nearest = suggest::nearest(&chart.name, CHARTS.iter().copied());
            self.report(diagnostics::unknown_chart(
                &chart.name,
                nearest.as_deref(),
                self.at(chart.span),
            ));
        }
        let mut written = Vec::new();
        for property in properties {
            let name = &property.name;
            if !PROPERTIES.contains(&&*name.name) && !name.is_missing() {
                let nearest = suggest::nearest(&name.name, PROPERTIES.iter().copied());
                let at = self.at(name.span);
                self.report(diagnostics::unknown_operator_parameter(
                    &name.name,
                    nearest.as_deref(),
                    at,
                ));
            }
            written.push((name.name.clone(), self.property_text(&property.value)));
        }
        let span = self.at(operator.span);
        self.render = Some(Render { chart: chart.name.clone(), properties: written, span });
    }

    fn property_text(&mut self, value: &'a ParameterValue) -> String {
        if let ParameterValue::Names(names) = value {
            let names: Vec<&str> = names.iter().map(|name| &*name.name).collect();
            return names.join(",");
        }
        match self.parameter_value(value) {
            Some(Value::String(text)) => text.to_string(),
            Some(Value::Long(number)) => number.to_string(),
            Some(Value::Int(number)) => number.to_string(),
            Some(Value::Real(number)) => number.to_string(),
            Some(Value::Bool(value)) => value.to_string(),
            _ => String::new(),
        }
    }
}
