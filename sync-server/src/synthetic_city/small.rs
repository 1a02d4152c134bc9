//! The small tables: days and phrases.

use std::io;

use xunge_domain::tables::PhraseUse;

use super::MARK;
use super::file::Out;

/// Days that are made up, in the shape of a year's calendar: no city works by these.
const DAYS: [(&str, bool, &str); 8] = [
    ("01-01", false, "元旦"),
    ("05-01", false, "劳动节"),
    ("05-04", false, "调休"),
    ("05-10", true, "调休上班"),
    ("10-01", false, "国庆节"),
    ("10-02", false, "国庆节"),
    ("10-03", false, "国庆节"),
    ("10-11", true, "调休上班"),
];

const PHRASES: [(PhraseUse, [&str; 5]); 4] = [
    (
        PhraseUse::Report,
        [
            "路面破损，影响通行",
            "井盖松动，有异响",
            "垃圾未及时清运",
            "路灯不亮",
            "树枝折断，占压人行道",
        ],
    ),
    (
        PhraseUse::Feedback,
        [
            "已更换井盖，现场恢复",
            "已清运并冲洗路面",
            "已修补路面，放行",
            "已设围挡，明日施工",
            "已移交产权单位",
        ],
    ),
    (
        PhraseUse::Check,
        [
            "现场已处置完毕",
            "问题仍在",
            "部分处置，仍有残留",
            "现场无此问题",
            "围挡未拆除",
        ],
    ),
    (
        PhraseUse::Opinion,
        [
            "同意",
            "请尽快到场",
            "材料不全，请补充",
            "不属于本部门职责",
            "请联合核查",
        ],
    ),
];

pub(super) fn write_holidays(out: &mut Out) -> io::Result<()> {
    for year in 2024..=2027 {
        for (day, working, why) in DAYS {
            let working = if working { "yes" } else { "no" };
            out.row(&[&format!("{year}-{day}"), working, &format!("{why}{MARK}")])?;
        }
    }
    Ok(())
}

pub(super) fn write_phrases(out: &mut Out) -> io::Result<()> {
    for (used_for, phrases) in PHRASES {
        for (number, phrase) in (1..).zip(phrases) {
            out.row(&[
                &format!("{}-{number:02}", used_for.id()),
                used_for.id(),
                "",
                &format!("{phrase}{MARK}"),
            ])?;
        }
    }
    Ok(())
}
