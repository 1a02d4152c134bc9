//! A new edition: everything of the document but the erased texts, under the same ids, and nothing of its history.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use xunge_documents::actor::{device_actor, server_actor};
use xunge_documents::change_parts::split;
use xunge_documents::{
    Document, Edit, EditionError, Intent, NewEdition, TextOrder, edition_begun_by,
};
use xunge_domain::case::{
    Act, Action, BlobReference, ERASED_TEXT, GridAnswer, Note, PhotoEntry, PhotoPurpose, Seal,
    TextErasureCause, TextPlace,
};
use xunge_domain::ids::{CaseId, Digest, InstallationId, IntentId};
use xunge_domain::time::Timestamp;

const CASE: CaseId = CaseId::from_bytes([9; 16]);
const PHONE: InstallationId = InstallationId::from_bytes([1; 16]);
const SECRET: &str = "赵秀英13812345678";
const AT: Timestamp = Timestamp::from_millis(1_751_252_400_000);

fn id(counter: u32) -> IntentId {
    IntentId::new(&PHONE, counter, [0; 3])
}

fn write(document: &mut Document, counter: u32, edits: Vec<Edit>) {
    let intent = Intent {
        id: id(counter),
        at: AT,
        edits,
    };
    let actor = device_actor(&PHONE, &CASE, 0);
    document.apply_intent(actor, &intent).unwrap().unwrap();
}

fn seal() -> Option<Seal> {
    Some(Seal {
        record: vec![1; 30],
        signature: vec![2; 64],
        key: vec![3; 8],
    })
}

fn note(text: &str) -> Note {
    Note {
        author: "worker".parse().unwrap(),
        at: AT,
        text: text.into(),
    }
}

/// A case with the secret in every place that takes a text.
fn everywhere() -> Document {
    let mut document = Document::new();
    let photo = PhotoEntry {
        author: "worker".parse().unwrap(),
        at: AT,
        purpose: PhotoPurpose::Found,
        caption: SECRET.into(),
        original: BlobReference {
            sha256: Digest::of(b"photo"),
            length: 5,
        },
        preview: None,
        point: None,
        elsewhere: false,
        seal: seal(),
    };
    let action = Action {
        author: "worker".parse().unwrap(),
        at: AT,
        act: Act::Feedback {
            point: None,
            note: SECRET.into(),
        },
        seal: seal(),
        session: None,
    };
    write(
        &mut document,
        1,
        vec![
            Edit::Title(SECRET.into()),
            Edit::Class("road".into()),
            Edit::Description(format!("门口积水，{SECRET}")),
            Edit::Address(SECRET.into()),
            Edit::UnitGrid(GridAnswer::NoGrid(SECRET.into())),
            Edit::Photo(id(1), photo),
        ],
    );
    write(&mut document, 2, vec![Edit::Hazard(id(2), note(SECRET))]);
    write(&mut document, 3, vec![Edit::Comment(id(3), note(SECRET))]);
    write(&mut document, 4, vec![Edit::Action(id(4), action)]);
    write(
        &mut document,
        5,
        vec![Edit::Comment(id(5), note("已放警示牌"))],
    );
    let edit = Edit::Redescription {
        from: format!("门口积水，{SECRET}"),
        to: format!("门口积水，{SECRET}，很深"),
    };
    write(&mut document, 6, vec![edit]);
    document
}

fn all_places() -> Vec<TextPlace> {
    let entries = (1..=4).map(|counter| TextPlace::Entry(id(counter)));
    let facts = TextPlace::FACTS.map(|(place, _)| place);
    facts.into_iter().chain(entries).collect()
}

fn order(places: Vec<TextPlace>) -> TextOrder {
    TextOrder {
        places,
        at: AT,
        by: "admin".into(),
        cause: TextErasureCause::Misplaced,
    }
}

