//! What is taken in as a photo, and what is not.

use xunge_field::{AttachRequest, PhotoInput, PhotoState};
use xunge_photo::{DeriveRequest, ExifPolicy, Facts, Template, Watermark};

use crate::hub::Hub;
use crate::phone::Phone;
use crate::phone::{INSIDE, photo};
use crate::pictures::{grey_jpeg, heic, huge_jpeg, jpeg};

#[test]
fn what_is_no_picture_and_what_would_burst_the_phone_are_refused_and_leave_no_trace() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let draft = phone.draft("路面坑洞");
    let before = phone.app().draft(draft).unwrap();
    let files = || count_files(phone_folder(&phone));
    let files_before = files();
    let cases = [
        (b"no picture".to_vec(), "photo_not_a_picture"),
        (Vec::new(), "photo_not_a_picture"),
        (huge_jpeg(), "photo_too_many_pixels"),
    ];
    let mut refused = Vec::new();
    for (bytes, code) in cases {
        let error = phone.attach_to_draft(draft, &bytes).unwrap_err();
        assert_eq!(error.code(), code);
        assert!(!error.zh().is_empty() && !error.en().is_empty());
        refused.push(error.zh());
    }
    assert_ne!(refused[0], refused[2], "each says its own cause");
    assert_eq!(phone.app().draft(draft).unwrap(), before);
    assert_eq!(count_files(phone_folder(&phone)), files_before);
}

#[test]
fn a_picture_nothing_here_can_decode_is_kept_as_it_is() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let draft = phone.draft("路面坑洞");
    let decodable = phone.app().draft(draft).unwrap().content.photos[0].original;
    phone
        .app()
        .detach_from_draft(draft, decodable.sha256)
        .unwrap();
    let name = phone.attach_to_draft(draft, &heic()).unwrap();
    let case = phone.app().report(draft).unwrap();
    let page = phone.show(case);
    assert_eq!(
        (page.photos[0].sha256, page.photos[0].state),
        (name, PhotoState::OnDevice)
    );
    assert_eq!(phone.app().cases(None, 9).unwrap()[0].id, case);
    assert_eq!(phone.app().photo_bytes(name).unwrap(), heic());
    hub.sync_all(&mut phone);
    assert!(hub.blobs.contains(&name));
    assert!(hub.case(case).photos[0].entry.preview.is_none());
    assert_eq!(phone.show(case).photos[0].state, PhotoState::Received);
}

#[test]
fn the_working_copy_says_which_case_who_when_and_where() {
    // Its files are looked into.
    let mut phone = Phone::with(None).enrol(&mut Hub::new());
    let original = grey_jpeg("street", 1024, 768);
    let draft = phone.draft("路面坑洞");
    let input = PhotoInput {
        point: Some(INSIDE),
        ..photo(&original)
    };
    phone.app().attach_to_draft(draft, input).unwrap();
    let expected = |time| {
        let template = Template::default();
        let watermark = Watermark {
            template: &template,
            facts: Facts {
                number: &draft.local_code(),
                grid: "圃田嘉园",
                person: "网格员甲",
                time,
                position: Some((113.786_1, 34.755_2)),
            },
        };
        let request = DeriveRequest {
            watermark: Some(watermark),
            exif: ExifPolicy::Time,
        };
        let made = xunge_photo::derive_as(&original, &request).unwrap();
        assert!(made.watermark.unwrap().missing.is_empty());
        made.working.bytes
    };
    let kept = files(phone_folder(&phone));
    assert!(kept.contains(&expected("2025-06-30 11:00")));
    assert!(
        !kept.contains(&expected("2025-06-30 11:01")),
        "the time is burnt in"
    );
    assert!(kept.contains(&original));

    let case = phone.app().report(draft).unwrap();
    let later = grey_jpeg("later", 640, 480);
    let request = AttachRequest {
        case,
        photo: photo(&later),
    };
    phone.app().attach(request).unwrap();
    let plain = xunge_photo::derive(&later).unwrap().working.bytes;
    assert!(!files(phone_folder(&phone)).contains(&plain));
}

#[test]
fn a_damaged_photo_is_not_shown_as_if_it_were_the_photo() {
    let mut phone = Phone::with(None).enrol(&mut Hub::new());
    let draft = phone.draft("路面坑洞");
    let name = phone.attach_to_draft(draft, &jpeg("second")).unwrap();
    let path = phone.app().photo_path(name).unwrap().unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    make_writable(&path);
    std::fs::write(&path, bytes).unwrap();
    for answer in [
        phone.app().photo_path(name).map(drop),
        phone.app().photo_bytes(name).map(drop),
    ] {
        assert_eq!(answer.unwrap_err().code(), "blob_damaged");
    }
}

fn phone_folder(phone: &Phone) -> &std::path::Path {
    phone.folder.path()
}

fn make_writable(path: &std::path::Path) {
    let mut permissions = std::fs::metadata(path).unwrap().permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "a file of this test")]
    permissions.set_readonly(false);
    std::fs::set_permissions(path, permissions).unwrap();
}

/// Files below the folder but for the database, whose log comes and goes.
fn count_files(folder: &std::path::Path) -> usize {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { count_files(&path) } else { 1 })
        .sum()
}

/// What all files below the folder hold.
fn files(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| {
        if path.is_dir() {
            files(&path)
        } else {
            vec![std::fs::read(&path).unwrap()]
        }
    };
    paths.flat_map(read).collect()
}
