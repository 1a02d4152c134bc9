//! Hostile bytes against everything that reads bytes from outside.
//!
//! A [`Target`] is one entry: a function from bytes to taken or refused, that must not panic, must not take long and
//! must not take much memory, whatever the bytes are. The fuzzer (`tests/fuzz`), the long run (`hostile`) and the test
//! run call the same targets. A [`Source`] makes the inputs: valid ones, spoiled with knowledge of their form, so that
//! they pass the first check and reach the code behind it. Input `number` of a seed is always the same bytes.

mod bombs;
mod campaign;
mod change;
mod columns;
mod corpus;
mod entries;
mod history;
mod messages;
mod minimise;
mod photos;
mod requests;
mod source;
mod spoil;
mod stored;
mod tally;
mod target;
mod trial;

pub use campaign::{Campaign, run};
pub use corpus::{read_corpus, write_corpus};
pub use source::Source;
pub use tally::{Finding, Tally, Worst};
pub use target::{Target, Verdict};
pub use trial::{Limits, Measure, Outcome, Trial, try_input};
