//! Components, spread evenly over the ground.

use std::collections::HashMap;
use std::io;

use xunge_domain::component::{AccuracyClass, ComponentState};

use super::MARK;
use super::classes::component_classes;
use super::departments::BUREAUS;
use super::file::Out;
use super::ground::Ground;
use crate::demo::random::Random;

pub(super) fn write(out: &mut Out, seed: u64, ground: &Ground, count: u32) -> io::Result<()> {
    let classes = component_classes();
    let mut random = Random::new(seed, "components");
    let mut numbers: HashMap<(&str, &str), u32> = HashMap::new();
    let step = ground.tiles.len() as u64;
    for index in 0..u64::from(count) {
        // Along the ground, so that every beat has its share.
        let tile = ground.tiles.get((index * step / u64::from(count)) as usize);
        let (Some(tile), Some(class)) = (tile, random.pick(&classes)) else {
            continue;
        };
        // The middle of a tile is its own, however its borders stray.
        let place = ground.place(tile, random.between(0.2, 0.8), random.between(0.2, 0.8));
        let (Some(place), Some(digits)) = (place, class.get(1..)) else {
            continue;
        };
        let county = ground.county(tile);
        let number = numbers.entry((county, class.as_str())).or_insert(0);
        *number += 1;
        let owner = random.pick(&BUREAUS).map_or("", |(id, _)| id);
        let maintainer = random.pick(&BUREAUS).map_or("", |(id, _)| id);
        let state = match random.below(100) {
            0..94 => ComponentState::Intact,
            94..97 => ComponentState::Damaged,
            97..99 => ComponentState::Lost,
            _ => ComponentState::Abandoned,
        };
        let accuracy = random
            .pick(&AccuracyClass::ALL)
            .map_or("C", |class| class.id());
        out.row(&[
            format!("{county}{digits}{number:06}"),
            "6+2+2+6".into(),
            class.clone(),
            format!("部件{}{MARK}", index + 1),
            format!("{:.7}", place.longitude()),
            format!("{:.7}", place.latitude()),
            "wgs84".into(),
            String::new(),
            owner.to_owned(),
            maintainer.to_owned(),
            state.id().to_owned(),
            accuracy.to_owned(),
        ])?;
    }
    Ok(())
}
