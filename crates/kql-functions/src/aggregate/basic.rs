//! Counts, sums and extremes.

mod avg;
mod avgif;
mod count;
mod countif;
mod max;
mod maxif;
mod min;
mod minif;
mod sum;
mod sumif;

family![avg, avgif, count, countif, max, maxif, min, minif, sum, sumif];
