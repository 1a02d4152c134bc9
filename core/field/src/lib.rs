//! The device facade: one verb a file. Everything an app does goes through [`FieldApp`]; it blocks on the disk, so
//! call it off the main thread. It opens no socket and reads no clock: the host performs the requests it hands out,
//! and gives it time, entropy and the device key through [`Ports`].

mod app;
mod at_rest;
mod base_map;
mod capture;
mod cases;
mod checkins;
mod documents;
mod drafts;
mod duty;
mod enrol;
mod error;
mod exchange;
mod home;
mod photos;
mod ports;
mod private;
mod projection;
mod proof;
mod salvage;
mod sealing;
mod standing_view;
mod sync;
mod tables;
mod tasks;
mod views;

pub use app::FieldApp;
pub use at_rest::{SoftwareKeyWrapper, StoreProtection};
pub use base_map::draw::BaseMapTile;
pub use base_map::show::BaseMap;
pub use capture::views::{
    AroundQuestion, AroundView, ClassOffer, ClassReason, DuplicateOffer, GridOffer,
};
pub use cases::act::ActRequest;
pub use cases::map::{MapComponent, MapView};
pub use checkins::open::OpenCheckinRequest;
pub use checkins::step::StepRequest;
pub use checkins::views::{
    CheckinListItem, CheckinRequestView, CheckinView, OfferedCheckinAct, StepView,
};
pub use drafts::{DraftContent, DraftView};
pub use duty::list::{DutyDelivery, LeaveView};
pub use enrol::Enrolment;
pub use error::FieldError;
pub use exchange::export::Parcel;
pub use exchange::import::Brought;
pub use exchange::share::{SHARED_BYTES_MAX, SHARED_MESSAGES_MAX, Sharing, SharingStep};
pub use home::{HomeTask, HomeView};
pub use photos::attach::{AttachRequest, PhotoInput};
pub use photos::elsewhere::ElsewherePhoto;
pub use ports::{Clock, Entropy, Ports, system_uptime};
pub use private::keep::KeepPrivateRequest;
pub use private::list::{PrivateDelivery, PrivateView};
pub use proof::free::Freed;
pub use proof::log_seen::LogContradiction;
pub use proof::receipts::ProofView;
pub use salvage::SalvageView;
pub use standing_view::{ApplicationView, StandingView, SupervisionView, SurveyView};
pub use sync::on_answer::Answered;
pub use sync::revoked::RevokedStore;
pub use sync::status::{LaneItem, SyncStatus};
pub use tables::bodies::BodyView;
pub use tables::classes::ClassView;
pub use tables::nearest::NearComponentView;
pub use tables::show::TableView;
pub use tasks::list::{DeclinedView, TaskView};
pub use views::{
    CaseListItem, CaseView, Delivery, EventView, NoteView, OfferedAction, PersonView, PhotoState,
    PhotoView, ReasonView, RulingView,
};
pub use xunge_domain as domain;
pub use xunge_domain::case::clock::ClockView;
pub use xunge_evidence::record::{KeyProtection, Uptime};
pub use xunge_store::{CaseFilter, DataKey, KeyUnavailable, KeyWrapper};
pub use xunge_sync::device::{HttpAnswer, HttpRequest, LinkProblem, Method};
pub use xunge_sync::keys::{PublicKey, Signature, Signer, SignerError, SoftwareKey};
pub use xunge_sync::wire::ServerPin;

/// Keeps the README's example compiling.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
