//! The bytes of a batch, fixed: what is on file is understood for ever, and what is written today has the same
//! columns. The compressed part is compared decompressed, because another version of the compressor may choose other
//! bytes for the same. `UPDATE_GOLDEN=1` writes the file anew; a diff in it is a break of the wire.

use std::io::Read as _;
use std::path::Path;

use data_encoding::HEXLOWER;
use xunge_documents::change_parts::leb128::Reader;
use xunge_sync::wire::columns::{ActorNames, Base, BatchDocument, Effort, Fresh, decode, encode};

use crate::support::{Random, document, holds, installation};
use crate::workload::{Manner, W1, Worker, cases};

const BYTES_A_LINE: usize = 32;
const DIGEST_BYTES: usize = 32;

/// Two cases, one of them on a spelled base, with seals, a hub's signature and a change that is none.
fn sample() -> (Vec<BatchDocument>, ActorNames) {
    let me = installation(1);
    let manner = Manner { sealed: true, ..W1 };
    let written = cases(&me, 5, 1, manner).remove(0);
    let mut new = document(written.id, Base::New, &written.changes);
    let mut random = Random(6);
    let mut worker = Worker::new(&me, &mut random, 1, W1);
    worker.report();
    worker.comment();
    let changes = &worker.written.changes[1..];
    let mut later = document(worker.written.id, Base::Explicit, changes);
    later.changes[0].signature = Some([9; 64].into());
    let mut stray = new.changes[0].clone();
    stray.bytes = b"no change".to_vec().into();
    new.changes.push(stray);
    (vec![new, later], ActorNames::device(me))
}

/// The columns and what lies beside them; the digest covers compressed bytes, so it is left out.
fn columns(batch: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut reader = Reader::new(&batch[1..batch.len() - DIGEST_BYTES]);
    let length = reader.unsigned().unwrap();
    let packed = reader.take(length).unwrap();
    let mut plain = Vec::new();
    brotli::Decompressor::new(packed, 4096)
        .read_to_end(&mut plain)
        .unwrap();
    (plain, reader.take_rest().to_vec())
}

#[test]
fn a_batch_on_file_is_understood_and_written_alike() {
    let (documents, names) = sample();
    let batch = encode(&documents, &names, Effort::Quick).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/columns_batch.hex");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let lines = batch.chunks(BYTES_A_LINE).map(|line| HEXLOWER.encode(line));
        let text = lines.collect::<Vec<_>>().join("\n");
        std::fs::write(&path, format!("{text}\n")).unwrap();
    }
    let text = std::fs::read_to_string(&path).unwrap();
    let digits: String = text.split_whitespace().collect();
    let on_file = HEXLOWER.decode(digits.as_bytes()).unwrap();
    assert!(holds(&decode(&on_file, &Fresh).unwrap(), &documents));
    assert_eq!(columns(&on_file), columns(&batch));
}
