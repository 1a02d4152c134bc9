//! The bytes of every message, fixed: a client of today is understood by a hub of tomorrow. `UPDATE_GOLDEN=1`
//! writes the files anew; a diff in one of them is a break of the wire and needs another capability name.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failing test should stop"
)]

#[path = "golden/base_map.rs"]
mod base_map;
#[path = "golden/duty.rs"]
mod duty;

use std::fmt::Debug;
use std::path::Path;

use data_encoding::HEXLOWER;
use minicbor::{Decode, Encode};
use xunge_domain::case::BlobReference;
use xunge_domain::class::{ClassKind, ClassTable, FilingCondition, Limit, LimitUnit, MinorClass};
use xunge_domain::component::{AccuracyClass, CodeLayout, Component, ComponentState};
use xunge_domain::geo::Point;
use xunge_domain::grid::{UnitGrid, UnitGridCode};
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId, PrivateRecordId, SubjectId};
use xunge_domain::person::{Organisation, Person, Role};
use xunge_domain::private::{PrivateContent, PrivateKind, PrivateRecord};
use xunge_domain::tables::TableKind;
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;
use xunge_evidence::receipt::Receipt;
use xunge_sync::carry::{
    Carriage, Carried, Certificate, CertificateStatement, Held, PhotoPart, Piece, SharedMessage,
    Work,
};
use xunge_sync::keys::{Signer as _, SoftwareKey};
use xunge_sync::wire::{
    AskedRecord, Assignment, BlobAnswer, ByteRange, CarriedFrame, CarriedOutcome, ChangeSum,
    ColumnPush, ColumnsFrame, Compared, ComparedDocument, Comparison, DocumentChanges,
    DocumentVerdict, DocumentsFrame, EndFrame, EnrolRequest, EnrolledFrame, ExtractRow, Frame,
    HOURS, HeadFrame, HeldTable, OfferedTask, Origin, PackOffer, PackSegment, PrivateAnswer,
    PrivateKeptFrame, PrivateOutcome, PrivateRequest, Push, PushedChange, PushedDocument,
    ReceiptsFrame, ReceiptsRequest, RecordReceipt, RefusedChanges, RefusedFrame, SupersededFrame,
    SyncRequest, TableDelta, TablesFrame, TablesRequest, TakenParts, Verdict, bucket_sums, pack,
    table_digest, unpack,
};

const BYTES_A_LINE: usize = 32;

#[path = "golden/rows.rs"]
mod rows;

/// Proves that a message has the bytes on file, and that they are read back and nothing else is.
#[track_caller]
fn golden<Message>(name: &str, message: &Message)
where
    Message: Encode<()> + for<'bytes> Decode<'bytes, ()> + PartialEq + Debug,
{
    let bytes = minicbor::to_vec(message).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.hex"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let lines = bytes.chunks(BYTES_A_LINE).map(|line| HEXLOWER.encode(line));
        let text = lines.collect::<Vec<_>>().join("\n");
        std::fs::write(&path, format!("{text}\n")).unwrap();
    }
    let text = std::fs::read_to_string(&path).expect("run once with UPDATE_GOLDEN=1");
    let digits: String = text.split_whitespace().collect();
    assert_eq!(HEXLOWER.encode(&bytes), digits, "{name}");
    assert_eq!(&unpack::<Message>(&packed(&bytes)).unwrap(), message);
    assert_eq!(unpack::<Message>(&pack(message)).as_ref(), Ok(message));
    for length in 0..bytes.len() {
        assert!(
            unpack::<Message>(&packed(&bytes[..length])).is_err(),
            "{name}: cut at {length}"
        );
    }
    let longer = [bytes.as_slice(), &[0xf6]].concat();
    assert!(unpack::<Message>(&packed(&longer)).is_err(), "{name}");
}

/// Plain bytes as a client's compressor would send them.
fn packed(plain: &[u8]) -> Vec<u8> {
    pack(&Plain(plain.to_vec()))
}

/// Bytes that encode as themselves.
struct Plain(Vec<u8>);

impl Encode<()> for Plain {
    fn encode<W: minicbor::encode::Write>(
        &self,
        out: &mut minicbor::Encoder<W>,
        (): &mut (),
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        out.writer_mut()
            .write_all(&self.0)
            .map_err(minicbor::encode::Error::write)
    }
}

