//! Hand out: a device asks for what differs in the tables of its person's beats.

use xunge_domain::ids::Digest;
use xunge_domain::person::Person;
use xunge_domain::tables::TableKind;
use xunge_domain::time::Timestamp;
use xunge_sync::wire::{
    Frame, HELD_TABLES_MAX, Nonce, TABLES_BYTES_MAX, TablesFrame, TablesRequest, reads_hours,
};

use super::extract::{LATER, ON_DEVICES, Wanted, carried, extract};
use crate::app::App;
use crate::error::ApiError;
use crate::messages;
use crate::services::admission::{alone, refused};
use crate::services::base_map;
use crate::services::device_session::{Presented, Recognised, device_unknown, recognise};
use crate::store::{HubRead, StoreError};
use crate::tables::local_date;

/// Most bytes of rows that go along with an enrolment, which has classes and grids in its own form as well.
const AT_ENROLMENT_BYTES_MAX: usize = 512 * 1024;

/// What the heads of answers name: another one as soon as any table or the base map is another, or another edition has come into effect, or the
/// hub is another. Cost: a read, and once a change those of the tables.
///
/// # Errors
/// The store's trouble, or tables in it that cannot be right.
pub fn mark(app: &App, read: &dyn HubRead, now: Timestamp) -> Result<[u8; 8], StoreError> {
    let tables = app.tables.get(read, now)?;
    // A city without a base map is told what it was always told.
    let base_map = base_map::mark(read)?;
    let base_map = base_map.as_ref().map_or(&[] as &[u8], |mark| mark);
    let of = [
        b"tables".as_slice(),
        &app.hub_key.epoch.to_be_bytes(),
        tables.sum.as_bytes(),
        base_map,
    ];
    let mut mark = [0; 8];
    let digest = Digest::of(&of.concat());
    mark.iter_mut()
        .zip(digest.as_bytes())
        .for_each(|(to, from)| *to = *from);
    Ok(mark)
}

/// Answers a device. Its token is not used up. Cost: a read a beat and a unit grid, and the tables that differ twice.
///
/// # Errors
/// A device this hub does not know, or the hub's own trouble.
pub fn tables(
    app: &App,
    presented: &Presented,
    nonce: Nonce,
    asked: &TablesRequest,
) -> Result<Vec<u8>, ApiError> {
    let now = app.clock.now();
    let frame = app.store.reading(|read| {
        Ok::<_, StoreError>(match recognise(read, presented)? {
            Recognised::Unknown => None,
            Recognised::Revoked(_) => Some(refused(&messages::DEVICE_REVOKED)),
            Recognised::Device(person) => {
                let found = differing(app, read, &person, asked, now)?;
                Some(Frame::Tables(Box::new(found)))
            }
        })
    })?;
    Ok(alone(app, nonce, &frame.ok_or_else(device_unknown)?))
}

/// All tables for a person's beats, for a device that is enrolled and named these capabilities. Nothing where they are many: then it asks for them by itself.
///
/// # Errors
/// The store's trouble, or a row that cannot be read.
pub fn tables_for(
    app: &App,
    read: &dyn HubRead,
    person: &Person,
    capabilities: &[String],
    now: Timestamp,
) -> Result<Option<TablesFrame>, StoreError> {
    let asked = TablesRequest {
        capabilities: capabilities.into(),
        ..TablesRequest::default()
    };
    let frame = differing(app, read, person, &asked, now)?;
    let bytes: usize = frame.tables.iter().map(carried).sum();
    Ok((bytes <= AT_ENROLMENT_BYTES_MAX).then_some(frame))
}

fn differing(
    app: &App,
    read: &dyn HubRead,
    person: &Person,
    asked: &TablesRequest,
    now: Timestamp,
) -> Result<TablesFrame, StoreError> {
    let day = local_date(now);
    let wanted = Wanted {
        day: &day,
        duty_grids: &person.duty_grids,
    };
    let held = asked.held.get(..HELD_TABLES_MAX).unwrap_or(&asked.held);
    let held = |kind: TableKind| held.iter().find(|held| held.kind == kind);
    let chosen_for = (
        held(TableKind::Grids).map(|held| held.edition.as_str()),
        asked.duty_grids.as_slice(),
    );
    let mut frame = TablesFrame {
        base_map: base_map::mark(read)?.map(Into::into),
        ..TablesFrame::default()
    };
    let mut bytes = 0;
    for kind in ON_DEVICES {
        let later = LATER.contains(&kind);
        if later && !reads_hours(&asked.capabilities) {
            continue;
        }
        let table = extract(read, kind, &wanted)?;
        if later && table.has_no_edition() && held(kind).is_none() {
            continue;
        }
        let Some(delta) = table.against(read, held(kind), chosen_for)? else {
            continue;
        };
        bytes += carried(&delta);
        if !frame.tables.is_empty() && bytes > TABLES_BYTES_MAX {
            // The device asks again for what is left.
            return Ok(frame);
        }
        frame.tables.push(delta);
    }
    frame.mark = Some(mark(app, read, now)?.into());
    Ok(frame)
}
