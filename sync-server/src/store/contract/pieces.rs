//! What devices sealed lately.

use xunge_domain::case::{ActionName, PhotoPurpose};
use xunge_domain::geo::Point;
use xunge_domain::ids::{Digest, InstallationId, IntentId};
use xunge_evidence::record::Uptime;
use xunge_evidence::risk::{Piece, PieceId, Place, Sealed};

use super::samples::{at, document};
use crate::store::{HubStore, PieceRow, WaitingDocument};

pub(super) fn id(case: u8, number: u32) -> PieceId {
    let installation = InstallationId::from_bytes([3; 16]);
    PieceId {
        document: document(case),
        intent: IntentId::new(&installation, number, [0; 3]),
    }
}

fn photo(case: u8, number: u32, look: Option<u64>) -> PieceRow {
    PieceRow {
        piece: Piece {
            id: id(case, number),
            author: "worker-putian".parse().unwrap(),
            sealed: Sealed::Photo {
                purpose: PhotoPurpose::Found,
                original: Digest::of(&number.to_be_bytes()),
                look,
            },
            installation: InstallationId::from_bytes([3; 16]),
            at: at(i64::from(number)),
            not_before: Some(at(0)),
            received_at: at(i64::from(number) + 60),
            uptime: Some(Uptime {
                boot: [7; 16].into(),
                millis: u64::MAX,
            }),
            place: Some(Place {
                point: Point {
                    longitude_e7: 1_137_861_000,
                    latitude_e7: -347_552_000,
                },
                accuracy_metres: Some(u32::MAX),
            }),
            fixes: 3,
            mocked: 1,
        },
        looked: look.is_some(),
    }
}

fn request(case: u8, number: u32) -> PieceRow {
    let mut row = photo(case, number, None);
    row.piece.sealed = Sealed::Action(ActionName::Check);
    (row.piece.uptime, row.piece.place, row.piece.not_before) = (None, None, None);
    row
}

pub(crate) fn pieces_are_found_by_person_by_file_and_by_look(store: &dyn HubStore) {
    let rows = [
        photo(1, 1, None),
        photo(2, 2, Some(u64::MAX)),
        request(1, 3),
    ];
    store
        .writing(|write| rows.iter().try_for_each(|row| write.put_piece(row)))
        .unwrap();
    let [first, second, third] = &rows;
    store
        .reading(|read| {
            assert_eq!(read.piece(&first.piece.id)?.as_ref(), Some(first));
            assert_eq!(read.piece(&third.piece.id)?.as_ref(), Some(third));
            assert_eq!(read.piece(&id(1, 9))?, None);
            let person = &first.piece.author;
            let newest = [third.clone(), second.clone()];
            assert_eq!(read.pieces_of_person(person, 2)?, newest);
            assert!(
                read.pieces_of_person(&"nobody".parse().unwrap(), 9)?
                    .is_empty()
            );
            let file = read.pieces_of_original(&Digest::of(&2_u32.to_be_bytes()), 9)?;
            assert_eq!(file, std::slice::from_ref(second));
            let look = (second.piece.id, u64::MAX);
            assert_eq!(read.looks_since(at(62), 9)?, [look]);
            assert!(read.looks_since(at(63), 9)?.is_empty());
            assert_eq!(read.looks_of(&document(2))?, [u64::MAX]);
            assert!(read.looks_of(&document(1))?.is_empty());
            Ok::<_, crate::store::StoreError>(())
        })
        .unwrap();
    // Looked at later; the rest stays as it came.
    let mut seen = photo(1, 1, Some(5));
    seen.piece.author = "somebody-else".parse().unwrap();
    let forgotten = store
        .writing(|write| {
            write.put_piece(&seen)?;
            write.forget_pieces(at(62))
        })
        .unwrap();
    assert_eq!(forgotten, 1);
    let left = store.reading(|read| read.piece(&first.piece.id)).unwrap();
    assert_eq!(left, None);
    let again = store.writing(|write| {
        write.put_piece(first)?;
        write.put_piece(&seen)?;
        write.piece(&first.piece.id)
    });
    assert_eq!(again.unwrap(), Some(photo(1, 1, Some(5))));
}

pub(crate) fn what_is_noted_during_a_look_waits_again(store: &dyn HubStore) {
    let waiting = || store.reading(|read| read.waiting_documents(9)).unwrap();
    let note = |number| {
        store
            .writing(|write| write.note_examination(&document(number)))
            .unwrap();
    };
    assert!(waiting().is_empty());
    note(2);
    note(1);
    let before = waiting();
    let ids = |waiting: &[WaitingDocument]| -> Vec<_> {
        waiting.iter().map(|waiting| waiting.document).collect()
    };
    assert_eq!(ids(&before), [document(1), document(2)]);
    note(2);
    let done = |waiting: &[WaitingDocument]| {
        store
            .writing(|write| waiting.iter().try_for_each(|one| write.note_examined(one)))
            .unwrap();
    };
    done(&before);
    assert_eq!(ids(&waiting()), [document(2)]);
    done(&waiting());
    assert!(waiting().is_empty());
    // An older look that ends late takes nothing back.
    done(&before);
    assert!(waiting().is_empty());
    let blob = Digest::of(b"blob");
    store
        .writing(|write| {
            for number in [3, 4, 5] {
                write.cite_blobs(&document(number), &[blob])?;
            }
            write.note_examination_of_citing(&blob, 2)
        })
        .unwrap();
    assert_eq!(ids(&waiting()), [document(3), document(4)]);
}
