package xunge.desktop

import java.nio.file.Files
import java.nio.file.Path
import xunge.core.Fix
import xunge.core.Instant
import xunge.core.Point
import xunge.ui.state.Positions
import xunge.ui.state.Watch

/**
 * Where this desktop says it is: `latitude longitude [metres]` in degrees, one line in a file of the data folder. It is
 * typed, so its provider is `hand`, and the record says so.
 */
class PositionFile(private val file: Path, private val threads: DesktopThreads) : Positions {
    override fun watch(onFix: (Fix) -> Unit): Watch {
        threads.run({ read(file) }) { result -> result.getOrNull()?.let(onFix) }
        return Watch {}
    }

    companion object {
        /** Nothing where there is no such file, or no position in it. */
        fun read(file: Path): Fix? {
            if (!Files.exists(file)) return null
            val numbers = Files.readString(file).trim().split(Regex("[\\s,]+")).map { it.toDoubleOrNull() ?: return null }
            if (numbers.size !in 2..3) return null
            val (latitude, longitude) = numbers
            if (latitude !in -90.0..90.0 || longitude !in -180.0..180.0) return null
            val point = Point(longitudeE7 = Math.round(longitude * 1e7).toInt(), latitudeE7 = Math.round(latitude * 1e7).toInt())
            return Fix(point, numbers.getOrNull(2)?.toInt(), "hand", Instant(System.currentTimeMillis()))
        }
    }
}
