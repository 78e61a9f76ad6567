//! The states of `scan`'s steps, and how a record moves them. It knows nothing of columns: a record's values are `V`.

/// What a step asks and does; given by who knows the expressions.
pub(super) trait Steps {
    /// A record's values once a step extended it.
    type Values: Clone;
    /// Why a condition could not be computed.
    type Error;

    /// How many steps there are.
    fn count(&self) -> usize;

    /// Whether a step may be skipped.
    fn is_optional(&self, step: usize) -> bool;

    /// Whether the record at hand meets a step's condition in a state.
    fn is_met(&mut self, step: usize, state: &State<Self::Values>) -> Result<bool, Self::Error>;

    /// The record at hand, extended by a step's assignments in a state.
    fn extended(
        &mut self,
        step: usize,
        state: &State<Self::Values>,
    ) -> Result<Self::Values, Self::Error>;
}

/// What a step remembers: for each step until it the values of the last record, and the number of the sequence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State<V> {
    /// For each step the values of the last record that it took in this sequence.
    pub(super) records: Vec<Option<V>>,
    /// Counts sequences.
    pub(super) match_id: i64,
}

/// The states of all steps.
#[derive(Clone, Debug)]
pub(super) struct Machine<V> {
    states: Vec<Option<State<V>>>,
}

/// A step that took the record.
pub(super) struct Taken<V> {
    /// Which step.
    pub(super) step: usize,
    /// The record, extended.
    pub(super) values: V,
    /// The sequence that it belongs to.
    pub(super) match_id: i64,
    /// Whether a sequence moved on to this step, and which step it left.
    pub(super) left: Option<usize>,
    /// Whether the step forgot another sequence for this.
    pub(super) forgot: bool,
}

impl<V: Clone> Machine<V> {
    /// No step remembers anything.
    pub(super) fn new(steps: usize) -> Self {
        Self { states: vec![None; steps] }
    }

    /// Shows a record to all steps, last to first. `next_id` counts sequences.
    pub(super) fn show<S: Steps<Values = V>>(
        &mut self,
        steps: &mut S,
        next_id: &mut i64,
    ) -> Result<Vec<Taken<V>>, S::Error> {
        let mut taken = Vec::new();
        for step in (0..steps.count()).rev() {
            taken.extend(self.show_to(step, steps, next_id)?);
        }
        Ok(taken)
    }

    fn show_to<S: Steps<Values = V>>(
        &mut self,
        step: usize,
        steps: &mut S,
        next_id: &mut i64,
    ) -> Result<Option<Taken<V>>, S::Error> {
        // First, whether a sequence that stands at the step before can move on to this one.
        if let Some(before) = self.standing_before(step, steps)
            && let Some(state) = self.states.get(before).and_then(Option::as_ref)
            && steps.is_met(step, state)?
        {
            let values = steps.extended(step, state)?;
            let Some(mut state) = self.states.get_mut(before).and_then(Option::take) else {
                return Ok(None);
            };
            let match_id = state.match_id;
            if let Some(own) = state.records.get_mut(step) {
                *own = Some(values.clone());
            }
            let old = self.states.get_mut(step).and_then(|own| own.replace(state));
            let (left, forgot) = (Some(before), old.is_some());
            return Ok(Some(Taken { step, values, match_id, left, forgot }));
        }
        // Else, whether the one that stands here goes on here; at the first step one may begin.
        let own = self.states.get(step).and_then(Option::as_ref);
        let fresh;
        let state = match own {
            Some(own) => own,
            None if step == 0 => {
                fresh = State { records: vec![None; steps.count()], match_id: *next_id };
                &fresh
            }
            None => return Ok(None),
        };
        if !steps.is_met(step, state)? {
            return Ok(None);
        }
        let values = steps.extended(step, state)?;
        let mut state = state.clone();
        if own.is_none() {
            *next_id += 1;
        }
        let match_id = state.match_id;
        if let Some(own) = state.records.get_mut(step) {
            *own = Some(values.clone());
        }
        if let Some(own) = self.states.get_mut(step) {
            *own = Some(state);
        }
        Ok(Some(Taken { step, values, match_id, left: None, forgot: false }))
    }

    /// The nearest step before this one at which a sequence stands; optional ones without may be skipped.
    fn standing_before<S: Steps<Values = V>>(&self, step: usize, steps: &S) -> Option<usize> {
        let mut before = step.checked_sub(1)?;
        while self.states.get(before).is_some_and(Option::is_none) && steps.is_optional(before) {
            before = before.checked_sub(1)?;
        }
        self.states.get(before)?.as_ref().map(|_| before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps over letters: each takes its own letter; values count the records that a step took.
    struct Letters<'a> {
        wanted: &'a [char],
        letter: char,
    }

    impl Steps for Letters<'_> {
        type Values = u32;
        type Error = std::convert::Infallible;

        fn count(&self) -> usize {
            self.wanted.len()
        }

        fn is_optional(&self, step: usize) -> bool {
            self.wanted[step] == '?'
        }

        fn is_met(&mut self, step: usize, _state: &State<u32>) -> Result<bool, Self::Error> {
            Ok(self.wanted[step] == self.letter)
        }

        fn extended(&mut self, step: usize, state: &State<u32>) -> Result<u32, Self::Error> {
            Ok(state.records[step].unwrap_or(0) + 1)
        }
    }

    fn run(wanted: &[char], letters: &str) -> Vec<(usize, u32, i64)> {
        let mut machine = Machine::new(wanted.len());
        let mut next_id = 0;
        let mut all = Vec::new();
        for letter in letters.chars() {
            let mut steps = Letters { wanted, letter };
            let Ok(taken) = machine.show(&mut steps, &mut next_id);
            all.extend(taken.iter().map(|taken| (taken.step, taken.values, taken.match_id)));
        }
        all
    }

    #[test]
    fn sequences_move_on() {
        assert_eq!(run(&['a', 'b'], "abba"), [(0, 1, 0), (1, 1, 0), (1, 2, 0), (0, 1, 1)]);
        assert_eq!(run(&['a', 'b'], "b"), []);
        assert_eq!(run(&['a', 'b', 'c'], "aabc"), [(0, 1, 0), (0, 2, 0), (1, 1, 0), (2, 1, 0)]);
        assert_eq!(run(&['a', '?', 'c'], "ac"), [(0, 1, 0), (2, 1, 0)]);
    }
}
