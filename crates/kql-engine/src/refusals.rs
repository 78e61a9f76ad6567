//! The builtins of Kusto that this engine does not have, each with the reason.

use kql_syntax::Code;

/// Why a builtin can not be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// It asks a service, of which there is none.
    Service(&'static str),
    /// It runs a program in a sandbox, of which there is none.
    Sandbox(&'static str),
    /// It tells something of the service that logs do not hold.
    Cluster(&'static str),
    /// What it gives is not documented well enough to be computed exactly.
    Undocumented(&'static str),
}

impl Lack {
    /// The code of its diagnostic.
    #[must_use]
    pub fn code(self) -> Code {
        Code(match self {
            Self::Service(_) => "needs-service",
            Self::Sandbox(_) => "needs-sandbox",
            Self::Cluster(_) => "needs-cluster",
            Self::Undocumented(_) => "not-documented",
        })
    }

    /// The reason, as the rest of a sentence that begins with the builtin.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Service(reason)
            | Self::Sandbox(reason)
            | Self::Cluster(reason)
            | Self::Undocumented(reason) => reason,
        }
    }
}

const DATABASE: Lack =
    Lack::Service("asks a database outside, and queries read only the tables they are given");
const STORAGE: Lack =
    Lack::Service("reads a storage account, and queries read only the tables they are given");
const KUSTO: Lack = Lack::Service("asks a Kusto cluster, and there is none");
const MODEL: Lack = Lack::Service("asks a language model, and there is none");
const SCRIPT: Lack = Lack::Sandbox("runs a script in a sandbox, and there is none");
const PRINCIPAL: Lack = Lack::Cluster("tells who is signed in to the service, and here nobody is");
const CURSOR: Lack = Lack::Cluster("goes by the cursor of a database, and logs have none");
const EXTENT: Lack = Lack::Cluster("tells where the service stored a row, and logs do not");
const INTERNAL: Lack = Lack::Undocumented("is the service's own, and not documented");
const HASHES: Lack = Lack::Undocumented("combines hashes in a way that is not documented");
const PERIODS: Lack = Lack::Undocumented("scores periods in a way that is not documented");
const PATTERNS: Lack = Lack::Undocumented("chooses among patterns in a way that is not documented");
const FUNNELS: Lack =
    Lack::Undocumented("does not say which rows count as before, after and within a sequence");

/// Every builtin that is refused for a reason of its own.
static REFUSALS: &[(&str, Lack)] = &[
    ("__cast", INTERNAL),
    ("__geo_length_to_s2cell_level", INTERNAL),
    ("__geo_line_s2cell_covering_level", INTERNAL),
    ("__geo_line_validate", INTERNAL),
    ("__geo_polygon_s2cell_covering_level", INTERNAL),
    ("__geo_polygon_validate", INTERNAL),
    ("__hash_crc32", INTERNAL),
    ("__hash_djb2", INTERNAL),
    ("__hash_many_crc32", INTERNAL),
    ("__hash_xxh64", INTERNAL),
    ("__hll_normalize", INTERNAL),
    ("__invoke", INTERNAL),
    ("__ipv6_lookup_ranges", INTERNAL),
    ("__lz4_compress_dynamic_array_to_base64_string", INTERNAL),
    ("ai_chat_completion", MODEL),
    ("ai_chat_completion_prompt", MODEL),
    ("ai_embed_text", MODEL),
    ("ai_embeddings", MODEL),
    ("autocluster", PATTERNS),
    ("azure_digital_twins_query_request", DATABASE),
    ("cosmosdb_sql_request", DATABASE),
    ("csharp", SCRIPT),
    (
        "current_cluster_endpoint",
        Lack::Cluster("names the cluster of the service, and there is none"),
    ),
    ("current_cursor", CURSOR),
    ("current_node_id", EXTENT),
    ("current_principal", PRINCIPAL),
    ("current_principal_details", PRINCIPAL),
    ("current_principal_is_member_of", PRINCIPAL),
    ("cursor_after", CURSOR),
    ("cursor_before_or_at", CURSOR),
    ("cursor_current", CURSOR),
    ("dax_request", DATABASE),
    ("diffpatterns", PATTERNS),
    ("diffpatterns_text", PATTERNS),
    ("entity_group", KUSTO),
    ("estimate_rows_count", Lack::Cluster("tells the service's own estimate, and there is none")),
    ("execute_query", KUSTO),
    ("execute_show_command", KUSTO),
    ("extent_id", EXTENT),
    ("extent_tags", EXTENT),
    ("extentid", EXTENT),
    ("external_datatable", STORAGE),
    ("funnel_sequence", FUNNELS),
    ("funnel_sequence_completion", FUNNELS),
    ("graph", Lack::Cluster("reads a graph that a database keeps, and there is none")),
    ("hash_combine", HASHES),
    ("hash_many", HASHES),
    ("infer_storage_schema", STORAGE),
    ("infer_storage_schema_with_suggestions", STORAGE),
    ("mysql_request", DATABASE),
    (
        "parse_user_agent",
        Lack::Undocumented(
            "looks agents up in a list whose state in the service is not documented",
        ),
    ),
    ("passthrough", INTERNAL),
    ("postgresql_request", DATABASE),
    ("python", SCRIPT),
    ("r", SCRIPT),
    ("row_id", EXTENT),
    ("rowstore_ordinal_range", INTERNAL),
    ("series_periods_detect", PERIODS),
    ("series_periods_validate", PERIODS),
    ("sql_request", DATABASE),
];

/// Why a builtin can not be run; none where it can, or where there is no such builtin.
#[must_use]
pub fn lack(name: &str) -> Option<Lack> {
    let place = REFUSALS.binary_search_by_key(&name, |(name, _)| name).ok()?;
    REFUSALS.get(place).map(|(_, lack)| *lack)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(REFUSALS.is_sorted_by_key(|(name, _)| name));
        assert_eq!(lack("python"), Some(SCRIPT));
        assert_eq!(lack("strlen"), None);
    }
}
