//! A case document as its users see it: intents in, cases out, replicas that agree.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use xunge_documents::actor::device_actor;
use xunge_documents::guard::{GuardError, inspect};
use xunge_documents::{
    Anomaly, ApplyError, Document, Edit, EditError, Intent, NewChange, TITLE_CHARACTERS_MAX,
};
use xunge_domain::case::CaseState;
use xunge_domain::case::{Act, Action, Note, Outcome, Ruling};
use xunge_domain::ids::{CaseId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;

const CASE: CaseId = CaseId::from_bytes([9; 16]);
const NOW: Timestamp = Timestamp::from_millis(1_751_252_400_000);

fn phone(number: u8) -> InstallationId {
    InstallationId::from_bytes([number; 16])
}

fn id(of: u8, counter: u32) -> IntentId {
    IntentId::new(&phone(of), counter, [0; 3])
}

fn write(document: &mut Document, by: u8, counter: u32, edits: Vec<Edit>) -> Option<NewChange> {
    let intent = Intent {
        id: id(by, counter),
        at: NOW,
        edits,
    };
    document
        .apply_intent(device_actor(&phone(by), &CASE, 0), &intent)
        .unwrap()
}

fn comment(by: u8, counter: u32, text: &str) -> Edit {
    Edit::Comment(
        id(by, counter),
        Note {
            author: "worker-putian".parse().unwrap(),
            at: NOW,
            text: text.into(),
        },
    )
}

fn reported() -> (Document, NewChange) {
    let mut document = Document::new();
    let action = Action {
        author: "worker-putian".parse().unwrap(),
        at: NOW,
        act: Act::Report,
        seal: None,
        session: None,
    };
    let edits = vec![
        Edit::Class("20115".into()),
        Edit::Title("路面破损".into()),
        Edit::Description("重车碾压，路基松散。".into()),
        Edit::Action(id(1, 1), action),
    ];
    let change = write(&mut document, 1, 1, edits).unwrap();
    (document, change)
}

fn bytes(changes: &[NewChange]) -> impl Iterator<Item = &[u8]> {
    changes.iter().map(|change| change.bytes.as_slice())
}

/// Such changes are not asked back after their merge, so the cheap check must know the usual ones, and no others.
#[test]
fn what_overwrites_or_types_into_a_text_that_is_there_does_not_stand_alone() {
    let (mut document, report) = reported();
    let mut stands_alone = |counter, edit| {
        let change = write(&mut document, 1, counter, vec![edit]).unwrap();
        inspect(&change.bytes).unwrap().stands_alone()
    };
    assert!(inspect(&report.bytes).unwrap().stands_alone());
    assert!(stands_alone(2, comment(1, 2, "雨天会积水")));
    assert!(stands_alone(3, Edit::Address("商都路".into())));
    assert!(!stands_alone(4, Edit::Address("商鼎路".into())));
    let longer = Edit::Redescription {
        from: "重车碾压，路基松散。".into(),
        to: "重车碾压，路基松散，有坑。".into(),
    };
    assert!(!stands_alone(5, longer));
}

#[test]
fn what_is_written_is_read_after_a_snapshot_and_from_the_changes_alone() {
    let (mut document, _) = reported();
    write(&mut document, 1, 2, vec![comment(1, 2, "雨天会积水")]);
    let read = document.read(CASE);
    assert_eq!(read.anomalies, []);
    assert_eq!(read.case.facts.title, "路面破损");
    assert_eq!(read.case.comments[0].entry.text, "雨天会积水");
    assert_eq!(read.case.unruled().len(), 1);
    assert_eq!(Document::load(&document.save()).unwrap().read(CASE), read);
    assert_eq!(
        Document::from_changes(bytes(&document.changes()))
            .unwrap()
            .read(CASE),
        read
    );
}

#[test]
fn two_replicas_that_wrote_apart_end_equal_and_name_what_collided() {
    let (first, _) = reported();
    let (mut left, mut right) = (first.clone(), first);
    write(
        &mut left,
        1,
        2,
        vec![Edit::Title("路面塌陷".into()), comment(1, 2, "左")],
    );
    write(
        &mut right,
        2,
        1,
        vec![Edit::Title("路面破损严重".into()), comment(2, 1, "右")],
    );
    left.apply(bytes(&right.changes())).unwrap();
    right.apply(bytes(&left.changes())).unwrap();
    assert_eq!(left.heads(), right.heads());
    let read = left.read(CASE);
    assert_eq!(read, right.read(CASE));
    assert_eq!(read.case.comments.len(), 2);
    assert!(
        matches!(&read.anomalies[..], [Anomaly::Concurrent { key, others }] if key == "title" && others.len() == 1)
    );
}

#[test]
fn an_intent_applied_again_under_the_next_generation_creates_nothing_twice() {
    let (mut document, _) = reported();
    let intent = Intent {
        id: id(1, 2),
        at: NOW,
        edits: vec![comment(1, 2, "一次")],
    };
    for generation in 0..3 {
        let made = document
            .apply_intent(device_actor(&phone(1), &CASE, generation), &intent)
            .unwrap();
        assert_eq!(made.is_some(), generation == 0);
    }
    assert_eq!(document.read(CASE).case.comments.len(), 1);
}

#[test]
fn orphans_gaps_and_taken_numbers_are_named_and_change_nothing() {
    let (mut document, first) = reported();
    let second = write(&mut document, 1, 2, vec![comment(1, 2, "二")]).unwrap();
    let third = write(&mut document, 1, 3, vec![comment(1, 3, "三")]).unwrap();
    let mut other = Document::from_changes([first.bytes.as_slice()]).unwrap();
    let before = other.heads();
    let orphan = other.apply([third.bytes.as_slice()]);
    assert_eq!(
        orphan,
        Err(ApplyError::Guard(GuardError::UnknownDependency {
            hash: second.hash
        }))
    );
    assert_eq!(other.heads(), before);
    let mut rival = Document::from_changes([first.bytes.as_slice()]).unwrap();
    let taken = write(&mut rival, 1, 2, vec![comment(1, 2, "另一个二")]).unwrap();
    assert_eq!(
        document.apply([taken.bytes.as_slice()]),
        Err(ApplyError::Guard(GuardError::SequenceGap {
            expected: 4,
            found: 2
        }))
    );
}

#[test]
fn a_snapshot_that_is_damaged_or_foreign_is_an_error() {
    let (document, _) = reported();
    let mut snapshot = document.save();
    assert!(Document::load(&snapshot[..snapshot.len() / 2]).is_err());
    let middle = snapshot.len() / 2;
    snapshot[middle] ^= 0x40;
    assert!(Document::load(&snapshot).is_err());
    assert!(Document::load(b"").is_err());
}

#[test]
fn a_text_over_its_limit_is_refused_and_changes_nothing() {
    let (mut document, _) = reported();
    let heads = document.heads();
    let intent = |characters| Intent {
        id: id(1, 2),
        at: NOW,
        edits: vec![Edit::Title("路".repeat(characters))],
    };
    let actor = device_actor(&phone(1), &CASE, 0);
    let refused = document.apply_intent(actor, &intent(TITLE_CHARACTERS_MAX + 1));
    assert!(matches!(
        refused,
        Err(EditError::TooLong { field: "title", .. })
    ));
    assert_eq!(document.heads(), heads);
    assert!(
        document
            .apply_intent(actor, &intent(TITLE_CHARACTERS_MAX))
            .unwrap()
            .is_some()
    );
}

#[test]
fn rulings_stand_in_sequence_under_the_action_they_rule() {
    let (mut document, _) = reported();
    let server = xunge_documents::actor::server_actor(&phone(200), 1);
    let outcome = Outcome::Accepted {
        to: CaseState::Reported,
        case_no: None,
        organisation: None,
        class: None,
    };
    let ruling = Ruling {
        sequence: 1,
        at: NOW,
        outcome,
        done_at: None,
        terms: None,
        stage: None,
        delivery: None,
    };
    document
        .rule(
            server,
            NOW,
            &[
                (id(1, 1), ruling.clone()),
                (
                    id(7, 7),
                    Ruling {
                        sequence: 2,
                        ..ruling
                    },
                ),
            ],
        )
        .unwrap();
    let read = document.read(CASE);
    assert_eq!(
        xunge_domain::case::fold(&read.case).state,
        CaseState::Reported
    );
    assert_eq!(read.anomalies, [Anomaly::RulingWithoutAction(id(7, 7))]);
}

#[test]
fn a_description_applied_again_keeps_what_others_wrote_meanwhile() {
    let (mut document, _) = reported();
    let from = document.read(CASE).case.facts.description;
    let mut other = document.clone();
    write(
        &mut other,
        2,
        1,
        vec![Edit::Redescription {
            from: from.clone(),
            to: format!("{from}已放警示牌。"),
        }],
    );
    document.apply(bytes(&other.changes())).unwrap();
    // Made on the old text, applied on the new one: as after a quarantine.
    let to = from.replace("路基松散", "路基塌陷");
    write(&mut document, 1, 2, vec![Edit::Redescription { from, to }]);
    assert_eq!(
        document.read(CASE).case.facts.description,
        "重车碾压，路基塌陷。已放警示牌。"
    );
}

#[test]
fn what_was_kept_replays_to_the_same_document_and_a_gap_is_refused() {
    let (mut document, first) = reported();
    let second = write(&mut document, 2, 1, vec![comment(2, 1, "路肩也裂了")]).unwrap();
    let third = write(&mut document, 2, 2, vec![comment(2, 2, "已设围挡")]).unwrap();
    let all = [&first, &second, &third].map(|change| change.bytes.as_slice());
    let mut replayed = Document::new();
    replayed.replay(all).unwrap();
    replayed.replay(all).unwrap();
    assert_eq!(replayed.heads(), document.heads());
    assert_eq!(replayed.changes(), document.changes());
    assert_eq!(
        replayed.next_sequence(&second.actor),
        document.next_sequence(&second.actor)
    );
    let gap = Document::new().replay([all[0], all[2]]);
    assert!(matches!(
        gap,
        Err(ApplyError::Guard(GuardError::UnknownDependency { .. }))
    ));
    let mut torn = third.bytes.clone();
    torn.pop();
    assert!(Document::new().replay([torn.as_slice()]).is_err());
}
