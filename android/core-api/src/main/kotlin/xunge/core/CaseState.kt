package xunge.core

/** Where a case 案卷 stands. */
enum class CaseState {
    /** Not ruled reported yet. */
    DRAFT,
    REPORTED,
    VERIFYING,
    ACCEPTED,
    FILED,
    DISPATCHED,
    DISPOSING,
    FED_BACK,
    CHECKING,
    TO_CLOSE,
    CLOSED,
    REJECTED,
    VOID,
    ON_HOLD,
    SELF_DONE,
    SELF_REVIEW,
    INVALID,
}

enum class Severity { ORDINARY, SERIOUS, URGENT }
