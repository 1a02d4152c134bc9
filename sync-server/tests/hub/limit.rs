//! `xunge limit` as a process.

use serde_json::Value;

use crate::command_line::{errors, run};

fn limit(arguments: &[&str]) -> std::process::Output {
    run(&[&["limit"], arguments].concat())
}

fn json(arguments: &[&str]) -> Value {
    let output = limit(&[arguments, &["--json"]].concat());
    assert!(output.status.success(), "{}", errors(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn seven_working_days_from_a_saturday_are_due_on_a_tuesday() {
    let hours = "08:30-12:00,14:00-18:00";
    let common = ["--amount", "7", "--unit", "work_day"];
    for from in [
        "2025-06-28 10:00",
        "2025-06-28T10:00:00+08:00",
        "2025-06-28T10:00:00",
        "2025-06-28T02:00:00Z",
    ] {
        let answer = json(&[&["--from", from, "--hours", hours], common.as_slice()].concat());
        assert_eq!(answer["due"], "2025-07-08T18:00:00+08:00");
        assert_eq!(answer["counts_from"], "2025-06-30T08:30:00+08:00");
        assert_eq!(answer["minutes"], 3_150);
        assert_eq!(answer["subtracted"]["weekend_days"][3], "2025-07-06");
        assert_eq!(answer["calendar"]["years"][3], 2026);
        let explained = answer["explained"].as_str().unwrap();
        assert!(
            explained.contains("到期时间 2025-07-08 18:00"),
            "{explained}"
        );
        assert!(
            explained.contains("\nReceived Saturday 2025-06-28 10:00"),
            "{explained}"
        );
    }
    let output = limit(&[&["--from", "2025-06-28 10:00"], common.as_slice()].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!((lines.len(), lines[0]), (3, "2025-07-08 18:00"));
}

#[test]
fn what_cannot_be_counted_is_said_in_two_languages_with_the_next_step() {
    let calendar = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&calendar, "date,working,why\n2025-02-30,no,x\n").unwrap();
    let calendar = calendar.path().to_str().unwrap();
    let ordinary = [
        "--from",
        "2026-12-31 10:00",
        "--amount",
        "3",
        "--unit",
        "work_day",
    ];
    let with = |place: usize, value: &'static str| {
        let mut arguments = ordinary.to_vec();
        arguments[place] = value;
        arguments
    };
    for (arguments, code, words) in [
        (
            ordinary.to_vec(),
            "calendar_year_missing",
            "没有 2027 年的工作日历",
        ),
        (with(1, "tomorrow"), "time_unreadable", "tomorrow"),
        (with(1, "2025-06-28"), "time_unreadable", "+08:00"),
        (with(3, "0"), "limit_zero", "时限不能为 0"),
        (with(3, "100001"), "limit_too_long", "100000"),
        (
            with(5, "day"),
            "limit_unit_unknown",
            "natural_day（自然日）",
        ),
        (
            [&ordinary, ["--hours", "9-17"].as_slice()].concat(),
            "hours_form",
            "“9-17”不是时段",
        ),
        (
            [&ordinary, ["--calendar", calendar].as_slice()].concat(),
            "calendar_refused",
            "row 2 (\"2025-02-30,no,x\"): the date is no day",
        ),
        (
            [&ordinary, ["--calendar", "/nowhere.csv"].as_slice()].concat(),
            "file_unreadable",
            "/nowhere.csv",
        ),
    ] {
        let output = limit(&arguments);
        let said = errors(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains(&format!("[{code}]")) && said.contains(words),
            "{said}"
        );
        assert!(
            said.contains("错误：") && said.contains("error: "),
            "{said}"
        );
    }
}

#[test]
fn another_calendar_counts_instead() {
    let calendar = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&calendar, "date,working,why\n2027-01-01,no,元旦\n").unwrap();
    let answer = json(&[
        "--from",
        "2027-01-01 09:00",
        "--amount",
        "1",
        "--unit",
        "work_day",
        "--calendar",
        calendar.path().to_str().unwrap(),
    ]);
    assert_eq!(answer["due"], "2027-01-04T18:00:00+08:00");
    assert_eq!(answer["subtracted"]["holidays"][0]["name"], "元旦");
}
