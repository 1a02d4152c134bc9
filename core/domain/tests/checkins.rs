//! Check-ins: who may open, answer and close them; which step follows which; four times; the whistle.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use xunge_domain::case::Keyed;
use xunge_domain::checkin::{
    Act, ActName, Action, Call, CaseTimes, CheckinState, CostBearer, DEMANDS, Decline, Estimated,
    Initiation, JudgeContext, MatterCheckin, Outcome, Ruling, Step, StepDecline, StepEntry,
    StepName, Subject, TRANSITIONS, TableLimit, Term, TermSource, TimeName, call_standings, fold,
    four_times, judge, may_write, offered,
};
use xunge_domain::class::{Limit, LimitUnit};
use xunge_domain::ids::{DocumentId, InstallationId, IntentId, OrganisationId};
use xunge_domain::person::{Organisation, PartyKind, PartyOrganisation, Person, Role};
use xunge_domain::time::Timestamp;

const DAY: i64 = 24 * 60 * 60 * 1_000;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn body(id: &str, parent: Option<&str>, party: Option<PartyKind>) -> Organisation {
    Organisation {
        id: id.parse().unwrap(),
        name: id.to_owned(),
        parent: parent.map(|parent| parent.parse().unwrap()),
        party: party.map(|kind| PartyOrganisation {
            kind,
            formed_by: Vec::new(),
        }),
    }
}

fn city() -> Vec<Organisation> {
    vec![
        body("bridge-office", None, None),
        body(
            "bridge-branch",
            Some("bridge-office"),
            Some(PartyKind::Branch),
        ),
        body("yard-two", None, None),
        body("yard-branch", Some("yard-two"), Some(PartyKind::Branch)),
        body("ring-road", None, None),
        body(
            "ring-road-committee",
            Some("ring-road"),
            Some(PartyKind::Committee),
        ),
        body("water-company", None, None),
    ]
}

fn person(id: &str, organisation: &str, roles: &[Role]) -> Person {
    Person {
        id: id.parse().unwrap(),
        name: id.to_owned(),
        roles: roles.to_vec(),
        organisation: Some(organisation.parse().unwrap()),
        duty_grids: Vec::new(),
    }
}

fn secretary_of(organisation: &str) -> Person {
    person(
        &format!("secretary-{organisation}"),
        organisation,
        &[Role::BranchSecretary],
    )
}

fn ids(texts: &[&str]) -> Vec<OrganisationId> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// A check-in being written, each entry under the next id.
struct World {
    checkin: MatterCheckin,
    next: u32,
    cases_known: bool,
}

impl World {
    fn new() -> Self {
        Self {
            checkin: MatterCheckin {
                id: DocumentId::from_bytes([9; 16]),
                photos: Vec::new(),
                comments: Vec::new(),
                steps: Vec::new(),
                actions: Vec::new(),
                rulings: Vec::new(),
            },
            next: 0,
            cases_known: true,
        }
    }

    fn id(&mut self) -> IntentId {
        self.next += 1;
        IntentId::new(&InstallationId::from_bytes([1; 16]), self.next, [0; 3])
    }

    fn rule(&mut self, actor: &Person, act: Act) -> Outcome {
        let id = self.id();
        let action = Action {
            author: actor.id.clone(),
            at: at(i64::from(self.next)),
            act,
            seal: None,
            session: None,
        };
        self.checkin.actions.push(Keyed {
            id,
            entry: action.clone(),
        });
        let (city, cases_known) = (city(), self.cases_known);
        let context = JudgeContext {
            organisation: &|id| city.iter().find(|body| body.id == *id).cloned(),
            subject_known: &|_| cases_known,
        };
        let standing = fold(&self.checkin);
        let outcome = judge(&self.checkin, &standing, &action, actor, &context);
        self.checkin.rulings.push(Keyed {
            id,
            entry: Ruling {
                sequence: standing.sequence + 1,
                at: action.at,
                outcome: outcome.clone(),
            },
        });
        outcome
    }

    fn state(&self) -> CheckinState {
        fold(&self.checkin).state
    }

    fn step(&mut self, author: &Person, when: Timestamp, step: Step) -> Result<(), StepDecline> {
        let id = self.id();
        let entry = StepEntry {
            author: author.id.clone(),
            at: when,
            address: String::new(),
            point: None,
            photos: Vec::new(),
            step,
            seal: None,
            session: None,
        };
        may_write(&self.checkin, &fold(&self.checkin), author, &entry, &[])?;
        self.checkin.steps.push(Keyed { id, entry });
        Ok(())
    }
}

