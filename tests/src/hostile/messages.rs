//! The plain wire: requests, enrolments, frames and signed answers.

use std::sync::OnceLock;

use minicbor::bytes::ByteVec;
use xunge_domain::class::ClassTable;
use xunge_domain::grid::{UnitGrid, UnitGridCode};
use xunge_domain::ids::Digest;
use xunge_domain::person::{Organisation, Person, Role};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::name_of;
use xunge_sync::keys::{Signer as _, SoftwareKey};
use xunge_sync::wire::{
    BlobAnswer, ByteRange, ColumnPush, ColumnsFrame, Compared, ComparedDocument, Comparison,
    DocumentChanges, DocumentVerdict, DocumentsFrame, EndFrame, Ending, EnrolRequest,
    EnrolledFrame, Frame, FrameReader, FrameWriter, HeadFrame, Nonce, Origin, PackError, PackOffer,
    PartReader, Piece, Push, PushedChange, PushedDocument, REQUEST_BYTES_MAX, RefusedChanges,
    RefusedFrame, SupersededFrame, SyncRequest, TakenParts, Verdict as ChangeVerdict, bucket,
    bucket_sums, in_parts, pack, spoken, unpack,
};

use super::history;
use super::spoil::{pick, place, spoil};
use super::stored::{stored, unstored};
use super::target::Verdict;
use crate::proxy::SplitMix;

const NONCE: Nonce = [5; 16];
const REQUEST: u8 = 0;
const ENROLMENT: u8 = 1;
const FRAME: u8 = 2;
/// A request and its push in parts.
const PARTED: u8 = 3;
const CLASSES: &str = r#"{"edition":"test","effective_date":"2025-01-01","sample":true,"classes":[{
    "code":"20115","id":"road_damage","kind":"event","major_zh":"市容环境","zh":"路面破损","en":"Road damage",
    "conditions":[{"code":"1","zh":"破损","limit":{"number":7,"unit":"work_day"}}]}]}"#;

/// Reads a body as the hub or the device does before it knows anything else about it.
pub(super) fn run(bytes: &[u8]) -> Verdict {
    let Some((which, body)) = bytes.split_first() else {
        return Verdict::Refused;
    };
    match which % 4 {
        REQUEST => {
            let request = unpack::<SyncRequest>(body);
            if let Ok(SyncRequest {
                push: Some(push), ..
            }) = &request
            {
                // The hub names every change before it looks at the signature.
                let changes = push.documents.iter().flat_map(|pushed| &pushed.changes);
                for change in changes {
                    std::hint::black_box(name_of(&change.bytes));
                }
            }
            said(&request)
        }
        ENROLMENT => said(&unpack::<EnrolRequest>(body)),
        FRAME => said(&unpack::<Frame>(body)),
        _ => parted(body),
    }
}

/// Reads a body in parts as the hub does, up to what is made of the parts' batches.
fn parted(body: &[u8]) -> Verdict {
    let mut reader = PartReader::new(REQUEST_BYTES_MAX);
    if reader.feed(body).is_err() {
        return Verdict::Refused;
    }
    let mut messages = 0;
    while let Ok(Some(piece)) = reader.next_piece() {
        let read = match piece {
            Piece::End => return Verdict::Accepted,
            Piece::Message(request) if messages == 0 => said(&unpack::<SyncRequest>(&request)),
            Piece::Message(part) => said(&unpack::<ColumnPush>(&part)),
        };
        if !matches!(read, Verdict::Accepted) {
            return read;
        }
        messages += 1;
    }
    Verdict::Refused
}

fn said<Message>(result: &Result<Message, PackError>) -> Verdict {
    Verdict::of(result)
}

/// Reads a signed answer.
pub(super) fn run_frames(bytes: &[u8]) -> Verdict {
    let reading = FrameReader::new(key().public_key(), NONCE).read(bytes);
    if reading.ending == Ending::Complete {
        Verdict::Accepted
    } else {
        Verdict::Refused
    }
}

#[expect(clippy::expect_used, reason = "the secret is right here")]
fn key() -> &'static SoftwareKey {
    static KEY: OnceLock<SoftwareKey> = OnceLock::new();
    KEY.get_or_init(|| SoftwareKey::from_bytes(&[7; 32]).expect("a key"))
}

pub(super) fn someone() -> Person {
    Person {
        id: history::person(),
        name: "王巡检".into(),
        roles: Role::ALL.to_vec(),
        organisation: Some(history::organisation()),
        duty_grids: "putian-1".parse().into_iter().collect(),
    }
}

pub(super) fn body() -> Organisation {
    Organisation {
        id: history::organisation(),
        name: "市政养护".into(),
        parent: None,
        party: None,
    }
}

#[expect(clippy::expect_used, reason = "the texts are right here")]
pub(super) fn unit_grid() -> UnitGrid {
    let corner = |text: &str| text.parse().expect("a point");
    UnitGrid {
        code: UnitGridCode::from_parts(410_104, 101, 1, 1).expect("a code"),
        name: "格1".into(),
        duty_grid: "putian-1".parse().expect("a duty grid"),
        corners: ["113.78,34.75", "113.79,34.75", "113.79,34.76"]
            .map(corner)
            .to_vec(),
    }
}

