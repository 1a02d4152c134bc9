//! The page about a case's life says what the judge does.

use std::path::Path;

#[test]
fn the_page_in_the_repository_is_made_from_the_table() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/case-machine.md");
    let now = xunge_server::rules::to_markdown();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == now,
        "docs/case-machine.md is not what the table says; run this test with UPDATE_DOCS=1"
    );
}

#[test]
fn the_command_prints_the_rows_as_json() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_xunge"))
        .args(["rules", "--json"])
        .output()
        .unwrap();
    assert!(output.status.success());
    let rows: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rows, xunge_server::rules::to_json());
}
