package xunge.core

enum class Role {
    GRID_WORKER,
    INTAKE_CLERK,
    SHIFT_LEADER,
    DISPATCHER,
    DISPOSAL_DEPT,
    SUPERVISOR_LEAD,
    BRANCH_SECRETARY,
    AUDITOR,
    ADMIN,
}

/** Whose device this is. */
data class Person(
    val id: PersonId,
    val name: String,
    val roles: List<Role>,
    val organisation: OrganisationId?,
    /** The beats 责任网格. */
    val dutyGrids: List<String>,
)

/** The page about this person and this device. */
data class MePage(
    val person: Person,
    val serverUrl: String,
    /** Whether everything on this device is encrypted. */
    val encrypted: Boolean,
    /** Whether the key of that lives in a secure element. */
    val keyInHardware: Boolean,
)
