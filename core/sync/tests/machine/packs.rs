//! When a device fetches packs, and what it makes of bytes that are cut, foreign or gone.

use xunge_domain::ids::Digest;
use xunge_sync::device::{
    Commit, Effect, HttpRequest, LinkProblem, Method, Outlook, PACK_REQUEST_BYTES_MAX,
    PACK_TROUBLES_MAX, PackProgress, Step,
};
use xunge_sync::keys::SoftwareKey;
use xunge_sync::wire::{
    EndFrame, Frame, PackChain, PackOffer, PackSegment, SyncRequest, takes_packs, unpack,
    write_segment,
};

use crate::script::{Talk, changes_waiting, commits, end, head};

fn offer(name: u8, length: u64) -> PackOffer {
    PackOffer {
        scope: format!("grid:putian-{name}").parse().unwrap(),
        epoch: 1,
        seq: 40,
        sha256: Digest::from_bytes([name; 32]),
        length,
    }
}

/// A pack of such batches, signed by this hub.
fn pack(key: &SoftwareKey, name: u8, batches: &[&[u8]]) -> (PackOffer, Vec<u8>) {
    let PackOffer {
        scope, epoch, seq, ..
    } = offer(name, 0);
    let mut chain = PackChain::start(&scope, epoch, seq);
    let mut bytes = Vec::new();
    for batch in batches {
        let segment = PackSegment {
            batch: batch.to_vec().into(),
        };
        let (bytes_of_it, behind) = write_segment(key, chain, &segment);
        bytes.extend(bytes_of_it);
        chain = behind;
    }
    (offer(name, bytes.len() as u64), bytes)
}

/// What the store has once these effects are committed.
fn committed(progress: &PackProgress, effects: &[Effect]) -> PackProgress {
    let taken = commits(effects);
    let mut taken = taken.iter().filter_map(|commit| commit.pack.as_ref());
    taken.next_back().map_or_else(
        || progress.clone(),
        |taken| PackProgress {
            offer: progress.offer.clone(),
            taken: taken.taken,
            chain: taken.chain,
        },
    )
}

fn outlook(packs: &[PackProgress]) -> Outlook {
    Outlook {
        packs: packs.to_vec(),
        ..Outlook::default()
    }
}

fn range(request: &HttpRequest) -> Option<&str> {
    let mut headers = request.headers.iter();
    headers
        .find(|(name, _)| name == "range")
        .map(|(_, value)| value.as_str())
}

fn ask(talk: &mut Talk, progress: &PackProgress) -> HttpRequest {
    let step = talk
        .machine
        .next_step(&outlook(std::slice::from_ref(progress)));
    assert_eq!(step, Step::Pack(progress.clone()));
    let session = talk.session();
    talk.machine.pack(&session, progress)
}

fn told(packs: Vec<PackOffer>, more: bool) -> Frame {
    Frame::End(EndFrame {
        blobs: vec![],
        more,
        packs,
        compared: None,
        refused: Vec::new(),
        tasks: Vec::new(),
    })
}

#[test]
fn an_offer_is_kept_fetched_after_text_and_taken_back_by_an_answer_without_it() {
    let mut talk = Talk::new();
    let first = talk.sync(&Outlook::default());
    let message: SyncRequest = unpack(&first.body).unwrap();
    assert!(takes_packs(&message.capabilities) && message.packed.is_empty());
    let effects = talk.answer(&[head(vec![]), told(vec![offer(1, 9)], false)]);
    let news = commits(&effects)[1].packs.clone().unwrap();
    assert_eq!((news.offers, news.more), (vec![offer(1, 9)], false));
    let known = outlook(&[PackProgress::new(offer(1, 9))]);
    assert!(matches!(talk.machine.next_step(&known), Step::Pack(_)));
    let both = Outlook {
        changes_pending: true,
        ..known.clone()
    };
    talk.machine.start_round();
    assert!(matches!(talk.machine.next_step(&both), Step::Sync { .. }));

    talk.sync(&known);
    let effects = talk.answer(&[head(vec![]), end(false, vec![])]);
    let news = commits(&effects)[1].packs.clone().unwrap();
    assert_eq!(news.offers, []);
    // Nothing is written where nothing is known.
    talk.sync(&Outlook::default());
    let effects = talk.answer(&[head(vec![]), end(false, vec![])]);
    assert_eq!(commits(&effects).len(), 1);
}

