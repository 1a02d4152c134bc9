package xunge.platform.positions

import android.location.Location
import android.os.Build
import kotlin.math.ceil
import kotlin.math.roundToInt
import xunge.core.Fix
import xunge.core.Instant
import xunge.core.Point
import xunge.platform.NewerAndroid
import xunge.platform.time.PhoneClock

private const val E7 = 1e7
private const val NANOS_PER_MILLI = 1_000_000

/**
 * What the phone says about where it is, as it says it. The time is counted back on the clock that nobody sets: satellites
 * and the phone's wall clock disagree by more than a walk across the street. Nothing, when it is no place on earth.
 */
internal fun fixOf(location: Location, clock: PhoneClock): Fix? {
    if (!(location.latitude in -90.0..90.0 && location.longitude in -180.0..180.0)) return null
    val age = (clock.uptime().millis - location.elapsedRealtimeNanos / NANOS_PER_MILLI).coerceAtLeast(0)
    return Fix(
        point = Point(longitudeE7 = (location.longitude * E7).roundToInt(), latitudeE7 = (location.latitude * E7).roundToInt()),
        accuracyMetres = if (location.hasAccuracy()) ceil(location.accuracy.toDouble()).toInt() else null,
        provider = location.provider.orEmpty(),
        at = Instant(clock.now().millis - age),
        mock = location.isMade(),
    )
}

@NewerAndroid
private fun Location.isMade(): Boolean =
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) {
        isMock
    } else {
        @Suppress("DEPRECATION")
        isFromMockProvider
    }
