//! Sketches of many values.

mod counters;
mod dcount;
mod dcountif;
mod digests;
mod hll;
mod hll_if;
mod hll_merge;
mod merge_tdigest;
mod tdigest;
mod tdigest_merge;

family![dcount, dcountif, hll, hll_if, hll_merge, merge_tdigest, tdigest, tdigest_merge];
