//! Photos: offered first, then sent gap by gap, text before them.

use std::collections::BTreeMap;

use proptest::prelude::{Strategy, any, prop};
use proptest::{prop_assert, prop_assert_eq, proptest};
use xunge_domain::case::BlobReference;
use xunge_domain::ids::Digest;
use xunge_sync::device::{Effect, HttpAnswer, Method, Outlook, Step};
use xunge_sync::wire::{
    BlobAnswer, ByteRange, CHUNK_BYTES_MAX, Frame, NONCE_HEADER, SyncRequest, missing_from, unpack,
};

use crate::desk::{Desk, answered, blob, body, commits, documents, end, head, missing, uploads};

const fn range(from: u64, to: u64) -> ByteRange {
    ByteRange { from, to }
}

fn is_sync(step: &Step) -> bool {
    matches!(step, Step::Sync { .. })
}

#[test]
fn a_chunk_says_which_bytes_it_carries() {
    let mut desk = Desk::new();
    let photo = blob(1, 300_000);
    let request = desk.chunk(&photo, range(10, 20));
    assert_eq!(request.method, Method::Put);
    assert_eq!(request.path, format!("/api/blobs/{}", "01".repeat(32)));
    let header = |name: &str| {
        let found = request.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.clone())
    };
    assert_eq!(header("content-range").unwrap(), "bytes 10-19/300000");
    assert_eq!(header(NONCE_HEADER).unwrap().len(), 32);
    assert_eq!(request.body.len(), 10);
}

#[test]
fn after_a_cut_upload_the_hub_is_asked_what_arrived() {
    let photo = blob(1, 100);
    let outlook = uploads(&[photo]);
    for answer in [
        HttpAnswer::Unreachable,
        answered(502, vec![]),
        answered(200, b"<html>".to_vec()),
        answered(200, vec![0, 0, 0]),
    ] {
        let mut desk = Desk::new();
        desk.sync_with(&[], &outlook);
        desk.answer(&[head(vec![]), end(vec![missing(&photo, &[(0, 100)])], false)]);
        desk.chunk(&photo, range(0, 100));
        let effects = desk.machine.on_answer(answer);
        assert!(matches!(effects[..], [Effect::Retry { .. }]));
        assert!(is_sync(&desk.step(&outlook)));
    }
}

#[test]
fn at_most_sixteen_blobs_are_offered_at_once_and_the_rest_gets_its_turn() {
    let all: Vec<BlobReference> = (0..40).map(|number| blob(number, 10)).collect();
    let mut left = all;
    let mut desk = Desk::new();
    let mut requests = 0;
    while let Step::Sync { .. } = desk.step(&uploads(&left)) {
        requests += 1;
        let request = desk.sync_with(&[], &uploads(&left));
        let message: SyncRequest = unpack(&request.body).unwrap();
        assert!(message.offers.len() <= 16);
        let stored = message
            .offers
            .iter()
            .map(|offer| missing(offer, &[]))
            .collect();
        let effects = desk.answer(&[head(vec![]), end(stored, false)]);
        let receipts: Vec<Digest> = commits(&effects)
            .iter()
            .flat_map(|commit| commit.blobs.iter().map(|blob| blob.sha256))
            .collect();
        left.retain(|blob| !receipts.contains(&blob.sha256));
    }
    assert_eq!((requests, left.len()), (3, 0));
}

/// What the link does with one request.
#[derive(Debug, Clone)]
enum Fate {
    Whole,
    CutAt(usize),
    Lost,
    Portal,
    Trouble,
    /// The bytes arrive up to here, the answer does not.
    Half(u64),
}

fn fate() -> impl Strategy<Value = Fate> {
    let plain = prop::sample::select(vec![Fate::Whole, Fate::Lost, Fate::Portal, Fate::Trouble]);
    proptest::prop_oneof![
        4 => plain,
        1 => any::<usize>().prop_map(Fate::CutAt),
        1 => any::<u64>().prop_map(Fate::Half),
    ]
}

/// A hub that holds the ranges that came.
#[derive(Default)]
struct Shelf(BTreeMap<Digest, Vec<ByteRange>>);

