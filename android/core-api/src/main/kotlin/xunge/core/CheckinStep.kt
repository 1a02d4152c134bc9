package xunge.core

/** One step of a check-in: what was done or found, by whom, when, where. */
data class CheckinStep(
    val id: EntryId,
    val name: StepName,
    val author: PersonId,
    val at: Instant,
    val address: String,
    val photos: List<EntryId>,
    /** In words; may be empty. */
    val note: String,
    /** What it says beside its words. */
    val facts: List<StepFact>,
)

/** Something a step says beside its words. */
sealed interface StepFact {
    data class EstimateAt(val at: Instant) : StepFact

    data class EstimateWithin(val limit: Limit) : StepFact

    /** Of a scheme 技术方案. */
    data class Version(val number: Int) : StepFact

    data class Options(val options: List<String>) : StepFact

    data class Decision(val text: String) : StepFact

    data class Undertaker(val body: Body) : StepFact

    data class Cost(val bearer: CostBearer) : StepFact

    data class Promise(val at: Instant) : StepFact

    /** The party that came or works. */
    data class Party(val body: Body) : StepFact

    data class Headcount(val people: Int) : StepFact

    data class Window(val from: Instant, val until: Instant) : StepFact

    /** One turn of the duty rota 疏导. */
    data class Turn(val body: Body, val people: Int, val post: String, val from: Instant, val until: Instant) : StepFact

    data class Percent(val percent: Int) : StepFact

    data class FinishedAt(val at: Instant) : StepFact

    data class Quantity(val what: String, val number: Long, val unit: String) : StepFact

    /** Whether residents are satisfied, or the matter still holds; nothing when it cannot be said. */
    data class Answer(val yes: Boolean?) : StepFact
}

/** Who bears the cost. */
enum class CostBearer {
    /** 承办方义务承担. */
    VOLUNTARY,
    BODY,
    SHARED,
    OPEN,
}

/** A step that somebody on site writes in words. */
data class WrittenStep(val checkin: DocumentId, val kind: WrittenStepKind, val note: String, val photos: List<TakenPhoto>)

enum class WrittenStepKind { TALK, SURVEY, CAUSE, PROGRESS, ARRIVAL }