fn open() -> Act {
    Act::Open {
        title: "院内积水".into(),
        initiation: Initiation::Visit,
        subject: Subject::Place {
            address: "二环支路 63 号院".into(),
            point: None,
        },
        visiting: ids(&["bridge-branch", "yard-branch"]),
        hosts: ids(&["ring-road-committee"]),
        calls: Vec::new(),
    }
}

fn answer(party: &str, accepts: bool) -> Act {
    Act::Answer {
        party: party.parse().unwrap(),
        accepts,
        note: String::new(),
    }
}

fn close(note: &str) -> Act {
    Act::Close { note: note.into() }
}

fn talk() -> Step {
    Step::Talk {
        note: "座谈".into(),
    }
}

fn scheme(version: u32) -> Step {
    Step::Scheme {
        version,
        note: "增设雨水口".into(),
    }
}

fn completion(finished_at: Timestamp) -> Step {
    Step::Completion {
        finished_at,
        quantities: Vec::new(),
        note: String::new(),
    }
}

fn declined(outcome: Outcome) -> Decline {
    match outcome {
        Outcome::Declined { reason } => reason,
        Outcome::Accepted { to, .. } => panic!("it was accepted, to {to:?}"),
    }
}

fn under_way() -> World {
    let mut world = World::new();
    assert!(
        world
            .rule(&secretary_of("bridge-office"), open())
            .is_accepted()
    );
    assert!(
        world
            .rule(
                &secretary_of("ring-road"),
                answer("ring-road-committee", true)
            )
            .is_accepted()
    );
    assert_eq!(world.state(), CheckinState::UnderWay);
    world
}

#[test]
fn a_check_in_is_opened_answered_and_closed() {
    let mut world = under_way();
    let bridge = secretary_of("bridge-office");
    assert_eq!(
        declined(world.rule(&bridge, close(""))),
        Decline::NothingCompleted
    );
    world.step(&bridge, at(100), scheme(1)).unwrap();
    world.step(&bridge, at(200), completion(at(190))).unwrap();
    assert!(world.rule(&bridge, close("")).is_accepted());
    let standing = fold(&world.checkin);
    assert_eq!(standing.state, CheckinState::Closed);
    assert_eq!(standing.opened_for, Some("bridge-branch".parse().unwrap()));
    assert_eq!(standing.answers.len(), 1);
}

#[test]
fn one_that_ends_without_works_says_why() {
    let mut world = under_way();
    assert!(
        world
            .rule(&secretary_of("ring-road"), close("权属单位已自行改造"))
            .is_accepted()
    );
    assert_eq!(world.state(), CheckinState::Closed);
}

#[test]
fn an_opening_that_lacks_something_is_declined() {
    let nobody: OrganisationId = "nobody".parse().unwrap();
    let unknown = Decline::UnknownParty {
        party: nobody.clone(),
    };
    let opening = |title: &str, visiting: &[&str], hosts: &[&str], initiation| Act::Open {
        title: title.into(),
        initiation,
        subject: Subject::Place {
            address: String::new(),
            point: None,
        },
        visiting: ids(visiting),
        hosts: ids(hosts),
        calls: Vec::new(),
    };
    let (bridge, road, visit) = ("bridge-branch", "ring-road", Initiation::Visit);
    let spoilt = [
        (
            opening(" ", &[bridge], &[road], visit),
            Decline::TitleMissing,
        ),
        (opening("积水", &[], &[road], visit), Decline::SidesMissing),
        (
            opening("积水", &[bridge], &[], visit),
            Decline::SidesMissing,
        ),
        (
            opening("积水", &[bridge], &[road, bridge], visit),
            Decline::SidesMissing,
        ),
        (
            opening("积水", &[bridge], &[road, "nobody"], visit),
            unknown,
        ),
        (
            opening("积水", &["yard-branch"], &[road], visit),
            Decline::NotParty,
        ),
        (
            opening("积水", &[bridge], &[road], Initiation::Whistle),
            Decline::CallsMissing,
        ),
    ];
    for (act, reason) in spoilt {
        let mut world = World::new();
        let outcome = world.rule(&secretary_of("bridge-office"), act);
        assert_eq!(declined(outcome), reason);
        assert_eq!(world.state(), CheckinState::Draft);
    }
    let mut world = World::new();
    let fits = opening("积水", &[bridge], &[road], visit);
    assert!(
        world
            .rule(&secretary_of("bridge-office"), fits)
            .is_accepted()
    );
}

