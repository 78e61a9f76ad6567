//! `evaluate http_request(address, headers)`, `http_request_post(address, headers, options, content)`: one row, what a server
//! answers. It is asked before the query runs.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use arrow::datatypes::Schema;
use datafusion::datasource::MemTable;
use kql_functions::{Example, physical};
use kql_semantics::bound::{Evaluate, Rowset};
use kql_semantics::dynamic::to_string;
use kql_semantics::{Dynamic, Value};

use super::{Call, Plugin};
use crate::QueryError;
use crate::diagnostics::{not_supported, refused, refused_outside};
use crate::lower::{KeptRows, Lowering};
use crate::operators::table::rows_of;
use crate::outside::{HttpRequest, HttpResponse, OutsideError};
use crate::plan::{Order, Plan, column_name};
use crate::run::Run;

pub(super) static HTTP_REQUEST: Plugin = Plugin {
    name: "http_request",
    help: "Asks a server (`GET`) and gives one row: `ResponseHeaders`, a bag, and `ResponseBody`, parsed where it is said to be JSON. \
           The second argument is a bag of headers to send; `Authorization` is sent over `https:` only. Only hosts that were allowed \
           are asked; without, the query is refused. What answers no success is an error.",
    examples: &[Example {
        query: "evaluate http_request('https://example.com/')",
        answer: &["`evaluate http_request` would ask a server, and none is allowed"],
    }],
    lower,
};

pub(super) static HTTP_REQUEST_POST: Plugin = Plugin {
    name: "http_request_post",
    help: "As `http_request`, with the fourth argument as the body of a `POST`, sent as JSON.",
    examples: &[Example {
        query: "evaluate http_request_post('https://example.com/')",
        answer: &["`evaluate http_request_post` would ask a server, and none is allowed"],
    }],
    lower,
};

/// Whether a plugin is one of these.
pub(crate) fn is_one(evaluate: &Evaluate) -> bool {
    matches!(&*evaluate.plugin, "http_request" | "http_request_post")
}

/// Asks the server.
pub(crate) async fn ask(
    run: &Run<'_>,
    rowset: &Rowset,
    evaluate: &Evaluate,
) -> Result<KeptRows, QueryError> {
    let request = run.with_lowering(|lowering| request(lowering, &Call { rowset, evaluate }))?;
    let response = run.tables.outside().http(&request).await;
    let response = response.map_err(|error| match error {
        OutsideError::NotGiven => {
            let help = String::from("allow its host");
            let message =
                format!("`evaluate {}` would ask a server, and none is allowed", evaluate.plugin);
            let error = OutsideError::Refused { message, help };
            refused_outside(error, "external-data", evaluate.span)
        }
        error => refused_outside(error, "external-data", evaluate.span),
    })?;
    let fields = rowset.columns.iter().map(|own| physical::field(&column_name(own.id), own.ty));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let values = rowset.columns.iter().map(|own| -> ArrayRef {
        let value = match &*own.name {
            "ResponseHeaders" => headers_of(&response),
            "ResponseBody" => body_of(&response),
            _ => Dynamic::Null,
        };
        Arc::new(StringArray::from(vec![Some(value.to_text())]))
    });
    let batch = RecordBatch::try_new(Arc::clone(&schema), values.collect())?;
    run.hold(std::slice::from_ref(&batch))?;
    let provider = Arc::new(MemTable::try_new(schema, vec![vec![batch]])?);
    Ok(KeptRows { provider, order: Order::default(), ingested: None })
}

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let kept = lowering.kept.rows(call.rowset).cloned().ok_or_else(|| {
        let what = format!("`{}` inside this expression", call.evaluate.plugin);
        refused(not_supported(&what, call.evaluate.span))
    })?;
    Ok(Plan::unordered(rows_of(&lowering.fresh("t"), kept.provider)?))
}

/// The request that a call describes.
fn request(lowering: &Lowering<'_>, call: &Call<'_>) -> Result<HttpRequest, QueryError> {
    let constant = |at: usize| call.scalar(at).map(|scalar| lowering.constant(scalar)).transpose();
    let address = match lowering.constant(call.needed(0)?)? {
        Value::String(address) => address.to_string(),
        _ => String::new(),
    };
    let mut headers = Vec::new();
    if let Some(Value::Dynamic(bag)) = constant(1)?
        && let Dynamic::Bag(entries) = &*bag
    {
        let entries = entries
            .iter()
            .map(|(name, value)| (name.to_string(), to_string(&value.to_text()).into_owned()));
        headers.extend(entries);
    }
    let has_secret = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    if has_secret && !address.to_ascii_lowercase().starts_with("https:") {
        return Err(QueryError::Value(String::from(
            "`Authorization` is sent to addresses that begin with `https:` only",
        )));
    }
    headers.push((String::from("x-ms-readonly"), String::from("true")));
    let is_post = &*call.evaluate.plugin == "http_request_post";
    let body = match constant(3)? {
        _ if !is_post => None,
        Some(Value::String(content)) => Some(content.to_string()),
        _ => Some(String::new()),
    };
    Ok(HttpRequest { address, headers, body })
}

fn headers_of(response: &HttpResponse) -> Dynamic {
    let headers = response.headers.iter();
    Dynamic::Bag(
        headers.map(|(name, value)| (name.as_str().into(), Dynamic::string(value))).collect(),
    )
}

/// The body: parsed where it is said to be JSON, else as it is.
fn body_of(response: &HttpResponse) -> Dynamic {
    let is_json = response.headers.iter().any(|(name, value)| {
        let media = value.split(';').next().unwrap_or("").trim();
        name.eq_ignore_ascii_case("content-type") && media.eq_ignore_ascii_case("application/json")
    });
    match Dynamic::parse(&response.body) {
        Ok(parsed) if is_json => parsed,
        _ => Dynamic::string(&response.body),
    }
}
