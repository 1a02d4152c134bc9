PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA checkpoint_fullfsync = ON;
PRAGMA journal_size_limit = 4194304;
PRAGMA cache_size = -4096;
PRAGMA foreign_keys = ON;
