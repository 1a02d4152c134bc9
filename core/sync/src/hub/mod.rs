//! The hub's half: guard → authority → judge → rulings and placement, as pure functions over one document. The
//! server only executes what they return, in one transaction; the simulation tests the very same functions.

mod act;
mod act_on_checkin;
mod authority;
mod checkin_authority;
mod checkin_ruling;
mod content;
mod directory;
mod done_at;
mod erase_text;
mod ingest;
mod ingested;
mod placement;
mod push;
mod quarantine;
mod register;
mod ruling;

pub use act::{ActedOn, StaffAct, act};
pub use act_on_checkin::{CheckinActError, CheckinRequest, CheckinStaffAct, act_on_checkin};
pub use authority::{AuthorityContext, Entry, Judged, Party, judge_change};
pub use content::{CaseContent, CheckinContent, Content};
pub use directory::{Directory, FormerScope, HubKey, OriginInstallation};
pub use erase_text::{ErasedTexts, erase_text};
pub use ingest::{Known, Merged, ingest, merge, name_of};
pub use ingested::{Appended, Ingested, Quarantined};
pub use placement::{checkin_placement, placement};
pub use push::OpenedPush;
pub use quarantine::Quarantine;
pub use register::{Registered, register};
pub use ruling::{Reruled, rerule};
