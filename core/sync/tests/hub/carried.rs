//! What another device brought, judged by a device: as the hub would, without ruling.

use xunge_documents::{Document, Edit, NewChange};
use xunge_domain::ids::{DocumentId, InstallationId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::carry::{
    CERTIFICATE_MILLIS, Carriage, Carried, CarryError, Certificate, CertificateStatement,
    Certified, Here, Judgement, judge,
};
use xunge_sync::keys::{Signer as _, SoftwareKey};
use xunge_sync::wire::{PushedChange, PushedDocument};

use crate::support::{CASE, Device, Hub, NOW, hub_key, other_worker, plain, worker};

fn device_key() -> SoftwareKey {
    SoftwareKey::from_bytes(&[7; 32]).unwrap()
}

fn certified(device: &Device) -> Certified {
    let statement = CertificateStatement {
        installation: device.origin.installation,
        keys: vec![(*device_key().public_key().as_bytes()).into()],
        person: device.origin.person.clone(),
        predecessors: vec![],
        issued_at: NOW,
        expires_at: Timestamp::from_millis(NOW.as_millis() + CERTIFICATE_MILLIS),
    };
    let certificate = Certificate::issue(&statement, &hub_key(1).key);
    certificate
        .verify(&hub_key(1).key.public_key(), NOW)
        .unwrap()
}

fn carried(device: &Device, document: DocumentId, changes: Vec<PushedChange>) -> Carried {
    Carried {
        installation: device.origin.installation,
        made_at: NOW,
        document: PushedDocument { document, changes },
    }
}

fn here(document: &Document, placement: Vec<Scope>) -> Here {
    Here {
        document: document.clone(),
        placement,
        refused: Default::default(),
    }
}

fn judged(carried: &Carried, by: &Device, here: Here) -> Result<Judgement, CarryError> {
    judge(carried, &certified(by), here, &hub_key(1).key.public_key())
}

fn raw(changes: &[&NewChange]) -> Vec<PushedChange> {
    changes.iter().map(|change| plain(&change.bytes)).collect()
}

#[test]
fn a_report_merges_with_the_rulings_that_the_hub_signed() {
    let mut hub = Hub::new();
    let mut author = Device::new(worker(), 1);
    let (_, report) = author.report();
    let ingested = hub.push(&author.origin, &[&report]);
    let changes: Vec<PushedChange> = ingested
        .appended
        .iter()
        .map(|appended| PushedChange {
            bytes: appended.change.bytes.clone().into(),
            signature: appended.signature.map(Into::into),
        })
        .collect();
    assert!(changes.len() > 1, "the hub ruled");
    let carried = carried(&author, CASE, changes);
    let empty = here(&Document::new(), vec![]);
    let Ok(Judgement::Merges {
        document, content, ..
    }) = judged(&carried, &author, empty)
    else {
        panic!("it merges")
    };
    assert_eq!(document.heads(), hub.document.heads());
    let places = content.placement(&hub.city);
    assert_eq!(places, hub.placement);

    // Once more, nothing is new.
    let again = judged(&carried, &author, here(&document, places));
    assert!(matches!(again, Ok(Judgement::Merges { appended, .. }) if appended.is_empty()));

    // Without the hub's signature a ruling is nobody's.
    let mut stripped = carried;
    for change in &mut stripped.document.changes {
        change.signature = None;
    }
    let refused = judged(&stripped, &author, here(&Document::new(), vec![]));
    assert!(matches!(refused, Err(CarryError::Forged { .. })));
}

#[test]
fn what_builds_on_something_else_waits() {
    let (hub, mut author) = Hub::with_report();
    let comment = author.comment("已到场");
    let carried = carried(&author, CASE, raw(&[&comment]));
    let empty = here(&Document::new(), vec![]);
    assert!(matches!(
        judged(&carried, &author, empty),
        Ok(Judgement::Waits)
    ));
    let held = here(&hub.document, hub.placement.clone());
    let merged = judged(&carried, &author, held);
    assert!(matches!(merged, Ok(Judgement::Merges { appended, .. }) if appended.len() == 1));
}

#[test]
fn whether_somebody_is_a_party_is_for_the_hub_to_say() {
    let (hub, _) = Hub::with_report();
    let mut stranger = Device::pulled(other_worker(), 2, &hub);
    let comment = stranger.comment("路过");
    let carried = carried(&stranger, CASE, raw(&[&comment]));
    let held = here(&hub.document, hub.placement.clone());
    assert!(matches!(
        judged(&carried, &stranger, held),
        Ok(Judgement::Waits)
    ));
}

#[test]
fn what_no_order_makes_right_is_forged() {
    let (hub, author) = Hub::with_report();
    let held = || here(&hub.document, hub.placement.clone());
    let code = |carried: &Carried, by: &Device| match judged(carried, by, held()) {
        Err(CarryError::Forged { code }) => code,
        Err(other) => other.code().to_owned(),
        Ok(_) => "taken".to_owned(),
    };
    // Somebody else's name under an entry.
    let mut liar = author.clone();
    let (id, mut note) = (liar.next_id(), liar.note("x"));
    note.author = other_worker().id;
    let lie = liar.make(vec![Edit::Comment(id, note)]);
    assert_eq!(
        code(&carried(&liar, CASE, raw(&[&lie])), &liar),
        "forged_author"
    );
    // Another device's change under one's own signature.
    let mut other = Device::pulled(worker(), 3, &hub);
    let comment = other.comment("x");
    let taken = carried(&author, CASE, raw(&[&comment]));
    assert_eq!(code(&taken, &author), "forged_actor");
    // A change of one document in another.
    let mut own = author.clone();
    let comment = own.comment("x");
    let moved = DocumentId::from_bytes([0xDE; 16]);
    assert_eq!(
        code(&carried(&own, moved, raw(&[&comment])), &own),
        "forged_actor"
    );
    // Under another device's certificate.
    let mut claimed = carried(&own, CASE, raw(&[&comment]));
    claimed.installation = InstallationId::from_bytes([9; 16]);
    assert_eq!(code(&claimed, &own), "carried_foreign_signature");
}

#[test]
fn no_bit_of_a_carriage_can_be_changed() {
    let (_, mut author) = Hub::with_report();
    let comment = author.comment("已到场");
    let carried = carried(&author, CASE, raw(&[&comment]));
    let carriage = Carriage::sign(&carried, &device_key()).unwrap();
    let key = device_key().public_key();
    assert_eq!(carriage.verify(&key), Ok(carried));
    for bit in 0..carriage.statement.len() * 8 {
        let mut changed = carriage.clone();
        changed.statement[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(
            changed.verify(&key),
            Err(CarryError::ForeignSignature),
            "bit {bit}"
        );
    }
}
