//! The verbs.

use std::path::Path;
use std::time::Duration;

use serde_json::json;
use xunge_field::domain::case::PhotoPurpose;
use xunge_field::{AttachRequest, FieldApp, FieldError, PhotoInput};
use xunge_tests::device::{Hosting, Link, SyncEnd, open_hosted, synchronise, wipe};
use xunge_tests::workload;

use crate::act::act;
use crate::arguments::{Arguments, Command};
use crate::base_map::base_map;
use crate::exchange;
use crate::near::near;
use crate::output::{End, Failure, case_lines, clock_lines, list_lines, print};
use crate::private::private;
use crate::proofs::{free, proofs};
use crate::recover::recover;
use crate::revoked::revoked;
use crate::salvage::salvage;
use crate::submit::{Way, submit};
use crate::tables::{components, tables};

/// Between two rounds of `sync --watch`.
const WATCH_INTERVAL: Duration = Duration::from_secs(5);

pub(crate) fn run(arguments: Arguments) -> Result<End, Failure> {
    let Arguments {
        store,
        unencrypted,
        now,
        json,
        command,
    } = arguments;
    let command = match command {
        Command::Recover { recovery_key, to } => {
            return recover(json, &store, &recovery_key, &to);
        }
        Command::Salvage => return salvage(json, &store, unencrypted),
        // Also of a store that does not open any more.
        Command::Wipe { .. } => {
            wipe(&store)?;
            print(json, &json!({ "wiped": true }), || "已清除。 Wiped.".into());
            return Ok(End::Done);
        }
        other => other,
    };
    let mut app = open_hosted(&store, Hosting { unencrypted, now })?;
    match command {
        Command::Recover { .. } | Command::Wipe { .. } | Command::Salvage => Ok(End::Done),
        Command::Enrol { server, code } => enrol(&mut app, json, &server, &code),
        Command::Report(found) => submit(&mut app, json, found, &Way::Report),
        Command::SelfHandle { found, after, note } => {
            submit(&mut app, json, found, &Way::SelfHandle { after, note })
        }
        Command::Register {
            found,
            source,
            external_id,
        } => {
            let way = Way::Register {
                source,
                external_id,
            };
            submit(&mut app, json, found, &way)
        }
        Command::List {
            search,
            near,
            only,
            limit,
        } => {
            let cases = match (search, near) {
                (Some(text), _) => app.search(&text, None, limit)?,
                (None, Some(point)) => app.near(point, only, limit)?,
                (None, None) => app.filtered_cases(only, None, limit)?,
            };
            print(json, &json!({ "cases": cases }), || list_lines(&cases));
            Ok(End::Done)
        }
        Command::Show { case } => {
            let view = app.show(app.resolve(&case)?)?;
            print(json, &json!(view), || case_lines(&view));
            Ok(End::Done)
        }
        Command::Limit { case } => {
            let clocks = app.clocks(app.resolve(&case)?)?;
            print(json, &json!({ "clocks": clocks }), || clock_lines(&clocks));
            Ok(End::Done)
        }
        Command::Attach {
            case,
            photo,
            purpose,
            caption,
            at,
        } => {
            let purpose = PhotoPurpose::from_id(&purpose).ok_or_else(|| {
                Failure::Usage(format!(
                    "purpose {purpose:?}: found, before, during, after, verify or check"
                ))
            })?;
            let case = app.resolve(&case)?;
            let bytes = read(&photo)?;
            let photo = PhotoInput {
                bytes: &bytes,
                purpose,
                caption: &caption,
                point: at,
                fixes: &[],
                signals: &[],
            };
            let id = app.attach(AttachRequest { case, photo })?;
            saved(json, &id.to_string())
        }
        Command::Comment { case, text } => {
            let case = app.resolve(&case)?;
            let id = app.comment(case, &text)?;
            saved(json, &id.to_string())
        }
        Command::Hazard { case, text } => {
            let case = app.resolve(&case)?;
            let id = app.hazard(case, &text)?;
            saved(json, &id.to_string())
        }
        Command::Class { case, class } => {
            app.set_class(app.resolve(&case)?, &class)?;
            saved(json, &case)
        }
        Command::Act(arguments) => act(&mut app, json, arguments),
        Command::Sync {
            server,
            watch,
            compare,
            receipts,
            metered,
            tries,
            wait_millis_max,
        } => {
            if compare {
                app.compare_with_hub()?;
            }
            app.set_metered(metered);
            if receipts {
                app.ask_for_receipts()?;
            }
            let server = server
                .or_else(|| app.server_url())
                .ok_or(FieldError::NotEnrolled)?;
            let link = Link::pinned(&server, app.server_pin());
            let mut wait = |millis: u64| {
                std::thread::sleep(Duration::from_millis(millis.min(wait_millis_max)))
            };
            loop {
                let end = sync(&mut app, (json, &store), &link, tries, &mut wait)?;
                if !watch {
                    return Ok(end);
                }
                std::thread::sleep(WATCH_INTERVAL);
            }
        }
        Command::Workload { cases, touch, seed } => {
            let written = workload::write(&mut app, cases, seed)?.len();
            workload::touch(&mut app, touch, seed)?;
            print(
                json,
                &json!({ "written": written, "touched": touch }),
                || format!("{written} + {touch}"),
            );
            Ok(End::Done)
        }
        Command::Share { listen, connect } => exchange::share(&mut app, json, listen, connect),
        Command::Export { to, sealed } => exchange::export(&mut app, json, &to, sealed),
        Command::Import { from } => exchange::import(&mut app, json, &from),
        Command::Private(arguments) => private(&mut app, json, arguments),
        Command::Proofs { case } => proofs(&app, json, &case),
        Command::Free { keep_bytes } => free(&mut app, json, keep_bytes),
        Command::Checkin { verb } => crate::checkin::checkin(&mut app, json, verb),
        Command::Tables => tables(&app, json),
        Command::Task { verb } => crate::task::task(&mut app, json, verb),
        Command::Components(near) => components(&app, json, &near),
        Command::Near(asked) => near(&app, json, asked),
        Command::BaseMap(asked) => base_map(&mut app, json, &asked),
        Command::Status { case } => status(&app, json, case.as_deref()),
    }
}

