//! Marks are told to those they concern, and answered by those they stand on.

use serde_json::json;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_server::services::risks::RISK_ANSWERED;

use super::sealing::{Sealer, Taken, jpeg, scene};
use super::{HONEST, HOUR, look, risks};
use crate::hub::{Answer, Browser};
use crate::town::Town;

fn marked() -> (Town, Sealer, DocumentId, u64) {
    let town = Town::new();
    let mut worker = Sealer::new(&town, "worker-putian", 1);
    let mocked = Taken {
        mock: true,
        ..HONEST
    };
    let case = worker.report(1, &[(&jpeg(&scene(1)), mocked)]);
    look(&town);
    let mine = town
        .browser("worker-putian")
        .get("/api/people/worker-putian/risks")
        .json();
    let id = mine[0]["id"].as_u64().unwrap();
    assert_eq!(
        (mine.as_array().unwrap().len(), &mine[0]["kind"]),
        (1, &json!("mock_location"))
    );
    (town, worker, case, id)
}

#[test]
fn the_person_answers_and_nobody_else() {
    let (town, _worker, case, id) = marked();
    let path = format!("/api/risks/{id}/answers");
    let say = |who: &str, text: &str| {
        let body = json!({ "text": text });
        town.browser(who).send("POST", &path, Some(&body))
    };
    let told = say("worker-putian", " 手机开过测试模式，现已关闭。 ");
    assert_eq!(told.status, 200, "{told:?}");
    assert_eq!(
        told.json()["answers"][0]["text"],
        "手机开过测试模式，现已关闭。"
    );
    assert_eq!(say("worker-putian", &"长".repeat(2_000)).status, 200);
    for unfit in [String::new(), "  \n".into(), "长".repeat(2_001)] {
        let refused = say("worker-putian", &unfit);
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (422, "risk_answer_unfit")
        );
    }
    // Who may see it may not speak for the person; who may not see it learns nothing.
    let leader = say("shift-leader", "我来说");
    assert_eq!(
        (leader.status, leader.code().as_str()),
        (403, "risk_of_another")
    );
    for stranger in ["worker-putian-2", "dispatcher"] {
        assert_eq!(say(stranger, "我来说").status, 404, "{stranger}");
    }
    let unknown = town.browser("worker-putian").send(
        "POST",
        "/api/risks/1/answers",
        Some(&json!({ "text": "?" })),
    );
    assert_eq!(
        (unknown.status, unknown.code().as_str()),
        (404, "risk_unknown")
    );
    assert_eq!(
        town.hub
            .browser()
            .send("POST", &path, Some(&json!({ "text": "?" })))
            .status,
        401
    );
    let mut forged = town.browser("worker-putian");
    forged.csrf = None;
    assert_eq!(
        forged
            .send("POST", &path, Some(&json!({ "text": "?" })))
            .status,
        403
    );

    // Everybody who sees the mark reads what was said, in order; the log has its hash alone.
    let read = risks(&town.browser("shift-leader"), &case);
    assert_eq!(read[0]["answers"].as_array().unwrap().len(), 2);
    let lines = town.hub.audit(RISK_ANSWERED);
    assert_eq!(lines.len(), 2);
    let hash = Digest::of("手机开过测试模式，现已关闭。".as_bytes()).to_string();
    assert!(lines[0].detail.contains(&hash) && lines[0].who == "worker-putian");
    assert!(!lines[0].detail.contains("测试模式"));
    // Twenty, and no more.
    for _ in 2..20 {
        assert_eq!(say("worker-putian", "再说").status, 200);
    }
    assert_eq!(say("worker-putian", "再说").status, 422);
}

