package xunge.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import xunge.core.Instant
import xunge.core.Language
import xunge.ui.signs.Shape
import xunge.ui.state.BackgroundSaid
import xunge.ui.state.BackgroundStanding
import xunge.ui.state.PositionStanding
import xunge.ui.state.StandingState
import xunge.ui.state.SystemPage
import xunge.ui.state.mendedAt
import xunge.ui.state.said
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.OwnWord
import xunge.ui.words.Word
import xunge.ui.words.ago

/** How this device stands, with the next step where something hinders it. Nothing where the platform does not tell. */
@Composable
fun StandingCards(standing: StandingState) {
    val background = standing.background ?: return
    val position = standing.position ?: return
    val said = background.said(standing.now)
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        GroupTitle(word(OwnWord.DEVICE_TITLE))
        Standing(
            title = OwnWord.BACKGROUND_TITLE,
            good = said.mendedAt == null,
            text = background.text(said, standing.now, LocalLanguage.current),
            next = OwnWord.BACKGROUND_NEXT.takeIf { said.mendedAt != null },
            page = said.mendedAt,
            standing,
        )
        Standing(OwnWord.POSITION_TITLE, position.mendedAt == null, word(position.word), position.next, position.mendedAt, standing)
    }
}

@Composable
private fun Standing(title: OwnWord, good: Boolean, text: String, next: OwnWord?, page: SystemPage?, standing: StandingState) {
    Card {
        Said(word(title), Texts.label, LocalPalette.current.faint)
        if (good) Said(text) else Banner(Tone.WAITING, Shape.TRIANGLE, text, next?.let { word(it) })
        if (page != null) {
            SoftButton(word(page.word), Modifier.fillMaxWidth()) { standing.mend(page) }
            if (standing.missing == page) Said(word(OwnWord.DEVICE_NO_PAGE), Texts.label)
        }
    }
}

private fun BackgroundStanding.text(said: BackgroundSaid, now: Instant, language: Language): String {
    val since =
        when (this) {
            BackgroundStanding.NotScheduled -> ""
            is BackgroundStanding.NeverRan -> ago(scheduledAt, now, language)
            is BackgroundStanding.Ran -> ago(last.beganAt, now, language)
        }
    val times = (this as? BackgroundStanding.Ran)?.times ?: 0
    return when (said) {
        BackgroundSaid.NOT_SCHEDULED -> OwnWord.BACKGROUND_NOT_SCHEDULED.of(language)
        BackgroundSaid.WAITING -> OwnWord.BACKGROUND_WAITING.of(language, since)
        BackgroundSaid.NEVER_RAN -> OwnWord.BACKGROUND_NEVER_RAN.of(language, since)
        BackgroundSaid.RUNNING -> OwnWord.BACKGROUND_RUNNING.of(language, since)
        BackgroundSaid.KILLED -> OwnWord.BACKGROUND_KILLED.of(language, since)
        BackgroundSaid.SILENT -> OwnWord.BACKGROUND_SILENT.of(language, since)
        BackgroundSaid.RUNS -> OwnWord.BACKGROUND_RUNS.of(language, since, times)
    }
}

private val PositionStanding.word: OwnWord
    get() =
        when (this) {
            PositionStanding.AVAILABLE -> OwnWord.POSITION_AVAILABLE
            PositionStanding.ONLY_COARSE -> OwnWord.POSITION_ONLY_COARSE
            PositionStanding.NOT_ALLOWED -> OwnWord.POSITION_NOT_ALLOWED
            PositionStanding.SWITCHED_OFF -> OwnWord.POSITION_SWITCHED_OFF
        }

/** What to do about it. */
private val PositionStanding.next: OwnWord?
    get() =
        when (this) {
            PositionStanding.AVAILABLE -> null
            PositionStanding.ONLY_COARSE -> OwnWord.POSITION_NEXT_COARSE
            PositionStanding.NOT_ALLOWED -> OwnWord.POSITION_NEXT_ALLOW
            PositionStanding.SWITCHED_OFF -> OwnWord.POSITION_NEXT_SWITCH_ON
        }

private val SystemPage.word: OwnWord
    get() =
        when (this) {
            SystemPage.PERMISSIONS -> OwnWord.POSITION_MEND_PERMISSION
            SystemPage.POSITIONING -> OwnWord.POSITION_MEND_SWITCH
            SystemPage.BATTERY -> OwnWord.BACKGROUND_MEND
        }
