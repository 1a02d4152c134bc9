//! One invented case, from the finding to wherever it stands at the demo's clock.

use xunge_domain::case::{Act, CaseState, CloseOutcome, PhotoPurpose, Severity};
use xunge_domain::class::ClassKind;
use xunge_domain::geo::Point;
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::PersonId;
use xunge_domain::tables::HandlingClass;
use xunge_domain::time::Timestamp;

use super::draws::{
    QUICK_MINUTES, draw_matter, draw_stall, draw_street, draw_time, found_to_wait_at,
};
use super::hours::{CENTRE, CREWS, Hours, PATROL};
use super::matters::{
    COMMENTS, FAILED_CHECKS, MATTERS, Matter, PASSED_CHECKS, REJECTIONS, hazards,
};
use super::{Deed, PlannedCase, Step};
use crate::demo::city::City;
use crate::demo::organisations::street_office;
use crate::demo::photos::Picture;
use crate::demo::random::Random;
use crate::demo::roads::{self, Place};
use crate::demo::streets::Street;

/// Who takes part in a case.
struct Cast {
    reporter: PersonId,
    colleague: PersonId,
    crew: PersonId,
    late_claimant: Option<PersonId>,
    clerk: PersonId,
    shift_leader: PersonId,
    dispatcher: PersonId,
}

/// A case being told.
struct Telling<'a> {
    matter: &'static Matter,
    street: &'static Street,
    place: &'a Place,
    cast: Cast,
    clock: Timestamp,
    now: Timestamp,
    /// Where it gets stuck, if it does.
    stalls_at: Option<CaseState>,
    steps: Vec<Step>,
}

/// Invents a case, one that waits in a given state if asked so; `None` when the place drawn lies in no unit grid.
pub(super) fn case(
    city: &City,
    grids: &GridIndex,
    clock: Timestamp,
    waits_at: Option<CaseState>,
    random: &mut Random,
) -> Option<PlannedCase> {
    let (street, network) = draw_street(city, random)?;
    let place = roads::place(street, network, random)?;
    let unit_grid = grids.locate(place.point)?.code;
    let matter = match waits_at {
        None => draw_matter(random)?,
        Some(_) => MATTERS
            .iter()
            .find(|matter| matter.minutes.1 <= QUICK_MINUTES)?,
    };
    let class = city.classes.find(matter.class)?;
    let found = match waits_at {
        None => draw_time(clock, random),
        Some(state) => found_to_wait_at(state, clock),
    };
    let mut telling = Telling {
        matter,
        street,
        place: &place,
        cast: cast(street, matter, random)?,
        clock,
        now: found,
        stalls_at: waits_at.or_else(|| draw_stall(clock, found, random)),
        steps: Vec::new(),
    };
    telling.tell(random);
    let severity = if random.chance(8) {
        Severity::Serious
    } else {
        matter.severity
    };
    Some(PlannedCase {
        class: class.code.clone(),
        condition: matter.condition.to_owned(),
        title: match class.kind {
            ClassKind::Event => format!("{}{}", place.road, class.zh),
            ClassKind::Component => format!("{}{}问题", place.road, class.zh),
        },
        description: random.word(matter.found).to_owned(),
        address: place.address.clone(),
        point: place.point,
        unit_grid,
        severity,
        steps: telling.steps,
    })
}

fn cast(street: &Street, matter: &Matter, random: &mut Random) -> Option<Cast> {
    let worker = match street.slug {
        "wulibu" => "worker-erqi".to_owned(),
        slug => format!("worker-{slug}"),
    };
    let first: PersonId = worker.parse().ok()?;
    let second: PersonId = format!("{worker}-2").parse().ok()?;
    let (reporter, colleague) = if random.chance(55) {
        (first, second)
    } else {
        (second, first)
    };
    let crew: PersonId = matter.department.parse().ok()?;
    // Both people of the road department claim now and then; the second is told who was first.
    let twice = matter.department == "road-dept" && random.chance(12);
    let late_claimant = if twice {
        "road-dept-2".parse().ok()
    } else {
        None
    };
    Some(Cast {
        reporter,
        colleague,
        crew,
        late_claimant,
        clerk: "clerk".parse().ok()?,
        shift_leader: "shift-leader".parse().ok()?,
        dispatcher: "dispatcher".parse().ok()?,
    })
}