#[test]
fn the_case_of_a_check_in_has_to_be_known() {
    let mut world = World::new();
    world.cases_known = false;
    let mut act = open();
    if let Act::Open { subject, .. } = &mut act {
        *subject = Subject::Case(DocumentId::from_bytes([3; 16]));
    }
    assert_eq!(
        declined(world.rule(&secretary_of("bridge-office"), act)),
        Decline::UnknownSubject
    );
}

#[test]
fn only_the_other_side_answers_and_each_party_once() {
    let mut world = World::new();
    assert!(
        world
            .rule(&secretary_of("bridge-office"), open())
            .is_accepted()
    );
    let asked = |world: &mut World, whose: &str, party: &str| {
        world.rule(&secretary_of(whose), answer(party, true))
    };
    assert_eq!(
        declined(asked(&mut world, "yard-two", "yard-branch")),
        Decline::SameSide
    );
    assert_eq!(
        declined(asked(&mut world, "water-company", "ring-road-committee")),
        Decline::NotParty
    );
    assert!(asked(&mut world, "ring-road", "ring-road-committee").is_accepted());
    assert_eq!(
        declined(asked(&mut world, "ring-road", "ring-road-committee")),
        Decline::AlreadyAnswered {
            party: "ring-road-committee".parse().unwrap()
        }
    );
}

#[test]
fn it_is_refused_once_all_of_the_other_side_said_no() {
    let mut world = World::new();
    let mut act = open();
    if let Act::Open { hosts, .. } = &mut act {
        *hosts = ids(&["ring-road-committee", "water-company"]);
    }
    assert!(
        world
            .rule(&secretary_of("bridge-office"), act)
            .is_accepted()
    );
    assert!(
        world
            .rule(
                &secretary_of("ring-road"),
                answer("ring-road-committee", false)
            )
            .is_accepted()
    );
    assert_eq!(world.state(), CheckinState::Opened);
    assert!(
        world
            .rule(
                &secretary_of("water-company"),
                answer("water-company", false)
            )
            .is_accepted()
    );
    assert_eq!(world.state(), CheckinState::Refused);
}

/// What the design says, written down here once more and not read from the table: every state × verb × role.
#[test]
fn each_verb_is_a_branch_secretary_s_and_has_its_states() {
    use CheckinState::{Closed, Draft, Opened, Refused, UnderWay};
    for state in CheckinState::ALL {
        for role in Role::ALL {
            let mut standing = fold(&World::new().checkin);
            standing.state = state;
            let actor = person("somebody", "ring-road", &[role]);
            for (verb, verdict) in offered(&standing, &actor) {
                let states: &[CheckinState] = match verb {
                    ActName::Open => &[Draft],
                    ActName::Answer => &[Opened, UnderWay],
                    ActName::Close => &[UnderWay],
                };
                let possible = role == Role::BranchSecretary && states.contains(&state);
                assert_eq!(
                    verdict.is_ok(),
                    possible,
                    "{verb:?} by {role:?} in {state:?}"
                );
            }
            assert!(
                ![Refused, Closed].contains(&state)
                    || offered(&standing, &actor)
                        .iter()
                        .all(|(_, verdict)| verdict.is_err())
            );
        }
    }
    assert_eq!(TRANSITIONS.len(), ActName::ALL.len());
}

#[test]
fn every_step_has_one_row_of_demands() {
    for name in StepName::ALL {
        assert_eq!(
            DEMANDS.iter().filter(|row| row.step == name).count(),
            1,
            "{name:?}"
        );
        assert_eq!(StepName::from_id(name.id()), Some(name));
    }
}

#[test]
fn steps_are_written_by_the_parties_people() {
    let mut world = under_way();
    let worker = |organisation| person("somebody", organisation, &[Role::DisposalDept]);
    // People of the body whose branch is a party, of the second visiting one and of the host.
    for organisation in ["bridge-office", "yard-two", "ring-road"] {
        world.step(&worker(organisation), at(5), talk()).unwrap();
    }
    assert_eq!(
        world.step(&worker("water-company"), at(5), talk()),
        Err(StepDecline::NotMember)
    );
    let mut nobodys = worker("ring-road");
    nobodys.organisation = None;
    assert_eq!(
        world.step(&nobodys, at(5), talk()),
        Err(StepDecline::NotMember)
    );
}

