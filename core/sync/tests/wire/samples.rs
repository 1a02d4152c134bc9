//! One of each message, with every field that can be there.

use minicbor::Encode;
use xunge_domain::case::BlobReference;
use xunge_domain::class::{ClassKind, ClassTable, FilingCondition, Limit, LimitUnit, MinorClass};
use xunge_domain::grid::{UnitGrid, UnitGridCode};
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::person::{Organisation, Person, Role};
use xunge_domain::time::Timestamp;
use xunge_sync::wire::{
    BUCKETS, BlobAnswer, ByteRange, ColumnPush, ColumnsFrame, Compared, Comparison,
    DocumentChanges, DocumentVerdict, DocumentsFrame, EndFrame, EnrolRequest, EnrolledFrame, Frame,
    HeadFrame, Origin, PackOffer, Push, PushedChange, PushedDocument, RefusedChanges, RefusedFrame,
    SupersededFrame, SyncRequest, TakenParts, Verdict,
};

const NOW: Timestamp = Timestamp::from_millis(1_751_252_400_000);
const CASE: DocumentId = DocumentId::from_bytes([9; 16]);
pub(crate) const INSTALLATION: InstallationId = InstallationId::from_bytes([1; 16]);

pub(crate) fn enrol_request() -> EnrolRequest {
    EnrolRequest {
        nonce: [1; 16].into(),
        secret: [2; 16].into(),
        public_key: [3; 33].into(),
        capabilities: vec!["plain".into()],
        former: Vec::new(),
    }
}

fn pushed() -> Vec<PushedChange> {
    vec![
        PushedChange {
            bytes: vec![0x85, 0x6f, 0x4a, 0x83].into(),
            signature: None,
        },
        PushedChange {
            bytes: vec![0x85].into(),
            signature: Some([5; 64].into()),
        },
    ]
}

pub(crate) fn sync_request() -> SyncRequest {
    SyncRequest {
        nonce: [1; 16].into(),
        capabilities: vec!["plain".into()],
        epoch: 2,
        cursors: vec![
            ("grid:putian-1".parse().unwrap(), 7),
            ("person:worker-putian".parse().unwrap(), 300),
        ],
        push: Some(Push {
            origin: Origin {
                installation: INSTALLATION,
                signature: [4; 64].into(),
            },
            documents: vec![PushedDocument {
                document: CASE,
                changes: pushed(),
            }],
        }),
        offers: vec![BlobReference {
            sha256: Digest::from_bytes([6; 32]),
            length: 65_536,
        }],
        device_time: NOW,
        columns: Some(ColumnPush {
            origin: Origin {
                installation: INSTALLATION,
                signature: [4; 64].into(),
            },
            batch: vec![1, 0, 7].into(),
            agreed: vec![Digest::from_bytes([5; 32])],
        }),
        resumes: Some([8; 16].into()),
        packed: vec!["grid:putian-2".parse().unwrap()],
        comparison: Some(Comparison::Buckets(vec![[5; 8].into(); BUCKETS])),
    }
}

fn head() -> Frame {
    Frame::Head(HeadFrame {
        token: [7; 16].into(),
        epoch: 2,
        server_time: NOW,
        verdicts: vec![DocumentVerdict {
            document: CASE,
            verdicts: vec![
                Verdict::Received,
                Verdict::Quarantined {
                    code: "wrong_form".into(),
                    zh: "过长".into(),
                    en: "too long".into(),
                },
                Verdict::Blocked,
                Verdict::NeedFrom(3),
            ],
        }],
        capabilities: vec!["plain".into(), "columns".into()],
        unresolved: vec![CASE],
        rest_received: true,
        assignment: None,
        beacon: Some([9; 64].into()),
        taken: Some(Box::new(TakenParts {
            parts: 2,
            verdicts: vec![],
            unresolved: vec![CASE],
        })),
        tables: None,
    })
}

fn blob_answer() -> BlobAnswer {
    BlobAnswer {
        sha256: Digest::from_bytes([6; 32]),
        missing: vec![ByteRange {
            from: 4096,
            to: 65_536,
        }],
    }
}

