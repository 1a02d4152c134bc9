package xunge.platform.positions

import android.content.Context
import android.location.Location
import android.location.LocationListener
import android.location.LocationManager
import android.os.Bundle
import android.os.Looper
import xunge.core.Fix
import xunge.platform.permissions.Permission
import xunge.platform.permissions.PermissionAnswer
import xunge.platform.permissions.Permissions
import xunge.platform.service
import xunge.platform.time.PhoneClock
import xunge.ui.state.PositionStanding
import xunge.ui.state.Positions
import xunge.ui.state.Watch

private const val EVERY_MILLIS = 1_000L

/** An older fix says where somebody was. */
private const val FRESH_MILLIS = 30_000L
private const val RECENT_MAX = 16

/** Only tells what others asked for: it would be counted twice. */
private val NOT_ASKED = setOf(LocationManager.PASSIVE_PROVIDER)

/**
 * Where the phone is, by its own [LocationManager]: every fix of every provider, as it comes, with accuracy, provider and
 * whether it is made up. No Google services: phones sold in China have none. On the screen's thread.
 */
class PhonePositions(context: Context, private val permissions: Permissions, private val clock: PhoneClock) : Positions {
    private val manager = context.service<LocationManager>()
    private val lately = ArrayDeque<Pair<Long, Fix>>()

    val standing: PositionStanding
        get() =
            when {
                !permissions.allows(Permission.POSITION) -> PositionStanding.NOT_ALLOWED
                asked().none(manager::isProviderEnabled) -> PositionStanding.SWITCHED_OFF
                !permissions.allowsAll(Permission.POSITION) -> PositionStanding.ONLY_COARSE
                else -> PositionStanding.AVAILABLE
            }

    /** Asks for permission first, where it is not given; without it no fix ever comes. */
    override fun watch(onFix: (Fix) -> Unit): Watch {
        val watching = Watching(onFix)
        permissions.ask(Permission.POSITION) { if (it == PermissionAnswer.GRANTED) watching.start() }
        return watching
    }

    /** The same for who must not ask: nothing without permission. */
    fun watchIfAllowed(onFix: (Fix) -> Unit): Watch? = if (permissions.allows(Permission.POSITION)) watch(onFix) else null

    /** What any watch was handed in the last half minute, the oldest first. */
    fun recent(): List<Fix> {
        forget()
        return lately.map { (_, fix) -> fix }
    }

    private fun asked(): List<String> = manager.allProviders - NOT_ASKED

    private fun remember(fix: Fix, measured: Long) {
        // Two watches are handed the same one.
        if (lately.any { (_, known) -> known == fix }) return
        lately.addLast(measured to fix)
        if (lately.size > RECENT_MAX) lately.removeFirst()
        forget()
    }

    private fun forget() {
        val since = clock.uptime().millis - FRESH_MILLIS
        lately.removeAll { (measured, _) -> measured < since }
    }

    /** Every method is written out: on Android 10 and older the interface has no bodies of its own. */
    private inner class Watching(private val onFix: (Fix) -> Unit) : LocationListener, Watch {
        private var stopped = false

        fun start() {
            // The person may have left the page while the question was open.
            if (stopped) return
            for (provider in asked()) {
                try {
                    // Of one that is switched off too: it tells nothing until it is switched on.
                    manager.requestLocationUpdates(provider, EVERY_MILLIS, 0f, this, Looper.getMainLooper())
                    manager.getLastKnownLocation(provider)?.let(::handOverIfFresh)
                } catch (_: SecurityException) {
                    // An approximate position is allowed, and this provider knows only the exact one.
                }
            }
        }

        private fun handOverIfFresh(location: Location) {
            val measured = location.elapsedRealtimeNanos / 1_000_000
            if (clock.uptime().millis - measured <= FRESH_MILLIS) onLocationChanged(location)
        }

        override fun onLocationChanged(location: Location) {
            if (stopped) return
            val fix = fixOf(location, clock) ?: return
            remember(fix, location.elapsedRealtimeNanos / 1_000_000)
            onFix(fix)
        }

        override fun stop() {
            stopped = true
            manager.removeUpdates(this)
        }

        @Deprecated("not called since Android 10")
        override fun onStatusChanged(provider: String?, status: Int, extras: Bundle?) = Unit

        override fun onProviderEnabled(provider: String) = Unit

        override fun onProviderDisabled(provider: String) = Unit
    }
}