#[expect(clippy::expect_used, reason = "the text is right here")]
pub(super) fn classes() -> ClassTable {
    serde_json::from_str(CLASSES).expect("a class table")
}

fn changes() -> Vec<PushedChange> {
    let signed = |number: usize| number.is_multiple_of(3).then(|| [3; 64].into());
    let steps = history::steps().iter().enumerate();
    steps
        .take(12)
        .map(|(number, step)| PushedChange {
            bytes: step.raw.clone().into(),
            signature: signed(number),
        })
        .collect()
}

fn request() -> SyncRequest {
    SyncRequest {
        nonce: NONCE.into(),
        capabilities: spoken(),
        epoch: 1,
        cursors: Scope::of(&someone()).into_iter().zip(7..).collect(),
        push: Some(Push {
            origin: Origin {
                installation: history::installation(1),
                signature: [3; 64].into(),
            },
            documents: vec![PushedDocument {
                document: history::document_id(0),
                changes: changes(),
            }],
        }),
        offers: history::photo().cited().collect(),
        device_time: Timestamp::from_millis(1_764_000_000_000),
        columns: None,
        resumes: Some(NONCE.into()),
        packed: Scope::of(&someone()),
        comparison: None,
    }
}

fn enrolment() -> EnrolRequest {
    EnrolRequest {
        nonce: NONCE.into(),
        secret: [1; 16].into(),
        public_key: (*key().public_key().as_bytes()).into(),
        capabilities: spoken(),
        former: Vec::new(),
    }
}

fn blob() -> BlobAnswer {
    BlobAnswer {
        sha256: Digest::of(b"original"),
        missing: vec![ByteRange { from: 0, to: 9_000 }],
    }
}

fn frames() -> Vec<Frame> {
    let verdicts = vec![
        ChangeVerdict::Received,
        ChangeVerdict::Blocked,
        ChangeVerdict::NeedFrom(3),
        ChangeVerdict::Quarantined {
            code: "guard_time".into(),
            zh: "时间不对".into(),
            en: "time".into(),
        },
    ];
    vec![
        Frame::Head(HeadFrame {
            token: [4; 16].into(),
            epoch: 1,
            server_time: Timestamp::from_millis(1_764_000_000_000),
            verdicts: vec![DocumentVerdict {
                document: history::document_id(0),
                verdicts,
            }],
            capabilities: spoken(),
            unresolved: vec![history::document_id(1)],
            rest_received: true,
            assignment: None,
            beacon: Some([9; 64].into()),
            taken: Some(Box::new(TakenParts {
                parts: 2,
                verdicts: Vec::new(),
                unresolved: vec![history::document_id(2)],
            })),
            tables: None,
        }),
        Frame::Documents(DocumentsFrame {
            documents: vec![DocumentChanges {
                document: history::document_id(1),
                changes: changes(),
            }],
            cursors: Scope::of(&someone()).into_iter().zip(9..).collect(),
            evicted: Vec::new(),
            left: Vec::new(),
        }),
        Frame::Superseded(SupersededFrame {
            installation: history::installation(2),
            token: [6; 16].into(),
        }),
        Frame::Refused(RefusedFrame {
            code: "revoked".into(),
            zh: "设备已停用".into(),
            en: "revoked".into(),
        }),
        Frame::Enrolled(Box::new(EnrolledFrame {
            server_key: (*key().public_key().as_bytes()).into(),
            installation: history::installation(3),
            token: [6; 16].into(),
            epoch: 1,
            person: someone(),
            scopes: Scope::of(&someone()),
            classes: classes(),
            grids: vec![unit_grid()],
            organisations: vec![body()],
            capabilities: spoken(),
            recovery_key: Some([3; 33].into()),
            certificate: None,
            tables: None,
        })),
        Frame::Blob(blob()),
        Frame::End(EndFrame {
            blobs: vec![blob()],
            more: false,
            packs: Scope::of(&someone()).into_iter().map(offer).collect(),
            compared: Some(Compared {
                differ: vec![7, 63],
                wanted: vec![history::document_id(0)],
            }),
            refused: vec![RefusedChanges {
                document: history::document_id(0),
                changes: vec![Digest::of(b"of somebody else")],
            }],
            tasks: Vec::new(),
        }),
        Frame::Columns(ColumnsFrame {
            batch: batch(),
            cursors: Scope::of(&someone()).into_iter().zip(9..).collect(),
            evicted: Vec::new(),
        }),
    ]
}

fn offer(scope: Scope) -> PackOffer {
    PackOffer {
        scope,
        epoch: 1,
        seq: 9,
        sha256: Digest::of(b"pack"),
        length: 70_000,
    }
}

fn part() -> ColumnPush {
    ColumnPush {
        origin: Origin {
            installation: history::installation(1),
            signature: [3; 64].into(),
        },
        batch: batch(),
        agreed: vec![Digest::of(b"a case")],
    }
}

