//! What a phone says to who finds it: a working day, then every byte of its folder.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use xunge_domain::case::PhotoPurpose;
use xunge_domain::ids::Digest;
use xunge_field::{
    AttachRequest, DataKey, FieldApp, FieldError, KeyUnavailable, KeyWrapper, PhotoInput,
    SoftwareKeyWrapper, StoreProtection,
};
use xunge_store::{CaseFilter, RecoveryKey, Store};

use crate::hub::Hub;
use crate::phone::{Phone, photo};
use crate::pictures::jpeg;

/// Texts that a day leaves on a phone.
const TEXTS: [&str; 6] = [
    "路面坑洞深约半米",
    "井盖破损待补",
    "夜间无照明请先围挡",
    "商都路与黄河东路口",
    "修复后的路面照片",
    "worker-putian",
];
/// So many bytes of a photo in a row are its own.
const WINDOW_BYTES: usize = 32;

/// Reports, a draft, a comment, photos with captions, and two rounds with the hub. The pictures, as they were taken in.
fn working_day(phone: &mut Phone, hub: &mut Hub) -> Vec<Vec<u8>> {
    let pictures = vec![jpeg("one"), jpeg("two"), jpeg("draft")];
    let case = phone.report(TEXTS[0]);
    hub.sync_all(phone);
    phone.app().comment(case, TEXTS[2]).unwrap();
    phone.app().set_address(case, TEXTS[3]).unwrap();
    let after = PhotoInput {
        purpose: PhotoPurpose::After,
        caption: TEXTS[4],
        ..photo(&pictures[0])
    };
    phone
        .app()
        .attach(AttachRequest { case, photo: after })
        .unwrap();
    hub.sync_all(phone);
    let other = phone.report("另一处");
    let more = photo(&pictures[1]);
    phone
        .app()
        .attach(AttachRequest {
            case: other,
            photo: more,
        })
        .unwrap();
    let draft = phone.draft(TEXTS[1]);
    phone.attach_to_draft(draft, &pictures[2]).unwrap();
    pictures
}

fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), fs::read(path).unwrap()));
        }
    }
    found
}

/// The secret things that some file below the folder holds in plain.
fn told(folder: &Path, pictures: &[Vec<u8>], token: &[u8; 16]) -> HashSet<String> {
    let windows: HashSet<&[u8]> = pictures
        .iter()
        .flat_map(|picture| picture.windows(WINDOW_BYTES))
        .collect();
    let mut told = HashSet::new();
    for (_, bytes) in files(folder) {
        for text in TEXTS {
            if holds(&bytes, text.as_bytes()) {
                told.insert(text.to_owned());
            }
        }
        if holds(&bytes, token) {
            told.insert("the token".to_owned());
        }
        if bytes
            .windows(WINDOW_BYTES)
            .any(|window| windows.contains(window))
        {
            told.insert("a photo".to_owned());
        }
    }
    told
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// The token of the phone's session, read through its own key, while it is switched off.
fn token(phone: &Phone) -> [u8; 16] {
    let store = match &phone.key_wrapper {
        None => Store::open(phone.folder.path()),
        Some(wrapper) => {
            let source = xunge_store::WrappedKey {
                wrapper,
                random: &|_| (),
            };
            Store::open_encrypted(phone.folder.path(), &source)
        }
    };
    let session = store.unwrap().read(|reader| reader.session()).unwrap();
    session.expect("enrolled").token
}

#[test]
fn no_byte_of_a_working_day_is_in_the_folder_of_an_encrypted_phone_and_all_are_in_that_of_another()
{
    for encrypted in [true, false] {
        let wrapper = encrypted.then(|| SoftwareKeyWrapper::from_bytes([6; 32]));
        let mut hub = Hub::new();
        let mut phone = Phone::with(wrapper).enrol(&mut hub);
        let pictures = working_day(&mut phone, &mut hub);
        // Once with everything open and in the log, once folded in and closed.
        let copy = tempfile::tempdir().unwrap();
        copy_folder(phone.folder.path(), copy.path());
        phone.app().suspend().unwrap();
        phone.switch_off();
        let token = token(&phone);
        for folder in [copy.path(), phone.folder.path()] {
            let told = told(folder, &pictures, &token);
            if encrypted {
                assert!(told.is_empty(), "{told:?}");
            } else {
                assert_eq!(
                    told.len(),
                    TEXTS.len() + 2,
                    "the search finds what is there: {told:?}"
                );
            }
        }
    }
}

#[test]
fn an_unencrypted_phone_of_an_older_version_is_encrypted_at_its_next_start() {
    let mut hub = Hub::new();
    let mut phone = Phone::with(None).enrol(&mut hub);
    let pictures = working_day(&mut phone, &mut hub);
    let cases = phone.app().cases(None, 9).unwrap();
    let before = phone.app().sync_status().unwrap();
    phone.switch_off();
    let token = token(&phone);
    phone.key_wrapper = Some(SoftwareKeyWrapper::from_bytes([6; 32]));
    phone.kill_and_start();
    assert_eq!(phone.app().cases(None, 9).unwrap(), cases);
    assert_eq!(phone.app().sync_status().unwrap(), before);
    assert_eq!(
        phone.app().photo_bytes(Digest::of(&pictures[2])).unwrap(),
        pictures[2]
    );
    hub.sync_all(&mut phone);
    assert_eq!(phone.app().sync_status().unwrap().photo_files_unsent, 0);
    phone.switch_off();
    let told = told(phone.folder.path(), &pictures, &token);
    assert!(told.is_empty(), "{told:?}");
}

fn code(answer: Result<FieldApp, FieldError>) -> String {
    let error = answer.err().expect("refused");
    assert!(!error.zh().is_empty() && !error.en().is_empty());
    error.code().to_owned()
}

#[test]
fn a_phone_that_lost_its_key_says_so_and_the_organisation_can_still_read_it() {
    let recovery = RecoveryKey::from_slice(&[3; 32]).unwrap();
    let mut hub = Hub::new();
    hub.recovery_key = recovery.public_key().map(|key| *key.as_bytes());
    let mut phone = Phone::enrolled(&mut hub);
    assert_eq!(
        phone.app().store_protection().unwrap(),
        StoreProtection {
            encrypted: true,
            in_hardware: false,
            recoverable: true
        }
    );
    phone.report(TEXTS[0]);
    phone.switch_off();
    phone.key_wrapper = Some(SoftwareKeyWrapper::from_bytes([7; 32]));
    assert_eq!(code(phone.open()), "store_key_unavailable");
    phone.key_wrapper = None;
    assert_eq!(code(phone.open()), "store_key_missing");
    let store = Store::open_encrypted(phone.folder.path(), &recovery).unwrap();
    let rows = store
        .read(|reader| reader.case_page(CaseFilter::All, None, 9))
        .unwrap();
    assert_eq!(rows[0].title, TEXTS[0]);
}

#[test]
fn a_phone_without_a_recovery_key_or_without_encryption_says_so() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let protection = phone.app().store_protection().unwrap();
    assert!(protection.encrypted && !protection.recoverable);
    let mut phone = Phone::with(None).enrol(&mut Hub::new());
    assert!(!phone.app().store_protection().unwrap().encrypted);
}

