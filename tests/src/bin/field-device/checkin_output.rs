//! What the user reads of check-ins.

use xunge_field::domain::checkin::{Term, TimeName};
use xunge_field::domain::ids::OrganisationId;
use xunge_field::domain::time::Timestamp;
use xunge_field::{CheckinListItem, CheckinView};

/// A list for a person.
pub(crate) fn list_lines(items: &[CheckinListItem]) -> String {
    if items.is_empty() {
        return "本机没有报到。 No check-ins on this device.".into();
    }
    let line = |item: &CheckinListItem| {
        format!(
            "{}  {}  {}  {} 步 {}  {}",
            item.local_code,
            item.title,
            item.state_zh,
            item.steps,
            item.last_step_zh.unwrap_or("-"),
            item.delivery.zh()
        )
    };
    items.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A check-in for a person.
pub(crate) fn page_lines(view: &CheckinView) -> String {
    let standing = &view.standing;
    let named = |bodies: &[OrganisationId]| {
        let name = |id: &OrganisationId| {
            let known = view.names.iter().find(|(known, _)| known == id);
            known.map_or_else(|| id.to_string(), |(_, name)| name.clone())
        };
        bodies.iter().map(name).collect::<Vec<_>>().join("、")
    };
    let mut lines = vec![
        format!("{}  {}", view.local_code, standing.title),
        format!("{}  {}", view.state_zh, view.delivery.zh()),
        format!(
            "报到方 {}；接待方 {}",
            named(&standing.visiting),
            named(&standing.hosts)
        ),
    ];
    for call in &view.calls {
        let party = named(std::slice::from_ref(&call.call.party));
        let arrived = call.arrived_at.map_or_else(
            || "未到场".to_owned(),
            |at| format!("{} 到场", at.to_local_minute()),
        );
        let late = call
            .late_millis
            .map_or_else(String::new, |late| format!("，超时 {} 分钟", late / 60_000));
        lines.push(format!(
            "  呼叫 {party}：{}，{} 前；{arrived}{late}",
            call.call.obligation,
            call.call.due.to_local_minute()
        ));
    }
    for step in &view.steps {
        let photos = match step.photos.len() {
            0 => String::new(),
            count => format!("（照片 {count}）"),
        };
        lines.push(format!(
            "  {} {} {}：{}{photos}",
            step.at.to_local_minute(),
            step.name_zh,
            step.author,
            step.content.note()
        ));
    }
    for request in &view.requests {
        let ruling = match (request.accepted, &request.reason) {
            (None, _) => "待裁定".to_owned(),
            (Some(true), _) => "已准".to_owned(),
            (Some(false), Some(reason)) => format!("未准：{}", reason.zh),
            (Some(false), None) => "未准".to_owned(),
        };
        lines.push(format!(
            "  {} {}：{ruling}",
            request.action_zh, request.author
        ));
    }
    let times = &view.times;
    let newest = [
        (
            TimeName::TableLimit,
            times.table_limit.as_ref().map(|time| &time.0),
        ),
        (
            TimeName::Estimate,
            times.estimates.last().map(|time| &time.0),
        ),
        (TimeName::Promise, times.promises.last().map(|time| &time.0)),
        (TimeName::Actual, times.actual.as_ref().map(|time| &time.0)),
    ];
    for (name, term) in newest {
        lines.push(format!(
            "  {}：{}",
            name.zh(),
            term.map_or_else(|| "无".to_owned(), term_zh)
        ));
    }
    for compared in &view.comparisons {
        let (measured, against) = (compared.measured.zh(), compared.against.zh());
        let word = if compared.later_millis > 0 {
            "晚"
        } else {
            "早"
        };
        let by = duration_zh(compared.later_millis.abs());
        lines.push(format!("  {measured}比{against}{word} {by}"));
    }
    lines.extend(
        view.taken_millis
            .map(|taken| format!("  自收到上报至完工 {}", duration_zh(taken))),
    );
    lines.extend(
        view.set_aside
            .iter()
            .map(|item| format!("  ！{}：{}", item.kind, item.reason.zh)),
    );
    lines.join("\n")
}

/// In whole minutes.
fn duration_zh(millis: i64) -> String {
    let minutes = millis / 60_000;
    format!("{} 小时 {} 分", minutes / 60, minutes % 60)
}

fn term_zh(term: &Term) -> String {
    let at = term.at.map(Timestamp::to_local_minute);
    match (at, term.within, term.from) {
        (at, Some(limit), Some(from)) => {
            let at = at.map_or_else(String::new, |at| format!("，至 {at}"));
            format!(
                "{} {}，自 {}{at}",
                limit.number,
                limit.unit.zh(),
                from.to_local_minute()
            )
        }
        (Some(at), ..) => at,
        (None, ..) => "未定".to_owned(),
    }
}
