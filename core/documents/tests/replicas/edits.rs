//! Random edits of every kind.

use proptest::prelude::*;
use proptest::sample::select;
use xunge_documents::Edit;
use xunge_domain::case::{
    Act, Action, BlobReference, CloseOutcome, Fix, GridAnswer, Note, PhotoEntry, PhotoPurpose,
    Position, Seal, Severity,
};
use xunge_domain::geo::Point;
use xunge_domain::grid::UnitGridCode;
use xunge_domain::ids::{Digest, IntentId, PersonId};
use xunge_domain::tables::HandlingClass;
use xunge_domain::time::Timestamp;

/// An edit whose entry has no id yet: the replica that writes it gives one.
#[derive(Debug, Clone)]
pub(crate) enum Draft {
    Fact(Edit),
    Photo(PhotoEntry),
    Hazard(Note),
    Comment(Note),
    Action(Action),
}

impl Draft {
    pub(crate) fn edit(&self, id: IntentId) -> Edit {
        match self.clone() {
            Self::Fact(edit) => edit,
            Self::Photo(photo) => Edit::Photo(id, photo),
            Self::Hazard(note) => Edit::Hazard(id, note),
            Self::Comment(note) => Edit::Comment(id, note),
            Self::Action(action) => Edit::Action(id, action),
        }
    }
}

pub(crate) fn draft() -> impl Strategy<Value = Draft> {
    prop_oneof![
        4 => fact().prop_map(Draft::Fact),
        1 => photo().prop_map(Draft::Photo),
        1 => note().prop_map(Draft::Hazard),
        1 => note().prop_map(Draft::Comment),
        2 => action().prop_map(Draft::Action),
    ]
}

fn fact() -> impl Strategy<Value = Edit> {
    prop_oneof![
        code().prop_map(Edit::Class),
        code().prop_map(Edit::Condition),
        text().prop_map(Edit::Title),
        text().prop_map(Edit::Description),
        position().prop_map(Edit::Position),
        text().prop_map(Edit::Address),
        grid_answer().prop_map(Edit::UnitGrid),
        select(vec![
            Severity::Ordinary,
            Severity::Serious,
            Severity::Urgent
        ])
        .prop_map(Edit::Severity),
    ]
}

fn code() -> impl Strategy<Value = String> {
    select(vec!["20115", "10101", "", "?", "fused"]).prop_map(String::from)
}

/// Texts with characters of one to four bytes, some of which belong to one drawn sign.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        select(vec![
            "路面破损",
            "井盖",
            "👨‍👩‍👧",
            "🇨🇳",
            "e\u{301}",
            "\r\n",
            "\0",
            "a b",
            "."
        ])
        .prop_map(String::from),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn person() -> impl Strategy<Value = PersonId> {
    select(vec!["worker-putian", "clerk", "road-dept"]).prop_map(|id| id.parse().unwrap())
}

fn at() -> impl Strategy<Value = Timestamp> {
    any::<i64>().prop_map(Timestamp::from_millis)
}

fn point() -> impl Strategy<Value = Point> {
    any::<(i32, i32)>().prop_map(|(longitude_e7, latitude_e7)| Point {
        longitude_e7,
        latitude_e7,
    })
}

fn position() -> impl Strategy<Value = Position> {
    let fix = (point(), any::<Option<u32>>(), code(), at(), any::<bool>()).prop_map(
        |(point, accuracy_metres, provider, at, mock)| Fix {
            point,
            accuracy_metres,
            provider,
            at,
            mock,
        },
    );
    (point(), prop::collection::vec(fix, 0..3)).prop_map(|(point, fixes)| Position { point, fixes })
}

fn grid_answer() -> impl Strategy<Value = GridAnswer> {
    prop_oneof![
        text().prop_map(GridAnswer::NoGrid),
        (1_u16..1_000).prop_map(|sequence| {
            GridAnswer::Known(UnitGridCode::from_parts(410_104, 101, 1, sequence).unwrap())
        }),
    ]
}

pub(crate) fn note() -> impl Strategy<Value = Note> {
    (person(), at(), text()).prop_map(|(author, at, text)| Note { author, at, text })
}

fn seal() -> impl Strategy<Value = Option<Seal>> {
    let bytes = || prop::collection::vec(any::<u8>(), 0..9);
    prop::option::of(
        (bytes(), bytes(), bytes()).prop_map(|(record, signature, key)| Seal {
            record,
            signature,
            key,
        }),
    )
}

fn blob() -> impl Strategy<Value = BlobReference> {
    any::<([u8; 32], u64)>().prop_map(|(sha256, length)| BlobReference {
        sha256: Digest::from_bytes(sha256),
        length,
    })
}

fn photo() -> impl Strategy<Value = PhotoEntry> {
    (
        (person(), at(), select(PhotoPurpose::ALL.to_vec()), text()),
        (blob(), prop::option::of(blob())),
        (prop::option::of(point()), any::<bool>(), seal()),
    )
        .prop_map(
            |((author, at, purpose, caption), (original, preview), (point, elsewhere, seal))| {
                PhotoEntry {
                    author,
                    at,
                    purpose,
                    caption,
                    original,
                    preview,
                    point,
                    elsewhere,
                    seal,
                }
            },
        )
}

fn act() -> impl Strategy<Value = Act> {
    let handling = || select(HandlingClass::ALL.to_vec());
    let body = || select(vec!["road-dept", "water-dept"]).prop_map(|id| id.parse().unwrap());
    let bodies = move || prop::collection::vec(body(), 0..3);
    prop_oneof![
        select(vec![Act::Report, Act::Accept, Act::Claim]),
        person().prop_map(|to| Act::SendVerify { to }),
        person().prop_map(|to| Act::SendCheck { to, also: None }),
        (any::<Option<bool>>(), text()).prop_map(|(result, note)| Act::Verify { result, note }),
        text().prop_map(|reason| Act::Reject {
            reason,
            duplicate_of: None
        }),
        (code(), handling()).prop_map(|(condition, handling_class)| Act::File {
            condition,
            handling_class,
        }),
        (body(), bodies(), bodies()).prop_map(|(lead, assist, notify)| Act::Dispatch {
            lead,
            assist,
            notify
        }),
        (prop::option::of(point()), text()).prop_map(|(point, note)| Act::Feedback { point, note }),
        (any::<bool>(), prop::option::of(point()), text()).prop_map(|(passed, point, note)| {
            Act::Check {
                passed,
                point,
                note,
            }
        }),
        select(vec![CloseOutcome::Normal, CloseOutcome::Special])
            .prop_map(|outcome| Act::Close { outcome }),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    (person(), at(), act(), seal()).prop_map(|(author, at, act, seal)| Action {
        author,
        at,
        act,
        seal,
        session: None,
    })
}
