//! Checking signatures with ring, which TLS brings: a push brings thousands, and the assembler's curve takes 0.04 ms for one that
//! the portable one of the core takes 0.16 ms for.

use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use xunge_sync::keys::verify_with;

/// From now on this process checks signatures with ring.
pub fn use_ring() {
    verify_with(verifies);
}

fn verifies(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key)
        .verify(message, signature)
        .is_ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use p256::ecdsa::VerifyingKey;
    use proptest::prelude::*;
    use xunge_sync::keys::{Signer as _, SoftwareKey};

    use super::*;

    /// The order of the group, of which half is where "low" ends for those who care.
    const ORDER: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63,
        0x25, 0x51,
    ];

    /// `ORDER - number`: the other half of a signature that holds as well.
    fn other_half(number: &[u8]) -> Vec<u8> {
        let mut borrow = 0_u16;
        let mut rest = vec![0; 32];
        for place in (0..32).rev() {
            let taken = u16::from(number[place]) + borrow;
            let from = u16::from(ORDER[place]);
            borrow = u16::from(from < taken);
            rest[place] = u8::try_from(from + 256 * borrow - taken).unwrap();
        }
        rest
    }

    fn both(key: &SoftwareKey, message: &[u8], signature: &[u8]) -> bool {
        let public = key.public_key();
        let point = VerifyingKey::from_sec1_bytes(public.as_bytes()).unwrap();
        let point = point.to_sec1_point(false);
        // Nothing in these tests calls `use_ring`: the key answers by the core's own curve.
        let portable = public.verifies(message, signature);
        let ring = verifies(point.as_bytes(), message, signature);
        assert_eq!(portable, ring, "{signature:02x?}");
        ring
    }

    #[test]
    fn both_take_either_half_of_a_signature_and_no_number_out_of_range() {
        let key = SoftwareKey::from_bytes(&[7; 32]).unwrap();
        let signature = key.sign_now(b"matter");
        assert!(both(&key, b"matter", &signature));
        let (r, s) = signature.split_at(32);
        let other = other_half(s);
        assert!(both(&key, b"matter", &[r, &other].concat()));
        for bad in [&[0; 32][..], &ORDER, &[0xff; 32]] {
            assert!(!both(&key, b"matter", &[bad, s].concat()));
            assert!(!both(&key, b"matter", &[r, bad].concat()));
        }
        assert!(!both(&key, b"matter", &signature[..63]));
        assert!(!both(&key, b"matter", &[&signature[..], &[0]].concat()));
    }

    proptest! {
        #[test]
        fn both_answer_alike(secret in 1_u8..255, message: Vec<u8>, at in 0_usize..64, flip: u8) {
            let key = SoftwareKey::from_bytes(&[secret; 32]).unwrap();
            let mut signature = key.sign_now(&message);
            signature[at] ^= flip;
            prop_assert_eq!(both(&key, &message, &signature), flip == 0);
        }
    }
}
