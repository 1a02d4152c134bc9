package xunge.core

/** Today: what the home screen shows, in one call. */
data class HomePage(
    val person: Person,
    val status: SyncStatus,
    /** Begun and not reported, newest first; the first few. */
    val drafts: List<Draft>,
    /** What moved last on this beat; the first few. */
    val recent: List<CaseRow>,
    /** What this person was sent for, the one due first first. */
    val tasks: List<Task>,
)
