//! Scalar `let`s that depend on rows: each becomes a column, computed once a row.

use std::collections::{HashMap, HashSet};

use datafusion::logical_expr::Expr;
use kql_semantics::bound::{ColumnId, Scalar, ScalarKind, SharedId};

use super::Lowering;
use super::scalar::Truth;
use crate::plan::{Plan, column};
use crate::{QueryError, operators};

impl Lowering<'_> {
    /// Makes a plan ready for these scalars: the shared ones that they use stand in columns.
    pub(crate) fn prepared(&self, plan: Plan, scalars: &[&Scalar]) -> Result<Plan, QueryError> {
        let mut levels = HashMap::new();
        for scalar in scalars {
            self.levels_in(scalar, &mut levels);
        }
        let mut ready: HashSet<SharedId> = HashSet::new();
        let mut plan = operators::windows::prepared(self, plan, scalars)?;
        let deepest = levels.values().copied().max().unwrap_or(0);
        for level in 1..=deepest {
            let mut columns = Vec::new();
            let mut ids: Vec<SharedId> =
                levels.iter().filter(|(_, of)| **of == level).map(|(id, _)| *id).collect();
            ids.sort_unstable();
            for id in ids {
                let name = shared_name(id);
                if !plan.has_column(&name) {
                    self.ready.replace(ready.clone());
                    columns.push((self.shared_inline(id, Truth::Exact)?, name));
                }
                ready.insert(id);
            }
            plan = plan.extend(columns)?;
        }
        self.ready.replace(ready);
        Ok(plan)
    }

    /// A shared scalar: its column, or the expression where it depends on no row.
    pub(super) fn shared_scalar(&self, id: SharedId, truth: Truth) -> Result<Expr, QueryError> {
        if self.ready.borrow().contains(&id) {
            return Ok(column(&shared_name(id)));
        }
        self.shared_inline(id, truth)
    }

    fn shared_inline(&self, id: SharedId, truth: Truth) -> Result<Expr, QueryError> {
        let scalar = self.shared_of(id)?;
        match truth {
            Truth::Exact => self.scalar(scalar),
            Truth::Filter => self.predicate(scalar),
        }
    }

    fn shared_of(&self, id: SharedId) -> Result<&Scalar, QueryError> {
        let index = usize::try_from(id.0).unwrap_or(usize::MAX);
        let scalar = self.shared.get(index);
        scalar.ok_or_else(|| QueryError::Internal(format!("there is no shared scalar {}", id.0)))
    }

    /// For each shared scalar that depends on rows how many others stand below it, itself counted.
    fn levels_in(&self, scalar: &Scalar, levels: &mut HashMap<SharedId, u32>) -> u32 {
        let mut deepest = 0;
        scalar.walk(&mut |inner| {
            if let ScalarKind::Shared(id) = inner.kind {
                deepest = deepest.max(self.level_of(id, levels));
            }
        });
        deepest
    }

    fn level_of(&self, id: SharedId, levels: &mut HashMap<SharedId, u32>) -> u32 {
        if let Some(level) = levels.get(&id) {
            return *level;
        }
        let Ok(scalar) = self.shared_of(id) else { return 0 };
        if !self.depends_on_rows(scalar) {
            return 0;
        }
        let level = self.levels_in(scalar, levels) + 1;
        levels.insert(id, level);
        level
    }

    /// The columns that stand in a scalar, in what is shared too.
    pub(crate) fn columns_in(&self, scalar: &Scalar) -> HashSet<ColumnId> {
        let (mut found, mut seen) = (HashSet::new(), HashSet::new());
        let mut open = vec![scalar];
        while let Some(scalar) = open.pop() {
            scalar.walk(&mut |inner| match inner.kind {
                ScalarKind::Column(id) => {
                    found.insert(id);
                }
                ScalarKind::Shared(id) if seen.insert(id) => open.extend(self.shared_of(id).ok()),
                _ => {}
            });
        }
        found
    }

    /// Whether a scalar needs a row to be computed.
    pub(crate) fn depends_on_rows(&self, scalar: &Scalar) -> bool {
        self.reaches_rows(scalar, &mut HashSet::new())
    }

    fn reaches_rows(&self, scalar: &Scalar, seen: &mut HashSet<SharedId>) -> bool {
        let mut found = false;
        let mut inner_shared = Vec::new();
        scalar.walk(&mut |inner| match inner.kind {
            ScalarKind::Column(id) => found |= !self.outer.contains_key(&id),
            ScalarKind::Shared(id) => inner_shared.push(id),
            _ => {}
        });
        found
            || inner_shared.into_iter().any(|id| {
                seen.insert(id)
                    && self.shared_of(id).is_ok_and(|scalar| self.reaches_rows(scalar, seen))
            })
    }
}

fn shared_name(id: SharedId) -> String {
    format!("s{}", id.0)
}
