//! What people read: the JSON beside an entry, and the history of the case. Both are made of what was sealed and of the
//! case's data alone, so that whoever verifies can make them again.

use std::fmt::Write as _;

use serde_json::{Value, json};
use xunge_domain::ids::{Digest, IntentId};
use xunge_domain::time::Timestamp;
use xunge_evidence::entry::OwnedAuditLine;
use xunge_evidence::record::Record;

/// The guide for who has no `xunge`.
pub(super) const GUIDE_TEXT: &str = include_str!("VERIFY.md");

/// The JSON of an entry.
pub(super) fn entry(
    intent: &IntentId,
    entry: &Value,
    record: Option<(&Record, &Digest)>,
    received: Option<&OwnedAuditLine>,
) -> String {
    pretty(&json!({
        "intent": intent,
        "entry": entry,
        "record": record.map(|(record, name)| record_json(record, name)),
        "received": received.map(line_json),
    }))
}

fn record_json(record: &Record, name: &Digest) -> Value {
    let moment = &record.moment;
    json!({
        "name": name,
        "installation": record.installation,
        "seq": record.seq,
        "previous": record.previous,
        "build": record.build,
        "key_protection": record.protection.word(),
        "working_copy": record.working,
        "at": moment.at.to_string(),
        "uptime": moment.uptime.map(|uptime| json!({
            "boot": data_encoding::HEXLOWER.encode(&*uptime.boot),
            "millis": uptime.millis,
        })),
        "not_before": moment.beacon.map(|beacon| beacon.at.to_string()),
        "not_after_by_device": moment.at_the_latest().map(|at| at.to_string()),
        "fixes": moment.fixes,
        "signals": moment.signals,
    })
}

fn line_json(line: &OwnedAuditLine) -> Value {
    json!({
        "line": line.seq,
        "at": line.at.to_string(),
        "who": line.who,
        "what": line.what,
        "detail": line.detail,
    })
}

/// JSON as a person reads it; the same value makes the same text.
pub(super) fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// The history of a case, made of its data.
pub(super) fn history(case: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let facts = &case["case"]["facts"];
    let title = text(&facts["title"]);
    let number = text(&case["case_no"]);
    let mut out = format!("# {title}\n\n{number} {}\n\n", text(&case["local_code"]));
    let description = text(&facts["description"]);
    if !description.is_empty() {
        let _ = writeln!(out, "{description}\n");
    }
    let _ = writeln!(out, "{}\n", text(&facts["address"]));
    let _ = writeln!(
        out,
        "| 时间 at | 人员 who | 事项 what | 内容 content |\n|---|---|---|---|"
    );
    let mut lines: Vec<(i64, String)> = Vec::new();
    for (list, what) in [
        ("photos", "照片 photo"),
        ("hazards", "隐患 hazard"),
        ("comments", "说明 comment"),
        ("actions", "请求 request"),
        ("rulings", "裁定 ruling"),
        ("erased", "删除 erased"),
    ] {
        for item in case["case"][list].as_array().into_iter().flatten() {
            let at = item["at"].as_i64().unwrap_or_default();
            let author = if list == "erased" { "by" } else { "author" };
            let who = text(&item[author]);
            let name = case["people"][&who].as_str().unwrap_or(&who);
            let words = words(list, item);
            let line = format!(
                "| {} | {} | {what} | {} |\n",
                Timestamp::from_millis(at),
                cell(name),
                cell(&words)
            );
            lines.push((at, line));
        }
    }
    lines.sort_by_key(|(at, _)| *at);
    out.extend(lines.into_iter().map(|(_, line)| line));
    out
}

fn words(list: &str, item: &Value) -> String {
    let mut rest = item.as_object().cloned().unwrap_or_default();
    for told in ["at", "author", "seal", "session", "preview", "id"] {
        rest.remove(told);
    }
    match list {
        "hazards" | "comments" => item["text"].as_str().unwrap_or_default().to_owned(),
        "photos" => format!(
            "{} {} {}",
            item["purpose"].as_str().unwrap_or_default(),
            item["caption"].as_str().unwrap_or_default(),
            item["original"]["sha256"].as_str().unwrap_or_default(),
        ),
        "erased" => format!(
            "{} {}",
            item["place"].as_str().unwrap_or_default(),
            item["cause"].as_str().unwrap_or_default(),
        ),
        _ => Value::Object(rest).to_string(),
    }
}

/// What stands in a cell of a table must not end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}
