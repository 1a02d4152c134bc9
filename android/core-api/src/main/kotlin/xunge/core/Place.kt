package xunge.core

/** A point in WGS-84, in units of 10⁻⁷ degrees. */
data class Point(val longitudeE7: Int, val latitudeE7: Int)

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