#[test]
fn a_wiped_phone_is_a_new_one_and_its_folder_says_nothing_even_with_the_old_key() {
    let recovery = RecoveryKey::from_slice(&[3; 32]).unwrap();
    let mut hub = Hub::new();
    hub.recovery_key = recovery.public_key().map(|key| *key.as_bytes());
    let mut phone = Phone::enrolled(&mut hub);
    phone.report(TEXTS[0]);
    phone.app().wipe().unwrap();
    assert!(phone.app().me().is_none());
    assert_eq!(phone.app().cases(None, 9).unwrap(), []);
    assert_eq!(phone.app().drafts(None, 9).unwrap(), []);
    assert!(files(&phone.folder.path().join("sealed")).is_empty());
    assert!(
        Store::open_encrypted(phone.folder.path(), &recovery).is_err(),
        "another key"
    );
    // It can be enrolled and used again.
    let mut phone = phone.enrol(&mut hub);
    phone.report(TEXTS[1]);
    phone.kill_and_start();
    assert_eq!(phone.app().cases(None, 9).unwrap().len(), 1);
}

#[test]
fn a_store_that_cannot_be_opened_can_be_wiped_from_outside_but_not_under_an_app() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let folder = phone.folder.path().to_owned();
    let error = FieldApp::wipe_folder(&folder, None).unwrap_err();
    assert_eq!(error.code(), "store_in_use");
    phone.switch_off();
    FieldApp::wipe_folder(&folder, Some(&SoftwareKeyWrapper::from_bytes([6; 32]))).unwrap();
    phone.key_wrapper = Some(SoftwareKeyWrapper::from_bytes([7; 32]));
    phone.kill_and_start();
    assert!(phone.app().me().is_none());
}

/// A key store that wraps but gives nothing back.
struct Forgetful;

impl KeyWrapper for Forgetful {
    fn wrap_key(&self, _: &DataKey) -> Result<Vec<u8>, KeyUnavailable> {
        Ok(vec![1])
    }
    fn unwrap_key(&self, _: &[u8]) -> Result<DataKey, KeyUnavailable> {
        Err(KeyUnavailable::because("gone"))
    }
    fn destroy_key(&self) -> Result<(), KeyUnavailable> {
        Ok(())
    }
}

#[test]
fn a_key_store_that_cannot_unwrap_is_found_out_before_anything_is_written() {
    let phone = Phone::new();
    let folder = tempfile::tempdir().unwrap();
    let mut ports = phone.ports();
    ports.key_wrapper = Some(Box::new(Forgetful));
    assert_eq!(
        code(FieldApp::open(folder.path(), ports)),
        "store_key_unavailable"
    );
    assert!(!folder.path().join("xunge.db").exists() && !folder.path().join("keys.cbor").exists());
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
