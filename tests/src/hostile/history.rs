//! Honest cases: every kind of edit, two devices and a hub, at one time and one after the other.

use std::sync::OnceLock;

use xunge_documents::actor::{device_actor, server_actor};
use xunge_documents::change_parts::{ActorId, ChangeHash};
use xunge_documents::guard::inspect;
use xunge_documents::{Document, Edit, Intent};
use xunge_domain::case::{
    BlobReference, CaseState, Decline, Fix, GridAnswer, Note, Outcome, PhotoEntry, PhotoPurpose,
    Position, Ruling, Seal, Severity,
};
use xunge_domain::geo::Point;
use xunge_domain::grid::UnitGridCode;
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId, OrganisationId, PersonId};
use xunge_domain::time::Timestamp;

use super::requests;

/// How many cases.
const CASES: u8 = 3;

/// A change and the document it was written into.
pub(super) struct Step {
    pub(super) before: Document,
    pub(super) raw: Vec<u8>,
}

/// All changes of the cases.
pub(super) fn steps() -> &'static [Step] {
    static STEPS: OnceLock<Vec<Step>> = OnceLock::new();
    STEPS.get_or_init(|| (0..CASES).flat_map(write_case).collect())
}

/// The document a change would be merged into: the first that holds what it builds on and does not hold it.
pub(super) fn base_for(dependencies: &[ChangeHash], hash: &ChangeHash) -> &'static Document {
    static EMPTY: OnceLock<Document> = OnceLock::new();
    let fits = |document: &Document| {
        !document.contains(hash) && dependencies.iter().all(|wanted| document.contains(wanted))
    };
    steps()
        .iter()
        .map(|step| &step.before)
        .find(|document| fits(document))
        .unwrap_or_else(|| EMPTY.get_or_init(Document::new))
}

pub(super) fn document_id(number: u8) -> DocumentId {
    DocumentId::from_bytes([0x40 | number; 16])
}

pub(super) fn installation(number: u8) -> InstallationId {
    InstallationId::from_bytes([0x80 | number; 16])
}

#[expect(clippy::expect_used, reason = "the text is right here")]
pub(super) fn person() -> PersonId {
    "worker-1".parse().expect("a person")
}

#[expect(clippy::expect_used, reason = "the text is right here")]
pub(super) fn organisation() -> OrganisationId {
    "road-dept".parse().expect("a body")
}

pub(super) const fn at(minute: i64) -> Timestamp {
    Timestamp::from_millis(1_764_000_000_000 + minute * 60_000)
}

pub(super) const fn point() -> Point {
    Point {
        longitude_e7: 1_137_861_000,
        latitude_e7: 347_552_000,
    }
}

pub(super) fn photo() -> PhotoEntry {
    PhotoEntry {
        author: person(),
        at: at(2),
        purpose: PhotoPurpose::ALL[0],
        caption: "井盖破损，边缘翘起".into(),
        original: BlobReference {
            sha256: Digest::of(b"original"),
            length: 3_100_000,
        },
        preview: Some(BlobReference {
            sha256: Digest::of(b"preview"),
            length: 24_000,
        }),
        point: Some(point()),
        elsewhere: false,
        seal: Some(Seal {
            record: vec![0xa5; 120],
            signature: vec![7; 64],
            key: vec![9; 8],
        }),
    }
}

pub(super) fn note() -> Note {
    Note {
        author: person(),
        at: at(3),
        text: "旁边有学校，放学时人多".into(),
    }
}

pub(super) fn position() -> Position {
    let fix = |provider: &str, mock| Fix {
        point: point(),
        accuracy_metres: Some(12),
        provider: provider.into(),
        at: at(1),
        mock,
    };
    Position {
        point: point(),
        fixes: vec![fix("gps", false), fix("network", true)],
    }
}

pub(super) fn grid() -> GridAnswer {
    UnitGridCode::from_parts(410_104, 101, 1, 1)
        .map_or_else(|| GridAnswer::NoGrid("河道".into()), GridAnswer::Known)
}

