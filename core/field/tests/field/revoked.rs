//! A device that is told by its hub, and by nobody else, that it was revoked.

use xunge_field::{Answered, FieldError, RevokedStore, SoftwareKey, SoftwareKeyWrapper};
use xunge_store::{RecoveryKey, Store};

use crate::hub::Hub;
use crate::phone::Phone;

fn recovery_key() -> RecoveryKey {
    RecoveryKey::from_slice(&[3; 32]).unwrap()
}

fn hub_with_recovery_key() -> Hub {
    let mut hub = Hub::new();
    hub.recovery_key = recovery_key().public_key().map(|key| *key.as_bytes());
    hub
}

/// The phone asks, and is told `code` under this key.
fn told(phone: &mut Phone, code: &str, signer: &SoftwareKey) -> Answered {
    phone.app().start_sync();
    let request = phone.app().next_request().unwrap().expect("it asks");
    let answer = Hub::refuse(&request, code, signer);
    phone.app().on_answer(answer).unwrap()
}

#[test]
fn a_revoked_phone_that_sent_everything_is_wiped() {
    let mut hub = hub_with_recovery_key();
    let mut phone = Phone::enrolled(&mut hub);
    phone.report("路面坑洞");
    hub.sync_all(&mut phone);
    let answered = told(&mut phone, "revoked", &hub.key);
    assert_eq!(answered.revoked, Some(RevokedStore::Wiped));
    assert_eq!(answered.refused.unwrap().code, "revoked");
    assert!(phone.app().me().is_none());
    phone.kill_and_start();
    assert!(phone.app().cases(None, 9).unwrap().is_empty());
    assert!(Store::open_encrypted(phone.folder.path(), &recovery_key()).is_err());
}

#[test]
fn what_a_revoked_phone_had_not_sent_is_sealed_for_the_organisation() {
    for draft in [false, true] {
        let mut hub = hub_with_recovery_key();
        let mut phone = Phone::enrolled(&mut hub);
        if draft {
            phone.draft("井盖破损");
        } else {
            phone.report("路面坑洞");
        }
        let answered = told(&mut phone, "revoked", &hub.key);
        assert_eq!(answered.revoked, Some(RevokedStore::Sealed), "{draft}");
        assert!(phone.app().me().is_none());
        let asked = phone.app().next_request().unwrap_err();
        assert_eq!(asked.code(), "not_enrolled");
        let code = |error: FieldError| error.code().to_owned();
        assert_eq!(code(phone.app().resume().unwrap_err()), "store_sealed");
        phone.switch_off();
        // The secret is gone from the phone's key store; even with it nothing opens.
        assert_eq!(code(phone.open().err().unwrap()), "store_sealed");
        let other = RecoveryKey::from_slice(&[4; 32]).unwrap();
        let to = tempfile::tempdir().unwrap();
        assert!(Store::recover(phone.folder.path(), &other, to.path()).is_err());
        Store::recover(phone.folder.path(), &recovery_key(), to.path()).unwrap();
        let copy = Store::open(to.path()).unwrap();
        let (drafts, unsent) = copy
            .read(|reader| {
                let drafts = reader.drafts(None, 9)?.len();
                Ok::<_, xunge_store::StoreError>((drafts, reader.pending_count(None)?))
            })
            .unwrap();
        assert_eq!((drafts, unsent > 0), (usize::from(draft), !draft));
    }
}

#[test]
fn what_nobody_could_open_is_wiped_even_when_it_was_not_sent() {
    let wrapped = Some(SoftwareKeyWrapper::from_bytes([6; 32]));
    for wrapper in [wrapped, None] {
        let mut hub = Hub::new();
        let mut phone = Phone::with(wrapper).enrol(&mut hub);
        phone.report("路面坑洞");
        let answered = told(&mut phone, "revoked", &hub.key);
        assert_eq!(answered.revoked, Some(RevokedStore::Wiped));
        assert!(phone.app().cases(None, 9).unwrap().is_empty());
        // The same phone can be given to somebody else.
        let mut phone = phone.enrol(&mut hub);
        phone.report("另一处");
    }
}

#[test]
fn nobody_but_the_hub_revokes_and_another_refusal_revokes_nothing() {
    let mut hub = hub_with_recovery_key();
    let mut phone = Phone::enrolled(&mut hub);
    phone.report("路面坑洞");
    let stranger = SoftwareKey::from_bytes(&[8; 32]).unwrap();
    let answered = told(&mut phone, "revoked", &stranger);
    assert_eq!((answered.refused, answered.revoked), (None, None));
    let answered = told(&mut phone, "too_many_requests", &hub.key);
    assert!(answered.refused.is_some() && answered.revoked.is_none());
    phone.kill_and_start();
    assert_eq!(phone.app().cases(None, 9).unwrap().len(), 1);
    hub.sync_all(&mut phone);
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 0);
}
