//! One row of each group.

mod arg_max;
mod arg_min;
mod rows;
mod take_any;
mod take_anyif;

family![arg_max, arg_min, take_any, take_anyif];
