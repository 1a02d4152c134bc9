//! A lost phone, through real processes: what its finder reads, and what the organisation gets back. What devices exchanged
//! is on none of them to be read either.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::Path;

use serde_json::json;
use xunge_field::FieldApp;
use xunge_sync::carry::{CarryError, is_sealed, read_piece};
use xunge_tests::device::{open, open_store, open_unencrypted};
use xunge_tests::world::{DeviceProcess, ServerProcess, photo};

const PLACE: &str = "113.7861,34.7552";

#[test]
fn the_unsent_report_of_a_lost_phone_comes_back_with_the_recovery_key_alone() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let key = folder.path().join("recovery.key");
    let key = key.to_str().unwrap();
    server.command(&["recovery-key", "--to", key]);

    let phone = DeviceProcess::new(folder.path(), "phone");
    phone.enrol(&server, "worker-putian");
    let picture = photo::draw(folder.path(), "picture", 7, 640, 480);
    phone.done(&[
        "report",
        "--class",
        "road_damage",
        "--at",
        PLACE,
        "--photo",
        picture.to_str().unwrap(),
        "--description",
        "路面坑洞深约半米",
    ]);
    // The phone is found without what its key store kept.
    fs::remove_file(phone.store().join("store.key")).unwrap();
    let refused = phone.run(&["list"]);
    assert_eq!(refused.code, Some(5));
    assert_eq!(refused.json["error"]["code"], "store_key_unavailable");
    assert_eq!(
        phone.run(&["--unencrypted", "list"]).json["error"]["code"],
        "store_key_missing"
    );

    let copy = folder.path().join("copy");
    let to = copy.to_str().unwrap();
    let found = phone.done(&["recover", "--recovery-key", key, "--to", to]);
    assert_eq!(
        (&found["damaged_photos"], &found["drafts"]),
        (&json!([]), &json!(0))
    );
    assert!(
        found["unsent_changes"].as_u64() > Some(0) && found["unsent_photos"].as_u64() > Some(0)
    );
    assert!(
        found["cases"][0]["unsent"].as_u64() > Some(0),
        "unsent work stands first: {found}"
    );

    let recovered = DeviceProcess::new(folder.path(), "copy");
    let listed = recovered.done(&["--unencrypted", "list"]);
    let id = listed["cases"][0]["id"].as_str().unwrap();
    let case = recovered.done(&["--unencrypted", "show", id]);
    assert_eq!(case["facts"]["description"], "路面坑洞深约半米");
    let sha256 = case["photos"][0]["sha256"].as_str().unwrap();
    let (head, tail) = sha256.split_at(2);
    let kept = fs::read(copy.join("blobs").join(head).join(tail)).unwrap();
    assert!(
        kept == fs::read(picture).unwrap(),
        "the photo as it was taken"
    );

    // Whoever gives up on the phone wipes it, and it can be given to somebody again.
    phone.done(&["wipe", "--yes"]);
    assert!(
        !phone.store().join("keys.cbor").exists() && !phone.store().join("device.key").exists()
    );
    phone.enrol(&server, "worker-putian");
}

/// What two colleagues wrote.
const TEXTS: [&str; 2] = ["路面坑洞深约半米", "已设围挡等待修复"];
/// So many bytes of a photo in a row are its own.
const WINDOW_BYTES: usize = 32;

/// Which of the secrets stand in plain in some file of a folder, or in one file.
fn told(place: &Path, picture: &[u8]) -> BTreeSet<&'static str> {
    if place.is_dir() {
        let entries = fs::read_dir(place).unwrap();
        return entries
            .flat_map(|entry| told(&entry.unwrap().path(), picture))
            .collect();
    }
    let bytes = fs::read(place).unwrap();
    let own: HashSet<&[u8]> = picture.windows(WINDOW_BYTES).collect();
    let stands = |text: &&str| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    let mut told: BTreeSet<&'static str> = TEXTS.into_iter().filter(stands).collect();
    if bytes.windows(WINDOW_BYTES).any(|part| own.contains(part)) {
        told.insert("a photo");
    }
    told
}

/// The device opened in this process, so that what it writes stands in its log and not yet in its database.
fn awake(device: &DeviceProcess, encrypted: bool) -> FieldApp {
    if encrypted {
        open(device.store()).unwrap()
    } else {
        open_unencrypted(device.store()).unwrap()
    }
}

#[test]
fn what_devices_exchanged_is_in_plain_in_no_folder_and_a_sealed_file_tells_its_courier_nothing() {
    for encrypted in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let server = ServerProcess::demo(&folder.path().join("hub"), 0);
        let enrolled = |name, person| {
            let device = if encrypted {
                DeviceProcess::new(folder.path(), name)
            } else {
                DeviceProcess::unencrypted(folder.path(), name)
            };
            device.enrol(&server, person);
            device
        };
        let a = enrolled("a", "worker-putian");
        let b = enrolled("b", "worker-putian-2");
        let c = enrolled("c", "worker-erqi");
        let drawn = photo::draw(folder.path(), "picture", 7, 640, 480);
        let picture = fs::read(&drawn).unwrap();
        let (class, drawn) = ("road_damage", drawn.to_str().unwrap());
        let report = ["report", "--class", class, "--at", PLACE, "--photo", drawn];
        let case = a.done(&[&report[..], &["--description", TEXTS[0]]].concat());
        a.meet(&b);
        b.done(&["comment", case["case"].as_str().unwrap(), TEXTS[1]]);
        a.meet(&b);

        // B's file says all of it to B's colleague; A's, which is sealed, nothing to C, who carries it.
        let (sealed, open) = (folder.path().join("sealed"), folder.path().join("open"));
        a.done(&["export", "--sealed", "--to", sealed.to_str().unwrap()]);
        b.done(&["export", "--to", open.to_str().unwrap()]);
        a.done(&["import", "--from", open.to_str().unwrap()]);
        let mut courier = awake(&c, encrypted);
        let brought = courier.import(&fs::read(&sealed).unwrap()).unwrap();
        assert!(brought.carried > 1 && brought.changes == 0, "{brought:?}");
        let nothing = BTreeSet::new();
        assert_eq!(told(c.store(), &picture), nothing, "in its log");
        courier.suspend().unwrap();
        drop(courier);
        assert_eq!(told(c.store(), &picture), nothing, "nor in its database");
        assert_eq!(told(&sealed, &picture), nothing);

        let all: BTreeSet<_> = TEXTS.into_iter().chain(["a photo"]).collect();
        for device in [&a, &b] {
            let told = told(device.store(), &picture);
            if encrypted {
                assert_eq!(told, nothing);
            } else {
                assert_eq!(told, all, "the search finds what is there");
            }
        }
        if encrypted {
            only_the_hub_reads_what_it_carries(&c);
        }
    }
}

/// Not even with the key of its own store: the pieces are sealed to the hub.
fn only_the_hub_reads_what_it_carries(courier: &DeviceProcess) {
    let store = open_store(courier.store()).unwrap();
    let (mut behind, mut pieces) = (0, 0);
    while let Some(piece) = store.read(|reader| reader.waiting_piece(behind)).unwrap() {
        behind = piece.arrival;
        pieces += 1;
        assert!(is_sealed(&piece.bytes));
        assert_eq!(read_piece(&piece.bytes), Err(CarryError::Seal));
    }
    assert_ne!(pieces, 0);
}
