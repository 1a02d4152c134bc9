//! Forged changes, for the tests of whoever has to refuse them. What an honest client writes is
//! [`Document::apply_intent`]; everything here is what a hostile or broken one could write with the same
//! library, so that it passes the guard and only authority can refuse it.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutomergeError, ObjId, ReadDoc, ScalarValue};

use crate::change_parts::ActorId;
use crate::document::{Document, NewChange, new_change};
use crate::schema::Container;

/// One write that no intent of ours makes.
#[derive(Debug, Clone, Copy)]
pub enum ForgedWrite<'a> {
    /// Bytes under a key of a container.
    Bytes(Container, &'a str, &'a [u8]),
    /// A text under a key of a container.
    Text(Container, &'a str, &'a str),
    /// Nothing under a key of a container.
    Null(Container, &'a str),
    /// A number that increments add to.
    Counter(Container, &'a str),
    /// Adds one to such a number.
    Increment(Container, &'a str),
    /// Takes a key out of a container.
    Delete(Container, &'a str),
    /// A text at the root, beside the containers or over one.
    AtRoot(&'a str, &'a str),
    /// A text before the first character of the description.
    Description(&'a str),
    /// A value other than a text before the first character of the description.
    DescriptionNull,
}

/// Makes one change of `writes` under `actor` on top of `document`, which takes it in as a client's store would.
///
/// # Errors
/// The CRDT refuses one of the writes, or they change nothing.
pub fn forge(
    document: &mut Document,
    actor: ActorId,
    writes: &[ForgedWrite<'_>],
) -> Result<NewChange, String> {
    let containers: Vec<(Container, ObjId)> = Container::of_kind(document.kind())
        .iter()
        .copied()
        .filter_map(|container| {
            let found = document.inner.get(automerge::ROOT, container.key());
            Some((container, found.ok()??.1))
        })
        .collect();
    document.inner.set_actor(actor.into());
    let mut transaction = document.inner.transaction();
    for write in writes {
        write_one(&mut transaction, &containers, *write).map_err(|cause| cause.to_string())?;
    }
    let operations = transaction.pending_ops();
    transaction.commit_with(CommitOptions::default().with_time(0));
    let change = document
        .inner
        .get_last_local_change()
        .filter(|_| operations > 0)
        .ok_or_else(|| "the writes change nothing".to_owned())?;
    document.note_local(&change);
    new_change(&change).ok_or_else(|| "the actor is not 16 bytes long".to_owned())
}

fn write_one(
    transaction: &mut impl Transactable,
    containers: &[(Container, ObjId)],
    write: ForgedWrite<'_>,
) -> Result<(), AutomergeError> {
    let object = |wanted: Container| {
        containers
            .iter()
            .find(|(container, _)| *container == wanted)
            .map_or(automerge::ROOT, |(_, object)| object.clone())
    };
    match write {
        ForgedWrite::Bytes(container, key, bytes) => {
            transaction.put(object(container), key, ScalarValue::Bytes(bytes.to_vec()))
        }
        ForgedWrite::Text(container, key, text) => transaction.put(object(container), key, text),
        ForgedWrite::Null(container, key) => transaction.put(object(container), key, ()),
        ForgedWrite::Counter(container, key) => {
            transaction.put(object(container), key, ScalarValue::counter(1))
        }
        ForgedWrite::Increment(container, key) => transaction.increment(object(container), key, 1),
        ForgedWrite::Delete(container, key) => transaction.delete(object(container), key),
        ForgedWrite::AtRoot(key, text) => transaction.put(automerge::ROOT, key, text),
        ForgedWrite::Description(text) => {
            transaction.splice_text(object(Container::Description), 0, 0, text)
        }
        ForgedWrite::DescriptionNull => transaction.insert(object(Container::Description), 0, ()),
    }
}
