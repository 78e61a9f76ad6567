//! A few tables, for rules that are written in tests.

use std::collections::BTreeMap;
use std::sync::Arc;

use kql_semantics::Type;
use kql_semantics::catalog::{
    Catalog, StoredBody, StoredFunction, StoredParameter, StoredResult, StoredSignature,
    TableSchema,
};
use kql_syntax::Name;

/// A table a line; what has no type is a text.
const TABLES: &str = "
SecurityEvent TimeGenerated:datetime Account Computer EventID:int Activity LogonType:int TargetSid TargetUserName SubjectUserName TargetAccount
WindowsEvent TimeGenerated:datetime Computer EventID:int
SigninLogs TimeGenerated:datetime UserPrincipalName UserId UserDisplayName IPAddress ResultType ResultDescription AppDisplayName AppId CorrelationId Location LocationDetails:dynamic
AuditLogs TimeGenerated:datetime OperationName Identity CorrelationId InitiatedBy:dynamic TargetResources:dynamic Category Result
CloudAppEvents Timestamp:datetime TimeGenerated:datetime ActionType Application AccountObjectId IPAddress CountryCode RawEventData:dynamic
EntraIdSpnSignInEvents Timestamp:datetime TimeGenerated:datetime ServicePrincipalName ServicePrincipalId Country IPAddress
AADSpnSignInEventsBeta Timestamp:datetime TimeGenerated:datetime ServicePrincipalName ServicePrincipalId Country IPAddress
IdentityInfo TimeGenerated:datetime AccountUPN AccountSID
OfficeActivity TimeGenerated:datetime Operation UserId ClientIP
SecurityAlert TimeGenerated:datetime AlertName ProductName ProviderName CompromisedEntity Entities
DeviceProcessEvents Timestamp:datetime TimeGenerated:datetime DeviceId DeviceName AccountName FileName FolderPath ProcessCommandLine InitiatingProcessFileName ActionType
DeviceFileEvents Timestamp:datetime TimeGenerated:datetime DeviceId DeviceName FileName FolderPath SHA256 ActionType
DeviceEvents Timestamp:datetime TimeGenerated:datetime DeviceId DeviceName FileName ActionType AdditionalFields:dynamic
DeviceNetworkEvents Timestamp:datetime TimeGenerated:datetime DeviceId DeviceName RemoteUrl RemoteIP ActionType
";

/// The tables of this file, and watchlists.
pub(crate) struct Tables(BTreeMap<&'static str, Arc<TableSchema>>);

impl Tables {
    pub(crate) fn new() -> Self {
        let table = |line: &'static str| {
            let mut words = line.split_whitespace();
            let name = words.next()?;
            let column = |word: &str| {
                let (name, ty) = word.split_once(':').unwrap_or((word, "string"));
                (Name::new(name), ty.parse::<Type>().unwrap())
            };
            let columns = words.map(column).collect();
            Some((
                name,
                Arc::new(TableSchema { name: Name::new(name), columns, hidden: Vec::new() }),
            ))
        };
        Self(TABLES.lines().filter_map(table).collect())
    }
}

impl Catalog for Tables {
    fn table(&self, name: &str) -> Option<Arc<TableSchema>> {
        self.0.get(name).cloned()
    }

    fn function(&self, name: &str) -> Option<Arc<StoredFunction>> {
        let parameter = StoredParameter {
            name: Name::new("alias"),
            ty: Some(Type::String),
            is_optional: false,
        };
        let columns = vec![(Name::new("SearchKey"), Type::String)];
        let result = StoredResult::Table { columns, is_open: true };
        let body = StoredBody::Signature(StoredSignature { parameters: vec![parameter], result });
        (name == "_GetWatchlist").then(|| Arc::new(StoredFunction { name: Name::new(name), body }))
    }

    fn table_names(&self) -> Vec<Name> {
        self.0.keys().map(|name| Name::new(name)).collect()
    }

    fn function_names(&self) -> Vec<Name> {
        vec![Name::new("_GetWatchlist")]
    }
}