fn document(byte: u8) -> DocumentId {
    DocumentId::from_bytes([byte; 16])
}

fn blob() -> BlobReference {
    BlobReference {
        sha256: Digest::from_bytes([7; 32]),
        length: 300_000,
    }
}

fn changes() -> Vec<PushedChange> {
    vec![
        PushedChange {
            bytes: vec![5, 6].into(),
            signature: None,
        },
        PushedChange {
            bytes: vec![7].into(),
            signature: Some([8; 64].into()),
        },
    ]
}

fn sync_request(push: Option<Push>) -> SyncRequest {
    SyncRequest {
        nonce: [1; 16].into(),
        capabilities: vec!["plain".into()],
        epoch: 2,
        cursors: vec![
            ("grid:putian-1".parse().unwrap(), 7),
            ("person:worker-putian".parse().unwrap(), 1_000),
        ],
        push,
        offers: vec![blob()],
        device_time: Timestamp::from_millis(1_764_000_000_000),
        columns: None,
        resumes: None,
        packed: vec![],
        comparison: None,
    }
}

#[test]
fn requests() {
    golden(
        "enrol_request",
        &EnrolRequest {
            nonce: [1; 16].into(),
            secret: [2; 16].into(),
            public_key: [3; 33].into(),
            capabilities: vec!["plain".into()],
            former: Vec::new(),
        },
    );
    golden("sync_request_pull", &sync_request(None));
    golden(
        "sync_request_push",
        &sync_request(Some(Push {
            origin: Origin {
                installation: InstallationId::from_bytes([2; 16]),
                signature: [3; 64].into(),
            },
            documents: vec![PushedDocument {
                document: document(4),
                changes: changes(),
            }],
        })),
    );
}

/// What a capability adds stands at the end, so that everything above keeps its bytes.
#[test]
fn what_columns_add() {
    let mut request = sync_request(None);
    request.capabilities.push("columns".into());
    request.columns = Some(ColumnPush {
        origin: Origin {
            installation: InstallationId::from_bytes([2; 16]),
            signature: [3; 64].into(),
        },
        batch: vec![1, 2, 3].into(),
        agreed: vec![Digest::from_bytes([9; 32])],
    });
    golden("sync_request_columns", &request);
    let head = |unresolved, rest_received| {
        Frame::Head(HeadFrame {
            token: [1; 16].into(),
            epoch: 2,
            server_time: Timestamp::from_millis(1_764_000_000_000),
            verdicts: vec![],
            capabilities: vec!["plain".into(), "columns".into()],
            unresolved,
            rest_received,
            assignment: None,
            taken: None,
            beacon: None,
            tables: None,
        })
    };
    golden("frame_head_columns", &head(vec![document(4)], false));
    golden("frame_head_received", &head(vec![], true));
    golden(
        "frame_columns",
        &Frame::Columns(ColumnsFrame {
            batch: vec![1, 2, 3].into(),
            cursors: vec![("org:road-dept".parse().unwrap(), 9)],
            evicted: Vec::new(),
        }),
    );
}

#[test]
fn what_parts_add() {
    let mut request = sync_request(None);
    let names = ["columns", "packs", "scopes", "parts"];
    request.capabilities.extend(names.map(String::from));
    request.resumes = Some([8; 16].into());
    golden("sync_request_resumes", &request);
    let part = ColumnPush {
        origin: Origin {
            installation: InstallationId::from_bytes([2; 16]),
            signature: [3; 64].into(),
        },
        batch: vec![1, 2, 3].into(),
        agreed: vec![],
    };
    golden("part", &part);
    golden(
        "frame_head_taken",
        &Frame::Head(HeadFrame {
            token: [1; 16].into(),
            epoch: 2,
            server_time: Timestamp::from_millis(1_764_000_000_000),
            verdicts: vec![],
            capabilities: vec!["plain".into(), "columns".into(), "parts".into()],
            unresolved: vec![],
            rest_received: false,
            assignment: None,
            beacon: Some([9; 64].into()),
            taken: Some(Box::new(TakenParts {
                parts: 3,
                verdicts: vec![DocumentVerdict {
                    document: document(4),
                    verdicts: vec![Verdict::Blocked],
                }],
                unresolved: vec![document(5)],
            })),
            tables: None,
        }),
    );
}

