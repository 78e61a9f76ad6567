//! Counts, sums and extremes.

mod avg;
mod avgif;
mod count;
mod count_distinct;
mod count_distinctif;
mod countif;
mod max;
mod maxif;
mod min;
mod minif;
mod sum;
mod sumif;

family![
    avg,
    avgif,
    count,
    count_distinct,
    count_distinctif,
    countif,
    max,
    maxif,
    min,
    minif,
    sum,
    sumif,
];
