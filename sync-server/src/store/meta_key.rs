//! The hub's own facts, by name.

/// The hub's own facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetaKey {
    /// Life of this hub; a restore starts the next one.
    Epoch,
    /// The hub's own installation id, 16 bytes.
    ServerInstallation,
    /// Where devices reach it, UTF-8.
    PublicUrl,
    /// What devices pin of the certificate there, 16 bytes; none without TLS.
    ServerPin,
    /// SHA-256 of the one-time set-up token, while nobody is admin.
    SetupToken,
    /// What the hub's clock adds to the machine's, milliseconds (the demo's clock stands in 2025).
    ClockOffset,
    /// Raised whenever people, bodies, grids or classes change, so that caches notice.
    TablesVersion,
    /// Public half of the organisation's recovery key, 33 bytes of compressed SEC1; devices wrap the keys of their stores for
    /// it. The private half is nowhere in this hub.
    RecoveryKey,
    /// What was stored before this moment of the hub's clock is in a backup: milliseconds, 8 bytes big endian.
    BackedUpUntil,
    /// Set once every older document has its citations noted.
    CitationsNoted,
    /// From where on something is odd, JSON; the defaults where nobody set any.
    RiskLimits,
    /// The rules of tasks, JSON; the defaults where nobody set any.
    TaskRules,
    /// The line of the log up to which it was decided who is told of levels of limits.
    EscalationsNoted,
    /// How long personal data is kept, JSON; the defaults where nobody set any.
    PrivateRetention,
    /// The line of the last erasure of which older pages and logs of the database may hold something, 8 bytes big endian.
    ScrubDue,
    /// The base map that holds, JSON; none where the city has none. Its file lies in the data folder.
    BaseMap,
    /// The line of the last erased text that older pages of the database or older packs may still hold, 8 bytes big endian.
    RewriteDue,
}

impl MetaKey {
    /// The key in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Epoch => "epoch",
            Self::ServerInstallation => "server_installation",
            Self::PublicUrl => "public_url",
            Self::ServerPin => "server_pin",
            Self::SetupToken => "setup_token",
            Self::ClockOffset => "clock_offset",
            Self::TablesVersion => "tables_version",
            Self::RecoveryKey => "recovery_key",
            Self::BackedUpUntil => "backed_up_until",
            Self::CitationsNoted => "citations_noted",
            Self::RiskLimits => "risk_limits",
            Self::TaskRules => "task_rules",
            Self::EscalationsNoted => "escalations_noted",
            Self::PrivateRetention => "private_retention",
            Self::ScrubDue => "scrub_due",
            Self::BaseMap => "base_map",
            Self::RewriteDue => "rewrite_due",
        }
    }
}
