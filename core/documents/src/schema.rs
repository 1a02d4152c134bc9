//! The shapes of documents, one a kind. Every container is made here, once, in a genesis change whose bytes are fixed:
//! two replicas that made the same container apart would each hide the other's content. The genesis change also says of
//! which kind a document is: all its changes build on it, so nobody can turn one kind into another.

use std::sync::OnceLock;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, TextEncoding, Value};
use xunge_domain::document_kind::DocumentKind;

use crate::change_parts::{ActorId, ChangeHash};
use crate::operations::ObjectRef;

/// The actor of the genesis change of a case, schema version 1.
pub const GENESIS_ACTOR: ActorId = ActorId(*b"xunge case v1\0\0\0");
const CHECKIN_GENESIS_ACTOR: ActorId = ActorId(*b"xunge checkin v1");

/// The actor of the genesis change of a kind.
pub const fn genesis_actor(kind: DocumentKind) -> ActorId {
    match kind {
        DocumentKind::Case => GENESIS_ACTOR,
        DocumentKind::MatterCheckin => CHECKIN_GENESIS_ACTOR,
    }
}

const fn genesis_message(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Case => "xunge case 1",
        DocumentKind::MatterCheckin => "xunge checkin 1",
    }
}

/// The places of a document. Which of them a kind has, and in which order its genesis makes them, says
/// [`Container::of_kind`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Container {
    /// Map: one scalar a key of [`fact`], one mark an edit of the description, under its intent id, and one an erased text.
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
    /// Map: intent id → step of a check-in.
    Steps,
}

impl Container {
    /// Those of a case, in genesis order, so it must never change.
    pub const ALL: [Self; 7] = [
        Self::Facts,
        Self::Description,
        Self::Photos,
        Self::Hazards,
        Self::Comments,
        Self::Actions,
        Self::Rulings,
    ];

    /// Those of a kind, in the order of its genesis operations: an order never changes.
    pub const fn of_kind(kind: DocumentKind) -> &'static [Self] {
        match kind {
            DocumentKind::Case => &Self::ALL,
            DocumentKind::MatterCheckin => &[
                Self::Photos,
                Self::Comments,
                Self::Steps,
                Self::Actions,
                Self::Rulings,
            ],
        }
    }

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
            Self::Steps => "steps",
        }
    }

    /// The container an operation writes to; `None` for the root and for everything not made by genesis.
    pub fn of(object: &ObjectRef) -> Option<Self> {
        let ObjectRef::Op(id) = object else {
            return None;
        };
        let mut kinds = DocumentKind::ALL.into_iter();
        let kind = kinds.find(|kind| genesis_actor(*kind) == id.actor)?;
        let index = usize::try_from(id.counter.checked_sub(1)?).ok()?;
        Self::of_kind(kind).get(index).copied()
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
    /// Text: code of a component.
    pub const COMPONENT: &str = "component";
    /// Text: id of a case.
    pub const POSSIBLE_DUPLICATE_OF: &str = "possible_duplicate_of";
    /// What stands under the id of an intent that edited the description: it was written, and is not written again.
    pub const MARK: bool = true;
    /// Number: which edition of the document this is; missing in the first. The server alone writes it.
    pub const EDITION: &str = "edition";
    /// What the key of the mark of an erased text begins with; its place follows. The server alone writes it.
    pub const ERASED: &str = "erased/";
    /// Every key that is no mark and may be anybody's.
    pub const ALL: [&str; 9] = [
        CLASS,
        CONDITION,
        TITLE,
        POSITION,
        ADDRESS,
        UNIT_GRID,
        SEVERITY,
        COMPONENT,
        POSSIBLE_DUPLICATE_OF,
    ];
}

/// The genesis of one kind.
struct Genesis {
    document: Automerge,
    hash: ChangeHash,
}

fn genesis_of(kind: DocumentKind) -> &'static Genesis {
    static CASE: OnceLock<Genesis> = OnceLock::new();
    static CHECKIN: OnceLock<Genesis> = OnceLock::new();
    let place = match kind {
        DocumentKind::Case => &CASE,
        DocumentKind::MatterCheckin => &CHECKIN,
    };
    place.get_or_init(|| {
        let document = make_genesis(kind);
        let first = document.get_heads().first().map(|head| head.0);
        let hash = ChangeHash(first.unwrap_or_default());
        Genesis { document, hash }
    })
}

/// An empty document that knows only the genesis of its kind.
pub(crate) fn genesis(kind: DocumentKind) -> Automerge {
    genesis_of(kind).document.clone()
}

#[expect(
    clippy::expect_used,
    reason = "the input is constant; a test compares the bytes with the golden ones"
)]
fn make_genesis(kind: DocumentKind) -> Automerge {
    let mut document = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint)
        .with_actor(genesis_actor(kind).into());
    let mut transaction = document.transaction();
    for container in Container::of_kind(kind) {
        transaction
            .put_object(ROOT, container.key(), container.kind())
            .expect("the root takes a container");
    }
    transaction.commit_with(
        CommitOptions::default()
            .with_time(0)
            .with_message(genesis_message(kind)),
    );
    document
}

/// Hash of the genesis change of a case: what the first change of every case builds on.
pub fn genesis_hash() -> ChangeHash {
    genesis_hash_of(DocumentKind::Case)
}

/// Hash of the genesis change of a kind: what the first change of every document of it builds on.
pub fn genesis_hash_of(kind: DocumentKind) -> ChangeHash {
    genesis_of(kind).hash
}

/// Whether a change, by the bytes of its hash, is the genesis of some kind, which everybody has.
pub fn is_genesis(hash: &[u8; 32]) -> bool {
    DocumentKind::ALL
        .into_iter()
        .any(|kind| genesis_hash_of(kind).as_bytes() == hash)
}

/// The kind of the document that a first change opens, by what the change builds on; `None` for a later change.
pub fn opened_kind(dependencies: &[ChangeHash]) -> Option<DocumentKind> {
    let [only] = dependencies else { return None };
    DocumentKind::ALL
        .into_iter()
        .find(|kind| genesis_hash_of(*kind) == *only)
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
        assert_eq!(
            genesis_hash_of(DocumentKind::MatterCheckin).to_string(),
            "8f5ff2a133d78779098ebf161f46a839862d459d686436acde502ad7c560b571"
        );
    }

    #[test]
    fn every_container_is_told_from_the_operation_that_made_it() {
        for kind in DocumentKind::ALL {
            let change = genesis(kind).get_changes(&[]).remove(0);
            let inspected = guard::inspect(change.raw_bytes()).unwrap();
            let made = operations::decode(&inspected).unwrap();
            let containers = Container::of_kind(kind);
            assert_eq!(made.len(), containers.len());
            for (operation, container) in made.iter().zip(containers) {
                assert_eq!(operation.key, operations::Key::Map(container.key()));
                let found = Container::of(&ObjectRef::Op(operation.id));
                assert_eq!(found, Some(*container));
            }
        }
        assert_eq!(Container::of(&ObjectRef::Root), None);
    }

    #[test]
    fn a_first_change_says_which_kind_it_opens() {
        for kind in DocumentKind::ALL {
            let hash = genesis_hash_of(kind);
            assert!(is_genesis(hash.as_bytes()));
            assert_eq!(opened_kind(&[hash]), Some(kind));
            assert_eq!(opened_kind(&[hash, ChangeHash([1; 32])]), None);
        }
        assert!(!is_genesis(&[1; 32]));
        assert_eq!(opened_kind(&[]), None);
    }
}
