//! t-digests: percentiles of many values, from a few hundred weighted means.
//!
//! As a dynamic it is `[[type, compressed], [means], [weights]]`. It is made of all values at once, in order, so that it does not
//! depend on how they came; few values are all in it.

use kql_semantics::{Dynamic, Type};

/// Up to so many different values nothing is brought together.
const MOST_EXACT: usize = 1000;

/// How fine it is: a mean in the middle stands for four values of so many.
const COMPRESSION: f64 = 100.0;

/// A sketch of numbers, datetimes or timespans.
#[derive(Clone, Debug, PartialEq)]
pub struct Digest {
    ty: Type,
    /// Means and weights, by mean.
    means: Vec<(f64, f64)>,
    /// Whether a mean may stand for several different values.
    is_compressed: bool,
}

impl Digest {
    /// Of values and their weights, which are above 0.
    #[must_use]
    pub fn new(ty: Type, mut means: Vec<(f64, f64)>) -> Self {
        means.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        // Equal values are one that weighs more.
        means.dedup_by(|next, known| {
            let is_equal = next.0.total_cmp(&known.0).is_eq();
            known.1 += if is_equal { next.1 } else { 0.0 };
            is_equal
        });
        let is_compressed = means.len() > MOST_EXACT;
        if is_compressed {
            means = compressed(&means);
        }
        Self { ty, means, is_compressed }
    }

    /// What the values are.
    #[must_use]
    pub fn ty(&self) -> Type {
        self.ty
    }

    /// The means and weights.
    #[must_use]
    pub fn means(&self) -> &[(f64, f64)] {
        &self.means
    }

    /// How much all values weigh.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.means.iter().map(|(_, weight)| weight).sum()
    }

    /// The value at a percentile, 0 to 100: the nearest rank, or between means that stand for several values.
    #[must_use]
    pub fn percentile(&self, percentile: f64) -> Option<f64> {
        let total = self.weight();
        let rank = (percentile.clamp(0.0, 100.0) * total / 100.0 - 1e-9).ceil().max(1.0);
        let mut passed = 0.0;
        for (at, (_, weight)) in self.means.iter().enumerate() {
            if passed + weight >= rank {
                return Some(self.between(at, (rank - passed) / weight));
            }
            passed += weight;
        }
        self.means.last().map(|(mean, _)| *mean)
    }

    /// The value at a share of what a mean stands for: one value where nothing was brought together.
    fn between(&self, at: usize, share: f64) -> f64 {
        let at_offset = |at: usize| self.means.get(at).map(|(mean, _)| *mean);
        let mean = at_offset(at).unwrap_or(f64::NAN);
        let before = at.checked_sub(1).and_then(at_offset);
        match (before, at_offset(at + 1)) {
            (Some(before), Some(after)) if self.is_compressed => {
                let (low, high) = (f64::midpoint(before, mean), f64::midpoint(mean, after));
                low + (high - low) * share
            }
            _ => mean,
        }
    }

    /// How many values are not above this one.
    #[must_use]
    pub fn rank(&self, value: f64) -> f64 {
        self.means.iter().take_while(|(mean, _)| *mean <= value).map(|(_, weight)| weight).sum()
    }

    /// As a dynamic's text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let means = self.means.iter().map(|(mean, _)| Dynamic::Real(*mean)).collect();
        let weights = self.means.iter().map(|(_, weight)| Dynamic::Real(*weight)).collect();
        let ty = vec![Dynamic::string(self.ty.name()), Dynamic::Bool(self.is_compressed)];
        Dynamic::Array([ty, means, weights].map(Dynamic::Array).into()).to_text()
    }

    /// Reads what [`Self::to_text`] wrote; none of anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let Ok(Dynamic::Array(parts)) = Dynamic::parse(text) else { return None };
        let [Dynamic::Array(ty), Dynamic::Array(means), Dynamic::Array(weights)] = parts.as_slice()
        else {
            return None;
        };
        let (ty, is_compressed) = match ty.as_slice() {
            [Dynamic::String(name), Dynamic::Bool(is_compressed)] => {
                (type_named(name)?, *is_compressed)
            }
            _ => return None,
        };
        if means.len() != weights.len() {
            return None;
        }
        let pairs = means.iter().zip(weights).map(|(mean, weight)| {
            let weight = number(weight).filter(|weight| *weight > 0.0)?;
            Some((number(mean)?, weight))
        });
        let read = Self::new(ty, pairs.collect::<Option<_>>()?);
        Some(Self { is_compressed: is_compressed || read.is_compressed, ..read })
    }

    /// Whether a mean may stand for several different values.
    #[must_use]
    pub fn is_compressed(&self) -> bool {
        self.is_compressed
    }

    /// All of several, which are of one type; none of none.
    #[must_use]
    pub fn merged(all: &[Self]) -> Option<Self> {
        let first = all.first()?;
        let means = all.iter().flat_map(|one| one.means.iter().copied()).collect();
        let merged = Self::new(first.ty, means);
        let is_compressed = merged.is_compressed || all.iter().any(|one| one.is_compressed);
        Some(Self { is_compressed, ..merged })
    }
}

