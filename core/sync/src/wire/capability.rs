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

/// Both sides compare what they hold; see [`Comparison`](super::Comparison).
pub const COMPARISON: &str = "comparison";

/// What this version speaks.
pub fn spoken() -> Vec<String> {
    [PLAIN, COLUMNS, PACKS, SCOPES, COMPARISON]
        .map(Into::into)
        .into()
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