#[test]
fn what_packs_add() {
    let mut request = sync_request(None);
    request
        .capabilities
        .extend(["columns", "packs"].map(String::from));
    request.packed = vec!["grid:putian-2".parse().unwrap()];
    golden("sync_request_packed", &request);
    let offer = PackOffer {
        scope: "grid:putian-1".parse().unwrap(),
        epoch: 2,
        seq: 1_700,
        sha256: Digest::from_bytes([9; 32]),
        length: 70_000,
    };
    golden("pack_offer", &offer);
    golden(
        "pack_segment",
        &PackSegment {
            batch: vec![1, 2, 3].into(),
        },
    );
    golden(
        "frame_end_packs",
        &Frame::End(EndFrame {
            blobs: vec![],
            more: false,
            packs: vec![offer],
            compared: None,
            refused: Vec::new(),
            tasks: Vec::new(),
        }),
    );
}

#[test]
fn comparisons() {
    let compared = |byte: u8| {
        let mut sum = ChangeSum::default();
        sum.add(&Digest::from_bytes([byte; 32]));
        let document = document(byte);
        ComparedDocument {
            document,
            sum: sum.of_document(&document),
        }
    };
    let held = vec![compared(4), compared(4 + 64)];
    let asking = |comparison| SyncRequest {
        comparison: Some(comparison),
        ..sync_request(None)
    };
    golden(
        "sync_request_buckets",
        &asking(Comparison::Buckets(bucket_sums(&held))),
    );
    let buckets = vec![4];
    golden(
        "sync_request_documents",
        &asking(Comparison::Documents { buckets, held }),
    );
    golden(
        "frame_end_compared",
        &Frame::End(EndFrame {
            blobs: vec![],
            more: false,
            packs: vec![],
            compared: Some(Compared {
                differ: vec![4, 63],
                wanted: vec![document(4)],
            }),
            refused: Vec::new(),
            tasks: Vec::new(),
        }),
    );
    golden(
        "frame_end_refused",
        &Frame::End(EndFrame {
            blobs: vec![],
            more: false,
            packs: vec![],
            compared: None,
            refused: vec![RefusedChanges {
                document: document(4),
                changes: vec![Digest::from_bytes([6; 32])],
            }],
            tasks: Vec::new(),
        }),
    );
}

#[test]
fn frames_of_a_round() {
    let verdicts = vec![
        Verdict::Received,
        Verdict::Quarantined {
            code: "not_party".into(),
            zh: "您不是参与方。".into(),
            en: "No party.".into(),
        },
        Verdict::Blocked,
        Verdict::NeedFrom(3),
    ];
    golden(
        "frame_head",
        &Frame::Head(HeadFrame {
            token: [1; 16].into(),
            epoch: 2,
            server_time: Timestamp::from_millis(1_764_000_000_000),
            verdicts: vec![DocumentVerdict {
                document: document(4),
                verdicts,
            }],
            capabilities: vec![],
            unresolved: vec![],
            rest_received: false,
            assignment: None,
            taken: None,
            beacon: None,
            tables: None,
        }),
    );
    golden(
        "frame_documents",
        &Frame::Documents(DocumentsFrame {
            documents: vec![DocumentChanges {
                document: document(4),
                changes: changes(),
            }],
            cursors: vec![("org:road-dept".parse().unwrap(), 9)],
            evicted: Vec::new(),
            left: Vec::new(),
        }),
    );
    let missing = vec![ByteRange { from: 0, to: 300 }];
    let sha256 = blob().sha256;
    golden(
        "frame_end",
        &Frame::End(EndFrame {
            blobs: vec![BlobAnswer { sha256, missing }],
            more: true,
            packs: vec![],
            compared: None,
            refused: Vec::new(),
            tasks: Vec::new(),
        }),
    );
    golden(
        "frame_end_tasks",
        &Frame::End(EndFrame {
            blobs: vec![],
            more: false,
            packs: vec![],
            compared: None,
            refused: Vec::new(),
            tasks: vec![OfferedTask {
                document: document(4),
                kind: TaskKind::Check,
                offered_at: Timestamp::from_millis(1_764_000_000_000),
                delivered_at: Timestamp::from_millis(1_764_000_060_000),
                due_at: Timestamp::from_millis(1_764_001_860_000),
            }],
        }),
    );
    golden(
        "frame_blob",
        &Frame::Blob(BlobAnswer {
            sha256,
            missing: Vec::new(),
        }),
    );
}

