//! The operations inside a change, read exactly as Automerge would.
//!
//! Authority is judged on these *before* anything is applied: a change that is
//! merged can never be taken out again. All containers are made by a fixed
//! genesis change, so the object id of an operation tells which container it
//! writes to.
//!
//! Only what [`crate::guard::inspect`] accepted can be decoded; the type system
//! sees to that, because a change the guard has not measured may claim millions
//! of operations in a hundred bytes.

mod cursor;
mod error;
mod rows;
mod runs;
mod value;

use crate::change_parts::ActorId;
use crate::guard::Inspected;

pub use error::{ColumnFault, OperationsError};
pub use value::ScalarValue;

pub(crate) use rows::Rows;
pub(crate) use runs::{BooleanRuns, Cell, Run, Runs};
pub(crate) use value::meta_length;

/// The id of an operation. Ordered as Automerge orders concurrent ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpId {
    /// Grows along every line of history.
    pub counter: u64,
    /// Who wrote the operation.
    pub actor: ActorId,
}

/// The container an operation writes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectRef {
    /// The map at the root of the document.
    Root,
    /// The container made by this operation.
    Op(OpId),
}

/// An element of a list or text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementRef {
    /// The place before the first element; only insertions refer to it.
    Head,
    /// The element inserted by this operation.
    Op(OpId),
}

/// Where in its container an operation writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key<'a> {
    /// A key of a map.
    Map(&'a str),
    /// In a list or text: the element that is changed or, for an insertion, the
    /// element the new one comes after.
    Element(ElementRef),
}

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Action<'a> {
    /// Makes a map.
    MakeMap,
    /// Makes a list.
    MakeList,
    /// Makes a text.
    MakeText,
    /// Writes a value.
    Put(ScalarValue<'a>),
    /// Removes what its predecessors wrote.
    Delete,
    /// Adds to the counters its predecessors wrote.
    Increment(i64),
}

/// One operation of a change, borrowing the strings of the raw bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation<'a> {
    /// Its id; for the `Make…` actions and insertions also the id of what is made.
    pub id: OpId,
    /// The container it writes to.
    pub object: ObjectRef,
    /// Where in the container.
    pub key: Key<'a>,
    /// Whether it makes a new element of a list or text.
    pub insert: bool,
    /// What it does.
    pub action: Action<'a>,
    /// The operations it overwrites, in ascending order.
    pub predecessors: Vec<OpId>,
}

/// Decodes the operations of an inspected change.
///
/// # Errors
/// The guard has read every row with the same code already, so an error here
/// would be a fault of ours; it is returned rather than allowed to panic.
pub fn decode<'a>(inspected: &Inspected<'a>) -> Result<Vec<Operation<'a>>, OperationsError> {
    let mut operations = Vec::with_capacity(inspected.operation_count());
    let mut rows = Rows::new(inspected.parts());
    while let Some(operation) = rows.next(Vec::new())? {
        operations.push(operation);
    }
    Ok(operations)
}
