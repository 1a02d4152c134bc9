//! The log from outside: the API as a client sees it, and the binary against a forger who has the database file.

use std::path::{Path, PathBuf};

use serde_json::Value;
use xunge_domain::ids::Digest;
use xunge_domain::person::Role;
use xunge_domain::time::Timestamp;
use xunge_evidence::checkpoint::{Checkpoint, SignedCheckpoint};
use xunge_evidence::entry::AuditLine;
use xunge_evidence::tree::{verify_consistency, verify_inclusion};
use xunge_server::app::SystemEntropy;
use xunge_server::data_folder::DataFolder;
use xunge_server::services::log::origin;
use xunge_server::services::people;
use xunge_sync::keys::{PublicKey, Signer};

use crate::by_hand;
use crate::command_line::{Serving, add_worker, errors, run};
use crate::support::{Answer, Hub, PASSWORD, hub, monday};

fn public_key(hub: &Hub) -> PublicKey {
    hub.state.hub_key.key.public_key()
}

fn checkpoint(hub: &Hub, answer: &Answer) -> Checkpoint {
    assert_eq!(answer.status, 200, "{answer:?}");
    let key = public_key(hub);
    let signed = SignedCheckpoint::parse(&answer.text).unwrap();
    let verifies = |text: &[u8], signature: &[u8]| key.verifies(text, signature);
    let said = signed.verified(&origin(&hub.state), key.as_bytes(), verifies);
    said.unwrap().clone()
}

fn digests(value: &Value) -> Vec<Digest> {
    let hashes = value.as_array().unwrap().iter();
    hashes.map(digest).collect()
}

fn digest(value: &Value) -> Digest {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn a_client_that_trusts_nothing_but_the_key_can_check_every_entry() {
    let hub = hub();
    hub.add("auditor", Role::Auditor);
    let auditor = hub.logged_in("auditor");
    let then = checkpoint(&hub, &auditor.get("/api/log/checkpoint"));
    assert_eq!(then.at, monday());
    assert!(then.size > 8, "{then:?}");
    for index in 0..then.size {
        let path = format!("/api/log/entries/{index}?size={}", then.size);
        let entry = auditor.get(&path).json();
        let text = |name: &str| entry[name].as_str().unwrap();
        // From what the answer shows, not from the leaf it names.
        let line = AuditLine {
            seq: entry["seq"].as_u64().unwrap(),
            at: Timestamp::from_millis(entry["at"].as_i64().unwrap()),
            who: text("who"),
            what: text("what"),
            detail: text("detail"),
        };
        let proof = digests(&entry["proof"]);
        let held = verify_inclusion(&line.leaf(), index, then.size, &proof, &then.root);
        assert_eq!(held, Ok(()), "{entry}");
        assert_eq!(digest(&entry["leaf"]), line.leaf());
        let forged = AuditLine {
            who: "somebody",
            ..line
        };
        assert!(verify_inclusion(&forged.leaf(), index, then.size, &proof, &then.root).is_err());
    }
    hub.logged_in("clerk");
    let now = checkpoint(&hub, &auditor.get("/api/log/checkpoint"));
    assert_eq!(now.size, then.size + 1, "the login");
    let path = format!("/api/log/consistency?from={}", then.size);
    let goes_on = auditor.get(&path).json();
    let proof = digests(&goes_on["proof"]);
    assert_eq!(goes_on["to"], now.size);
    let held = verify_consistency((then.size, &then.root), (now.size, &now.root), &proof);
    assert_eq!(held, Ok(()));
    assert_eq!(digest(&goes_on["from_root"]), then.root);
    assert_eq!(digest(&goes_on["to_root"]), now.root);
}

#[test]
fn entries_are_for_auditors_and_admins_checkpoints_for_everybody_logged_in() {
    let hub = hub();
    let (admin, worker) = (hub.logged_in("admin"), hub.logged_in("worker-putian"));
    let routes = [
        "/api/log/checkpoint",
        "/api/log/consistency?from=1",
        "/api/log/entries/0",
    ];
    for path in routes {
        let nobody = hub.browser().get(path);
        assert_eq!(
            (nobody.status, nobody.code().as_str()),
            (401, "not_logged_in")
        );
        assert_eq!(admin.get(path).status, 200, "{path}");
    }
    assert_eq!(worker.get(routes[0]).status, 200);
    assert_eq!(worker.get(routes[1]).status, 200);
    let refused = worker.get(routes[2]);
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (403, "forbidden")
    );
}

