//! A text of a case is erased, through real processes: nothing of it is left at the hub or on the devices, one of which was
//! offline with work on the former edition; the case is whole, and its bundle names the order.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use xunge_server::bundle;
use xunge_tests::world::{Browser, DeviceProcess, ServerProcess, binary, photo};

const SECRET: &str = "找住户赵秀英13812345678";
const DIGITS: &str = "13812345678";
const ERASED: &str = "【已删除】";

/// Every file below a folder in which a text stands.
fn holding(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, text));
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let mut windows = bytes.windows(text.len());
        if windows.any(|window| window == text.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}

fn enrolled(server: &ServerProcess, folder: &Path, name: &str) -> DeviceProcess {
    // Not encrypted, so that a search finds what is there.
    let device = DeviceProcess::unencrypted(folder, name);
    device.enrol(server, "worker-putian");
    device.done(&["sync"]);
    device
}

fn texts(shown: &Value) -> Vec<String> {
    let comments = shown["comments"].as_array().unwrap().iter();
    let mut texts: Vec<String> = comments
        .map(|comment| comment["text"].as_str().unwrap().to_owned())
        .collect();
    texts.sort();
    texts
}

fn xunge(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(binary("xunge"))
        .args(arguments)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.code(), text)
}

#[test]
fn an_erased_text_is_nowhere_any_more_and_everything_else_is_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let hub = folder.path().join("hub");
    let mut server = ServerProcess::demo(&hub, 0);
    let author = enrolled(&server, folder.path(), "author");
    let offline = enrolled(&server, folder.path(), "offline");
    let picture = photo::draw(folder.path(), "picture", 7, 320, 240);
    let case = &author.report_road(&picture, &["--description", "路面破损"]);
    let picture = picture.to_str().unwrap();
    author.done(&["comment", case, SECRET]);
    author.done(&["comment", case, "已放警示牌"]);
    let close = photo::draw(folder.path(), "close", 8, 320, 240);
    let close = close.to_str().unwrap();
    author.done(&[
        "attach",
        case,
        "--photo",
        close,
        "--purpose",
        "found",
        "--caption",
        SECRET,
    ]);
    author.done(&["sync"]);
    offline.done(&["sync"]);
    // Without signal from here on: work that builds on what is about to be erased.
    offline.done(&["comment", case, "离线时写的"]);
    offline.done(&["attach", case, "--photo", picture, "--purpose", "during"]);

    for place in [hub.as_path(), author.store(), offline.store()] {
        assert!(!holding(place, DIGITS).is_empty(), "{}", place.display());
    }
    let copy = folder.path().join("copy");
    server.command(&["backup", "--to", copy.to_str().unwrap()]);

    let path = format!("/api/cases/{case}");
    let admin = Browser::log_in(&server.url(), "admin");
    let before = admin.get(&path).1;
    let entry = |list: &str, text: &str| {
        let entries = before["case"][list].as_array().unwrap().iter();
        let found = entries.clone().find(|entry| entry[text] == SECRET).unwrap();
        format!("entry:{}", found["id"].as_str().unwrap())
    };
    let (comment, caption) = (entry("comments", "text"), entry("photos", "caption"));
    let erased = server.command(&[
        "erase-text",
        "--case",
        case,
        "--field",
        &comment,
        "--field",
        &caption,
        "--cause",
        "asked",
        "--reason",
        "本人要求",
        "--json",
    ]);
    assert_eq!(
        (&erased["edition"], &erased["scrubbed"]),
        (&json!(1), &json!(true)),
        "{erased}"
    );
    assert_eq!(holding(&hub, DIGITS), [""; 0], "at the hub");

    // The case is whole.
    let after = admin.get(&path).1;
    for (list, count) in [("comments", 2), ("photos", 2), ("erased", 2)] {
        assert_eq!(
            after["case"][list].as_array().unwrap().len(),
            count,
            "{list}"
        );
    }
    assert_eq!(after["standing"], before["standing"]);
    assert_eq!(after["case"]["rulings"], before["case"]["rulings"]);

    // Each device takes the new edition at its next contact; what the one did without signal is on it.
    author.done(&["sync"]);
    offline.done(&["sync"]);
    author.done(&["sync"]);
    for device in [&author, &offline] {
        let name = device.store().display();
        assert_eq!(holding(device.store(), DIGITS), [""; 0], "on {name}");
        let shown = device.done(&["show", case]);
        assert_eq!(
            texts(&shown),
            [ERASED, "已放警示牌", "离线时写的"],
            "on {name}"
        );
        assert_eq!(device.done(&["status"])["texts_unsent"], 0, "on {name}");
    }
    assert_eq!(holding(&hub, DIGITS), [""; 0], "after the devices came");
    let last = admin.get(&path).1;
    assert_eq!(last["case"]["photos"].as_array().unwrap().len(), 3);
    let evidence = last["evidence"].as_object().unwrap();
    assert!(
        evidence.values().all(|stored| stored == true),
        "{evidence:?}"
    );
    let report = server.command(&["doctor", "--json"]);
    assert_eq!(report["findings"], json!([]), "{report}");

    // The seal of the photo holds although its caption is gone, and the order is named.
    let zip = folder.path().join("case.zip");
    let zip = zip.to_str().unwrap();
    let data = hub.to_str().unwrap();
    assert_eq!(
        xunge(&["bundle", "--data", data, "--case", case, "--to", zip]).0,
        Some(0)
    );
    let (code, verified) = xunge(&["verify", "--json", zip]);
    let verified: Value = serde_json::from_str(&verified).unwrap();
    assert_eq!(code, Some(0), "{verified:#}");
    let findings = verified["findings"].as_array().unwrap().iter();
    let orders = findings.filter(|finding| finding["code"] == "erased_by_order");
    assert_eq!(orders.count(), 2, "{verified:#}");
    by_hand(folder.path(), zip);

    // A backup of before does not bring it back.
    server.kill();
    let restored = folder.path().join("restored");
    let (copy, restored_data) = (copy.to_str().unwrap(), restored.to_str().unwrap());
    let restoring = [
        "restore",
        "--from",
        copy,
        "--data",
        restored_data,
        "--erasures-of",
        data,
    ];
    assert_eq!(xunge(&restoring).0, Some(0));
    assert_eq!(holding(&restored, DIGITS), [""; 0], "in the restored hub");
}

/// As the VERIFY.md of the bundle says, without xunge.
fn by_hand(folder: &Path, zip: &str) {
    let (files, _) = bundle::read(&fs::read(zip).unwrap()).unwrap();
    let folder = folder.join("by-hand");
    for (path, bytes) in &files {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    let guide = String::from_utf8(files["VERIFY.md"].clone()).unwrap();
    let script = guide
        .split("```sh\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let run = |folder: &Path| {
        let output = Command::new("bash")
            .args(["-c", script])
            .current_dir(folder)
            .output();
        output.unwrap()
    };
    let whole = run(&folder);
    assert!(whole.status.success(), "{whole:?}");
    // Without the order it is an altered entry.
    for order in fs::read_dir(folder.join("erased")).unwrap() {
        fs::remove_file(order.unwrap().path()).unwrap();
    }
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    let left: String = sums
        .lines()
        .filter(|line| !line.contains("  erased/"))
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(folder.join("SHA256SUMS"), left).unwrap();
    let script = script.replace(
        "openssl dgst -sha256 -verify hub.pem -signature SHA256SUMS.sig SHA256SUMS\n",
        "",
    );
    let output = Command::new("bash")
        .args(["-c", &script])
        .current_dir(&folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        !output.status.success() && said.contains("another entry"),
        "{output:?}"
    );
}
