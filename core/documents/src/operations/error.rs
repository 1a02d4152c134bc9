//! Why the columns of a change cannot be read.

use crate::change_parts::ColumnSpec;
use crate::change_parts::leb128::ReadError;

/// What is wrong with the encoding of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ColumnFault {
    /// It ends too early, or claims more values than it has bytes for.
    #[error("ends too early")]
    Truncated,
    /// A number that is too large or not in its shortest form.
    #[error("holds a number that is too large or not in its shortest form")]
    Number,
    /// A text that is not UTF-8.
    #[error("holds a text that is not UTF-8")]
    Text,
    /// Runs that Automerge would have written differently: such a change would
    /// get another hash when its document is saved and loaded.
    #[error("has its runs cut in another way than Automerge cuts them")]
    Runs,
    /// A null where there must be a value.
    #[error("has a null where a value must be")]
    Null,
}

/// Why the columns of a change cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OperationsError {
    /// The encoding of a column is wrong.
    #[error("column {column} {fault}")]
    Column {
        /// Which column.
        column: ColumnSpec,
        /// What is wrong with it.
        fault: ColumnFault,
    },
    /// An index beyond the actors the change lists.
    #[error("column {column} refers to actor {index}, which the change does not list")]
    ActorIndex {
        /// Which column.
        column: ColumnSpec,
        /// The index found.
        index: u64,
    },
    /// A counter that is no operation's.
    #[error("column {column} holds a counter that is no operation's")]
    Counter {
        /// Which column.
        column: ColumnSpec,
    },
    /// An object id with only one of its halves.
    #[error("an operation names half an object")]
    Object,
    /// No key, half a key, or a map key and an element at once.
    #[error("an operation has no key or an ambiguous one")]
    Key,
    /// An action we never write: tables, marks, or one unknown to Automerge.
    #[error("action {0} is not taken")]
    Action(u64),
    /// A value whose bytes do not fit its type.
    #[error("a value of type {0} does not fit its bytes")]
    Value(u8),
    /// A value on an operation that has none, or none Automerge would write.
    #[error("action {0} carries a value it cannot have")]
    ActionValue(u64),
}

impl OperationsError {
    /// The stable name of the refusal.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Column { fault, .. } => match fault {
                ColumnFault::Truncated => "column_truncated",
                ColumnFault::Number => "column_number",
                ColumnFault::Text => "column_text",
                ColumnFault::Runs => "column_runs",
                ColumnFault::Null => "column_null",
            },
            Self::ActorIndex { .. } => "operation_actor_index",
            Self::Counter { .. } => "operation_counter",
            Self::Object => "operation_object",
            Self::Key => "operation_key",
            Self::Action(_) => "operation_action",
            Self::Value(_) => "operation_value",
            Self::ActionValue(_) => "operation_action_value",
        }
    }
}

impl ColumnFault {
    pub(crate) fn at(self, column: ColumnSpec) -> OperationsError {
        OperationsError::Column {
            column,
            fault: self,
        }
    }
}

impl From<ReadError> for ColumnFault {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Ended => Self::Truncated,
            ReadError::Number => Self::Number,
        }
    }
}
