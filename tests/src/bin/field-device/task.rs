//! `field-device task list`: what this worker was sent for.

use serde_json::json;
use xunge_field::FieldApp;

use crate::output::{End, Failure, print};

pub(crate) fn list(app: &FieldApp, json: bool) -> Result<End, Failure> {
    let tasks = app.tasks()?;
    print(json, &json!({ "tasks": tasks }), || {
        if tasks.is_empty() {
            return "没有待办的核实或核查任务。 Nothing to verify or check.".into();
        }
        let lines = tasks.iter().map(|task| {
            let late = match (task.answered, task.overdue) {
                (true, _) => "  已答复，待裁定 answered, not ruled",
                (false, true) => "  已超时 overdue",
                (false, false) => "",
            };
            format!(
                "{} {}  {}  {}  送达 delivered {}  应答复 due {}{late}",
                task.kind_zh,
                task.local_code,
                task.title,
                task.address,
                task.delivered_at.to_local_minute(),
                task.due_at.to_local_minute()
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(End::Done)
}
