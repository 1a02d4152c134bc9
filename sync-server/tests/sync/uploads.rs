//! Photos in chunks over links that break.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

use xunge_domain::case::{BlobReference, PhotoPurpose};
use xunge_domain::ids::Digest;
use xunge_server::blob_files::BLOB_BYTES_MAX;
use xunge_sync::device::{DeviceMachine, HttpRequest, Method, Step};
use xunge_sync::wire::{ByteRange, CHUNK_BYTES_MAX, Frame};

use crate::device::{Device, frames, perform};
use crate::hub::monday;
use crate::town::Town;

const CUT_AFTER: usize = 64 * 1024;

pub(crate) fn picture(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|at| (at * 31 % 253) as u8).collect()
}

pub(crate) fn blob_of(bytes: &[u8]) -> BlobReference {
    BlobReference {
        sha256: Digest::of(bytes),
        length: bytes.len() as u64,
    }
}

/// Sends a request of which only so many bytes of the body come through, in one piece. Answers what the hub said.
pub(crate) fn perform_cut(base: &str, request: &HttpRequest, body_bytes: usize) -> String {
    let address = base.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let verb = match request.method {
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Get => "GET",
    };
    let mut bytes = format!(
        "{verb} {} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n",
        request.path
    );
    for (name, value) in &request.headers {
        bytes.push_str(&format!("{name}: {value}\r\n"));
    }
    bytes.push_str(&format!("content-length: {}\r\n\r\n", request.body.len()));
    let sent = request.body.get(..body_bytes).unwrap_or(&request.body);
    stream
        .write_all(&[bytes.as_bytes(), sent].concat())
        .unwrap();
    // A whole request is answered; one that ends too early may be let go without a word.
    if sent.len() < request.body.len() {
        stream.shutdown(Shutdown::Write).unwrap();
    }
    let mut said = Vec::new();
    // Until the hub lets go.
    let _ = stream.read_to_end(&mut said);
    String::from_utf8_lossy(&said).into_owned()
}

#[test]
fn five_megabytes_over_a_link_cut_at_every_64_kib_cost_at_most_five_per_cent_more() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let bytes = picture(5 * 1024 * 1024);
    let id = worker.report();
    let photo = worker.photo(&bytes, PhotoPurpose::Found, false);
    worker.write(id, vec![photo]);
    let mut machine = DeviceMachine::default();
    let mut sent = 0;
    for _ in 0..400 {
        match machine.next_step(&worker.outlook()) {
            Step::Done => break,
            Step::Pack(_) | Step::Compare { .. } | Step::Errand(_) | Step::BaseMap(_) => {
                unreachable!("there are none of one case")
            }
            Step::Sync { .. } => {
                let request = worker.sync_request(&mut machine);
                let (status, body) = perform(&worker.base, &request);
                worker.take(&mut machine, status, body);
            }
            Step::Chunk { blob, range } => {
                let request = worker.chunk_request(&mut machine, &blob, range);
                if request.body.len() > CUT_AFTER {
                    perform_cut(&worker.base, &request, CUT_AFTER);
                    sent += CUT_AFTER;
                    worker.take(&mut machine, 200, Vec::new());
                } else {
                    sent += request.body.len();
                    let (status, body) = perform(&worker.base, &request);
                    worker.take(&mut machine, status, body);
                }
            }
        }
    }
    assert!(worker.uploads.is_empty(), "it came through");
    assert!(sent * 100 <= bytes.len() * 105, "{sent} of {}", bytes.len());
    let stored = town.hub.state.blobs.read(&Digest::of(&bytes)).unwrap();
    assert!(stored.unwrap() == bytes);
    town.is_healthy();
}

pub(crate) fn chunk(
    device: &mut Device,
    blob: BlobReference,
    from: u64,
    body: &[u8],
) -> (u16, Option<Vec<ByteRange>>) {
    let mut machine = DeviceMachine::default();
    let range = ByteRange {
        from,
        to: from + body.len() as u64,
    };
    let when = (monday(), device.nonce());
    let request = machine.chunk(
        &device.session,
        &blob,
        range,
        body.to_vec(),
        when,
        &device.key,
    );
    let request = request.unwrap();
    let (status, body) = perform(&device.base, &request);
    let told = (status == 200).then(|| match frames(&body).pop() {
        Some((Frame::Blob(answer), _)) => answer.missing,
        other => panic!("{other:?}"),
    });
    (status, told)
}

#[test]
fn bytes_that_are_something_else_are_dropped_and_asked_for_again() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let (good, mut bad) = (picture(1_000), picture(1_000));
    bad[500] ^= 1;
    let blob = blob_of(&good);
    let whole = vec![ByteRange { from: 0, to: 1_000 }];
    let rest = vec![ByteRange {
        from: 600,
        to: 1_000,
    }];
    assert_eq!(chunk(&mut worker, blob, 0, &bad[..600]), (200, Some(rest)));
    assert_eq!(
        chunk(&mut worker, blob, 600, &bad[600..]),
        (200, Some(whole))
    );
    let stored = |town: &Town| {
        let store = &town.hub.state.store;
        store
            .reading(|read| read.blob_stored(&blob.sha256))
            .unwrap()
    };
    assert!(!stored(&town), "no receipt for other bytes");
    assert_eq!(chunk(&mut worker, blob, 0, &good), (200, Some(Vec::new())));
    assert!(stored(&town));
    // Once stored, nobody can spoil it.
    assert_eq!(chunk(&mut worker, blob, 0, &bad), (200, Some(Vec::new())));
    town.is_healthy();
}

#[test]
fn chunks_have_limits_and_need_a_device() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let bytes = picture(usize::try_from(CHUNK_BYTES_MAX).unwrap() + 1);
    let blob = blob_of(&bytes);
    let mut machine = DeviceMachine::default();
    let range = ByteRange {
        from: 0,
        to: CHUNK_BYTES_MAX + 1,
    };
    // The header is enough for the hub to refuse; it waits for no bytes.
    let when = (monday(), [1; 16]);
    let too_long = machine.chunk(
        &worker.session,
        &blob,
        range,
        b"x".to_vec(),
        when,
        &worker.key,
    );
    let too_long = too_long.unwrap();
    let said = perform_cut(&worker.base, &too_long, 1);
    assert!(said.starts_with("HTTP/1.1 400"), "{said}");
    let most = usize::try_from(CHUNK_BYTES_MAX).unwrap();
    assert_eq!(chunk(&mut worker, blob, 0, &bytes[..most]).0, 200);
    let huge = |length| BlobReference {
        sha256: Digest::of(b"huge"),
        length,
    };
    assert_eq!(chunk(&mut worker, huge(BLOB_BYTES_MAX), 0, b"x").0, 200);
    assert_eq!(chunk(&mut worker, huge(BLOB_BYTES_MAX + 1), 0, b"x").0, 400);
    worker.session.installation = xunge_domain::ids::InstallationId::from_bytes([0; 16]);
    assert_eq!(chunk(&mut worker, blob, 0, b"x").0, 401);
}
