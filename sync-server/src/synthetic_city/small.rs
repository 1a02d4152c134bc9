//! The small tables: days, hours, stage limits and phrases.

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

/// Hours that are made up: the city's, and those of bureaus that work in other ones, through the year or by season.
const HOURS: [(&str, &str, &str, &str); 6] = [
    ("", "", "", "08:30-12:00,14:00-18:00"),
    ("", "06-01", "08-31", "08:30-12:00,15:00-18:30"),
    (
        "sanitation-bureau",
        "04-01",
        "10-31",
        "05:00-11:00,14:00-18:00",
    ),
    (
        "sanitation-bureau",
        "11-01",
        "03-31",
        "06:00-11:00,14:00-17:00",
    ),
    ("traffic-bureau", "", "", "07:00-21:00"),
    ("power-company", "", "", "00:00-24:00"),
];

/// Stage limits that are made up: stage, area class, handling class, number, unit.
const STAGE_LIMITS: [(&str, &str, &str, &str, &str); 10] = [
    ("acceptance", "", "", "60", "work_minute"),
    ("verify", "", "", "30", "minute"),
    ("verify", "1", "", "20", "minute"),
    ("filing", "", "", "30", "work_minute"),
    ("dispatch", "", "", "1", "work_hour"),
    ("dispatch", "", "engineering", "1", "work_day"),
    ("claim", "", "", "2", "work_hour"),
    ("send_check", "", "", "1", "work_hour"),
    ("check", "", "", "4", "work_hour"),
    ("close", "", "", "1", "work_day"),
];

pub(super) fn write_hours(out: &mut Out) -> io::Result<()> {
    for (department, from, until, hours) in HOURS {
        out.row(&[department, from, until, hours])?;
    }
    Ok(())
}

pub(super) fn write_stage_limits(out: &mut Out) -> io::Result<()> {
    for (stage, area_class, handling_class, number, unit) in STAGE_LIMITS {
        out.row(&[stage, area_class, handling_class, number, unit])?;
    }
    Ok(())
}

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
