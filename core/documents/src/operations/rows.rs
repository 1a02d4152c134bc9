//! The columns of a change read row by row: one row is one operation.

use super::cursor::{BooleanCursor, CounterCursor, Cursor};
use super::value;
use super::{
    Action, ColumnFault, ElementRef, Key, ObjectRef, OpId, Operation, OperationsError, ScalarValue,
};
use crate::change_parts::leb128::Reader;
use crate::change_parts::{ActorId, ChangeParts, ColumnSpec};

const MAKE_MAP: u64 = 0;
const PUT: u64 = 1;
const MAKE_LIST: u64 = 2;
const DELETE: u64 = 3;
const MAKE_TEXT: u64 = 4;
const INCREMENT: u64 = 5;

/// Reads one operation after the other.
///
/// Without end on a change whose row counts were not measured first: the guard
/// does, and everyone else gets at rows only through the guard.
pub(crate) struct Rows<'p, 'a> {
    parts: &'p ChangeParts<'a>,
    next_counter: u64,
    object_actor: Cursor<'a, u64>,
    object_counter: Cursor<'a, u64>,
    key_actor: Cursor<'a, u64>,
    key_counter: CounterCursor<'a>,
    key_text: Cursor<'a, &'a str>,
    insert: BooleanCursor<'a>,
    action: Cursor<'a, u64>,
    value_meta: Cursor<'a, u64>,
    values: Reader<'a>,
    predecessor_count: Cursor<'a, u64>,
    predecessor_actor: Cursor<'a, u64>,
    predecessor_counter: CounterCursor<'a>,
}

impl<'p, 'a> Rows<'p, 'a> {
    pub(crate) fn new(parts: &'p ChangeParts<'a>) -> Self {
        Self {
            parts,
            next_counter: parts.start_op,
            object_actor: Cursor::new(parts, ColumnSpec::OBJECT_ACTOR),
            object_counter: Cursor::new(parts, ColumnSpec::OBJECT_COUNTER),
            key_actor: Cursor::new(parts, ColumnSpec::KEY_ACTOR),
            key_counter: CounterCursor::new(parts, ColumnSpec::KEY_COUNTER),
            key_text: Cursor::new(parts, ColumnSpec::KEY_TEXT),
            insert: BooleanCursor::new(parts, ColumnSpec::INSERT),
            action: Cursor::new(parts, ColumnSpec::ACTION),
            value_meta: Cursor::new(parts, ColumnSpec::VALUE_META),
            values: Reader::new(parts.column(ColumnSpec::VALUE)),
            predecessor_count: Cursor::new(parts, ColumnSpec::PREDECESSOR_COUNT),
            predecessor_actor: Cursor::new(parts, ColumnSpec::PREDECESSOR_ACTOR),
            predecessor_counter: CounterCursor::new(parts, ColumnSpec::PREDECESSOR_COUNTER),
        }
    }

    /// The next operation. Its predecessors go into the vector handed in, so
    /// that one who only looks can use the same one for all rows.
    pub(crate) fn next(
        &mut self,
        mut predecessors: Vec<OpId>,
    ) -> Result<Option<Operation<'a>>, OperationsError> {
        if self.action.is_done() {
            return Ok(None);
        }
        let id = OpId {
            counter: self.next_counter,
            actor: self.parts.actor,
        };
        self.next_counter = self.next_counter.saturating_add(1);
        let object = self.object()?;
        let key = self.key()?;
        let insert = self.insert.value()?;
        let code = self.action.value()?;
        let action = action(code, self.scalar_value()?)?;
        self.predecessors(&mut predecessors)?;
        Ok(Some(Operation {
            id,
            object,
            key,
            insert,
            action,
            predecessors,
        }))
    }

    #[inline]
    fn object(&mut self) -> Result<ObjectRef, OperationsError> {
        match (self.object_actor.next()?, self.object_counter.next()?) {
            (None, None) => Ok(ObjectRef::Root),
            (Some(actor), Some(counter)) => self
                .op_id(
                    actor,
                    counter,
                    ColumnSpec::OBJECT_ACTOR,
                    ColumnSpec::OBJECT_COUNTER,
                )
                .map(ObjectRef::Op),
            _ => Err(OperationsError::Object),
        }
    }

    #[inline]
    fn key(&mut self) -> Result<Key<'a>, OperationsError> {
        let (actor, counter) = (self.key_actor.next()?, self.key_counter.next()?);
        match (actor, counter, self.key_text.next()?) {
            (None, None, Some(text)) => Ok(Key::Map(text)),
            (None, Some(0), None) => Ok(Key::Element(ElementRef::Head)),
            (Some(actor), Some(counter), None) => self
                .op_id(
                    actor,
                    counter,
                    ColumnSpec::KEY_ACTOR,
                    ColumnSpec::KEY_COUNTER,
                )
                .map(|id| Key::Element(ElementRef::Op(id))),
            _ => Err(OperationsError::Key),
        }
    }

    #[inline]
    fn scalar_value(&mut self) -> Result<ScalarValue<'a>, OperationsError> {
        let meta = self.value_meta.value()?;
        let bytes = self
            .values
            .take(value::meta_length(meta))
            .map_err(|_| ColumnFault::Truncated.at(ColumnSpec::VALUE))?;
        value::read(value::meta_type(meta), bytes)
    }

    #[inline]
    fn predecessors(&mut self, found: &mut Vec<OpId>) -> Result<(), OperationsError> {
        found.clear();
        let count = self.predecessor_count.value()?;
        if count == 0 {
            return Ok(());
        }
        // Measured by the guard: never more than the columns hold.
        found.reserve_exact(usize::try_from(count).unwrap_or_default());
        for _ in 0..count {
            let actor = self.predecessor_actor.value()?;
            let counter = self
                .predecessor_counter
                .next()?
                .ok_or_else(|| ColumnFault::Null.at(ColumnSpec::PREDECESSOR_COUNTER))?;
            found.push(self.op_id(
                actor,
                counter,
                ColumnSpec::PREDECESSOR_ACTOR,
                ColumnSpec::PREDECESSOR_COUNTER,
            )?);
        }
        Ok(())
    }

    #[inline]
    fn op_id(
        &self,
        index: u64,
        counter: u64,
        actor_column: ColumnSpec,
        counter_column: ColumnSpec,
    ) -> Result<OpId, OperationsError> {
        let actor: ActorId = self
            .parts
            .actor_at(index)
            .ok_or(OperationsError::ActorIndex {
                column: actor_column,
                index,
            })?;
        if counter == 0 {
            return Err(OperationsError::Counter {
                column: counter_column,
            });
        }
        Ok(OpId { counter, actor })
    }
}

fn action(code: u64, value: ScalarValue<'_>) -> Result<Action<'_>, OperationsError> {
    match (code, value) {
        (PUT, value) => Ok(Action::Put(value)),
        (MAKE_MAP, ScalarValue::Null) => Ok(Action::MakeMap),
        (MAKE_LIST, ScalarValue::Null) => Ok(Action::MakeList),
        (MAKE_TEXT, ScalarValue::Null) => Ok(Action::MakeText),
        (DELETE, ScalarValue::Null) => Ok(Action::Delete),
        (INCREMENT, ScalarValue::Int(by)) => Ok(Action::Increment(by)),
        (MAKE_MAP | MAKE_LIST | MAKE_TEXT | DELETE | INCREMENT, _) => {
            Err(OperationsError::ActionValue(code))
        }
        _ => Err(OperationsError::Action(code)),
    }
}
