//! A device that seals what it writes, as the field app does, and pictures that can be told from each other.

use std::io::Cursor;

use xunge_documents::Edit;
use xunge_domain::case::{
    Act, Action, BlobReference, Fix, GridAnswer, PhotoEntry, PhotoPurpose, Position,
};
use xunge_domain::geo::Point;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::time::Timestamp;
use xunge_evidence::record::{Beacon, Chain, KeyProtection, Moment, Record, Uptime};
use xunge_sync::device::Upload;
use xunge_sync::seal::{Sealable, seal};

use crate::device::Device;
use crate::hub::monday;
use crate::town::Town;

/// Blots of every size and shade, as in the tests of the photo crate.
pub(crate) fn scene(seed: u32) -> image::RgbImage {
    let mut state = seed.wrapping_mul(2_654_435_761).max(1);
    let mut draw = |below: u32| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state % below
    };
    let blots: Vec<[i32; 4]> = (0..30)
        .map(|blot| {
            let radius = 8 + draw(160 / (1 + blot / 4));
            [draw(320), draw(240), radius, draw(200)].map(u32::cast_signed)
        })
        .collect();
    image::RgbImage::from_fn(320, 240, |x, y| {
        let mut shade = 90 + (y / 5).cast_signed();
        for [left, top, radius, light] in &blots {
            let (dx, dy) = (x.cast_signed() - left, y.cast_signed() - top);
            if dx * dx + dy * dy < radius * radius {
                shade = (shade + 2 * light) / 3;
            }
        }
        image::Rgb([shade as u8; 3])
    })
}

pub(crate) fn jpeg(picture: &image::RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .unwrap();
    bytes.into_inner()
}

/// When and where a photo was taken, and what positioning said of it.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) purpose: PhotoPurpose,
    /// Of the device's clock, after Monday 11:00; and of the clock nobody sets.
    pub(crate) seconds: i64,
    pub(crate) uptime: u64,
    /// Metres north of the corner of the grid.
    pub(crate) metres: i32,
    pub(crate) mock: bool,
}

/// A device and its chain of records.
pub(crate) struct Sealer {
    pub(crate) device: Device,
    /// What it heard of the hub's clock last, and how many milliseconds ago by the clock nobody sets.
    pub(crate) heard: Option<(Beacon, u64)>,
    chain: Chain,
    corner: Point,
}

impl Sealer {
    pub(crate) fn new(town: &Town, person: &str, number: u8) -> Self {
        let device = town.device(person, number);
        let chain = Chain::of(device.session.installation);
        let worker = town
            .city
            .people
            .iter()
            .find(|one| one.id.as_str() == "worker-putian");
        let beat = &worker.unwrap().duty_grids[0];
        let grid = town
            .city
            .unit_grids
            .iter()
            .find(|grid| grid.duty_grid == *beat);
        Self {
            device,
            heard: None,
            chain,
            corner: grid.unwrap().corners[0],
        }
    }

    fn at(&self, metres: i32) -> Point {
        Point {
            latitude_e7: self.corner.latitude_e7 + (f64::from(metres) * 89.93) as i32,
            ..self.corner
        }
    }

    fn moment(&self, taken: &Taken) -> Moment {
        let at = monday().plus_millis(taken.seconds * 1_000);
        Moment {
            at,
            uptime: Some(Uptime {
                boot: [self.device.session.installation.as_bytes()[0]; 16].into(),
                millis: taken.uptime * 1_000,
            }),
            beacon: self.heard.map(|(beacon, _)| beacon),
            fixes: vec![Fix {
                point: self.at(taken.metres),
                accuracy_metres: Some(6),
                provider: "gps".into(),
                at,
                mock: taken.mock,
            }],
            signals: Vec::new(),
            since_beacon: self.heard.map(|(_, since)| since),
        }
    }

    fn sealed<Entry: Sealable>(
        &mut self,
        id: DocumentId,
        mut entry: Entry,
        moment: Moment,
        edit: impl FnOnce(xunge_domain::ids::IntentId, Entry) -> Edit,
    ) -> Edit {
        let intent = self.device.intent_id();
        let record =
            Record::following(&self.chain, ("test", KeyProtection::Software), moment, None);
        let key = &self.device.key;
        let name = seal(&id, &intent, &mut entry, record.to_bytes(), key).unwrap();
        self.chain.follow(name);
        edit(intent, entry)
    }

    /// A photo; its bytes are sent, unless they are kept back.
    pub(crate) fn photo(&mut self, id: DocumentId, bytes: &[u8], taken: &Taken) -> Edit {
        let original = BlobReference {
            sha256: Digest::of(bytes),
            length: bytes.len() as u64,
        };
        self.device.blobs.insert(original.sha256, bytes.to_vec());
        self.device.uploads.push(Upload { blob: original });
        let moment = self.moment(taken);
        let entry = PhotoEntry {
            author: self.device.person.id.clone(),
            at: moment.at,
            purpose: taken.purpose,
            caption: String::new(),
            original,
            preview: None,
            point: Some(moment.fixes[0].point),
            elsewhere: false,
            seal: None,
        };
        self.sealed(id, entry, moment, Edit::Photo)
    }

    pub(crate) fn action(&mut self, id: DocumentId, act: Act, taken: &Taken) -> Edit {
        let moment = Moment {
            fixes: Vec::new(),
            ..self.moment(taken)
        };
        let action = Action {
            author: self.device.person.id.clone(),
            at: moment.at,
            act,
            seal: None,
            session: None,
        };
        self.sealed(id, action, moment, Edit::Action)
    }

    /// A report at the corner of the grid, with its photos, sent.
    pub(crate) fn report(&mut self, number: u8, photos: &[(&[u8], Taken)]) -> DocumentId {
        let id = DocumentId::from_time(Timestamp::from_millis(monday().as_millis()), [number; 10]);
        let grid = self.device.enrolled.grids.iter();
        let grid = grid
            .into_iter()
            .find(|grid| grid.corners[0] == self.corner)
            .unwrap();
        let code = grid.code;
        let class = self
            .device
            .enrolled
            .classes
            .find("road_damage")
            .unwrap()
            .code
            .clone();
        let mut edits = vec![
            Edit::Class(class),
            Edit::Title(format!("至德街路面破损 {number}")),
            Edit::Position(Position {
                point: self.corner,
                fixes: Vec::new(),
            }),
            Edit::UnitGrid(GridAnswer::Known(code)),
        ];
        for (bytes, taken) in photos {
            edits.push(self.photo(id, bytes, taken));
        }
        let last = &photos.last().unwrap().1;
        edits.push(self.action(id, Act::Report, last));
        self.device.write(id, edits);
        self.device.sync();
        id
    }

    /// Writes and sends.
    pub(crate) fn send(&mut self, id: DocumentId, edits: Vec<Edit>) {
        self.device.write(id, edits);
        self.device.sync();
    }

    pub(crate) fn point(&self, metres: i32) -> Point {
        self.at(metres)
    }
}
