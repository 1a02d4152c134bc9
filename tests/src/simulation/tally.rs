//! What happened in the schedules: a run that met no trouble proves nothing, so the shares are printed.

use std::fmt;

/// Something a schedule can contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A request or its answer was lost.
    Drop,
    /// A request or an answer broke off at some byte.
    Cut,
    /// A request was processed twice.
    Duplicate,
    /// A request or an answer came after its time.
    Late,
    /// Somebody else answered: a page of HTML.
    Portal,
    /// The hub's commit failed.
    CommitFailed,
    /// A device lost its power between two writes, or its app was killed.
    Crash,
    /// A device wrote while it waited for an answer.
    WriteInFlight,
    /// A clock jumped by years.
    ClockJump,
    /// A request of a device or of somebody in a browser was declined.
    Decline,
    /// Two claims of one case were ruled, the later one declined.
    SecondClaim,
    /// Something forged was pushed and quarantined.
    Quarantine,
    /// A device went on as another installation.
    Superseded,
    /// A request reached the hub after a later one of the same device.
    Reordered,
    /// The hub took another request in the middle of one.
    Between,
    /// The link of a device was dead for a while.
    Partition,
    /// Four devices or more.
    ManyDevices,
    /// Two devices of one person.
    SamePerson,
    /// A store was copied and both ran on.
    Clone,
    /// A store was replaced by an older copy of itself.
    StoreRestored,
    /// The hub was replaced by its backup.
    HubRestored,
    /// A device was revoked and tried again.
    Revoked,
    /// A revoked device was told so, and wiped itself.
    Wiped,
    /// A worker was given another beat.
    BeatGiven,
    /// A worker was moved to another beat.
    BeatMoved,
    /// A device was enrolled again at a hub that had forgotten it.
    EnrolledAgain,
    /// A document left a device.
    Evicted,
    /// A device forged.
    Forgery,
    /// A case went all the way to its closing.
    Closed,
    /// A device got bytes of a pack.
    Pack,
    /// A device asked for a pack that another had taken the place of, or that was not for it any more.
    PackGone,
    /// A device compared itself with the hub.
    Compared,
    /// A push in parts broke off at some byte.
    PushCut,
    /// A device was told how far such a push had got.
    Resumed,
}

impl Event {
    /// Every event, in the order they are printed.
    pub const ALL: [Self; 34] = [
        Self::Drop,
        Self::Cut,
        Self::Duplicate,
        Self::Late,
        Self::Portal,
        Self::CommitFailed,
        Self::Crash,
        Self::WriteInFlight,
        Self::ClockJump,
        Self::Decline,
        Self::SecondClaim,
        Self::Quarantine,
        Self::Superseded,
        Self::Reordered,
        Self::Between,
        Self::Partition,
        Self::ManyDevices,
        Self::SamePerson,
        Self::Clone,
        Self::StoreRestored,
        Self::HubRestored,
        Self::Revoked,
        Self::Wiped,
        Self::BeatGiven,
        Self::BeatMoved,
        Self::EnrolledAgain,
        Self::Evicted,
        Self::Forgery,
        Self::Closed,
        Self::Pack,
        Self::PackGone,
        Self::Compared,
        Self::PushCut,
        Self::Resumed,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Drop => "a drop",
            Self::Cut => "a cut",
            Self::Duplicate => "a duplicate",
            Self::Late => "something late",
            Self::Portal => "a captive portal",
            Self::CommitFailed => "a failed commit of the hub",
            Self::Crash => "a crash",
            Self::WriteInFlight => "a write during a round",
            Self::ClockJump => "a clock that jumped",
            Self::Decline => "a decline",
            Self::SecondClaim => "a second claim declined",
            Self::Quarantine => "a quarantine",
            Self::Superseded => "a new installation",
            Self::Reordered => "requests in another order",
            Self::Between => "a request in the middle of another",
            Self::Partition => "a dead link for a while",
            Self::ManyDevices => "four devices or more",
            Self::SamePerson => "two devices of one person",
            Self::Clone => "a copied store that ran on",
            Self::StoreRestored => "an older store put back",
            Self::HubRestored => "a hub restored from its backup",
            Self::Revoked => "a revoked device that tried again",
            Self::Wiped => "a revoked device that wiped itself",
            Self::BeatGiven => "a worker given another beat",
            Self::BeatMoved => "a worker moved to another beat",
            Self::EnrolledAgain => "a device enrolled again",
            Self::Evicted => "a case that left a device",
            Self::Forgery => "a malicious device",
            Self::Closed => "a case closed",
            Self::Pack => "bytes of a pack",
            Self::PackGone => "a pack that was gone",
            Self::Compared => "a comparison with the hub",
            Self::PushCut => "a push cut between its parts",
            Self::Resumed => "a push that went on after a cut",
        }
    }
}

/// A count for every event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Counts([u64; Event::ALL.len()]);

impl Default for Counts {
    fn default() -> Self {
        Self([0; Event::ALL.len()])
    }
}

/// Counts of one schedule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    counts: Counts,
    /// Steps taken.
    pub steps: u64,
    /// Requests the hub answered.
    pub requests: u64,
    /// Writes that devices called saved.
    pub saved: u64,
}

impl Tally {
    pub(super) fn add(&mut self, event: Event, count: u64) {
        self.counts.0[event as usize] += count;
    }

    /// How often it happened.
    pub const fn count(&self, event: Event) -> u64 {
        self.counts.0[event as usize]
    }
}

/// Counts of many schedules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shares {
    /// How many schedules ran.
    pub schedules: u64,
    with: Counts,
    total: Tally,
}

impl Shares {
    /// Takes one schedule in.
    pub fn take(&mut self, tally: &Tally) {
        self.schedules += 1;
        for (index, count) in tally.counts.0.iter().enumerate() {
            self.with.0[index] += u64::from(*count > 0);
            self.total.counts.0[index] += count;
        }
        self.total.steps += tally.steps;
        self.total.requests += tally.requests;
        self.total.saved += tally.saved;
    }

    /// In how many schedules it happened.
    pub const fn with(&self, event: Event) -> u64 {
        self.with.0[event as usize]
    }
}

impl fmt::Display for Shares {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally {
            steps,
            requests,
            saved,
            ..
        } = self.total;
        writeln!(
            out,
            "{} schedules, {steps} steps, {requests} requests, {saved} writes called saved",
            self.schedules
        )?;
        for event in Event::ALL {
            // Tenths of a percent, without floating point.
            let tenths = self.with(event) * 1_000 / self.schedules.max(1);
            writeln!(
                out,
                "  {:>3}.{}%  with {} ({} in all)",
                tenths / 10,
                tenths % 10,
                event.name(),
                self.total.count(event)
            )?;
        }
        Ok(())
    }
}
