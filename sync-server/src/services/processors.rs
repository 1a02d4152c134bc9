//! Pure work on many documents, on all processors: merging is most of what a push costs, and no document needs another.
//! What comes out is the same and in the same order on one processor.

use std::collections::HashSet;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use xunge_domain::ids::DocumentId;

/// Most documents of a part, and so in memory at once.
const PART: usize = 64;
/// Fewer pieces than this are not worth another thread: it costs as much as a piece, and memory, and where many devices
/// push a little the processors are busy with their rounds.
const PIECES_MIN: usize = 32;
/// More threads than this would only take turns with those of other requests.
const THREADS_MAX: usize = 4;

/// Things in parts of which none has a document twice: the second time builds on the first.
pub(crate) fn parts<Thing>(
    things: &[Thing],
    document: impl Fn(&Thing) -> DocumentId,
) -> Vec<&[Thing]> {
    let mut parts = Vec::new();
    let mut seen = HashSet::new();
    let mut rest = things;
    while !rest.is_empty() {
        seen.clear();
        let fitting = rest.iter().take(PART);
        let length = fitting
            .take_while(|thing| seen.insert(document(thing)))
            .count();
        let (part, behind) = rest.split_at(length);
        parts.push(part);
        rest = behind;
    }
    parts
}

/// Does the same to every piece and answers in their order, whichever was ready first. The caller's thread takes part.
pub(crate) fn on_all_processors<Piece: Send, Done: Send>(
    pieces: Vec<Piece>,
    work: impl Fn(Piece) -> Done + Sync,
) -> Vec<Done> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = processors.min(THREADS_MAX).min(pieces.len());
    if threads < 2 || pieces.len() < PIECES_MIN {
        return pieces.into_iter().map(work).collect();
    }
    shared(pieces, &work, threads)
}

fn shared<Piece: Send, Done: Send>(
    pieces: Vec<Piece>,
    work: &(impl Fn(Piece) -> Done + Sync),
    threads: usize,
) -> Vec<Done> {
    let places: Vec<Mutex<Option<Piece>>> = pieces
        .into_iter()
        .map(|piece| Mutex::new(Some(piece)))
        .collect();
    let next = AtomicUsize::new(0);
    let take_part = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = places.get(place) else {
                return done;
            };
            let piece = piece.lock().unwrap_or_else(PoisonError::into_inner).take();
            done.extend(piece.map(|piece| (place, work(piece))));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(take_part)).collect();
        let mut done = take_part();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, done)| done).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_the_order_of_the_pieces_each_done_once() {
        for pieces in [0, 1, PIECES_MIN - 1, PIECES_MIN, 1_000] {
            let numbers: Vec<usize> = (0..pieces).collect();
            let doubled: Vec<usize> = numbers.iter().map(|number| number * 2).collect();
            assert_eq!(
                on_all_processors(numbers.clone(), |number| number * 2),
                doubled
            );
            // However few processors the machine of the tests has.
            assert_eq!(shared(numbers, &|number| number * 2, 3), doubled);
        }
    }

    #[test]
    fn no_part_has_a_document_twice_and_nothing_is_lost() {
        let document = |number: &usize| DocumentId::from_bytes([(number % 100) as u8; 16]);
        let numbers: Vec<usize> = [0, 1, 1, 0].into_iter().chain(0..200).collect();
        let parts = parts(&numbers, document);
        assert_eq!(parts.concat(), numbers);
        assert_eq!(parts[..3], [&[0, 1][..], &[1, 0], &numbers[4..4 + PART]]);
        for part in parts {
            let documents: HashSet<_> = part.iter().map(document).collect();
            assert_eq!(documents.len(), part.len());
        }
    }

    #[test]
    fn a_panic_comes_through() {
        let planted = |number: usize| assert_ne!(number, 50, "planted");
        let run = || shared((0..100).collect(), &planted, 3);
        assert!(std::panic::catch_unwind(run).is_err());
    }
}
