//! Limits of what a check-in holds. Phone and server ask alike, so that nothing is written that would be kept aside.

use crate::checkin::action::{Act, Action};
use crate::checkin::step::{CostBearer, Step, StepEntry};
use crate::checkin::subject::Subject;
use crate::ids::OrganisationId;

/// Most characters of a title, as of a case's.
const TITLE_CHARACTERS_MAX: usize = 100;
/// Most characters of one text of a step, an action or an address.
pub const TEXT_CHARACTERS_MAX: usize = 2_000;
/// Most bodies named in one place.
pub const BODIES_MAX: usize = 32;
/// Most lines of one list: options, turns of a rota, quantities.
pub const LINES_MAX: usize = 32;
/// Most people of one turn.
const PEOPLE_MAX: usize = 64;
/// Most photos of one step.
pub const PHOTOS_MAX: usize = 32;

/// Something of an entry that is over its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryUnfit {
    /// What.
    pub field: &'static str,
    /// How much of it there is: characters or lines.
    pub count: usize,
    /// How much fits.
    pub count_max: usize,
}

/// Collects what an entry holds, and the first of it that does not fit.
#[derive(Default)]
struct Fitting(Option<EntryUnfit>);

impl Fitting {
    fn at_most(&mut self, field: &'static str, count: usize, count_max: usize) {
        if count > count_max {
            self.0.get_or_insert(EntryUnfit {
                field,
                count,
                count_max,
            });
        }
    }
    fn text(&mut self, field: &'static str, text: &str) {
        // A text of so many bytes cannot have more characters.
        if text.len() > TEXT_CHARACTERS_MAX {
            self.at_most(field, text.chars().count(), TEXT_CHARACTERS_MAX);
        }
    }
    fn bodies(&mut self, field: &'static str, bodies: &[OrganisationId]) {
        self.at_most(field, bodies.len(), BODIES_MAX);
    }
    fn done(self) -> Result<(), EntryUnfit> {
        self.0.map_or(Ok(()), Err)
    }
}

impl StepEntry {
    /// Whether all of it keeps to its limits; phone and server ask alike.
    ///
    /// # Errors
    /// The first that does not.
    pub fn check(&self) -> Result<(), EntryUnfit> {
        let mut fitting = Fitting::default();
        fitting.text("note", self.step.note());
        fitting.text("address", &self.address);
        fitting.at_most("photos", self.photos.len(), PHOTOS_MAX);
        match &self.step {
            Step::Consultation {
                participants,
                options,
                minutes,
                cost,
                ..
            } => {
                fitting.text("minutes", minutes);
                fitting.bodies("participants", participants);
                fitting.at_most("options", options.len(), LINES_MAX);
                options
                    .iter()
                    .for_each(|option| fitting.text("option", option));
                if let CostBearer::Shared(bodies) = cost {
                    fitting.bodies("cost", bodies);
                }
            }
            Step::DutyRota { turns, .. } => {
                fitting.at_most("turns", turns.len(), LINES_MAX);
                for turn in turns {
                    fitting.text("post", &turn.post);
                    fitting.at_most("people", turn.people.len(), PEOPLE_MAX);
                }
            }
            Step::Completion { quantities, .. } => {
                fitting.at_most("quantities", quantities.len(), LINES_MAX);
                for quantity in quantities {
                    fitting.text("quantity", &quantity.what);
                    fitting.text("unit", &quantity.unit);
                }
            }
            Step::Progress { percent, .. } => {
                fitting.at_most("percent", usize::from(percent.unwrap_or_default()), 100);
            }
            Step::Agreement { parties, .. } => fitting.bodies("parties", parties),
            _ => {}
        }
        fitting.done()
    }
}

impl Action {
    /// Whether all of it keeps to its limits; phone and server ask alike.
    ///
    /// # Errors
    /// The first that does not.
    pub fn check(&self) -> Result<(), EntryUnfit> {
        let mut fitting = Fitting::default();
        match &self.act {
            Act::Open {
                title,
                subject,
                visiting,
                hosts,
                calls,
                ..
            } => {
                fitting.at_most("title", title.chars().count(), TITLE_CHARACTERS_MAX);
                fitting.bodies("visiting", visiting);
                fitting.bodies("hosts", hosts);
                fitting.at_most("calls", calls.len(), BODIES_MAX);
                calls
                    .iter()
                    .for_each(|call| fitting.text("obligation", &call.obligation));
                if let Subject::Place { address, .. } = subject {
                    fitting.text("address", address);
                }
            }
            Act::Answer { note, .. } | Act::Close { note } => fitting.text("note", note),
        }
        fitting.done()
    }
}
