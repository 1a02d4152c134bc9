//! One history: steps drawn from a seed, then everybody meets everybody, then what must hold.

use std::collections::{BTreeMap, BTreeSet};

use xunge_documents::actor::{device_actor, server_actor};
use xunge_documents::change_parts::{ActorId, ChangeHash};
use xunge_documents::{Document, Edit, Intent, NewChange};
use xunge_domain::case::{
    Act, Action, ActionName, BlobReference, Case, CaseState, GridAnswer, Keyed, Note, Outcome,
    PhotoEntry, PhotoPurpose, Position, Ruling, Standing, fold, offered,
};
use xunge_domain::ids::{CaseId, Digest, InstallationId, IntentId};
use xunge_domain::person::Role;
use xunge_domain::time::Timestamp;

use crate::acts::act;
use crate::people::{CLASSES, City, DEVICES, STAFF, here};
use crate::support::Xorshift;
use crate::table::rows;

const CASE: CaseId = CaseId::from_bytes([9; 16]);
const BEGIN: Timestamp = Timestamp::from_millis(1_751_252_400_000);
const STEPS_MIN: usize = 4;
const STEPS_MORE: usize = 18;

/// What the written rules allow, and the city they are judged in.
pub(crate) struct Rules {
    city: City,
    /// Where a yes and a no lead from a state.
    allowed: BTreeMap<(CaseState, ActionName, Role), (CaseState, CaseState)>,
}

impl Rules {
    pub(crate) fn read() -> Self {
        let allowed = rows().into_iter().filter_map(|row| {
            let key = (row.state, row.action, row.role);
            Some((key, (row.to?, row.to_when_no?)))
        });
        Self {
            city: City::new(),
            allowed: allowed.collect(),
        }
    }
}

struct Replica {
    document: Document,
    installation: InstallationId,
    counter: u32,
    /// Which changes of the history it has, by their place.
    has: BTreeSet<usize>,
    /// What it read last, until it changes.
    read: Option<(Case, Standing)>,
}

impl Replica {
    fn next_id(&mut self) -> IntentId {
        self.counter += 1;
        IntentId::new(&self.installation, self.counter, [0; 3])
    }

    fn look(&mut self) -> (Case, Standing) {
        let document = &self.document;
        let read = self.read.get_or_insert_with(|| {
            let case = document.read(CASE).case;
            let standing = fold(&case);
            (case, standing)
        });
        read.clone()
    }
}

pub(crate) struct Life<'a> {
    seed: u64,
    rules: &'a Rules,
    random: Xorshift,
    /// The hub first.
    replicas: Vec<Replica>,
    /// Every change in the order in which it was made: what it builds on stands before it.
    changes: Vec<NewChange>,
    /// What its author was told is kept.
    acknowledged: Vec<Edit>,
    /// Blobs that have not arrived at the hub.
    missing: Vec<Digest>,
    minute: i64,
    /// At the hub.
    state: CaseState,
    pub(crate) states: BTreeSet<CaseState>,
    pub(crate) accepted: BTreeMap<ActionName, u64>,
    pub(crate) declined: u64,
    pub(crate) disputed: bool,
}

impl<'a> Life<'a> {
    pub(crate) fn new(seed: u64, rules: &'a Rules) -> Self {
        let replica = |number: u8| Replica {
            document: Document::new(),
            installation: InstallationId::from_bytes([number; 16]),
            counter: 0,
            has: BTreeSet::new(),
            read: None,
        };
        Self {
            seed,
            rules,
            random: Xorshift::new(seed),
            replicas: (0..=4).map(replica).collect(),
            changes: Vec::new(),
            acknowledged: Vec::new(),
            missing: Vec::new(),
            minute: 0,
            state: CaseState::Draft,
            states: BTreeSet::from([CaseState::Draft]),
            accepted: BTreeMap::new(),
            declined: 0,
            disputed: false,
        }
    }

