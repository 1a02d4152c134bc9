//! Live: who listens hears which scopes moved, and asks again with an ordinary request. Nothing depends on it: what
//! is heard is a hint, what is missed is found by the next round.
//!
//! The store tells a commit that appended to feeds; [`Live`] numbers it and passes it on. Numbers begin at the
//! microsecond of the start, so that those of an earlier run are known to be foreign. Who comes back with a number of
//! this run hears what moved since; with any other he is told to look at everything.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::watch;
use xunge_domain::scope::Scope;

use crate::store::FeedWatcher;

/// Moves kept for a listener that reads slowly; beyond them he is told to look at everything.
pub const BEHIND_MAX: usize = 256;
/// Most listeners at once.
pub const LISTENERS_MAX: usize = 2_000;
/// Most connections of one device or one session of a browser.
pub const CONNECTIONS_OF_ONE_MAX: usize = 4;

/// The name of a moment: the life of the hub and a number in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MomentId {
    epoch: u64,
    number: u64,
}

impl std::fmt::Display for MomentId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}.{}", self.epoch, self.number)
    }
}

impl MomentId {
    /// Reads `<epoch>.<number>`.
    pub fn parse(text: &str) -> Option<Self> {
        let (epoch, number) = text.split_once('.')?;
        Some(Self {
            epoch: epoch.parse().ok()?,
            number: number.parse().ok()?,
        })
    }
}

/// What somebody may hear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Interest {
    /// Every scope: staff who read every case.
    Everything,
    /// These.
    Scopes(BTreeSet<Scope>),
}

impl Interest {
    fn of(&self, moved: impl IntoIterator<Item = Scope>) -> Vec<Scope> {
        let wanted = |scope: &Scope| match self {
            Self::Everything => true,
            Self::Scopes(scopes) => scopes.contains(scope),
        };
        moved.into_iter().filter(wanted).collect()
    }
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// From here on.
    Ready(MomentId),
    /// These scopes moved.
    Moved(MomentId, Vec<Scope>),
    /// Something may have been missed: look at everything.
    Resync(MomentId),
    /// The hub stops.
    Closed,
}

struct Move {
    number: u64,
    scopes: BTreeSet<Scope>,
}

struct Numbered {
    number: u64,
    /// When each scope last moved in this run; as many as there are scopes.
    last: HashMap<Scope, u64>,
}

/// The voice of one running hub.
pub struct Live {
    epoch: u64,
    started: u64,
    numbered: Mutex<Numbered>,
    moves: broadcast::Sender<Arc<Move>>,
    closed: watch::Sender<bool>,
    listeners: Arc<Mutex<HashMap<String, usize>>>,
}

impl Live {
    /// A voice that begins now.
    pub fn starting(epoch: u64) -> Self {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Self::starting_at(epoch, u64::try_from(since.as_micros()).unwrap_or(0))
    }

    fn starting_at(epoch: u64, number: u64) -> Self {
        Self {
            epoch,
            started: number,
            numbered: Mutex::new(Numbered {
                number,
                last: HashMap::new(),
            }),
            moves: broadcast::Sender::new(BEHIND_MAX),
            closed: watch::Sender::new(false),
            listeners: Arc::default(),
        }
    }

    fn numbered(&self) -> MutexGuard<'_, Numbered> {
        self.numbered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn id(&self, number: u64) -> MomentId {
        MomentId {
            epoch: self.epoch,
            number,
        }
    }

    /// Ends every connection, and those to come.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    /// Listens, in the name of `who`, from the moment `after` on if that is known. `None`: too many listen already.
    pub fn listen(
        self: &Arc<Self>,
        who: &str,
        interest: Interest,
        after: Option<&str>,
    ) -> Option<Listening> {
        let place = Place::take(&self.listeners, who)?;
        // Under one lock: what moves from now on is received, what moved before is looked up.
        let numbered = self.numbered();
        let moves = self.moves.subscribe();
        let now = self.id(numbered.number);
        let first = match after {
            None => Heard::Ready(now),
            Some(text) => match MomentId::parse(text).filter(|id| self.knows(*id, &numbered)) {
                None => Heard::Resync(now),
                Some(id) => {
                    let since = numbered.last.iter().filter(|(_, at)| **at > id.number);
                    let mut moved = interest.of(since.map(|(scope, _)| scope.clone()));
                    moved.sort();
                    if moved.is_empty() {
                        Heard::Ready(now)
                    } else {
                        Heard::Moved(now, moved)
                    }
                }
            },
        };
        drop(numbered);
        Some(Listening {
            live: Arc::clone(self),
            interest,
            first: Some(first),
            moves,
            closed: self.closed.subscribe(),
            _place: place,
        })
    }

    fn knows(&self, id: MomentId, numbered: &Numbered) -> bool {
        id.epoch == self.epoch && (self.started..=numbered.number).contains(&id.number)
    }
}

impl FeedWatcher for Live {
    fn moved(&self, scopes: BTreeSet<Scope>) {
        let mut numbered = self.numbered();
        numbered.number += 1;
        let number = numbered.number;
        for scope in &scopes {
            numbered.last.insert(scope.clone(), number);
        }
        // Nobody listening is no failure.
        let _ = self.moves.send(Arc::new(Move { number, scopes }));
    }
}

/// A place among the listeners, free again when it is dropped.
struct Place {
    listeners: Arc<Mutex<HashMap<String, usize>>>,
    who: String,
}

