package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.Fix
import xunge.core.Instant
import xunge.core.Task

/** So long before it is due a task is soon due. */
private const val SOON_MILLIS = 10 * 60_000L

/** How a task stands. */
enum class TaskStanding { IN_TIME, SOON, OVERDUE, ANSWERED, DECLINED }

fun Task.standing(now: Instant): TaskStanding =
    when {
        answered -> TaskStanding.ANSWERED
        !waits -> TaskStanding.DECLINED
        now > dueAt -> TaskStanding.OVERDUE
        dueAt.millis - now.millis <= SOON_MILLIS -> TaskStanding.SOON
        else -> TaskStanding.IN_TIME
    }

/** What comes first. */
enum class TaskOrder { TIME, DISTANCE }

/** What this person was sent for, the next first. */
class TaskListState(field: FieldState) : PageState(field) {
    private var tasks by mutableStateOf<List<Task>?>(null)
    private var watch: Watch? = null
    var order by mutableStateOf(TaskOrder.TIME)

    /** Where this person is. */
    var here by mutableStateOf<Fix?>(null)
        private set

    /** In their order: what is answered or declined last, what has no place behind what has one. */
    val shown: List<Task>?
        get() {
            val first = compareBy<Task> { !it.waits }
            val byOrder =
                when (order) {
                    TaskOrder.TIME -> first
                    TaskOrder.DISTANCE -> first.thenBy { metresTo(it) ?: Double.MAX_VALUE }
                }
            return tasks?.sortedWith(byOrder.thenBy { it.dueAt })
        }

    fun metresTo(task: Task): Double? = here?.let { task.point?.distanceMetres(it.point) }

    override fun load() {
        ask({ it.tasks() }) { tasks = it }
        watch = watch ?: field.platform.positions.watch { here = it }
    }

    override fun leave() {
        watch?.stop()
        watch = null
    }

    fun open(task: Task) = field.open(CasePageState(field, task.case))
}
