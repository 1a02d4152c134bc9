//! Bombs in the encoding of the columns.

use crate::forge::{literals, nulls, repeat, unsigned};
use crate::honest::*;

const TOO_MANY: &[&str] = &["guard_too_many_operations", "guard_too_many_predecessors"];

pub(crate) const KINDS: &[Kind] = &[
    Kind {
        name: "a huge run of nulls",
        codes: TOO_MANY,
        make: |honest, random| honest.with(&[(*random.pick(&RUN_COLUMNS), nulls(huge(random)))]),
    },
    Kind {
        name: "a huge run of a value",
        codes: TOO_MANY,
        make: |honest, random| {
            let spec = *random.pick(&RUN_COLUMNS);
            honest.with(&[(spec, repeat(huge(random), &cell(spec, random)))])
        },
    },
    Kind {
        name: "a huge run after honest ones",
        codes: TOO_MANY,
        make: |honest, random| {
            let spec = *random.pick(&RUN_COLUMNS);
            let mut data = repeat(2, &cell(spec, random));
            data.extend(nulls(huge(random)));
            honest.with(&[(spec, data)])
        },
    },
    Kind {
        name: "a huge count of literals",
        codes: &["column_truncated"],
        make: |honest, random| {
            let spec = *random.pick(&RUN_COLUMNS);
            let count = if random.one_in(5) {
                1 << 63
            } else {
                huge(random)
            };
            let data = [literals(count), cell(spec, random)].concat();
            honest.with(&[(spec, data)])
        },
    },
    Kind {
        name: "a huge run of booleans",
        codes: TOO_MANY,
        make: |honest, random| {
            let count = if random.one_in(5) {
                u64::MAX
            } else {
                huge(random)
            };
            let leading = random.below(2) as u64;
            honest.with(&[(INSERT, [unsigned(leading), unsigned(count)].concat())])
        },
    },
    Kind {
        name: "millions of null inserts, all columns agreeing",
        codes: TOO_MANY,
        make: |_, random| {
            let count = match random.below(3) {
                0 => 10_001,
                1 => 20_000_000,
                _ => huge(random),
            };
            null_inserts(count).raw()
        },
    },
    Kind {
        name: "values that claim bytes there are not",
        codes: &["guard_value_bytes"],
        make: |honest, random| {
            let meta = (huge(random) << 4) | random.below(10) as u64;
            honest.with(&[(VALUE_META, repeat(honest.rows, &unsigned(meta)))])
        },
    },
    Kind {
        name: "value bytes that belong to no value",
        codes: &["guard_value_bytes"],
        make: |honest, random| honest.with(&[(VALUE, vec![b'x'; 200 + random.below(5000)])]),
    },
    Kind {
        name: "groups of huge counts",
        codes: TOO_MANY,
        make: |honest, random| {
            let count = unsigned(huge(random));
            honest.with(&[(PREDECESSOR_COUNT, repeat(honest.rows, &count))])
        },
    },
    Kind {
        name: "groups that do not match their columns",
        codes: &["guard_row_count"],
        make: |honest, random| {
            let count = unsigned(2 + random.below(9) as u64);
            honest.with(&[(PREDECESSOR_COUNT, repeat(honest.rows, &count))])
        },
    },
    Kind {
        name: "columns that disagree on the rows",
        codes: &["guard_row_count"],
        make: |honest, random| {
            let spec = *random.pick(&RUN_COLUMNS);
            let rows = honest.rows + 1 + random.below(50) as u64;
            honest.with(&[(spec, repeat(rows, &cell(spec, random)))])
        },
    },
    Kind {
        name: "numbers in columns not in their shortest form",
        codes: &["column_number"],
        make: |honest, random| {
            let spec = *random.pick(&RUN_COLUMNS);
            let head = if random.one_in(2) {
                vec![honest.rows as u8 | 0x80, 0]
            } else {
                vec![0xff; 11]
            };
            honest.with(&[(spec, [head, cell(spec, random)].concat())])
        },
    },
    Kind {
        name: "columns cut anywhere",
        codes: &["column_truncated", "guard_row_count", "guard_value_bytes"],
        make: |honest, random| {
            let (spec, mut data) = random.pick(&honest.forged.columns).clone();
            data.truncate(data.len().saturating_sub(1 + random.below(3)).max(1));
            if honest.forged.columns.contains(&(spec, data.clone())) {
                data = vec![2];
            }
            honest.with(&[(spec, data)])
        },
    },
];
