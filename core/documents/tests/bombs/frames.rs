//! Bombs in the frame around the columns.

use xunge_documents::guard;

use crate::forge::{CHANGE_CHUNK, Way, WrongNumber, seal};
use crate::honest::*;

pub(crate) const KINDS: &[Kind] = &[
    Kind {
        name: "numbers of the frame not in their shortest form",
        codes: &["change_number"],
        make: |honest, random| {
            let place = random.below(honest.forged.number_count());
            let way = *random.pick(&[Way::Overlong, Way::Overflow]);
            honest.forged.raw_with(WrongNumber { place, way })
        },
    },
    Kind {
        name: "counts of the frame that claim too much",
        codes: &["change_truncated", "change_actor_length"],
        make: |honest, random| {
            // Dependencies, actor, message, other actors, columns.
            let place = *random.pick(&[0, 1, 4, 5, 6, 7]);
            let way = Way::Instead(huge(random));
            honest.forged.raw_with(WrongNumber { place, way })
        },
    },
    Kind {
        name: "other chunk types",
        codes: &[
            "change_document_chunk",
            "change_compressed_chunk",
            "change_bundle_chunk",
            "change_unknown_chunk",
        ],
        make: |honest, random| {
            let chunk_type = match random.below(5) {
                0 => 0,
                1 => 2,
                2 => 3,
                _ => 4 + random.below(252) as u8,
            };
            seal(chunk_type, &honest.forged.contents(None))
        },
    },
    Kind {
        name: "deflated columns",
        codes: &["change_deflated_column"],
        make: |honest, random| {
            let mut forged = honest.forged.clone();
            let place = random.below(forged.columns.len());
            forged.columns[place].0 |= 8;
            forged.raw()
        },
    },
    Kind {
        name: "columns no change has",
        codes: &["change_unknown_column"],
        make: |honest, random| {
            let spec = *random.pick(&[0_u32, 3, 16, 18, 53, 64, 85, 114, 116, 149, 160, 1 << 31]);
            honest.with(&[(spec, vec![1; 1 + random.below(20)])])
        },
    },
    Kind {
        name: "columns twice or out of order",
        codes: &["change_column_order"],
        make: |honest, random| {
            let mut forged = honest.forged.clone();
            let place = random.below(forged.columns.len() - 1);
            if random.one_in(2) {
                forged.columns.swap(place, place + 1);
            } else {
                forged.columns.insert(place, forged.columns[place].clone());
            }
            forged.raw()
        },
    },
    Kind {
        name: "columns without bytes",
        codes: &["change_empty_column"],
        make: |honest, random| {
            let mut forged = honest.forged.clone();
            let place = random.below(forged.columns.len());
            forged.columns[place].1.clear();
            forged.raw()
        },
    },
    Kind {
        name: "actors that are not 16 bytes",
        codes: &["change_actor_length"],
        make: |honest, random| {
            let mut forged = honest.forged.clone();
            let actor = vec![9; *random.pick(&[0, 1, 15, 17, 32, 5000])];
            if random.one_in(2) {
                forged.actor = actor;
            } else {
                forged.other_actors.push(actor);
            }
            forged.raw()
        },
    },
    Kind {
        name: "actors unsorted, twice or for nothing",
        codes: &["guard_actor_order", "guard_actor_unused"],
        make: |honest, random| {
            let mut forged = honest.forged.clone();
            let byte = random.below(256) as u8;
            forged.other_actors.push(vec![byte; 16]);
            forged.raw()
        },
    },
    Kind {
        name: "a message that is not UTF-8 or too long",
        codes: &["change_message", "guard_message_length"],
        make: |honest, random| {
            let mut forged = honest.forged.clone();
            forged.message = if random.one_in(2) {
                vec![0xff; 1 + random.below(20)]
            } else {
                vec![b'm'; guard::MESSAGE_BYTES_MAX + 1 + random.below(9000)]
            };
            forged.raw()
        },
    },
    Kind {
        name: "a chunk cut anywhere",
        codes: &["change_truncated"],
        make: |honest, random| {
            if random.one_in(2) {
                let contents = honest.forged.contents(None);
                let cut = random.below(contents.len());
                return seal(CHANGE_CHUNK, &contents[..cut]);
            }
            let mut raw = honest.forged.raw();
            raw.truncate(random.below(raw.len()));
            raw
        },
    },
    Kind {
        name: "bytes after the end",
        codes: &["change_trailing_bytes", "guard_extra_bytes"],
        make: |honest, random| {
            let mut forged = honest.forged.clone();
            let more = vec![random.below(256) as u8; 1 + random.below(3000)];
            if random.one_in(2) {
                forged.extra = more;
                return forged.raw();
            }
            [forged.raw(), more].concat()
        },
    },
    Kind {
        name: "too many bytes",
        codes: &["guard_too_large"],
        make: |honest, random| {
            let mut forged = honest.forged.clone();
            forged.extra = vec![0; guard::CHANGE_BYTES_MAX + random.below(100_000)];
            forged.raw()
        },
    },
    Kind {
        name: "a checksum or magic that does not fit",
        codes: &["change_checksum", "change_magic"],
        make: |honest, random| {
            let mut raw = honest.forged.raw();
            raw[random.below(8)] ^= 1 << random.below(8);
            raw
        },
    },
    Kind {
        name: "numbering from zero, times and dependencies out of bounds",
        codes: &[
            "change_zero",
            "guard_time",
            "guard_sequence",
            "guard_no_dependencies",
            "guard_dependency_order",
            "guard_too_many_dependencies",
        ],
        make: |honest, random| {
            let mut forged = honest.forged.clone();
            match random.below(7) {
                0 => forged.sequence = 0,
                1 => forged.start_op = 0,
                2 => forged.time = i64::MIN + random.below(9) as i64,
                3 => forged.sequence = huge(random) + guard::OPS_PER_DOCUMENT_MAX,
                4 => (forged.sequence, forged.dependencies) = (2, Vec::new()),
                5 => forged.dependencies = vec![[1; 32]; 2 + random.below(9)],
                _ => {
                    let over = guard::DEPENDENCIES_PER_CHANGE_MAX + 1;
                    forged.dependencies = vec![[1; 32]; over];
                }
            }
            forged.raw()
        },
    },
];
