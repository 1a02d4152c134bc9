//! The evidence of one case in one archive: photos, records, signatures, keys, the lines of the log that name them, and a
//! history for people. Whoever gets it proves it without the hub, with `xunge verify`, or with `sha256sum` and `openssl`
//! as its `VERIFY.md` says.
//!
//! ```text
//! VERIFY.md  SHA256SUMS  SHA256SUMS.sig  hub.pem
//! case.json  history.md
//! log/checkpoint.txt  log/checkpoint.signed  log/checkpoint.sig  [log/consistency.txt]
//! devices/<installation>/  key.pem  named.entry  named.proof  [revoked.entry  revoked.proof]
//! [erased/ <text>.entry  <text>.proof]
//! evidence/<intent>/       entry.cbor  readable.json  [original  preview]
//!                          [record.cbor  statement.bin  signature.der  received.entry  received.proof]
//! ```

mod archive;
mod files;
mod make;
mod problem;
mod proof;
mod readable;
mod verify;

pub use archive::{ARCHIVE_BYTES_MAX, ArchiveError, read, write};
pub use files::Files;
pub use make::{BundleError, Made, make};
pub use problem::{Finding, Layer, Problem};
pub use verify::{Report, Trust, verify};
