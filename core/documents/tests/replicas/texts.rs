//! Every text of an edit at its limit and one beyond. What the hub would set aside is refused where it is written.

use xunge_documents::actor::{device_actor, server_actor};
use xunge_documents::schema::Container;
use xunge_documents::{Document, EDITS_MAX, Edit, EditError, Intent};
use xunge_documents::{TEXT_CHARACTERS_MAX, TITLE_CHARACTERS_MAX};
use xunge_domain::case::{
    Act, Action, BlobReference, CaseState, Fix, GridAnswer, Note, Outcome, PhotoEntry,
    PhotoPurpose, Position, Ruling,
};
use xunge_domain::geo::Point;
use xunge_domain::ids::{CaseId, Digest, InstallationId, IntentId, PersonId};
use xunge_domain::tables::HandlingClass;
use xunge_domain::time::Timestamp;

const CASE: CaseId = CaseId::from_bytes([9; 16]);
const PHONE: InstallationId = InstallationId::from_bytes([1; 16]);
const NOW: Timestamp = Timestamp::from_millis(1_751_252_400_000);

fn id() -> IntentId {
    IntentId::new(&PHONE, 1, [0; 3])
}

fn author() -> PersonId {
    "worker-putian".parse().unwrap()
}

fn write(edits: Vec<Edit>) -> Result<(), EditError> {
    let mut document = Document::new();
    let intent = Intent {
        id: id(),
        at: NOW,
        edits,
    };
    let heads = document.heads();
    let written = document.apply_intent(device_actor(&PHONE, &CASE, 0), &intent);
    assert_eq!(document.heads() == heads, written.is_err());
    written.map(|_| ())
}

fn action(act: Act) -> Action {
    Action {
        author: author(),
        at: NOW,
        act,
        seal: None,
        session: None,
    }
}

fn note(text: String) -> Note {
    Note {
        author: author(),
        at: NOW,
        text,
    }
}

fn photo(caption: String) -> PhotoEntry {
    let original = BlobReference {
        sha256: Digest::of(b"photo"),
        length: 5,
    };
    PhotoEntry {
        author: author(),
        at: NOW,
        purpose: PhotoPurpose::Found,
        caption,
        original,
        preview: None,
        point: None,
        elsewhere: false,
        seal: None,
    }
}

/// An action that carries this text.
type WithText = fn(String) -> Act;

fn acts() -> Vec<(&'static str, WithText)> {
    vec![
        ("reason", |reason| Act::Reject {
            reason,
            duplicate_of: None,
        }),
        ("note", |note| Act::Verify { result: None, note }),
        ("note", |note| Act::Feedback { point: None, note }),
        ("note", |note| Act::Check {
            passed: true,
            point: None,
            note,
        }),
    ]
}

#[track_caller]
fn limited(field: &str, characters_max: usize, sign: &str, edit: impl Fn(String) -> Edit) {
    assert_eq!(write(vec![edit(sign.repeat(characters_max))]), Ok(()));
    match write(vec![edit(sign.repeat(characters_max + 1))]) {
        Err(EditError::TooLong {
            field: named,
            characters,
            characters_max: max,
        }) => {
            assert_eq!(
                (named, characters, max),
                (field, characters_max + 1, characters_max)
            );
        }
        other => panic!("{field}: {other:?}"),
    }
}

#[test]
fn every_text_has_its_limit() {
    let text_max = TEXT_CHARACTERS_MAX;
    limited("title", TITLE_CHARACTERS_MAX, "路", Edit::Title);
    limited("description", text_max, "路", Edit::Description);
    limited("address", text_max, "路", Edit::Address);
    limited("note", text_max, "路", |text| {
        Edit::Hazard(id(), note(text))
    });
    limited("note", text_max, "路", |text| {
        Edit::Comment(id(), note(text))
    });
    limited("caption", text_max, "路", |text| {
        Edit::Photo(id(), photo(text))
    });
    limited("reason", text_max, "路", |text| {
        Edit::UnitGrid(GridAnswer::NoGrid(text))
    });
    for (field, act) in acts() {
        limited(field, text_max, "路", |text| {
            Edit::Action(id(), action(act(text)))
        });
    }
}

