//! Why a change is not let through to Automerge.

use crate::change_parts::{ActorId, ChangeHash, ChangePartsError, ColumnSpec};
use crate::operations::OperationsError;

/// Why a change is not let through to Automerge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GuardError {
    /// The bytes are not a raw change chunk.
    #[error(transparent)]
    Parts(#[from] ChangePartsError),
    /// The columns cannot be read.
    #[error(transparent)]
    Operations(#[from] OperationsError),
    /// More bytes than [`super::CHANGE_BYTES_MAX`].
    #[error("a change of {bytes} bytes")]
    TooLarge {
        /// How many bytes there are.
        bytes: usize,
    },
    /// More operations than [`super::OPS_PER_CHANGE_MAX`].
    #[error("column {column} claims too many operations")]
    TooManyOperations {
        /// The column that claims them.
        column: ColumnSpec,
    },
    /// More predecessors than [`super::PREDECESSORS_PER_CHANGE_MAX`].
    #[error("column {column} claims too many predecessors")]
    TooManyPredecessors {
        /// The column that claims them.
        column: ColumnSpec,
    },
    /// A column with another number of rows than the action column.
    #[error("column {column} has {found} rows, not {expected}")]
    RowCount {
        /// Which column.
        column: ColumnSpec,
        /// How many it must have.
        expected: u64,
        /// How many it has.
        found: u64,
    },
    /// A column of nothing but nulls; Automerge leaves such columns out.
    #[error("column {column} holds only nulls")]
    OnlyNulls {
        /// Which column.
        column: ColumnSpec,
    },
    /// The lengths in the value metadata do not add up to the value column.
    #[error("the values claim {claimed} bytes and have {present}")]
    ValueBytes {
        /// The sum of the lengths.
        claimed: u64,
        /// The bytes of the column.
        present: u64,
    },
    /// An empty map key or one over [`super::KEY_BYTES_MAX`].
    #[error("a map key of {bytes} bytes")]
    KeyLength {
        /// How long it is.
        bytes: usize,
    },
    /// A message over [`super::MESSAGE_BYTES_MAX`].
    #[error("a message of {bytes} bytes")]
    MessageLength {
        /// How long it is.
        bytes: usize,
    },
    /// Bytes after the columns; we never write any.
    #[error("extra bytes after the columns")]
    ExtraBytes,
    /// Columns of marks; we never write marks.
    #[error("column {column} belongs to marks")]
    Marks {
        /// Which column.
        column: ColumnSpec,
    },
    /// A time beyond [`super::TIME_MAGNITUDE_MAX`].
    #[error("a time out of range")]
    Time,
    /// More dependencies than [`super::DEPENDENCIES_PER_CHANGE_MAX`].
    #[error("{count} dependencies")]
    TooManyDependencies {
        /// How many there are.
        count: usize,
    },
    /// A dependency twice, or not in the order Automerge writes.
    #[error("dependencies twice or out of order")]
    DependencyOrder,
    /// A later change of an author without any dependency.
    #[error("not the author's first change, and yet without dependencies")]
    NoDependencies,
    /// More other actors than [`super::OTHER_ACTORS_PER_CHANGE_MAX`].
    #[error("{count} other actors")]
    TooManyActors {
        /// How many there are.
        count: usize,
    },
    /// The other actors are not ascending, or the author is among them.
    #[error("other actors twice or out of order")]
    ActorOrder,
    /// An actor is listed that no operation refers to.
    #[error("an actor is listed and not referred to")]
    ActorUnused,
    /// A sequence number above [`super::OPS_PER_DOCUMENT_MAX`].
    #[error("sequence number {0} is out of range")]
    Sequence(u64),
    /// The operations' counters go above [`super::OPS_PER_DOCUMENT_MAX`].
    #[error("operation counters out of range")]
    CounterRange,
    /// An operation refers to itself or to a later one.
    #[error("operation {row} refers to a later one")]
    ForwardReference {
        /// Which operation of the change, from 0.
        row: usize,
    },
    /// An operation whose key, insertion, action and predecessors do not fit
    /// together.
    #[error("operation {row} does not fit together")]
    Shape {
        /// Which operation of the change, from 0.
        row: usize,
    },
    /// Predecessors twice or out of order.
    #[error("operation {row} has predecessors twice or out of order")]
    PredecessorOrder {
        /// Which operation of the change, from 0.
        row: usize,
    },
    /// A counter or increment beyond [`super::COUNTER_MAGNITUDE_MAX`].
    #[error("operation {row} counts too far")]
    CounterMagnitude {
        /// Which operation of the change, from 0.
        row: usize,
    },
    /// The document would hold more than [`super::OPS_PER_DOCUMENT_MAX`].
    #[error("a document of {operations} operations")]
    DocumentTooLarge {
        /// How many it would hold.
        operations: u64,
    },
    /// A dependency the document does not hold, or not yet.
    #[error("change {hash}, on which this one builds, is not here")]
    UnknownDependency {
        /// Which one.
        hash: ChangeHash,
    },
    /// Not the author's next change.
    #[error("change {found} of its author, where {expected} is the next")]
    SequenceGap {
        /// The author's next.
        expected: u64,
        /// The one found.
        found: u64,
    },
    /// An actor is referred to of whom the document holds no change, or not yet.
    #[error("actor {actor} has no change here")]
    UnknownActor {
        /// Which one.
        actor: ActorId,
    },
    /// The counters do not go on where the dependencies end.
    #[error("first operation {found}, where {expected} is the next")]
    StartOp {
        /// The counter after the dependencies.
        expected: u64,
        /// The one found.
        found: u64,
    },
    /// The copy it was applied to does not give the same change back: some of
    /// its operations refer to what is not there, or stands under another key.
    #[error("the change refers to operations that are not there or stand elsewhere")]
    NotGivenBack,
}

impl GuardError {
    /// The stable name of the refusal, for receipts, logs and quarantine.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Parts(error) => error.code(),
            Self::Operations(error) => error.code(),
            Self::TooLarge { .. } => "guard_too_large",
            Self::TooManyOperations { .. } => "guard_too_many_operations",
            Self::TooManyPredecessors { .. } => "guard_too_many_predecessors",
            Self::RowCount { .. } => "guard_row_count",
            Self::OnlyNulls { .. } => "guard_only_nulls",
            Self::ValueBytes { .. } => "guard_value_bytes",
            Self::KeyLength { .. } => "guard_key_length",
            Self::MessageLength { .. } => "guard_message_length",
            Self::ExtraBytes => "guard_extra_bytes",
            Self::Marks { .. } => "guard_marks",
            Self::Time => "guard_time",
            Self::TooManyDependencies { .. } => "guard_too_many_dependencies",
            Self::DependencyOrder => "guard_dependency_order",
            Self::NoDependencies => "guard_no_dependencies",
            Self::TooManyActors { .. } => "guard_too_many_actors",
            Self::ActorOrder => "guard_actor_order",
            Self::ActorUnused => "guard_actor_unused",
            Self::Sequence(_) => "guard_sequence",
            Self::CounterRange => "guard_counter_range",
            Self::ForwardReference { .. } => "guard_forward_reference",
            Self::Shape { .. } => "guard_shape",
            Self::PredecessorOrder { .. } => "guard_predecessor_order",
            Self::CounterMagnitude { .. } => "guard_counter_magnitude",
            Self::DocumentTooLarge { .. } => "guard_document_too_large",
            Self::UnknownDependency { .. } => "guard_unknown_dependency",
            Self::SequenceGap { .. } => "guard_sequence_gap",
            Self::UnknownActor { .. } => "guard_unknown_actor",
            Self::StartOp { .. } => "guard_start_op",
            Self::NotGivenBack => "guard_not_given_back",
        }
    }
}
