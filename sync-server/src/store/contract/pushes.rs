//! How far a push in parts got.

use xunge_domain::ids::InstallationId;
use xunge_sync::wire::Nonce;

use crate::store::rows::PushPartRow;
use crate::store::{HubStore, StoreError};

pub(crate) fn parts_are_told_as_far_as_none_is_missing(store: &dyn HubStore) {
    let [one, two] = [1, 2].map(|byte| InstallationId::from_bytes([byte; 16]));
    let [push, next]: [Nonce; 2] = [[3; 16], [4; 16]];
    let note = |installation, nonce, number: u32| {
        let row = PushPartRow {
            installation,
            number,
            nonce,
            told: vec![nonce[0], number as u8],
        };
        store.writing(|write| write.note_push_part(&row)).unwrap();
    };
    let told = |installation, nonce| {
        store
            .reading(|read| Ok::<_, StoreError>(read.push_parts(&installation, &nonce)?.len()))
            .unwrap()
    };
    for number in [0, 1, 3, 1] {
        note(one, push, number);
    }
    assert_eq!(told(one, push), 2, "the third is missing");
    assert_eq!((told(one, next), told(two, push)), (0, 0));
    note(one, push, 2);
    assert_eq!(told(one, push), 4);
    note(two, push, 0);
    note(one, next, 0);
    assert_eq!(
        (told(one, push), told(one, next), told(two, push)),
        (0, 1, 1)
    );
    // A part of the push before, late: it stands in the way of nothing but itself.
    note(one, next, 1);
    note(one, push, 1);
    assert_eq!((told(one, push), told(one, next)), (0, 1));
    note(one, next, 1);
    assert_eq!(told(one, next), 2);
}
