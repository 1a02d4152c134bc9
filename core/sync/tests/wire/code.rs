//! The enrolment code, as it is read out, typed and misread.

use proptest::{prop_assert, prop_assert_eq, proptest};
use xunge_sync::keys::{Signer as _, SoftwareKey};
use xunge_sync::wire::{EnrolmentCode, ServerPin};

#[test]
fn a_code_is_written_as_ever_and_names_its_server() {
    let server = SoftwareKey::from_bytes(&[7; 32]).unwrap().public_key();
    let code = EnrolmentCode::new([0xA5; 16], &server);
    assert_eq!(code.fingerprint, server.fingerprint());
    let text = code.to_string();
    assert_eq!(text, "uws2l-jnfuw-s2ljn-fuws2-ljnfu-u2bwk-7ax3l-v4jy");
    let other = SoftwareKey::from_bytes(&[8; 32]).unwrap().public_key();
    assert_ne!(EnrolmentCode::new([0xA5; 16], &other), code);
}

#[test]
fn a_code_never_shows_its_secret_by_accident() {
    let server = SoftwareKey::from_bytes(&[7; 32]).unwrap().public_key();
    let code = EnrolmentCode::new([0xA5; 16], &server);
    assert_eq!(format!("{code:?}"), "EnrolmentCode(secret)");
}

proptest! {
    #[test]
    fn any_code_reads_back(secret: [u8; 16], fingerprint: [u8; 8], pin: Option<[u8; 16]>) {
        let code = EnrolmentCode { secret, fingerprint, pin: pin.map(ServerPin) };
        let text = code.to_string();
        prop_assert_eq!(text.parse(), Ok(code));
        prop_assert_eq!(text.to_uppercase().parse(), Ok(code));
        prop_assert_eq!(text.replace('-', "").parse(), Ok(code));
    }

    #[test]
    fn a_shorter_a_longer_or_a_misread_code_is_refused(secret: [u8; 16], pin: Option<[u8; 16]>, place in 0_usize..39) {
        let code = EnrolmentCode { secret, fingerprint: [1; 8], pin: pin.map(ServerPin) };
        let compact = code.to_string().replace('-', "");
        let without = [&compact[..place], &compact[place + 1..]].concat();
        prop_assert!(without.parse::<EnrolmentCode>().is_err());
        let with = [&compact[..place], "a", &compact[place..]].concat();
        prop_assert!(with.parse::<EnrolmentCode>().is_err());
        // 0, 1, 8 and 9 are no characters of the code: a misread O, I or B is noticed.
        for digit in ["0", "1", "8", "9"] {
            let misread = [&compact[..place], digit, &compact[place + 1..]].concat();
            prop_assert!(misread.parse::<EnrolmentCode>().is_err());
        }
    }
}
