//! Between devices and by hand, through real processes: two devices without a server, and a file that a third one carries.
//! Both sides end with the heads that a direct push gives; what was forged on its way changes nothing.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use xunge_sync::carry::{Piece, open_piece, read_piece};
use xunge_tests::device::{open, open_store};
use xunge_tests::world::{DeviceProcess, ServerProcess, photo};

fn enrolled(server: &ServerProcess, folder: &Path, name: &str, person: &str) -> DeviceProcess {
    let device = DeviceProcess::new(folder, name);
    device.enrol(server, person);
    device
}

fn report(device: &DeviceProcess, folder: &Path, seed: u64) -> String {
    let photo = photo::draw(folder, &format!("photo-{seed}"), seed, 1_200, 900);
    device.report_road(&photo, &[])
}

/// All heads of a device, by document.
fn heads(device: &DeviceProcess) -> Vec<(String, Vec<String>)> {
    let app = open(device.store()).unwrap();
    let mut heads: Vec<_> = app
        .heads()
        .unwrap()
        .into_iter()
        .map(|(document, heads)| (document.to_string(), heads))
        .map(|(document, heads)| (document, heads.iter().map(ToString::to_string).collect()))
        .collect();
    heads.sort();
    heads
}

fn export(device: &DeviceProcess, to: &Path, sealed: bool) -> Value {
    let file = to.to_str().unwrap();
    let flags: &[&str] = if sealed { &["--sealed"] } else { &[] };
    device.done(&[&["export", "--to", file], flags].concat())
}

fn import(device: &DeviceProcess, from: &Path) -> xunge_tests::world::DeviceRun {
    device.run(&["import", "--from", from.to_str().unwrap()])
}

fn healthy(server: &ServerProcess) {
    let report = server.command(&["doctor", "--json"]);
    assert_eq!(report["findings"], json!([]), "{report}");
}

/// Every row of the devices' tables that could have moved.
fn rows(device: &DeviceProcess) -> (Vec<(String, Vec<String>)>, Value, Value, u64) {
    let app = open(device.store()).unwrap();
    let (status, carried) = (
        json!(app.sync_status().unwrap()),
        app.carried_for_others().unwrap(),
    );
    drop(app);
    (heads(device), status, device.done(&["list"]), carried)
}

