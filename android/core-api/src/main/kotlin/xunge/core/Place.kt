package xunge.core

import kotlin.math.PI
import kotlin.math.cos
import kotlin.math.hypot

/** On the sphere that the core measures on. */
private const val METRES_PER_UNIT = 6_371_008.8 * PI / 180 / 1e7

/** A point in WGS-84, in units of 10⁻⁷ degrees. */
data class Point(val longitudeE7: Int, val latitudeE7: Int) {
    /** Metres east and north of another point, on a plane that touches the Earth there: exact to a thousandth within a city. */
    fun metresFrom(origin: Point): Pair<Double, Double> {
        val east = METRES_PER_UNIT * cos(origin.latitudeE7 / 1e7 * PI / 180)
        return (longitudeE7.toDouble() - origin.longitudeE7) * east to (latitudeE7.toDouble() - origin.latitudeE7) * METRES_PER_UNIT
    }

    fun distanceMetres(other: Point): Double = metresFrom(other).let { (east, north) -> hypot(east, north) }
}

/** One answer of positioning. */
data class Fix(
    val point: Point,
    /** Nothing, when the provider does not say. */
    val accuracyMetres: Int?,
    /** `gps`, `network`, `hand`… */
    val provider: String,
    val at: Instant,
    /** Whether the platform says that it is made up. */
    val mock: Boolean = false,
)

/** The most exact; of two as exact the later. */
fun List<Fix>.best(): Fix? = minWithOrNull(compareBy<Fix> { it.accuracyMetres ?: Int.MAX_VALUE }.thenByDescending { it.at })
