//! Capabilities: what a side speaks, by name. A side uses one only after the other has named it, so an old device and
//! an old hub are never sent what they cannot read.

/// Raw changes in brotli: what everybody speaks.
pub const PLAIN: &str = "plain";
/// Changes column by column, in both directions; see `columns.cddl`.
pub const COLUMNS: &str = "columns";

/// The documents of a scope in a file beside the feed, for a device whose feed begins at 0; see [`PackOffer`].
///
/// [`PackOffer`]: super::PackOffer
pub const PACKS: &str = "packs";

/// A person's scopes change, and documents leave a device.
pub const SCOPES: &str = "scopes";

/// A push that the hub takes part by part, so that a cut costs one of them; see [`PartReader`].
///
/// [`PartReader`]: super::PartReader
pub const PARTS: &str = "parts";

/// Both sides compare what they hold; see [`Comparison`](super::Comparison).
pub const COMPARISON: &str = "comparison";

/// A device asks for what differs in the city's tables; see [`TablesRequest`](super::TablesRequest). The head of an answer says
/// whether anything does.
pub const TABLES: &str = "tables";

/// A device reads the tables of hours and of stage limits, which came later than the others. It says so where tables are sent:
/// at enrolment and in [`TablesRequest`](super::TablesRequest).
pub const HOURS: &str = "hours";

/// What this version speaks.
pub fn spoken() -> Vec<String> {
    let names = [PLAIN, COLUMNS, PACKS, SCOPES, PARTS, COMPARISON, TABLES];
    names.map(String::from).into()
}

/// What a hub names that compares nothing more for this device just now.
pub fn spoken_without_comparison() -> Vec<String> {
    let mut names = spoken();
    names.retain(|name| name != COMPARISON);
    names
}

/// What a device names: what the hub may send to it. That it pushes in parts, compares or asks for tables shows by itself, and
/// every byte of a request that has nothing to say counts.
pub fn named_by_device() -> Vec<String> {
    let mut names = spoken();
    names.retain(|name| ![PARTS, COMPARISON, TABLES].contains(&name.as_str()));
    names
}

/// What a device names when it enrols, which is when it gets its first tables.
pub fn named_at_enrolment() -> Vec<String> {
    let mut names = named_by_device();
    names.push(HOURS.into());
    names
}

/// Whether a side that named these reads the tables of hours and of stage limits.
pub fn reads_hours(capabilities: &[String]) -> bool {
    capabilities.iter().any(|name| name == HOURS)
}

/// Whether a side that named these reads columns.
pub fn reads_columns(capabilities: &[String]) -> bool {
    capabilities.iter().any(|name| name == COLUMNS)
}

/// Whether a side that named these fetches packs, which are made of columns.
pub fn takes_packs(capabilities: &[String]) -> bool {
    reads_columns(capabilities) && capabilities.iter().any(|name| name == PACKS)
}

/// Whether a side that named these lets documents go.
pub fn reads_scopes(capabilities: &[String]) -> bool {
    capabilities.iter().any(|name| name == SCOPES)
}

/// Whether a side that named these compares.
pub fn compares(capabilities: &[String]) -> bool {
    capabilities.iter().any(|name| name == COMPARISON)
}

/// Whether a hub that named these takes a push in parts, which are made of columns.
pub fn takes_parts(capabilities: &[String]) -> bool {
    reads_columns(capabilities) && capabilities.iter().any(|name| name == PARTS)
}