impl Shelf {
    fn answer(&self, blob: &BlobReference) -> BlobAnswer {
        let present = self.0.get(&blob.sha256).map_or(&[][..], Vec::as_slice);
        BlobAnswer {
            sha256: blob.sha256,
            missing: missing_from(present, blob.length),
        }
    }

    fn store(&mut self, blob: &BlobReference, range: ByteRange) {
        let ranges = self.0.entry(blob.sha256).or_default();
        ranges.push(range);
        ranges.sort_by_key(|range| range.from);
    }
}

fn delivered(desk: &Desk, frames: &[Frame], fate: &Fate) -> HttpAnswer {
    let body = body(desk.nonce, frames);
    match fate {
        Fate::Whole => answered(200, body),
        Fate::CutAt(place) => answered(200, body[..place % body.len()].to_vec()),
        Fate::Lost | Fate::Half(_) => HttpAnswer::Unreachable,
        Fate::Portal => answered(200, b"<html>login</html>".to_vec()),
        Fate::Trouble => answered(503, body),
    }
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever the link does, no byte is sent that the hub did not say is missing, and once the link is good
    /// everything arrives in as many requests as there are chunks, and two more.
    #[test]
    fn any_link_ends_with_every_photo_stored(fates in prop::collection::vec(fate(), 0..40)) {
        let photos = [blob(1, 20_000), blob(2, 700_000), blob(3, 0), blob(4, 262_145)];
        let mut left: Vec<BlobReference> = photos.to_vec();
        let (mut desk, mut shelf) = (Desk::new(), Shelf::default());
        let mut told: BTreeMap<Digest, Vec<ByteRange>> = BTreeMap::new();
        let mut fates = fates.into_iter();
        let mut good = 0;
        loop {
            let fate = fates.next().unwrap_or_else(|| { good += 1; Fate::Whole });
            prop_assert!(good < 12, "the link is good and it does not come to an end");
            let outlook: Outlook = uploads(&left);
            let frames = match desk.step(&outlook) {
                Step::Done => break,
                Step::Pack(_) | Step::Compare { .. } | Step::Errand(_) | Step::BaseMap(_) => unreachable!("none was on offer or due"),
                Step::Sync { .. } => {
                    let request = desk.sync_with(&[], &outlook);
                    let message: SyncRequest = unpack(&request.body).unwrap();
                    let answers: Vec<BlobAnswer> =
                        message.offers.iter().map(|offer| shelf.answer(offer)).collect();
                    for answer in &answers {
                        told.insert(answer.sha256, answer.missing.clone());
                    }
                    vec![head(vec![]), documents(1), end(answers, false)]
                }
                Step::Chunk { blob, range } => {
                    prop_assert!(range.length() > 0 && range.length() <= CHUNK_BYTES_MAX);
                    let within = |gap: &ByteRange| gap.from <= range.from && range.to <= gap.to;
                    prop_assert!(told.get(&blob.sha256).is_some_and(|gaps| gaps.iter().any(within)));
                    desk.chunk(&blob, range);
                    let arrived = match fate {
                        Fate::Whole | Fate::CutAt(_) => range.to,
                        Fate::Half(bytes) => range.from + bytes % range.length(),
                        Fate::Lost | Fate::Portal | Fate::Trouble => range.from,
                    };
                    shelf.store(&blob, ByteRange { from: range.from, to: arrived });
                    let answer = shelf.answer(&blob);
                    told.insert(blob.sha256, answer.missing.clone());
                    vec![Frame::Blob(answer)]
                }
            };
            let answer = delivered(&desk, &frames, &fate);
            for commit in commits(&desk.machine.on_answer(answer)) {
                for receipt in commit.blobs {
                    prop_assert_eq!(&receipt.missing, &vec![]);
                    left.retain(|blob| blob.sha256 != receipt.sha256);
                }
            }
        }
        prop_assert_eq!(left, vec![]);
        for photo in photos {
            prop_assert_eq!(shelf.answer(&photo).missing, vec![]);
        }
    }
}