    /// The history in words, for somebody who looks at one.
    pub(crate) fn told(&self) -> Vec<String> {
        let case = self.hub_case();
        let lines = case.rulings.iter().map(|ruling| {
            let action = case.action(&ruling.id);
            let name = action.map(|action| (action.act.name(), action.author.to_string()));
            format!("{name:?}: {:?}", ruling.entry.outcome)
        });
        lines.collect()
    }

    pub(crate) fn run(&mut self) {
        self.begin();
        let steps = STEPS_MIN + self.random.below(STEPS_MORE);
        for _ in 0..steps {
            self.step();
            let ended = matches!(
                self.state,
                CaseState::Rejected | CaseState::Void | CaseState::Invalid
            );
            // What comes late to a case that has ended still comes.
            if ended && self.random.one_in(2) {
                break;
            }
        }
        self.settle();
        self.check();
    }

    fn now(&self) -> Timestamp {
        BEGIN.plus_millis(self.minute * 60_000)
    }

    fn hub_case(&self) -> Case {
        self.replicas[0].document.read(CASE).case
    }

    /// A case begins as a report, as something settled alone, or at the clerk's desk.
    fn begin(&mut self) {
        let (by, name) = match self.random.below(8) {
            0 => (0, ActionName::Register),
            1 => (1, ActionName::SelfHandle),
            _ => (1, ActionName::Report),
        };
        let mut edits = vec![
            Edit::Class(CLASSES[0].into()),
            Edit::Title("路面".into()),
            Edit::Position(Position {
                point: here(),
                fixes: Vec::new(),
            }),
            Edit::UnitGrid(GridAnswer::NoGrid("河道".into())),
        ];
        let author = if by == 0 { "clerk" } else { DEVICES[0] };
        for purpose in [
            PhotoPurpose::Found,
            PhotoPurpose::Before,
            PhotoPurpose::After,
        ] {
            if by != 0 {
                edits.push(self.photo(by, author, purpose));
            }
        }
        self.ask(by, author, name, edits);
    }

    fn step(&mut self) {
        self.minute += 1;
        match self.random.below(16) {
            0..=8 => self.push_on(),
            9..=10 => {
                let by = 1 + self.random.below(4);
                self.request(by, DEVICES[by - 1]);
            }
            11 => {
                let author = *self.random.pick(&STAFF);
                self.request(0, author);
            }
            12 => self.note(),
            _ => {
                let one = self.random.below(5);
                // Mostly with the hub, sometimes with each other.
                let other = if self.random.one_in(4) {
                    self.random.below(5)
                } else {
                    0
                };
                self.meet(one, other);
            }
        }
    }

    /// Somebody does what leads on from where the case stands at the hub, so that many histories see their end. A device
    /// mostly knows where that is, and mostly meets the hub soon; the others race it.
    fn push_on(&mut self) {
        let (case, standing) = self.replicas[0].look();
        let first = self.random.below(DEVICES.len() + STAFF.len());
        for turn in 0..DEVICES.len() + STAFF.len() {
            let place = (first + turn) % (DEVICES.len() + STAFF.len());
            let (by, author) = match DEVICES.get(place) {
                Some(device) => (place + 1, *device),
                None => (0, STAFF[place - DEVICES.len()]),
            };
            let moving = self.moving(&case, &standing, author);
            if moving.is_empty() {
                continue;
            }
            let mut name = *self.random.pick(&moving);
            // Most matters are true, and most works are done.
            if name == ActionName::Reject {
                name = *self.random.pick(&moving);
            }
            if by > 0 && !self.random.one_in(4) {
                self.meet(by, 0);
            }
            let photo = name.photo_purpose();
            let edits = photo.map(|purpose| self.photo(by, author, purpose));
            self.ask(by, author, name, edits.into_iter().collect());
            if by > 0 && !self.random.one_in(3) {
                self.meet(by, 0);
            }
            return;
        }
    }