#[test]
fn frames_of_a_person_who_was_moved() {
    let person = enrolled();
    golden(
        "frame_head_assignment",
        &Frame::Head(HeadFrame {
            token: [1; 16].into(),
            epoch: 2,
            server_time: Timestamp::from_millis(1_764_000_000_000),
            verdicts: vec![],
            capabilities: vec!["plain".into(), "scopes".into()],
            unresolved: vec![],
            rest_received: false,
            assignment: Some(Box::new(Assignment {
                person: person.person,
                grids: person.grids,
            })),
            taken: None,
            beacon: None,
            tables: None,
        }),
    );
    golden(
        "frame_documents_left",
        &Frame::Documents(DocumentsFrame {
            documents: vec![],
            cursors: vec![],
            evicted: vec![document(4), document(5)],
            left: vec!["grid:putian-1".parse().unwrap()],
        }),
    );
    golden(
        "frame_columns_evicted",
        &Frame::Columns(ColumnsFrame {
            batch: vec![1, 2, 3].into(),
            cursors: vec![("org:road-dept".parse().unwrap(), 9)],
            evicted: vec![document(4)],
        }),
    );
}

#[test]
fn frames_that_stand_alone() {
    golden(
        "frame_superseded",
        &Frame::Superseded(SupersededFrame {
            installation: InstallationId::from_bytes([2; 16]),
            token: [1; 16].into(),
        }),
    );
    golden(
        "frame_refused",
        &Frame::Refused(RefusedFrame {
            code: "revoked".into(),
            zh: "此设备已停用。".into(),
            en: "This device was revoked.".into(),
        }),
    );
    golden("frame_enrolled", &Frame::Enrolled(Box::new(enrolled())));
}

#[test]
fn what_goes_between_devices() {
    let key = SoftwareKey::from_bytes(&[7; 32]).unwrap();
    let at = Timestamp::from_millis(1_764_000_000_000);
    let statement = CertificateStatement {
        installation: InstallationId::from_bytes([2; 16]),
        keys: vec![(*key.public_key().as_bytes()).into()],
        person: enrolled().person,
        predecessors: vec![InstallationId::from_bytes([3; 16])],
        issued_at: at,
        expires_at: at,
    };
    let certificate = Certificate::issue(&statement, &key);
    let carried = Carried {
        installation: InstallationId::from_bytes([2; 16]),
        made_at: at,
        document: PushedDocument {
            document: document(4),
            changes: changes(),
        },
    };
    let carriage = Carriage::sign(&carried, &key).unwrap();
    golden("certificate_statement", &statement);
    golden("carried", &carried);
    let work = Piece::Work(Work {
        certificate: certificate.clone(),
        carriages: vec![carriage],
    });
    golden("piece_work", &work);
    let photo = Piece::Photo(PhotoPart {
        blob: blob(),
        offset: 5,
        bytes: vec![6, 7].into(),
    });
    golden("piece_photo", &photo);
    let enrolled = EnrolledFrame {
        certificate: Some(Box::new(certificate.clone())),
        ..enrolled()
    };
    golden(
        "frame_enrolled_certified",
        &Frame::Enrolled(Box::new(enrolled)),
    );
    let proof = SharedMessage::Proof {
        certificate: certificate.clone(),
        signature: [5; 64].into(),
    };
    golden("shared_proof", &proof);
    let held = Held {
        document: document(4),
        names: vec![1; 16].into(),
    };
    golden("shared_holds", &SharedMessage::Holds(vec![held]));
    golden("shared_piece", &SharedMessage::Piece(vec![0, 1].into()));
    golden("shared_done", &SharedMessage::Done);
    golden("frame_certified", &Frame::Certified(Box::new(certificate)));
    let answer = |outcome, refused| {
        let piece = Digest::from_bytes([9; 32]);
        Frame::Carried(CarriedFrame {
            piece,
            outcome,
            refused,
        })
    };
    golden("frame_carried", &answer(CarriedOutcome::Taken, vec![]));
    golden(
        "frame_carried_waits",
        &answer(CarriedOutcome::Waits, vec![]),
    );
    let refused = RefusedFrame {
        code: "revoked".into(),
        zh: "此设备已停用。".into(),
        en: "This device was revoked.".into(),
    };
    let changes = RefusedChanges {
        document: document(4),
        changes: vec![Digest::from_bytes([8; 32])],
    };
    golden(
        "frame_carried_refused",
        &answer(CarriedOutcome::Refused(refused), vec![changes]),
    );
}

