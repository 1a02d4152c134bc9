//! Figures of a run: what a process has used, how long things took, and whether that keeps to the gates.

mod gate;
mod spread;
mod usage;

pub use gate::{Gate, all_met, table};
pub use spread::Spread;
pub use usage::{Memory, forget_peak_memory, memory, processor_seconds, thread_processor_seconds};