#[test]
fn each_segment_is_a_commit_and_the_last_one_brings_the_cursor() {
    let mut talk = Talk::new();
    let (offer, bytes) = pack(&talk.hub, 1, &[b"one", b"two"]);
    let progress = PackProgress::new(offer.clone());
    let request = ask(&mut talk, &progress);
    assert_eq!((request.method, request.body.len()), (Method::Get, 0));
    assert_eq!(request.path, format!("/api/sync/packs/{}", offer.sha256));
    assert_eq!(range(&request), None, "all of it");
    let effects = talk.answer_raw(200, &bytes);
    let commits: Vec<&Commit> = commits(&effects);
    let batches: Vec<_> = commits.iter().map(|one| one.batch.clone()).collect();
    assert_eq!(batches, [Some(b"one".to_vec()), Some(b"two".to_vec())]);
    assert_eq!(commits[0].cursors, []);
    assert_eq!(commits[1].cursors, [(offer.scope.clone(), offer.seq)]);
    let whole = committed(&progress, &effects);
    assert!(whole.is_whole());
    // The tail of the feed follows, and the hub is told what the pack brought.
    let known = outlook(&[whole]);
    assert!(matches!(talk.machine.next_step(&known), Step::Sync { .. }));
    let message: SyncRequest = unpack(&talk.sync(&known).body).unwrap();
    assert_eq!(message.packed, [offer.scope]);
}

#[test]
fn a_cut_costs_nothing_and_a_restart_the_beginning_of_a_segment() {
    let (offer, bytes) = pack(&Talk::new().hub, 1, &[b"one", b"two"]);
    let first = bytes.len() / 2;
    for cut in 1..bytes.len() {
        let mut talk = Talk::new();
        let start = PackProgress::new(offer.clone());
        ask(&mut talk, &start);
        let effects = talk.answer_raw(200, &bytes[..cut]);
        let problem = match effects.last() {
            Some(Effect::Retry { problem, .. }) => problem.clone(),
            other => panic!("cut at {cut}: {other:?}"),
        };
        assert_eq!(problem, LinkProblem::Cut);
        let here = committed(&start, &effects);
        assert_eq!(here.taken, if cut < first { 0 } else { first as u64 });
        let mut restarted = Talk::new();
        let last = bytes.len() - 1;
        let rest = |from: usize| (from > 0).then(|| format!("bytes={from}-{last}"));
        for (talk, from) in [(&mut talk, cut), (&mut restarted, here.taken as usize)] {
            let request = ask(talk, &here);
            assert_eq!(range(&request), rest(from).as_deref(), "cut at {cut}");
            let effects = talk.answer_raw(206, &bytes[from..]);
            assert!(committed(&here, &effects).is_whole(), "cut at {cut}");
        }
        // Somebody in between passed over the range.
        let mut restarted = Talk::new();
        let request = ask(&mut restarted, &here);
        assert_eq!(range(&request).is_some(), here.taken > 0);
        let effects = restarted.answer_raw(200, &bytes);
        assert!(committed(&here, &effects).is_whole(), "cut at {cut}");
    }
}

#[test]
fn a_store_that_did_not_commit_is_believed_and_not_the_machine() {
    let mut talk = Talk::new();
    let (offer, bytes) = pack(&talk.hub, 1, &[b"one", b"two"]);
    let start = PackProgress::new(offer);
    ask(&mut talk, &start);
    talk.answer_raw(200, &bytes[..bytes.len() - 1]);
    // The first segment failed to be written.
    assert_eq!(range(&ask(&mut talk, &start)), None);
    let effects = talk.answer_raw(200, &bytes);
    assert!(committed(&start, &effects).is_whole());
}

#[test]
fn a_long_pack_is_asked_for_in_parts() {
    let mut talk = Talk::new();
    // Nothing that a compressor makes shorter.
    let mut seed = 1_u64;
    let mut noise = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed as u8
    };
    let long: Vec<u8> = (0..PACK_REQUEST_BYTES_MAX).map(|_| noise()).collect();
    let (offer, bytes) = pack(&talk.hub, 1, &[&long, b"end"]);
    let mut progress = PackProgress::new(offer);
    let first = PACK_REQUEST_BYTES_MAX as usize;
    let request = ask(&mut talk, &progress);
    let asked = format!("bytes=0-{}", first - 1);
    assert_eq!(range(&request), Some(asked.as_str()));
    assert_eq!(talk.answer_raw(206, &bytes[..first]), [], "no segment yet");
    let request = ask(&mut talk, &progress);
    let asked = format!("bytes={first}-{}", bytes.len() - 1);
    assert_eq!(range(&request), Some(asked.as_str()));
    let effects = talk.answer_raw(206, &bytes[first..]);
    progress = committed(&progress, &effects);
    assert!(progress.is_whole());
}