#[test]
fn receipts() {
    let place = (document(4), IntentId::from_bytes([6; 15]));
    let asked = ReceiptsRequest {
        records: vec![AskedRecord {
            document: place.0,
            intent: place.1,
            original: Some(Digest::from_bytes([9; 32])),
        }],
        seen: Some(1_207),
    };
    golden("receipts_request", &asked);
    let frame = ReceiptsFrame {
        checkpoint: "xunge-log/00\n".into(),
        receipts: vec![RecordReceipt {
            document: place.0,
            intent: place.1,
            receipt: Receipt {
                entry: vec![0x86, 0x01].into(),
                proof: vec![Digest::from_bytes([8; 32])],
            },
            stored_at: Some(Timestamp::from_millis(1_751_252_400_000)),
        }],
        consistency: vec![Digest::from_bytes([7; 32])],
        backed_up_until: Some(Timestamp::from_millis(1_751_252_500_000)),
    };
    golden("frame_receipts", &Frame::Receipts(Box::new(frame)));
}

#[test]
fn personal_data() {
    let record = |content| PrivateRecord {
        id: PrivateRecordId::from_bytes([1; 16]),
        case: document(4),
        subject: SubjectId::from_bytes([2; 16]),
        number: 1,
        kind: PrivateKind::Phone,
        content,
        made_at: Timestamp::from_millis(1_751_252_400_000),
        author: "worker-putian".parse().unwrap(),
    };
    let text = record(PrivateContent::Text("13800000000".into()));
    let voice = PrivateRecord {
        kind: PrivateKind::VoiceNote,
        ..record(PrivateContent::Voice(vec![7, 8]))
    };
    let records = vec![text, voice];
    golden("private_request", &PrivateRequest { records });
    let answer = |outcome| PrivateAnswer {
        record: PrivateRecordId::from_bytes([1; 16]),
        outcome,
    };
    let refused = RefusedFrame {
        code: "subject_erased".into(),
        zh: "已删除".into(),
        en: "erased".into(),
    };
    let answers = vec![
        answer(PrivateOutcome::Kept),
        answer(PrivateOutcome::Waits),
        answer(PrivateOutcome::Refused(refused)),
    ];
    let frame = PrivateKeptFrame { answers };
    golden("frame_private_kept", &Frame::PrivateKept(frame));
}

#[test]
fn tables_and_what_differs() {
    let request = TablesRequest {
        duty_grids: vec!["putian-1".parse().unwrap()],
        held: vec![HeldTable {
            kind: TableKind::Components,
            edition: "2026-1".into(),
            digest: [7; 16].into(),
        }],
        capabilities: Vec::new(),
    };
    golden("tables_request", &request);
    let request = TablesRequest {
        capabilities: vec![HOURS.into()],
        ..request
    };
    golden("tables_request_of_a_later_device", &request);
    let component = Component {
        code: "4101040103000001".parse().unwrap(),
        layout: CodeLayout::SixTwoTwoSix,
        class: "10103".into(),
        name: "部件".into(),
        point: Point::from_degrees(113.78, 34.75).unwrap(),
        unit_grid: "410104101001001".parse().unwrap(),
        owner: "water".parse().unwrap(),
        maintainer: "crew".parse().unwrap(),
        state: ComponentState::Damaged,
        accuracy: AccuracyClass::B,
    };
    let rows = vec![ExtractRow {
        key: component.code.to_string(),
        content: minicbor::to_vec(&component).unwrap().into(),
    }];
    let delta = |kind, whole, too_large| TableDelta {
        kind,
        edition: "2026-2".into(),
        effective_date: "2026-07-01".into(),
        sample: true,
        whole,
        digest: table_digest(&rows),
        put: rows.clone(),
        removed: vec!["4101040103000002".into()],
        too_large,
    };
    let frame = TablesFrame {
        mark: Some([9; 8].into()),
        tables: vec![
            delta(TableKind::Components, false, false),
            delta(TableKind::Phrases, true, true),
        ],
        base_map: None,
    };
    golden("frame_tables", &Frame::Tables(Box::new(frame)));
    let rest = TablesFrame {
        mark: None,
        tables: Vec::new(),
        base_map: None,
    };
    golden("frame_tables_more", &Frame::Tables(Box::new(rest)));
}

