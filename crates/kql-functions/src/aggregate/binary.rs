//! Bits of whole numbers.

mod binary_all_and;
mod binary_all_or;
mod binary_all_xor;
mod bits;

family![binary_all_and, binary_all_or, binary_all_xor];
