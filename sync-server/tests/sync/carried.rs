//! Work that others carry to the hub: judged by its origin as it would be if the origin pushed it at that moment.

use std::collections::BTreeMap;

use xunge_domain::case::PhotoPurpose;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_server::services::revocation::revoke;
use xunge_sync::carry::{Carriage, Carried, Piece, Work, open_piece, seal_open_piece};
use xunge_sync::device::{DeviceMachine, Effect, Errand, HttpAnswer};
use xunge_sync::wire::{CarriedOutcome, PushedChange, PushedDocument};

use crate::device::{Device, perform};
use crate::hub::monday;
use crate::town::{Town, person};

const HOUR_MILLIS: i64 = 60 * 60 * 1_000;

/// All that waits on a device, as an open piece.
fn piece_of(device: &Device) -> Vec<u8> {
    let mut documents: BTreeMap<DocumentId, Vec<PushedChange>> = BTreeMap::new();
    for (document, change) in &device.pending {
        documents.entry(*document).or_default().push(PushedChange {
            bytes: change.bytes.clone().into(),
            signature: None,
        });
    }
    let carriage = |(document, changes)| {
        let carried = Carried {
            installation: device.session.installation,
            made_at: monday(),
            document: PushedDocument { document, changes },
        };
        Carriage::sign(&carried, &device.key).unwrap()
    };
    let certificate = device.enrolled.certificate.as_deref().unwrap().clone();
    let work = Work {
        certificate,
        carriages: documents.into_iter().map(carriage).collect(),
    };
    open_piece(&Piece::Work(work)).unwrap()
}

/// The hub's HTTP status, and what it means for the device that ran the errand.
pub(crate) fn run(device: &mut Device, errand: Errand, piece: &[u8]) -> (u16, Vec<Effect>) {
    let mut machine = DeviceMachine::default();
    let nonce = device.nonce();
    let when = (monday(), nonce);
    let request = machine
        .errand(&device.session, errand, piece.to_vec(), when, &device.key)
        .unwrap();
    let (status, body) = perform(&device.base, &request);
    let answer = HttpAnswer::Answered { status, body };
    (status, machine.on_answer(answer))
}

fn hand_up(courier: &mut Device, piece: &[u8]) -> Effect {
    let (_, effects) = run(courier, Errand::Piece(Digest::of(piece)), piece);
    effects.into_iter().next().unwrap()
}

/// What became of a piece: `taken`, `waits`, or the code of the refusal; of the piece, or of the courier.
fn told(courier: &mut Device, piece: &[u8]) -> String {
    match hand_up(courier, piece) {
        Effect::Carried(told) => {
            assert_eq!(told.piece, Digest::of(piece));
            match told.outcome {
                CarriedOutcome::Taken => "taken".into(),
                CarriedOutcome::Waits => "waits".into(),
                CarriedOutcome::Refused(words) => {
                    assert!(!words.zh.is_empty() && !words.en.is_empty());
                    words.code
                }
            }
        }
        Effect::Refused(words) => format!("courier {}", words.code),
        other => panic!("{other:?}"),
    }
}

fn revoked(town: &Town, whose: &str, hours: u32) {
    revoke(&town.hub.state, "admin", &person(whose), None, hours).unwrap();
}

#[test]
fn what_a_revoked_device_made_is_refused_whoever_brings_it_open_or_sealed() {
    let town = Town::new();
    let mut lost = town.device("worker-putian", 1);
    let mut courier = town.device("worker-erqi", 2);
    lost.report();
    let open = piece_of(&lost);
    let sealed = seal_open_piece(&open, &lost.session.server_key, &[7; 32]).unwrap();
    revoked(&town, "worker-putian", 0);
    for piece in [&open, &sealed] {
        assert_eq!(told(&mut courier, piece), "revoked");
    }
    assert_eq!(town.changes(), 0, "nothing is merged");
    let audited = town.hub.audit("carried_refused");
    assert_eq!(audited.len(), 2, "{audited:?}");

    // Another device of the same person, enrolled since, is believed: the key was revoked, not the person.
    let mut next = town.device("worker-putian", 3);
    next.report();
    assert_eq!(told(&mut courier, &piece_of(&next)), "taken");
    assert_ne!(town.changes(), 0);
    town.is_healthy();
}

#[test]
fn what_a_device_carries_that_may_still_send_is_taken_from_whoever_brings_it_until_its_hours_are_over()
 {
    let town = Town::new();
    let direct = Town::new();
    let mut changes = Vec::new();
    for (town, by_hand) in [(&town, true), (&direct, false)] {
        let mut leaving = town.device("worker-putian", 1);
        let mut courier = town.device("worker-erqi", 2);
        let id = leaving.report();
        let photo = leaving.photo(b"a photo", PhotoPurpose::Found, true);
        leaving.write(id, vec![photo]);
        revoked(town, "worker-putian", 24);
        if by_hand {
            let piece = piece_of(&leaving);
            assert_eq!(told(&mut courier, &piece), "taken");
            assert_eq!(told(&mut courier, &piece), "taken", "and known");
        } else {
            leaving.sync();
        }
        changes.push(town.changes());

        leaving.pending.clear();
        leaving.comment(id, "迟到的话");
        town.hub.clock.advance_millis(24 * HOUR_MILLIS);
        assert_eq!(told(&mut courier, &piece_of(&leaving)), "revoked");
        assert_eq!(Some(&town.changes()), changes.last(), "too late");
        town.is_healthy();
    }
    assert_eq!(changes[0], changes[1], "as if it had been pushed");
    assert_ne!(changes[0], 0);
}

#[test]
fn a_revoked_courier_hands_up_what_it_holds_as_long_as_it_may_push_and_is_certified_no_more() {
    let town = Town::new();
    let mut origin = town.device("worker-putian", 1);
    let mut courier = town.device("worker-erqi", 2);
    origin.report();
    let piece = piece_of(&origin);
    let certified = |courier: &mut Device| run(courier, Errand::Certificate, &[]);
    assert!(matches!(
        certified(&mut courier).1.as_slice(),
        [Effect::Certified(_)]
    ));

    revoked(&town, "worker-erqi", 24);
    let (status, effects) = certified(&mut courier);
    assert_eq!(
        (status, effects.as_slice()),
        (403, &[][..]),
        "nothing that would stop it from sending"
    );
    assert_eq!(told(&mut courier, &piece), "taken");
    assert_ne!(town.changes(), 0);

    town.hub.clock.advance_millis(24 * HOUR_MILLIS);
    origin.comment(origin.pending[0].0, "又来了");
    assert_eq!(told(&mut courier, &piece_of(&origin)), "courier revoked");
    let (_, effects) = certified(&mut courier);
    assert!(matches!(effects.as_slice(), [Effect::Refused(words)] if words.code == "revoked"));
}