fn enrolled() -> EnrolledFrame {
    let corner = |longitude, latitude| Point::from_degrees(longitude, latitude).unwrap();
    let beat: xunge_domain::ids::DutyGridId = "putian-1".parse().unwrap();
    EnrolledFrame {
        server_key: [3; 33].into(),
        installation: InstallationId::from_bytes([2; 16]),
        token: [1; 16].into(),
        epoch: 2,
        person: Person {
            id: "worker-putian".parse().unwrap(),
            name: "网格员".into(),
            roles: vec![Role::GridWorker, Role::Admin],
            organisation: Some("road-dept".parse().unwrap()),
            duty_grids: vec![beat.clone()],
        },
        scopes: vec!["grid:putian-1".parse().unwrap()],
        classes: ClassTable {
            edition: "sample".into(),
            effective_date: "2026-01-01".into(),
            sample: true,
            classes: vec![MinorClass {
                self_handled: None,
                duplicates: None,
                code: "20101".into(),
                id: "road_damage".into(),
                kind: ClassKind::Event,
                major_zh: "街面".into(),
                zh: "路面破损".into(),
                en: "Road damage".into(),
                conditions: vec![FilingCondition {
                    code: "1".into(),
                    zh: "破损".into(),
                    limit: Limit {
                        number: 2,
                        unit: LimitUnit::WorkDay,
                    },
                }],
            }],
        },
        grids: vec![UnitGrid {
            code: UnitGridCode::from_parts(410_105, 1, 2, 3).unwrap(),
            name: "一号院".into(),
            duty_grid: beat,
            corners: vec![
                corner(113.5, 34.5),
                corner(113.6, 34.5),
                corner(113.6, 34.6),
            ],
        }],
        organisations: vec![Organisation {
            id: "road-dept".parse().unwrap(),
            name: "道路管理处".into(),
            parent: None,
            party: None,
        }],
        capabilities: vec![],
        recovery_key: None,
        certificate: None,
        tables: None,
    }
}

#[test]
fn what_is_no_message_of_ours_is_refused() {
    let frame = |hex: &str| unpack::<Frame>(&packed(&HEXLOWER.decode(hex.as_bytes()).unwrap()));
    // [4, [["x", "", ""]]] is a refusal.
    assert!(frame("8204818361786060").is_ok());
    // Tags that no frame has, as a number and as a text.
    assert!(frame("8208818361786060").is_err());
    assert!(frame("820c8180").is_err());
    assert!(frame("8261348180").is_err());
    // A map instead of an array, and no container at all.
    assert!(frame("a1048183617860").is_err());
    assert!(frame("04").is_err());

    // [6, [[digest, []]]] with digests of 31, 32 and 33 bytes.
    let blob = |length: usize| {
        let digest = [&[0x58, length as u8][..], &vec![7; length]].concat();
        [&[0x82, 6, 0x81, 0x82][..], &digest, &[0x80]].concat()
    };
    let read = |length| unpack::<Frame>(&packed(&blob(length)));
    assert!(read(31).is_err());
    assert!(read(32).is_ok());
    assert!(read(33).is_err());

    // An unknown verdict.
    let mut head = minicbor::to_vec(Verdict::NeedFrom(3)).unwrap();
    assert!(unpack::<Verdict>(&packed(&head)).is_ok());
    head[1] = 4;
    assert!(unpack::<Verdict>(&packed(&head)).is_err());
}

/// What a later version adds at the end of a message is passed over by today's.
#[test]
fn fields_of_a_later_version_are_passed_over() {
    let refused = |hex: &str| unpack::<Frame>(&packed(&HEXLOWER.decode(hex.as_bytes()).unwrap()));
    assert_eq!(
        refused("820481846178606001").unwrap(),
        refused("8204818361786060").unwrap()
    );
}
