//! A beacon: the hub's clock, signed for one device. Nobody knows its signature before the hub made it, so what names it
//! was made later.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use xunge_domain::ids::InstallationId;
use xunge_domain::time::Timestamp;

/// What the hub said last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Beacon {
    /// The hub's clock.
    #[n(0)]
    pub at: Timestamp,
    /// Of the request it answered.
    #[n(1)]
    pub nonce: ByteArray<16>,
    /// ES256 over [`beacon_message`], r ‖ s.
    #[n(2)]
    pub signature: ByteArray<64>,
}

/// What the hub signs.
pub fn beacon_message(installation: &InstallationId, nonce: &[u8; 16], at: Timestamp) -> Vec<u8> {
    [
        b"xunge beacon".as_slice(),
        installation.as_bytes(),
        nonce,
        &at.as_millis().to_be_bytes(),
    ]
    .concat()
}
