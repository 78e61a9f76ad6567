//! Rules over data: hunt, replaying time windows; rules over the events of their tests.
//!
//! In the order of a hunt: [`with_functions`] gives a store the functions that the rules bring; [`hunt`] tells for each
//! rule from its bound query how it reads the clock (`hunt/clock`), makes runs of that (`hunt/plan`), leaves out those whose
//! newest window holds no rows (`hunt/occupancy`), runs them and gathers what they find (`hunt/gather`); what comes out is a
//! [`HuntReport`].
//!
//! It knows nothing of HTTP and the terminal.

mod cancel;
mod hunt;
pub mod report;
pub mod testing;

pub use cancel::Cancel;
pub use hunt::{HuntOptions, HuntProgress, hunt, with_functions};
pub use report::HuntReport;
