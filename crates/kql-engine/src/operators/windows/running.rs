//! What a window function carries from row to row.

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray};
use arrow::datatypes::{Decimal256Type, Float64Type, Int32Type, Int64Type};
use arrow::row::{OwnedRow, RowConverter, SortField};
use datafusion::common::{Result, internal_err};
use kql_functions::physical;
use kql_semantics::{Decimal, Type, Value};

use crate::cells::Cells;

/// A function whose value depends on the rows before.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Running {
    /// `row_number(start, restart)`
    Number {
        /// Of the first row.
        start: i64,
    },
    /// `row_cumsum(term, restart)`
    Sum,
    /// `row_rank_dense(term, restart)`: the number of different values so far.
    RankDense,
    /// `row_rank_min(term, restart)`: the number of the first row of this value.
    RankMin,
    /// `row_window_session(time, from_first, from_last, restart)`: when the session began.
    Session {
        /// How far a row may be from the first. **Unit**: ticks.
        from_first: i64,
        /// How far a row may be from the one before. **Unit**: ticks.
        from_last: i64,
    },
}

/// A function at work.
pub(super) struct State {
    function: Running,
    ty: Type,
    /// The row's number since the last restart.
    number: i64,
    rank: i64,
    sum: Sum,
    last: Option<OwnedRow>,
    converter: Option<RowConverter>,
    session: Option<(i64, i64)>,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    long: i64,
    real: f64,
    decimal: Option<Decimal>,
}

impl State {
    /// Before the first row; values are of type `ty`.
    pub(super) fn new(function: Running, ty: Type) -> Self {
        Self {
            function,
            ty,
            number: 0,
            rank: 0,
            sum: Sum::default(),
            last: None,
            converter: None,
            session: None,
        }
    }

    /// The function's values over the next rows. A row where `restart` is true begins anew.
    pub(super) fn next(
        &mut self,
        term: Option<&ArrayRef>,
        restart: Option<&BooleanArray>,
        rows: usize,
    ) -> Result<ArrayRef> {
        let restarts =
            |row: usize| restart.is_some_and(|flags| flags.is_valid(row) && flags.value(row));
        let mut made = Cells::new(self.ty);
        let is_rank = matches!(self.function, Running::RankDense | Running::RankMin);
        let compared = match term {
            Some(term) if is_rank => Some(self.comparable(term)?),
            _ => None,
        };
        for row in 0..rows {
            if restarts(row) {
                self.restart();
            }
            self.number = self.number.wrapping_add(1);
            match (&self.function, term) {
                (Running::Number { start }, _) => {
                    made.value(&Value::Long(start.wrapping_add(self.number - 1)));
                }
                (Running::Sum, Some(term)) => self.add(term, row, &mut made)?,
                (Running::RankDense | Running::RankMin, _) => {
                    let value = compared.as_ref().map(|rows| rows.row(row).owned());
                    self.rank(value);
                    made.value(&Value::Long(self.rank));
                }
                (Running::Session { from_first, from_last }, Some(term)) => {
                    let Some(times) = term.as_primitive_opt::<Int64Type>() else {
                        return internal_err!("row_window_session over {}", term.data_type());
                    };
                    let limits = (*from_first, *from_last);
                    let time = times.is_valid(row).then(|| times.value(row));
                    match time.map(|time| self.session_of(time, limits)) {
                        Some(first) => made.value(&Value::DateTime(first)),
                        None => made.null(),
                    }
                }
                (Running::Sum | Running::Session { .. }, None) => {
                    return internal_err!("a window function lacks its term");
                }
            }
        }
        Ok(made.finish())
    }

    fn restart(&mut self) {
        self.number = 0;
        self.rank = 0;
        self.sum = Sum::default();
        self.last = None;
        self.session = None;
    }

    fn comparable(&mut self, term: &ArrayRef) -> Result<arrow::row::Rows> {
        let converter = match &mut self.converter {
            Some(converter) => converter,
            none => none.insert(RowConverter::new(vec![SortField::new(term.data_type().clone())])?),
        };
        Ok(converter.convert_columns(std::slice::from_ref(term))?)
    }

    fn rank(&mut self, value: Option<OwnedRow>) {
        if self.last.is_some() && self.last == value {
            return;
        }
        self.rank =
            if self.function == Running::RankMin { self.number } else { self.rank.wrapping_add(1) };
        self.last = value;
    }

    /// A null adds nothing. Whole numbers wrap around.
    fn add(&mut self, term: &ArrayRef, row: usize, made: &mut Cells) -> Result<()> {
        let is_valid = term.is_valid(row);
        let sum = &mut self.sum;
        if let Some(values) = term.as_primitive_opt::<Int64Type>() {
            sum.long = sum.long.wrapping_add(if is_valid { values.value(row) } else { 0 });
        } else if let Some(values) = term.as_primitive_opt::<Int32Type>() {
            let value = if is_valid { values.value(row) } else { 0 };
            sum.long = sum.long.wrapping_add(i64::from(value));
        } else if let Some(values) = term.as_primitive_opt::<Float64Type>() {
            sum.real += if is_valid { values.value(row) } else { 0.0 };
        } else if let Some(values) = term.as_primitive_opt::<Decimal256Type>() {
            let value =
                if is_valid { physical::decimal_from_units(values.value(row)) } else { None };
            let so_far = sum.decimal.unwrap_or_else(|| Decimal::from(0));
            sum.decimal = Some(match value {
                Some(value) => so_far.checked_add(value).unwrap_or(so_far),
                None => so_far,
            });
        } else {
            return internal_err!("row_cumsum over {}", term.data_type());
        }
        made.value(&match self.ty {
            #[expect(clippy::cast_possible_truncation, reason = "what Kusto does")]
            Type::Int => Value::Int(sum.long as i32),
            Type::Real => Value::Real(sum.real),
            Type::Decimal => Value::Decimal(sum.decimal.unwrap_or_else(|| Decimal::from(0))),
            _ => Value::Long(sum.long),
        });
        Ok(())
    }

    /// When the session of a row began.
    fn session_of(&mut self, time: i64, (from_first, from_last): (i64, i64)) -> i64 {
        let first = match self.session {
            Some((first, last))
                if time.saturating_sub(first) <= from_first
                    && time.saturating_sub(last) <= from_last =>
            {
                first
            }
            _ => time,
        };
        self.session = Some((first, time));
        first
    }
}
