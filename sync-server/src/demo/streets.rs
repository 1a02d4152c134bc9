//! The streets of the demo city: real codes, invented outlines.
//!
//! No public data of unit-grid polygons exists, so each street is a rectangle near its real place, cut into tiles.

/// One street of the demo city.
pub struct Street {
    /// Head of the ids of its beats, bodies and people, e.g. `putian`.
    pub slug: &'static str,
    /// Its 9-digit code in the divisions table.
    pub code: &'static str,
    /// West, south, east, north in degrees.
    pub bounds: [f64; 4],
    /// Tiles west to east.
    pub columns: u16,
    /// Tiles south to north.
    pub rows: u16,
    /// Duty grids it is divided into.
    pub beats: u16,
    /// Out of 100 cases of the history, how many happen here.
    pub share: usize,
}

const fn street(
    slug: &'static str,
    code: &'static str,
    bounds: [f64; 4],
    tiles: (u16, u16),
    beats: u16,
    share: usize,
) -> Street {
    Street {
        slug,
        code,
        bounds,
        columns: tiles.0,
        rows: tiles.1,
        beats,
        share,
    }
}

/// All of them. 圃田乡 reaches a little beyond 113.76-113.82 E, 34.73-34.78 N, so that its very edge is covered too.
#[rustfmt::skip]
pub static STREETS: [Street; 13] = [
    street("putian",       "410104202", [113.759, 34.729, 113.821, 34.781], (6, 5), 4, 12),
    street("wulibu",       "410103006", [113.628, 34.732, 113.652, 34.746], (5, 4), 2, 10),
    street("changjianglu", "410103013", [113.620, 34.690, 113.650, 34.708], (5, 4), 2, 9),
    street("dehuajie",     "410103010", [113.654, 34.747, 113.666, 34.757], (4, 3), 2, 8),
    street("xidajie",      "410104002", [113.667, 34.744, 113.683, 34.756], (4, 3), 2, 12),
    street("zijingshan",   "410104008", [113.684, 34.700, 113.706, 34.722], (5, 4), 2, 9),
    street("shangdulu",    "410104570", [113.735, 34.745, 113.758, 34.768], (5, 4), 2, 8),
    street("huayuanlu",    "410105002", [113.668, 34.775, 113.692, 34.793], (5, 4), 2, 8),
    street("weilailu",     "410105012", [113.694, 34.752, 113.716, 34.772], (5, 4), 2, 7),
    street("longzihu",     "410105014", [113.780, 34.790, 113.815, 34.812], (5, 4), 2, 5),
    street("lvdongcun",    "410102007", [113.596, 34.744, 113.622, 34.760], (5, 4), 2, 5),
    street("liuzhai",      "410108002", [113.630, 34.800, 113.660, 34.822], (5, 4), 2, 4),
    street("fengyang",     "410172560", [113.530, 34.800, 113.560, 34.825], (5, 4), 2, 3),
];
