package xunge.ui.words

import java.time.LocalDate
import java.time.LocalDateTime
import java.time.ZoneOffset
import xunge.core.Instant
import xunge.core.Language
import xunge.core.Limit

private const val MINUTE = 60_000L
private const val HOUR = 60 * MINUTE
private const val DAY = 24 * HOUR

/** The one time of the country. */
private val OFFSET: ZoneOffset = ZoneOffset.ofHours(8)

/** `11-29 17:43`; with the year where it is not this one. */
fun moment(at: Instant, now: Instant): String {
    val local = local(at)
    val short = "%02d-%02d %02d:%02d".format(local.monthValue, local.dayOfMonth, local.hour, local.minute)
    return if (local.year == local(now).year) short else "${local.year}-$short"
}

/** How long ago where that is quickly said, otherwise when. What a fast clock dates ahead is just now. */
fun ago(at: Instant, now: Instant, language: Language): String {
    val millis = now.millis - at.millis
    return when {
        millis < MINUTE -> Word.JUST_NOW.of(language)
        millis < HOUR -> Word.MINUTES_AGO.of(language, millis / MINUTE)
        millis < 12 * HOUR -> Word.HOURS_AGO.of(language, millis / HOUR)
        else -> moment(at, now)
    }
}

/** A length of time, in its largest whole unit. */
fun duration(millis: Long, language: Language): String {
    val length = kotlin.math.abs(millis)
    return when {
        length < MINUTE -> Word.SECONDS.of(language, length / 1_000)
        length < HOUR -> Word.MINUTES.of(language, length / MINUTE)
        length < 2 * DAY -> Word.HOURS.of(language, length / HOUR)
        else -> Word.DAYS.of(language, length / DAY)
    }
}

private val WEEKDAYS = listOf("周一" to "Mon", "周二" to "Tue", "周三" to "Wed", "周四" to "Thu", "周五" to "Fri", "周六" to "Sat", "周日" to "Sun")

/** The day of an instant, in the one time of the country. */
fun dayOf(at: Instant): LocalDate = local(at).toLocalDate()

fun startOf(day: LocalDate): Instant = Instant(day.atStartOfDay().toInstant(OFFSET).toEpochMilli())

/** `07-03 周五`. */
fun dayNamed(day: LocalDate, language: Language): String {
    val (zh, en) = WEEKDAYS[day.dayOfWeek.value - 1]
    val weekday =
        when (language) {
            Language.CHINESE -> zh
            Language.ENGLISH -> en
        }
    return "%02d-%02d %s".format(day.monthValue, day.dayOfMonth, weekday)
}

fun Limit.said(language: Language): String = "$number ${unit.named.of(language)}"

private fun local(at: Instant) = LocalDateTime.ofEpochSecond(at.millis.floorDiv(1_000L), 0, OFFSET)
