//! The pin of the hub's certificate authority, which a device's host holds every TLS connection against.

/// Bytes of a pin: half of a SHA-256. Whoever wants a key of their own to fit has 2¹²⁸ of them to try.
pub const PIN_BYTES: usize = 16;

/// The first half of the SHA-256 over a SubjectPublicKeyInfo (RFC 7469 §2.4, cut short so that a code stays one that can be
/// typed): that of the authority whose certificate ends the chain the hub shows, or of the hub's own certificate where
/// nobody else signed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ServerPin(pub [u8; PIN_BYTES]);

impl ServerPin {
    /// Of the whole hash.
    pub fn of(sha256: &[u8; 32]) -> Self {
        let mut pin = [0; PIN_BYTES];
        pin.copy_from_slice(&sha256[..PIN_BYTES]);
        Self(pin)
    }

    /// Reads what a store or a database kept; `None` for bytes that are no pin.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; PIN_BYTES] {
        &self.0
    }

    /// Whether a certificate is the pinned one, by the SHA-256 over its SubjectPublicKeyInfo.
    pub fn is_of(&self, sha256: &[u8; 32]) -> bool {
        sha256.starts_with(&self.0)
    }
}
