//! Two photos of this morning that are odd, so that the demo shows what a risk mark looks like: the worker of 圃田乡 adds a
//! picture to one case, and a minute later the same one to another, by a mocked fix kilometres away. Sealed and pushed as a
//! device does it; the ordinary rules find what is odd.

use xunge_documents::{Edit, Intent};
use xunge_domain::case::{Fix, PhotoEntry, PhotoPurpose};
use xunge_domain::geo::Point;
use xunge_domain::ids::{DocumentId, IntentId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_evidence::record::{Chain, KeyProtection, Moment, Record, Uptime};
use xunge_sync::seal::seal;
use xunge_sync::wire::{PushedChange, PushedDocument, Verdict};

use super::SeedError;
use super::devices::Device;
use super::pictures::{Pictures, Stored};
use crate::app::App;
use crate::demo::photos::catalogue;
use crate::services::documents::open;
use crate::services::examination::examine_all;
use crate::services::ingest::ingest;
use crate::store::rows::CaseFilter;
use crate::store::{HubRead, HubTransaction};

/// Whose.
pub(super) const WORKER: &str = "worker-putian";
/// Beyond what the history counts.
const COUNTER: u32 = 1 << 20;
/// Three kilometres north, in ten-millionths of a degree.
const NORTH_E7: i32 = 270_000;
const MINUTE_MILLIS: i64 = 60_000;

/// A photo that is added: which case, where the device says it was, when.
struct Odd {
    document: DocumentId,
    point: Point,
    at: Timestamp,
    uptime_millis: u64,
    mock: bool,
}

/// Adds the photos and looks for risks. A city of few cases may have none to add them to.
pub(super) fn enter(
    app: &App,
    device: Option<&Device>,
    pictures: &Pictures,
    clock: Timestamp,
) -> Result<(), SeedError> {
    let picture = catalogue().first().and_then(|first| pictures.get(*first));
    if let (Some(device), Some(picture)) = (device, picture) {
        let mut chain = Chain::of(device.origin.installation);
        for odd in odd_photos(app, device, clock)? {
            push(app, device, picture, &odd, &mut chain)?;
        }
    }
    examine_all(app)?;
    Ok(())
}

fn broken(why: impl std::fmt::Display) -> SeedError {
    SeedError::Plan {
        title: "risk marks".into(),
        why: why.to_string(),
    }
}

/// In the two cases of the worker's beat in which something happened last.
fn odd_photos(app: &App, device: &Device, clock: Timestamp) -> Result<Vec<Odd>, SeedError> {
    let filter = CaseFilter {
        scopes: Scope::of(&device.origin.person),
        ..CaseFilter::default()
    };
    let page = app.store.reading(|read| read.cases(&filter, None, 2))?;
    let places = page
        .rows
        .iter()
        .filter_map(|row| Some((row.document, row.point?)));
    // The newest gets the odd one; where there is no second case, that is odd alone.
    let minutes = [(19_i64, NORTH_E7), (20, 0)];
    let odd = |((document, point), (minutes, north)): ((DocumentId, Point), (i64, i32))| Odd {
        document,
        point: Point {
            latitude_e7: point.latitude_e7 + north,
            ..point
        },
        at: clock.plus_millis(-minutes * MINUTE_MILLIS),
        uptime_millis: ((100 - minutes) * MINUTE_MILLIS).unsigned_abs(),
        mock: north != 0,
    };
    let mut photos: Vec<Odd> = places.zip(minutes).map(odd).collect();
    photos.sort_by_key(|odd| odd.at);
    Ok(photos)
}

fn push(
    app: &App,
    device: &Device,
    picture: Stored,
    odd: &Odd,
    chain: &mut Chain,
) -> Result<(), SeedError> {
    let origin = &device.origin;
    let id = |number| IntentId::new(&origin.installation, COUNTER + number, [7; 3]);
    let mut entry = PhotoEntry {
        author: origin.person.id.clone(),
        at: odd.at,
        purpose: PhotoPurpose::Found,
        caption: "现场补拍".into(),
        original: picture.original,
        preview: Some(picture.preview),
        point: Some(odd.point),
        elsewhere: false,
        seal: None,
    };
    let moment = Moment {
        at: odd.at,
        uptime: Some(Uptime {
            boot: [7; 16].into(),
            millis: odd.uptime_millis,
        }),
        beacon: None,
        fixes: vec![Fix {
            point: odd.point,
            accuracy_metres: Some(8),
            provider: "gps".into(),
            at: odd.at,
            mock: odd.mock,
        }],
        signals: Vec::new(),
        since_beacon: None,
    };
    let program = ("demo", KeyProtection::Software);
    let record = Record::following(chain, program, moment, None).to_bytes();
    let name = seal(&odd.document, &id(1), &mut entry, record, &device.key).map_err(broken)?;
    chain.follow(name);
    let intent = Intent {
        id: id(2),
        at: odd.at,
        edits: vec![Edit::Photo(id(1), entry)],
    };
    let received = odd.at.plus_millis(MINUTE_MILLIS / 2);
    app.store.writing(|write| {
        let change = change(write, origin.installation, odd.document, &intent)?;
        let pushed = PushedDocument {
            document: odd.document,
            changes: vec![change],
        };
        let told = ingest(app, write, origin, &[pushed], received)?;
        let mut verdicts = told.iter().flat_map(|document| &document.verdicts);
        if verdicts.all(|verdict| *verdict == Verdict::Received) {
            Ok(())
        } else {
            Err(broken(format!("{told:?}")))
        }
    })
}

/// The change as the device writes it, which had pulled everything before.
fn change(
    write: &mut dyn HubTransaction,
    installation: xunge_domain::ids::InstallationId,
    id: DocumentId,
    intent: &Intent,
) -> Result<PushedChange, SeedError> {
    let stored = write.document(&id)?.unwrap_or_default();
    let mut document = open(write as &dyn HubRead, &id, &stored)?;
    let actor = xunge_documents::actor::device_actor(&installation, &id, 0);
    let change = document.apply_intent(actor, intent).map_err(broken)?;
    let change = change.ok_or_else(|| broken("a push without a change"))?;
    Ok(PushedChange {
        bytes: change.bytes.into(),
        signature: None,
    })
}