#[test]
fn two_devices_meet_without_a_server_and_a_third_carries_what_it_cannot_read() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let direct = ServerProcess::demo(&folder.path().join("hub-direct"), 0);
    let a = enrolled(&server, folder.path(), "a", "worker-putian");
    let b = enrolled(&server, folder.path(), "b", "worker-putian-2");
    let c = enrolled(&server, folder.path(), "c", "worker-erqi");

    // A is offline and reports; B gets it over a socket, photo and all.
    let case = report(&a, folder.path(), 1);
    a.done(&["comment", &case, "已设围挡"]);
    let (for_a, for_b) = a.meet(&b);
    assert_eq!(
        (&for_a["changes"], &for_b["cases"]),
        (&json!(0), &json!([case]))
    );
    assert!(for_b["photos"].as_u64().unwrap() >= 2, "{for_b}");
    assert_eq!(heads(&b), heads(&a));
    let seen = b.done(&["show", &case]);
    assert_eq!(seen["comments"][0]["text"], "已设围挡");

    // B answers, still without the server; A gets that, and a second meeting brings nothing.
    b.done(&["comment", &case, "收到，我来处理"]);
    let (for_a, for_b) = a.meet(&b);
    assert_eq!(
        (&for_a["changes"], &for_b["changes"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(heads(&b), heads(&a));
    let (for_a, for_b) = b.meet(&a);
    assert_eq!(
        (&for_a["changes"], &for_b["changes"]),
        (&json!(0), &json!(0))
    );

    // What A holds is given to C, of another beat, sealed.
    let file = folder.path().join("carried.parcel");
    let made = export(&a, &file, true);
    assert_eq!(made["cases"], json!(1), "{made}");
    let bytes = std::fs::read(&file).unwrap();
    let hidden = "已设围挡".as_bytes();
    assert!(!bytes.windows(hidden.len()).any(|window| window == hidden));

    // A forged carrier changes nothing: cut, a flipped bit, another city's file.
    let before = rows(&c);
    let forged: PathBuf = folder.path().join("forged.parcel");
    for forge in [
        bytes[..bytes.len() / 2].to_vec(),
        bytes[..bytes.len() - 1].to_vec(),
        flipped(&bytes, bytes.len() / 3),
        flipped(&bytes, bytes.len() - 10),
    ] {
        std::fs::write(&forged, &forge).unwrap();
        let refused = import(&c, &forged);
        assert_ne!(refused.code, Some(0), "{}", refused.json);
        assert!(
            refused.json["error"]["zh"]
                .as_str()
                .is_some_and(|zh| !zh.is_ascii())
        );
    }
    let stranger = enrolled(&direct, folder.path(), "stranger", "worker-putian");
    report(&stranger, folder.path(), 9);
    let foreign = folder.path().join("foreign.parcel");
    export(&stranger, &foreign, false);
    let refused = import(&c, &foreign);
    assert_eq!(refused.json["error"]["code"], "carried_foreign_certificate");
    assert_eq!(rows(&c), before);

    // C takes it, twice, and sees nothing of it.
    let taken = import(&c, &file).json;
    assert!(
        taken["carried"].as_u64().unwrap() > 1 && taken["changes"] == json!(0),
        "{taken}"
    );
    assert_eq!(import(&c, &file).json["carried"], json!(0));
    assert_eq!(heads(&c), []);

    // C syncs: the hub judges by the origin. Then A and B do, and have what a direct push gives.
    c.done(&["sync"]);
    assert_eq!(heads(&c), [], "C may not see it");
    b.done(&["sync"]);
    a.done(&["sync"]);
    b.done(&["sync"]);
    let status = a.done(&["status"]);
    assert_eq!(
        (&status["texts_unsent"], &status["photo_files_unsent"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(heads(&a), heads(&b));
    let at_hub = a.done(&["show", &case]);
    assert_eq!(at_hub["comments"].as_array().unwrap().len(), 2);
    assert_eq!(at_hub["state"], "reported", "{at_hub}");
    let fresh = enrolled(&server, folder.path(), "fresh", "worker-putian");
    fresh.done(&["sync"]);
    assert_eq!(heads(&fresh), heads(&a), "the hub has the same");
    healthy(&server);
}

fn flipped(bytes: &[u8], place: usize) -> Vec<u8> {
    let mut forged = bytes.to_vec();
    forged[place] ^= 1;
    forged
}

/// Pieces that somebody put into a courier's store: the hub refuses each by its origin, and nothing there moves.
#[test]
fn what_a_courier_forged_is_refused_at_the_hub() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let a = enrolled(&server, folder.path(), "a", "worker-putian");
    let c = enrolled(&server, folder.path(), "c", "worker-erqi");
    let case = report(&a, folder.path(), 1);
    let file = folder.path().join("open.parcel");
    export(&a, &file, false);
    assert_eq!(import(&c, &file).code, Some(0));

    // Every piece of work is replaced: a changed statement, another's signature, one that says nothing, bytes of nowhere.
    let mut store = open_store(c.store()).unwrap();
    let mut pieces = Vec::new();
    let mut behind = 0;
    while let Some(piece) = store.read(|reader| reader.waiting_piece(behind)).unwrap() {
        behind = piece.arrival;
        pieces.push(piece);
    }
    let mut forged = 0;
    for piece in &pieces {
        store
            .transaction(|tx| tx.settle_piece(piece.name, false))
            .unwrap();
        let Ok(Piece::Work(work)) = read_piece(&piece.bytes) else {
            continue;
        };
        let mut changed = work.clone();
        *changed.carriages[0].statement.last_mut().unwrap() ^= 1;
        let mut unsigned = work.clone();
        unsigned.carriages[0].signature = [1; 64].into();
        let mut empty = work;
        empty.carriages.clear();
        for forgery in [changed, unsigned, empty] {
            let bytes = open_piece(&Piece::Work(forgery)).unwrap();
            forged += 1;
            store.transaction(|tx| tx.keep_piece(&bytes)).unwrap();
        }
    }
    store.transaction(|tx| tx.keep_piece(&[1; 200])).unwrap();
    drop(store);
    assert_eq!(forged, 3);
    c.done(&["sync"]);
    assert_eq!(
        open(c.store()).unwrap().carried_for_others().unwrap(),
        0,
        "settled for good"
    );
    let fresh = enrolled(&server, folder.path(), "fresh", "worker-putian");
    fresh.done(&["sync"]);
    assert_eq!(heads(&fresh), [], "nothing came");
    healthy(&server);

    // And the origin's own push comes through untouched by it.
    a.done(&["sync"]);
    fresh.done(&["sync"]);
    assert_eq!(heads(&fresh), heads(&a));
    assert_eq!(fresh.done(&["show", &case])["state"], "reported");
}

/// Work of a device that was revoked meanwhile: no other brings it in; nobody who took it is left with it, or loses by it.
#[test]
fn work_of_a_revoked_device_is_refused_whoever_brings_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let a = enrolled(&server, folder.path(), "a", "worker-putian");
    let b = enrolled(&server, folder.path(), "b", "worker-putian-2");
    let c = enrolled(&server, folder.path(), "c", "worker-erqi");
    let theirs = report(&a, folder.path(), 1);
    let other = report(&a, folder.path(), 3);
    a.meet(&b);
    assert_eq!(heads(&b), heads(&a));
    b.done(&["comment", &theirs, "我来处理"]);
    let own = report(&b, folder.path(), 2);
    let file = folder.path().join("carried.parcel");
    export(&a, &file, true);
    assert_eq!(import(&c, &file).code, Some(0));

    server.command(&["revoke", "--person", "worker-putian", "--json"]);
    for carrier in [&c, &b] {
        carrier.done(&["sync"]);
        let carried = open(carrier.store()).unwrap().carried_for_others();
        assert_eq!(carried.unwrap(), 0, "the hub's word is final");
    }
    // B has what it wrote itself, all of it received: also its word to a case of which nothing else is left.
    let mut left: Vec<_> = heads(&b).into_iter().map(|(id, _)| id).collect();
    left.sort();
    assert_eq!(left, [theirs.clone(), own], "and nothing of {other}");
    let said = b.done(&["show", &theirs]);
    assert_eq!(said["comments"][0]["text"], "我来处理");
    assert_eq!(
        (&said["delivery"], &said["photos"]),
        (&json!("received"), &json!([]))
    );
    let status = b.done(&["status"]);
    assert_eq!(
        (&status["texts_unsent"], &status["photo_files_unsent"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(a.run(&["sync"]).json["problem"]["code"], "revoked");
    let fresh = enrolled(&server, folder.path(), "fresh", "worker-putian");
    fresh.done(&["sync"]);
    let known = heads(&fresh);
    assert!(!known.is_empty() && known.iter().all(|one| heads(&b).contains(one)));
    healthy(&server);
}

/// Both the origin and its courier are revoked with some hours left, and the courier has nothing of its own to send.
#[test]
fn who_may_still_send_what_it_holds_sends_what_it_carries_before_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let a = enrolled(&server, folder.path(), "a", "worker-putian");
    let c = enrolled(&server, folder.path(), "c", "worker-erqi");
    let case = report(&a, folder.path(), 1);
    let file = folder.path().join("carried.parcel");
    export(&a, &file, true);
    assert_eq!(import(&c, &file).code, Some(0));
    for person in ["worker-putian", "worker-erqi"] {
        server.command(&[
            "revoke",
            "--person",
            person,
            "--last-push-hours",
            "24",
            "--json",
        ]);
    }
    let told = c.run(&["sync"]).json;
    assert_eq!(told["problem"]["code"], "revoked", "{told}");
    assert_eq!(open(c.store()).unwrap().carried_for_others().unwrap(), 0);
    let fresh = enrolled(&server, folder.path(), "fresh", "worker-putian");
    fresh.done(&["sync"]);
    let seen = fresh.done(&["show", &case]);
    assert_eq!(seen["state"], "reported", "{seen}");
    healthy(&server);
}
