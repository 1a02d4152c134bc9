package xunge.ui.words

import kotlin.math.roundToInt
import xunge.core.Language
import xunge.core.Point

/** How far, in metres below a kilometre. */
fun distance(metres: Double, language: Language): String =
    if (metres < 1_000) Word.METRES.of(language, metres.roundToInt()) else Word.KILOMETRES.of(language, "%.1f".format(metres / 1_000))

/** Degrees as people read them out: five digits behind the point are about a metre. */
fun Point.said(): String = "%.5f, %.5f".format(latitudeE7 / 1e7, longitudeE7 / 1e7)
