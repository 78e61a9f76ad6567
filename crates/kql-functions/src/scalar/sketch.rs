//! Functions of the sketches that `hll` and `tdigest` make.

mod dcount_hll;
mod hll_isvalid;
mod hll_merge;
mod percentile_tdigest;
mod percentiles_array_tdigest;
mod percentrank_tdigest;
mod rank_tdigest;
mod tdigest_isvalid;
mod tdigest_merge;
mod values;

family![
    dcount_hll,
    hll_isvalid,
    hll_merge,
    percentile_tdigest,
    percentiles_array_tdigest,
    percentrank_tdigest,
    rank_tdigest,
    tdigest_isvalid,
    tdigest_merge,
];