fn type_named(name: &str) -> Option<Type> {
    [Type::Int, Type::Long, Type::Real, Type::Decimal, Type::DateTime, Type::TimeSpan]
        .into_iter()
        .find(|ty| ty.name() == name)
}

#[expect(clippy::cast_precision_loss, reason = "means are doubles")]
fn number(value: &Dynamic) -> Option<f64> {
    match value {
        Dynamic::Real(value) => Some(*value),
        Dynamic::Long(value) => Some(*value as f64),
        _ => None,
    }
}

/// Neighbours brought together while they stay small: smaller towards both ends.
fn compressed(sorted: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let total: f64 = sorted.iter().map(|(_, weight)| weight).sum();
    let mut means: Vec<(f64, f64)> = Vec::new();
    let mut passed = 0.0;
    for (mean, weight) in sorted.iter().copied() {
        if let Some(last) = means.last_mut() {
            let together = last.1 + weight;
            let middle = (passed + together / 2.0) / total;
            let most = 4.0 * total * middle * (1.0 - middle) / COMPRESSION;
            if together <= most {
                last.0 += (mean - last.0) * weight / together;
                last.1 = together;
                continue;
            }
            passed += last.1;
        }
        means.push((mean, weight));
    }
    means
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_of_few_are_exact() {
        let digest = Digest::new(Type::Long, (1..=1000).map(|v| (f64::from(v), 1.0)).collect());
        assert_eq!(digest.percentile(50.0), Some(500.0));
        assert_eq!(digest.percentile(0.0), Some(1.0));
        assert_eq!(digest.percentile(100.0), Some(1000.0));
        assert_eq!(digest.rank(685.0), 685.0);
        let weighted = Digest::new(Type::Real, vec![(1.0, 1.0), (2.0, 2.0)]);
        assert_eq!(weighted.percentile(50.0), Some(2.0));
        assert_eq!(Digest::new(Type::Real, Vec::new()).percentile(50.0), None);
    }

    #[test]
    fn percentiles_of_many_are_near() {
        let digest = Digest::new(Type::Long, (0..100_000).map(|v| (f64::from(v), 1.0)).collect());
        assert!(digest.means().len() < 1000, "{}", digest.means().len());
        for percentile in [0.1, 1.0, 25.0, 50.0, 90.0, 99.9] {
            let found = digest.percentile(percentile).unwrap();
            let right = percentile * 1000.0;
            assert!((found - right).abs() < 300.0, "{percentile}: {found}");
        }
    }

    #[test]
    fn comes_back_from_its_text() {
        let digest = Digest::new(Type::TimeSpan, vec![(3.0, 2.0), (1.5, 1.0)]);
        assert_eq!(Digest::parse(&digest.to_text()), Some(digest));
        for text in [
            "",
            "[]",
            "[[\"long\",false],[1],[]]",
            "[[\"string\",false],[],[]]",
            "[[\"long\",false],[1],[0]]",
        ] {
            assert_eq!(Digest::parse(text), None, "{text}");
        }
    }
}
