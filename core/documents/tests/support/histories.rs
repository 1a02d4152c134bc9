//! Random documents: several actors that write maps, lists, texts and counters,
//! fork, and merge again.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};

use crate::support::Xorshift;

const KEYS: [&str; 6] = ["标题", "description", "photo/1a", "状态", "k", "note/九"];
const TEXTS: [&str; 5] = ["井盖破损", "a", "", "🚲乱停放", "the kerb is broken"];

/// One document with the whole of a random history in it.
pub(crate) fn random_history(random: &mut Xorshift) -> AutoCommit {
    let replica_count = 1 + random.below(4);
    let mut writer = Writer {
        objects: vec![(ROOT, ObjType::Map)],
    };
    let mut first = AutoCommit::new().with_actor(random_actor(random));
    if !random.one_in(8) {
        writer.make_containers(&mut first, random);
        first.commit_with(CommitOptions::default().with_time(0));
    }
    let mut replicas = vec![first];
    for _ in 1..replica_count {
        // A fork that knows what is there, or one that begins from nothing.
        let replica = if random.one_in(10) {
            AutoCommit::new()
        } else {
            replicas[0].fork()
        };
        replicas.push(replica.with_actor(random_actor(random)));
    }
    for _ in 0..2 + random.below(9) {
        let place = random.below(replicas.len());
        writer.change(&mut replicas[place], random);
        if random.one_in(3) {
            merge(&mut replicas, random);
        }
    }
    let mut whole = replicas.swap_remove(0);
    for mut other in replicas {
        whole.merge(&mut other).unwrap();
    }
    whole
}

fn random_actor(random: &mut Xorshift) -> automerge::ActorId {
    let mut bytes = [0; 16];
    for half in bytes.chunks_mut(8) {
        half.copy_from_slice(&random.next().to_be_bytes());
    }
    automerge::ActorId::from(bytes.as_slice())
}

fn merge(replicas: &mut [AutoCommit], random: &mut Xorshift) {
    let (from, to) = (random.below(replicas.len()), random.below(replicas.len()));
    if from != to {
        let mut other = replicas[from].clone();
        replicas[to].merge(&mut other).unwrap();
    }
}

struct Writer {
    objects: Vec<(ObjId, ObjType)>,
}

impl Writer {
    fn make_containers(&mut self, document: &mut AutoCommit, random: &mut Xorshift) {
        for (key, kind) in [
            ("facts", ObjType::Map),
            ("entries", ObjType::List),
            ("body", ObjType::Text),
        ] {
            let id = document.put_object(ROOT, key, kind).unwrap();
            self.objects.push((id, kind));
        }
        if random.one_in(2) {
            document
                .put(ROOT, "count", ScalarValue::counter(7))
                .unwrap();
        }
    }

    fn change(&mut self, document: &mut AutoCommit, random: &mut Xorshift) {
        let mut options = CommitOptions::default().with_time(random.next() as i64 >> 20);
        if random.one_in(4) {
            options = options.with_message(random.pick(&TEXTS).to_string());
        }
        if random.one_in(20) {
            document.empty_change(options);
            return;
        }
        for _ in 0..1 + random.below(6) {
            let (object, kind) = random.pick(&self.objects).clone();
            // Another replica's object may be unknown here: nothing is written.
            match kind {
                ObjType::Map | ObjType::Table => self.write_map(document, &object, random),
                ObjType::List => self.write_list(document, &object, random),
                ObjType::Text => write_text(document, &object, random),
            };
        }
        document.commit_with(options);
    }

    fn write_map(
        &mut self,
        document: &mut AutoCommit,
        object: &ObjId,
        random: &mut Xorshift,
    ) -> Option<()> {
        let key = *random.pick(&KEYS);
        match random.below(8) {
            0 => document.delete(object, key).ok(),
            1 => document.increment(object, key, amount(random)).ok(),
            2 => {
                let kind = random_kind(random);
                let made = document.put_object(object, key, kind).ok()?;
                self.objects.push((made, kind));
                Some(())
            }
            _ => document.put(object, key, random_value(random)).ok(),
        }
    }

    fn write_list(
        &mut self,
        document: &mut AutoCommit,
        object: &ObjId,
        random: &mut Xorshift,
    ) -> Option<()> {
        let length = document.length(object);
        let place = random.below(length + 1);
        match random.below(8) {
            0 => document.delete(object, place).ok(),
            1 => document.increment(object, place, amount(random)).ok(),
            2 => document.put(object, place, random_value(random)).ok(),
            3 => {
                let kind = random_kind(random);
                let made = document.insert_object(object, place, kind).ok()?;
                self.objects.push((made, kind));
                Some(())
            }
            _ => document.insert(object, place, random_value(random)).ok(),
        }
    }
}

fn write_text(document: &mut AutoCommit, object: &ObjId, random: &mut Xorshift) -> Option<()> {
    let text = *random.pick(&TEXTS);
    if random.one_in(5) {
        return document.update_text(object, text).ok();
    }
    let length = document.length(object);
    let place = random.below(length + 1);
    let removed = random.below(4).min(length - place);
    document
        .splice_text(object, place, removed as isize, text)
        .ok()
}

fn amount(random: &mut Xorshift) -> i64 {
    random.below(1000) as i64 - 500
}

fn random_kind(random: &mut Xorshift) -> ObjType {
    *random.pick(&[ObjType::Map, ObjType::List, ObjType::Text])
}

fn random_value(random: &mut Xorshift) -> ScalarValue {
    let number = random.next() >> random.below(64);
    match random.below(9) {
        0 => ScalarValue::Null,
        1 => ScalarValue::Boolean(number & 1 == 0),
        2 => ScalarValue::Uint(number),
        3 => ScalarValue::Int(number as i64),
        4 => ScalarValue::F64(number as f64 / 3.0),
        5 => ScalarValue::Bytes(number.to_be_bytes()[random.below(9)..].to_vec()),
        6 => ScalarValue::counter((number >> 25) as i64),
        7 => ScalarValue::Timestamp(number as i64),
        _ => ScalarValue::Str((*random.pick(&TEXTS)).into()),
    }
}
