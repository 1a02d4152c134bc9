//! The words of check-ins: Chinese first, English second.

use crate::pages::words::{Lang, words};

words! {
    CheckinWord;
    Open: "发起报到", "Open a check-in";
    Title: "事由", "Matter";
    Initiation: "发起方式", "How it came to be";
    Answer: "应答", "Answer";
    AnswersFor: "代表", "For";
    AddStep: "记录步骤", "Add a step";
    WhichStep: "步骤", "Step";
    StepHint: "需要照片、位置或名单的步骤在现场用终端记录。", "Steps with photos, a place or a list are written on site, on a device.";
    Close: "办结", "Close";
    NoCheckins: "这里没有报到。", "No check-ins here.";
    Parties: "参与方", "Parties";
    Visiting: "报到方", "Visiting";
    Hosts: "接待方", "Hosts";
    AboutCase: "案卷", "Issue";
    AboutPlace: "地点", "Place";
    AboutProject: "项目", "Project";
    OpenedBy: "发起", "Opened by";
    Answers: "应答", "Answers";
    TakesPart: "参加", "Takes part";
    TakesNoPart: "不参加", "Does not";
    Steps: "步骤", "Steps";
    NoSteps: "还没有步骤。", "No steps yet.";
    FourTimes: "四个时间", "Four times";
    FourTimesHint: "表定时限、踏勘预估、承诺与实际各自记录，互不代替。", "Table limit, estimate, promise and actual, each recorded for itself.";
    NotGiven: "无", "None";
    StartingAt: "自", "from";
    Calls: "吹哨", "Whistle";
    DueAt: "到场时限", "Due";
    ArrivedAt: "到场", "Arrived";
    NotArrived: "未到场", "Not there yet";
    Undertaker: "承办", "Undertaker";
    Cost: "费用", "Cost";
    Minutes: "纪要", "Minutes";
    Options: "备选", "Options";
}

/// How much later or earlier one instant is than another: `早 6 天`.
pub fn later(lang: Lang, millis: i64) -> String {
    let minutes = millis.abs() / 60_000;
    let (number, zh, en) = match minutes {
        0..120 => (minutes, "分钟", "min"),
        120..4_320 => (minutes / 60, "小时", "h"),
        _ => (minutes / 1_440, "天", "days"),
    };
    match (lang, millis > 0) {
        (Lang::Zh, true) => format!("晚 {number} {zh}"),
        (Lang::Zh, false) => format!("早 {number} {zh}"),
        (Lang::En, true) => format!("{number} {en} later"),
        (Lang::En, false) => format!("{number} {en} earlier"),
    }
}
