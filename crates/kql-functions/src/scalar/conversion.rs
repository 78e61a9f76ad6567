//! Functions that turn one type into another.

mod toboolean;
mod todatetime;
mod todecimal;
mod todouble;
mod toguid;
mod tohex;
mod toint;
mod tolong;
mod tostring;
mod totimespan;

family![
    toboolean, todatetime, todecimal, todouble, toguid, tohex, toint, tolong, tostring, totimespan,
];