fn enrolled() -> Frame {
    let class = MinorClass {
        self_handled: None,
        duplicates: None,
        code: "20115".into(),
        id: "road_damage".into(),
        kind: ClassKind::Event,
        major_zh: "市容环境".into(),
        zh: "路面破损".into(),
        en: "Road damage".into(),
        conditions: vec![FilingCondition {
            code: "1".into(),
            zh: "破损".into(),
            limit: Limit {
                number: 7,
                unit: LimitUnit::WorkDay,
            },
        }],
    };
    let corner = |text: &str| text.parse().unwrap();
    Frame::Enrolled(Box::new(EnrolledFrame {
        server_key: [8; 33].into(),
        installation: INSTALLATION,
        token: [7; 16].into(),
        epoch: 2,
        person: Person {
            id: "worker-putian".parse().unwrap(),
            name: "普田网格员".into(),
            roles: vec![Role::GridWorker],
            organisation: Some("putian-community".parse().unwrap()),
            duty_grids: vec!["putian-1".parse().unwrap()],
        },
        scopes: vec!["grid:putian-1".parse().unwrap()],
        classes: ClassTable {
            edition: "sample".into(),
            effective_date: "2025-01-01".into(),
            sample: true,
            classes: vec![class],
        },
        grids: vec![UnitGrid {
            code: UnitGridCode::from_parts(410_104, 101, 1, 1).unwrap(),
            name: "格1".into(),
            duty_grid: "putian-1".parse().unwrap(),
            corners: ["113.78,34.75", "113.79,34.75", "113.79,34.76"]
                .map(corner)
                .to_vec(),
        }],
        organisations: vec![Organisation {
            id: "putian-community".parse().unwrap(),
            name: "普田社区".into(),
            parent: None,
            party: None,
        }],
        capabilities: vec!["plain".into(), "columns".into()],
        recovery_key: Some([3; 33].into()),
        certificate: None,
        tables: None,
    }))
}

/// Every kind of frame, with a name for messages.
pub(crate) fn frames() -> Vec<(&'static str, Frame)> {
    let documents = Frame::Documents(DocumentsFrame {
        documents: vec![DocumentChanges {
            document: CASE,
            changes: pushed(),
        }],
        cursors: vec![("grid:putian-1".parse().unwrap(), 8)],
        evicted: Vec::new(),
        left: Vec::new(),
    });
    let columns = Frame::Columns(ColumnsFrame {
        batch: vec![1, 0, 7].into(),
        cursors: vec![("grid:putian-1".parse().unwrap(), 9)],
        evicted: Vec::new(),
    });
    let end = Frame::End(EndFrame {
        blobs: vec![blob_answer()],
        more: true,
        packs: vec![PackOffer {
            scope: "grid:putian-1".parse().unwrap(),
            epoch: 2,
            seq: 9,
            sha256: Digest::from_bytes([8; 32]),
            length: 70_000,
        }],
        compared: Some(Compared {
            differ: vec![6],
            wanted: vec![CASE],
        }),
        refused: vec![RefusedChanges {
            document: CASE,
            changes: vec![Digest::from_bytes([3; 32])],
        }],
        tasks: Vec::new(),
    });
    let superseded = Frame::Superseded(SupersededFrame {
        installation: INSTALLATION,
        token: [7; 16].into(),
    });
    let refused = Frame::Refused(RefusedFrame {
        code: "device_revoked".into(),
        zh: "此设备已停用。".into(),
        en: "This device was revoked.".into(),
    });
    vec![
        ("frame_head", head()),
        ("frame_documents", documents),
        ("frame_end", end),
        ("frame_superseded", superseded),
        ("frame_refused", refused),
        ("frame_enrolled", enrolled()),
        ("frame_blob", Frame::Blob(blob_answer())),
        ("frame_columns", columns),
    ]
}

/// The message before compression.
pub(crate) fn encoded(message: &impl Encode<()>) -> Vec<u8> {
    minicbor::to_vec(message).unwrap()
}
