//! What Kusto turns into another type unasked.

mod implicit;

family![implicit];
