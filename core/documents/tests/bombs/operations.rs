//! Bombs in what the operations say.

use xunge_documents::guard;

use crate::forge::{repeat, signed, unsigned};
use crate::honest::*;

pub(crate) const KINDS: &[Kind] = &[
    Kind {
        name: "an object of an actor not listed",
        codes: &["operation_actor_index"],
        make: |honest, random| {
            let index = unsigned(2 + random.below(1 << 20) as u64);
            honest.with(&[
                (OBJECT_ACTOR, repeat(honest.rows, &index)),
                (OBJECT_COUNTER, repeat(honest.rows, &[1])),
            ])
        },
    },
    Kind {
        name: "an element of an actor not listed",
        codes: &["operation_actor_index"],
        make: |honest, random| {
            let index = if random.one_in(4) {
                u64::MAX
            } else {
                2 + random.next() / 2
            };
            honest.with_element_keys(index, repeat(honest.rows, &[1]))
        },
    },
    Kind {
        name: "a predecessor of an actor not listed",
        codes: &["operation_actor_index"],
        make: |honest, random| {
            let index = unsigned(2 + random.below(1 << 20) as u64);
            honest.with(&[(PREDECESSOR_ACTOR, repeat(honest.predecessors, &index))])
        },
    },
    Kind {
        name: "element counters that run below zero or over",
        codes: &["operation_counter", "guard_forward_reference"],
        make: |honest, random| {
            let difference = match random.below(3) {
                0 => i64::MAX,
                1 => i64::MIN,
                _ => -1 - random.below(1000) as i64,
            };
            honest.with_element_keys(1, repeat(honest.rows, &signed(difference)))
        },
    },
    Kind {
        name: "counters near the end of all counters",
        codes: &["guard_counter_range"],
        make: |honest, random| {
            let mut forged = honest.forged.clone();
            forged.start_op = *random.pick(&[
                u64::MAX,
                u64::MAX - 3,
                1 << 32,
                u64::from(u32::MAX),
                i64::MAX as u64,
                guard::OPS_PER_DOCUMENT_MAX,
            ]);
            forged.start_op -= random.below(3) as u64;
            forged.raw()
        },
    },
    Kind {
        name: "actions never written",
        codes: &["operation_action"],
        make: |honest, random| {
            let action = match random.below(3) {
                0 => 6,
                1 => 7,
                _ => 8 + random.next() / 4,
            };
            honest.with(&[(ACTION, repeat(honest.rows, &unsigned(action)))])
        },
    },
    Kind {
        name: "containers made or removed with a value",
        codes: &["operation_action_value"],
        make: |honest, random| {
            let action = *random.pick(&[0, 2, 3, 4]);
            honest.with(&[(ACTION, repeat(honest.rows, &[action]))])
        },
    },
    Kind {
        name: "keys that are not UTF-8",
        codes: &["column_text"],
        make: |honest, random| {
            let bad = *random.pick(&[0xff_u8, 0xc0, 0x80, 0xf8]);
            honest.with(&[(KEY_TEXT, repeat(honest.rows, &[2, b'a', bad]))])
        },
    },
    Kind {
        name: "keys too long or empty",
        codes: &["guard_key_length"],
        make: |honest, random| {
            let length = random.below(2) * (guard::KEY_BYTES_MAX + 1 + random.below(1000));
            let key = [unsigned(length as u64), vec![b'k'; length]].concat();
            honest.with(&[(KEY_TEXT, repeat(honest.rows, &key))])
        },
    },
    Kind {
        name: "values that do not fit their type",
        codes: &["operation_value"],
        make: |honest, random| {
            // Types with a wrong length, or texts of bytes that are none.
            let (meta, byte) = *random.pick(&[
                (0x10_u8, 0),
                (0x11, 0),
                (0x15, 0),
                (0x16, 0xff),
                (0x24, 0),
                (0x13, 0x80),
                (0x18, 0xff),
            ]);
            let length = usize::from(meta >> 4) * honest.rows as usize;
            honest.with(&[
                (VALUE_META, repeat(honest.rows, &unsigned(u64::from(meta)))),
                (VALUE, vec![byte; length]),
            ])
        },
    },
    Kind {
        name: "marks",
        codes: &["guard_marks"],
        make: |honest, random| {
            let (spec, data) = random
                .pick(&[(148, vec![1, 1]), (165, vec![0x7f, 1, b'b'])])
                .clone();
            honest.with(&[(spec, data)])
        },
    },
];
