package xunge.platform.background

import android.content.Context
import xunge.core.Instant
import xunge.platform.time.PhoneClock
import xunge.ui.state.BackgroundStanding
import xunge.ui.state.JobRun

/** What became of the hint to the scheduler, kept over kills. Nothing depends on it. */
class SyncJournal(context: Context, private val clock: PhoneClock) {
    private val kept = context.getSharedPreferences("background", Context.MODE_PRIVATE)

    val standing: BackgroundStanding
        get() {
            val began = instant(BEGAN_AT)
            val scheduled = instant(SCHEDULED_AT)
            return when {
                began != null -> BackgroundStanding.Ran(kept.getInt(TIMES, 0), JobRun(began, instant(ENDED_AT), kept.getString(OUTCOME, null)))
                scheduled != null -> BackgroundStanding.NeverRan(scheduled)
                else -> BackgroundStanding.NotScheduled
            }
        }

    /** The first time counts: how long nothing has happened since. */
    fun scheduled() {
        if (instant(SCHEDULED_AT) == null) kept.edit().putLong(SCHEDULED_AT, clock.now().millis).apply()
    }

    /** Written before anything is done: a run that is killed has begun all the same. */
    fun began() {
        kept.edit()
            .putLong(BEGAN_AT, clock.now().millis)
            .putInt(TIMES, kept.getInt(TIMES, 0) + 1)
            .remove(ENDED_AT)
            .remove(OUTCOME)
            .commit()
    }

    fun ended(outcome: String) {
        kept.edit().putLong(ENDED_AT, clock.now().millis).putString(OUTCOME, outcome).apply()
    }

    private fun instant(name: String): Instant? = if (kept.contains(name)) Instant(kept.getLong(name, 0)) else null

    private companion object {
        const val SCHEDULED_AT = "scheduled_at"
        const val BEGAN_AT = "began_at"
        const val ENDED_AT = "ended_at"
        const val OUTCOME = "outcome"
        const val TIMES = "times"
    }
}