/// An accepted and a declined one.
pub(super) fn rulings() -> Vec<Ruling> {
    vec![
        Ruling {
            sequence: 1,
            at: at(10),
            outcome: Outcome::Accepted {
                to: CaseState::ALL[1],
                case_no: Some("2026-1124-0001".into()),
                organisation: Some(organisation()),
                class: None,
            },
            done_at: None,
            terms: None,
            stage: None,
            delivery: None,
        },
        Ruling {
            sequence: 2,
            at: at(11),
            outcome: Outcome::Declined {
                reason: Decline::NoUnitGrid,
            },
            done_at: None,
            terms: None,
            stage: None,
            delivery: None,
        },
    ]
}

/// What a worker writes into a case, an intent a change.
pub(super) fn intents(case: u8, device: u8) -> Vec<Intent> {
    let id = |counter| IntentId::new(&installation(device), counter, [device; 3]);
    let description = "路面有坑，雨后积水，行人绕行。";
    let mut edits = vec![
        vec![
            Edit::Class("20115".into()),
            Edit::Condition("1".into()),
            Edit::Title(format!("路面破损 {case}")),
            Edit::Description(description.into()),
            Edit::Position(position()),
            Edit::Address("圃田乡一号".into()),
            Edit::UnitGrid(grid()),
            Edit::Severity(Severity::Urgent),
            Edit::Photo(id(1), photo()),
        ],
        vec![Edit::Hazard(id(2), note())],
        vec![Edit::Comment(id(3), note())],
        vec![Edit::Redescription {
            from: description.into(),
            to: format!("路面有大坑，{device}号车道积水，行人绕行。"),
        }],
        vec![
            Edit::Severity(Severity::Serious),
            Edit::Title("积水".into()),
        ],
    ];
    for (counter, action) in (10..).zip(requests::actions()) {
        edits.push(vec![Edit::Action(id(counter), action)]);
    }
    (20..)
        .zip(edits)
        .map(|(counter, edits)| Intent {
            id: id(counter),
            at: at(i64::from(counter)),
            edits,
        })
        .collect()
}

/// A case under the pen.
struct Writer {
    document: Document,
    steps: Vec<Step>,
}

impl Writer {
    #[expect(
        clippy::expect_used,
        reason = "an honest edit that is refused should stop"
    )]
    fn write(&mut self, actor: ActorId, intent: &Intent) {
        let before = self.document.clone();
        let change = self
            .document
            .apply_intent(actor, intent)
            .expect("an honest edit");
        self.steps.extend(change.map(|change| Step {
            before,
            raw: change.bytes,
        }));
    }
}

#[expect(
    clippy::expect_used,
    reason = "an honest change that is refused should stop"
)]
fn write_case(case: u8) -> Vec<Step> {
    let id = document_id(case);
    let mut writer = Writer {
        document: Document::new(),
        steps: Vec::new(),
    };
    let (first, second) = (intents(case, 1), intents(case, 2));
    let actor = |device| device_actor(&installation(device), &id, 0);
    for intent in &first[..3] {
        writer.write(actor(1), intent);
    }
    // Two devices at one time: the second starts from what is there now.
    let mut aside = Writer {
        document: writer.document.clone(),
        steps: Vec::new(),
    };
    first[3..]
        .iter()
        .for_each(|intent| writer.write(actor(1), intent));
    second[1..5]
        .iter()
        .for_each(|intent| aside.write(actor(2), intent));
    let raws: Vec<&[u8]> = aside.steps.iter().map(|step| step.raw.as_slice()).collect();
    writer.document.apply(raws).expect("honest changes merge");
    writer.steps.append(&mut aside.steps);
    second[5..]
        .iter()
        .for_each(|intent| writer.write(actor(2), intent));
    let before = writer.document.clone();
    let ids = [10, 11].map(|counter| IntentId::new(&installation(1), counter, [1; 3]));
    let ruled: Vec<(IntentId, Ruling)> = ids.into_iter().zip(rulings()).collect();
    let ruling = writer
        .document
        .rule(server_actor(&installation(9), 1), at(60), &ruled)
        .expect("a ruling");
    writer.steps.extend(ruling.map(|change| Step {
        before,
        raw: change.bytes,
    }));
    for step in &writer.steps {
        inspect(&step.raw).expect("the guard takes what is honest");
    }
    writer.steps
}