#[test]
fn marks_are_seen_by_who_has_to_do_with_them() {
    let (town, mut worker, case, id) = marked();
    for who in ["clerk", "shift-leader", "worker-putian"] {
        assert_eq!(risks(&town.browser(who), &case).len(), 1, "{who}");
    }
    // A colleague of the beat and a dispatcher see the case, and not what stands on somebody else.
    for who in ["worker-putian-2", "dispatcher"] {
        assert!(risks(&town.browser(who), &case).is_empty(), "{who}");
    }
    let status = |who: &str, path: &str| town.browser(who).get(path).status;
    assert_eq!(
        status("worker-erqi", &format!("/api/cases/{case}/risks")),
        404
    );
    assert_eq!(status("clerk", "/api/cases/nonsense/risks"), 404);
    let theirs = "/api/people/worker-putian/risks";
    for (who, expected) in [
        ("shift-leader", 200),
        ("clerk", 403),
        ("worker-putian-2", 403),
    ] {
        assert_eq!(status(who, theirs), expected, "{who}");
    }
    assert_eq!(town.hub.browser().get(theirs).status, 401);
    assert_eq!(status("shift-leader", "/api/people/No%20One/risks"), 400);
    // The next part of a list begins where the last ended.
    let another = Taken {
        mock: true,
        uptime: 104_000,
        seconds: -2 * HOUR,
        ..HONEST
    };
    worker.report(9, &[(&jpeg(&scene(9)), another)]);
    look(&town);
    let own = town.browser("worker-putian");
    let list = |path: &str| -> Vec<u64> {
        let list = own.get(path).json();
        list.as_array()
            .unwrap()
            .iter()
            .map(|risk| risk["id"].as_u64().unwrap())
            .collect()
    };
    let all = list(theirs);
    assert!(all.len() > 1 && all.is_sorted_by(|one, next| one > next));
    assert_eq!(list(&format!("{theirs}?before={}", all[0])), all[1..]);
    assert_eq!(all.last(), Some(&id));
}

fn post(browser: &Browser, path: &str, form: &str) -> Answer {
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    browser.send_text("POST", path, Some(form), &kind)
}

#[test]
fn the_pages_show_the_marks_and_take_answers() {
    let (town, _worker, case, id) = marked();
    let worker = town.browser("worker-putian");
    let mine = worker.get("/me/risks");
    assert_eq!(mine.status, 200);
    for told in [
        "我的风险标记",
        "模拟定位",
        "1 个定位结果中有 1 个被系统标为模拟定位。",
        "标记不是结论",
    ] {
        assert!(mine.text.contains(told), "{told}");
    }
    let csrf = mine.text.split("name=\"csrf\" value=\"").nth(1).unwrap();
    let csrf = csrf.split('"').next().unwrap();
    let path = format!("/me/risks/{id}/answers");
    assert_eq!(post(&worker, &path, "text=x").status, 403);
    let answered = post(
        &worker,
        &path,
        &format!("csrf={csrf}&text=%3Cb%3E%E6%B5%8B%E8%AF%95%3C%2Fb%3E"),
    );
    // The redirect was followed.
    assert_eq!(answered.status, 200, "{answered:?}");
    assert!(
        worker
            .get("/me/risks")
            .text
            .contains("&lt;b&gt;测试&lt;/b&gt;")
    );
    let empty = post(&worker, &path, &format!("csrf={csrf}&text="));
    assert!(
        empty.status == 422 && empty.text.contains("答复须为 1 至 2000 个字"),
        "{empty:?}"
    );

    let page = format!("/cases/{case}");
    let leader = town.browser("shift-leader");
    let seen = leader.get(&page).text;
    assert!(
        seen.contains("风险标记") && seen.contains("测试&lt;/b&gt;") && !seen.contains("<b>测试")
    );
    let english = leader.get(&format!("{page}?lang=en")).text;
    assert!(english.contains("The platform marked 1 of 1 answers of positioning as mocked."));
    // Nothing of it for a colleague.
    let colleague = town.browser("worker-putian-2");
    assert!(!colleague.get(&page).text.contains("模拟定位"));
    assert!(colleague.get("/me/risks").text.contains("没有标记。"));
    let (_, csrf) = (colleague.get("/me/risks"), colleague.csrf.clone().unwrap());
    assert_eq!(
        post(&colleague, &path, &format!("csrf={csrf}&text=x")).status,
        404
    );
}
