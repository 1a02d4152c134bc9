//! What a device asks at capture: which unit grid a point lies in, and which component of a class is nearest.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;
use std::hint::black_box;
use std::time::Instant;

use xunge_domain::component::{Component, ComponentIndex};
use xunge_domain::geo::Point;
use xunge_domain::grid::{GridIndex, UnitGrid};
use xunge_domain::tables::TableKind;
use xunge_server::app::App;
use xunge_server::services::city_tables::places::unit_grids_on;
use xunge_server::store::StoreError;
use xunge_tests::figures::Spread;
use xunge_tests::proxy::SplitMix;

/// Unit grids of a beat.
const BEAT_GRIDS: usize = 60;
/// Rows read at once.
const PART: usize = 5_000;
/// How far a component may be away.
const WITHIN_METRES: f64 = 500.0;
const DAY: &str = "2026-06-30";

/// What was timed.
pub(super) struct Timed {
    pub(super) what: &'static str,
    grids: usize,
    components: usize,
    index_millis: f64,
    pub(super) locate: Spread,
    pub(super) nearest: Spread,
}

impl fmt::Display for Timed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            what,
            grids,
            components,
            index_millis,
            locate,
            nearest,
        } = self;
        write!(
            out,
            "{what}: {grids} grids, {components} components, indexed in {index_millis:.1} ms; \
             point to grid p50 {:.4} p99 {:.4} max {:.3} ms; nearest p50 {:.4} p99 {:.4} max {:.3} ms",
            locate.p50, locate.p99, locate.max, nearest.p50, nearest.p99, nearest.max
        )
    }
}

pub(super) fn measure(app: &App, lookups: u32) -> Result<[Timed; 2], Box<dyn Error>> {
    let (grids, components) = app.store.reading(|read| {
        let grids: Vec<UnitGrid> = unit_grids_on(read, DAY)?
            .into_iter()
            .map(|grid| grid.grid)
            .collect();
        let edition = read.table_edition_on(TableKind::Components, DAY)?;
        let number = edition.map_or(0, |edition| edition.number);
        let (mut components, mut after) = (Vec::new(), String::new());
        loop {
            let part = read.table_rows(TableKind::Components, number, &after, PART)?;
            let Some(last) = part.last() else { break };
            after = last.key.clone();
            components.extend(
                part.iter()
                    .filter_map(|row| minicbor::decode::<Component>(&row.content).ok()),
            );
        }
        Ok::<_, StoreError>((grids, components))
    })?;
    let beat: Vec<UnitGrid> = grids.iter().take(BEAT_GRIDS).cloned().collect();
    let codes: BTreeSet<_> = beat.iter().map(|grid| grid.code).collect();
    let of_beat: Vec<Component> = components
        .iter()
        .filter(|component| codes.contains(&component.unit_grid))
        .cloned()
        .collect();
    Ok([
        timed("beat", beat, of_beat, lookups)?,
        timed("city", grids, components, lookups)?,
    ])
}

fn timed(
    what: &'static str,
    grids: Vec<UnitGrid>,
    components: Vec<Component>,
    lookups: u32,
) -> Result<Timed, Box<dyn Error>> {
    let counts = (grids.len(), components.len());
    let start = Instant::now();
    let grids = GridIndex::new(grids)?;
    let components = ComponentIndex::new(components);
    let index_millis = start.elapsed().as_secs_f64() * 1_000.0;
    let mut random = SplitMix::new(7);
    let (mut locate, mut nearest) = (Vec::new(), Vec::new());
    for _ in 0..lookups {
        let mut pick = |count: usize| random.below(count.max(1) as u64) as usize;
        let known = components.components();
        let (near, of) = (pick(known.len()), pick(known.len()));
        let (strays_east, strays_north) = (pick(40_000), pick(40_000));
        let (Some(near), Some(of)) = (known.get(near), known.get(of)) else {
            break;
        };
        // Somewhere within some hundred metres of a component, as a worker stands.
        let point = Point {
            longitude_e7: near.point.longitude_e7 + strays_east as i32 - 20_000,
            latitude_e7: near.point.latitude_e7 + strays_north as i32 - 20_000,
        };
        let start = Instant::now();
        black_box(grids.locate(black_box(point)));
        locate.push(start.elapsed());
        let start = Instant::now();
        black_box(components.nearest(black_box(point), &of.class, WITHIN_METRES, 1));
        nearest.push(start.elapsed());
    }
    Ok(Timed {
        what,
        grids: counts.0,
        components: counts.1,
        index_millis,
        locate: Spread::of(&locate),
        nearest: Spread::of(&nearest),
    })
}
