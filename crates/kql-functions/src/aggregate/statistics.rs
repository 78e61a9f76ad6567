//! Variances, covariances and percentiles.

mod covariance;
mod covarianceif;
mod covariancep;
mod covariancepif;
mod moments;
mod percentile;
mod percentiles;
mod percentiles_array;
mod percentilesw;
mod percentilesw_array;
mod percentilew;
mod ranks;
mod stdev;
mod stdevif;
mod stdevp;
mod variance;
mod varianceif;
mod variancep;
mod variancepif;

family![
    covariance,
    covarianceif,
    covariancep,
    covariancepif,
    percentile,
    percentiles,
    percentiles_array,
    percentilesw,
    percentilesw_array,
    percentilew,
    stdev,
    stdevif,
    stdevp,
    variance,
    varianceif,
    variancep,
    variancepif,
];