fn next(document: &Document, places: Vec<TextPlace>) -> NewEdition {
    let actor = server_actor(&InstallationId::from_bytes([7; 16]), 1);
    document.next_edition(actor, &order(places)).unwrap()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[test]
fn nothing_of_an_erased_text_is_left_and_everything_else_is() {
    let before = everywhere();
    let next = next(&before, all_places());
    assert_eq!(
        (before.edition(), next.document.edition(), next.number),
        (0, 1, 1)
    );
    let (old, new) = (before.read(CASE).case, next.document.read(CASE));
    assert!(new.anomalies.is_empty(), "{:?}", new.anomalies);
    let new = new.case;
    for bytes in next.changes.iter().map(|change| &change.bytes) {
        assert!(!holds(bytes, "13812345678"));
    }
    assert!(!holds(&next.document.save(), "13812345678"));
    assert_eq!(
        (new.facts.title.as_str(), new.facts.address.as_str()),
        (ERASED_TEXT, ERASED_TEXT)
    );
    assert_eq!(new.facts.description, ERASED_TEXT);
    assert_eq!(
        new.facts.unit_grid,
        Some(GridAnswer::NoGrid(ERASED_TEXT.into()))
    );
    assert_eq!(new.facts.class, old.facts.class);
    assert_eq!(new.photos[0].entry.caption, ERASED_TEXT);
    assert_eq!(
        new.photos[0].entry.seal, old.photos[0].entry.seal,
        "the seal stays"
    );
    assert_eq!(new.photos[0].entry.original, old.photos[0].entry.original);
    assert_eq!(new.actions[0].entry.act.text().unwrap().1, ERASED_TEXT);
    assert_eq!(new.comments.len(), old.comments.len());
    let kept = new
        .comments
        .iter()
        .find(|comment| comment.id == id(5))
        .unwrap();
    assert_eq!(kept.entry.text, "已放警示牌");
    assert_eq!(new.erased.len(), 8);
    // An edit of the description is still known by its mark.
    let again = Intent {
        id: id(6),
        at: AT,
        edits: vec![Edit::Redescription {
            from: String::new(),
            to: "x".into(),
        }],
    };
    assert!(next.document.has_written(&again));
}

#[test]
fn the_digest_before_is_kept_of_what_was_sealed_alone() {
    let before = everywhere();
    let next = next(&before, all_places());
    for mark in &next.erased {
        let sealed = [1, 4].map(|counter| TextPlace::Entry(id(counter)));
        assert_eq!(
            mark.erasure.was.is_some(),
            sealed.contains(&mark.place),
            "{:?}",
            mark.place
        );
        let entry = matches!(mark.place, TextPlace::Entry(_));
        assert_eq!(mark.erasure.is.is_some(), entry);
        assert_eq!((mark.erasure.by.as_str(), mark.erasure.at), ("admin", AT));
    }
    let mut photo = before.read(CASE).case.photos[0].entry.clone();
    photo.seal = None;
    let digest = Digest::of(&minicbor::to_vec(&photo).unwrap());
    let mark = next
        .erased
        .iter()
        .find(|mark| mark.place == TextPlace::Entry(id(1)));
    assert_eq!(mark.unwrap().erasure.was, Some(digest));
}

#[test]
fn it_begins_with_a_foundation_that_says_so_and_replicas_rebuild_it() {
    let before = everywhere();
    let first = next(&before, vec![TextPlace::Title]);
    let second = next(&first.document, vec![TextPlace::Address]);
    for (edition, number) in [(&first, 1), (&second, 2)] {
        let begun: Vec<_> = edition
            .changes
            .iter()
            .map(|change| edition_begun_by(&split(&change.bytes).unwrap()))
            .collect();
        assert_eq!(begun[0], Some(number));
        assert!(begun[1..].iter().all(Option::is_none));
        let raws = edition.changes.iter().map(|change| change.bytes.as_slice());
        let rebuilt = Document::from_changes(raws).unwrap();
        assert_eq!(rebuilt.heads(), edition.document.heads());
        assert_eq!(rebuilt.edition(), number);
        assert_eq!(Document::load(&rebuilt.save()).unwrap().edition(), number);
    }
    assert_eq!(
        second.document.read(CASE).case.erased.len(),
        2,
        "marks are carried over"
    );
    // What was written on the former edition does not fit into this one.
    for change in before.changes() {
        let mut document = first.document.clone();
        let parts = split(&change.bytes).unwrap();
        let fits = document.apply([change.bytes.as_slice()]).is_ok();
        assert!(!fits || document.is_of_former_edition(&parts));
    }
}

#[test]
fn a_case_of_any_size_is_written_in_changes_that_every_replica_takes() {
    let mut document = Document::new();
    write(&mut document, 1, vec![Edit::Title("长".into())]);
    for counter in 2..90 {
        write(
            &mut document,
            counter,
            vec![Edit::Comment(id(counter), note(&"积".repeat(2_000)))],
        );
    }
    let mut text = String::new();
    for part in 0..6_u32 {
        let from = text.clone();
        text.push_str(
            &char::from_digit(part, 10)
                .unwrap()
                .to_string()
                .repeat(2_000),
        );
        // Two people made it as long as no one may.
        let edit = Edit::Redescription {
            to: text.chars().skip(text.len() - 2_000).collect(),
            from: String::new(),
        };
        write(&mut document, 100 + part, vec![edit]);
        drop(from);
    }
    let before = document.read(CASE).case;
    assert!(before.facts.description.chars().count() > 10_000);
    let next = next(&document, vec![TextPlace::Title]);
    assert!(next.changes.len() > 4);
    let raws = next.changes.iter().map(|change| change.bytes.as_slice());
    let after = Document::from_changes(raws).unwrap().read(CASE).case;
    assert_eq!(after.comments, before.comments);
    assert_eq!(after.facts.description, before.facts.description);
}

#[test]
fn where_there_is_no_text_nothing_is_erased() {
    let mut document = Document::new();
    write(&mut document, 1, vec![Edit::Title(SECRET.into())]);
    let actor = server_actor(&InstallationId::from_bytes([7; 16]), 1);
    for place in [
        TextPlace::Description,
        TextPlace::GridReason,
        TextPlace::Entry(id(1)),
    ] {
        let refused = document.next_edition(actor, &order(vec![place])).err();
        assert_eq!(refused, Some(EditionError::NoText(place)));
    }
    assert_eq!(
        document.next_edition(actor, &order(vec![])).err(),
        Some(EditionError::Places(0))
    );
    let erased = next(&document, vec![TextPlace::Title]).document;
    let twice = erased
        .next_edition(actor, &order(vec![TextPlace::Title]))
        .err();
    assert_eq!(twice, Some(EditionError::NoText(TextPlace::Title)));
}