    /// What moves the case, and applications, which somebody may grant.
    fn moving(&self, case: &Case, standing: &Standing, author: &str) -> Vec<ActionName> {
        let actor = self.rules.city.person(author);
        let state = standing.state;
        let moves = |name: &ActionName| {
            let applies = matches!(
                name,
                ActionName::ApplyExtend
                    | ActionName::ApproveExtend
                    | ActionName::ApplySendBack
                    | ActionName::ApplyHold
                    | ActionName::AnswerProposal
                    | ActionName::DeclareEvidenceLost
            );
            let ways = actor.roles.iter().filter_map(|role| {
                let way = self.rules.allowed.get(&(state, *name, *role))?;
                Some(way.0 != state)
            });
            applies || ways.into_iter().any(|moves| moves) || *name == ActionName::Check
        };
        offered(case, standing, actor)
            .into_iter()
            .filter_map(|(name, verdict)| verdict.ok().map(|()| name))
            .filter(moves)
            .collect()
    }

    /// Mostly something that the author may do as far as the author's own copy tells, sometimes anything.
    fn request(&mut self, by: usize, author: &'static str) {
        let (case, standing) = self.replicas[by].look();
        let actor = self.rules.city.person(author);
        let mut names: Vec<ActionName> = offered(&case, &standing, actor)
            .into_iter()
            .filter_map(|(name, verdict)| verdict.ok().map(|()| name))
            .collect();
        if names.is_empty() || self.random.one_in(8) {
            names = ActionName::ALL.to_vec();
        }
        let name = *self.random.pick(&names);
        let mut edits = Vec::new();
        if let (Some(purpose), false) = (name.photo_purpose(), self.random.one_in(12)) {
            edits.push(self.photo(by, author, purpose));
        }
        self.ask(by, author, name, edits);
    }

    fn photo(&mut self, by: usize, author: &str, purpose: PhotoPurpose) -> Edit {
        let sha256 = Digest::of(&self.random.next().to_be_bytes());
        if self.random.one_in(20) {
            self.missing.push(sha256);
        }
        let entry = PhotoEntry {
            author: author.parse().unwrap(),
            at: self.now(),
            purpose,
            caption: String::new(),
            original: BlobReference { sha256, length: 8 },
            preview: None,
            point: Some(here()),
            elsewhere: false,
            seal: None,
        };
        Edit::Photo(self.replicas[by].next_id(), entry)
    }

    fn ask(&mut self, by: usize, author: &str, name: ActionName, mut edits: Vec<Edit>) {
        let (case, standing) = self.replicas[by].look();
        let at = self.now();
        let about = (at, self.missing.as_slice());
        let act = act(name, &case, &standing, about, &mut self.random);
        let action = Action {
            author: author.parse().unwrap(),
            at,
            act,
            seal: None,
            session: None,
        };
        let id = self.replicas[by].next_id();
        edits.push(Edit::Action(id, action));
        self.write(by, id, edits);
    }

    /// What merges and is not ruled: a comment, another class.
    fn note(&mut self) {
        let by = 1 + self.random.below(4);
        let id = self.replicas[by].next_id();
        let edit = if self.random.one_in(2) {
            Edit::Class((*self.random.pick(&CLASSES)).to_owned())
        } else {
            let note = Note {
                author: DEVICES[by - 1].parse().unwrap(),
                at: self.now(),
                text: "已看过".into(),
            };
            Edit::Comment(id, note)
        };
        self.write(by, id, vec![edit]);
    }

    fn write(&mut self, by: usize, id: IntentId, edits: Vec<Edit>) {
        let actor = self.actor(by);
        let intent = Intent {
            id,
            at: self.now(),
            edits,
        };
        let document = &mut self.replicas[by].document;
        let made = document.apply_intent(actor, &intent).unwrap();
        self.made(by, made);
        self.acknowledged.extend(intent.edits);
        if by == 0 {
            self.rule();
        }
    }

    fn made(&mut self, by: usize, change: Option<NewChange>) {
        if let Some(change) = change {
            self.replicas[by].has.insert(self.changes.len());
            self.replicas[by].read = None;
            self.changes.push(change);
        }
    }

    fn actor(&self, by: usize) -> ActorId {
        let installation = &self.replicas[by].installation;
        if by == 0 {
            server_actor(installation, 1)
        } else {
            device_actor(installation, &CASE, 0)
        }
    }

