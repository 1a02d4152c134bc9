//! Tasks: who was sent to verify or to check, and what became of each offer; and notices that wait to be sent.

use xunge_domain::duty::DeclineCause;
use xunge_domain::ids::{DocumentId, IntentId, PersonId};
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;

use super::StoreError;

/// How an offer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskEnd {
    /// Its holder answered.
    Answered,
    /// Somebody else did, or the case went on without an answer.
    Settled,
    /// The clerk sent somebody else.
    Replaced,
    /// It was not answered in time.
    Lapsed,
    /// It was not fetched in time.
    Undelivered,
    /// Its holder went off duty.
    OffDuty,
    /// Its holder declined it.
    Declined,
}

impl TaskEnd {
    /// Every end.
    pub const ALL: [Self; 7] = [
        Self::Answered,
        Self::Settled,
        Self::Replaced,
        Self::Lapsed,
        Self::Undelivered,
        Self::OffDuty,
        Self::Declined,
    ];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Settled => "settled",
            Self::Replaced => "replaced",
            Self::Lapsed => "lapsed",
            Self::Undelivered => "undelivered",
            Self::OffDuty => "off_duty",
            Self::Declined => "declined",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.id() == id)
    }
}

/// What an offer is found by: a case, the request that sent somebody, and whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskKey {
    /// The case.
    pub document: DocumentId,
    /// The request.
    pub send: IntentId,
    /// Whom.
    pub person: PersonId,
}

/// That the person of an offer declined it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskDeclined {
    /// When the hub heard of it.
    pub at: Timestamp,
    /// Why.
    pub cause: DeclineCause,
    /// In words, or nothing.
    pub words: String,
}

/// One offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    /// What it is found by.
    pub key: TaskKey,
    /// Verify or check.
    pub kind: TaskKind,
    /// 1 for the first offer of the case, 2 for the second…
    pub round: u32,
    /// Who sent.
    pub asked_by: PersonId,
    /// When that was ruled.
    pub offered_at: Timestamp,
    /// Where it stands in the feed of its person: whoever knows the feed so far has it.
    pub feed_seq: u64,
    /// When a device was first handed it.
    pub delivered_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How.
    pub end: Option<TaskEnd>,
    /// When its person's answer was ruled, be it late.
    pub answered_at: Option<Timestamp>,
    /// How its person was chosen by rule, JSON; `None` when a clerk named the person.
    pub choice: Option<String>,
    /// Why nobody could be sent instead although it lapsed or was declined: the code of the reason.
    pub stuck: Option<String>,
    /// That its person declined it: it is open until somebody else has it, and nobody's meanwhile.
    pub declined: Option<TaskDeclined>,
}

/// A person who is to be told that tasks wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// Whom.
    pub person: PersonId,
    /// By which channel.
    pub channel: String,
    /// Since when somebody waits to be told.
    pub since: Timestamp,
    /// Not before.
    pub not_before: Timestamp,
    /// How often it failed.
    pub attempts: u32,
}

/// Looking tasks up.
pub trait ReadTasks {
    /// The offers of a case, oldest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn tasks_of_case(&self, document: &DocumentId) -> Result<Vec<TaskRow>, StoreError>;

    /// Offers that have not ended, oldest first, behind one; at most `limit`.
    ///
    /// # Errors
    /// The database's trouble.
    fn open_tasks(
        &self,
        after: Option<(Timestamp, TaskKey)>,
        limit: usize,
    ) -> Result<Vec<TaskRow>, StoreError>;

    /// Offers to a person that have not ended, oldest first. Cost: a look into an index that holds no others.
    ///
    /// # Errors
    /// The database's trouble.
    fn open_tasks_of(&self, person: &PersonId) -> Result<Vec<TaskRow>, StoreError>;

    /// Notices that may be sent at an instant, the longest waiting first.
    ///
    /// # Errors
    /// The database's trouble.
    fn due_notices(&self, now: Timestamp, limit: usize) -> Result<Vec<NoticeRow>, StoreError>;

    /// When notices were sent by a channel since an instant, oldest first: to one person, or to all.
    ///
    /// # Errors
    /// The database's trouble.
    fn notices_sent(
        &self,
        channel: &str,
        person: Option<&PersonId>,
        since: Timestamp,
    ) -> Result<Vec<Timestamp>, StoreError>;
}

/// Changing tasks.
pub trait WriteTasks {
    /// Adds an offer, or changes it.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_task(&mut self, row: &TaskRow) -> Result<(), StoreError>;

    /// Adds a notice or changes it.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_notice(&mut self, row: &NoticeRow) -> Result<(), StoreError>;

    /// Takes a notice away. Whether there was one.
    ///
    /// # Errors
    /// The database's trouble.
    fn remove_notice(&mut self, person: &PersonId, channel: &str) -> Result<bool, StoreError>;

    /// Notes that a channel was used for a person, and forgets what was noted before an instant.
    ///
    /// # Errors
    /// The database's trouble.
    fn note_notice_sent(
        &mut self,
        channel: &str,
        person: &PersonId,
        at: Timestamp,
        forget_before: Timestamp,
    ) -> Result<(), StoreError>;
}
