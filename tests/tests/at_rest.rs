//! A lost phone, through real processes: what its finder reads, and what the organisation gets back.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::fs;

use serde_json::json;
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
    let code = server.enrolment_code("worker-putian");
    phone.done(&["enrol", "--server", &server.url(), "--code", &code]);
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
    let code = server.enrolment_code("worker-putian");
    phone.done(&["enrol", "--server", &server.url(), "--code", &code]);
}
