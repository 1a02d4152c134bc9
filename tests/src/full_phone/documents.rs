//! Cases as colleagues of the beat made them over years: a report, its ruling, and for most how it ended.

use xunge_documents::actor::{device_actor, server_actor};
use xunge_documents::{Document, Edit, EditError, Intent, NewChange};
use xunge_domain::document_kind::DocumentKind;
use xunge_field::SoftwareKey;
use xunge_field::domain::case::{
    Act, Action, BlobReference, CaseState, Outcome, PhotoEntry, PhotoPurpose, Position, Ruling,
    Severity,
};
use xunge_field::domain::ids::{Digest, DocumentId, InstallationId, IntentId, PersonId};
use xunge_field::domain::time::Timestamp;
use xunge_sync::wire::{DocumentChanges, PushedChange, server_change_message};

use crate::proxy::SplitMix;
use crate::workload::{PUTIAN, Words, place};

/// Between two cases of a beat, on the average: 100,000 of them are three years.
const MILLIS_BETWEEN: u64 = 2 * 15 * 60 * 1_000;
/// How far back the first one lies.
const FIRST_DAYS_AGO: i64 = 3 * 366;
const DAY_MILLIS: i64 = 86_400_000;
/// As long as a photo of a phone, for what the text says about it.
const PHOTO_BYTES: u64 = 3_000_000;
/// Of ten cases so many have ended.
const ENDED_OF_TEN: u64 = 8;
/// Who reported them.
const COLLEAGUE: &str = "worker-putian-2";
/// Who ended them.
const CLERK: &str = "clerk";
const COLLEAGUE_INSTALLATION: InstallationId = InstallationId::from_bytes([0x51; 16]);
const SERVER_INSTALLATION: InstallationId = InstallationId::from_bytes([0; 16]);

/// Makes one case after the other.
pub(super) struct MadeUpCases {
    /// Codes of the classes they are of.
    classes: Vec<String>,
    seed: u64,
    number: u64,
    at: Timestamp,
}

impl MadeUpCases {
    /// The first one lies some years before now.
    pub(super) fn new(classes: Vec<String>, seed: u64, now: Timestamp) -> Self {
        Self {
            classes,
            seed,
            number: 0,
            at: now.plus_millis(-FIRST_DAYS_AGO * DAY_MILLIS),
        }
    }

    /// The next case: its changes, the server's own signed with its key.
    pub(super) fn next(&mut self, key: &SoftwareKey) -> Result<DocumentChanges, EditError> {
        let mut random = SplitMix::of(self.seed, self.number);
        self.number += 1;
        let wait = random.below(MILLIS_BETWEEN);
        self.at = self.at.plus_millis(i64::try_from(wait).unwrap_or(0));
        let ended = random.below(10) < ENDED_OF_TEN;
        let mut words = Words::new(random);
        let mut entropy = [0; 10];
        entropy.copy_from_slice(&words.bytes()[..10]);
        let id = DocumentId::from_time(self.at, entropy);
        let mut case = Case {
            id,
            at: self.at,
            document: Document::of(DocumentKind::Case),
            changes: Vec::new(),
            key,
        };
        let class = self.classes.get(words.below(self.classes.len()));
        let report = case.report(class.cloned().unwrap_or_default(), &mut words)?;
        case.rule_report(report)?;
        if ended {
            case.end(&words.text(8))?;
        }
        Ok(DocumentChanges {
            document: id,
            changes: case.changes,
        })
    }
}

struct Case<'key> {
    id: DocumentId,
    at: Timestamp,
    document: Document,
    changes: Vec<PushedChange>,
    key: &'key SoftwareKey,
}

impl Case<'_> {
    fn report(&mut self, class: String, words: &mut Words) -> Result<IntentId, EditError> {
        let intent = |counter| IntentId::new(&COLLEAGUE_INSTALLATION, counter, [7; 3]);
        let (report, photo) = (intent(1), intent(2));
        let edits = vec![
            Edit::Class(class),
            Edit::Title(words.text(12)),
            Edit::Description(words.text(30)),
            Edit::Address(words.address()),
            Edit::Position(Position {
                point: place(&PUTIAN, words),
                fixes: Vec::new(),
            }),
            Edit::Severity(Severity::Ordinary),
            Edit::Photo(photo, self.photo(words)),
            Edit::Action(report, action(COLLEAGUE, self.at, Act::Report)),
        ];
        let actor = device_actor(&COLLEAGUE_INSTALLATION, &self.id, 0);
        let intent = Intent {
            id: report,
            at: self.at,
            edits,
        };
        let change = self.document.apply_intent(actor, &intent)?;
        self.keep(change, false);
        Ok(report)
    }

    fn photo(&self, words: &mut Words) -> PhotoEntry {
        PhotoEntry {
            author: person(COLLEAGUE),
            at: self.at,
            original: BlobReference {
                sha256: Digest::from_bytes(words.bytes()),
                length: PHOTO_BYTES,
            },
            preview: None,
            purpose: PhotoPurpose::Found,
            caption: "发现时的情况".into(),
            point: None,
            elsewhere: false,
            seal: None,
        }
    }

    fn rule_report(&mut self, report: IntentId) -> Result<(), EditError> {
        let ruling = ruling(1, self.at.plus_millis(60_000), CaseState::Reported);
        let actor = server_actor(&SERVER_INSTALLATION, 1);
        let change = self.document.rule(actor, ruling.at, &[(report, ruling)])?;
        self.keep(change, true);
        Ok(())
    }

    /// A clerk turned it down: the shortest way to an end.
    fn end(&mut self, reason: &str) -> Result<(), EditError> {
        let at = self.at.plus_millis(3_600_000);
        let id = IntentId::new(&SERVER_INSTALLATION, 1, [9; 3]);
        let act = Act::Reject {
            reason: reason.into(),
            duplicate_of: None,
        };
        let ruling = ruling(2, at, CaseState::Rejected);
        let actor = server_actor(&SERVER_INSTALLATION, 1);
        let change =
            self.document
                .act_and_rule(actor, at, (id, &action(CLERK, at, act)), &ruling)?;
        self.keep(change, true);
        Ok(())
    }

    fn keep(&mut self, change: Option<NewChange>, of_the_server: bool) {
        self.changes.extend(change.map(|change| {
            let message = server_change_message(&self.id, &change.hash);
            let signature = of_the_server.then(|| self.key.sign_now(&message).into());
            PushedChange {
                bytes: change.bytes.into(),
                signature,
            }
        }));
    }
}

fn action(author: &str, at: Timestamp, act: Act) -> Action {
    Action {
        author: person(author),
        at,
        act,
        seal: None,
        session: None,
    }
}

fn ruling(sequence: u32, at: Timestamp, to: CaseState) -> Ruling {
    Ruling {
        sequence,
        at,
        outcome: Outcome::Accepted {
            to,
            case_no: None,
            organisation: None,
            class: None,
        },
        done_at: None,
        terms: None,
        stage: None,
        delivery: None,
    }
}

#[expect(clippy::expect_used, reason = "written above")]
fn person(id: &str) -> PersonId {
    id.parse().expect("an id of a person")
}