#[test]
fn foreign_bytes_are_refused_and_after_so_many_answers_the_feeds_take_over() {
    let portal = b"<!doctype html><title>Login</title>".to_vec();
    let (offer, bytes) = pack(&Talk::new().hub, 1, &[b"one", b"two"]);
    let mut tampered = bytes.clone();
    tampered[bytes.len() / 2 + 5] ^= 1;
    let (_, others) = pack(
        &SoftwareKey::from_bytes(&[9; 32]).unwrap(),
        1,
        &[b"one", b"two"],
    );
    let (_, anothers) = pack(&Talk::new().hub, 2, &[b"one", b"two"]);
    let longer = [bytes.as_slice(), b"x"].concat();
    for (body, kept) in [
        (portal, 0),
        (others, 0),
        (anothers, 0),
        (tampered, bytes.len() as u64 / 2),
        (longer[1..].to_vec(), 0),
    ] {
        let mut talk = Talk::new();
        let mut progress = PackProgress::new(offer.clone());
        for trouble in 1..=PACK_TROUBLES_MAX {
            let request = ask(&mut talk, &progress);
            let from = usize::try_from(progress.taken).unwrap();
            let body = if range(&request).is_some() {
                &body[from..]
            } else {
                &body
            };
            let effects = talk.answer_raw(if from > 0 { 206 } else { 200 }, body);
            assert!(matches!(
                effects.last(),
                Some(Effect::Retry {
                    problem: LinkProblem::Foreign { .. },
                    ..
                })
            ));
            progress = committed(&progress, &effects);
            assert_eq!(progress.taken, kept);
            assert!(trouble < PACK_TROUBLES_MAX || progress.taken == kept);
        }
        let known = outlook(&[progress]);
        assert!(matches!(talk.machine.next_step(&known), Step::Sync { .. }));
        let message: SyncRequest = unpack(&talk.sync(&known).body).unwrap();
        assert!(!takes_packs(&message.capabilities), "the feeds take over");
        talk.answer(&[head(vec![]), end(true, vec![])]);
        let message: SyncRequest = unpack(&talk.sync(&known).body).unwrap();
        assert!(!takes_packs(&message.capabilities), "to their ends");
        talk.answer(&[head(vec![]), end(false, vec![])]);
        let message: SyncRequest = unpack(&talk.sync(&known).body).unwrap();
        assert!(takes_packs(&message.capabilities));
    }
}

#[test]
fn a_pack_that_is_gone_is_asked_about_and_never_without_end() {
    let mut talk = Talk::new();
    let (offer, _) = pack(&talk.hub, 1, &[b"one"]);
    let progress = PackProgress::new(offer.clone());
    let known = outlook(std::slice::from_ref(&progress));
    for gone in 1..=PACK_TROUBLES_MAX {
        ask(&mut talk, &progress);
        let status = [404, 410, 401, 403, 416][gone as usize % 5];
        assert_eq!(talk.answer_raw(status, b"{\"error\":{}}"), []);
        assert!(matches!(talk.machine.next_step(&known), Step::Sync { .. }));
        let message: SyncRequest = unpack(&talk.sync(&known).body).unwrap();
        let takes = takes_packs(&message.capabilities);
        assert_eq!(takes, gone < PACK_TROUBLES_MAX, "{gone}");
        if takes {
            // A hub that offers it all the same.
            talk.answer(&[head(vec![]), told(vec![offer.clone()], false)]);
        }
    }
}

#[test]
fn trouble_on_the_way_is_waited_for_and_the_pack_goes_on() {
    let mut talk = Talk::new();
    let (offer, bytes) = pack(&talk.hub, 1, &[b"one"]);
    let progress = PackProgress::new(offer);
    for (status, body) in [(503, &b""[..]), (200, b""), (429, b"")] {
        for _ in 0..2 * PACK_TROUBLES_MAX {
            ask(&mut talk, &progress);
            let effects = talk.answer_raw(status, body);
            assert!(matches!(effects[..], [Effect::Retry { .. }]));
        }
    }
    ask(&mut talk, &progress);
    let effects = talk.answer_raw(200, &bytes);
    assert!(committed(&progress, &effects).is_whole());
}

#[test]
fn a_segment_that_does_not_fit_makes_the_feeds_bring_everything() {
    let mut talk = Talk::new();
    let (offer, bytes) = pack(&talk.hub, 1, &[b"one", b"two"]);
    let progress = PackProgress::new(offer);
    ask(&mut talk, &progress);
    talk.answer_raw(200, &bytes);
    talk.machine.refuse_packs();
    let known = outlook(&[progress]);
    let message: SyncRequest = unpack(&talk.sync(&known).body).unwrap();
    assert!(!takes_packs(&message.capabilities));
    // An old client never named them.
    let mut old = Talk::new();
    old.machine.speak_plain();
    let message: SyncRequest = unpack(&old.sync(&changes_waiting()).body).unwrap();
    assert!(!takes_packs(&message.capabilities));
}
