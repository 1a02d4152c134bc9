//! Escalation: each level of each clock is told once. The ledger's row, its line of the log and the next level are written in
//! one transaction, so whatever stops the hub in between leaves all or nothing of it.

use serde_json::json;
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{EscalationLevel, to_fire};

use crate::app::App;
use crate::store::{ClockRow, EscalationRow, HubRead, HubTransaction, StoreError};

/// The word of a line that says that a level was reached.
pub const ESCALATED: &str = "escalated";
/// Clocks of one transaction.
const PART: usize = 64;

/// Tells the levels that some clocks have reached; how many. 0: none has reached another.
///
/// People are told behind it, from the line that was looked at last ([`crate::services::notify::announce_escalations`]): what is told
/// here is in the ledger before anybody is called, and a call that fails can be made again.
///
/// # Errors
/// The store's; nothing of this part is told then.
pub fn escalate(app: &App) -> Result<usize, StoreError> {
    let now = app.clock.now();
    let waiting = app.store.reading(|read| read.clocks_to_fire(now, 1))?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let told = app.store.writing(|write| escalate_in(write, now))?;
    for told in &told {
        tracing::info!(
            case.id = %told.document,
            clock = told.clock.kind.id(),
            clock.turn = told.clock.turn,
            level.percent = told.level.percent(),
            log.line = told.line,
            "a limit was escalated"
        );
    }
    Ok(told.len())
}

/// Tells everything that is to be told now.
///
/// # Errors
/// As [`escalate`].
pub fn escalate_all(app: &App) -> Result<usize, StoreError> {
    let mut told = 0;
    loop {
        match escalate(app)? {
            0 => return Ok(told),
            more => told += more,
        }
    }
}

fn escalate_in(
    write: &mut dyn HubTransaction,
    now: Timestamp,
) -> Result<Vec<EscalationRow>, StoreError> {
    let mut told = Vec::new();
    for clock in write.clocks_to_fire(now, PART)? {
        let mut fired = fired(write as &dyn HubRead, &clock)?;
        for crossing in to_fire(&clock.crossings, &fired, now) {
            let detail = json!({
                "document": clock.document,
                "clock": clock.clock.kind,
                "turn": clock.clock.turn,
                "percent": crossing.level.percent(),
                "reached_at": crossing.at.to_string(),
            });
            let row = EscalationRow {
                line: write.append_audit(now, "system", ESCALATED, &detail)?,
                document: clock.document,
                clock: clock.clock,
                level: crossing.level,
                reached_at: crossing.at,
                fired_at: now,
            };
            write.add_escalation(&row)?;
            fired.push(crossing.level);
            told.push(row);
        }
        let open = clock.crossings.iter();
        let open = open.filter(|crossing| !fired.contains(&crossing.level));
        let next = open.map(|crossing| crossing.at).min();
        write.set_next_level(&clock.document, clock.clock, next)?;
    }
    Ok(told)
}

fn fired(read: &dyn HubRead, clock: &ClockRow) -> Result<Vec<EscalationLevel>, StoreError> {
    let told = read.escalations(&clock.document)?.into_iter();
    let told = told.filter(|told| told.clock == clock.clock);
    Ok(told.map(|told| told.level).collect())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use xunge_domain::case::clock::{ClockId, ClockKind};
    use xunge_domain::working_time::Crossing;

    use crate::store::HubStore;
    use crate::store::contract::samples::{at, document};
    use crate::store::sqlite::SqliteStore;

    #[test]
    fn a_hub_that_is_killed_while_it_tells_tells_it_once_afterwards() {
        let store = SqliteStore::in_memory().unwrap();
        let store: &dyn HubStore = &store;
        let clock = ClockRow {
            document: document(1),
            clock: ClockId {
                kind: ClockKind::Disposal,
                turn: 1,
            },
            started_at: at(0),
            deadline: Some(at(100)),
            crossings: EscalationLevel::ALL
                .map(|level| Crossing {
                    at: at(level.percent().into()),
                    level,
                })
                .into(),
            stands_in: None,
            trouble: None,
            listed: true,
            next_at: Some(at(80)),
        };
        let clocks = std::slice::from_ref(&clock);
        store
            .writing(|write| write.put_clocks(&clock.document, clocks))
            .unwrap();
        let tell = |now| store.writing(|write| escalate_in(write, at(now))).unwrap();
        // What a kill leaves of a transaction: nothing.
        let killed = store.writing(|write| {
            let told = escalate_in(write, at(150))?;
            assert_eq!(told.len(), 2);
            Err::<(), _>(StoreError::Abandoned)
        });
        assert!(killed.is_err());
        let lines = || store.reading(|read| read.audit_after(0, 9)).unwrap();
        assert!(lines().is_empty());
        let told = tell(150);
        let levels: Vec<u16> = told.iter().map(|told| told.level.percent()).collect();
        assert_eq!(levels, [80, 100]);
        assert!(tell(150).is_empty() && tell(199).is_empty());
        assert_eq!(tell(200).len(), 1);
        assert!(tell(1_000_000).is_empty());
        let lines = lines();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.what == ESCALATED));
        assert!(lines[2].detail.contains(r#""percent":200"#));
        let named = store.reading(|read| read.escalations_after(0, 9)).unwrap();
        let named: Vec<u64> = named.iter().map(|row| row.line).collect();
        assert_eq!(named, lines.iter().map(|line| line.seq).collect::<Vec<_>>());
    }
}
