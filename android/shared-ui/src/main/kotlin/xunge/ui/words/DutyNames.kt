package xunge.ui.words

import xunge.core.DeclineCause
import xunge.core.DutyDelivery
import xunge.core.Language
import xunge.core.PrivateDelivery

val DeclineCause.named: Named
    get() =
        when (this) {
            DeclineCause.SICK -> Named("身体不适", "Sick")
            DeclineCause.TOO_FAR -> Named("距离太远", "Too far away")
            DeclineCause.ALREADY_SEEN -> Named("已看过", "Seen it already")
            DeclineCause.OTHER -> Named("其他原因", "Another reason")
        }

val DutyDelivery.named: Named
    get() =
        when (this) {
            DutyDelivery.ON_DEVICE -> Named("在本机，待送达", "On this phone, to be delivered")
            DutyDelivery.RECEIVED -> Named("已送达", "Delivered")
            DutyDelivery.REFUSED -> Named("未生效", "Not counted")
        }

val PrivateDelivery.named: Named
    get() =
        when (this) {
            PrivateDelivery.ON_DEVICE -> Named("在本机", "On this phone")
            PrivateDelivery.RECEIVED -> Named("已送达", "Delivered")
            PrivateDelivery.REFUSED -> Named("未保存", "Not kept")
        }

private const val UNIT = 1024.0

/** A number of bytes in its largest unit, with one digit behind the point where that says something. */
fun sized(bytes: Long, language: Language): String {
    val megabytes = bytes / UNIT / UNIT
    return when {
        bytes < UNIT -> if (language == Language.CHINESE) "$bytes 字节" else "$bytes bytes"
        megabytes < 1 -> "%.0f KB".format(bytes / UNIT)
        megabytes < UNIT -> "%.1f MB".format(megabytes)
        else -> "%.1f GB".format(megabytes / UNIT)
    }
}