#[test]
fn what_is_not_there_is_said() {
    let hub = hub();
    let admin = hub.logged_in("admin");
    let size = checkpoint(&hub, &admin.get("/api/log/checkpoint")).size;
    for path in [
        format!("/api/log/entries/{size}"),
        format!("/api/log/entries/0?size={}", size + 1),
        "/api/log/entries/3?size=3".to_owned(),
        format!("/api/log/consistency?from={}", size + 1),
        "/api/log/consistency?from=3&to=2".to_owned(),
        format!("/api/log/entries/{}", u64::MAX),
    ] {
        let answer = admin.get(&path);
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (404, "log_beyond"),
            "{path}"
        );
    }
    for path in [
        "/api/log/entries/first",
        "/api/log/entries/-1",
        "/api/log/consistency",
    ] {
        assert_eq!(admin.get(path).status, 400, "{path}");
    }
    let nothing = admin.get("/api/log/consistency?from=0&to=0").json();
    assert_eq!(nothing["proof"], serde_json::json!([]));
}

/// A hub in a folder whose log has some lines, and which nobody serves now.
struct Folder {
    place: tempfile::TempDir,
}

impl Folder {
    fn new() -> Self {
        let folder = Self {
            place: tempfile::tempdir().unwrap(),
        };
        drop(Serving::start(&folder.data()));
        add_worker(&folder.path("hub"));
        folder.passwords(7);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn data(&self) -> String {
        self.path("hub").to_str().unwrap().to_owned()
    }

    fn database(&self) -> PathBuf {
        DataFolder::at(self.path("hub")).database()
    }

    /// So many lines more.
    fn passwords(&self, times: u32) {
        let app = DataFolder::at(self.path("hub"));
        let app = app.open_beside(std::sync::Arc::new(SystemEntropy)).unwrap();
        let worker = "worker-putian".parse().unwrap();
        for _ in 0..times {
            people::set_password(&app, "test", &worker, PASSWORD).unwrap();
        }
    }

    /// What `xunge log checkpoint` prints, in a file that the hub cannot reach.
    fn checkpoint(&self, name: &str) -> PathBuf {
        let output = run(&["log", "checkpoint", "--data", &self.data()]);
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
        let file = self.path(name);
        std::fs::write(&file, &output.stdout).unwrap();
        file
    }

    fn verify(&self, since: Option<&Path>) -> (Option<i32>, String) {
        let data = self.data();
        let mut arguments = vec!["log", "verify", "--data", &data];
        if let Some(since) = since {
            arguments.extend(["--since", since.to_str().unwrap()]);
        }
        let output = run(&arguments);
        let told = String::from_utf8(output.stdout.clone()).unwrap() + &errors(&output);
        (output.status.code(), told)
    }

    /// The same, which has to fail with a code and to say something.
    fn fails(&self, since: Option<&Path>, code: &str, says: &[&str]) {
        let (status, told) = self.verify(since);
        assert_eq!(status, Some(1), "{told}");
        assert!(told.contains(&format!("[{code}]")), "{told}");
        for words in says {
            assert!(told.contains(words), "{words:?} in {told}");
        }
    }

    /// The code the doctor names, as JSON.
    fn doctor(&self) -> Option<String> {
        let output = run(&["doctor", "--data", &self.data(), "--json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        report["findings"][0]["code"].as_str().map(str::to_owned)
    }
}

#[test]
fn an_honest_log_holds_and_goes_on_from_every_checkpoint() {
    let folder = Folder::new();
    let first = folder.checkpoint("first");
    assert_eq!(folder.verify(None).0, Some(0));
    folder.passwords(6);
    let second = folder.checkpoint("second");
    for since in [&first, &second] {
        let (status, told) = folder.verify(Some(since));
        assert_eq!(status, Some(0), "{told}");
        assert!(
            told.contains("日志完好") && told.contains("承接检查点"),
            "{told}"
        );
    }
    assert_eq!(folder.doctor(), None);
    let _serving = Serving::start(&folder.data());
    assert_eq!(
        folder.verify(Some(&second)).0,
        Some(0),
        "beside a serving hub"
    );
}

#[test]
fn whoever_changes_lines_or_hashes_is_found_at_the_first_of_them() {
    type Forgery = fn(&Path);
    let forgeries: [(Forgery, u64, &str); 9] = [
        (|file| by_hand::edit_line(file, 3), 2, "log_line_changed"),
        (|file| by_hand::delete_line(file, 4), 3, "log_line_missing"),
        (
            |file| by_hand::swap_lines(file, 2, 6),
            1,
            "log_line_changed",
        ),
        (|file| by_hand::delete_line(file, 8), 7, "log_line_missing"),
        (|file| by_hand::slip_in(file, 9), 8, "log_line_not_entered"),
        (|file| by_hand::bend_hash(file, 1), 3, "log_hash_differs"),
        (
            |file| by_hand::garble_line(file, 5),
            4,
            "log_line_unreadable",
        ),
        (|file| by_hand::garble_hash(file, 5), 5, "log_line_changed"),
        (by_hand::lose_hashes, 3, "log_hash_missing"),
    ];
    for (forge, index, code) in forgeries {
        let folder = Folder::new();
        assert_eq!(folder.verify(None).0, Some(0));
        forge(&folder.database());
        folder.fails(
            None,
            "log_wrong",
            &[&format!("entry {index}: "), &format!("[{code}]")],
        );
        assert_eq!(folder.doctor().as_deref(), Some(code));
    }
}

#[test]
fn a_log_cut_with_every_trace_is_whole_by_itself_and_shorter_than_a_checkpoint() {
    let folder = Folder::new();
    let kept = folder.checkpoint("kept");
    by_hand::cut_to(&folder.database(), 5);
    assert_eq!(folder.verify(None).0, Some(0), "alone it cannot be told");
    folder.fails(
        Some(&kept),
        "log_shorter",
        &["speaks of 8 entries, the log has 5"],
    );
    // Filled up with other lines it is as long again, and still another one.
    folder.passwords(3);
    folder.fails(
        Some(&kept),
        "log_forked",
        &["speaks of 8 entries, the log has 8"],
    );
}

#[test]
fn a_history_rewritten_with_all_its_hashes_is_another_one_than_was_signed() {
    let folder = Folder::new();
    let kept = folder.checkpoint("kept");
    by_hand::rewrite(&folder.database(), 3);
    assert_eq!(folder.verify(None).0, Some(0), "alone it cannot be told");
    folder.fails(Some(&kept), "log_forked", &[]);
}

#[test]
fn a_restored_hub_says_that_it_was_restored() {
    let folder = Folder::new();
    let (data, copy) = (folder.data(), folder.path("copy"));
    let copy = copy.to_str().unwrap();
    let before = folder.checkpoint("before");
    let output = run(&["backup", "--data", &data, "--to", copy]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    folder.passwords(4);
    let after = folder.checkpoint("after");
    std::fs::remove_dir_all(folder.path("hub")).unwrap();
    let output = run(&["restore", "--from", copy, "--data", &data]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let (status, told) = folder.verify(Some(&before));
    assert_eq!(status, Some(0), "what the backup holds is the same: {told}");
    let restored = [
        "restored from a backup",
        "曾用备份恢复",
        "speaks of 13 entries",
    ];
    folder.fails(Some(&after), "log_shorter", &restored);
    folder.passwords(9);
    folder.fails(Some(&after), "log_forked", &restored);
}

#[test]
fn what_is_no_checkpoint_of_this_hub_is_refused() {
    let folder = Folder::new();
    let kept = folder.checkpoint("kept");
    let text = std::fs::read_to_string(&kept).unwrap();
    let refused = |text: &str, code: &str| {
        let file = folder.path("bent");
        std::fs::write(&file, text).unwrap();
        folder.fails(Some(&file), "checkpoint_refused", &[code]);
    };
    refused(&text.replace("\n8\n", "\n7\n"), "checkpoint_signature");
    refused("", "checkpoint_malformed");
    refused(&text.repeat(9), "checkpoint_too_long");
    let other = Folder::new();
    let elsewhere = other.checkpoint("kept");
    folder.fails(
        Some(&elsewhere),
        "checkpoint_refused",
        &["checkpoint_other_log"],
    );
    folder.fails(Some(&folder.path("nowhere")), "file_unreadable", &[]);
}

#[test]
fn lines_of_an_older_program_are_entered_when_the_hub_starts_and_said_to_be_late() {
    let folder = Folder::new();
    by_hand::add_as_before_the_log(&folder.database(), 9);
    folder.fails(None, "log_wrong", &["log_line_not_entered"]);
    drop(Serving::start(&folder.data()));
    assert_eq!(folder.verify(None).0, Some(0));
    let app = DataFolder::at(folder.path("hub"));
    let app = app.open_beside(std::sync::Arc::new(SystemEntropy)).unwrap();
    let last = app.store.reading(|read| read.audit_after(9, 10)).unwrap();
    assert_eq!(last.len(), 1);
    let detail: Value = serde_json::from_str(&last[0].detail).unwrap();
    assert_eq!(
        (last[0].what.as_str(), detail),
        ("entered_late", serde_json::json!({ "from": 8, "lines": 1 }))
    );
}
