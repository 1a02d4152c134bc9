//! The shape of a case document. Every container is made here, once, in a genesis change whose bytes are fixed:
//! two replicas that made the same container apart would each hide the other's content.

use std::sync::OnceLock;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, TextEncoding, Value};

use crate::change_parts::{ActorId, ChangeHash};
use crate::operations::ObjectRef;

/// The actor of the genesis change of schema version 1.
pub const GENESIS_ACTOR: ActorId = ActorId(*b"xunge case v1\0\0\0");
const GENESIS_MESSAGE: &str = "xunge case 1";

/// The places of a case document. The order is that of the genesis operations, so it must never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Container {
    /// Map: one scalar a key of [`fact`], and one mark an edit of the description, under its intent id.
    Facts,
    /// Text: merges character by character.
    Description,
    /// Map: intent id → photo entry.
    Photos,
    /// Map: intent id → hazard note.
    Hazards,
    /// Map: intent id → comment.
    Comments,
    /// Map: intent id → action.
    Actions,
    /// Map: intent id of an action → its ruling. The server alone writes here.
    Rulings,
}

impl Container {
    /// All, in genesis order.
    pub const ALL: [Self; 7] = [
        Self::Facts,
        Self::Description,
        Self::Photos,
        Self::Hazards,
        Self::Comments,
        Self::Actions,
        Self::Rulings,
    ];

    /// The key at the root.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Description => "description",
            Self::Photos => "photos",
            Self::Hazards => "hazards",
            Self::Comments => "comments",
            Self::Actions => "actions",
            Self::Rulings => "rulings",
        }
    }

    /// The container an operation writes to; `None` for the root and for everything not made by genesis.
    pub fn of(object: &ObjectRef) -> Option<Self> {
        let ObjectRef::Op(id) = object else {
            return None;
        };
        if id.actor != GENESIS_ACTOR {
            return None;
        }
        let index = usize::try_from(id.counter.checked_sub(1)?).ok()?;
        Self::ALL.get(index).copied()
    }

    const fn kind(self) -> ObjType {
        match self {
            Self::Description => ObjType::Text,
            _ => ObjType::Map,
        }
    }

    /// The container in a document; `None` when something else lies in its place.
    pub(crate) fn find(self, document: &impl ReadDoc) -> Option<ObjId> {
        match document.get(ROOT, self.key()) {
            Ok(Some((Value::Object(kind), id))) if kind == self.kind() => Some(id),
            _ => None,
        }
    }
}

/// Keys of the facts map.
pub mod fact {
    /// Text: code of the minor class.
    pub const CLASS: &str = "class";
    /// Text: code of the filing condition.
    pub const CONDITION: &str = "condition";
    /// Text.
    pub const TITLE: &str = "title";
    /// CBOR of a position.
    pub const POSITION: &str = "position";
    /// Text.
    pub const ADDRESS: &str = "address";
    /// CBOR of a grid answer.
    pub const UNIT_GRID: &str = "unit_grid";
    /// Text: id of a severity.
    pub const SEVERITY: &str = "severity";
    /// What stands under the id of an intent that edited the description: it was written, and is not written again.
    pub const MARK: bool = true;
    /// Every key that is no mark.
    pub const ALL: [&str; 7] = [
        CLASS, CONDITION, TITLE, POSITION, ADDRESS, UNIT_GRID, SEVERITY,
    ];
}

/// An empty document that knows only genesis.
pub(crate) fn genesis() -> Automerge {
    static DOCUMENT: OnceLock<Automerge> = OnceLock::new();
    DOCUMENT.get_or_init(make_genesis).clone()
}

#[expect(
    clippy::expect_used,
    reason = "the input is constant; a test compares the bytes with the golden ones"
)]
fn make_genesis() -> Automerge {
    let mut document = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint)
        .with_actor(GENESIS_ACTOR.into());
    let mut transaction = document.transaction();
    for container in Container::ALL {
        transaction
            .put_object(ROOT, container.key(), container.kind())
            .expect("the root takes a container");
    }
    transaction.commit_with(
        CommitOptions::default()
            .with_time(0)
            .with_message(GENESIS_MESSAGE),
    );
    document
}

/// Hash of the genesis change: what the first change of every case builds on.
pub fn genesis_hash() -> ChangeHash {
    static HASH: OnceLock<ChangeHash> = OnceLock::new();
    *HASH.get_or_init(|| ChangeHash(genesis().get_heads().first().map_or([0; 32], |head| head.0)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::{guard, operations};

    /// Two replicas with different genesis bytes could never merge: these never change.
    #[test]
    fn genesis_is_byte_identical_for_ever() {
        assert_eq!(
            genesis_hash().to_string(),
            "925f28c46d66d5bce545274aaf347b8e72386a3f34138bd6c4b5292cc4988b86"
        );
    }

    #[test]
    fn every_container_is_told_from_the_operation_that_made_it() {
        let change = genesis().get_changes(&[]).remove(0);
        let inspected = guard::inspect(change.raw_bytes()).unwrap();
        let made = operations::decode(&inspected).unwrap();
        assert_eq!(made.len(), Container::ALL.len());
        for (operation, container) in made.iter().zip(Container::ALL) {
            assert_eq!(operation.key, operations::Key::Map(container.key()));
            assert_eq!(Container::of(&ObjectRef::Op(operation.id)), Some(container));
        }
        assert_eq!(Container::of(&ObjectRef::Root), None);
    }
}
