//! Matter check-ins: what is asked for, what is written, and the four times.

use xunge_field::domain::checkin::{
    ActName, Call, CallStanding, CheckinState, Comparison, CostBearer, DutyTurn, Estimated,
    Initiation, Quantity, Step, StepName, Subject, Term, TermSource, ThanksKind, TimeName,
};
use xunge_field::domain::class::Limit;
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::{DocumentId, IntentId, OrganisationId, PersonId};
use xunge_field::domain::time::Timestamp;

#[uniffi::remote(Enum)]
pub enum CheckinState {
    Draft,
    Opened,
    UnderWay,
    Refused,
    Closed,
}

#[uniffi::remote(Enum)]
pub enum Initiation {
    Visit,
    Joint,
    Whistle,
    CoBuilding,
    ProjectList,
}

#[uniffi::remote(Enum)]
pub enum Subject {
    Case(DocumentId),
    Project(DocumentId),
    Place {
        address: String,
        point: Option<Point>,
    },
}

#[uniffi::remote(Record)]
pub struct Call {
    pub party: OrganisationId,
    pub obligation: String,
    pub due: Timestamp,
}

#[uniffi::remote(Record)]
pub struct CallStanding {
    pub call: Call,
    pub arrived_at: Option<Timestamp>,
    pub arrived: Option<PersonId>,
    pub entry: Option<IntentId>,
    pub late_millis: Option<i64>,
}

#[uniffi::remote(Enum)]
pub enum ActName {
    Open,
    Answer,
    Close,
}

#[uniffi::remote(Enum)]
pub enum StepName {
    Talk,
    Survey,
    Cause,
    Scheme,
    Consultation,
    CrewEnters,
    WorksWindow,
    DutyRota,
    Progress,
    Completion,
    ResidentsAnswer,
    Thanks,
    FollowUp,
    Agreement,
    Arrival,
}

#[uniffi::remote(Enum)]
pub enum Estimated {
    At(Timestamp),
    Within { limit: Limit, from: Timestamp },
}

#[uniffi::remote(Enum)]
pub enum CostBearer {
    Voluntary,
    Body(OrganisationId),
    Shared(Vec<OrganisationId>),
    Open,
}

#[uniffi::remote(Enum)]
pub enum ThanksKind {
    Banner,
    Letter,
    Words,
}

#[uniffi::remote(Record)]
pub struct Quantity {
    pub what: String,
    pub number: u32,
    pub unit: String,
}

#[uniffi::remote(Record)]
pub struct DutyTurn {
    pub organisation: OrganisationId,
    pub people: Vec<PersonId>,
    pub headcount: u32,
    pub post: String,
    pub from: Timestamp,
    pub until: Timestamp,
}

#[uniffi::remote(Enum)]
pub enum Step {
    Talk {
        note: String,
    },
    Survey {
        note: String,
        estimate: Option<Estimated>,
    },
    Cause {
        note: String,
    },
    Scheme {
        version: u32,
        note: String,
    },
    Consultation {
        participants: Vec<OrganisationId>,
        options: Vec<String>,
        decision: String,
        undertaker: OrganisationId,
        cost: CostBearer,
        promise: Option<Timestamp>,
        minutes: String,
    },
    CrewEnters {
        crew: OrganisationId,
        headcount: u32,
        note: String,
    },
    WorksWindow {
        from: Timestamp,
        until: Timestamp,
        note: String,
    },
    DutyRota {
        turns: Vec<DutyTurn>,
        note: String,
    },
    Progress {
        note: String,
        percent: Option<u8>,
    },
    Completion {
        finished_at: Timestamp,
        quantities: Vec<Quantity>,
        note: String,
    },
    ResidentsAnswer {
        satisfied: Option<bool>,
        note: String,
    },
    Thanks {
        kind: ThanksKind,
        note: String,
    },
    FollowUp {
        holds: Option<bool>,
        note: String,
    },
    Agreement {
        parties: Vec<OrganisationId>,
        note: String,
    },
    Arrival {
        party: OrganisationId,
        note: String,
    },
}

#[uniffi::remote(Enum)]
pub enum TermSource {
    Table(DocumentId),
    Step(IntentId),
}

#[uniffi::remote(Record)]
pub struct Term {
    pub at: Option<Timestamp>,
    pub within: Option<Limit>,
    pub from: Option<Timestamp>,
    pub source: TermSource,
}

#[uniffi::remote(Enum)]
pub enum TimeName {
    TableLimit,
    Estimate,
    Promise,
    Actual,
}

#[uniffi::remote(Record)]
pub struct Comparison {
    pub measured: TimeName,
    pub against: TimeName,
    pub later_millis: i64,
}
