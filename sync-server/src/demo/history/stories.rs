//! The two events of June 2025 the demo city tells, as cases; what the parties did together is in their check-ins
//! (`checkins.rs`), and a comment says it to who reads the case alone. Times nobody told are plausible.

use xunge_domain::case::{Act, CloseOutcome, PhotoPurpose, Severity};
use xunge_domain::class::{Limit, LimitUnit};
use xunge_domain::geo::Point;
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::OrganisationId;
use xunge_domain::tables::HandlingClass;
use xunge_domain::time::Timestamp;

use super::{Deed, PlannedCase, Step};
use crate::demo::city::City;
use crate::demo::photos::{Picture, Scene};
use crate::demo::roads::STORY_CORNER;

/// Steps of one story, written as `(month-day hour:minute, who, what)`.
struct Story {
    point: Point,
    steps: Vec<Step>,
}

impl Story {
    fn step(&mut self, at: &str, author: &str, deed: Deed) -> &mut Self {
        let at = Timestamp::from_rfc3339(&format!("2025-{}:00+08:00", at.replace(' ', "T")));
        if let (Some(at), Ok(author)) = (at, author.parse()) {
            let received = at;
            self.steps.push(Step {
                author,
                at,
                received,
                deed,
            });
        }
        self
    }

    fn photo(
        &mut self,
        at: &str,
        author: &str,
        purpose: PhotoPurpose,
        picture: (Scene, bool, usize),
        caption: &str,
    ) -> &mut Self {
        let (scene, after, variant) = picture;
        let deed = Deed::Photo {
            picture: Picture {
                scene,
                after,
                variant,
            },
            purpose,
            caption: caption.to_owned(),
            point: self.point,
        };
        self.step(at, author, deed)
    }

    fn says(&mut self, at: &str, author: &str, text: &str) -> &mut Self {
        self.step(at, author, Deed::Comment(text.to_owned()))
    }

    fn act(&mut self, at: &str, author: &str, act: Act) -> &mut Self {
        self.step(at, author, Deed::Act(act))
    }
}

/// A report travels in one piece: whatever was written up to it arrives with it.
fn with_the_report(mut steps: Vec<Step>) -> Vec<Step> {
    let report = steps
        .iter()
        .position(|step| step.deed == Deed::Act(Act::Report));
    if let Some(received) = report
        .and_then(|report| steps.get(report))
        .map(|step| step.received)
    {
        for step in steps.iter_mut().take(report.unwrap_or_default()) {
            step.received = received;
        }
    }
    steps
}

fn bodies(ids: &[&str]) -> Vec<OrganisationId> {
    ids.iter().filter_map(|id| id.parse().ok()).collect()
}

fn dispatch(lead: &str, assist: &[&str], notify: &[&str]) -> Option<Act> {
    Some(Act::Dispatch {
        lead: lead.parse().ok()?,
        assist: bodies(assist),
        notify: bodies(notify),
    })
}

/// Both stories.
pub(super) fn stories(city: &City, grids: &GridIndex) -> Vec<PlannedCase> {
    [courtyard(city, grids), road(city, grids)]
        .into_iter()
        .flatten()
        .collect()
}

/// 至德街与商都路: found on Saturday, put right on Monday morning, 48 hours as told.
fn road(city: &City, grids: &GridIndex) -> Option<PlannedCase> {
    let point = Point::from_degrees(STORY_CORNER.0, STORY_CORNER.1)?;
    let mut story = Story {
        point,
        steps: Vec::new(),
    };
    let file = Act::File {
        condition: "1".into(),
        handling_class: HandlingClass::General,
    };
    // 城市管理保障中心 and 圃田乡智慧城市运行中心 come at once 联合核查; both think it takes as long.
    let survey = |cause: &str| Act::JointSurvey {
        point: Some(point),
        cause: cause.into(),
        estimate: Some(Limit {
            number: 7,
            unit: LimitUnit::WorkDay,
        }),
    };
    let hazard = "破损处低洼，汛期易形成积水，坑深看不清，电动车有摔倒风险。";
    story
        .photo("06-28 10:01", "worker-putian", PhotoPurpose::Found, (Scene::Road, false, 0), "路口东南角，坑槽及网裂")
        .photo("06-28 10:01", "worker-putian", PhotoPurpose::Found, (Scene::Road, false, 1), "近景")
        .step("06-28 10:01", "worker-putian", Deed::Hazard(hazard.into()))
        .act("06-28 10:02", "worker-putian", Act::Report)
        .act("06-28 10:06", "clerk", Act::Accept)
        .act("06-28 10:11", "shift-leader", file)
        .act("06-28 10:18", "dispatcher", dispatch("road-dept", &["putian-smart-centre"], &["street-putian"])?)
        .photo("06-28 10:48", "road-dept", PhotoPurpose::Verify, (Scene::Road, false, 0), "联合核查现场")
        .act("06-28 10:50", "road-dept", survey("重型货车碾压叠加近期降雨，路面基层破坏。"))
        .photo("06-28 10:56", "putian-centre", PhotoPurpose::Verify, (Scene::Road, false, 1), "联合核查现场")
        .act("06-28 10:58", "putian-centre", survey("同意：基层破坏。7 个工作日是按常规流程的估计，不是承诺。"))
        .act("06-28 11:26", "road-dept", Act::Claim)
        .says("06-28 15:30", "putian-centre", "一事一报到会商：双方党组织与施工单位到场。施工单位自愿义务承担本次修复。未约定承诺时限。")
        .says("06-29 09:40", "road-dept", "施工窗口定为 06-30 06:30-10:00，避开白天车流；双方党组织各抽调党员到现场做施工疏导。")
        .photo("06-30 07:10", "road-dept", PhotoPurpose::During, (Scene::Soil, true, 0), "挖除破坏基层，材料覆盖")
        .says("06-30 07:12", "road-dept", "施工队 06:30 进场，党员疏导岗到位，半幅通行。")
        .photo("06-30 10:00", "road-dept", PhotoPurpose::After, (Scene::Road, true, 0), "修复完成，开放交通")
        .act("06-30 10:01", "road-dept", Act::Feedback {
            point: Some(point),
            note: "路面修复完成，06-30 10:00 开放交通。自发现至修复 48 小时（实际）。".into(),
        })
        .act("06-30 10:20", "clerk", Act::SendCheck { to: "worker-putian-2".parse().ok()?, also: None });
    Some(PlannedCase {
        class: city.classes.find("road_damage")?.code.clone(),
        condition: "1".into(),
        title: "至德街与商都路交叉口路面破损".into(),
        description:
            "巡查至圃田嘉园南院外，至德街与商都路交叉口车行道路面破损，坑槽约 2 平方米，周边网裂。"
                .into(),
        address: "圃田乡至德街与商都路交叉口".into(),
        point,
        unit_grid: grids.locate(point)?.code,
        severity: Severity::Serious,
        steps: with_the_report(story.steps),
    })
}