impl Telling<'_> {
    /// Some metres beside the point: nobody stands twice on the same spot.
    fn nearby(&self, random: &mut Random) -> Point {
        let step = |random: &mut Random| random.between(-900.0, 900.0) as i32;
        Point {
            longitude_e7: self.place.point.longitude_e7 + step(random),
            latitude_e7: self.place.point.latitude_e7 + step(random),
        }
    }

    /// Lets time pass; false when that leads beyond the demo's clock.
    fn wait(&mut self, hours: Hours, low: i64, high: i64, random: &mut Random) -> bool {
        let minutes = low + random.below((high - low).max(1) as usize) as i64;
        let seconds = random.below(60) as i64 * 1_000;
        self.now = hours.after(self.now, minutes).plus_millis(seconds);
        self.now < self.clock
    }

    fn add(&mut self, author: PersonId, deed: Deed) {
        let at = self.now;
        self.steps.push(Step {
            author,
            at,
            received: at,
            deed,
        });
    }

    fn photo(
        &mut self,
        author: &PersonId,
        purpose: PhotoPurpose,
        after: bool,
        random: &mut Random,
    ) {
        let deed = Deed::Photo {
            picture: Picture::of(self.matter.scene, after, random),
            purpose,
            caption: String::new(),
            point: self.nearby(random),
        };
        self.add(author.clone(), deed);
    }

    fn act(&mut self, author: &PersonId, act: Act) {
        self.add(author.clone(), Deed::Act(act));
    }

    fn remark(&mut self, author: &PersonId, percent: usize, random: &mut Random) {
        if random.chance(percent) {
            let text = random.word(&COMMENTS).to_owned();
            self.add(author.clone(), Deed::Comment(text));
        }
    }

    fn tell(&mut self, random: &mut Random) {
        self.report(random);
        // Each chapter says whether the case goes on.
        let _ended = self.intake(random)
            && self.dispatch(random)
            && self.disposal(random)
            && self.closing(random);
    }

    fn stalled(&self, state: CaseState) -> bool {
        self.stalls_at == Some(state)
    }

    fn report(&mut self, random: &mut Random) {
        let reporter = self.cast.reporter.clone();
        self.photo(&reporter, PhotoPurpose::Found, false, random);
        if random.chance(30) {
            self.photo(&reporter, PhotoPurpose::Found, false, random);
        }
        if random.chance(15) {
            let text = random.word(hazards(self.matter.scene)).to_owned();
            self.add(reporter.clone(), Deed::Hazard(text));
        }
        self.act(&reporter, Act::Report);
        self.without_signal(0, random);
    }

    /// Some steps reach the server later than they were made.
    fn without_signal(&mut self, from: usize, random: &mut Random) {
        if !random.chance(15) {
            return;
        }
        let late = 1 + random.below(150) as i64;
        let received = self.now.plus_millis(late * 60_000);
        if received >= self.clock {
            return;
        }
        for step in self.steps.iter_mut().skip(from) {
            step.received = received;
        }
        self.now = received;
    }

    fn intake(&mut self, random: &mut Random) -> bool {
        let (clerk, shift_leader) = (self.cast.clerk.clone(), self.cast.shift_leader.clone());
        if self.stalled(CaseState::Reported) || !self.wait(CENTRE, 3, 45, random) {
            return false;
        }
        if random.chance(5) && !self.verification(random) {
            return false;
        }
        // What is to wait further on was taken on.
        if self.stalls_at.is_none() && random.chance(7) {
            let reason = random.word(&REJECTIONS).to_owned();
            let duplicate_of = None;
            self.act(
                &clerk,
                Act::Reject {
                    reason,
                    duplicate_of,
                },
            );
            return false;
        }
        self.act(&clerk, Act::Accept);
        if self.stalled(CaseState::Accepted) || !self.wait(CENTRE, 3, 50, random) {
            return false;
        }
        let condition = self.matter.condition.to_owned();
        self.act(
            &shift_leader,
            Act::File {
                condition,
                handling_class: HandlingClass::General,
            },
        );
        true
    }

    fn verification(&mut self, random: &mut Random) -> bool {
        let (clerk, colleague) = (self.cast.clerk.clone(), self.cast.colleague.clone());
        let to = colleague.clone();
        self.act(&clerk, Act::SendVerify { to });
        if !self.wait(PATROL, 8, 40, random) {
            return false;
        }
        self.photo(&colleague, PhotoPurpose::Verify, false, random);
        let note = "到场核实，情况属实。".to_owned();
        let result = Some(true);
        self.act(&colleague, Act::Verify { result, note });
        self.wait(CENTRE, 3, 20, random)
    }

    fn dispatch(&mut self, random: &mut Random) -> bool {
        if self.stalled(CaseState::Filed) || !self.wait(CENTRE, 3, 80, random) {
            return false;
        }
        let Ok(lead) = self.matter.department.parse() else {
            return false;
        };
        let notify = if random.chance(60) {
            street_office(self.street.slug).into_iter().collect()
        } else {
            Vec::new()
        };
        let assist = if random.chance(10) && self.matter.department != "traffic-dept" {
            "traffic-dept".parse().into_iter().collect()
        } else {
            Vec::new()
        };
        let dispatcher = self.cast.dispatcher.clone();
        self.act(
            &dispatcher,
            Act::Dispatch {
                lead,
                assist,
                notify,
            },
        );
        if self.stalled(CaseState::Dispatched) || !self.wait(CREWS, 5, 150, random) {
            return false;
        }
        let crew = self.cast.crew.clone();
        self.act(&crew, Act::Claim);
        if let Some(late) = self.cast.late_claimant.clone()
            && self.wait(CREWS, 2, 60, random)
        {
            self.act(&late, Act::Claim);
        }
        self.remark(&crew, 22, random);
        !self.stalled(CaseState::Disposing)
    }

    fn disposal(&mut self, random: &mut Random) -> bool {
        let fails = random.chance(5);
        for round in 0..=usize::from(fails) {
            let (low, high) = self.matter.minutes;
            if !self.wait(CREWS, low, high, random) {
                return false;
            }
            let crew = self.cast.crew.clone();
            let from = self.steps.len();
            if random.chance(25) {
                self.photo(&crew, PhotoPurpose::During, false, random);
            }
            self.photo(&crew, PhotoPurpose::After, true, random);
            let point = Some(self.nearby(random));
            let note = random.word(self.matter.done).to_owned();
            self.act(&crew, Act::Feedback { point, note });
            self.without_signal(from, random);
            if self.stalled(CaseState::FedBack) || !self.wait(CENTRE, 5, 90, random) {
                return false;
            }
            if !self.check(!fails || round == 1, random) {
                return false;
            }
        }
        true
    }

    fn check(&mut self, passed: bool, random: &mut Random) -> bool {
        let (clerk, checker) = (self.cast.clerk.clone(), self.cast.colleague.clone());
        let to = checker.clone();
        self.act(&clerk, Act::SendCheck { to, also: None });
        if self.stalled(CaseState::Checking) || !self.wait(PATROL, 20, 260, random) {
            return false;
        }
        let from = self.steps.len();
        self.photo(&checker, PhotoPurpose::Check, passed, random);
        let words: &[&str] = if passed {
            &PASSED_CHECKS
        } else {
            &FAILED_CHECKS
        };
        let note = random.word(words).to_owned();
        let point = Some(self.nearby(random));
        self.act(
            &checker,
            Act::Check {
                passed,
                point,
                note,
            },
        );
        self.without_signal(from, random);
        true
    }

    fn closing(&mut self, random: &mut Random) -> bool {
        if self.stalled(CaseState::ToClose) || !self.wait(CENTRE, 5, 150, random) {
            return false;
        }
        let outcome = if random.chance(93) {
            CloseOutcome::Normal
        } else {
            CloseOutcome::Overdue
        };
        let shift_leader = self.cast.shift_leader.clone();
        self.act(&shift_leader, Act::Close { outcome });
        let reporter = self.cast.reporter.clone();
        if self.wait(PATROL, 10, 300, random) {
            self.remark(&reporter, 6, random);
        }
        true
    }
}
