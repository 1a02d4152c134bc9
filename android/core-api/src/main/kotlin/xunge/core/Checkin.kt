package xunge.core

enum class CheckinState { DRAFT, OPENED, UNDER_WAY, REFUSED, CLOSED }

/** How a matter check-in 一事一报到 came to be. */
enum class Initiation { VISIT, JOINT, WHISTLE, CO_BUILDING, PROJECT_LIST }

enum class StepName {
    TALK,
    SURVEY,
    CAUSE,
    SCHEME,
    CONSULTATION,
    CREW_ENTERS,
    WORKS_WINDOW,
    DUTY_ROTA,
    PROGRESS,
    COMPLETION,
    RESIDENTS_ANSWER,
    THANKS,
    FOLLOW_UP,
    AGREEMENT,
    ARRIVAL,
}

/** A row of the list of check-ins. */
data class CheckinRow(
    val id: DocumentId,
    val localCode: String,
    val title: String,
    val state: CheckinState,
    val initiation: Initiation?,
    val steps: Int,
    val lastStep: StepName?,
    val updatedAt: Instant,
    val delivery: Delivery,
    val declined: Boolean,
)

val CheckinRow.pageEnd: PageEnd get() = PageEnd(updatedAt, id)

/** What a check-in is about. */
sealed interface Subject {
    data class Case(val id: DocumentId) : Subject

    data class Project(val id: DocumentId) : Subject

    data class Place(val address: String, val point: Point?) : Subject
}

/** A check-in to be opened. */
data class NewCheckin(
    val title: String,
    val initiation: Initiation,
    val subject: Subject,
    val visiting: List<OrganisationId>,
    val hosts: List<OrganisationId>,
    /** Of a whistle 吹哨, and of nothing else: whom it calls of those that visit. */
    val calls: List<Call> = emptyList(),
)

/** A party that is called: to do what, and until when it has to be there. */
data class Call(val party: OrganisationId, val obligation: String, val due: Instant)

data class CheckinPage(
    val id: DocumentId,
    val localCode: String,
    val title: String,
    val state: CheckinState,
    val initiation: Initiation?,
    val subject: Subject?,
    /** 报到方. */
    val visiting: List<Body>,
    /** 接待方. */
    val hosts: List<Body>,
    val delivery: Delivery,
    /** Oldest first. */
    val steps: List<CheckinStep>,
    /** Of a whistle 吹哨. */
    val calls: List<CallStanding>,
    /** Table limit, estimates, promises and actual: never one in the place of another. */
    val times: List<NamedTime>,
    val comparisons: List<TimeComparison>,
    val photos: List<Photo>,
    val comments: List<Note>,
    val setAside: List<SetAside>,
)

/** A body; its id stands for its name where that is not known here. */
data class Body(val id: OrganisationId, val name: String)

/** A party that was called, and whether it came. */
data class CallStanding(
    val party: Body,
    val obligation: String,
    val due: Instant,
    val arrivedAt: Instant?,
    /** Positive: so much after the due time. */
    val lateMillis: Long?,
)

/** The four times, which are never mixed. */
enum class TimeName { TABLE_LIMIT, ESTIMATE, PROMISE, ACTUAL }

/** One of them: an instant where one follows, and the amount where it was said as one. */
data class NamedTime(val name: TimeName, val at: Instant?, val within: Limit?)

/** How much later (or earlier: negative) the one is than the other. */
data class TimeComparison(val measured: TimeName, val against: TimeName, val laterMillis: Long)

data class Limit(val number: Int, val unit: LimitUnit)

enum class LimitUnit { URGENT_HOUR, WORK_HOUR, WORK_DAY, NATURAL_DAY }
