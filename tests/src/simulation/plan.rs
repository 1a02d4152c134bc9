//! What a schedule is made of, drawn before anything runs. Every step has a seed of its own, so that steps can be left
//! out without changing what the others draw: that is how a finding is made small.

use super::cast::{self, Part};
use crate::proxy::SplitMix;

/// Steps of a schedule, before the faults stop.
const STEPS: u64 = 36;
/// Steps of a long schedule, in which cases come to their end.
const STEPS_LONG: u64 = 96;
/// How many schedules are long.
const LONG: f64 = 0.1;
/// A step of trouble with stores or people is not drawn before this one: there must be something to lose.
const TROUBLE_FROM: u64 = 6;

/// A kind of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A worker writes.
    Write,
    /// A device sends its next request or gets the answer it waits for.
    Exchange,
    /// Somebody in a browser decides.
    Staff,
    /// Whoever's turn it is does what comes next.
    PushOn,
    /// Something late arrives.
    Overtake,
    /// The power will go in one of the next writes.
    PowerCut,
    /// The clock of a device jumps.
    ClockJump,
    /// The app is killed.
    Kill,
    /// The app sleeps and wakes.
    Sleep,
    /// A device lies.
    Forge,
    /// The link of a device is dead for a while.
    Partition,
    /// The store of a device is copied, and the copy runs on as another device.
    CloneStore,
    /// The store of a device is copied and put away.
    KeepCopy,
    /// The store put away takes the place of the one in use.
    RestoreStore,
    /// The hub is backed up.
    BackUpHub,
    /// The hub is replaced by its backup.
    RestoreHub,
    /// A device is revoked.
    Revoke,
    /// A worker is given another beat beside his own.
    GiveBeat,
    /// A worker is moved to another beat, or back.
    MoveBeat,
}

impl Kind {
    fn draw(random: &mut SplitMix) -> Self {
        match random.below(100) {
            0..24 => Self::Write,
            24..48 => Self::Exchange,
            48..59 => Self::Staff,
            59..83 => Self::PushOn,
            83..88 => Self::Overtake,
            88..93 => Self::PowerCut,
            93 => Self::ClockJump,
            94 => Self::Kill,
            95 => Self::Sleep,
            96..98 => Self::Forge,
            _ => Self::Partition,
        }
    }
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    /// Its number in the whole plan.
    pub(super) number: u64,
    pub(super) kind: Kind,
    /// Draws of its own.
    pub(super) seed: u64,
    /// Nothing goes wrong on the link in this step.
    pub(super) calm: bool,
}

/// How bad the link of a schedule is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weather {
    pub(super) drop: f64,
    pub(super) cut: f64,
    pub(super) duplicate: f64,
    pub(super) late: f64,
    pub(super) portal: f64,
    pub(super) commit_fails: f64,
    pub(super) between: f64,
}

impl Weather {
    /// Nothing goes wrong.
    pub(super) const CALM: Self = Self {
        drop: 0.0,
        cut: 0.0,
        duplicate: 0.0,
        late: 0.0,
        portal: 0.0,
        commit_fails: 0.0,
        between: 0.0,
    };

    fn draw(random: &mut SplitMix) -> Self {
        let mut share = |thousandths_max: u32| {
            f64::from(u32::try_from(random.below(u64::from(thousandths_max))).unwrap_or(0))
                / 1_000.0
        };
        Self {
            drop: share(250),
            cut: share(250),
            duplicate: share(250),
            late: share(150),
            portal: share(60),
            commit_fails: share(100),
            between: share(400),
        }
    }
}

/// A whole schedule: a pure function of its seed.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub(super) seed: u64,
    pub(super) parts: Vec<Part>,
    pub(super) weather: Weather,
    pub(super) steps: Vec<Step>,
}

impl Plan {
    /// The plan of a seed.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        let mut random = SplitMix::new(seed);
        let parts = cast::parts(&mut random);
        let weather = Weather::draw(&mut random);
        let length = if SplitMix::of(seed, 77).chance(LONG) {
            STEPS_LONG
        } else {
            STEPS
        };
        let mut steps: Vec<Step> = (1..=length)
            .map(|number| Step {
                number,
                kind: Kind::draw(&mut random),
                seed: random.next_u64(),
                calm: false,
            })
            .collect();
        let moves = moves(&mut SplitMix::of(seed, MOVES));
        for (number, kind) in troubles(&mut random).into_iter().chain(moves) {
            if let Some(step) = steps.iter_mut().find(|step| step.number == number) {
                step.kind = kind;
            }
        }
        Self {
            seed,
            parts,
            weather,
            steps,
        }
    }

    /// The plan with these steps alone, and without faults on the link in the steps called calm.
    #[must_use]
    pub fn only(mut self, kept: &[u64], calm: &[u64]) -> Self {
        self.steps.retain(|step| kept.contains(&step.number));
        for step in &mut self.steps {
            step.calm |= calm.contains(&step.number);
        }
        self
    }

    /// Its seed.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The numbers of its steps, and of those that are calm.
    #[must_use]
    pub fn numbers(&self) -> (Vec<u64>, Vec<u64>) {
        let calm = self.steps.iter().filter(|step| step.calm);
        (
            self.steps.iter().map(|step| step.number).collect(),
            calm.map(|step| step.number).collect(),
        )
    }
}

/// The stream of chance that these are drawn from.
const MOVES: u64 = 0x6D6F_7665;

/// When a worker is moved to another beat, and back or on, and a backup is restored once more. Drawn apart from the rest.
fn moves(random: &mut SplitMix) -> Vec<(u64, Kind)> {
    let times = match random.below(100) {
        0..15 => 1,
        15..25 => 2,
        _ => 0,
    };
    let mut draw = || TROUBLE_FROM + random.below(STEPS.saturating_sub(TROUBLE_FROM));
    let mut moves: Vec<_> = (0..times).map(|_| (draw(), Kind::MoveBeat)).collect();
    let again = draw();
    if random.chance(0.3) {
        // Once more from the same backup, where there is one by then.
        moves.push((again, Kind::RestoreHub));
    }
    moves
}

/// What befalls stores and people in a schedule, and when. A hub that forgets is not drawn together with devices that
/// forget or are shut out: what both have lost is lost, and no invariant says otherwise.
fn troubles(random: &mut SplitMix) -> Vec<(u64, Kind)> {
    let mut draw = |from: u64| from + random.below(STEPS.saturating_sub(from));
    let (first, second) = (draw(TROUBLE_FROM), draw(TROUBLE_FROM));
    let (earlier, later) = (first.min(second), first.max(second) + 1);
    let mut troubles = match random.below(100) {
        0..18 => vec![(earlier, Kind::BackUpHub), (later, Kind::RestoreHub)],
        18..33 => vec![(earlier, Kind::KeepCopy), (later, Kind::RestoreStore)],
        33..45 => vec![(later, Kind::Revoke)],
        45..60 => vec![(earlier, Kind::CloneStore)],
        60..68 => vec![
            (earlier, Kind::CloneStore),
            (later, Kind::RestoreHub),
            (later.saturating_sub(2), Kind::BackUpHub),
        ],
        _ => Vec::new(),
    };
    if random.chance(0.15) {
        troubles.push((first.max(second), Kind::GiveBeat));
    }
    troubles
}
