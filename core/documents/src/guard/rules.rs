//! What the fields of an honest change always keep to.
//!
//! Automerge keeps these itself when it writes; when it reads it trusts. Many
//! are there because a change that breaks them is merged and then not given back
//! with the same bytes, so that the saved document does not load again.

use super::alone::Alone;
use super::{
    COUNTER_MAGNITUDE_MAX, DEPENDENCIES_PER_CHANGE_MAX, GuardError, MARK_COLUMNS,
    MESSAGE_BYTES_MAX, OPS_PER_DOCUMENT_MAX, OTHER_ACTORS_PER_CHANGE_MAX, TIME_MAGNITUDE_MAX,
};
use crate::change_parts::{ActorId, ChangeParts};
use crate::operations::{Action, ElementRef, Key, ObjectRef, OpId, Operation, Rows, ScalarValue};

/// Checks everything around the columns.
pub(super) fn check_frame(parts: &ChangeParts<'_>) -> Result<(), GuardError> {
    let bytes = parts.message.map_or(0, str::len);
    if bytes > MESSAGE_BYTES_MAX {
        return Err(GuardError::MessageLength { bytes });
    }
    if !parts.extra.is_empty() {
        return Err(GuardError::ExtraBytes);
    }
    if let Some(column) = MARK_COLUMNS
        .into_iter()
        .find(|column| !parts.column(*column).is_empty())
    {
        return Err(GuardError::Marks { column });
    }
    if parts.time.unsigned_abs() > TIME_MAGNITUDE_MAX.unsigned_abs() {
        return Err(GuardError::Time);
    }
    if parts.sequence > OPS_PER_DOCUMENT_MAX {
        return Err(GuardError::Sequence(parts.sequence));
    }
    check_dependencies(parts)?;
    check_actors(parts)
}

/// Automerge writes the sorted heads and then, if it is not among them, the
/// author's previous change.
fn check_dependencies(parts: &ChangeParts<'_>) -> Result<(), GuardError> {
    let count = parts.dependencies.len();
    if count > DEPENDENCIES_PER_CHANGE_MAX {
        return Err(GuardError::TooManyDependencies { count });
    }
    let Some((last, heads)) = parts.dependencies.split_last() else {
        return if parts.sequence == 1 {
            Ok(())
        } else {
            Err(GuardError::NoDependencies)
        };
    };
    if !is_ascending(heads) || heads.contains(last) {
        return Err(GuardError::DependencyOrder);
    }
    Ok(())
}

fn check_actors(parts: &ChangeParts<'_>) -> Result<(), GuardError> {
    let count = parts.other_actors.len();
    if count > OTHER_ACTORS_PER_CHANGE_MAX {
        return Err(GuardError::TooManyActors { count });
    }
    if !is_ascending(&parts.other_actors) || parts.other_actors.contains(&parts.actor) {
        return Err(GuardError::ActorOrder);
    }
    Ok(())
}

fn is_ascending<T: PartialOrd>(items: &[T]) -> bool {
    items.is_sorted_by(|first, second| first < second)
}

/// Checks each operation of a change whose columns were measured, and says whether it [stands alone](super::alone).
pub(super) fn check_operations(
    parts: &ChangeParts<'_>,
    operation_count: usize,
) -> Result<bool, GuardError> {
    let last_op = parts
        .start_op
        .checked_add(operation_count as u64)
        .ok_or(GuardError::CounterRange)?;
    if last_op > OPS_PER_DOCUMENT_MAX + 1 {
        return Err(GuardError::CounterRange);
    }
    let mut actors = ActorsSeen::new(parts);
    let mut rows = Rows::new(parts);
    let mut predecessors = Vec::new();
    let mut alone = Alone::default();
    for row in 0..operation_count {
        let Some(operation) = rows.next(predecessors)? else {
            break;
        };
        check_references(&operation, parts.start_op, row, &mut actors)?;
        check_shape(&operation, row)?;
        alone.look(&operation);
        predecessors = operation.predecessors;
    }
    if actors.all() {
        Ok(alone.holds())
    } else {
        Err(GuardError::ActorUnused)
    }
}

/// Which of the listed actors the operations refer to.
struct ActorsSeen<'p> {
    author: ActorId,
    others: &'p [ActorId],
    seen: Vec<bool>,
}

impl<'p> ActorsSeen<'p> {
    fn new(parts: &'p ChangeParts<'_>) -> Self {
        Self {
            author: parts.actor,
            others: &parts.other_actors,
            seen: vec![false; parts.other_actors.len()],
        }
    }

    fn note(&mut self, actor: ActorId) {
        // Ascending, as checked before.
        if let Ok(place) = self.others.binary_search(&actor)
            && let Some(seen) = self.seen.get_mut(place)
        {
            *seen = true;
        }
    }

    fn all(&self) -> bool {
        self.seen.iter().all(|seen| *seen)
    }
}

/// Counters grow along every line of history: what an operation refers to is
/// from before the change, or an earlier operation of the change.
fn check_references(
    operation: &Operation<'_>,
    start_op: u64,
    row: usize,
    actors: &mut ActorsSeen<'_>,
) -> Result<(), GuardError> {
    let mut check = |id: OpId| {
        let limit = if id.actor == actors.author {
            operation.id.counter
        } else {
            actors.note(id.actor);
            start_op
        };
        if id.counter < limit {
            Ok(())
        } else {
            Err(GuardError::ForwardReference { row })
        }
    };
    if let ObjectRef::Op(id) = operation.object {
        check(id)?;
    }
    if let Key::Element(ElementRef::Op(id)) = operation.key {
        check(id)?;
    }
    operation
        .predecessors
        .iter()
        .try_for_each(|id| check(*id))?;
    if is_ascending(&operation.predecessors) {
        Ok(())
    } else {
        Err(GuardError::PredecessorOrder { row })
    }
}

/// Key, insertion, action and predecessors fit together.
fn check_shape(operation: &Operation<'_>, row: usize) -> Result<(), GuardError> {
    let makes_value = !matches!(operation.action, Action::Delete | Action::Increment(_));
    let overwrites = !operation.predecessors.is_empty();
    let in_root = operation.object == ObjectRef::Root;
    let fits = match (operation.key, operation.insert) {
        (Key::Map(_), false) => makes_value || overwrites,
        (Key::Element(_), true) => makes_value && !overwrites && !in_root,
        (Key::Element(ElementRef::Op(_)), false) => overwrites && !in_root,
        (Key::Map(_), true) | (Key::Element(ElementRef::Head), false) => false,
    };
    if !fits {
        return Err(GuardError::Shape { row });
    }
    match operation.action {
        Action::Increment(by) | Action::Put(ScalarValue::Counter(by))
            if by.unsigned_abs() > COUNTER_MAGNITUDE_MAX.unsigned_abs() =>
        {
            Err(GuardError::CounterMagnitude { row })
        }
        _ => Ok(()),
    }
}
