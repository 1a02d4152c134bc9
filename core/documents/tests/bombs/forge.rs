//! Changes written by hand, right or wrong, always with a fitting checksum.

use sha2::{Digest, Sha256};
use xunge_documents::change_parts;
use xunge_documents::change_parts::leb128::{write_signed, write_unsigned};

pub(crate) const CHANGE_CHUNK: u8 = 1;

/// A change with every field free to be wrong.
#[derive(Clone, Default)]
pub(crate) struct Forged {
    pub(crate) dependencies: Vec<[u8; 32]>,
    pub(crate) actor: Vec<u8>,
    pub(crate) sequence: u64,
    pub(crate) start_op: u64,
    pub(crate) time: i64,
    pub(crate) message: Vec<u8>,
    pub(crate) other_actors: Vec<Vec<u8>>,
    pub(crate) columns: Vec<(u32, Vec<u8>)>,
    pub(crate) extra: Vec<u8>,
}

/// One number of the frame written wrongly.
#[derive(Clone, Copy)]
pub(crate) struct WrongNumber {
    /// Which number, counted from 0.
    pub(crate) place: usize,
    pub(crate) way: Way,
}

#[derive(Clone, Copy)]
pub(crate) enum Way {
    /// The same number with a superfluous byte.
    Overlong,
    /// Eleven bytes, more than 64 bits.
    Overflow,
    /// Another number.
    Instead(u64),
}

impl Forged {
    pub(crate) fn from_raw(raw: &[u8]) -> Self {
        let parts = change_parts::split(raw).unwrap();
        Self {
            dependencies: parts.dependencies.iter().map(|hash| hash.0).collect(),
            actor: parts.actor.0.to_vec(),
            sequence: parts.sequence,
            start_op: parts.start_op,
            time: parts.time,
            message: parts.message.unwrap_or_default().as_bytes().to_vec(),
            other_actors: parts
                .other_actors
                .iter()
                .map(|actor| actor.0.to_vec())
                .collect(),
            columns: parts
                .columns
                .iter()
                .map(|column| (column.spec.raw(), column.data.to_vec()))
                .collect(),
            extra: parts.extra.to_vec(),
        }
    }

    /// Sets a column, in its place; no bytes take it out.
    pub(crate) fn set(&mut self, spec: u32, data: Vec<u8>) {
        self.columns.retain(|(other, _)| *other != spec);
        if !data.is_empty() {
            self.columns.push((spec, data));
            self.columns.sort_by_key(|(spec, _)| *spec);
        }
    }

    pub(crate) fn raw(&self) -> Vec<u8> {
        seal(CHANGE_CHUNK, &self.contents(None))
    }

    pub(crate) fn raw_with(&self, wrong: WrongNumber) -> Vec<u8> {
        seal(CHANGE_CHUNK, &self.contents(Some(wrong)))
    }

    pub(crate) fn contents(&self, wrong: Option<WrongNumber>) -> Vec<u8> {
        let mut out = Writer {
            bytes: Vec::new(),
            numbers: 0,
            wrong,
        };
        out.number(self.dependencies.len() as u64);
        for dependency in &self.dependencies {
            out.bytes.extend(dependency);
        }
        out.text(&self.actor);
        out.number(self.sequence);
        out.number(self.start_op);
        out.bytes.extend(signed(self.time));
        out.text(&self.message);
        out.number(self.other_actors.len() as u64);
        for actor in &self.other_actors {
            out.text(actor);
        }
        out.number(self.columns.len() as u64);
        for (spec, data) in &self.columns {
            out.number(u64::from(*spec));
            out.number(data.len() as u64);
        }
        for (_, data) in &self.columns {
            out.bytes.extend(data);
        }
        out.bytes.extend(&self.extra);
        out.bytes
    }

    /// How many numbers the frame holds.
    pub(crate) fn number_count(&self) -> usize {
        7 + self.other_actors.len() + 2 * self.columns.len() - 1
    }
}

struct Writer {
    bytes: Vec<u8>,
    numbers: usize,
    wrong: Option<WrongNumber>,
}

impl Writer {
    fn number(&mut self, value: u64) {
        let place = self.numbers;
        self.numbers += 1;
        let way = self.wrong.filter(|wrong| wrong.place == place);
        match way.map(|wrong| wrong.way) {
            None => self.bytes.extend(unsigned(value)),
            Some(Way::Instead(other)) => self.bytes.extend(unsigned(other)),
            Some(Way::Overflow) => self.bytes.extend([0xff; 10].into_iter().chain([1])),
            Some(Way::Overlong) => {
                let mut number = unsigned(value);
                *number.last_mut().unwrap() |= 0x80;
                number.push(0);
                self.bytes.extend(number);
            }
        }
    }

    fn text(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.bytes.extend(bytes);
    }
}

/// Frames contents as a chunk of this type, with the checksum they have.
pub(crate) fn seal(chunk_type: u8, contents: &[u8]) -> Vec<u8> {
    let mut framed = vec![chunk_type];
    framed.extend(unsigned(contents.len() as u64));
    framed.extend(contents);
    let hash = Sha256::digest(&framed);
    let mut raw = vec![0x85, 0x6f, 0x4a, 0x83];
    raw.extend(&hash[..4]);
    raw.extend(framed);
    raw
}

pub(crate) fn unsigned(value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    write_unsigned(&mut out, value);
    out
}

pub(crate) fn signed(value: i64) -> Vec<u8> {
    let mut out = Vec::new();
    write_signed(&mut out, value);
    out
}

/// A run-length encoded run of nulls.
pub(crate) fn nulls(count: u64) -> Vec<u8> {
    [signed(0), unsigned(count)].concat()
}

/// A run-length encoded run of one encoded value.
pub(crate) fn repeat(count: u64, value: &[u8]) -> Vec<u8> {
    [signed(count as i64), value.to_vec()].concat()
}

/// The head of a run of literals, without any.
pub(crate) fn literals(count: u64) -> Vec<u8> {
    signed((count as i64).wrapping_neg())
}