#[test]
fn few_steps_demand_an_earlier_one() {
    let mut world = under_way();
    let secretary = secretary_of("ring-road");
    let worker = person("worker", "yard-two", &[Role::DisposalDept]);
    let needs = |steps: &'static [StepName]| Err(StepDecline::NeedsStep { one_of: steps });
    assert_eq!(
        world.step(&worker, at(9), completion(at(9))),
        needs(&[StepName::Scheme, StepName::Consultation])
    );
    let consultation = Step::Consultation {
        participants: ids(&["bridge-branch", "ring-road-committee"]),
        options: vec!["整体翻修".into(), "增设雨水口".into()],
        decision: "增设雨水口".into(),
        undertaker: "yard-two".parse().unwrap(),
        cost: CostBearer::Voluntary,
        promise: None,
        minutes: "纪要".into(),
    };
    let role = Err(StepDecline::NeedsRole {
        needs: Role::BranchSecretary,
    });
    assert_eq!(world.step(&worker, at(10), consultation.clone()), role);
    world.step(&secretary, at(10), consultation).unwrap();
    let agreement = || Step::Agreement {
        parties: ids(&["bridge-branch"]),
        note: "长效".into(),
    };
    assert_eq!(
        world.step(&secretary, at(11), agreement()),
        needs(&[StepName::Completion])
    );
    world.step(&worker, at(12), completion(at(12))).unwrap();
    world.step(&secretary, at(13), agreement()).unwrap();
}

#[test]
fn two_schemes_written_apart_may_have_one_number_and_the_next_goes_on() {
    let mut world = under_way();
    let worker = person("worker", "yard-two", &[]);
    world.step(&worker, at(1), scheme(1)).unwrap();
    world.step(&worker, at(2), scheme(2)).unwrap();
    world
        .step(&secretary_of("bridge-office"), at(3), scheme(2))
        .unwrap();
    assert_eq!(world.checkin.next_scheme_version(), 3);
    assert_eq!(world.checkin.steps.len(), 3);
}

#[test]
fn four_times_lie_side_by_side_and_a_comparison_says_which() {
    let mut world = under_way();
    let worker = person("worker", "yard-two", &[]);
    let limit = Limit {
        number: 7,
        unit: LimitUnit::WorkDay,
    };
    let survey = |estimate| Step::Survey {
        note: String::new(),
        estimate,
    };
    world
        .step(
            &worker,
            at(10),
            survey(Some(Estimated::Within {
                limit,
                from: at(DAY),
            })),
        )
        .unwrap();
    world.step(&worker, at(20), scheme(1)).unwrap();
    world
        .step(&worker, at(30), completion(at(2 * DAY)))
        .unwrap();
    let case = CaseTimes {
        found_at: Some(at(0)),
        table_limit: Some(TableLimit(Term {
            at: Some(at(5 * DAY)),
            within: None,
            from: None,
            source: TermSource::Table(DocumentId::from_bytes([3; 16])),
        })),
    };
    // The calendar is somebody else's: here a working day is a day.
    let times = four_times(&world.checkin, &case, &|limit, from| {
        Some(from.plus_millis(i64::from(limit.number) * DAY))
    });
    assert_eq!(times.at(TimeName::Estimate), Some(at(8 * DAY)));
    assert_eq!(times.at(TimeName::Promise), None, "none was made");
    assert_eq!(
        times.taken_millis(),
        Some(2 * DAY),
        "48 hours from found to done"
    );
    let later = |against| {
        times
            .compare(TimeName::Actual, against)
            .map(|found| found.later_millis)
    };
    assert_eq!(later(TimeName::TableLimit), Some(-3 * DAY));
    assert_eq!(later(TimeName::Estimate), Some(-6 * DAY));
    assert_eq!(later(TimeName::Promise), None);
    assert_eq!(times.comparisons().len(), 2);
    // Without a calendar the limit stays what was given, and no instant is made up.
    let unknown = four_times(&world.checkin, &case, &|_, _| None);
    assert_eq!(unknown.at(TimeName::Estimate), None);
    assert_eq!(unknown.estimates[0].0.within, Some(limit));
}

