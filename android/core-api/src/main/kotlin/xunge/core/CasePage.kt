package xunge.core

/** Everything about one case. */
data class CasePage(
    val id: DocumentId,
    val localCode: String,
    val caseNo: String?,
    /** Code of its minor class. */
    val classCode: String?,
    val className: String,
    val title: String,
    val description: String,
    val address: String,
    val point: Point?,
    val severity: Severity,
    val state: CaseState,
    /** The state once this device's requests are ruled as they should be. */
    val provisionalState: CaseState,
    /** In the order of their starts. */
    val clocks: List<CaseClock>,
    /** Joint surveys 联合核查 so far. */
    val surveys: List<Survey>,
    /** The case that its reporter thinks it may repeat. */
    val possibleDuplicateOf: DocumentId?,
    val delivery: Delivery,
    val photos: List<Photo>,
    val hazards: List<Note>,
    val comments: List<Note>,
    /** What was asked and ruled, oldest first. */
    val timeline: List<TimelineEntry>,
    /** Work of this device that the server did not merge or declined. */
    val setAside: List<SetAside>,
    /** What this person could ask for now. */
    val offered: List<OfferedAction>,
    /** Fields that two people set at once. */
    val concurrent: List<ConcurrentField>,
)

data class Note(val id: EntryId, val author: PersonId, val at: Instant, val text: String)

/** What a body found on site. */
data class Survey(val id: EntryId, val organisation: OrganisationId, val cause: String, val estimate: Limit?)

/** One request and what became of it. */
data class TimelineEntry(
    val id: EntryId,
    val action: ActionName,
    val author: PersonId,
    /** The author's clock. */
    val at: Instant,
    val ruling: Ruling?,
)

data class Ruling(val accepted: Boolean, val at: Instant, val to: CaseState?, val reason: Reason?)

/** Why not, in both languages, with a code that stays. */
data class Reason(val code: String, val zh: String, val en: String)

/** A verb; with a reason when it is not possible now. */
data class OfferedAction(val action: ActionName, val reason: Reason?)

data class ConcurrentField(val field: String, val others: List<String>)
