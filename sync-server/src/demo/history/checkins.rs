//! The check-ins of the two told events. What was told stands here; times nobody told, and how many stood where, are
//! plausible. No promise was told of either, so none is recorded.

use xunge_domain::case::PhotoPurpose;
use xunge_domain::checkin::{
    Act, CostBearer, DutyTurn, Estimated, Initiation, Quantity, Step, ThanksKind,
};
use xunge_domain::class::{Limit, LimitUnit};
use xunge_domain::ids::{OrganisationId, PersonId};
use xunge_domain::time::Timestamp;

use crate::demo::photos::{Picture, Scene};

/// One check-in from its opening on.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedCheckin {
    /// The title of the case it is about.
    pub about: &'static str,
    /// How it came to be.
    pub initiation: Initiation,
    /// 报到方.
    pub visiting: Vec<OrganisationId>,
    /// 接待方.
    pub hosts: Vec<OrganisationId>,
    /// What happened, the opening first.
    pub deeds: Vec<CheckinDeed>,
}

/// One thing somebody did.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckinDeed {
    /// Who.
    pub author: PersonId,
    /// When; the server heard of it at once.
    pub at: Timestamp,
    /// What.
    pub what: What,
}

/// What somebody did.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Opened it.
    Open,
    /// Asked for another decision.
    Act(Act),
    /// Wrote a step, with a photo where there is one.
    Step(Step, Option<(Picture, PhotoPurpose, &'static str)>),
}

fn at(text: &str) -> Option<Timestamp> {
    Timestamp::from_rfc3339(&format!("2025-{}:00+08:00", text.replace(' ', "T")))
}

fn bodies(ids: &[&str]) -> Vec<OrganisationId> {
    ids.iter().filter_map(|id| id.parse().ok()).collect()
}

/// Deeds written as `month-day hour:minute, who, what`.
#[derive(Default)]
struct Telling(Vec<CheckinDeed>);

impl Telling {
    fn did(&mut self, when: &str, author: &str, what: What) -> &mut Self {
        if let (Some(at), Ok(author)) = (at(when), author.parse()) {
            self.0.push(CheckinDeed { author, at, what });
        }
        self
    }

    fn step(&mut self, when: &str, author: &str, step: Step) -> &mut Self {
        self.did(when, author, What::Step(step, None))
    }

    fn seen(
        &mut self,
        when: &str,
        author: &str,
        step: Step,
        (scene, after, variant): (Scene, bool, usize),
        purpose: PhotoPurpose,
        caption: &'static str,
    ) -> &mut Self {
        let picture = Picture {
            scene,
            after,
            variant,
        };
        let photo = Some((picture, purpose, caption));
        self.did(when, author, What::Step(step, photo))
    }

    fn answers(&mut self, when: &str, author: &str, party: &str, note: &str) -> &mut Self {
        let Ok(party) = party.parse() else {
            return self;
        };
        let act = Act::Answer {
            party,
            accepts: true,
            note: note.into(),
        };
        self.did(when, author, What::Act(act))
    }
}

/// Both check-ins; the case each is about has to be in the plan.
pub fn checkins() -> Vec<PlannedCheckin> {
    [courtyard(), road()].into_iter().flatten().collect()
}

/// 至德街与商都路: two party committees and the contractor; voluntary works on a Monday morning.
fn road() -> Option<PlannedCheckin> {
    let (centre, town) = ("support-secretary", "putian-centre");
    let (from, until) = (at("06-30 06:30")?, at("06-30 10:00")?);
    let turn = |organisation: &str, post: &str| {
        Some(DutyTurn {
            organisation: organisation.parse().ok()?,
            people: Vec::new(),
            headcount: 4,
            post: post.into(),
            from,
            until,
        })
    };
    let mut told = Telling::default();
    told.did("06-28 14:40", centre, What::Open)
        .answers("06-28 14:55", town, "putian-smart-committee", "会同办理。")
        .step("06-28 15:05", centre, Step::Survey {
            note: "联合核查结论：按常规流程至少 7 个工作日。此为估计，不是承诺。".into(),
            estimate: Some(Estimated::Within {
                limit: Limit { number: 7, unit: LimitUnit::WorkDay },
                from: at("06-30 08:30")?,
            }),
        })
        .step("06-28 15:08", centre, Step::Cause {
            note: "重型货车碾压叠加近期降雨，路面基层破坏。".into(),
        })
        .step("06-28 15:30", town, Step::Consultation {
            participants: bodies(&["support-committee", "putian-smart-committee", "road-contractor"]),
            options: vec!["按常规流程，至少 7 个工作日".into(), "施工单位义务承担，周一清晨施工".into()],
            decision: "施工单位自愿义务承担本次修复，避开白天车流施工。".into(),
            undertaker: "road-contractor".parse().ok()?,
            cost: CostBearer::Voluntary,
            promise: None,
            minutes: "双方党组织与施工单位会商。汛期临近，破损处易积水，不等常规流程；施工单位提出义务承担。未约定承诺时限。".into(),
        })
        .step("06-29 09:40", centre, Step::WorksWindow {
            from,
            until,
            note: "避开白天车流。".into(),
        })
        .step("06-29 09:45", town, Step::DutyRota {
            turns: vec![turn("support-centre", "至德街北口，引导绕行")?, turn("putian-smart-centre", "商都路东口，施工疏导")?],
            note: "双方党组织各抽调党员到现场做施工疏导。".into(),
        })
        .step("06-30 06:30", centre, Step::CrewEnters {
            crew: "road-contractor".parse().ok()?,
            headcount: 12,
            note: "施工队进场，党员疏导岗到位，半幅通行。".into(),
        })
        .seen("06-30 07:12", centre, Step::Progress { note: "挖除破坏基层，材料覆盖。".into(), percent: None },
            (Scene::Soil, true, 0), PhotoPurpose::During, "挖除破坏基层")
        .seen("06-30 10:00", centre, Step::Completion {
            finished_at: until,
            quantities: Vec::new(),
            note: "路面修复完成，开放交通。自发现至修复 48 小时。".into(),
        }, (Scene::Road, true, 0), PhotoPurpose::After, "修复完成，开放交通");
    Some(PlannedCheckin {
        about: "至德街与商都路交叉口路面破损",
        initiation: Initiation::Joint,
        visiting: bodies(&["support-committee"]),
        hosts: bodies(&["putian-smart-committee"]),
        deeds: told.0,
    })
}

/// 二环支路 63 号院: two branches of one centre report to the community; four new inlets; a banner.
fn courtyard() -> Option<PlannedCheckin> {
    let (works, host) = ("road-works-two-secretary", "erhuanlu-secretary");
    let mut told = Telling::default();
    told.did("06-04 14:30", works, What::Open)
        .answers("06-04 14:45", host, "erhuanlu-branch", "欢迎到社区对接。")
        .step(
            "06-04 15:00",
            host,
            Step::Talk {
                note: "道桥维护科党支部、道桥管养二所党支部到社区党组织报到，听取居民意见。".into(),
            },
        )
        .seen(
            "06-05 09:20",
            "road-works-two",
            Step::Survey {
                note: "雨水口少，排水不畅，逢雨必积。".into(),
                estimate: None,
            },
            (Scene::Water, false, 1),
            PhotoPurpose::Before,
            "踏勘：雨水口少，排水不畅",
        )
        .step(
            "06-05 09:30",
            "road-works-two",
            Step::Cause {
                note: "原设计排水能力偏小，雨水口数量不足。".into(),
            },
        )
        .step(
            "06-09 16:10",
            "road-dept",
            Step::Scheme {
                version: 1,
                note: "新增雨水口 4 处，重建院内雨水管道。".into(),
            },
        )
        .step(
            "06-12 08:10",
            "road-works-two",
            Step::CrewEnters {
                crew: "road-works-two".parse().ok()?,
                headcount: 8,
                note: "施工队进场。".into(),
            },
        )
        .seen(
            "06-16 10:00",
            "road-works-two",
            Step::Progress {
                note: "管道开挖，土方覆盖。".into(),
                percent: None,
            },
            (Scene::Soil, true, 0),
            PhotoPurpose::During,
            "管道开挖",
        )
        .seen(
            "06-20 09:30",
            "road-works-two",
            Step::Completion {
                finished_at: at("06-20 09:30")?,
                quantities: vec![Quantity {
                    what: "雨水口".into(),
                    number: 4,
                    unit: "处".into(),
                }],
                note: "新增雨水口 4 处，管道重建完成，场地恢复。".into(),
            },
            (Scene::Water, true, 0),
            PhotoPurpose::After,
            "新增雨水口",
        )
        .did(
            "06-20 17:30",
            works,
            What::Act(Act::Close {
                note: "积水解决。".into(),
            }),
        )
        .step(
            "06-24 10:00",
            host,
            Step::Thanks {
                kind: ThanksKind::Banner,
                note: "居民代表送来锦旗。".into(),
            },
        );
    Some(PlannedCheckin {
        about: "二环支路63号院逢雨积水",
        initiation: Initiation::Visit,
        visiting: bodies(&["road-dept-branch", "road-works-two-branch"]),
        hosts: bodies(&["erhuanlu-branch"]),
        deeds: told.0,
    })
}
