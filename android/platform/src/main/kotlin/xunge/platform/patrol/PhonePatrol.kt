package xunge.platform.patrol

import android.content.Context
import xunge.platform.permissions.PermissionAnswer
import xunge.platform.permissions.Permissions
import xunge.ui.state.PatrolState
import xunge.ui.state.Patrolling

/** The patrol as screens order it: each order goes to the service that keeps it alive with the phone in the pocket. */
class PhonePatrol(private val context: Context, private val permissions: Permissions, private val patrol: Patrol) : Patrolling {
    override val state: PatrolState get() = patrol.state

    override fun begin(onAnswer: (Boolean) -> Unit) =
        PatrolService.begin(context, permissions) { onAnswer(it == PermissionAnswer.GRANTED) }

    override fun pause() = order(PatrolOrder.PAUSE)

    override fun resume() = order(PatrolOrder.RESUME)

    override fun end() = order(PatrolOrder.END)

    /** The screen is in front when it orders: the system lets it start a service then. */
    private fun order(order: PatrolOrder) {
        if (state != PatrolState.OFF) context.startService(order.intent(context))
    }
}