/// 二环支路 63 号院: standing water at every rain, ended by a new scheme.
fn courtyard(city: &City, grids: &GridIndex) -> Option<PlannedCase> {
    let grid = grids
        .grids()
        .iter()
        .find(|grid| grid.name == "二环支路63号院")?;
    let (low, high) = (grid.corners.first()?, grid.corners.get(2)?);
    let point = Point {
        longitude_e7: low.longitude_e7.midpoint(high.longitude_e7),
        latitude_e7: low.latitude_e7.midpoint(high.latitude_e7),
    };
    let mut story = Story {
        point,
        steps: Vec::new(),
    };
    let file = Act::File {
        condition: "3".into(),
        handling_class: HandlingClass::General,
    };
    let hazard = "一楼住户门前积水，老人出行不便；再遇强降雨可能进户。";
    story
        .photo(
            "06-03 08:46",
            "worker-erqi",
            PhotoPurpose::Found,
            (Scene::Water, false, 0),
            "院内主路积水",
        )
        .step("06-03 08:47", "worker-erqi", Deed::Hazard(hazard.into()))
        .act("06-03 08:50", "worker-erqi", Act::Report)
        .act("06-03 09:05", "clerk", Act::Accept)
        .act("06-03 09:20", "shift-leader", file)
        .act(
            "06-03 09:40",
            "dispatcher",
            dispatch(
                "road-works-two",
                &["road-dept"],
                &["street-wulibu", "erhuanlu-community"],
            )?,
        )
        .act("06-03 10:30", "road-works-two", Act::Claim);
    courtyard_works(&mut story);
    courtyard_ends(&mut story)?;
    Some(PlannedCase {
        class: city.classes.find("standing_water")?.code.clone(),
        condition: "3".into(),
        title: "二环支路63号院逢雨积水".into(),
        description: "二环路社区二环支路63号院，每逢下雨院内积水，排水慢，居民多次反映。".into(),
        address: "五里堡街道二环路社区二环支路63号院".into(),
        point,
        unit_grid: grid.code,
        severity: Severity::Serious,
        steps: with_the_report(story.steps),
    })
}

/// The parties meet, look, agree on a scheme and begin.
fn courtyard_works(story: &mut Story) {
    story
        .says(
            "06-04 15:00",
            "erhuanlu-secretary",
            "对接座谈：道桥维护科党支部、道桥管养二所党支部到社区党组织报到，听取居民意见。",
        )
        .photo(
            "06-05 09:20",
            "road-works-two",
            PhotoPurpose::Before,
            (Scene::Water, false, 1),
            "踏勘：雨水口少，排水不畅",
        )
        .says(
            "06-05 09:30",
            "road-works-two",
            "现场踏勘：原设计排水能力偏小，雨水口数量不足，逢雨必积。",
        )
        .says(
            "06-09 16:10",
            "road-dept",
            "改造方案：新增雨水口 4 处，重建院内雨水管道。已与社区、居民代表对接。",
        )
        .says("06-12 08:10", "road-works-two", "施工队进场。")
        .photo(
            "06-16 10:00",
            "road-works-two",
            PhotoPurpose::During,
            (Scene::Soil, true, 0),
            "管道开挖，土方覆盖",
        );
}

/// The works done, checked, closed; and four days later the banner.
fn courtyard_ends(story: &mut Story) -> Option<()> {
    let point = story.point;
    story
        .photo(
            "06-20 09:30",
            "road-works-two",
            PhotoPurpose::After,
            (Scene::Water, true, 0),
            "新增雨水口",
        )
        .act(
            "06-20 09:35",
            "road-works-two",
            Act::Feedback {
                point: Some(point),
                note: "新增雨水口 4 处，管道重建完成，场地恢复。".into(),
            },
        )
        .act(
            "06-20 10:05",
            "clerk",
            Act::SendCheck {
                to: "worker-erqi-2".parse().ok()?,
                also: None,
            },
        )
        .photo(
            "06-20 15:40",
            "worker-erqi-2",
            PhotoPurpose::Check,
            (Scene::Water, true, 0),
            "院内路面干爽",
        )
        .act(
            "06-20 15:42",
            "worker-erqi-2",
            Act::Check {
                passed: true,
                point: Some(point),
                note: "4 处雨水口齐全，冲水试验排水通畅。".into(),
            },
        )
        .act(
            "06-20 17:10",
            "shift-leader",
            Act::Close {
                outcome: CloseOutcome::Normal,
            },
        )
        .says("06-24 10:00", "erhuanlu-secretary", "居民代表送来锦旗。");
    Some(())
}
