//! The hub: merges, rules, shows.
