//! The one writer. Writes that wait for it share a transaction, and so its flush of the disk: the first begins it, each
//! of the others works behind a savepoint of its own, and whoever finds nobody behind him commits for all. Nobody is
//! answered before that commit is durable. A write alone is a transaction as ever.
//!
//! A write that fails takes back its own and nothing else. Should the shared commit fail, because of one of them or of
//! the disk, each is done again alone, so that no write fails for another's sake.

use std::any::Any;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use xunge_domain::scope::Scope;

use super::Session;
use crate::store::{StoreError, WriteWork};

/// Most writes of one transaction: the first must not wait for ever.
const SHARED_MAX: usize = 32;

/// See the module.
pub(super) struct Writer {
    turn: Mutex<Turn>,
    /// Writes that are about to take their turn. Each of them will, so whoever leaves a transaction open to them knows
    /// that it is committed.
    waiting: AtomicUsize,
    /// Off in memory, where nothing is flushed and readers look through the same connection.
    shares: bool,
}

struct Turn {
    connection: Connection,
    open: Option<Open>,
}

/// A transaction with writes in it that are done and not committed.
struct Open {
    writes: usize,
    moved: BTreeSet<Scope>,
    end: Arc<End>,
}

/// What became of a shared transaction.
#[derive(Default)]
struct End {
    committed: Mutex<Option<bool>>,
    told: Condvar,
}

impl End {
    fn tell(&self, committed: bool) {
        *self
            .committed
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(committed);
        self.told.notify_all();
    }

    fn wait(&self) -> bool {
        let mut committed = self
            .committed
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(committed) = *committed {
                return committed;
            }
            committed = self
                .told
                .wait(committed)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// What a write answered in its turn, or that it panicked.
type Ran = Result<Result<(), StoreError>, Box<dyn Any + Send>>;

/// What a turn left.
struct Left {
    /// Of this write: its failure, or the transaction it waits for.
    own: Result<Arc<End>, Failed>,
    /// Feeds that a commit of this turn appended to.
    moved: BTreeSet<Scope>,
}

enum Failed {
    Said(StoreError),
    Panicked(Box<dyn Any + Send>),
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Said(error)
    }
}

impl Writer {
    pub(super) const fn new(connection: Connection, shares: bool) -> Self {
        Self {
            turn: Mutex::new(Turn {
                connection,
                open: None,
            }),
            waiting: AtomicUsize::new(0),
            shares,
        }
    }

    /// Does the work and answers when it is durable. `moved` hears which feeds a commit on this thread appended to.
    pub(super) fn write(
        &self,
        work: WriteWork<'_>,
        moved: &dyn Fn(BTreeSet<Scope>),
    ) -> Result<(), StoreError> {
        if self.take_turn(work, self.shares, moved)? {
            return Ok(());
        }
        self.take_turn(work, false, moved)?
            .then_some(())
            .ok_or(StoreError::Busy)
    }

    /// One turn. False when the transaction it shared came to nothing.
    fn take_turn(
        &self,
        work: WriteWork<'_>,
        shares: bool,
        moved: &dyn Fn(BTreeSet<Scope>),
    ) -> Result<bool, StoreError> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let mut turn = self.turn();
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        let left = turn.take(work, shares, &self.waiting);
        drop(turn);
        if !left.moved.is_empty() {
            moved(left.moved);
        }
        match left.own {
            Ok(end) => Ok(end.wait()),
            Err(Failed::Said(error)) => Err(error),
            Err(Failed::Panicked(panic)) => resume_unwind(panic),
        }
    }

    /// How many writes are about to take their turn.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// The connection, between two transactions.
    pub(super) fn connection(&self) -> Held<'_> {
        let mut turn = self.turn();
        let _ = turn.commit();
        Held(turn)
    }

    fn turn(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The writer's connection, while nobody writes.
pub(super) struct Held<'a>(MutexGuard<'a, Turn>);

impl std::ops::Deref for Held<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0.connection
    }
}

impl std::ops::DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0.connection
    }
}

impl Turn {
    fn take(&mut self, work: WriteWork<'_>, shares: bool, waiting: &AtomicUsize) -> Left {
        let mut moved = BTreeSet::new();
        if !shares {
            moved.extend(self.commit().unwrap_or_default());
        }
        let own = self.work(work);
        let goes_on =
            |open: &Open| shares && open.writes < SHARED_MAX && waiting.load(Ordering::SeqCst) > 0;
        if self.open.as_ref().is_some_and(goes_on) {
            return Left { own, moved };
        }
        let alone = self.open.as_ref().is_some_and(|open| open.writes == 1);
        match self.commit() {
            Ok(more) => {
                moved.extend(more);
                Left { own, moved }
            }
            // Its own commit failed, and nobody else's.
            Err(error) if alone && own.is_ok() => Left {
                own: Err(error.into()),
                moved,
            },
            Err(_) => Left { own, moved },
        }
    }

    /// Does one write in the open transaction, or in a new one.
    fn work(&mut self, work: WriteWork<'_>) -> Result<Arc<End>, Failed> {
        let first = self.open.is_none();
        // Immediate: a transaction that reads first and writes later would otherwise fail half-way.
        let begin = if first {
            "BEGIN IMMEDIATE"
        } else {
            "SAVEPOINT one"
        };
        self.run(begin)?;
        let mut session = Session(&self.connection, BTreeSet::new());
        let ran: Ran = catch_unwind(AssertUnwindSafe(|| work(&mut session)));
        let moved = session.1;
        if self.connection.is_autocommit() {
            // A full disk or a failed flush: SQLite took everything back by itself.
            self.give_up();
            return Err(match ran {
                Ok(said) => Failed::Said(said.err().unwrap_or(StoreError::Abandoned)),
                Err(panic) => Failed::Panicked(panic),
            });
        }
        let failed = match ran {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(Failed::Said(error)),
            Err(panic) => Some(Failed::Panicked(panic)),
        };
        let end = match (first, failed.is_some()) {
            (true, true) => "ROLLBACK",
            (true, false) => "",
            (false, true) => "ROLLBACK TO one; RELEASE one",
            (false, false) => "RELEASE one",
        };
        if let Err(error) = self.run(end) {
            self.give_up();
            return Err(failed.unwrap_or(error.into()));
        }
        if let Some(failed) = failed {
            return Err(failed);
        }
        let open = self.open.get_or_insert_with(|| Open {
            writes: 0,
            moved: BTreeSet::new(),
            end: Arc::default(),
        });
        open.writes += 1;
        open.moved.extend(moved);
        Ok(Arc::clone(&open.end))
    }

    /// Commits what is open, and says which feeds moved.
    fn commit(&mut self) -> Result<BTreeSet<Scope>, StoreError> {
        if self.open.is_none() {
            return Ok(BTreeSet::new());
        }
        if let Err(error) = self.run("COMMIT") {
            self.give_up();
            return Err(error);
        }
        let moved = self.open.take().map(|open| {
            open.end.tell(true);
            open.moved
        });
        Ok(moved.unwrap_or_default())
    }

    /// Takes back whatever is open.
    fn give_up(&mut self) {
        if !self.connection.is_autocommit() {
            // Should even this fail, the next beginning says so.
            let _ = self.run("ROLLBACK");
        }
        if let Some(open) = self.open.take() {
            open.end.tell(false);
        }
    }

    fn run(&self, sql: &str) -> Result<(), StoreError> {
        Ok(self.connection.execute_batch(sql)?)
    }
}