    /// The hub rules what has come, and each ruling is held against the written rules.
    fn rule(&mut self) {
        let (case, mut standing) = self.replicas[0].look();
        let mut rulings = Vec::new();
        for Keyed { id, entry: action } in case.unruled() {
            let outcome = self
                .rules
                .city
                .judge(&case, &standing, action, &self.missing);
            let before = standing.clone();
            let ruling = Ruling {
                sequence: standing.sequence + 1,
                at: self.now(),
                outcome,
                done_at: None,
                terms: None,
                stage: None,
                delivery: None,
            };
            standing.take(id, action, &ruling);
            self.held_to_the_rules(&before, &standing, action, &ruling);
            rulings.push((*id, ruling));
        }
        let actor = self.actor(0);
        let now = self.now();
        let hub = &mut self.replicas[0].document;
        let made = hub.rule(actor, now, &rulings).unwrap();
        self.made(0, made);
    }

    fn held_to_the_rules(
        &mut self,
        before: &Standing,
        after: &Standing,
        action: &Action,
        ruling: &Ruling,
    ) {
        let seed = self.seed;
        let name = action.act.name();
        let Outcome::Accepted { to, .. } = &ruling.outcome else {
            self.declined += 1;
            let untouched = Standing {
                sequence: after.sequence,
                ..before.clone()
            };
            assert_eq!(
                *after, untouched,
                "seed {seed}: a declined {name:?} changed something"
            );
            return;
        };
        *self.accepted.entry(name).or_default() += 1;
        self.states.insert(*to);
        self.state = *to;
        self.disputed |= after.disputed();
        let roles = &self.rules.city.person(action.author.as_str()).roles;
        let allowed = roles.iter().any(|role| {
            let leads = self.rules.allowed.get(&(before.state, name, *role));
            leads.is_some_and(|(yes, no)| {
                *to == if action.act.granted() == Some(false) {
                    *no
                } else {
                    *yes
                }
            })
        });
        // The one way on that the design does not write: two checks disagree, a third is sent (decision 0024).
        let third_check = name == ActionName::SendCheck
            && before.state == CaseState::ToClose
            && *to == CaseState::Checking
            && before.disputed();
        assert!(
            allowed || third_check,
            "seed {seed}: {name:?} led from {:?} to {to:?}, which is not written",
            before.state
        );
        let closing = name == ActionName::Close;
        assert!(
            !(closing && before.disputed()),
            "seed {seed}: closed though disputed"
        );
        legal(seed, after);
    }

    /// Both get what the other has; the hub rules.
    fn meet(&mut self, one: usize, other: usize) {
        if one == other {
            return;
        }
        self.bring(one, other);
        self.bring(other, one);
        if one == 0 || other == 0 {
            self.rule();
            self.bring(0, one.max(other));
        }
    }

    fn bring(&mut self, from: usize, to: usize) {
        let new: Vec<usize> = self.replicas[from]
            .has
            .difference(&self.replicas[to].has)
            .copied()
            .collect();
        if new.is_empty() {
            return;
        }
        let bytes = new
            .iter()
            .map(|place| self.changes[*place].bytes.as_slice());
        let hub = to == 0;
        let to = &mut self.replicas[to];
        // What reaches the hub passes the guard; devices take it as from their own store, which costs a fifth.
        if hub {
            to.document.apply(bytes).unwrap();
        } else {
            to.document.replay(bytes).unwrap();
        }
        to.has.extend(new);
        to.read = None;
    }

    fn settle(&mut self) {
        for device in 1..self.replicas.len() {
            self.bring(device, 0);
        }
        self.rule();
        for device in 1..self.replicas.len() {
            self.bring(0, device);
        }
    }