#[test]
fn each_called_body_has_its_own_obligation_time_and_arrival() {
    let mut world = World::new();
    let call = |party: &str, due| Call {
        party: party.parse().unwrap(),
        obligation: "到场处置".into(),
        due: at(due),
    };
    let whistle = |calls| Act::Open {
        title: "暴雨积水".into(),
        initiation: Initiation::Whistle,
        subject: Subject::Place {
            address: "商都路".into(),
            point: None,
        },
        visiting: ids(&["bridge-branch", "yard-branch"]),
        hosts: ids(&["ring-road-committee"]),
        calls,
    };
    let host = secretary_of("ring-road");
    let past = declined(world.rule(&host, whistle(vec![call("bridge-branch", 0)])));
    assert_eq!(
        past,
        Decline::CallUnfit {
            party: "bridge-branch".parse().unwrap()
        }
    );
    let calls = vec![call("bridge-branch", 1_000), call("yard-branch", 2_000)];
    assert!(world.rule(&host, whistle(calls)).is_accepted());
    let arrive = |party: &str| Step::Arrival {
        party: party.parse().unwrap(),
        note: String::new(),
    };
    let bridge = person("bridge-worker", "bridge-office", &[]);
    let yard = person("yard-worker", "yard-two", &[]);
    assert_eq!(
        world.step(&yard, at(900), arrive("bridge-branch")),
        Err(StepDecline::NotCalled)
    );
    world
        .step(&bridge, at(900), arrive("bridge-branch"))
        .unwrap();
    let late = |world: &World, now| {
        let standings = call_standings(&world.checkin, &fold(&world.checkin), at(now));
        standings
            .iter()
            .map(|call| call.late_millis)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        late(&world, 1_500),
        [None, None],
        "the second is not due yet"
    );
    assert_eq!(late(&world, 2_600), [None, Some(600)], "and now it is out");
    world.step(&yard, at(2_400), arrive("yard-branch")).unwrap();
    assert_eq!(
        late(&world, 9_999),
        [None, Some(400)],
        "late by what it was, for ever"
    );
    // The called bodies are the other side now, and answer.
    assert!(
        world
            .rule(&secretary_of("yard-two"), answer("yard-branch", true))
            .is_accepted()
    );
}

#[test]
fn bytes_of_a_body_without_a_party_are_those_of_before() {
    #[derive(minicbor::Encode)]
    struct Before {
        #[n(0)]
        id: OrganisationId,
        #[n(1)]
        name: String,
        #[n(2)]
        parent: Option<OrganisationId>,
    }
    let now = body("ring-road", None, None);
    let before = Before {
        id: now.id.clone(),
        name: now.name.clone(),
        parent: None,
    };
    let bytes = minicbor::to_vec(&before).unwrap();
    assert_eq!(bytes, minicbor::to_vec(&now).unwrap());
    assert_eq!(minicbor::decode::<Organisation>(&bytes).unwrap(), now);
    let mut joint = body(
        "yard-branch",
        Some("yard-two"),
        Some(PartyKind::TemporaryBranch),
    );
    joint.party.as_mut().unwrap().formed_by = ids(&["water-company"]);
    let again: Organisation = minicbor::decode(&minicbor::to_vec(&joint).unwrap()).unwrap();
    assert_eq!(
        again.acted_for_by(),
        ids(&["yard-branch", "yard-two", "water-company"])
    );
}

#[test]
fn every_reason_speaks_both_languages() {
    let party = || -> OrganisationId { "ring-road".parse().unwrap() };
    let reasons = [
        Decline::WrongRole {
            needs: Role::BranchSecretary,
        },
        Decline::WrongState {
            is: CheckinState::Closed,
            needs: CheckinState::Draft,
        },
        Decline::TitleMissing,
        Decline::SidesMissing,
        Decline::NotParty,
        Decline::UnknownParty { party: party() },
        Decline::UnknownSubject,
        Decline::CallsMissing,
        Decline::CallUnfit { party: party() },
        Decline::SameSide,
        Decline::AlreadyAnswered { party: party() },
        Decline::NothingCompleted,
    ];
    let mut codes: Vec<&str> = reasons.iter().map(Decline::code).collect();
    for reason in &reasons {
        assert!(reason.zh().chars().any(|sign| sign > '\u{2fff}') && reason.en().is_ascii());
        let json = serde_json::to_value(reason).unwrap();
        assert_eq!(json["code"], reason.code());
        let bytes = minicbor::to_vec(reason).unwrap();
        assert_eq!(minicbor::decode::<Decline>(&bytes).unwrap(), *reason);
    }
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), reasons.len());
}
