//! Changes that say everything themselves.
//!
//! What only the merged document can tell of a change is whether the operations it refers to are there, and where. A
//! change that overwrites nothing, writes into the containers of genesis alone and types each character behind one of
//! its own has nothing of the kind to be asked: Automerge cannot but give it back as it is. Most changes are of this
//! kind, and asking for them back costs as much as half of their merge.

use crate::operations::{Action, ElementRef, Key, Operation, ScalarValue};
use crate::schema::Container;

/// Looks at the operations of one change, one after the other.
#[derive(Default)]
pub(super) struct Alone {
    refers: bool,
    /// The counter of the last operation when it typed a character.
    typed: Option<u64>,
}

impl Alone {
    /// Whether all operations so far stand alone.
    pub(super) fn holds(&self) -> bool {
        !self.refers
    }

    pub(super) fn look(&mut self, operation: &Operation<'_>) {
        let typed = self.typed.take();
        let Some(container) = Container::of(&operation.object) else {
            self.refers = true;
            return;
        };
        let in_text = container == Container::Description;
        let fits = match (operation.key, operation.action) {
            (Key::Map(_), Action::Put(value)) => !in_text && is_plain(value),
            (Key::Element(behind), Action::Put(ScalarValue::Str(text))) => {
                let own = match behind {
                    ElementRef::Head => true,
                    ElementRef::Op(id) => {
                        id.actor == operation.id.actor && Some(id.counter) == typed
                    }
                };
                self.typed = Some(operation.id.counter);
                in_text && operation.insert && own && text.chars().count() == 1
            }
            _ => false,
        };
        self.refers |= !fits || !operation.predecessors.is_empty();
    }
}

/// The kinds of value that cases are written in.
const fn is_plain(value: ScalarValue<'_>) -> bool {
    matches!(
        value,
        ScalarValue::Str(_) | ScalarValue::Bytes(_) | ScalarValue::Bool(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change_parts::ActorId;
    use crate::operations::{ObjectRef, OpId};
    use crate::schema::GENESIS_ACTOR;

    const AUTHOR: ActorId = ActorId([7; 16]);

    fn op(counter: u64, actor: ActorId) -> OpId {
        OpId { counter, actor }
    }

    fn within(container: Container) -> ObjectRef {
        let place = Container::ALL.iter().position(|other| *other == container);
        ObjectRef::Op(op(place.map_or(0, |place| place as u64 + 1), GENESIS_ACTOR))
    }

    fn entry(counter: u64) -> Operation<'static> {
        Operation {
            id: op(counter, AUTHOR),
            object: within(Container::Comments),
            key: Key::Map("entry"),
            insert: false,
            action: Action::Put(ScalarValue::Bytes(b"note")),
            predecessors: Vec::new(),
        }
    }

    fn typed(counter: u64, behind: ElementRef) -> Operation<'static> {
        Operation {
            object: within(Container::Description),
            key: Key::Element(behind),
            insert: true,
            action: Action::Put(ScalarValue::Str("路")),
            ..entry(counter)
        }
    }

    fn alone(operations: &[Operation<'_>]) -> bool {
        let mut alone = Alone::default();
        operations
            .iter()
            .for_each(|operation| alone.look(operation));
        alone.holds()
    }

    #[test]
    fn entries_and_a_text_typed_from_its_beginning_stand_alone() {
        assert!(alone(&[]));
        assert!(alone(&[
            entry(8),
            typed(9, ElementRef::Head),
            typed(10, ElementRef::Op(op(9, AUTHOR))),
            entry(11),
        ]));
    }

    #[test]
    fn whatever_refers_to_something_else_does_not() {
        let first = typed(9, ElementRef::Head);
        let changed = |change: fn(&mut Operation<'static>), mut operation: Operation<'static>| {
            change(&mut operation);
            operation
        };
        let others: [&[Operation<'_>]; 10] = [
            &[changed(
                |entry| entry.predecessors = vec![op(3, AUTHOR)],
                entry(9),
            )],
            &[changed(|entry| entry.object = ObjectRef::Root, entry(9))],
            &[changed(
                |entry| entry.object = ObjectRef::Op(op(1, AUTHOR)),
                entry(9),
            )],
            &[changed(
                |entry| entry.object = within(Container::Description),
                entry(9),
            )],
            &[changed(|entry| entry.action = Action::MakeMap, entry(9))],
            &[changed(
                |entry| entry.action = Action::Put(ScalarValue::Counter(1)),
                entry(9),
            )],
            &[changed(
                |typed| typed.object = within(Container::Facts),
                first.clone(),
            )],
            &[changed(
                |typed| typed.action = Action::Put(ScalarValue::Str("路面")),
                first.clone(),
            )],
            // Behind a character of another, and behind one of its own that is no character.
            &[first, typed(10, ElementRef::Op(op(9, ActorId([8; 16]))))],
            &[entry(8), typed(9, ElementRef::Op(op(8, AUTHOR)))],
        ];
        for operations in others {
            assert!(!alone(operations), "{operations:?}");
        }
    }
}