    fn check(&self) {
        let seed = self.seed;
        let hub = &self.replicas[0].document;
        let reading = hub.read(CASE);
        let standing = fold(&reading.case);
        let json =
            |case: &Case, standing: &Standing| serde_json::to_string(&(case, standing)).unwrap();
        let expected = json(&reading.case, &standing);
        let heads: Vec<ChangeHash> = hub.heads();
        for replica in &self.replicas[1..] {
            assert_eq!(replica.document.heads(), heads, "seed {seed}: heads");
            let case = replica.document.read(CASE).case;
            let found = json(&case, &fold(&case));
            assert_eq!(found, expected, "seed {seed}: what a replica says");
        }
        self.holds_everything(&reading.case);
        let sequences: Vec<u32> = reading
            .case
            .rulings
            .iter()
            .map(|it| it.entry.sequence)
            .collect();
        let expected: Vec<u32> = (1..=sequences.len() as u32).collect();
        assert_eq!(
            sequences, expected,
            "seed {seed}: the numbers of the rulings"
        );
        assert_eq!(
            reading.case.unruled(),
            Vec::<&Keyed<Action>>::new(),
            "seed {seed}"
        );
    }

    fn holds_everything(&self, case: &Case) {
        let seed = self.seed;
        for edit in &self.acknowledged {
            let there = match edit.clone() {
                Edit::Photo(id, entry) => case.photos.contains(&Keyed { id, entry }),
                Edit::Comment(id, entry) => case.comments.contains(&Keyed { id, entry }),
                Edit::Action(id, entry) => case.actions.contains(&Keyed { id, entry }),
                _ => true,
            };
            assert!(there, "seed {seed}: {edit:?} is missing");
        }
        let class = case.facts.class.clone().unwrap();
        let written = self.acknowledged.contains(&Edit::Class(class));
        assert!(written, "seed {seed}: a class that nobody wrote");
    }
}

/// What holds of every standing, whatever led there.
fn legal(seed: u64, standing: &Standing) {
    use CaseState as S;
    let state = standing.state;
    let worked_on = [S::Disposing, S::OnHold, S::FedBack, S::Checking, S::ToClose];
    if worked_on.contains(&state) {
        assert!(
            standing.claim.is_some(),
            "seed {seed}: {state:?} and nobody has it"
        );
    }
    if [S::Accepted, S::Filed, S::Dispatched].contains(&state) {
        assert!(
            standing.claim.is_none(),
            "seed {seed}: {state:?} and somebody has it"
        );
    }
    assert_eq!(
        standing.hold().is_some(),
        state == S::OnHold,
        "seed {seed}: hold"
    );
    let kinds: BTreeSet<_> = standing
        .applications
        .iter()
        .map(|it| it.asked.kind())
        .collect();
    assert_eq!(
        kinds.len(),
        standing.applications.len(),
        "seed {seed}: two of a kind wait"
    );
    if [S::FedBack, S::Checking, S::ToClose, S::Closed, S::Void].contains(&state) {
        assert!(
            standing.applications.is_empty(),
            "seed {seed}: {state:?} and something waits"
        );
    }
    let later = standing.extensions.iter().skip(1);
    assert!(
        later
            .clone()
            .all(|extension| extension.by.as_str() == "supervisor"),
        "seed {seed}: a later extension that the supervisor did not grant"
    );
    let filed = standing.filing.is_some();
    let case_was_filed = worked_on.contains(&state) || state == S::Dispatched;
    assert!(
        filed || !case_was_filed,
        "seed {seed}: {state:?} and never filed"
    );
    let closed_so = standing.close_outcome.is_some();
    assert!(
        !closed_so || state == S::Closed,
        "seed {seed}: {state:?} with the outcome of a close"
    );
}

/// Nothing of an act is lost on its way through CBOR.
#[test]
fn every_act_comes_back_from_its_bytes() {
    let mut random = Xorshift::new(5);
    let rules = Rules::read();
    let life = Life::new(1, &rules);
    let case = life.hub_case();
    for name in ActionName::ALL {
        let about = (BEGIN, &[Digest::of(b"lost")][..]);
        let act = act(*name, &case, &Standing::unruled(), about, &mut random);
        assert_eq!(act.name(), *name);
        let bytes = minicbor::to_vec(&act).unwrap();
        assert_eq!(minicbor::decode::<Act>(&bytes).unwrap(), act);
        let json = serde_json::to_string(&act).unwrap();
        assert_eq!(serde_json::from_str::<Act>(&json).unwrap(), act);
    }
}