#[test]
fn codes_are_short() {
    limited("class", 64, "2", Edit::Class);
    limited("condition", 64, "1", Edit::Condition);
    limited("condition", 64, "1", |condition| {
        Edit::Action(
            id(),
            action(Act::File {
                condition,
                handling_class: HandlingClass::General,
            }),
        )
    });
    let point = Point {
        longitude_e7: 0,
        latitude_e7: 0,
    };
    limited("provider", 64, "g", |provider| {
        let fix = Fix {
            point,
            accuracy_metres: None,
            provider,
            at: NOW,
            mock: false,
        };
        let fixes = vec![fix];
        Edit::Position(Position { point, fixes })
    });
}

#[test]
fn an_intent_has_so_many_edits_and_not_one_more() {
    let edits = |count: usize| vec![Edit::Title("题".into()); count];
    assert_eq!(write(edits(EDITS_MAX)), Ok(()));
    assert_eq!(
        write(edits(EDITS_MAX + 1)),
        Err(EditError::TooMany(EDITS_MAX + 1))
    );
}

#[test]
fn the_browser_has_the_same_limits() {
    let ruling = Ruling {
        sequence: 1,
        at: NOW,
        outcome: Outcome::Accepted {
            to: CaseState::Rejected,
            case_no: None,
            organisation: None,
            class: None,
        },
        done_at: None,
        terms: None,
        stage: None,
        delivery: None,
    };
    let server = server_actor(&PHONE, 1);
    for (field, act) in acts() {
        for (characters, holds) in [
            (TEXT_CHARACTERS_MAX, true),
            (TEXT_CHARACTERS_MAX + 1, false),
        ] {
            let mut document = Document::new();
            let heads = document.heads();
            let action = action(act("路".repeat(characters)));
            let written = document.act_and_rule(server, NOW, (id(), &action), &ruling);
            assert_eq!(written.is_ok(), holds, "{field}");
            assert_eq!(document.heads() == heads, !holds);
        }
    }
}

/// A copied store makes an edit of the text again in each of its copies. Whoever has one refuses the other.
#[test]
fn an_edit_of_the_description_is_written_once_by_its_mark() {
    let intent = |from: &str, to: &str| Intent {
        id: id(),
        at: NOW,
        edits: vec![Edit::Redescription {
            from: from.into(),
            to: to.into(),
        }],
    };
    let mut document = Document::new();
    let grown = intent("", "井盖");
    assert!(!document.has_written(&grown));
    let first = document.apply_intent(device_actor(&PHONE, &CASE, 0), &grown);
    assert!(first.unwrap().is_some());
    assert!(document.has_written(&grown));
    assert!(document.has_entry(Container::Facts, &id()));
    // The next generation, on a text that has moved on: the words are not set a second time.
    let other = IntentId::new(&PHONE, 2, [0; 3]);
    let moved = Intent {
        id: other,
        ..intent("井盖", "破损")
    };
    let actor = device_actor(&PHONE, &CASE, 1);
    assert!(document.apply_intent(actor, &moved).unwrap().is_some());
    assert_eq!(document.apply_intent(actor, &grown), Ok(None));
    let reading = document.read(CASE);
    assert_eq!(reading.case.facts.description, "破损");
    assert_eq!(reading.anomalies, []);
}

#[test]
fn an_edit_that_changes_no_text_leaves_no_mark() {
    let mut document = Document::new();
    let nothing = Intent {
        id: id(),
        at: NOW,
        edits: vec![Edit::Redescription {
            from: "井".into(),
            to: String::new(),
        }],
    };
    let made = document.apply_intent(device_actor(&PHONE, &CASE, 0), &nothing);
    assert_eq!(made, Ok(None));
    assert!(!document.has_entry(Container::Facts, &id()));
}
