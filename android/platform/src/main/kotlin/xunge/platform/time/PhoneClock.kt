package xunge.platform.time

import android.content.Context
import android.os.SystemClock
import android.provider.Settings
import xunge.core.Instant

/**
 * The clocks of the phone. Only [uptime] is sure to go on: the wall clock is set by people and networks. The core reads its
 * own pair for the records (`/proc/sys/kernel/random/boot_id` and `CLOCK_BOOTTIME`); this one dates fixes and notes.
 */
interface PhoneClock {
    fun now(): Instant

    fun uptime(): Uptime
}

/** Time since the phone started, sleep included. Comparable within one start only. */
data class Uptime(
    /** How often the phone was started, counting this one; nothing where it does not say. */
    val boot: Int?,
    val millis: Long,
) {
    /** How long after the other one this is; nothing across a restart. */
    fun millisSince(earlier: Uptime): Long? = if (boot == earlier.boot && millis >= earlier.millis) millis - earlier.millis else null
}

class SystemPhoneClock(private val context: Context) : PhoneClock {
    override fun now(): Instant = Instant(System.currentTimeMillis())

    override fun uptime(): Uptime {
        val boot = Settings.Global.getInt(context.contentResolver, Settings.Global.BOOT_COUNT, 0)
        return Uptime(boot.takeIf { it > 0 }, SystemClock.elapsedRealtime())
    }
}
