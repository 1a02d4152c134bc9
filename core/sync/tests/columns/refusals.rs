//! What a receiver does not take.

use xunge_domain::ids::DocumentId;
use xunge_sync::wire::PushedChange;
use xunge_sync::wire::columns::{
    ActorNames, Base, BatchDocument, CHANGES_MAX, ColumnsError, DOCUMENTS_MAX, Effort, Fresh,
    REBUILT_BYTES_MAX, decode, encode,
};

use crate::support::{document, holds, installation};
use crate::workload::{Manner, W1, cases};

fn sample() -> Vec<u8> {
    let me = installation(1);
    let manner = Manner { sealed: true, ..W1 };
    let documents: Vec<BatchDocument> = cases(&me, 5, 2, manner)
        .iter()
        .map(|case| document(case.id, Base::New, &case.changes))
        .collect();
    encode(&documents, &ActorNames::device(me), Effort::Quick).unwrap()
}

/// The digest covers every byte, so nothing that changed on the way is taken: not even as the same content.
#[test]
fn a_bent_byte_a_cut_and_a_byte_too_many_are_refused() {
    let batch = sample();
    assert!(decode(&batch, &Fresh).is_ok());
    for place in 0..batch.len() {
        for mask in [0x01, 0x10, 0x80, 0xff] {
            let mut bent = batch.clone();
            bent[place] ^= mask;
            assert!(decode(&bent, &Fresh).is_err(), "byte {place} ^ {mask:#x}");
        }
        assert!(decode(&batch[..place], &Fresh).is_err(), "cut at {place}");
    }
    for behind in [0, 0xff] {
        let longer = [batch.as_slice(), &[behind]].concat();
        assert!(decode(&longer, &Fresh).is_err());
    }
    assert_eq!(decode(b"", &Fresh), Err(ColumnsError::Truncated));
    let portal = b"<!doctype html><html><head><title>Login</title></head></html>";
    assert_eq!(decode(portal, &Fresh), Err(ColumnsError::Meaning));
}

fn empty_document(number: usize, changes: usize) -> BatchDocument {
    let change = PushedChange {
        bytes: Vec::new().into(),
        signature: None,
    };
    BatchDocument {
        document: DocumentId::from_bytes((number as u128).to_be_bytes()),
        base: Base::New,
        changes: vec![change; changes],
    }
}

#[test]
fn a_sender_is_told_when_a_batch_is_too_large() {
    let names = ActorNames::default();
    let documents = |count: usize| -> Vec<BatchDocument> {
        (0..count).map(|number| empty_document(number, 0)).collect()
    };
    let most = documents(DOCUMENTS_MAX);
    let batch = encode(&most, &names, Effort::Quick).unwrap();
    assert!(holds(&decode(&batch, &Fresh).unwrap(), &most));
    assert_eq!(
        encode(&documents(DOCUMENTS_MAX + 1), &names, Effort::Quick),
        Err(ColumnsError::TooMany)
    );

    let most = [empty_document(1, CHANGES_MAX)];
    let batch = encode(&most, &names, Effort::Quick).unwrap();
    assert!(holds(&decode(&batch, &Fresh).unwrap(), &most));
    assert_eq!(
        encode(&[empty_document(1, CHANGES_MAX + 1)], &names, Effort::Quick),
        Err(ColumnsError::TooMany)
    );

    let mut large = empty_document(1, 1);
    large.changes[0].bytes = vec![0; REBUILT_BYTES_MAX + 1].into();
    assert_eq!(
        encode(&[large], &names, Effort::Quick),
        Err(ColumnsError::TooLarge)
    );
}

#[test]
fn every_refusal_has_a_code_of_its_own() {
    let all = [
        ColumnsError::Truncated,
        ColumnsError::Compression,
        ColumnsError::TooLarge,
        ColumnsError::TooMany,
        ColumnsError::Number,
        ColumnsError::Meaning,
        ColumnsError::Unused,
        ColumnsError::Digest,
    ];
    let codes: std::collections::BTreeSet<_> = all.iter().map(ColumnsError::code).collect();
    assert_eq!(codes.len(), all.len());
    assert!(codes.iter().all(|code| code.starts_with("columns_")));
}
