//! Ask: an errand fetches what differs in the city's tables, once the head of an answer said that something does, or the person
//! has other beats.

use xunge_domain::ids::DutyGridId;
use xunge_domain::tables::TableKind;
use xunge_store::{Reader, Tx};
use xunge_sync::wire::{HOURS, HeldTable, TablesFrame, TablesRequest, table_digest};

use super::kept::{beats, kept, set_beats, take};
use crate::app::{FieldApp, Identity};
use crate::base_map;
use crate::error::FieldError;

/// The mark that the last head named.
const TOLD: &str = "tables_told";
/// The mark of what is here. It has another name than before there were tables of hours and stage limits, so that a device that
/// was updated asks for them; the same for the base map that tables name since.
const HELD: &str = "tables_held_with_base_map";
/// Answers of one round: each brings a table at least.
const ANSWERS_MAX: u8 = 8;

/// Keeps what a head named, where that is news.
pub(crate) fn note_told(tx: &Tx<'_>, mark: [u8; 8]) -> Result<(), FieldError> {
    if tx.setting(TOLD)?.as_deref() != Some(mark.as_slice()) {
        tx.set_setting(TOLD, &mark)?;
    }
    Ok(())
}

/// Whether something is to be asked for, after so many answers of this round.
pub(crate) fn is_due(
    reader: &Reader<'_>,
    identity: &Identity,
    answers: u8,
) -> Result<bool, FieldError> {
    // A hub that names no mark has no tables to give.
    let Some(told) = reader.setting(TOLD)?.filter(|_| answers < ANSWERS_MAX) else {
        return Ok(false);
    };
    let held = reader.setting(HELD)?;
    Ok(held != Some(told) || beats(reader)? != identity.person.duty_grids)
}

/// What is asked. Cost: a hash over all rows, about a millisecond.
pub(crate) fn request(reader: &Reader<'_>) -> Result<TablesRequest, FieldError> {
    let mut held = Vec::new();
    for kind in TableKind::ALL {
        if let Some(table) = kept(reader, kind)? {
            held.push(HeldTable {
                kind,
                edition: table.edition,
                digest: table_digest(&table.rows),
            });
        }
    }
    Ok(TablesRequest {
        duty_grids: beats(reader)?,
        held,
        capabilities: vec![HOURS.into()],
    })
}

/// The tables that came with an enrolment: the hub told them, so nothing is asked for until it tells others.
pub(crate) fn take_first(
    tx: &Tx<'_>,
    frame: &TablesFrame,
    beats: &[DutyGridId],
) -> Result<(), FieldError> {
    match &frame.mark {
        Some(mark) => note_told(tx, **mark)?,
        None => tx.delete_setting(TOLD)?,
    }
    take_in(tx, frame, beats)
}

fn take_in(tx: &Tx<'_>, frame: &TablesFrame, beats: &[DutyGridId]) -> Result<(), FieldError> {
    base_map::kept::note_told(tx, frame.base_map.map(|mark| *mark))?;
    let mut whole = true;
    for delta in &frame.tables {
        whole &= take(tx, delta)?;
    }
    match &frame.mark {
        Some(mark) if whole => tx.set_setting(HELD, mark.as_slice())?,
        _ => tx.delete_setting(HELD)?,
    }
    set_beats(tx, beats)
}

impl FieldApp {
    /// Takes in what differs: all of an answer, or nothing.
    pub(crate) fn take_tables(&mut self, frame: &TablesFrame) -> Result<(), FieldError> {
        let beats = self.identity()?.person.duty_grids.clone();
        self.errands.tables_answers = self.errands.tables_answers.saturating_add(1);
        self.store.transaction(|tx| take_in(tx, frame, &beats))?;
        self.let_go_of_base_maps();
        self.load_identity()
    }
}