fn enrol(app: &mut FieldApp, json: bool, server: &str, code: &str) -> Result<End, Failure> {
    let (enrolment, request) = app.begin_enrolment(server, code)?;
    let answer = Link::pinned(server, enrolment.server_pin()).perform(&request);
    let me = app.finish_enrolment(&enrolment, answer)?;
    print(json, &json!(me), || {
        format!("已登记：{}（{}）", me.name, me.id)
    });
    Ok(End::Done)
}

fn sync(
    app: &mut FieldApp,
    (json, folder): (bool, &Path),
    link: &Link,
    tries: u32,
    wait: &mut dyn FnMut(u64),
) -> Result<End, Failure> {
    let before = app.sync_status()?.set_aside;
    let report = synchronise(app, link, tries, wait)?;
    if let SyncEnd::Refused {
        revoked: Some(store),
        code,
        zh,
        en,
    } = &report.end
    {
        return revoked(json, folder, *store, (code, zh, en));
    }
    let status = app.sync_status()?;
    let set_aside: Vec<_> = status
        .set_aside
        .iter()
        .filter(|item| !before.contains(item))
        .collect();
    let (end, problem) = match &report.end {
        SyncEnd::Done if set_aside.is_empty() => (End::Done, None),
        SyncEnd::Done => (End::SetAside, None),
        SyncEnd::NoNetwork(problem) => {
            let text = (
                problem.code().to_owned(),
                problem.zh().to_owned(),
                problem.en().to_owned(),
            );
            (End::NoNetwork, Some(text))
        }
        SyncEnd::Refused { code, zh, en, .. } => {
            (End::SetAside, Some((code.clone(), zh.clone(), en.clone())))
        }
    };
    let problem_json = problem
        .as_ref()
        .map(|(code, zh, en)| json!({ "code": code, "zh": zh, "en": en }));
    let value = json!({
        "requests": report.requests,
        "failures": report.problems.len(),
        "texts_unsent": status.texts_unsent,
        "photo_files_unsent": status.photo_files_unsent,
        "photo_files_held_back": status.photo_files_held_back,
        "set_aside": set_aside,
        "compared_at": status.compared_at,
        "differs": status.differs,
        "log_contradicted": status.log_contradicted,
        "problem": problem_json,
    });
    print(json, &value, || {
        let mut lines = vec![format!(
            "未送达：文字 {} 条，照片文件 {} 个（{} 次请求，{} 次中断）",
            status.texts_unsent,
            status.photo_files_unsent,
            report.requests,
            report.problems.len()
        )];
        if status.differs {
            lines.push("！与服务器核对仍有差异，明天会再核对".into());
        }
        if status.log_contradicted {
            lines.push("！服务器日志与本机所见不一致，请报告审计人员".into());
        }
        lines.extend(set_aside.iter().map(|item| {
            format!(
                "！{} {}：{}",
                item.case.local_code(),
                item.kind,
                item.reason.zh
            )
        }));
        lines.extend(problem.iter().map(|(code, zh, _)| format!("{zh} [{code}]")));
        lines.join("\n")
    });
    Ok(end)
}

fn status(app: &FieldApp, json: bool, case: Option<&str>) -> Result<End, Failure> {
    let Some(case) = case else {
        let status = app.sync_status()?;
        print(json, &json!(status), || {
            format!(
                "未送达：文字 {} 条，照片文件 {} 个",
                status.texts_unsent, status.photo_files_unsent
            )
        });
        return Ok(if status.set_aside.is_empty() {
            End::Done
        } else {
            End::SetAside
        });
    };
    let view = app.show(app.resolve(case)?)?;
    let photos: Vec<_> = view
        .photos
        .iter()
        .map(|photo| json!({ "sha256": photo.sha256, "state": photo.state }))
        .collect();
    let mut value = json!(view.delivery);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("case".into(), json!(view.id));
        fields.insert("state".into(), json!(view.state));
        fields.insert("photos".into(), json!(photos));
        fields.insert("set_aside".into(), json!(view.set_aside));
    }
    print(json, &value, || {
        format!("{}  {}", view.state_zh, view.delivery.zh())
    });
    Ok(if view.set_aside.is_empty() {
        End::Done
    } else {
        End::SetAside
    })
}

pub(crate) fn saved(json: bool, id: &str) -> Result<End, Failure> {
    print(json, &json!({ "id": id }), || "已保存在本机。".into());
    Ok(End::Done)
}

pub(crate) fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|cause| Failure::File {
        file: file.display().to_string(),
        cause,
    })
}
