//! `field-device task`: what this worker was sent for; not to take it; leave.

use serde_json::json;
use xunge_field::domain::duty::DeclineCause;
use xunge_field::{FieldApp, LeaveView, TaskView};

use crate::arguments::{LeaveVerb, TaskVerb};
use crate::output::{End, Failure, print};
use crate::run::saved;

pub(crate) fn task(app: &mut FieldApp, json: bool, verb: TaskVerb) -> Result<End, Failure> {
    match verb {
        TaskVerb::List => list(app, json),
        TaskVerb::Decline { case, cause, words } => {
            let cause = DeclineCause::from_id(&cause).ok_or_else(|| {
                let known = DeclineCause::ALL.map(DeclineCause::id).join(", ");
                Failure::Usage(format!("cause {cause:?}: {known}"))
            })?;
            let case = app.resolve(&case)?;
            let id = app.decline_task(case, cause, &words)?;
            saved(json, &id.to_string())
        }
        TaskVerb::Leave {
            verb: Some(LeaveVerb::List),
            ..
        } => leaves(app, json),
        TaskVerb::Leave {
            verb: Some(LeaveVerb::TakeBack { id }),
            ..
        } => {
            let leave = id
                .parse()
                .map_err(|_| Failure::Usage(format!("{id:?}: the name of a leave, in hex")))?;
            app.take_back_leave(leave)?;
            saved(json, &id)
        }
        TaskVerb::Leave {
            verb: None,
            from,
            until,
            words,
        } => {
            let (Some(from), Some(until)) = (from, until) else {
                return Err(Failure::Usage("--from and --until".into()));
            };
            let id = app.say_leave(from, until, &words)?;
            saved(json, &id.to_string())
        }
    }
}

fn list(app: &FieldApp, json: bool) -> Result<End, Failure> {
    let tasks = app.tasks()?;
    print(json, &json!({ "tasks": tasks }), || {
        if tasks.is_empty() {
            return "没有待办的核实或核查任务。 Nothing to verify or check.".into();
        }
        tasks.iter().map(line).collect::<Vec<_>>().join("\n")
    });
    Ok(End::Done)
}

fn line(task: &TaskView) -> String {
    let late = match (&task.declined, task.answered, task.overdue) {
        (Some(declined), ..) => {
            let reason = declined.reason.as_ref();
            let why = reason.map(|reason| format!("：{}", reason.zh));
            format!(
                "  已拒派 declined（{}；{}{}）",
                declined.cause_zh,
                declined.delivery_zh,
                why.unwrap_or_default()
            )
        }
        (None, true, _) => "  已答复，待裁定 answered, not ruled".into(),
        (None, false, true) => "  已超时 overdue".into(),
        (None, false, false) => String::new(),
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
}

fn leaves(app: &FieldApp, json: bool) -> Result<End, Failure> {
    let leaves = app.leaves()?;
    print(json, &json!({ "leaves": leaves }), || {
        if leaves.is_empty() {
            return "没有请假。 No leave.".into();
        }
        leaves.iter().map(leave).collect::<Vec<_>>().join("\n")
    });
    Ok(End::Done)
}

fn leave(leave: &LeaveView) -> String {
    let back = leave.taken_back.map_or("", |_| "  已销假 taken back");
    let why = leave
        .reason
        .as_ref()
        .map(|reason| format!("：{}", reason.zh));
    format!(
        "请假 leave {}  {} — {}  {}  {}{}{back}",
        leave.id,
        leave.from.to_local_minute(),
        leave.until.to_local_minute(),
        leave.words,
        leave.delivery_zh,
        why.unwrap_or_default()
    )
}
