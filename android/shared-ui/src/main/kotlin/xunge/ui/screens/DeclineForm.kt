package xunge.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.DeclineCause
import xunge.ui.parts.Chip
import xunge.ui.parts.Field
import xunge.ui.parts.Said
import xunge.ui.parts.SideBySide
import xunge.ui.parts.SoftButton
import xunge.ui.parts.StrongButton
import xunge.ui.parts.named
import xunge.ui.parts.word
import xunge.ui.state.CasePageState
import xunge.ui.state.DUTY_WORDS_MAX
import xunge.ui.state.Declining
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.TOUCH_MIN
import xunge.ui.theme.Texts
import xunge.ui.words.OwnWord
import xunge.ui.words.Word
import xunge.ui.words.named

/** Why a task is not taken 拒派. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun DeclineForm(page: CasePageState, declining: Declining) {
    Said(word(OwnWord.DECLINE_WHY), Texts.title, LocalPalette.current.page.ink)
    Said(word(OwnWord.DECLINE_MORE), Texts.label, LocalPalette.current.faint)
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        for (cause in DeclineCause.entries) {
            Chip(named(cause.named), cause == declining.cause) { page.declining = declining.copy(cause = cause) }
        }
    }
    Field(word(OwnWord.DECLINE_WORDS), declining.words) { page.declining = declining.copy(words = it.take(DUTY_WORDS_MAX)) }
}

/** What ends it, one way or the other: in view whatever is being written. */
@Composable
internal fun DeclineEnds(page: CasePageState, declining: Declining) {
    SideBySide {
        SoftButton(word(Word.CANCEL), Modifier.fillMaxHeight()) { page.declining = null }
        StrongButton(
            "${word(OwnWord.DECLINE)} · ${word(Word.ACT_SEND)}",
            Modifier.weight(1f).fillMaxHeight(),
            enabled = declining.ready && !page.busy,
            height = TOUCH_MIN,
            onClick = page::decline,
        )
    }
}
