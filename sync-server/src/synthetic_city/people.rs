//! People: nine in ten walk four neighbouring beats of a street, the others sit in its office.

use std::io;

use xunge_domain::person::Role;

use super::MARK;
use super::departments::office;
use super::file::Out;
use super::ground::Ground;
use crate::demo::random::Random;

/// Beats of one worker: about sixty unit grids.
const BEATS: usize = 4;
const IN_OFFICE: [Role; 5] = [
    Role::IntakeClerk,
    Role::ShiftLeader,
    Role::Dispatcher,
    Role::DisposalDept,
    Role::SupervisorLead,
];

pub(super) fn write(out: &mut Out, seed: u64, ground: &Ground, count: u32) -> io::Result<()> {
    let mut random = Random::new(seed, "people");
    let communities = ground.communities.len();
    for index in 0..count {
        let first = index as usize % communities;
        let street = street(ground, first);
        let works_outside = !index.is_multiple_of(10);
        let role = if works_outside {
            Role::GridWorker
        } else {
            random
                .pick(&IN_OFFICE)
                .copied()
                .unwrap_or(Role::IntakeClerk)
        };
        let beats: Vec<String> = (first..(first + BEATS).min(communities))
            .filter(|community| works_outside && self::street(ground, *community) == street)
            .map(|community| ground.beat(community))
            .collect();
        out.row(&[
            format!("synthetic-{:05}", index + 1),
            format!("{}{:05}{MARK}", role.zh(), index + 1),
            role.id().to_owned(),
            office(street),
            beats.join(";"),
        ])?;
    }
    Ok(())
}

fn street(ground: &Ground, community: usize) -> &str {
    let division = ground.communities.get(community);
    division
        .and_then(|division| division.code.get(..9))
        .unwrap_or_default()
}
