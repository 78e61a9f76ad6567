//! Functions of strings.

mod strlen;

family![strlen];
