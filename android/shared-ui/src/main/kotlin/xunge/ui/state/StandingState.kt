package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.Instant

/** Nothing for so long, and the phone most likely keeps it from running. */
private const val SILENT_MILLIS = 24 * 60 * 60_000L

/** A run that has not ended after so long was killed. */
private const val RUN_MILLIS_MAX = 30 * 60_000L

/** What the journal of the background says: the self-test of a phone. */
enum class BackgroundSaid { NOT_SCHEDULED, WAITING, NEVER_RAN, RUNNING, KILLED, SILENT, RUNS }

fun BackgroundStanding.said(now: Instant): BackgroundSaid =
    when (this) {
        BackgroundStanding.NotScheduled -> BackgroundSaid.NOT_SCHEDULED
        is BackgroundStanding.NeverRan ->
            if (now.millis - scheduledAt.millis > SILENT_MILLIS) BackgroundSaid.NEVER_RAN else BackgroundSaid.WAITING
        is BackgroundStanding.Ran ->
            when {
                now.millis - last.beganAt.millis > SILENT_MILLIS -> BackgroundSaid.SILENT
                last.endedAt != null -> BackgroundSaid.RUNS
                now.millis - last.beganAt.millis > RUN_MILLIS_MAX -> BackgroundSaid.KILLED
                else -> BackgroundSaid.RUNNING
            }
    }

/** The page of the system where it is mended; nothing where nothing is to be done. */
val BackgroundSaid.mendedAt: SystemPage?
    get() =
        when (this) {
            BackgroundSaid.NOT_SCHEDULED, BackgroundSaid.NEVER_RAN, BackgroundSaid.KILLED, BackgroundSaid.SILENT -> SystemPage.BATTERY
            BackgroundSaid.WAITING, BackgroundSaid.RUNNING, BackgroundSaid.RUNS -> null
        }

val PositionStanding.mendedAt: SystemPage?
    get() =
        when (this) {
            PositionStanding.AVAILABLE -> null
            PositionStanding.ONLY_COARSE, PositionStanding.NOT_ALLOWED -> SystemPage.PERMISSIONS
            PositionStanding.SWITCHED_OFF -> SystemPage.POSITIONING
        }

/** How this device stands, as a page shows it. */
class StandingState(private val field: FieldState) {
    var background by mutableStateOf<BackgroundStanding?>(null)
        private set
    var position by mutableStateOf<PositionStanding?>(null)
        private set

    /** The page of the system that this device does not have. */
    var missing by mutableStateOf<SystemPage?>(null)
        private set

    val now: Instant get() = this.field.platform.now()

    fun load() {
        background = field.platform.standing?.background
        position = field.platform.standing?.position
        missing = null
    }

    fun mend(page: SystemPage) {
        missing = page.takeIf { field.platform.standing?.open(it) != true }
    }
}