impl Place {
    fn take(listeners: &Arc<Mutex<HashMap<String, usize>>>, who: &str) -> Option<Self> {
        let mut taken = listeners.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.get(who).copied().unwrap_or_default();
        if taken.values().sum::<usize>() >= LISTENERS_MAX || own >= CONNECTIONS_OF_ONE_MAX {
            return None;
        }
        taken.insert(who.to_owned(), own + 1);
        Some(Self {
            listeners: Arc::clone(listeners),
            who: who.to_owned(),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self
            .listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.get_mut(&self.who) {
            *own -= 1;
            if *own == 0 {
                taken.remove(&self.who);
            }
        }
    }
}

/// One listener.
pub struct Listening {
    live: Arc<Live>,
    /// What it may hear; rights change while it listens.
    pub interest: Interest,
    first: Option<Heard>,
    moves: broadcast::Receiver<Arc<Move>>,
    closed: watch::Receiver<bool>,
    _place: Place,
}

impl Listening {
    /// What is to be told next. Waits for it; may be given up at any time without losing anything.
    pub async fn next(&mut self) -> Heard {
        if *self.closed.borrow() {
            return Heard::Closed;
        }
        if let Some(first) = self.first.take() {
            return first;
        }
        loop {
            let moved = tokio::select! {
                _ = self.closed.changed() => return Heard::Closed,
                moved = self.moves.recv() => moved,
            };
            match moved {
                Ok(moved) => {
                    let scopes = self.interest.of(moved.scopes.iter().cloned());
                    if !scopes.is_empty() {
                        return Heard::Moved(self.live.id(moved.number), scopes);
                    }
                }
                Err(RecvError::Lagged(_)) => {
                    // From now on again: all that was missed is covered by looking at everything.
                    let numbered = self.live.numbered();
                    self.moves = self.live.moves.subscribe();
                    return Heard::Resync(self.live.id(numbered.number));
                }
                Err(RecvError::Closed) => return Heard::Closed,
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn scopes(texts: &[&str]) -> BTreeSet<Scope> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn heard(texts: &[&str], number: u64) -> Heard {
        let id = MomentId { epoch: 3, number };
        Heard::Moved(id, scopes(texts).into_iter().collect())
    }

    const fn id(number: u64) -> MomentId {
        MomentId { epoch: 3, number }
    }

    fn hub() -> Arc<Live> {
        Arc::new(Live::starting_at(3, 100))
    }

    #[tokio::test]
    async fn a_listener_hears_its_own_scopes_in_order() {
        let live = hub();
        let mine = Interest::Scopes(scopes(&["grid:a", "person:p"]));
        let mut device = live.listen("device", mine, None).unwrap();
        let mut clerk = live.listen("clerk", Interest::Everything, None).unwrap();
        assert_eq!(device.next().await, Heard::Ready(id(100)));
        assert_eq!(clerk.next().await, Heard::Ready(id(100)));
        live.moved(scopes(&["grid:b"]));
        live.moved(scopes(&["grid:a", "grid:b"]));
        assert_eq!(device.next().await, heard(&["grid:a"], 102));
        assert_eq!(clerk.next().await, heard(&["grid:b"], 101));
        assert_eq!(clerk.next().await, heard(&["grid:a", "grid:b"], 102));
    }

    #[tokio::test]
    async fn who_comes_back_hears_what_moved_or_looks_at_everything() {
        let live = hub();
        for moved in ["grid:a", "grid:b", "grid:a"] {
            live.moved(scopes(&[moved]));
        }
        let first = async |after: &str, wanted: &str| {
            let interest = Interest::Scopes(scopes(&[wanted]));
            live.listen("device", interest, Some(after))
                .unwrap()
                .next()
                .await
        };
        assert_eq!(first("3.101", "grid:a").await, heard(&["grid:a"], 103));
        assert_eq!(first("3.102", "grid:b").await, Heard::Ready(id(103)));
        assert_eq!(first("3.103", "grid:a").await, Heard::Ready(id(103)));
        for foreign in ["3.104", "3.99", "2.101", "", "x", "3", "3.-1"] {
            let told = first(foreign, "grid:a").await;
            assert_eq!(told, Heard::Resync(id(103)), "{foreign}");
        }
    }

    #[tokio::test]
    async fn who_falls_behind_looks_at_everything_and_goes_on() {
        let live = hub();
        let mut slow = live.listen("slow", Interest::Everything, None).unwrap();
        assert_eq!(slow.next().await, Heard::Ready(id(100)));
        for _ in 0..=BEHIND_MAX {
            live.moved(scopes(&["grid:a"]));
        }
        let last = 100 + BEHIND_MAX as u64 + 1;
        assert_eq!(slow.next().await, Heard::Resync(id(last)));
        live.moved(scopes(&["grid:b"]));
        assert_eq!(slow.next().await, heard(&["grid:b"], last + 1));
    }

    #[tokio::test]
    async fn a_hub_that_stops_lets_everybody_go() {
        let live = hub();
        let mut before = live.listen("before", Interest::Everything, None).unwrap();
        assert_eq!(before.next().await, Heard::Ready(id(100)));
        let (told, ()) = tokio::join!(before.next(), async { live.close() });
        assert_eq!(told, Heard::Closed);
        let mut after = live.listen("after", Interest::Everything, None).unwrap();
        assert_eq!(after.next().await, Heard::Closed);
    }

    #[test]
    fn places_are_limited_and_given_back() {
        let live = hub();
        let listen = |who: &str| live.listen(who, Interest::Everything, None);
        let mut own: Vec<_> = (0..CONNECTIONS_OF_ONE_MAX)
            .map(|_| listen("one").unwrap())
            .collect();
        assert!(listen("one").is_none());
        own.pop();
        own.push(listen("one").unwrap());
        let mut others: Vec<_> = (own.len()..LISTENERS_MAX)
            .map(|number| listen(&number.to_string()).unwrap())
            .collect();
        assert!(listen("one too many").is_none());
        others.pop();
        assert!(listen("fits").is_some());
    }
}
