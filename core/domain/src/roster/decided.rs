//! What the rows of a roster come to at an instant.

use std::collections::BTreeMap;

use crate::ids::{DutyGridId, PersonId};
use crate::roster::row::{RosterKind, RosterRow};
use crate::time::Timestamp;

/// A shift in somebody's hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// Who has it now.
    pub holder: PersonId,
    /// Whose shift it was: empty beats are those that the register names for this person.
    pub owner: PersonId,
    /// Its beats.
    pub duty_grids: Vec<DutyGridId>,
    /// When it ends.
    pub until: Timestamp,
}

/// Shifts, leaves and hand-overs, ready to be asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    shifts: Vec<RosterRow>,
    leaves: BTreeMap<PersonId, Vec<RosterRow>>,
    /// In the order in which they take effect: by instant, then by who gives and who takes.
    hand_overs: Vec<RosterRow>,
}

impl Roster {
    /// Whether nobody has any shift.
    pub const fn is_empty(&self) -> bool {
        self.shifts.is_empty()
    }

    /// The shifts that somebody holds at an instant, those of one person several where several are theirs. Cost: a look at
    /// each row.
    pub fn watches(&self, instant: Timestamp) -> Vec<Watch> {
        let running = self.shifts.iter().filter(|shift| shift.covers(instant));
        let watches = running.map(|shift| Watch {
            holder: self.holder(shift, instant).clone(),
            owner: shift.person.clone(),
            duty_grids: shift.duty_grids.clone(),
            until: shift.until,
        });
        watches
            .filter(|watch| !self.on_leave(&watch.holder, instant))
            .collect()
    }

    /// Whether somebody is on duty at an instant.
    pub fn on_duty(&self, person: &PersonId, instant: Timestamp) -> bool {
        let mut running = self.shifts.iter().filter(|shift| shift.covers(instant));
        running.any(|shift| self.holder(shift, instant) == person)
            && !self.on_leave(person, instant)
    }

    fn on_leave(&self, person: &PersonId, instant: Timestamp) -> bool {
        let mut leaves = self.leaves.get(person).into_iter().flatten();
        leaves.any(|leave| leave.covers(instant))
    }

    /// Follows a shift from hand to hand: only who has it can hand it over.
    fn holder<'a>(&'a self, shift: &'a RosterRow, instant: Timestamp) -> &'a PersonId {
        let handed = self
            .hand_overs
            .iter()
            .filter(|row| shift.covers(row.from) && row.from <= instant);
        handed.fold(&shift.person, |holder, row| match &row.to {
            Some(to) if row.person == *holder => to,
            _ => holder,
        })
    }
}

impl FromIterator<RosterRow> for Roster {
    fn from_iter<Rows: IntoIterator<Item = RosterRow>>(rows: Rows) -> Self {
        let mut roster = Self::default();
        for row in rows {
            match row.kind {
                RosterKind::Shift => roster.shifts.push(row),
                RosterKind::Leave => roster
                    .leaves
                    .entry(row.person.clone())
                    .or_default()
                    .push(row),
                RosterKind::HandOver => roster.hand_overs.push(row),
            }
        }
        let order = |row: &RosterRow| (row.from, row.person.clone(), row.to.clone());
        roster.hand_overs.sort_by_key(order);
        roster
    }
}