fn batch() -> ByteVec {
    super::columns::samples().swap_remove(0).into()
}

/// Honest bodies: packed as the product packs them, the first byte naming the message.
pub(super) fn samples() -> Vec<Vec<u8>> {
    let named = |which: u8, packed: Vec<u8>| [vec![which], packed].concat();
    let mut samples = vec![
        named(REQUEST, pack(&request())),
        named(ENROLMENT, pack(&enrolment())),
    ];
    let columns = SyncRequest {
        push: None,
        columns: Some(part()),
        ..request()
    };
    let compared = ComparedDocument {
        document: history::document_id(0),
        sum: [5; 8].into(),
    };
    let comparisons = [
        Comparison::Buckets(bucket_sums(&[compared])),
        Comparison::Documents {
            buckets: vec![bucket(&compared.document)],
            held: vec![compared],
        },
    ];
    samples.extend(comparisons.map(|comparison| {
        let asking = SyncRequest {
            push: None,
            comparison: Some(comparison),
            ..request()
        };
        named(REQUEST, pack(&asking))
    }));
    let alone = SyncRequest {
        push: None,
        ..request()
    };
    let parts = [pack(&part()), pack(&part())];
    let body = in_parts(&pack(&alone), parts.iter().map(Vec::as_slice));
    samples.extend(frames().iter().map(|frame| named(FRAME, pack(frame))));
    samples.push(named(REQUEST, pack(&columns)));
    samples.push(named(PARTED, body));
    samples
}

/// Honest answers, signed.
pub(super) fn answers() -> Vec<Vec<u8>> {
    let frames = frames();
    let whole: Vec<&Frame> = [0, 1, 7, 6]
        .into_iter()
        .filter_map(|at| frames.get(at))
        .collect();
    let alone = frames.iter().skip(2);
    let alone = alone.filter(|frame| !matches!(frame, Frame::Columns(_)));
    let alone = alone.map(|frame| vec![frame]);
    alone
        .chain([whole])
        .map(|frames| {
            let mut writer = FrameWriter::new(key(), NONCE);
            frames.into_iter().for_each(|frame| writer.push(frame));
            writer.finish()
        })
        .collect()
}

/// The same bodies, taken out of their compression once.
pub(super) fn plain(samples: &[Vec<u8>]) -> Vec<(u8, Vec<u8>)> {
    samples
        .iter()
        .filter_map(|sample| sample.split_first())
        .map(|(which, packed)| match *which {
            // A part of it: a body in parts is not compressed as a whole.
            PARTED => (PARTED, unstored(&pack(&part()))),
            which => (which, unstored(packed)),
        })
        .collect()
}

/// A body spoiled under its compression, or in it.
pub(super) fn spoiled(
    samples: &[Vec<u8>],
    plain: &[(u8, Vec<u8>)],
    random: &mut SplitMix,
) -> Vec<u8> {
    if random.below(8) == 0 {
        let (Some(sample), Some(other)) = (pick(random, samples), pick(random, samples)) else {
            return Vec::new();
        };
        let mut packed = sample[1..].to_vec();
        spoil(&mut packed, other, random);
        packed.insert(0, sample[0]);
        return packed;
    }
    let (which, bytes) = spoiled_plain(plain, random);
    let honest = samples.first().map(|sample| &sample[1..]);
    let body = match honest.filter(|_| which == PARTED) {
        Some(request) => in_parts(request, [stored(&bytes).as_slice()]),
        None => stored(&bytes),
    };
    [vec![which], body].concat()
}

fn spoiled_plain(plain: &[(u8, Vec<u8>)], random: &mut SplitMix) -> (u8, Vec<u8>) {
    let at = place(random, plain.len());
    let (Some((which, sample)), Some((_, other))) = (plain.get(at), pick(random, plain)) else {
        return (0, Vec::new());
    };
    let mut bytes = sample.clone();
    spoil(&mut bytes, other, random);
    (*which, bytes)
}

/// An answer whose frames are spoiled and then signed, or cut and mixed afterwards.
pub(super) fn spoiled_answer(
    answers: &[Vec<u8>],
    plain: &[(u8, Vec<u8>)],
    random: &mut SplitMix,
) -> Vec<u8> {
    if random.below(2) == 0 {
        let (Some(answer), Some(other)) = (pick(random, answers), pick(random, answers)) else {
            return Vec::new();
        };
        let mut bytes = answer.clone();
        spoil(&mut bytes, other, random);
        return bytes;
    }
    let (_, bytes) = spoiled_plain(plain, random);
    signed(&stored(&bytes))
}

/// One frame around any payload, signed as the hub signs its first one.
fn signed(payload: &[u8]) -> Vec<u8> {
    let message = [
        b"xunge frame".as_slice(),
        &NONCE,
        &0_u32.to_be_bytes(),
        payload,
    ]
    .concat();
    let signature = key().sign_now(&message);
    let length = (payload.len() as u32).to_be_bytes();
    [length.as_slice(), payload, &signature].concat()
}
