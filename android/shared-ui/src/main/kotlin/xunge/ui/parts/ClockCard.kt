package xunge.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.CaseClock
import xunge.core.ClockState
import xunge.core.Instant
import xunge.core.Language
import xunge.ui.signs.sign
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.Named
import xunge.ui.words.Word
import xunge.ui.words.duration
import xunge.ui.words.moment

/** A limit: what it is of, its light, when it is due and how long that is; why, where that is asked for. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun ClockCard(clock: CaseClock, explained: Boolean, now: Instant) {
    val language = LocalLanguage.current
    Card {
        Said(clock.title(language), Texts.title)
        FlowRow(horizontalArrangement = Arrangement.spacedBy(6.dp), verticalArrangement = Arrangement.spacedBy(6.dp)) {
            clock.light?.let { Badge(it.sign) }
            clock.state?.let { Badge(it.sign) }
        }
        val due = clock.due
        val words =
            listOfNotNull(
                due?.let { word(Word.CASE_CLOCK_DUE, moment(it, now)) },
                due?.takeIf { clock.state == ClockState.RUNNING }?.let { left(it, now, language) },
                clock.usedPercent?.let { word(Word.CASE_CLOCK_USED, it) },
            )
        Said(if (words.isEmpty()) word(Word.CASE_CLOCK_UNKNOWN) else words.joinToString(" · "))
        if (explained) Said(clock.why(language), Texts.label, LocalPalette.current.faint)
    }
}

/** Limits that are over, a line each. */
@Composable
fun ClockLines(clocks: List<CaseClock>) {
    val language = LocalLanguage.current
    Card {
        for (clock in clocks) {
            Row(
                Modifier.fillMaxWidth(),
                horizontalArrangement = Arrangement.spacedBy(8.dp),
                verticalAlignment = Alignment.CenterVertically,
            ) {
                Said(clock.title(language), Texts.body, modifier = Modifier.weight(1f))
                clock.light?.let { Badge(it.sign) } ?: clock.state?.let { Badge(it.sign) }
            }
        }
    }
}

/** How long until an instant, or how long ago it was. */
fun left(due: Instant, now: Instant, language: Language): String {
    val word = if (now > due) Word.CASE_CLOCK_OVER else Word.CASE_CLOCK_LEFT
    return word.of(language, duration(due.millis - now.millis, language))
}

private fun CaseClock.title(language: Language): String {
    val name = Named(zh, en).of(language)
    return if (turn > 1) "$name · ${Word.CASE_CLOCK_TURN.of(language, turn)}" else name
}

private fun CaseClock.why(language: Language): String = Named(explainedZh, explainedEn).of(language)
