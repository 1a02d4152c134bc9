//! Where inputs come from: input `number` of a seed is always the same bytes for the same target.

use super::target::Target;
use super::{bombs, change, columns, entries, history, messages, photos};
use crate::proxy::SplitMix;

/// Of a hundred inputs, how many go to which target.
const SHARES: [(Target, u64); 6] = [
    (Target::Guard, 45),
    (Target::Plain, 26),
    (Target::Columns, 20),
    (Target::Frames, 1),
    (Target::Entries, 6),
    (Target::Photo, 2),
];
/// Bombs are known: one in so many inputs is one of them.
const BOMB_ONE_IN: u64 = 20_000;

/// Honest inputs, and ways to spoil them.
pub struct Source {
    bodies: Vec<Vec<u8>>,
    plain: Vec<(u8, Vec<u8>)>,
    batches: Vec<Vec<u8>>,
    columns: Vec<columns::Plain>,
    answers: Vec<Vec<u8>>,
    photos: Vec<Vec<u8>>,
    entries: Vec<Vec<u8>>,
    bombs: Vec<(Target, String, Vec<u8>)>,
}

impl Default for Source {
    fn default() -> Self {
        Self::new()
    }
}

impl Source {
    /// Writes the honest cases, messages, batches and pictures that are spoiled.
    ///
    /// # Panics
    /// When the product refuses what is honest.
    #[must_use]
    pub fn new() -> Self {
        let bodies = messages::samples();
        let batches = columns::samples();
        let of = |target| move |(name, bytes)| (target, name, bytes);
        Self {
            plain: messages::plain(&bodies),
            bodies,
            columns: columns::plain(&batches),
            batches,
            answers: messages::answers(),
            photos: photos::samples(),
            entries: entries::samples(),
            bombs: bombs::changes()
                .into_iter()
                .map(of(Target::Guard))
                .chain(bombs::bodies().into_iter().map(of(Target::Plain)))
                .collect(),
        }
    }

    /// Input `number` of a seed, and where it goes.
    #[must_use]
    pub fn input(&self, seed: u64, number: u64) -> (Target, Vec<u8>) {
        let mut random = SplitMix::of(seed, number);
        if random.below(BOMB_ONE_IN) == 0
            && let Some((target, _, bytes)) = super::spoil::pick(&mut random, &self.bombs)
        {
            return (*target, bytes.clone());
        }
        let target = drawn(&mut random);
        (target, self.spoiled(target, &mut random))
    }

    fn spoiled(&self, target: Target, random: &mut SplitMix) -> Vec<u8> {
        match target {
            Target::Guard => change::spoiled(random),
            Target::Plain => messages::spoiled(&self.bodies, &self.plain, random),
            Target::Columns => columns::spoiled(&self.batches, &self.columns, random),
            Target::Frames => messages::spoiled_answer(&self.answers, &self.plain, random),
            Target::Photo => photos::spoiled(&self.photos, random),
            Target::Entries => entries::spoiled(&self.entries, random),
        }
    }

    /// What is checked in as the corpus: honest inputs and bombs, by name.
    #[must_use]
    pub fn corpus(&self) -> Vec<(Target, String, Vec<u8>)> {
        let changes: Vec<Vec<u8>> = history::steps()
            .iter()
            .map(|step| step.raw.clone())
            .collect();
        let honest = [
            (Target::Guard, &changes),
            (Target::Plain, &self.bodies),
            (Target::Columns, &self.batches),
            (Target::Frames, &self.answers),
            (Target::Photo, &self.photos),
            (Target::Entries, &self.entries),
        ];
        let honest = honest.into_iter().flat_map(|(target, inputs)| {
            let named = |(number, bytes): (usize, &Vec<u8>)| {
                (target, format!("honest-{number:02}"), bytes.clone())
            };
            inputs.iter().enumerate().map(named).collect::<Vec<_>>()
        });
        let bombs = self.bombs.iter().cloned();
        honest
            .chain(bombs.map(|(target, name, bytes)| (target, format!("bomb-{name}"), bytes)))
            .collect()
    }
}

fn drawn(random: &mut SplitMix) -> Target {
    let mut left = random.below(SHARES.iter().map(|(_, share)| share).sum());
    for (target, share) in SHARES {
        if left < share {
            return target;
        }
        left -= share;
    }
    Target::Guard
}
