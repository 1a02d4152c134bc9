//! Cases like those of workload W1: six changes by one worker, text that does not compress by repetition.

use xunge_documents::actor::device_actor;
use xunge_documents::change_parts::ActorId;
use xunge_documents::{Document, Edit, Intent, NewChange};
use xunge_domain::case::{
    Act, Action, BlobReference, GridAnswer, Note, PhotoEntry, PhotoPurpose, Position, Seal,
    Severity,
};
use xunge_domain::geo::Point;
use xunge_domain::grid::UnitGridCode;
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;

use crate::support::Random;

const PHRASES: [&str; 24] = [
    "路面破损",
    "积水较深",
    "路灯不亮",
    "线缆裸露",
    "井盖松动",
    "护栏倾斜",
    "行人绕行",
    "车辆避让",
    "夜间看不清",
    "雨天更严重",
    "靠近路口",
    "在小区门口",
    "学校附近",
    "菜市场旁",
    "公交站台",
    "约两平方米",
    "深约十厘米",
    "已放警示牌",
    "请尽快处理",
    "居民反映多次",
    "商都路北侧",
    "至德街东段",
    "人行道中间",
    "非机动车道",
];
const START: i64 = 1_764_000_000_000;

/// What the cases of a workload have in common.
#[derive(Clone, Copy)]
pub(crate) struct Manner {
    /// Longest pause between two changes, in milliseconds.
    pub(crate) pause: usize,
    /// Whether photos and the report are signed.
    pub(crate) sealed: bool,
}

pub(crate) const W1: Manner = Manner {
    pause: 30,
    sealed: false,
};

/// One case and its changes.
pub(crate) struct Written {
    pub(crate) id: DocumentId,
    pub(crate) case: Document,
    pub(crate) changes: Vec<NewChange>,
}

pub(crate) fn text(random: &mut Random, characters: usize) -> String {
    let mut text: Vec<char> = Vec::new();
    while text.len() < characters {
        if random.below(2) == 0 {
            text.extend(PHRASES[random.below(PHRASES.len())].chars());
        } else {
            text.extend((0..4).filter_map(|_| char::from_u32(0x4E00 + random.below(3_500) as u32)));
        }
    }
    text.truncate(characters);
    text.into_iter().collect()
}

/// A worker at work on one case.
pub(crate) struct Worker<'a> {
    pub(crate) installation: &'a InstallationId,
    pub(crate) random: &'a mut Random,
    pub(crate) manner: Manner,
    pub(crate) written: Written,
    now: i64,
    counter: u32,
}

impl<'a> Worker<'a> {
    pub(crate) fn new(
        installation: &'a InstallationId,
        random: &'a mut Random,
        number: usize,
        manner: Manner,
    ) -> Self {
        let now = START + (number * manner.pause * 8) as i64;
        let id = DocumentId::from_time(Timestamp::from_millis(now), random.bytes());
        Self {
            installation,
            random,
            manner,
            written: Written {
                id,
                case: Document::new(),
                changes: Vec::new(),
            },
            now,
            counter: 0,
        }
    }

    fn id(&mut self) -> IntentId {
        self.counter += 1;
        IntentId::new(self.installation, self.counter, self.random.bytes())
    }

    fn seal(&mut self) -> Option<Seal> {
        let digest: [u8; 32] = self.random.bytes();
        let mut record = vec![0x84, 0x58, 0x20];
        record.extend(digest);
        record.extend([0x19, 0x0f, 0xa0, 0x19, 0x0b, 0xb8, 0xf6]);
        self.manner.sealed.then(|| Seal {
            record,
            signature: self.random.bytes::<64>().to_vec(),
            key: vec![3, 1, 4, 1, 5, 9, 2, 6],
        })
    }

    fn photo(&mut self, caption: &str) -> PhotoEntry {
        PhotoEntry {
            author: "worker-putian".parse().unwrap(),
            at: Timestamp::from_millis(self.now),
            purpose: PhotoPurpose::Found,
            caption: caption.into(),
            original: BlobReference {
                sha256: Digest::from_bytes(self.random.bytes()),
                length: 3_000_000,
            },
            preview: None,
            point: None,
            elsewhere: true,
            seal: self.seal(),
        }
    }

    fn note(&mut self, characters: usize) -> Note {
        Note {
            author: "worker-putian".parse().unwrap(),
            at: Timestamp::from_millis(self.now),
            text: text(self.random, characters),
        }
    }

    pub(crate) fn write(&mut self, edits: Vec<Edit>) {
        let actor: ActorId = device_actor(self.installation, &self.written.id, 0);
        let intent = Intent {
            id: self.id(),
            at: Timestamp::from_millis(self.now),
            edits,
        };
        let change = self.written.case.apply_intent(actor, &intent).unwrap();
        self.written.changes.extend(change);
        self.now += 1 + self.random.below(self.manner.pause) as i64;
    }

    pub(crate) fn report(&mut self) -> String {
        let description = text(self.random, 80);
        let degrees = |random: &mut Random, least: f64, width: f64| {
            least + width * random.below(1_000_000) as f64 / 1e6
        };
        let point = Point::from_degrees(
            degrees(self.random, 113.76, 0.06),
            degrees(self.random, 34.73, 0.05),
        );
        let grid = UnitGridCode::from_parts(410_104, 101, 1, 1 + self.random.below(4) as u16);
        let action = Action {
            author: "worker-putian".parse().unwrap(),
            at: Timestamp::from_millis(self.now),
            act: Act::Report,
            seal: self.seal(),
            session: None,
        };
        let class = ["20115", "20116", "20117", "20118"][self.random.below(4)];
        let edits = vec![
            Edit::Class(class.into()),
            Edit::Title(text(self.random, 20)),
            Edit::Description(description.clone()),
            Edit::Position(Position {
                point: point.unwrap(),
                fixes: vec![],
            }),
            Edit::UnitGrid(GridAnswer::Known(grid.unwrap())),
            Edit::Severity(Severity::Ordinary),
            Edit::Photo(self.id(), self.photo("发现时的情况")),
            Edit::Action(self.id(), action),
        ];
        self.write(edits);
        description
    }

    pub(crate) fn comment(&mut self) {
        let edit = Edit::Comment(self.id(), self.note(26));
        self.write(vec![edit]);
    }

    /// The six changes.
    pub(crate) fn whole_case(mut self) -> Written {
        let description = self.report();
        self.comment();
        let hazard = Edit::Hazard(self.id(), self.note(16));
        self.write(vec![hazard]);
        let photo = Edit::Photo(self.id(), self.photo("近照"));
        self.write(vec![photo]);
        let mut characters: Vec<char> = description.chars().collect();
        let at = self.random.below(characters.len() - 2);
        let added = text(self.random, 16);
        characters.splice(at..at + 2, added.chars());
        self.write(vec![Edit::Redescription {
            from: description,
            to: characters.into_iter().collect(),
        }]);
        let address = format!(
            "圃田乡{}{}号",
            text(self.random, 4),
            self.random.below(400) + 1
        );
        self.write(vec![Edit::Address(address)]);
        assert_eq!(self.written.changes.len(), 6);
        self.written
    }
}

pub(crate) fn cases(
    installation: &InstallationId,
    seed: u64,
    count: usize,
    manner: Manner,
) -> Vec<Written> {
    let mut random = Random(seed);
    (0..count)
        .map(|number| Worker::new(installation, &mut random, number, manner).whole_case())
        .collect()
}
