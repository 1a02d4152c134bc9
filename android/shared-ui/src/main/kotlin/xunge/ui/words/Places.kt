package xunge.ui.words

import xunge.core.Point

/** Degrees as people read them out: five digits behind the point are about a metre. */
fun Point.said(): String = "%.5f, %.5f".format(latitudeE7 / 1e7, longitudeE7 / 1e7)
